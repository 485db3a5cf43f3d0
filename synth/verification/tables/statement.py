"""What a claim says of systems in a table: the wording's side, without any table (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from synth.verification.numbers.extract import read
from synth.verification.numbers.lexicon import word_value
from synth.verification.numbers.quantity import Kind, Quantity
from synth.verification.tables.lexicon import LOWER_IS_BETTER

_OPEN = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|fail(?:s|ed)?|would|could|might|may|if|unless|whether|expected|"
    r"hypothe\w+|up to|while|whereas|but|although|though|yet|however|despite|respectively|"
    r"among the (?:best|worst|top)|one of the|"
    r"second|third|next|nearly|almost as|similar|comparable|same|relative (?:gain|error|improvement|reduction)|"
    r"times|twice|half|statistically|significant\w*|consistent\w*|only|most of|some|many|several|often|usually|"
    r"typically|generally|mostly|more often|win rate)\b|n['’]t\b|;",
    re.IGNORECASE,
)
"""Wordings that turn, weaken or join statements in ways that are not read here."""
_UP = (
    r"beats?|beating|outperform\w*|outscor\w*|surpass\w*|improv\w+|better|ahead|gain(?:s|ed|ing)?|lead(?:s|ing)?|led|"
    r"advantage|superior|overtakes?"
)
_UP_PLAIN = r"exceed\w*|higher|above|greater|more|larger"
_DOWN = r"trail(?:s|ed|ing)?|lag(?:s|ged|ging)?|behind|worse|underperform\w*|short of|loses|inferior|deficit"
_DOWN_PLAIN = r"lower|below|less|fewer|smaller"
_PASSIVE = re.compile(r"\b(?:beaten|outperformed|outscored|surpassed|exceeded|overtaken)\s(?:[^\s]+\s){0,4}?by\b", re.I)
_BOUND = re.compile(r"\b(?:more|less|fewer|greater|over|above|below|higher|lower)(?:\sthan)?\s(?=(?:an?\s)?\d)", re.I)
_CUES = [
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), sign)
    for words, sign in ((_UP, 1), (_UP_PLAIN, 1), (_DOWN, -1), (_DOWN_PLAIN, -1))
]
_VALUED = re.compile(rf"\b(?:{_UP}|{_DOWN}|best|worst|strongest|weakest|top)\b", re.IGNORECASE)
_LOWER = re.compile(LOWER_IS_BETTER, re.IGNORECASE)
_APART = re.compile(
    r"\b(?:differ(?:s|ence)?|gap|apart|margin)\b.*\bbetween\b|\bdiffer\s(?:from\s)?.*\bby\b|\bbetween\b.*\b(?:gap|difference)\b",
    re.I,
)
_AVERAGE = re.compile(r"\b(?:average[sd]?|averaging|avg|mean)\b", re.IGNORECASE)
_AVERAGE_OF = re.compile(r"\b(?:average[sd]?|averaging|avg|mean)\s(?:[A-Za-z][\w@-]*\s){0,8}$", re.IGNORECASE)
_ON_AVERAGE = re.compile(r"\s?%?\s(?:[\w@-]+\s){0,3}?(?:on\saverage|averaged)\b", re.IGNORECASE)
_AFTER_DELTA = re.compile(
    r"\s?(?:%\s?)?(?:[\w@-]+\s){0,4}?(?:higher|lower|better|worse|above|below|ahead|behind|more|less|fewer|short)\b",
    re.I,
)
_NUMBER = (
    r"\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty"
)
_SHARE = re.compile(
    rf"\b(?:on|in|for|at)\s(?:only\s|just\s|exactly\s)?({_NUMBER})\s(?:out\s)?of\s(?:the\s|all\s|its\s)?({_NUMBER})\s([\w-]+)",
    re.I,
)
_EACH = re.compile(
    rf"\b(?:on|in|for|across)\s(?:all|each|every)\s(?:of\sthe\s|the\s)?(?:(?:single|one\sof\sthe)\s)?(?:({_NUMBER})\s)?([\w-]+)",
    re.I,
)
_OVER = re.compile(rf"\b(?:over|across|on|of|in)\s(?:all\s)?(?:the\s)?({_NUMBER})\s(?:[\w-]+\s)?([a-z]+s)\b", re.I)
_BEST = re.compile(r"\b(best|highest|top|strongest|largest)\b", re.IGNORECASE)
_WORST = re.compile(r"\b(worst|lowest|weakest|smallest)\b", re.IGNORECASE)
_OF = re.compile(
    rf"\bof\s(?:all\s)?(?:the\s)?({_NUMBER})(?:\s(?:systems|models|methods|encoders|approaches|rows|baselines))?(?=[\s,.]|$)",
    re.I,
)


class Form(Enum):
    """What can be computed again."""

    ORDER = "one of two is ahead, by so much or by an amount that is not stated"
    AVERAGE = "the average of one"
    EXTREME = "one is best or worst of all"
    COUNT = "one of two is ahead on so many columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many columns of so many; None for the former is all of them, for the latter an unstated number."""

    led: int | None
    of: int | None
    noun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim as far as tables matter."""

    text: str
    form: Form
    sign: int
    """1 where what is named first is ahead, -1 where it is behind, 0 for a difference without direction."""
    quantity: Quantity | None
    """The difference or the average."""
    others: tuple[Quantity, ...]
    """Numbers that the claim states besides and that a row must have for all of it to be borne out."""
    averaged: bool
    valued: bool
    """Whether it says "better" and not just "higher": nothing then follows where little is good."""
    share: Share | None = None
    of: int | None = None
    """How many columns an average is over, or how many rows are compared, where stated."""


def says_lower_is_better(text: str) -> bool:
    """Whether a text speaks of a measure of which little is good."""
    return bool(_LOWER.search(text))


@lru_cache(maxsize=4096)
def statement_of(text: str) -> Statement | None:
    """What a claim states that a table could bear out; None for all that is not read for certain."""
    if _OPEN.search(text):
        return None
    quantities = read(text).quantities
    averaged, valued = bool(_AVERAGE.search(text)), bool(_VALUED.search(text))
    share, counted = _share(text)
    over = None if share else _OVER.search(text)
    if over:
        counted.append(over.span(1))
    best, worst = bool(_BEST.search(text)), bool(_WORST.search(text))
    compared = _OF.search(text) if best or worst else None
    if compared:
        counted.append(compared.span(1))
    stated = [one for one in quantities if not any(start <= one.start < end for start, end in counted)]
    number = word_number((over or compared)[1]) if over or compared else None  # type: ignore[index]  # one of them is
    sign = direction(text)
    if best or worst:
        if best == worst or stated or share or sign not in (0, None):
            return None
        way = 1 if best else -1
        of = word_number(compared[1]) if compared else None
        return _made(text, Form.EXTREME, way, None, (), averaged, valued, None, of) if not over or compared else None
    deltas = [one for one in stated if _is_delta(text, one)]
    rest = tuple(one for one in stated if one not in deltas)
    apart = bool(_APART.search(text))
    if share is not None:
        return _made(text, Form.COUNT, sign, None, (), averaged, valued, share, None) if sign and not stated else None
    if len(deltas) == 1 and (sign or apart):
        return _made(text, Form.ORDER, 0 if apart else sign or 0, deltas[0], rest, averaged, valued, None, number)
    if not stated and sign:
        return _made(text, Form.ORDER, sign, None, (), averaged, valued, None, number)
    if len(stated) == 1 and not deltas and sign == 0 and _is_average(text, stated[0]):
        return _made(text, Form.AVERAGE, 0, stated[0], (), averaged, valued, None, number)
    return None


def _made(
    text: str,
    form: Form,
    sign: int | None,
    quantity: Quantity | None,
    others: tuple[Quantity, ...],
    averaged: bool,
    valued: bool,
    share: Share | None,
    of: int | None,
) -> Statement:
    return Statement(
        text=text,
        form=form,
        sign=sign or 0,
        quantity=quantity,
        others=others,
        averaged=averaged,
        valued=valued,
        share=share,
        of=of,
    )


def direction(text: str) -> int | None:
    """1 where a text puts the first thing ahead, -1 where it puts it behind, 0 where it does neither; None for both."""
    passive = bool(_PASSIVE.search(text))
    bare = _BOUND.sub(" ", _PASSIVE.sub(" ", text))
    signs = {sign for cue, sign in _CUES if cue.search(bare)}
    if passive:
        signs.add(-1)
    return signs.pop() if len(signs) == 1 else None if signs else 0


def word_number(text: str) -> int:
    """The value of a whole number in digits or words."""
    return int(text) if text.isdigit() else int(word_value(text))


def _is_delta(text: str, one: Quantity) -> bool:
    if one.kind not in (Kind.POINTS, Kind.PLAIN, Kind.PERCENT):
        return False
    return one.delta or bool(_AFTER_DELTA.match(text, one.end))


def _is_average(text: str, one: Quantity) -> bool:
    """Whether a number is said to be an average, and not just stands in a sentence that speaks of one."""
    return bool(_AVERAGE_OF.search(text[: one.start]) or _ON_AVERAGE.match(text, one.end))


def _share(text: str) -> tuple[Share | None, list[tuple[int, int]]]:
    part, every = _SHARE.search(text), _EACH.search(text)
    if part:
        share = Share(led=word_number(part[1]), of=word_number(part[2]), noun=part[3].casefold())
        return share, [part.span(1), part.span(2)]
    if every and not _AVERAGE.search(text):
        of = word_number(every[1]) if every[1] else None
        return Share(led=None, of=of, noun=every[2].casefold()), [every.span(1)]
    return None, []
