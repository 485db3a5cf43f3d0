from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from synth.pipeline.parts import Parts
from synth.settings import Settings
from tests.pipeline.arxiv import SmallArxiv, small_arxiv
from tests.pipeline.fakes import OverlapNli, WordEncoder, small_parts


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
        parts = small_parts(settings, encoder, model)
        opened.append(parts)
        return parts

    yield make
    for parts in opened:
        parts.close()


@pytest.fixture
def parts(make_parts: Callable[[], Parts]) -> Parts:
    return make_parts()
