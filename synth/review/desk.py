"""One reviewer before one report: where the reviewer is, what is decided, what comes next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence

from synth.errors import ConfigError
from synth.report.wording import LABELS
from synth.review.carrying import Carried, Overtaken, carried
from synth.review.decisions import Seen, entry_on, live, undoing
from synth.review.naming import parse_label
from synth.store.reviews import Act, Entry
from synth.types import Label, Report


class Desk:
    """The state of a session. Every act is saved before the next claim is shown.

    Args:
        report: What is reviewed.
        reviewer: A checked name.
        stored: Every act on the report's question, of all reviewers.
        save: Stores an act and gives it back with its number.
        now: Gives the time, UTC and without a zone.
        only: ``unverified``, ``verified``, ``undecided`` or a label: which claims to ask; None for all.
        restart: Ask decided claims as well, from the first on.

    Raises:
        ConfigError: If ``only`` is none of these.
    """

    def __init__(
        self,
        report: Report,
        reviewer: str,
        stored: Sequence[Entry],
        *,
        save: Callable[[Entry], Entry],
        now: Callable[[], dt.datetime],
        only: str | None = None,
        restart: bool = False,
    ) -> None:
        self.reviewer = reviewer
        self.report = report
        self._stored = list(stored)
        self._save = save
        self._now = now
        self._again = restart
        self._carried: Carried = carried(report, self._stored)
        wanted = _wanted(only)
        self.queue = tuple(
            at
            for at, one in enumerate(self._carried.rows)
            if wanted(one) and not (only == "undecided" and self._done(at))
        )
        self.place: int | None = next((at for at in self.queue if restart or not self._done(at)), None)
        """Index of the claim in view; None when there is none left."""
        self.tally: Counter[Act] = Counter()
        """What was done in this session."""

    @property
    def current(self) -> Seen:
        """The claim in view."""
        assert self.place is not None
        return self._carried.rows[self.place]

    @property
    def state(self) -> Entry | None:
        """What this reviewer has said of the claim in view, on the very basis that is shown."""
        return self._state(self.place) if self.place is not None else None

    @property
    def overtaken(self) -> Overtaken | None:
        """This reviewer's decision on what the claim in view was before it changed."""
        number = self.current.row.number
        mine = (one for one in self._carried.overtaken if (one.number, one.entry.reviewer) == (number, self.reviewer))
        return next(mine, None)

    @property
    def n_decided(self) -> int:
        """How many claims of the whole table this reviewer has decided."""
        return sum(self._done(at) for at in range(len(self._carried.rows)))

    @property
    def n_to_ask_again(self) -> int:
        """How many claims changed after this reviewer's decision."""
        return sum(one.entry.reviewer == self.reviewer for one in self._carried.overtaken)

    def decide(self, act: Act, label: Label | None = None) -> None:
        """Decide on the claim in view and go on; its comment goes with the decision.

        Raises:
            ConfigError: If the label given as the right one is the one that is shown.
        """
        if label is self.current.row.verdict.label and act is Act.LABEL:
            raise ConfigError(f"{LABELS[label]} is the label that is shown; a accepts it")
        comment = self.state.comment if self.state else ""
        self._add(entry_on(self.current, self.reviewer, act, self._now(), label=label, comment=comment))
        self.forward()

    def comment(self, text: str) -> None:
        """Comment on the claim in view; a decision that was made stays."""
        before = self.state
        act, label = (before.act, before.label) if before else (Act.SKIP, None)
        self._add(entry_on(self.current, self.reviewer, act, self._now(), label=label, comment=text), counted=False)

    def undo(self) -> Entry | None:
        """Take this reviewer's last act on a claim of this table back, and go to that claim; None if there is none."""
        ids = {one.id: at for at, one in enumerate(self._carried.rows)}
        mine = [e for e in live(self._stored) if e.reviewer == self.reviewer and e.id and e.claim_id in ids]
        if not mine:
            return None
        last = mine[-1]
        self._add(undoing(last, self._now()))
        self.place = ids[last.claim_id]
        return last

    def forward(self) -> None:
        """Go to the next claim to ask."""
        here = -1 if self.place is None else self.place
        self.place = next((at for at in self.queue if at > here and (self._again or not self._done(at))), None)

    def back(self) -> bool:
        """Go to the claim before, decided or not; False at the first."""
        before = [at for at in self.queue if self.place is None or at < self.place]
        if before:
            self.place = before[-1]
        return bool(before)

    def go(self, number: int) -> bool:
        """Go to a claim by its number in the table; False if there is none."""
        at = next((at for at, one in enumerate(self._carried.rows) if one.row.number == number), None)
        if at is not None:
            self.place = at
        return at is not None

    def _add(self, entry: Entry, *, counted: bool = True) -> None:
        self._stored.append(self._save(entry))
        self.tally[entry.act] += counted
        self._carried = carried(self.report, self._stored)

    def _state(self, at: int) -> Entry | None:
        return next((entry for entry in self._carried.holding[at] if entry.reviewer == self.reviewer), None)

    def _done(self, at: int) -> bool:
        state = self._state(at)
        return state is not None and state.act is not Act.SKIP


def _wanted(only: str | None) -> Callable[[Seen], bool]:
    if only in (None, "undecided"):
        return lambda _: True
    if only in ("verified", "unverified"):
        return lambda one: one.row.verdict.verified is (only == "verified")
    assert only is not None
    try:
        label = parse_label(only)
    except ConfigError as error:
        raise ConfigError(f"--only {only}: expected verified, unverified, undecided or a label; {error}") from error
    return lambda one: one.row.verdict.label is label
