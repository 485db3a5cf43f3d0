"""Gold files with the passages that their claims are about: read off PDFs, or the digests of the library."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from synth.parsing.passages import passages
from synth.parsing.plain import read_digest
from synth.parsing.reader import read_pdf
from synth.resources import data_path
from synth.sources.digests import read_library
from synth.sources.ids import base_id
from synth.training.gold import GoldClaim, read_gold
from synth.types import Paper, Passage, Source


@dataclasses.dataclass(frozen=True)
class GoldSet:
    """Gold claims with the passages that they are about."""

    name: str
    claims: tuple[GoldClaim, ...]
    papers: Mapping[str, Sequence[Passage]]
    """Passages by paper, as the claims name the papers."""


def passages_of(papers: Sequence[str], pdfs: Path) -> dict[str, tuple[Passage, ...]]:
    """The passages of papers that lie in a folder as ``ID.pdf``; absent ones are left out.

    Raises:
        DocumentError: If a PDF that is there cannot be read.
    """
    found = {}
    for name in sorted(set(papers)):
        path = pdfs / f"{name}.pdf"
        if path.is_file():
            paper = Paper(id=name, title="", authors=(), abstract="", published=None, source=Source.FILE)
            found[name] = passages(read_pdf(path, paper))
    return found


def digest_passages(folder: Path) -> dict[str, tuple[Passage, ...]]:
    """The passages of every digest of a library, by arXiv id without its version.

    Raises:
        ConfigError: If a digest is malformed.
    """
    library = read_library(folder)
    return {base_id(paper.id): passages(read_digest(paper, body)) for paper, body in library}


def gold_sets(gold: Sequence[Path], pdfs: Path) -> tuple[GoldSet, ...]:
    """Gold files with their passages: files named ``digests*`` are about the embedded digests, others about PDFs.

    Raises:
        CalibrationError: If a gold file will not do.
        DocumentError: If a PDF cannot be read.
    """
    digests = digest_passages(data_path("library"))
    sets = []
    for path in gold:
        claims = read_gold(path)
        papers = digests if path.stem.startswith("digests") else passages_of([claim.paper for claim in claims], pdfs)
        sets.append(GoldSet(path.stem, tuple(claims), papers))
    return tuple(sets)
