"""On which side of a question about an effect a claim stands, or neither. Pure, and shy.

A claim takes a side only where it names the treatment that the question asks about, as the thing that acts, and says
outright that it helps or hurts. Intentions ("aims to improve"), possibilities ("may improve"), claims with both signs
and comparisons in which the treatment is merely the baseline take none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from synth.report.terms import Phrase, locate, phrase_of, words_of


class Sign(StrEnum):
    """What a sentence says of an effect."""

    GOOD = "good"
    NOT_GOOD = "not_good"
    """It denies a benefit ("no gains", "does not improve")."""
    BAD = "bad"
    NOT_BAD = "not_bad"
    """It denies a harm, which is not yet a benefit."""


class Side(StrEnum):
    """Where a claim stands towards the question."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Reading:
    """A question about an effect, as it was understood."""

    treatment: str
    """What is said to act, as written in the question."""
    harm: bool
    """True where the question asks for harm ("does it hurt?"), so that harm speaks for it."""


_GOOD = (
    r"improv\w*|helps?|helped|helpful|helping|benefi\w+|outperform\w*|boost\w*|enhanc\w+|gain|gains|gained|better|"
    r"surpass\w*|exceed(?:s|ed)?|effective|superior|strengthen\w*|perform(?:s|ed)? best|works? best|"
    r"best (?:results?|performance|scores?)"
)
_BAD = (
    r"hurts?|hurting|harm\w*|degrad\w+|worse|worst|worsen\w*|deteriorat\w+|detriment\w*|impair\w*|underperform\w*|inferior|"
    r"ineffective|suffers?|suffered"
)
_UP = r"increas\w+|rais(?:e|es|ed|ing)|higher|grows?|grew"
_DOWN = (
    r"reduc\w+|decreas\w+|lower\w*|declin\w+|drops?|dropped|diminish\w*|mitigat\w+|alleviat\w+|"
    r"narrow(?:s|ed)|clos(?:es|ed)"
)
_WANTED = (
    r"accurac\w+|performance|scores?|f1|bleu|rouge|quality|robustness|precision|recall|transfer|generali[sz]\w+|"
    r"factuality|faithfulness|efficiency|throughput|reliability|calibration|alignment"
)
_UNWANTED = (
    r"errors?|loss|losses|hallucinat\w+|bias|biases|perplexity|costs?|latency|toxicity|forgetting|gaps?|noise|overfitting|"
    r"variance|interference|risks?|degradation|wer|discrepanc\w+|failures?"
)
_CUE = re.compile(rf"\b(?:(?P<good>{_GOOD})|(?P<bad>{_BAD})|(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_OBJECT = re.compile(rf"\b(?:(?P<wanted>{_WANTED})|(?P<unwanted>{_UNWANTED}))\b", re.IGNORECASE)
_NEGATED_BEFORE = re.compile(
    r"\b(?:no|not(?! only)|never|neither|nor|without|hardly|rarely|scarcely|little|cannot|lacks?|\w+n[’']t|"
    r"fail(?:s|ed)? to|no longer|absence of)\b(?:\s+[\w-]+){0,3}\s*$",
    re.IGNORECASE,
)
_NEGATED_AFTER = re.compile(r"^\s+(?:\w+\s+){0,2}?(?:is|are|was|were|do|does|did)(?:\s+not\b|n[’']t\b)", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:may|might|could|would|should|whether|if|aim\w*|designed|proposed?|intended|attempt\w*|try|tries|order|hope\w*|"
    r"potential\w*|expect\w*|hypothesi\w+)\b(?:\s+[\w-]+){0,3}\s*$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(r"\bto(?:\s+\w+ly)?\s*$", re.IGNORECASE)
_FOUND = re.compile(
    r"\b(?:shown|found|tends?|tended|seems?|proven|proves|proved|known|continues?|able|appears?|observed|leads?|led|fail(?:s|ed)?)"
    r"\s+to(?:\s+\w+ly)?\s*$",
    re.IGNORECASE,
)


def signs(text: str) -> frozenset[Sign]:
    """Every sign of an effect in a sentence."""
    return frozenset(sign for _, _, sign in _signed_cues(text))


def _signed_cues(text: str) -> list[tuple[int, int, Sign]]:
    found = []
    for match in _CUE.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        good = _is_good(match, before, after)
        purpose = _PURPOSE.search(before) and not _FOUND.search(before)
        if good is None or _UNSURE.search(before) or purpose:
            continue
        denied = _NEGATED_BEFORE.search(before) or (match["good"] and _NEGATED_AFTER.match(after))
        yes, no = (Sign.GOOD, Sign.NOT_GOOD) if good else (Sign.BAD, Sign.NOT_BAD)
        found.append((match.start(), match.end(), no if denied else yes))
    return found


def _is_good(cue: re.Match[str], before: str, after: str) -> bool | None:
    """Whether a cue speaks of a good thing; None where a rise or fall has no known object."""
    if cue["good"]:
        return True
    if cue["bad"]:
        return False
    nearest = _OBJECT.search(" ".join(after.split()[:6]))
    if nearest is None:
        earlier = list(_OBJECT.finditer(" ".join(before.split()[-4:])))
        nearest = earlier[-1] if earlier else None
    if nearest is None:
        return None
    return bool(cue["up"]) == bool(nearest["wanted"])


_ON = re.compile(r"\b(?:impacts?|effects?|influence|benefits?) of (?P<treatment>.+?) (?:on|for|in|to)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:do|does|did|can|could|will|would|whether|if)\s+(?P<treatment>.+?)\s+(?:\w+ly\s+|still\s+|also\s+)?"
    rf"(?P<verb>affect|influence|impact|{_GOOD}|{_BAD}|{_UP}|{_DOWN}|reduces?|lead|contribute)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_BE = re.compile(
    r"\b(?:is|are|was|were)\s+(?P<treatment>.+?)\s+(?:\w+ly\s+|still\s+|also\s+)?"
    r"(?P<verb>beneficial|helpful|effective|useful|better|superior|harmful|detrimental|worse)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_LONGEST_TREATMENT = 14


def reading(question: str) -> Reading | None:
    """The effect that a question asks about; None for an open question ("which", "how many", "what changes")."""
    plain = _ASIDE.sub("", question)
    for pattern in (_ON, _VERB, _BE):
        match = pattern.search(plain)
        if match is None or len(match["treatment"].split()) > _LONGEST_TREATMENT:
            continue
        if phrase_of(match["treatment"]) is None or re.search(r"\b(?:gap|difference)s?\b", match["treatment"], re.I):
            continue
        asked = frozenset[Sign]() if pattern is _ON else signs(f"{match['verb']}{match['rest']}".split(" compared ")[0])
        return Reading(treatment=match["treatment"], harm=asked == {Sign.BAD})
    return None


_BASELINE = re.compile(
    r"\b(?:than|over|outperform\w*|surpass\w*|exceed\w*|compared (?:to|with)|relative to|versus|vs\.?|against|beats?|"
    r"unlike|without|instead of|beyond|to|into)(?:\s+[\w-]+){0,3}\s*$",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:from|with|by|of|using|through|via|after|due to|thanks to)(?:\s+[\w-]+){0,3}\s*$", re.IGNORECASE
)


def side(claim: str, asked: Reading) -> Side:
    """On which side a claim stands; a claim whose reading is in doubt stands on neither."""
    treatment = phrase_of(asked.treatment)
    cues = _signed_cues(claim)
    said = {sign for _, _, sign in cues}
    if treatment is None or len(said) != 1:
        return Side.NEITHER
    place = _acting(treatment, claim, cues[0])
    if not place:
        return Side.NEITHER
    sign = said.pop()
    if asked.harm:
        sides = {Sign.BAD: Side.FOR, Sign.GOOD: Side.AGAINST, Sign.NOT_BAD: Side.AGAINST}
    else:
        sides = {Sign.GOOD: Side.FOR, Sign.BAD: Side.AGAINST, Sign.NOT_GOOD: Side.AGAINST}
    return sides.get(sign, Side.NEITHER)


def _acting(treatment: Phrase, claim: str, cue: tuple[int, int, Sign]) -> bool:
    """Whether the treatment is what helps or hurts, not what is helped, and not the baseline."""
    place = locate(treatment, words_of(claim), slack=4)
    if place is None or _BASELINE.search(claim[: place[0]]):
        return False
    if place[0] < cue[0]:
        return True
    return _SOURCE.search(claim[cue[1] : place[0]]) is not None
