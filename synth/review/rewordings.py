"""Finds the claims of a table that are reworded ones of claims decided on before, by the diff's matching. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from synth.review.decisions import Seen
from synth.store.reviews import Entry


def reworded(decided: Sequence[Entry], rows: Sequence[Seen]) -> dict[str, str]:
    """Ids of the table's claims by the ids of earlier wordings of them; without the models that would match by meaning.

    Args:
        decided: Decisions on claims whose wording the table does not have.
        rows: The whole table.
    """
    if not decided or not rows:
        return {}
    from synth.diff.matching.pairs import match  # most reviews need none
    from synth.diff.table import Row

    texts = {entry.claim_id: entry.claim for entry in decided}
    old = [Row(id=claim, number=number, text=text) for number, (claim, text) in enumerate(sorted(texts.items()), 1)]
    new = [Row(id=one.id, number=one.row.number, text=one.row.claim.text) for one in rows]
    return {pair.old.id: pair.new.id for pair in match(old, new).pairs}
