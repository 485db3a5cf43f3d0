"""A report with everything that can go wrong in one: every label, long titles, characters that break formats."""

from __future__ import annotations

import datetime as dt

from synth.report.answer import answer
from synth.report.compose import abstract
from synth.report.quality import overall, reviews
from synth.types import Calibration, Facet, Report
from tests.report.example_claims import CLAIMS
from tests.report.example_papers import PAPERS, PASSAGES

QUESTION = (
    "How does intermediate-task training on English code generation tasks affect the zero-shot cross-lingual "
    "performance of models from 1B to 10B parameters on XNLI?"
)
DATE = dt.date(2026, 7, 7)

FACETS = (
    Facet(text="intermediate-task training", covered=True, papers=("1501.00001v2", "1502.00002v1")),
    Facet(text="English", covered=True, papers=("1501.00001v2", "1502.00002v1", "1503.00003v1")),
    Facet(text="code generation", covered=False),
    Facet(text="zero-shot cross-lingual performance", covered=True, papers=("1501.00001v2", "1503.00003v1")),
    Facet(text="1B to 10B parameters", covered=False),
    Facet(text="XNLI", covered=True, papers=("1501.00001v2", "1502.00002v1", "1503.00003v1", "file:0123456789ab")),
)

CALIBRATION = Calibration(
    model="minilm-nli-1",
    n=1200,
    threshold=0.75,
    false_supported=0.0417,
    bound=0.0712,
    recall=0.63,
    ece=0.0324,
    marks=240,
)


def example(
    *,
    question=QUESTION,
    claims=CLAIMS,
    papers=PAPERS,
    passages=PASSAGES,
    facets=FACETS,
    offline=False,
    calibration=CALIBRATION,
    date=DATE,
) -> Report:
    said = answer(question, facets, claims, papers)
    given = reviews(facets, claims, papers, date)
    return Report(
        question=question,
        title="Intermediate-Task Training on Code Generation and Zero-Shot Cross-Lingual Performance on XNLI",
        date=date,
        setting="Synth 0.1.0 · 15 papers, 30 claims",
        offline=offline,
        abstract=abstract(question, claims, papers, said),
        answer=said,
        papers=papers,
        claims=claims,
        passages=passages,
        reviews=given,
        quality=overall(given),
        calibration=calibration,
        signature="synth:0.1.0|nli:minilm-nli-1|encoder:all-MiniLM-L6-v2|k:20|seed:0",
        queries=('all:"intermediate-task training" AND all:XNLI', "all:cross-lingual AND all:transfer"),
        notes=("The second query came back short: 3 of 20 records.",),
    )


def empty() -> Report:
    """A report of a question that brought nothing."""
    return example(claims=(), papers=(), passages=(), facets=(), calibration=None)


def taking_sides() -> Report:
    """An offline, uncalibrated report on an effect, on which verified claims take both sides."""
    both = ("1501.00001v2", "1502.00002v1")
    facets = (
        Facet(text="intermediate-task training", covered=True, papers=both),
        Facet(text="XNLI", covered=True, papers=both),
    )
    question = "Does intermediate-task training improve accuracy on XNLI?"
    return example(question=question, facets=facets, offline=True, calibration=None)
