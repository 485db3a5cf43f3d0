"""The commands of a reviewing session: one line in, one command out. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from synth.errors import ConfigError
from synth.report.plain import one_line
from synth.review.naming import clean_comment, parse_label
from synth.types import Label


class Kind(StrEnum):
    """What a line asks for."""

    ACCEPT = "accept"
    REJECT = "reject"
    LABEL = "label"
    COMMENT = "comment"
    UNDO = "undo"
    SKIP = "skip"
    BACK = "back"
    GO = "go"
    QUIT = "quit"
    HELP = "help"
    NONE = "none"
    """An empty line: nothing is decided by a key too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A line that was understood."""

    kind: Kind
    label: Label | None = None
    comment: str = ""
    number: int = 0


KEYS = {
    "a": Kind.ACCEPT,
    "r": Kind.REJECT,
    "l": Kind.LABEL,
    "c": Kind.COMMENT,
    "u": Kind.UNDO,
    "k": Kind.SKIP,
    "b": Kind.BACK,
    "q": Kind.QUIT,
    "?": Kind.HELP,
}
PROMPT = "[a]ccept [r]eject [l] LABEL [c] TEXT [u]ndo s[k]ip [b]ack [q]uit [?] > "
HELP = """\
a          accept: the label is right
r          reject: the label is wrong, and you leave open which one is right
l LABEL    the right label is another: s supported, r refuted, c conflicting, n not enough info,
           w not checkworthy
c TEXT     comment on this claim; goes with the decision that you make on it
u          undo your last act, here or on an earlier claim
k          skip: leave the claim open
b          back to the claim before
12         go to claim 12 of the table
q          quit; every decision is stored already"""


def parse(line: str) -> Command:
    """The command of a line.

    Raises:
        ConfigError: If it is none; says what would be.
    """
    first, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    if not first:
        return Command(kind=Kind.NONE)
    if first.isascii() and first.isdigit() and not rest:
        return Command(kind=Kind.GO, number=int(first[:9]))
    kind = _kind(first.casefold())
    if kind is Kind.LABEL:
        if not rest:
            raise ConfigError("l needs a label: l s, l r, l c, l n or l w (? says which is which)")
        return Command(kind=kind, label=parse_label(rest))
    if kind is Kind.COMMENT:
        if not clean_comment(rest):
            raise ConfigError("c needs a text: c the quote is about another model")
        return Command(kind=kind, comment=clean_comment(rest))
    if rest:
        raise ConfigError(f"{first} takes nothing behind it; a comment is given with c TEXT, before the decision")
    return Command(kind=kind)


def _kind(word: str) -> Kind:
    words = {kind.value: kind for kind in (*KEYS.values(),)}
    found = KEYS.get(word) or words.get(word)
    if found is None:
        raise ConfigError(f"{one_line(word)[:40]!r} is no command; ? lists them")
    return found
