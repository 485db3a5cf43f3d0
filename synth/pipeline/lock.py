"""What a report rests on, written down; and the report made anew from it, to see whether the bytes come out."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import platform
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synth import __version__
from synth.errors import ConfigError, OutputError
from synth.parsing.plain import read_abstract
from synth.pipeline.delivery import digests, templates_digest
from synth.pipeline.found import library_bodies
from synth.pipeline.gather import Gathered
from synth.pipeline.known import local_pdf, options_of
from synth.pipeline.parts import Parts
from synth.pipeline.reading import keep
from synth.pipeline.review import read_report
from synth.pipeline.synthesize import synthesise
from synth.report.coding import encode
from synth.report.files import NAMES, write_report
from synth.review.carrying import with_notes
from synth.settings import Settings
from synth.signature import code_signature, content_key, file_sha256
from synth.sources.fulltext import fetch_pdf, is_kept, pdf_path
from synth.types import Paper, ReadFrom, Report, RetrievedPaper, Role, Source

LOCK = "synth.lock.json"
VERSION = 1
_PACKAGES = (
    "numpy",
    "pymupdf",
    "rank-bm25",
    "scikit-learn",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "transformers",
)
"""Libraries whose versions can move a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """Whether a locked report comes out again."""

    folder: Path
    identical: bool
    """Whether the files made anew are those of the folder, byte by byte."""
    differing: tuple[str, ...]
    """Names of the files that came out otherwise."""
    changes: tuple[str, ...]
    """What differs between then and now: papers, models, code, libraries, files edited by hand."""
    fields: tuple[str, ...] = ()
    """The fields of report.json that came out otherwise."""


def lock(folder: Path, parts: Parts) -> Path:
    """Write down what a report rests on, beside it.

    Raises:
        ConfigError: If the folder holds no whole report, or the report does not say how it was made.
        OutputError: If the lock cannot be written.
    """
    report = _locked_report(folder)
    body = json.dumps(_contents(report, folder, parts), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    path = folder / LOCK
    staged = folder / f"{LOCK}.new"
    try:
        staged.write_text(body, encoding="utf-8")
        staged.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}; mend the folder's rights", path=str(path)) from error
    return path


def verify_lock(folder: Path, parts: Parts, *, make_parts: Callable[[Settings], Parts] = Parts) -> Rebuilt:
    """Make a locked report anew, from its papers on, in an empty store, and compare the bytes.

    Searching is not repeated: the lock's papers are taken as found. A PDF that is not here is fetched.

    Args:
        folder: The report's folder, with its lock.
        parts: The workspace that holds the PDFs.
        make_parts: Makes the parts of the empty store.

    Raises:
        ConfigError: If there is no lock, or a local PDF is gone.
        SourceError: If a PDF has to be fetched and arXiv does not answer.
    """
    known = _read_lock(folder)
    report = _locked_report(folder)
    changes = _changes("", known, _contents(report, folder, parts))
    with tempfile.TemporaryDirectory(prefix="synth-lock-") as place:
        settings = parts.settings.model_copy(
            update={"workspace": Path(place), "database_url": "", "risk": report.asked.risk if report.asked else 0.05}
        )
        anew = make_parts(settings)
        try:
            anew.progress, anew.offline = parts.progress, parts.offline
            anew.__dict__["pdf_folder"] = parts.pdf_folder
            again = rebuild(report, parts, anew)
        finally:
            anew.close()
        write_report(again, Path(place) / "report")
        made = digests(Path(place) / "report")
    here = digests(folder)
    differing = tuple(name for name in NAMES if made.get(name) != here.get(name))
    return Rebuilt(
        folder=folder,
        identical=not differing,
        differing=differing,
        changes=tuple(changes),
        fields=_differing_fields(report, again),
    )


def rebuild(report: Report, parts: Parts, anew: Parts) -> Report:
    """A report made again from the papers that it names, with nothing taken from earlier work.

    Args:
        report: The report; what reviewers decided and which papers were marked stale is taken from it.
        parts: Where its PDFs are.
        anew: Parts on an empty store.
    """
    options = options_of(report, parts)
    papers = tuple(_placed(one, parts, anew) for one in report.papers)
    digest = library_bodies() if any(one.paper.source is Source.DIGEST for one in papers) else {}
    gathered = Gathered(papers=papers, digests=digest, queries=report.queries, notes=report.notes)
    made, _, _ = synthesise(report.question, options, gathered, anew, report.date)
    asked = dataclasses.replace(made.asked, n_pdfs=report.asked.n_pdfs) if made.asked and report.asked else made.asked
    made = dataclasses.replace(made, stale=report.stale, offline=report.offline, asked=asked)
    return with_notes(made, (), earlier=report)


def _placed(one: RetrievedPaper, parts: Parts, anew: Parts) -> RetrievedPaper:
    """A paper where it can be read: the file's place is known, and an abstract is read as one, for the same reason."""
    if one.role is not Role.USED:
        return one
    if one.read_from is ReadFrom.ABSTRACT:
        document = dataclasses.replace(read_abstract(one.paper), notes=one.notes)
        keep(one.paper, document, anew)
    elif one.paper.source is Source.FILE:
        return dataclasses.replace(one, paper=dataclasses.replace(one.paper, path=str(local_pdf(one.paper, parts))))
    elif one.read_from is ReadFrom.PDF:
        fetch_pdf(parts.client, one.paper, parts.pdf_folder)
    return one


def check_lockable(folder: Path) -> None:
    """Makes sure that a folder holds a whole report that says how it was made.

    Raises:
        ConfigError: If it does not.
    """
    _locked_report(folder)


def check_locked(folder: Path) -> None:
    """Makes sure that a folder holds such a report and its lock, before any long work on others.

    Raises:
        ConfigError: If it does not.
    """
    _read_lock(folder)
    _locked_report(folder)


def _locked_report(folder: Path) -> Report:
    absent = [name for name in NAMES if not (folder / name).is_file()]
    if absent:
        raise ConfigError(f"{folder} lacks {', '.join(absent)}; expected the folder of a report that synth wrote")
    report = read_report(folder).report
    if report.asked is None:
        raise ConfigError(f"{folder} was made by an older synth and does not say how; make it again first")
    return report


def _read_lock(folder: Path) -> dict[str, Any]:
    path = folder / LOCK
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{folder} has no {LOCK}; run synth lock {folder} first") from error
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path} cannot be read ({error}); run synth lock {folder} anew") from error
    if not isinstance(value, dict) or value.get("lock_version") != VERSION:
        raise ConfigError(f"{path} is no lock of version {VERSION}; run synth lock {folder} anew")
    return value


def _contents(report: Report, folder: Path, parts: Parts) -> dict[str, Any]:
    return {
        "lock_version": VERSION,
        "question": report.question,
        "date": report.date.isoformat(),
        "asked": encode(report.asked),
        "signature": report.signature,
        "files": digests(folder),
        "papers": {
            one.paper.id: {"read_from": one.read_from.value, "sha256": _paper_digest(one, parts)}
            for one in report.papers
            if one.role is Role.USED and one.read_from
        },
        "models": {
            "encoder": parts.encoder.signature,
            "verifier": parts.nli.signature,
            "claims": parts.scorer.signature,
            "calibrator": parts.calibrator_key,
        },
        "facts": parts.facts_key,
        "code": {"synth": __version__, "steps": code_signature(), "templates": templates_digest()},
        "environment": {
            "python": platform.python_version(),
            "platform": f"{platform.system()} {platform.machine()}",
            **{name: _version(name) for name in _PACKAGES},
        },
    }


def _paper_digest(one: RetrievedPaper, parts: Parts) -> str:
    """SHA-256 of what was read: the PDF's bytes, the digest, or the abstract; empty where it is not here."""
    if one.read_from is ReadFrom.ABSTRACT:
        return content_key(one.paper.abstract)
    if one.read_from is ReadFrom.DIGEST:
        return content_key(library_bodies().get(one.paper.id, ""))
    path = _pdf_of(one.paper, parts)
    return file_sha256(path) if path and path.is_file() else ""


def _pdf_of(paper: Paper, parts: Parts) -> Path | None:
    if paper.source is Source.FILE:
        known = parts.store.papers.paper(paper.id)
        return Path(known.path) if known and known.path else None
    path = pdf_path(paper, parts.pdf_folder)
    return path if is_kept(path) else None


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _changes(place: str, then: Any, now: Any) -> list[str]:
    """One line for each value that differs between two locks, by its path."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        found = []
        for key in sorted(then.keys() | now.keys()):
            found += _changes(f"{place}.{key}" if place else str(key), then.get(key), now.get(key))
        return found
    return [] if then == now else [f"{place}: {_short(then)} when it was locked, {_short(now)} now"]


def _short(value: Any) -> str:
    text = "nothing" if value in (None, "") else str(value)
    return text if len(text) <= 40 else f"{text[:12]}…"


def _differing_fields(then: Report, now: Report) -> tuple[str, ...]:
    old, new = encode(then), encode(now)
    return tuple(name for name in old if old[name] != new[name])
