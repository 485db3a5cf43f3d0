from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from synth.errors import EvaluationError
from synth.evaluation.scifact import COLUMNS, Finding, ScifactAbstract, ScifactClaim, counts, f1_scores, read_scifact
from synth.evaluation.scifact_runs import evaluate_scifact, retrieve
from synth.evaluation.texts import raw
from tests.evaluation.fakes import LetterEncoder, WordNli

GOLD = ScifactClaim("1", "A claim.", ("a", "b"), {"a": Finding("SUPPORT", ((0,), (2, 3)))})


def counted(predicted: dict[str, Finding]) -> dict[str, float]:
    return dict(zip(COLUMNS, counts(GOLD, predicted).tolist(), strict=True))


def test_a_right_label_with_a_whole_rationale_is_rationalised() -> None:
    row = counted({"a": Finding("SUPPORT", ((2, 3),))})
    assert (row["abstracts_labelled"], row["abstracts_rationalised"]) == (1, 1)
    assert (row["sentences_selected"], row["sentences_labelled"], row["sentences_gold"]) == (2, 2, 3)


def test_half_of_a_rationale_selects_nothing() -> None:
    row = counted({"a": Finding("SUPPORT", ((2,),))})
    assert (row["abstracts_labelled"], row["abstracts_rationalised"], row["sentences_selected"]) == (1, 0, 0)


def test_only_three_sentences_can_rationalise_an_abstract() -> None:
    assert counted({"a": Finding("SUPPORT", ((5, 6, 7, 0),))})["abstracts_rationalised"] == 0
    assert counted({"a": Finding("SUPPORT", ((5, 6, 0, 7),))})["abstracts_rationalised"] == 1


def test_the_wrong_label_keeps_the_selection_only() -> None:
    row = counted({"a": Finding("CONTRADICT", ((0,),))})
    assert (row["abstracts_labelled"], row["sentences_selected"], row["sentences_labelled"]) == (0, 1, 0)


def test_an_abstract_without_gold_evidence_costs_precision() -> None:
    row = counted({"b": Finding("SUPPORT", ((0,),))})
    assert (row["abstracts"], row["sentences"], row["abstracts_gold"]) == (1, 1, 1)
    found = f1_scores(counts(GOLD, {"a": Finding("SUPPORT", ((0,),)), "b": Finding("SUPPORT", ((0,),))}))
    assert (found["abstract_label_precision"], found["abstract_label_recall"]) == (0.5, 1.0)
    assert found["abstract_label_f1"] == pytest.approx(2 / 3)


def test_nothing_predicted_scores_nought() -> None:
    assert set(f1_scores(counts(GOLD, {})).values()) == {0.0}
    assert set(f1_scores(np.zeros(len(COLUMNS))).values()) == {0.0}


RAW = raw(WordNli.signature)
SPECIES = ("heron", "otter", "lynx", "newt", "ibex", "crane", "viper", "quail")


def abstract(name: str, word: str) -> ScifactAbstract:
    noise = f"Field notes on the {name} were kept for years."
    return ScifactAbstract(name, f"On the {name}", (noise, f"The {name} is {word}.", noise))


CORPUS = {name: abstract(name, "nocturnal" if at % 2 else "not nocturnal") for at, name in enumerate(SPECIES)}
CLAIMS = [
    ScifactClaim(
        str(at),
        f"The {name} is nocturnal",
        (name,),
        {name: Finding("SUPPORT" if at % 2 else "CONTRADICT", ((1,),))},
    )
    for at, name in enumerate(SPECIES)
]


class NamedNli(WordNli):
    """Reads only what is about the claim's animal."""

    def _row(self, text: str, claim: str) -> tuple[float, float, float]:
        return super()._row(text, claim) if claim.split()[1] in text else (0.0, 4.0, 0.0)


def test_a_reader_without_fault_gets_every_score() -> None:
    found = evaluate_scifact(CLAIMS, CORPUS, NamedNli(), LetterEncoder(), RAW)
    assert (found["oracle"]["n"], found["oracle"]["accuracy"]) == (8, 1.0)
    assert found["retrieval"]["bm25"]["ndcg_at_10"] == 1.0
    assert found["retrieval"]["ndcg_at_10"] == found["retrieval"]["hybrid"]["ndcg_at_10"]
    assert found["retrieval"]["reranked"]["recall_at_1"] == 1.0
    for name in ("abstract_label_f1", "abstract_rationalised_f1", "sentence_selection_f1", "sentence_label_f1"):
        assert found["open"][name] == 1.0
    assert set(found["open"]["intervals"]) == {name for name in found["open"] if name.endswith("f1")}


def test_a_reader_that_sees_evidence_everywhere_loses_precision() -> None:
    found = evaluate_scifact(CLAIMS, CORPUS, WordNli(), LetterEncoder(), RAW)
    assert found["open"]["abstract_label_recall"] == 1.0
    assert found["open"]["abstract_label_precision"] < 0.5


def test_a_sentence_that_is_the_claim_is_found_in_an_abstract_on_much_else() -> None:
    said = "Quails sleep by day."
    much = ScifactAbstract("much", "Zzz", ("Zebras jazz.", "Fuzzy hippos box vixens.", said, "Jumpy wombats quiz."))
    near = ScifactAbstract("near", "By day", ("Quails sleep.", "Sleepy days."))
    bare = ScifactAbstract("bare", "Only a title", ())
    corpus = {one.id: one for one in (much, near, bare)}
    runs = retrieve([ScifactClaim("1", said, ("much",), {})], corpus, LetterEncoder())
    assert runs["dense"]["1"][0] == "near"
    assert runs["sentence"]["1"][0] == "much"
    assert set(runs["hybrid"]["1"]) == set(corpus)


def test_nothing_to_search_gives_empty_runs() -> None:
    runs = retrieve([ScifactClaim("1", "A claim.", (), {})], {}, LetterEncoder())
    assert {name: run["1"] for name, run in runs.items()} == dict.fromkeys(runs, ())


def write(folder: Path, name: str, *rows: object) -> None:
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_the_published_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, "corpus.jsonl", {"doc_id": 7, "title": "T", "abstract": ["S.", "U."], "structured": False})
    evidence = {"7": [{"sentences": [1], "label": "SUPPORT"}]}
    write(tmp_path, "claims_train.jsonl", {"id": 3, "claim": "C.", "evidence": evidence, "cited_doc_ids": [7]})
    name, claims, corpus = read_scifact(tmp_path)
    assert (name, claims[0].cited, corpus["7"].sentences) == ("claims_train.jsonl", ("7",), ("S.", "U."))
    assert claims[0].evidence == {"7": Finding("SUPPORT", ((1,),))}
    write(tmp_path, "claims_dev.jsonl", {"id": 4, "claim": "D.", "evidence": {}, "cited_doc_ids": [7]})
    assert read_scifact(tmp_path)[0] == "claims_dev.jsonl"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"id": 1, "claim": "C.", "evidence": {}, "cited_doc_ids": [8]}, "cites abstracts that are not in corpus"),
        ({"id": 1, "claim": "C."}, "line 1: 'evidence' is not as published"),
    ],
)
def test_files_that_are_not_as_published_are_refused(tmp_path: Path, claim: object, said: str) -> None:
    write(tmp_path, "corpus.jsonl", {"doc_id": 7, "title": "T", "abstract": ["S."]})
    write(tmp_path, "claims_dev.jsonl", claim)
    with pytest.raises(EvaluationError, match=said):
        read_scifact(tmp_path)


def test_a_folder_without_the_files_says_what_it_looked_for(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"neither claims_dev\.jsonl nor claims_train\.jsonl"):
        read_scifact(tmp_path)
