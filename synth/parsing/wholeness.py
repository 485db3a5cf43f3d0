"""Whether a stretch of text is one whole sentence, fit to be quoted (pure)."""

from __future__ import annotations

import re

from synth.text import STOPWORDS

_START = re.compile(r"^[\"'“‘(\[]*(?:[A-ZÀ-ÞΑ-ΩА-Я0-9]|[a-zα-ω][\w-]*[A-Z0-9]|[α-ωτβλ]\b)")
_NOT_A_START = re.compile(r"^(?:\(\d+\)|\(?\w{1,2}\))\s+[a-z]|^\[\d{1,3}\]\s+[A-Z]\.|^\[\w+\+?\d{2}[a-z]?\]\s")
"""The number of a formula, an item of a list, an entry of the references."""
_GLUED = re.compile(r"[a-z\d)\]] (?:This|These|However|Moreover|Furthermore|We) [a-z]")
"""A new sentence starts where none ended: a stop was lost, or two columns met."""
_FOREIGN = re.compile(
    r"\b(?:Figure|Table) \d+: |^In Proceedings of |\bpages? \d+\s?[–-]\s?\d+[,.]|(?<![/.\w-])[^\s/.-]{45,}"
)
"""A caption, an entry of the references, or a run of signs inside a sentence."""
_MATH_ACCENT = re.compile(r"[ˆ˜ˇ¯˙˚´`¨]\s?\w|[\u0300-\u036f]|[\ue000-\uf8ff\ufffd]")
_END = re.compile(r"[.?!][\"'”’)\]]*$")
_OPEN_END = re.compile(r"(?i)\b(?:et al|e\.g|i\.e|cf|vs|figs?|eqs?|secs?|tab|approx|resp|no|dr|prof)\.$")
_CITATIONS = re.compile(r"\[[\d,;\s–-]+\]")
_WORD = re.compile(r"(?<!\d)[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_EMAIL = re.compile(r"\S+@\S+\.\w|\{[^}]*\}@")
_NUMBER = re.compile(r"^[(\[]?[-+−±]?[\d.,]*\d[\d.,]*[%kKMB]?[)\],;]?$")
_ENUMERATION = re.compile(r"(?:^|[\s(,;:])(?:\w{1,4})\)")
_LETTERED = frozenset("aIA&=+<>−-–—/|·×≤≥≈~→←%±:;,")
_STRONG_VERB = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|can|could|may|might|must|shall|should|will|would|cannot|let|"
    r"[a-z]{2,}ed|[a-z]{3,}ing|shows?|finds?|found|uses?|gives?|gave|makes?|made|takes?|took|gets?|got|needs?|sets?|led|leads?|"
    r"see|note|consists?|contains?|remains?|becomes?|became|means?|seems?|appears?|performs?|outperforms?|achieves?|obtains?|"
    r"yields?|provides?|requires?|suggests?|indicates?|reports?|presents?|proposes?|introduces?|describes?|denotes?|represents?|"
    r"allows?|enables?|helps?|works?|depends?|varies|vary|holds?|follows?|goes|go|went|comes?|came|say|says|said|argues?|"
    r"exists?|begins?|began|keeps?|kept|builds?|built|learns?|learnt|train|trains|increases?|decreases?|reduces?|improves?|"
    r"differs?|captures?|includes?|results?|corresponds?|relies|rely|applies|apply|tends?|starts?|exhibits?|drops?|lies|lie|"
    r"satisfies|satisfy|implies|imply|admits?|defines?|generates?|produces?|computes?|selects?|compares?|grows?|grew|rises?|rose|"
    r"falls?|fell|lacks?|benefits?|suffers?|covers?|supports?|focus(?:es)?|aims?|hopes?|believes?|thanks?|chose|chooses?|"
    r"speaks?|spoken|ranks?|scores?|belongs?|adds?|treats?|maps?|turns?|runs?|ran|sees|saw|brings?|plays?|serves?|encodes?|"
    r"concludes?|observes?|discuss(?:es)?|ask|asks|explores?|study|studies|investigates?|examines?|analy[sz]es?|evaluates?)\b"
)
_LONGEST = 130
"""Words; a longer stretch is several things run together."""


def is_whole(text: str) -> bool:
    """Whether the text starts like a sentence, ends like one, and is made of words in between.

    Refused are stretches that were cut (an open bracket, no stop, a stop of "et al."), debris of tables
    and formulas (runs of numbers, single letters), headings and addresses (no verb).
    """
    if not _START.match(text) or not _END.search(text) or _OPEN_END.search(text) or _EMAIL.search(text):
        return False
    if _NOT_A_START.match(text) or _GLUED.search(text) or _FOREIGN.search(text) or _MATH_ACCENT.search(text):
        return False
    words = _WORD.findall(text)
    if not 4 <= len(words) <= _LONGEST or not _has_verb(text, words):
        return False
    return _balanced(text) and not _is_debris(text, words)


def _has_verb(text: str, words: list[str]) -> bool:
    """Whether a verb is known in the text, or so many small words that it cannot be a heading."""
    if _STRONG_VERB.search(text):
        return True
    small = sum(word.casefold() in STOPWORDS for word in words)
    return len(words) >= 8 and small >= max(2, 0.15 * len(words))


def _balanced(text: str) -> bool:
    for opening, closing in ("()", "[]", "{}"):
        opened, closed = text.count(opening), text.count(closing)
        if opening == "(" and closed > opened:
            closed -= min(len(_ENUMERATION.findall(text)), closed - opened)
        if opened != closed:
            return False
    return "“" not in text or text.count("“") - text.count("”") in (-1, 0, 1)


def _is_debris(text: str, words: list[str]) -> bool:
    tokens = _CITATIONS.sub("", text).split()
    visible = sum(map(len, tokens))
    if sum(character.isalpha() for character in "".join(tokens)) < 0.6 * visible:
        return True
    singles = [token for token in tokens if len(token) == 1 and not token.isdigit() and token not in _LETTERED]
    symbols = [token for token in tokens if not any(character.isalnum() for character in token)]
    if len(singles) > max(2, 0.12 * len(tokens)) or len(symbols) > max(3, 0.15 * len(tokens)):
        return True
    run = 0
    for token in tokens:
        run = run + 1 if _NUMBER.match(token) else 0
        if run >= 4:
            return True
    short = sum(len(word) == 1 for word in words)
    return short > max(4, 0.25 * len(words))
