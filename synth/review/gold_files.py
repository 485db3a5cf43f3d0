"""Writes the gold that reviewers' decisions give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from synth.errors import ConfigError
from synth.report.wording import count
from synth.report.writing import write_file
from synth.review.gold import ABOUT_DIGESTS, Gold, gold_lines


def write_gold(found: Gold, out: Path) -> tuple[Path, ...]:
    """Write gold claims, those about embedded digests to a file of their own beside the others; whole or not at all.

    Raises:
        ConfigError: If no decision gives a gold claim.
        OutputError: If a file cannot be written.
    """
    if not (found.papers or found.digests):
        raise ConfigError(f"no gold claim to write: {'; '.join(_left_out(found)) or 'nobody has decided on a claim'}")
    files = []
    for rows, named in ((found.papers, _for_papers(out)), (found.digests, _for_digests(out))):
        if rows:
            write_file(gold_lines(rows), named)
            files.append(named)
    return tuple(files)


def told(found: Gold, written: Sequence[Path]) -> Iterator[str]:
    """What was made and what was left out, a line each."""
    total = len(found.papers) + len(found.digests)
    about = f"{len(found.papers)} about papers, {len(found.digests)} about embedded digests"
    yield f"{count(total, 'gold claim')}: {about}."
    yield from _left_out(found)
    yield from (f"  {path}" for path in written)
    if found.digests and not written:
        yield "Claims about digests need a file of their own for synth calibrate; --out FILE makes it."


def _left_out(found: Gold) -> Iterator[str]:
    if found.rejected:
        yield f"{count(found.rejected, 'claim')} left out: rejected without a right label"
    if found.tied:
        yield f"{count(found.tied, 'claim')} left out: no majority among the reviewers"
    if found.other_label:
        yield f"{count(found.other_label, 'claim')} left out: conflicting or not check-worthy, no label to calibrate on"
    if found.homeless:
        yield f"{count(found.homeless, 'claim')} left out: no paper of the report states or decides it"


def _for_papers(out: Path) -> Path:
    return out.with_name(f"papers_{out.name}") if out.stem.startswith(ABOUT_DIGESTS) else out


def _for_digests(out: Path) -> Path:
    return out if out.stem.startswith(ABOUT_DIGESTS) else out.with_name(f"{ABOUT_DIGESTS}_{out.name}")
