"""Little PDFs, made when a test needs them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from synth.types import Paper, Source

LEFT = (
    "Language models learn from text in many lan-",
    "guages at once. Our model reads cross-",
    "lingual data and gains 2.5 points on the test",
    "set. It keeps cross-lingual transfer stable over",
    "seeds, and perfor-",
    "mance grows with size. The performance of the",
    "small model stays below that of the large one",
    "in every setting that we tried, although the",
)
RIGHT = (
    "small one needs a tenth of the memory. We",
    "trained both models on the same corpus for",
    "three days. Longer training did not change the",
    "ranking of the two models on any task.",
)


@pytest.fixture
def paper() -> Paper:
    """A loose PDF's record: nothing to check against."""
    return Paper(id="file:0123456789ab", title="", authors=(), abstract="", published=None, source=Source.FILE)


class Press:
    """Sets PDFs page by page."""

    def __init__(self) -> None:
        self.document: Any = importlib.import_module("pymupdf").open()
        self.page: Any = None

    def new_page(self, width: float = 612, height: float = 792) -> Press:
        self.page = self.document.new_page(width=width, height=height)
        return self

    def put(self, x: float, y: float, text: str, size: float = 10, *, bold: bool = False, **more: Any) -> Press:
        self.page.insert_text((x, y), text, fontsize=size, fontname="hebo" if bold else "helv", **more)
        return self

    def column(self, x: float, y: float, lines: Sequence[str], size: float = 10) -> float:
        for line in lines:
            self.put(x, y, line, size)
            y += 1.2 * size
        return y

    def save(self, path: Path, **more: Any) -> Path:
        self.document.save(str(path), **more)
        self.document.close()
        return path


@pytest.fixture
def press() -> Press:
    """An empty PDF to set text in."""
    return Press()


def _front(press: Press, head: str) -> None:
    press.new_page().put(200, 30, head, 8)
    press.put(120, 80, "A Study of Small and Large Models", 16, bold=True)
    press.put(200, 105, "Ada Author    Ben Writer", 11).put(220, 120, "ada@example.org", 9)
    press.put(140, 160, "Abstract", 11, bold=True)


@pytest.fixture
def two_columns(tmp_path: Path) -> Callable[[], Path]:
    """A paper of two pages in two columns with everything that must not get into its sentences."""

    def make() -> Path:
        press = Press()
        _front(press, "Journal of Small Models 12")
        y = press.column(
            60, 180, ("We compare two models. The large one wins", "by 2.5 points on the test set in every run.")
        )
        press.put(60, y + 20, "1   Introduction", 12, bold=True)
        press.column(60, y + 40, LEFT)
        press.put(60, 720, "1", 6).put(64, 722, "A footnote says that seeds were fixed by hand.", 8)
        press.put(300, 770, "1", 9)
        press.column(320, 180, RIGHT)
        press.put(320, 300, "2   Results", 12, bold=True)
        press.column(320, 320, ("Table 1 holds the scores of both models. The", "gap is the same for every language."))
        for row, cells in enumerate(
            (("Model", "en", "de", "sw"), ("Small", "70.1", "65.2", "50.3"), ("Large", "72.6", "68.0", "55.1"))
        ):
            for place, cell in enumerate(cells):
                press.put(330 + 55 * place, 420 + 13 * row, cell, 9)
        press.put(320, 470, "Table 1: Accuracy of both models by language.", 9)
        press.new_page().put(200, 30, "Journal of Small Models 12", 8).put(300, 770, "2", 9)
        press.put(60, 80, "3   Conclusion", 12, bold=True)
        press.column(
            60,
            100,
            (
                "Size helps, and it helps in all languages that",
                "we tried. We hope that others try more of",
                "them soon.",
            ),
        )
        press.put(60, 160, "References", 12, bold=True)
        press.column(
            60, 180, ("[1] A. Person. 2019. A paper about models that", "is cited here. In Proceedings of a Meeting.")
        )
        press.put(60, 230, "A   Details", 12, bold=True)
        press.column(60, 250, ("The large model has twelve layers. Its vocabulary", "holds thirty thousand words."))
        return press.save(tmp_path / "paper.pdf")

    return make
