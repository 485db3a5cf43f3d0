"""Calibrates a verifier on gold claims about papers, end to end: what ``synth calibrate`` runs.

Passages of all of a set's papers form one collection, as they do in a report; each claim retrieves its
passages, the cross-encoder reads them, and a logistic regression over the features learns what they are worth.
Every figure is measured with the claim's paper left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synth.errors import CalibrationError
from synth.report.writing import write_file
from synth.retrieval.dense import Encoder
from synth.retrieval.index import PassageIndex
from synth.text import claim_id
from synth.training.alternatives import alternatives
from synth.training.fitting import claim_only, fit, folds
from synth.training.gold import MIN_CLAIMS, GoldClaim
from synth.training.gold_sets import GoldSet
from synth.training.marks import with_marks
from synth.training.report_gold import ReportRow, judged, read_mark_rows, read_report_rows
from synth.training.scoring import by_kind, measures, raw_measures, rounded, strongest_logits
from synth.types import Claim, Evidence, Label, Passage, Verdict
from synth.verification.aggregate import judge, markable
from synth.verification.calibration import CLASSES, Calibrator, Calibrators, calibrator_path, is_short
from synth.verification.evidence import DEPTH, DEPTH_ASKED
from synth.verification.features import features
from synth.verification.measures import expected_calibration_error
from synth.verification.nli import NliModel
from synth.verification.risk import RiskRow, risk_table
from synth.verification.weighing import weigh

_OF_A_SET = ("accuracy", "macro_f1", "auroc_supported", "auroc_sides", "ece")


@dataclasses.dataclass(frozen=True)
class Checked:
    """A gold claim with its evidence."""

    gold: GoldClaim
    claim: Claim
    """As it is read (:func:`~synth.verification.reading.as_read`)."""
    evidence: tuple[Evidence, ...]
    passages: Mapping[str, Passage]


def check_gold(
    gold: Sequence[GoldClaim],
    papers: Mapping[str, Sequence[Passage]],
    encoder: Encoder,
    nli: NliModel,
    *,
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
    claims = [Claim(id=claim_id(item.claim), text=item.claim, origins=item.origins) for item in gold]
    weighed = weigh(
        claims,
        embeddings,
        collection,
        index,
        nli,
        on_reading=lambda what, pairs: on_progress(f"{what}: {pairs} pairs"),
    )
    return tuple(
        Checked(item, read, evidence, collection) for item, (read, evidence) in zip(gold, weighed, strict=True)
    )


def calibrate(
    sets: Sequence[GoldSet],
    out: Path,
    nli: NliModel,
    encoder: Encoder,
    *,
    reports: Path | None = None,
    marks: Path | None = None,
    on_progress: Callable[[str], None] = lambda _: None,
) -> Calibrators:
    """Fits the calibrators of a model, measures them by paper, and writes them to ``out/NAME.json``.

    Args:
        sets: Gold claims, each set with the passages that it is about. A paper that is in several sets (its
            text in one, its digest in another) is left out of all of them at once.
        out: Folder of the calibrators.
        nli: The cross-encoder.
        encoder: The encoder of the retrieval.
        reports: Judged claims of reports, as :mod:`synth.training.report_gold` keeps them.
        marks: Further ones, of which all that are surer than their level were judged and no others: they count in
            the table of check marks above that level, never in the fit.
        on_progress: Told what is being done.

    Raises:
        CalibrationError: If the gold will not do.
        OutputError: If the folder cannot be written to.
    """
    rows = read_report_rows(reports, nli.signature) if reports else ()
    checked: list[Checked] = []
    for one in sets:
        on_progress(f"{one.name}: {len(one.claims)} claims")
        checked += check_gold(one.claims, one.papers, encoder, nli, on_progress=on_progress)
    on_progress("fitting and cross-validating by paper")
    n_papers = len({item.gold.paper for item in checked} | {row.paper for row in rows})
    names = ", ".join(
        [*(f"{one.name} ({len(one.claims)})" for one in sets), *([f"reports ({len(rows)})"] if rows else [])]
    )
    calibrator = fitted(checked, nli.signature, f"{names}: claims about {n_papers} papers", rows)
    if marks:
        surest = read_mark_rows(marks, calibrator.stated)
        calibrator = dataclasses.replace(calibrator, stated=with_marks(calibrator.stated, surest))
    by_set = _by_set(sets, checked, calibrator.model)
    calibrator = dataclasses.replace(
        calibrator,
        measured={
            **calibrator.measured,
            **by_set,
            "k": {"stated": DEPTH, "asked": DEPTH_ASKED},
            "encoder": encoder.signature,
        },
    )
    write_file(calibrator.to_json(), calibrator_path(out, nli.signature))
    return calibrator


def _by_set(sets: Sequence[GoldSet], checked: Sequence[Checked], model: str) -> dict[str, dict[str, dict[str, float]]]:
    """AUROC and accuracy of each set alone, cross-validated within it; nothing for a single set."""
    found: dict[str, dict[str, float]] = {}
    at = 0
    for one in sets if len(sets) > 1 else ():
        alone = fitted(checked[at : at + len(one.claims)], model, one.name).measured
        found[one.name] = {name: alone[name] for name in _OF_A_SET}
        at += len(one.claims)
    return {"by_set": found} if found else {}


def fitted(checked: Sequence[Checked], model: str, gold: str, reports: Sequence[ReportRow] = ()) -> Calibrators:
    """The calibrators on all claims, with their tables and measures from verdicts on left-out papers."""
    rows = np.array(
        [features(item.claim, item.evidence, item.passages) for item in checked] + [row.features for row in reports]
    )
    labels = [item.gold.label for item in checked] + [row.label for row in reports]
    classes = np.array([CLASSES.index(label) for label in labels], dtype=np.intp)
    names = [item.gold.paper for item in checked] + [row.paper for row in reports]
    kind_of = kinds_of(checked, len(reports))
    probabilities = np.zeros((len(rows), len(CLASSES)))
    verdicts: dict[int, Verdict] = {}
    kinds: dict[str, Calibrator] = {}
    for name, kind in kind_of.items():
        fit_kind = partial(fit, model=model, bounded=name != "stated")
        own = np.flatnonzero(kind)
        base = own if len(own) >= MIN_CLAIMS else np.arange(len(rows))  # too few of a kind: all kinds' gold
        base_names = [names[at] for at in base]
        for train, test in folds(base_names) if len(own) else ():
            kept = [base_names[at] for at in train]
            part = fit_kind(rows[base[train]], classes[base[train]], kept)
            left_out = base[test][kind[base[test]]]
            if len(left_out):
                probabilities[left_out] = part.probabilities(rows[left_out])
            for at in left_out.tolist():
                if at < len(checked):
                    item = checked[at]
                    verdicts[at] = judge(item.claim, item.evidence, item.passages, part)
                else:
                    verdicts[at] = judged(reports[at - len(checked)], part)
        kinds[name] = dataclasses.replace(
            fit_kind(rows[base], classes[base], base_names),
            table=_table([verdicts[at] for at in own.tolist()], classes[own]),
            ece=round(_ece([verdicts[at] for at in own.tolist()], classes[own]), 6),
        )
    all_judged = [verdicts[at] for at in range(len(rows))]
    n = len(checked)
    measured = {
        "n": len(rows),
        **measures(all_judged, probabilities, classes),
        "before": raw_measures([item.evidence for item in checked], classes[:n]),
        "claim_only": claim_only([item.claim.text for item in checked], classes[:n], names[:n]),
        "alternatives": alternatives(
            strongest_logits([item.evidence for item in checked]), probabilities[:n], classes[:n], names[:n]
        ),
        "majority": float(np.bincount(classes).max() / len(classes)),
        "by_kind": by_kind([item.gold for item in checked], all_judged[:n]),
    }
    if reports:
        measured["reports"] = measures(all_judged[n:], probabilities[n:], classes[n:])
    for name, key in (("asked", "own_words"), ("short", "short")):
        places = np.flatnonzero(kind_of.get(name, ()))
        if len(places):
            measured[key] = measures([all_judged[at] for at in places], probabilities[places], classes[places])
    return Calibrators(model=model, gold=gold, measured=rounded(measured), **kinds)


def kinds_of(checked: Sequence[Checked], n_reports: int) -> dict[str, NDArray[np.bool_]]:
    """Which claims each calibrator is for: the checked ones and behind them those of reports, which papers state.

    Short claims of readers stand by themselves where there are :data:`MIN_CLAIMS` of them.

    Returns:
        For each kind whether a claim is of it. Shape ``(len(checked) + n_reports,)``.
    """
    stated = np.array([bool(item.claim.origins) for item in checked] + [True] * n_reports, dtype=bool)
    short = np.array([is_short(item.gold.claim) for item in checked] + [False] * n_reports, dtype=bool) & ~stated
    if short.sum() < MIN_CLAIMS:
        return {"stated": stated, "asked": ~stated}
    return {"stated": stated, "asked": ~stated & ~short, "short": short}


def _table(verdicts: Sequence[Verdict], classes: NDArray[np.intp]) -> tuple[RiskRow, ...]:
    """What each threshold would have done on left-out claims of a kind."""
    marked = [at for at, verdict in enumerate(verdicts) if verdict.label is Label.SUPPORTED and _may(verdict)]
    confidence = np.array([round(verdicts[at].confidence or 0.0, 6) for at in marked])
    correct = np.array([classes[at] == 0 for at in marked], dtype=bool)
    rows = risk_table(confidence, correct, int((classes == 0).sum()))
    return tuple(dataclasses.replace(row, recall=round(row.recall, 6)) for row in rows)


def _may(verdict: Verdict) -> bool:
    """Whether a verdict may have a check mark: a row of a report, of which no evidence is kept, by its label alone.

    Such a claim is stated by a paper, and those are labelled supported on no less than a mark needs.
    """
    return not verdict.evidence or markable(verdict)


def _ece(verdicts: Sequence[Verdict], classes: NDArray[np.intp]) -> float:
    """Calibration error of the shown labels; 0 where a kind has no gold."""
    if not verdicts:
        return 0.0
    right = [verdict.label is CLASSES[at] for verdict, at in zip(verdicts, classes.tolist(), strict=True)]
    confidence = np.array([verdict.confidence or 0.0 for verdict in verdicts])
    return expected_calibration_error(confidence, np.array(right, dtype=bool))
