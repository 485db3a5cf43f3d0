"""A calibrator: features of a claim to calibrated probabilities, and the threshold of the check mark.

Multinomial logistic regression over standardised features, after Platt (1999) and its extension to several
classes; plain numpy here, fitted in :mod:`synth.training.calibrate`. The threshold is chosen from a table of
risk against coverage on held-out gold, with exact intervals after Clopper and Pearson (1934).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import CalibrationError
from synth.types import Calibration, Label
from synth.verification.features import FEATURES
from synth.verification.measures import clopper_pearson_upper

CLASSES = (Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_INFO)
"""Order of the columns of every probability."""
RISK = 0.05
"""Share of wrong check marks that a threshold aims at, unless told otherwise."""
MIN_MARKS = 10
"""Fewer check marks than this on gold are too few to name a share of wrong ones."""
NEVER = 1.01
"""A threshold that no probability reaches."""


@dataclass(frozen=True, slots=True)
class RiskRow:
    """What a threshold would have done on held-out gold."""

    threshold: float
    marks: int
    """Claims that would have got the check mark."""
    wrong: int
    """Those of them that are not supported."""
    recall: float
    """Share of the supported claims that would have got it."""

    @property
    def false_supported(self) -> float:
        """Share of wrong check marks."""
        return self.wrong / self.marks if self.marks else 0.0

    @property
    def bound(self) -> float:
        """Upper end of the 95% Clopper-Pearson interval of that share."""
        return clopper_pearson_upper(self.wrong, self.marks)


def risk_table(confidence: NDArray[np.float64], correct: NDArray[np.bool_], n_supported: int) -> tuple[RiskRow, ...]:
    """One row for each confidence at which something changes, highest first.

    Args:
        confidence: Held-out confidences of the claims labelled supported. Shape ``(n,)``.
        correct: Whether each is supported in truth. Shape ``(n,)``.
        n_supported: Supported claims in all the gold, labelled so or not.
    """
    rows = []
    for threshold in sorted({float(value) for value in confidence}, reverse=True):
        marked = confidence >= threshold
        right = int(correct[marked].sum())
        recall = right / n_supported if n_supported else 0.0
        rows.append(RiskRow(threshold, int(marked.sum()), int(marked.sum()) - right, recall))
    return tuple(rows)


def choose(rows: Sequence[RiskRow], risk: float = RISK, *, min_marks: int = MIN_MARKS) -> RiskRow:
    """The row that marks most claims while its share of wrong ones stays within a risk.

    First choice is a row whose upper bound is within the risk; where the gold is too small for that, one
    whose share itself is, over at least ``min_marks`` marks; where there is none either, no check mark is given.
    """
    within = [row for row in rows if row.false_supported <= risk]  # no bound lies below its share
    by_marks = sorted(within, key=lambda row: (-row.marks, row.threshold))
    for row in by_marks:
        if row.bound <= risk:
            return row
    for row in by_marks:
        if row.marks >= min_marks:
            return row
    return RiskRow(NEVER, 0, 0, 0.0)


@dataclass(frozen=True, kw_only=True)
class Calibrator:
    """Calibrated probabilities of :data:`CLASSES` for rows of features.

    Raises:
        CalibrationError: If the parameters do not fit the features of this version.
    """

    model: str
    """Signature of the cross-encoder whose logits it was fitted on."""
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[tuple[float, ...], ...]
    """One row a class, one column a feature."""
    intercepts: tuple[float, ...]
    n: int
    gold: str
    """What the gold claims are, in words."""
    table: tuple[RiskRow, ...] = ()
    risk: float = RISK
    measured: dict[str, Any] = field(default_factory=dict)
    """Cross-validated measures, for the model card; ``ece`` goes into :attr:`summary`."""
    feature_names: tuple[str, ...] = FEATURES

    def __post_init__(self) -> None:
        if self.feature_names != FEATURES:
            raise CalibrationError(
                f"the calibrator of {self.model} was fitted on other features than this version computes;"
                " fit it again with: synth calibrate"
            )
        width, classes = len(FEATURES), len(CLASSES)
        shapes = (len(self.mean), len(self.scale), *(len(row) for row in self.coefficients))
        if set(shapes) != {width} or len(self.coefficients) != classes or len(self.intercepts) != classes:
            raise CalibrationError(
                f"the calibrator of {self.model} is damaged: expected {classes} rows of {width} coefficients;"
                " fit it again with: synth calibrate"
            )

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities of :data:`CLASSES`. Shape ``(n, len(FEATURES))`` in, ``(n, 3)`` out."""
        standard = (features - np.array(self.mean)) / np.array(self.scale)
        scores = standard @ np.array(self.coefficients).T + np.array(self.intercepts)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    @cached_property
    def chosen(self) -> RiskRow:
        """The row of the table that the risk chooses."""
        return choose(self.table, self.risk)

    @property
    def threshold(self) -> float:
        """Confidence from which a supported claim gets its check mark; above 1 means never."""
        return self.chosen.threshold

    @property
    def summary(self) -> Calibration:
        """What a reader must know to trust a confidence."""
        row = self.chosen
        return Calibration(
            model=self.model,
            n=self.n,
            threshold=row.threshold,
            false_supported=row.false_supported if row.marks else None,
            bound=row.bound if row.marks else None,
            recall=row.recall,
            ece=float(self.measured.get("ece", 0.0)),
        )

    def to_json(self) -> str:
        """The calibrator as JSON text; equal calibrators give equal text."""
        body = {"version": 1, **asdict(self)}
        chosen = self.summary
        body["chosen"] = {
            "threshold": chosen.threshold,
            "false_supported": chosen.false_supported,
            "bound": chosen.bound,
            "recall": chosen.recall,
        }
        return json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def load(cls, path: Path, model: str, *, risk: float | None = None) -> Calibrator:
        """The calibrator of a model.

        Args:
            path: Its JSON file.
            model: Signature of the cross-encoder in use.
            risk: Another share of wrong check marks than the one it was saved with.

        Raises:
            CalibrationError: If there is none, it is damaged, or it belongs to another model.
        """
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            found = cls(
                model=body["model"],
                mean=tuple(body["mean"]),
                scale=tuple(body["scale"]),
                coefficients=tuple(tuple(row) for row in body["coefficients"]),
                intercepts=tuple(body["intercepts"]),
                n=int(body["n"]),
                gold=body["gold"],
                table=tuple(RiskRow(**row) for row in body["table"]),
                risk=float(body["risk"] if risk is None else risk),
                measured=body["measured"],
                feature_names=tuple(body["feature_names"]),
            )
        except FileNotFoundError as error:
            raise CalibrationError(
                f"there is no calibrator for {model} ({path.name}); fit one with: synth calibrate"
            ) from error
        except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
            raise CalibrationError(
                f"the calibrator {path.name} cannot be read ({error}); fit it again with: synth calibrate"
            ) from error
        if found.model != model:
            raise CalibrationError(
                f"the calibrator {path.name} belongs to {found.model}, but the model in use is {model};"
                " fit one for it with: synth calibrate"
            )
        return found


def calibrator_path(folder: Path, model: str) -> Path:
    """Where the calibrator of a model lies: ``NAME.json`` for the signature ``NAME@HASH``."""
    name = model.partition("@")[0].replace("/", "--")
    return folder / f"{name}.json"
