from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from synth.pipeline.cached import CachedEncoder, CachedNli
from synth.pipeline.parts import Parts
from synth.settings import Settings
from tests.pipeline.arxiv import SmallArxiv, small_arxiv
from tests.pipeline.fakes import OverlapNli, WordEncoder


@pytest.fixture
def arxiv() -> Iterator[SmallArxiv]:
    with small_arxiv() as server:
        yield server


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def model() -> OverlapNli:
    return OverlapNli()


@pytest.fixture
def make_parts(
    arxiv: SmallArxiv, encoder: WordEncoder, model: OverlapNli, tmp_path: Path
) -> Iterator[Callable[[], Parts]]:
    """Parts on the small arXiv with small models; each call opens the same workspace anew."""
    opened: list[Parts] = []

    def make() -> Parts:
        settings = Settings.read(workspace=tmp_path / "workspace", arxiv_url=arxiv.url, arxiv_delay_s=0.0)
        parts = Parts(settings)
        parts.__dict__["_minilm"] = SimpleNamespace(load=lambda: None)
        parts.__dict__["encoder"] = CachedEncoder(encoder, parts.store.vectors)
        parts.__dict__["nli"] = CachedNli(model.signature, lambda: model, parts.store.logits)
        opened.append(parts)
        return parts

    yield make
    for parts in opened:
        parts.close()


@pytest.fixture
def parts(make_parts: Callable[[], Parts]) -> Parts:
    return make_parts()
