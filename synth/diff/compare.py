"""What changed between two claim tables. Pure apart from asking the judge of meanings."""

from __future__ import annotations

import math

from synth.diff.delta import Delta, Kind, Pair
from synth.diff.matching.meaning import MeaningJudge
from synth.diff.matching.pairs import Match, begins_like, match
from synth.diff.table import Quote, Row, Table
from synth.errors import ConfigError
from synth.text import normalise

NOISE = 0.05
"""The noise band where neither table states the calibration error of its confidences."""
_ROUNDING = 1e-9


def compare(old: Table, new: Table, *, meaning: MeaningJudge | None = None, noise: float | None = None) -> Delta:
    """The difference of two tables.

    Args:
        old: The table before.
        new: The table after.
        meaning: Asked which claims mean the same where ids and wordings leave rows over on both sides; None leaves
            that out.
        noise: A confidence has changed if it moved by more than this; by default the larger of the tables' calibration
            errors.

    Raises:
        ConfigError: If the noise band is no number from 0 to 1.
    """
    band, reason = noise_band(old, new, noise)
    shows = (old.shows_evidence, new.shows_evidence)
    matching = match(old.rows, new.rows, judge=meaning)
    before, after = frozenset(old.papers or ()), frozenset(new.papers or ())
    both = old.papers is not None and new.papers is not None
    return Delta(
        old=old,
        new=new,
        pairs=tuple(_pair(found, shows, band) for found in matching.pairs),
        added=matching.new_rest,
        removed=matching.old_rest,
        noise=band,
        noise_reason=reason,
        meaning=matching.meaning,
        papers_added=tuple(sorted(after - before)) if both else (),
        papers_removed=tuple(sorted(before - after)) if both else (),
    )


def noise_band(old: Table, new: Table, given: float | None = None) -> tuple[float, str]:
    """By how much a confidence may move without having changed, and why so much.

    Args:
        old: The table before.
        new: The table after.
        given: The reader's own wish.

    Raises:
        ConfigError: If the wish is no number from 0 to 1.
    """
    if given is not None:
        if not 0 <= given <= 1:  # false for NaN as well
            raise ConfigError(f"a noise band of {given} was asked for; give a number from 0 to 1, such as 0.05")
        return given, "as asked for"
    stated = [error for error in (old.error, new.error) if error is not None and math.isfinite(error)]
    if not stated:
        return NOISE, "neither table states the calibration error of its confidences"
    both = len(stated) == 2
    whose = "the larger calibration error of the two tables" if both else "the calibration error that one table states"
    return max(stated), f"{whose}, measured on held-out gold claims"


def _pair(found: Match, shows: tuple[str, str], band: float) -> Pair:
    return Pair(
        old=found.old,
        new=found.new,
        matched_by=found.matched_by,
        similarity=found.similarity,
        kinds=kinds(found.old, found.new, shows=shows, noise=band),
        figures_changed=found.figures_changed,
    )


def kinds(old: Row, new: Row, *, shows: tuple[str, str] = ("all", "all"), noise: float = NOISE) -> tuple[Kind, ...]:
    """What changed between two rows of one claim: ``(SAME,)``, or the changes in the order of :class:`Kind`.

    Args:
        old: The row before.
        new: The row after.
        shows: How much evidence each table shows (``all``, ``best``, ``none``).
        noise: A confidence has changed if it moved by more than this.
    """
    changes = {
        Kind.REWORDED: reworded(old, new),
        Kind.LABEL_CHANGED: _differ(old.label, new.label) or _differ(old.verified, new.verified),
        Kind.CONFIDENCE_CHANGED: confidence_changed(old.confidence, new.confidence, noise),
        Kind.EVIDENCE_CHANGED: evidence_changed(old.evidence, new.evidence, shows),
    }
    return tuple(kind for kind in Kind if changes.get(kind)) or (Kind.SAME,)


def reworded(old: Row, new: Row) -> bool:
    """Whether the wordings differ in more than case, spaces and the final stop, as far as both show them."""
    alike = old.text == new.text or normalise(old.text) == normalise(new.text)
    return not alike and not begins_like(old, new)


def _differ(old: object, new: object) -> bool:
    return old is not None and new is not None and old != new


def confidence_changed(old: float | None, new: float | None, noise: float) -> bool:
    """Whether a confidence moved by more than the noise band, or is stated on one side only."""
    if old is None or new is None:
        return (old is None) != (new is None)
    return abs(old - new) > noise + _ROUNDING


def evidence_changed(old: tuple[Quote, ...], new: tuple[Quote, ...], shows: tuple[str, str] = ("all", "all")) -> bool:
    """Whether two rows rest on other evidence, as far as both tables show it; its order does not count.

    A table of the best pieces agrees with one of all pieces if its piece is among them.

    Args:
        old: Evidence before.
        new: Evidence after.
        shows: How much each table shows (``all``, ``best``, ``none``).
    """
    if "none" in shows or old == new:
        return False
    quotes = (*old, *new)
    pages = all(quote.page is not None for quote in quotes)
    stances = all(quote.stance is not None for quote in quotes)

    def seen(evidence: tuple[Quote, ...]) -> frozenset[tuple[object, ...]]:
        return frozenset(
            (quote.paper_id, quote.page if pages else None, quote.stance if stances else None, normalise(quote.text))
            for quote in evidence
        )

    before, after = seen(old), seen(new)
    if shows[0] == shows[1] or not (before and after):
        return before != after
    few, many = (before, after) if shows[0] == "best" else (after, before)
    return not few <= many
