"""The check-worthiness scorer: three linear classifiers over embedding and form of a sentence, in plain numpy.

Trained by :mod:`synth.training.roles`; its weights and their manifest lie in ``data/models/claims``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from synth.claims.features import NAMES, design, place_columns
from synth.errors import ModelError
from synth.resources import data_path
from synth.signature import file_sha256
from synth.types import SectionRole

WEIGHTS, VOCABULARY, MANIFEST = "worthiness.safetensors", "vocabulary.txt", "manifest.json"
ROLES: tuple[str, ...] = ("background", "method", "objective", "other", "result")
"""Outputs of the role head, in order."""
MIXTURE: Mapping[str, float] = {"claim": 0.3, "result": 0.45, "contribution": 0.25}
"""How the heads make one score: results of computer-science abstracts lie nearest to what a reader wants checked."""
BACKGROUND_COST = 0.5
"""Share of the score that certain background ("X has attracted much attention") loses."""
ROLE_PRIOR: Mapping[SectionRole, float] = {
    SectionRole.ABSTRACT: 1.0,
    SectionRole.CONCLUSION: 1.0,
    SectionRole.RESULTS: 1.0,
    SectionRole.DISCUSSION: 0.95,
    SectionRole.LIMITATIONS: 0.9,
    SectionRole.INTRODUCTION: 0.85,
    SectionRole.OTHER: 0.7,
    SectionRole.METHOD: 0.6,
    SectionRole.APPENDIX: 0.5,
    SectionRole.RELATED: 0.3,
}
"""Where papers state what they found. Reasoned, not learnt: no set at hand labels claims with their section."""


class Scorer:
    """How worthy of a check each sentence is.

    Args:
        folder: Folder of the weights and the manifest; the embedded one by default.

    Raises:
        ModelError: If a file is missing, damaged, or was made for other features.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or data_path("models", "claims")
        manifest = _manifest(folder)
        hashes = manifest.get("sha256", {})
        self._weights = _weights(_checked(folder / WEIGHTS, hashes))
        terms = _checked(folder / VOCABULARY, hashes).read_text(encoding="utf-8").splitlines()
        self._vocabulary = {term: column for column, term in enumerate(terms)}
        if manifest.get("features") != list(NAMES):
            raise ModelError(
                f"{folder / WEIGHTS} was fitted on other surface features than this version computes; fit "
                "it again with"
                " python -m synth.training.roles",
                checkpoint=str(folder),
            )
        self.signature = f"worthiness@{hashes[WEIGHTS][:12]}"

    def scores(
        self,
        texts: Sequence[str],
        embeddings: NDArray[np.float32],
        roles: Sequence[SectionRole],
        places: Sequence[float] | None = None,
    ) -> NDArray[np.float64]:
        """Check-worthiness in [0, 1], one value a text. Shape ``(n,)``; an order, not a probability.

        Args:
            texts: Sentences as the papers print them.
            embeddings: Their MiniLM embeddings. Shape ``(n, 384)``.
            roles: The role of the section that each stands in.
            places: Where each stands in its abstract, 0 first and 1 last; NaN, or None for all, elsewhere.
        """
        prior = np.array([ROLE_PRIOR[role] for role in roles], dtype=np.float64)
        return np.round(self.statement_scores(texts, embeddings, places) * prior, 6)

    def statement_scores(
        self, texts: Sequence[str], embeddings: NDArray[np.float32], places: Sequence[float] | None = None
    ) -> NDArray[np.float64]:
        """The scores without any section's prior, for statements that stand in no paper. Shape ``(n,)``."""
        if not texts:
            return np.zeros(0)
        heads = self.heads(texts, embeddings, places)
        mixed = sum((share * heads[name] for name, share in MIXTURE.items()), np.zeros(len(texts)))
        return np.clip(mixed * (1.0 - BACKGROUND_COST * heads["background"]), 0.0, 1.0)

    def heads(
        self, texts: Sequence[str], embeddings: NDArray[np.float32], places: Sequence[float] | None = None
    ) -> dict[str, NDArray[np.float64]]:
        """The probabilities of "claim", "contribution" and each of :data:`ROLES`. Each of shape ``(n,)``."""
        values = np.full(len(texts), np.nan) if places is None else np.array(places, dtype=np.float64)
        inputs = design(texts, embeddings, place_columns(values), self._vocabulary).astype(np.float64)
        found = {}
        for name in ("claim", "contribution"):
            logits = inputs @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
            found[name] = 1.0 / (1.0 + np.exp(-np.clip(logits[:, 0], -30, 30)))
        roles = _softmax(inputs @ self._weights["role.weight"] + self._weights["role.bias"])
        return found | {name: roles[:, column] for column, name in enumerate(ROLES)}


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"the manifest {folder / MANIFEST} of the claim scorer cannot be read: {error}; install Synth again",
            checkpoint=str(folder),
        ) from error
    if not isinstance(manifest, dict):
        raise ModelError(
            f"the manifest {folder / MANIFEST} is no JSON object; install Synth again", checkpoint=str(folder)
        )
    return manifest


def _checked(path: Path, hashes: Mapping[str, str]) -> Path:
    """The path, after its bytes were found to be those that the manifest names."""
    expected = str(hashes.get(path.name))
    try:
        found = file_sha256(path)
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error}; install Synth again", checkpoint=str(path)) from error
    if found != expected:
        raise ModelError(
            f"{path} has SHA-256 {found[:12]}…, its manifest says {expected[:12]}…; install Synth again",
            checkpoint=str(path),
        )
    return path


def _weights(path: Path) -> dict[str, NDArray[Any]]:
    try:
        return {name: array.astype(np.float64) for name, array in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} cannot be read: {error}; install Synth again", checkpoint=str(path)) from error
