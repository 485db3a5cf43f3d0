"""Calibrates a verifier on gold claims about papers, end to end: ``python -m synth.training.calibrate``.

Passages of all the gold's papers form one collection, as they do in a report; each claim retrieves its
passages, the cross-encoder reads them, and a logistic regression over the features learns what they are worth.
Every figure is measured with the claim's paper left out.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from synth.errors import CalibrationError
from synth.retrieval.dense import Encoder
from synth.retrieval.index import PassageIndex
from synth.text import claim_id
from synth.training.fitting import claim_only, fit, folds
from synth.training.gold import GoldClaim, read_gold
from synth.types import Claim, Evidence, Label, Passage, Verdict
from synth.verification.aggregate import judge
from synth.verification.calibration import CLASSES, Calibrator, calibrator_path, risk_table
from synth.verification.evidence import evidence_for, softmax
from synth.verification.features import features
from synth.verification.measures import (
    area_under_risk_coverage,
    auroc,
    brier,
    expected_calibration_error,
    macro_f1,
)

K = 10
"""Passages a claim; measured in docs/VERIFICATION.md."""


class Nli(Protocol):
    """A cross-encoder over passages and claims."""

    @property
    def signature(self) -> str:
        """Name and hash of the weights."""

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Entailment, neutral, contradiction for each (passage, claim). Shape ``(n, 3)``."""


@dataclasses.dataclass(frozen=True)
class Checked:
    """A gold claim with its evidence."""

    gold: GoldClaim
    claim: Claim
    evidence: tuple[Evidence, ...]
    passages: Mapping[str, Passage]


def check_gold(
    gold: Sequence[GoldClaim],
    papers: Mapping[str, Sequence[Passage]],
    encoder: Encoder,
    nli: Nli,
    *,
    k: int = K,
    on_progress: Callable[[str], None] = lambda _: None,
) -> tuple[Checked, ...]:
    """Retrieves and reads the passages of every gold claim, in one collection of all papers.

    Raises:
        CalibrationError: If a claim's paper is not among the papers.
    """
    absent = sorted({item.paper for item in gold} - set(papers))
    if absent:
        raise CalibrationError(
            f"the gold is about papers that are not here: {', '.join(absent[:5])}"
            f"{' …' if len(absent) > 5 else ''}; add their PDFs as ID.pdf"
        )
    collection = {passage.id: passage for name in sorted(papers) for passage in papers[name]}
    on_progress(f"embedding {len(collection)} passages")
    index = PassageIndex(tuple(collection.values()), encoder.encode([item.text for item in collection.values()]))
    embeddings = encoder.encode([item.claim for item in gold])
    runs = [index.search(item.claim, row, k=k) for item, row in zip(gold, embeddings, strict=True)]
    pairs = [
        (collection[line.passage_id].text, item.claim) for item, run in zip(gold, runs, strict=True) for line in run
    ]
    on_progress(f"reading {len(pairs)} pairs of passage and claim")
    logits = np.asarray(nli.logits(pairs)).reshape(-1, 3)
    checked, at = [], 0
    for item, run in zip(gold, runs, strict=True):
        claim = Claim(id=claim_id(item.claim), text=item.claim)
        evidence = evidence_for(claim, run, collection, logits[at : at + len(run)])
        at += len(run)
        checked.append(Checked(item, claim, evidence, collection))
    return tuple(checked)


def calibrate(
    gold: Path,
    papers: Mapping[str, Sequence[Passage]],
    out: Path,
    nli: Nli,
    encoder: Encoder,
    *,
    k: int = K,
    on_progress: Callable[[str], None] = lambda _: None,
) -> Calibrator:
    """Fits the calibrator of a model, measures it by paper, and writes it to ``out/NAME.json``.

    Args:
        gold: Gold claims as :func:`~synth.training.gold.read_gold` reads them.
        papers: The passages of each paper that the gold is about.
        out: Folder of the calibrators.
        nli: The cross-encoder.
        encoder: The encoder of the retrieval.
        k: Passages a claim.
        on_progress: Told what is being done.

    Raises:
        CalibrationError: If the gold will not do.
        OSError: If the folder cannot be written to.
    """
    claims = read_gold(gold)
    checked = check_gold(claims, papers, encoder, nli, k=k, on_progress=on_progress)
    on_progress("fitting and cross-validating by paper")
    calibrator = fitted(checked, nli.signature, f"{gold.name}: claims about {len({c.paper for c in claims})} papers")
    calibrator = dataclasses.replace(calibrator, measured={**calibrator.measured, "k": k, "encoder": encoder.signature})
    out.mkdir(parents=True, exist_ok=True)
    path = calibrator_path(out, nli.signature)
    part = path.with_suffix(".part")
    part.write_text(calibrator.to_json(), encoding="utf-8")
    part.replace(path)
    return calibrator


def fitted(checked: Sequence[Checked], model: str, gold: str) -> Calibrator:
    """The calibrator on all claims, with its table and measures from verdicts on left-out papers."""
    rows = np.array([features(item.claim, item.evidence, item.passages) for item in checked])
    classes = np.array([CLASSES.index(item.gold.label) for item in checked], dtype=np.intp)
    names = [item.gold.paper for item in checked]
    probabilities = np.zeros((len(rows), len(CLASSES)))
    verdicts: dict[int, Verdict] = {}
    for train, test in folds(names):
        part = fit(rows[train], classes[train], [names[at] for at in train], model=model, gold=gold)
        probabilities[test] = part.probabilities(rows[test])
        for at in test:
            item = checked[at]
            verdicts[int(at)] = judge(item.claim, item.evidence, item.passages, part)
    judged = [verdicts[at] for at in range(len(checked))]
    marked = [at for at, verdict in enumerate(judged) if verdict.label is Label.SUPPORTED]
    table = risk_table(
        np.array([judged[at].confidence or 0.0 for at in marked]),
        np.array([classes[at] == 0 for at in marked], dtype=bool),
        int((classes == 0).sum()),
    )
    whole = fit(rows, classes, names, model=model, gold=gold)
    measured = {
        **whole.measured,
        **measures(judged, probabilities, classes),
        "before": raw_measures(checked, classes),
        "claim_only": claim_only([item.claim.text for item in checked], classes, names),
        "majority": float(np.bincount(classes).max() / len(classes)),
        "by_kind": _by_kind(checked, judged),
    }
    return dataclasses.replace(whole, table=table, measured=_rounded(measured))


def measures(
    judged: Sequence[Verdict], probabilities: NDArray[np.float64], classes: NDArray[np.intp]
) -> dict[str, Any]:
    """What left-out verdicts and probabilities are worth."""
    predicted = np.array([_place(verdict.label) for verdict in judged])
    confidence = np.array([verdict.confidence or 0.0 for verdict in judged])
    correct = predicted == classes
    return {
        "accuracy": float(correct.mean()),
        "macro_f1": macro_f1(predicted, classes),
        "auroc_supported": auroc(probabilities[:, 0], classes == 0),
        "auroc_refuted_of_stated": auroc(probabilities[classes < 2, 1], classes[classes < 2] == 1),
        "ece": expected_calibration_error(confidence, correct),
        "ece_supported": expected_calibration_error(probabilities[:, 0], classes == 0),
        "brier": brier(probabilities, classes),
        "aurc": area_under_risk_coverage(confidence, correct),
        "labels": {label.value: sum(verdict.label is label for verdict in judged) for label in Label},
    }


def raw_measures(checked: Sequence[Checked], classes: NDArray[np.intp]) -> dict[str, float]:
    """The same of the model's own softmax at the passage that takes the strongest stance."""
    rows = []
    for item in checked:
        raw = softmax(np.array([piece.logits for piece in item.evidence] or [(0.0, 10.0, 0.0)]))
        strongest = raw[int(raw[:, [0, 2]].max(axis=1).argmax())]
        rows.append(strongest[[0, 2, 1]])  # supported, refuted, not enough info
    probabilities = np.array(rows)
    predicted, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    return {
        "accuracy": float((predicted == classes).mean()),
        "macro_f1": macro_f1(predicted, classes),
        "auroc_supported": auroc(probabilities[:, 0], classes == 0),
        "ece": expected_calibration_error(confidence, predicted == classes),
        "brier": brier(probabilities, classes),
        "aurc": area_under_risk_coverage(confidence, predicted == classes),
    }


def _place(label: Label) -> int:
    return CLASSES.index(label) if label in CLASSES else -1  # a conflict is right for no gold claim


def _by_kind(checked: Sequence[Checked], judged: Sequence[Verdict]) -> dict[str, dict[str, float]]:
    found: dict[str, list[bool]] = {}
    for item, verdict in zip(checked, judged, strict=True):
        found.setdefault(item.gold.kind, []).append(verdict.label is item.gold.label)
    return {kind: {"n": len(hits), "accuracy": sum(hits) / len(hits)} for kind, hits in sorted(found.items())}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items()}
    return round(value, 6) if isinstance(value, float) else value


def _log(line: str) -> None:
    sys.stderr.write(line + "\n")
