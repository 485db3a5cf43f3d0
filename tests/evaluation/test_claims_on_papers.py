from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from synth.errors import CalibrationError, EvaluationError
from synth.evaluation.claims_on_papers import evaluate_gold
from synth.evaluation.perturb import evaluate_perturbed, perturbed
from synth.evaluation.sources import claims_and_passages, labelled_pairs
from synth.training.gold import GoldClaim
from synth.training.own import held_out, read_claims
from synth.types import Label
from synth.verification.calibration import CLASSES, Calibrator, Calibrators
from synth.verification.features import FEATURES
from synth.verification.risk import RiskRow
from tests.training.test_calibrate import PAPERS, TinyEncoder, rows
from tests.training.tiny import write_claims

GOLD = tuple(
    GoldClaim(str(row["id"]), str(row["claim"]), Label(str(row["label"]).lower()), str(row["paper"]), "scope")
    for row in rows()
)


class PaperNli:
    """Knows the truth about each animal of each paper, and nothing across papers."""

    signature = "paper@abc"
    stated = ""

    def logits(self, pairs):
        same = [passage.split()[1:4] == claim.split()[1:4] for passage, claim in pairs]
        true = [passage.split()[-1] == claim.split()[-1] for passage, claim in pairs]
        return np.array(
            [[4.0 * (s and t), 2.0 * (not s), 4.0 * (s and not t)] for s, t in zip(same, true, strict=True)]
        )


def calibrators(threshold: float = 0.6) -> Calibrators:
    """Trusts the strongest entailment and contradiction, nothing else."""
    table = np.zeros((3, len(FEATURES)))
    table[0, FEATURES.index("entailment_max")] = 1.0
    table[1, FEATURES.index("contradiction_max")] = 1.0
    one = Calibrator(
        model=PaperNli.signature,
        mean=(0.0,) * len(FEATURES),
        scale=(1.0,) * len(FEATURES),
        coefficients=tuple(map(tuple, table.tolist())),
        intercepts=(0.0, 0.0, 0.0),
        n=100,
        table=(RiskRow(threshold, 200, 0, 0.5),),
    )
    never = dataclasses.replace(one, table=())
    return Calibrators(model=PaperNli.signature, stated=never, asked=one, gold="made up")


def test_every_score_is_there_and_fits_the_verdicts() -> None:
    found = evaluate_gold(GOLD, PAPERS, TinyEncoder(), PaperNli(), calibrators())
    assert (found["n"], found["papers"]) == (len(GOLD), len(PAPERS))
    assert found["thresholds"] == {"stated": 1.01, "asked": 0.6}
    assert sum(found["labels"].values()) == len(GOLD)
    assert found["auroc_supported"] > 0.7
    assert found["auroc_sides"] > 0.9
    assert 0 < found["recall_supported"] <= 1
    assert found["false_supported_rate"] == pytest.approx(found["check_marks_wrong"] / found["check_marks"], abs=1e-4)
    assert found["false_supported_bound"] > found["false_supported_rate"]
    assert found["by_kind"]["scope"]["n"] == len(GOLD)
    for name, (low, high) in found["intervals"].items():
        assert low <= found[name] <= high, name


def test_without_a_check_mark_there_is_no_rate() -> None:
    found = evaluate_gold(GOLD, PAPERS, TinyEncoder(), PaperNli(), calibrators(threshold=1.01))
    assert (found["check_marks"], found["false_supported_rate"], found["recall_supported"]) == (0, None, 0.0)


def test_a_paper_that_is_not_there_is_named() -> None:
    with pytest.raises(CalibrationError, match="paperz"):
        evaluate_gold(
            [GoldClaim("x", "The ox is fast.", Label.SUPPORTED, "paperz")],
            PAPERS,
            TinyEncoder(),
            PaperNli(),
            calibrators(),
        )


NUMBERS = tuple(
    GoldClaim(f"n{at}", f"The {name} model gains {at}.5 points on most of XNLI.", Label.SUPPORTED, "p")
    for at, name in enumerate(("BERT", "ELMo", "GPT"))
)


def test_each_supported_claim_is_changed_in_one_detail() -> None:
    refuted = GoldClaim("r", "The BERT model gains 3 points.", Label.REFUTED, "p")
    made = perturbed((*NUMBERS, refuted), 0)
    assert {item.original.id for item in made} == {claim.id for claim in NUMBERS}
    assert {item.change for item in made} >= {"number", "quantifier", "entity"}
    for item in made:
        old, new = item.original.claim.split(), item.claim.claim.split()
        assert item.claim.label is Label.REFUTED
        assert sum(a != b for a, b in zip(old, new, strict=True)) == 1
    assert perturbed(NUMBERS, 1) == perturbed(NUMBERS, 1)


def test_a_reader_that_sees_the_change_withdraws_the_mark() -> None:
    supported = [claim for claim in GOLD if claim.label is Label.SUPPORTED]
    found = evaluate_perturbed(supported, PAPERS, TinyEncoder(), PaperNli(), calibrators())
    assert found["n"] == len(supported) and set(found["by_change"]) == {"direction"}
    assert found["originals_marked"] > 0.9
    assert (found["still_marked"], found["withdrawn"]) == (0.0, 1.0)


class BlindNli(PaperNli):
    """Entails everything."""

    def logits(self, pairs):
        return np.array([[5.0, 0.0, 0.0]] * len(pairs)).reshape(-1, 3)


def test_a_blind_reader_is_found_out() -> None:
    claims = [
        GoldClaim(f"{name}-{at}", f"Most otters of {name} swim faster in water.", Label.SUPPORTED, name)
        for at, name in enumerate(PAPERS)
    ]
    found = evaluate_perturbed(claims, PAPERS, TinyEncoder(), BlindNli(), calibrators())
    assert found["n"] == len(found["by_change"]) * len(claims)
    assert set(found["by_change"]) == {"direction", "quantifier"}
    assert (found["originals_marked"], found["still_marked"], found["withdrawn"]) == (1.0, 1.0, 0.0)


def gold_file(folder: Path, name: str = "gold.jsonl") -> Path:
    path = folder / name
    line = {"id": "1", "claim": "It is so.", "label": "SUPPORTED", "paper": "2001.00001"}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    return path


def test_gold_without_its_papers_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="name the folder of their PDFs with --pdfs"):
        claims_and_passages(gold_file(tmp_path), None)
    with pytest.raises(EvaluationError, match=r"lacks 2001\.00001\.pdf"):
        claims_and_passages(gold_file(tmp_path), tmp_path)


def test_gold_on_digests_brings_its_own_passages(tmp_path: Path) -> None:
    claims, papers = claims_and_passages(gold_file(tmp_path, "digests_x.jsonl"), None)
    assert len(claims) == 1 and len(papers) > 50


def test_a_report_s_supported_claims_come_with_the_passages_that_it_quotes() -> None:
    path = Path(__file__).resolve().parents[1] / "report" / "golden" / "example" / "report.json"
    body = json.loads(path.read_text(encoding="utf-8"))
    supported = [row["claim"]["text"] for row in body["claims"] if row["verdict"]["label"] == "supported"]
    claims, papers = claims_and_passages(path, None)
    assert supported and [claim.claim for claim in claims] == supported
    assert {claim.paper for claim in claims} <= set(papers)


def test_classes_stand_in_the_order_that_the_scores_read() -> None:
    assert CLASSES == (Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_INFO)


def test_pairs_come_from_files_and_from_folders_of_sets(tmp_path: Path) -> None:
    lone = tmp_path / "pairs.jsonl"
    lone.write_text('{"premise": "A.", "claim": "B.", "label": "neutral"}\n', encoding="utf-8")
    assert [pair.label for pair in labelled_pairs(lone)] == ["neutral"]
    own = write_claims(tmp_path / "own", papers=40)
    kept = labelled_pairs(own)
    papers = {claim.paper for claim in read_claims(own) if held_out(claim.paper)}
    assert len(kept) == 3 * len(papers) > 0
    assert all(len(pair.premise) == 4 for pair in kept)
    scifact = tmp_path / "scifact"
    scifact.mkdir()
    (scifact / "corpus.jsonl").write_text('{"doc_id": 7, "title": "T", "abstract": ["S.", "U."]}\n')
    line = {"id": 3, "claim": "C.", "evidence": {}, "cited_doc_ids": [7]}
    (scifact / "claims_train.jsonl").write_text(json.dumps(line) + "\n")
    assert [(pair.premise, pair.label) for pair in labelled_pairs(scifact)] == [(("S.", "U."), "neutral")]
    with pytest.raises(EvaluationError, match="neither SciFact's files nor"):
        labelled_pairs(tmp_path)
