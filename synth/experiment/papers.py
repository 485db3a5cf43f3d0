"""The papers' PDFs: found, told apart by what stands on them, and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from synth.errors import DocumentError, WrongPaper
from synth.experiment.numbers import Published
from synth.experiment.numbers import Source as PublishedSource
from synth.parsing.reader import FrontMatter, read_front_matter, read_pdf
from synth.report.wording import count, listed
from synth.sources.files import papers_in
from synth.sources.ids import base_id, file_stem
from synth.text import content_words, plain
from synth.types import Paper, Source, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPaper:
    """A PDF that is a source's paper."""

    source: str
    """Key of the source."""
    printed_id: str
    """The id stamped on it; empty where it carries none."""
    same_version: bool
    """Whether it is the very version that the published file cites."""
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what a reader should know of it."""

    papers: tuple[ReadPaper, ...]
    notes: tuple[str, ...]


Say = Callable[[str], None]


def read_papers(
    places: Sequence[Path], published: Published, *, kept: Path | None = None, say: Say = lambda _: None
) -> Reading:
    """Reads the PDFs of the sources' papers.

    Args:
        places: PDFs, and folders of them. A PDF named alone must be a source's paper; in a folder, others are passed
            by.
        published: Whose sources.
        kept: A folder in which PDFs lie under their arXiv ids; what is not there is not missed.
        say: Takes a line before each long step.

    Raises:
        ConfigError: If a place does not exist, or is no PDF and no folder of any.
        WrongPaper: If a PDF that was named, or all of a folder, are of other papers.
        DocumentError: If a PDF that was named cannot be read.
    """
    wanted = {key: one for key, one in published.sources.items() if one.paper and _tables(published, key)}
    notes: list[str] = []
    found: dict[str, list[tuple[Path, FrontMatter]]] = {key: [] for key in wanted}
    for place in places:
        for key, path, front in _named(place, wanted, published.name, notes, say):
            found[key].append((path, front))
    if kept is not None:
        for key, source in wanted.items():
            if not found[key]:
                found[key] += _kept(kept, source, notes)
    papers = []
    for key, source in wanted.items():
        if found[key]:
            papers.append(_read(source, found[key], notes, say))
    return Reading(tuple(papers), tuple(notes))


def _tables(published: Published, key: str) -> bool:
    return any(table.source == key for table in published.tables)


_Found = tuple[str, Path, FrontMatter]


def _named(
    place: Path, wanted: Mapping[str, PublishedSource], name: str, notes: list[str], say: Say
) -> Iterator[_Found]:
    """The PDFs of a place that are of wanted papers."""
    alone = not place.is_dir()
    paths = [Path(paper.path) for paper in papers_in([place]) if paper.path]
    if not alone:
        say(f"looking through {count(len(paths), 'PDF')} in {place.name or place}")
    others = matched = 0
    for path in paths:
        try:
            front = read_front_matter(path)
        except DocumentError as error:
            if alone:
                raise
            notes.append(f"{error}")
            continue
        key = _whose(front, wanted)
        if key is not None:
            matched += 1
            yield key, path, front
        elif alone:
            is_of = front.arxiv_id or f"“{front.title}”" if front.arxiv_id or front.title else "a paper without a title"
            raise WrongPaper(
                f"{path.name} is {is_of}; {name} has tables of {_listed(wanted)}", path=str(path), found=front.arxiv_id
            )
        else:
            others += 1
    if not alone and not matched:
        raise WrongPaper(
            f"none of the {count(len(paths), 'PDF')} in {place} is of a paper with tables in {name}: {_listed(wanted)}",
            path=str(place),
        )
    if others:
        notes.append(f"{count(others, 'PDF')} of other papers in {place.name or 'the folder'} passed by")


def _listed(wanted: Mapping[str, PublishedSource]) -> str:
    return listed([one.paper for one in wanted.values()]) or "no paper of arXiv"


def _whose(front: FrontMatter, wanted: Mapping[str, PublishedSource]) -> str | None:
    """The source that a PDF is of: by its stamp where it has one, else by its title."""
    if front.arxiv_id is not None:
        return next((key for key, one in wanted.items() if base_id(one.paper) == base_id(front.arxiv_id)), None)
    words = set(content_words(front.title))
    return next((key for key, one in wanted.items() if words and words == set(content_words(plain(one.title)))), None)


def _kept(folder: Path, source: PublishedSource, notes: list[str]) -> list[tuple[Path, FrontMatter]]:
    stem = file_stem(base_id(source.paper))
    paths = sorted({*folder.glob(f"{stem}.pdf"), *folder.glob(f"{stem}v*.pdf")}) if folder.is_dir() else []
    found = []
    for path in paths:
        try:
            found.append((path, read_front_matter(path)))
        except DocumentError as error:
            notes.append(str(error))
    return found


def _read(source: PublishedSource, found: Sequence[tuple[Path, FrontMatter]], notes: list[str], say: Say) -> ReadPaper:
    """The one of several PDFs that has the cited version, else the first."""
    path, front = min(found, key=lambda one: (one[1].arxiv_id != source.paper, one[0].name, str(one[0])))
    say(f"reading the tables of {path.name}")
    paper = Paper(id=source.paper, title=source.title, authors=(), abstract="", published=None, source=Source.ARXIV)
    document = read_pdf(path, paper)
    printed = front.arxiv_id or ""
    same = printed == source.paper
    if not same:
        what = f"is {printed}" if printed else "carries no arXiv stamp"
        notes.append(f"{path.name} {what}, the published file cites {source.paper}: its numbers may be others")
    notes.extend(f"{path.name}: {note}" for note in document.notes)
    return ReadPaper(source=source.id, printed_id=printed, same_version=same, tables=document.tables)
