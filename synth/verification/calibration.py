"""Calibrators: features of a claim to calibrated probabilities, with the threshold of their check mark.

A verifier has one for claims that papers state, one for claims that a reader brings, and one for short claims of
readers: a sentence out of a paper that another passage repeats nearly word for word is nearly always borne out, while a
reader's long claim in the words of a passage may turn one of its details round, and a short one has no details to turn
(decisions/0022). Each kind keeps its own promise (Mondrian: Vovk, Gammerman and Shafer, 2005).

Multinomial logistic regression over standardised features, after Platt (1999) and its extension to several
classes; plain numpy here, fitted in :mod:`synth.training.calibrate`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import CalibrationError
from synth.text import content_words
from synth.types import Calibration, Claim, Label
from synth.verification.features import FEATURES
from synth.verification.risk import RISK, RiskRow, choose

CLASSES = (Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_INFO)
"""Order of the columns of every probability."""
VERSION = 2
"""Version of the file's form."""
SHORT = 10
"""Content words below which a reader's claim is short; of the readers' long gold one in forty has fewer."""


@dataclass(frozen=True, kw_only=True)
class Calibrator:
    """Calibrated probabilities of :data:`CLASSES` for rows of features, for claims of one kind.

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
    """Gold claims that it was fitted on."""
    penalty: float = 1.0
    """Inverse strength of the L2 penalty of the fit."""
    low: tuple[float, ...] = ()
    """Of each feature, what smaller values count as; empty where nothing is bounded."""
    high: tuple[float, ...] = ()
    """Of each feature, what larger values count as."""
    table: tuple[RiskRow, ...] = ()
    """What each threshold would have done on held-out gold."""
    marks: tuple[RiskRow, ...] = ()
    """The same for high thresholds, with further claims of which the surest alone were judged."""
    risk: float = RISK
    ece: float = 0.0
    """Expected calibration error of the shown label on held-out gold of the kind, 10 bins."""

    def __post_init__(self) -> None:
        width, classes = len(FEATURES), len(CLASSES)
        bounds = (len(self.low), len(self.high)) if self.low or self.high else ()
        shapes = (len(self.mean), len(self.scale), *(len(row) for row in self.coefficients), *bounds)
        if set(shapes) != {width} or len(self.coefficients) != classes or len(self.intercepts) != classes:
            raise CalibrationError(
                f"the calibrator of {self.model} is damaged: expected {classes} rows of {width} coefficients;"
                " fit it again with: synth calibrate"
            )

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities of :data:`CLASSES`. Shape ``(n, len(FEATURES))`` in, ``(n, 3)`` out."""
        scores = self._weights(features) + np.array(self.intercepts)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def lean(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far rows of features lean to supported (positive) or to refuted (negative), in log-odds.

        The weight of evidence of Good (1985), for one side against the other: what the features add to the odds of a
        claim of which nothing is known. That claims of a kind are mostly true is no reason to call a passage support.

        Returns:
            Shape ``(n,)`` for ``(n, len(FEATURES))``.
        """
        weights = self._weights(features)
        return np.asarray(weights[:, 0] - weights[:, 1])

    def _weights(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """What the features add to the score of each class. Shape ``(n, 3)``."""
        if self.low:
            features = np.clip(features, self.low, self.high)
        standard = (features - np.array(self.mean)) / np.array(self.scale)
        return np.asarray(standard @ np.array(self.coefficients).T)

    @property
    def fit_key(self) -> str:
        """12 hex digits that stand for the fit, whatever was measured of it."""
        bounds = (self.low, self.high) if self.low else ()
        fit = (self.model, self.mean, self.scale, self.coefficients, self.intercepts, *bounds)
        return hashlib.sha256(json.dumps(fit).encode()).hexdigest()[:12]

    @cached_property
    def chosen(self) -> RiskRow:
        """The row that the risk chooses."""
        return self.choice(self.risk)

    def choice(self, risk: float) -> RiskRow:
        """The row that a risk chooses: of :attr:`marks` where there are some, which know more than the gold alone."""
        return choose(self.marks or self.table, risk)

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
            ece=self.ece,
            marks=row.marks,
        )


@dataclass(frozen=True, kw_only=True)
class Calibrators:
    """The calibrators of a verifier, one for each kind of claims, with what was measured when they were fitted."""

    model: str
    """Signature of the cross-encoder whose logits they were fitted on."""
    stated: Calibrator
    """For claims taken from papers: what a report shows."""
    asked: Calibrator
    """For claims that a reader brings: what ``synth verify`` is asked."""
    short: Calibrator | None = None
    """For those of them that are short; None where the gold held too few, so that :attr:`asked` serves for them."""
    gold: str
    """What the gold claims are, in words."""
    measured: dict[str, Any] = field(default_factory=dict)
    """Cross-validated measures over all the gold, for docs/VERIFICATION.md."""

    def of(self, claim: Claim) -> Calibrator:
        """The calibrator for a claim: with an origin a paper states it, else a reader brings it, short or not."""
        if claim.origins:
            return self.stated
        return self.short if self.short is not None and is_short(claim.text) else self.asked

    @property
    def kinds(self) -> dict[str, Calibrator]:
        """The calibrators that there are, by the name of their kind."""
        found = {"stated": self.stated, "asked": self.asked, "short": self.short}
        return {name: one for name, one in found.items() if one is not None}

    @property
    def n(self) -> int:
        """Gold claims of all kinds."""
        return int(self.measured.get("n", sum(one.n for one in self.kinds.values())))

    @property
    def risk(self) -> float:
        """The share of wrong check marks that all aim at."""
        return self.stated.risk

    def to_json(self) -> str:
        """The calibrators as JSON text; equal calibrators give equal text."""
        body = {
            "version": VERSION,
            "model": self.model,
            "features": FEATURES,
            "risk": self.risk,
            "gold": self.gold,
            "measured": self.measured,
            "kinds": {name: _body(one) for name, one in self.kinds.items()},
        }
        return json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    @classmethod
    def load(cls, path: Path, model: str, *, risk: float | None = None) -> Calibrators:
        """The calibrators of a model.

        Args:
            path: Their JSON file.
            model: Signature of the cross-encoder in use.
            risk: Another share of wrong check marks than the one they were saved with.

        Raises:
            CalibrationError: If there are none, they are damaged, or they belong to another model.
        """
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
            if body["version"] != VERSION or tuple(body["features"]) != FEATURES:
                raise CalibrationError(
                    f"the calibrator of {body['model']} was fitted on other features than this version computes;"
                    " fit it again with: synth calibrate"
                )
            made_for, chosen = str(body["model"]), float(body["risk"] if risk is None else risk)
            wanted = ("stated", "asked", *(("short",) if "short" in body["kinds"] else ()))
            kinds = {name: _calibrator(body["kinds"][name], made_for, chosen) for name in wanted}
            found = cls(model=made_for, gold=body["gold"], measured=body["measured"], **kinds)
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


def is_short(text: str) -> bool:
    """Whether a claim has fewer than :data:`SHORT` content words, as plain ones have."""
    return len(content_words(text)) < SHORT


def _body(one: Calibrator) -> dict[str, Any]:
    """One kind's calibrator for the file, with what its table chooses."""
    body = {name: value for name, value in asdict(one).items() if name not in ("model", "risk")}
    chosen = one.summary
    body["chosen"] = {
        "threshold": chosen.threshold,
        "false_supported": chosen.false_supported,
        "bound": chosen.bound,
        "recall": chosen.recall,
    }
    return body


def _calibrator(body: dict[str, Any], model: str, risk: float) -> Calibrator:
    return Calibrator(
        model=model,
        mean=tuple(body["mean"]),
        scale=tuple(body["scale"]),
        coefficients=tuple(tuple(row) for row in body["coefficients"]),
        intercepts=tuple(body["intercepts"]),
        n=int(body["n"]),
        penalty=float(body["penalty"]),
        low=tuple(body.get("low", ())),
        high=tuple(body.get("high", ())),
        table=tuple(RiskRow(**row) for row in body["table"]),
        marks=tuple(RiskRow(**row) for row in body["marks"]),
        risk=risk,
        ece=float(body["ece"]),
    )


def calibrator_path(folder: Path, model: str) -> Path:
    """Where the calibrators of a model lie: ``NAME.json`` for the signature ``NAME@HASH``."""
    name = model.partition("@")[0].replace("/", "--")
    return folder / f"{name}.json"
