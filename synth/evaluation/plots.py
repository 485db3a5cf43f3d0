"""Reliability diagrams and risk-coverage curves, as SVG and PNG: the only import of matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np

from synth.errors import EvaluationError, OutputError
from synth.verification.risk import RiskRow

BINS = 10
_STYLE: dict[Any, Any] = {
    "font.size": 9,
    "svg.hashsalt": "synth",  # ids in the file would differ from run to run
    "svg.fonttype": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_LINE = 38
"""Characters of a title in one line; more would leave the picture."""
_BLUE, _GREY = "#1f5a94", "#8a8f98"


def write_plots(
    folder: Path, name: str, confidence: Sequence[float], correct: Sequence[bool], *, title: str = ""
) -> tuple[Path, ...]:
    """Writes ``NAME-reliability`` and ``NAME-risk-coverage`` as SVG and PNG.

    Args:
        folder: Where they go; made if it is not there.
        name: Name of the set, with which the files begin.
        confidence: In [0, 1].
        correct: Whether each was right.
        title: What stands above the plots; the name if empty.

    Raises:
        EvaluationError: Matplotlib is not installed.
        OutputError: The folder cannot be written to.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise EvaluationError("plots need matplotlib; install it with: pip install 'synth[plots]'") from error
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    sure, right = np.asarray(confidence, dtype=np.float64), np.asarray(correct, dtype=bool)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, draw in (("reliability", _reliability), ("risk-coverage", _risk_coverage)):
            with plt.rc_context(_STYLE):
                figure, axes = plt.subplots(figsize=(4.2, 3.6), layout="constrained")
                draw(axes, sure, right)
                axes.set_title(_title(title or name, len(sure)), loc="left")
                for ending, facts in (("svg", {"Date": None}), ("png", {"Software": None})):
                    path = folder / f"{name}-{kind}.{ending}"
                    figure.savefig(path, dpi=150, metadata=facts)
                    written.append(path)
                plt.close(figure)
    except OSError as error:
        raise OutputError(f"the plots cannot be written to {folder}: {error.strerror}", path=str(folder)) from error
    return tuple(written)


def _title(name: str, n: int) -> str:
    """In lines that fit; the count is never parted."""
    return fill(f"{name} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{n:,})", _LINE).replace("\N{NO-BREAK SPACE}", " ")


def labelled_supported(table: Sequence[RiskRow]) -> tuple[list[float], list[bool]]:
    """Confidence of each claim that was labelled supported, surest first, and whether it was right.

    Args:
        table: What a calibrator keeps of its check marks: rows from the highest threshold to the lowest.
    """
    confidence: list[float] = []
    correct: list[bool] = []
    marks = wrong = 0
    for row in table:
        new, mistaken = row.marks - marks, row.wrong - wrong
        confidence += [row.threshold] * new
        correct += [False] * mistaken + [True] * (new - mistaken)
        marks, wrong = row.marks, row.wrong
    return confidence, correct


def _reliability(axes: Any, sure: np.typing.NDArray[np.float64], right: np.typing.NDArray[np.bool_]) -> None:
    """Accuracy against confidence by bin, each point as large as its bin; on the diagonal it is calibrated."""
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    filled = [at for at in range(BINS) if (place == at).any()]
    x = [float(sure[place == at].mean()) for at in filled]
    y = [float(right[place == at].mean()) for at in filled]
    sizes = [20 + 300 * float((place == at).mean()) for at in filled]
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, linestyle="--")
    axes.plot(x, y, color=_BLUE, linewidth=1)
    axes.scatter(x, y, s=sizes, color=_BLUE, alpha=0.6, linewidths=0)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence of the label", ylabel="share that is right")


def _risk_coverage(axes: Any, sure: np.typing.NDArray[np.float64], right: np.typing.NDArray[np.bool_]) -> None:
    """Share of wrong labels among the most confident ones, for every share that is kept."""
    wrong = ~right[np.argsort(-sure, kind="stable")]
    kept = np.arange(1, len(wrong) + 1)
    axes.plot(kept / len(wrong), np.cumsum(wrong) / kept, color=_BLUE, linewidth=1.2)
    axes.axhline(float(wrong.mean()), color=_GREY, linewidth=1, linestyle="--")
    axes.set(
        xlim=(0, 1), ylim=(0, None), xlabel="coverage: share of claims kept", ylabel="risk: share wrong among them"
    )
