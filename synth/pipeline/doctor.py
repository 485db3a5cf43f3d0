"""What works on this machine: each check is tried, none is assumed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from synth.errors import SynthError
from synth.pipeline.parts import Parts
from synth.resources import data_path, template_path
from synth.sources.digests import read_library

_ROOM_BYTES = 500_000_000
"""A report of 15 papers keeps about 60 MB; half a gigabyte leaves room for several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the doctor's."""

    name: str
    works: bool
    needed: bool
    """Whether an offline report, the main job, needs it."""
    finding: str


def examine(parts: Parts) -> tuple[Check, ...]:
    """Try every part. Loads the models; asks arXiv for one record."""
    return (
        _try("python", _python),
        _try("store", lambda: _store(parts)),
        _try("disk", lambda: _disk(parts.settings.workspace)),
        _try("encoder", lambda: _encoder(parts)),
        _try("verifier", lambda: _verifier(parts)),
        _try("calibrator", lambda: _calibrator(parts), needed=False),
        _try("claim scorer", lambda: parts.scorer.signature),
        _try("templates", _templates),
        _try("embedded library", _library),
        _try("arXiv", lambda: _arxiv(parts), needed=False),
    )


def _try(name: str, check: Callable[[], str], *, needed: bool = True) -> Check:
    try:
        return Check(name=name, works=True, needed=needed, finding=check())
    except SynthError as error:
        return Check(name=name, works=False, needed=needed, finding=str(error))


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"


def _store(parts: Parts) -> str:
    counts = parts.store.counts()
    return f"{parts.store.place}: {counts['papers']} papers, {counts['runs']} reports"


def _disk(workspace: Path) -> str:
    place = next(path for path in (workspace.absolute(), *workspace.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < _ROOM_BYTES:
        raise SynthError(f"{free / 1e9:.1f} GB free at {place}, at least {_ROOM_BYTES / 1e9} GB are needed; make room")
    return f"{free / 1e9:.1f} GB free at {place}"


def _encoder(parts: Parts) -> str:
    from synth.retrieval.dense import MiniLmEncoder

    rows = MiniLmEncoder(threads=parts.settings.threads).encode(["a cat", "a kitten", "tax law"])
    if not rows[0] @ rows[1] > rows[0] @ rows[2]:
        raise SynthError("the encoder finds a cat nearer to tax law than to a kitten; install its package again")
    return parts.encoder.signature


def _verifier(parts: Parts) -> str:
    from synth.verification.nli import load_nli

    load_nli(parts.settings.verifier or None).logits([("A cat sleeps.", "An animal sleeps.")])
    return parts.nli.signature


def _calibrator(parts: Parts) -> str:
    if parts.calibrators is None:
        raise SynthError(f"none for {parts.nli.signature}: confidences will be left out of reports")
    marks = {name: _mark(one.threshold) for name, one in parts.calibrators.kinds.items()}
    short = f", for short claims there {marks['short']}" if "short" in marks else ""
    return (
        f"fitted on {parts.calibrators.n} gold claims; a check mark in reports {marks['stated']},"
        f" in verify {marks['asked']}{short}"
    )


def _mark(threshold: float) -> str:
    return f"needs {threshold:.2f}" if threshold <= 1 else "is not given: no threshold keeps the risk"


def _templates() -> str:
    missing = [name for name in ("report.md.j2", "report.html.j2") if not template_path(name).is_file()]
    if missing:
        raise SynthError(f"{', '.join(missing)} not found in {template_path()}; install Synth again")
    return "report.md.j2, report.html.j2"


def _library() -> str:
    papers = read_library(data_path("library"))
    if not papers:
        raise SynthError(f"no digest in {data_path('library')}; install Synth again")
    return f"{len(papers)} digests"


def _arxiv(parts: Parts) -> str:
    parts.source.lookup(["1706.03762"])
    return f"{parts.settings.arxiv_url} answers"
