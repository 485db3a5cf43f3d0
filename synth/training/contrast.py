"""Change one detail of a sentence: its number, its direction, its polarity, its subject.

Pure functions of a sentence and a random generator. Each gives the changed sentence, or None where the
sentence has no such detail. Changes run both ways (``higher`` to ``lower`` and back, ``not`` put in and
taken out), so that a changed sentence cannot be told from an unchanged one by its wording. The idea is
that of contrast sets (Gardner et al., 2020) and counterfactually augmented data (Kaushik et al., 2020).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

Change = Callable[[str, np.random.Generator], "str | None"]

_NUMBER = re.compile(r"(?<![\w.\-/^])\d+(?:,\d{3})*(?:\.\d+)?(?![\w\-/^]|\.\d|,\d)")
_PAIRS = (
    "increase/decrease increases/decreases increased/decreased increasing/decreasing improve/degrade "
    "improves/degrades improved/degraded improving/degrading improvement/degradation improvements/degradations "
    "higher/lower highest/lowest high/low better/worse best/worst outperform/underperform "
    "outperforms/underperforms outperformed/underperformed outperforming/underperforming more/less most/least "
    "larger/smaller largest/smallest large/small faster/slower fast/slow stronger/weaker strong/weak gain/loss "
    "gains/losses reduce/raise reduces/raises reduced/raised reducing/raising reduction/rise before/after "
    "with/without effective/ineffective efficient/inefficient able/unable easy/hard easier/harder "
    "difficult/simple always/never often/rarely many/few above/below sufficient/insufficient "
    "consistent/inconsistent accurate/inaccurate reliable/unreliable robust/fragile positive/negative "
    "positively/negatively benefits/harms benefit/harm helps/hurts help/hurt success/failure succeed/fail "
    "succeeds/fails early/late supervised/unsupervised monolingual/multilingual shallow/deep sparse/dense "
    "static/dynamic significant/negligible significantly/marginally substantially/slightly similar/different "
    "possible/impossible exceeds/trails advantage/drawback advantages/drawbacks cheap/costly majority/minority "
    "longer/shorter long/short simpler/complexer rich/poor superior/inferior maximum/minimum"
)
_OPPOSITES = [(a, b) for a, _, b in (pair.partition("/") for pair in _PAIRS.split())]
_OPPOSITE = dict(_OPPOSITES) | {b: a for a, b in _OPPOSITES}
_WORD = re.compile(r"[A-Za-z]+")
_AUXILIARY = re.compile(
    r"\b(?:(?:is|are|was|were|can|will|should|may)(?: not)?|(?:does|do|did|has|have) not)\b(?! only| not)"
)
_LANGUAGE_NAMES = (
    "English German French Spanish Chinese Japanese Arabic Hindi Russian Turkish Finnish Swahili Urdu Korean "
    "Italian Portuguese Dutch Vietnamese Thai Bengali Tamil Greek Polish Czech Romanian Hebrew Indonesian"
)
_LANGUAGES = frozenset(_LANGUAGE_NAMES.split())
_NAME = re.compile(r"\b(?:[A-Z]+[A-Za-z]*[A-Z][\w\-]*|[A-Z][a-z]+\b)")


def change_number(sentence: str, rng: np.random.Generator) -> str | None:
    """Replace one number by another of the same form and size.

    Args:
        sentence: Any sentence.
        rng: Generator of the choice.
    """
    found = list(_NUMBER.finditer(sentence))
    if not found:
        return None
    match = found[int(rng.integers(len(found)))]
    return sentence[: match.start()] + _other_number(match.group(), rng) + sentence[match.end() :]


def _other_number(text: str, rng: np.random.Generator) -> str:
    decimals = len(text.partition(".")[2])
    value = float(text.replace(",", ""))
    if 1900 <= value <= 2100 and not decimals:
        new = value + float(rng.choice([-6, -4, -3, -2, -1, 1, 2, 3, 4]))
    elif value <= 12 and not decimals:
        new = float(rng.choice([n for n in range(1, 14) if n != value]))
    else:
        new = value * float(rng.choice([0.5, 0.65, 0.8, 0.9, 1.1, 1.2, 1.4, 1.8]))
    written = f"{new:,.{decimals}f}" if "," in text else f"{new:.{decimals}f}"
    if float(written.replace(",", "")) == value:
        written = f"{value + 10**-decimals:.{decimals}f}"
    return written


def flip_direction(sentence: str, rng: np.random.Generator) -> str | None:
    """Replace one word by its opposite (``increases``, ``decreases``; ``better``, ``worse``).

    Args:
        sentence: Any sentence.
        rng: Generator of the choice.
    """
    found = [m for m in _WORD.finditer(sentence) if m.group().lower() in _OPPOSITE]
    if not found:
        return None
    match = found[int(rng.integers(len(found)))]
    old = match.group()
    new = _OPPOSITE[old.lower()]
    return sentence[: match.start()] + (new.capitalize() if old[0].isupper() else new) + sentence[match.end() :]


def flip_negation(sentence: str, rng: np.random.Generator) -> str | None:
    """Put one ``not`` in, or take one out.

    Args:
        sentence: Any sentence.
        rng: Generator of the choice.
    """
    found = list(_AUXILIARY.finditer(sentence))
    if not found:
        return None
    negated = [m for m in found if m.group().endswith(" not")]
    match = (negated or found)[int(rng.integers(len(negated or found)))]
    old = match.group()
    return sentence[: match.start()] + (old.removesuffix(" not") if negated else f"{old} not") + sentence[match.end() :]


_STRONGER = {
    "some": "all",
    "several": "all",
    "most": "all",
    "many": "all",
    "often": "always",
    "sometimes": "always",
    "usually": "always",
    "frequently": "always",
    "partly": "entirely",
    "partially": "fully",
    "all": "no",
    "every": "no",
    "each": "no",
    "both": "neither",
    "always": "never",
    "none": "all",
    "never": "always",
    "no": "every",
    "few": "most",
    "any": "no",
    "majority": "minority",
    "minority": "majority",
    "half": "all",
}


def change_quantifier(sentence: str, rng: np.random.Generator) -> str | None:
    """Claim more than a quantifier does, or the opposite of what it does (``most`` to ``all``, ``all`` to ``none``).

    Args:
        sentence: Any sentence.
        rng: Generator of the choice.
    """
    found = [m for m in _WORD.finditer(sentence) if m.group().lower() in _STRONGER]
    found = [m for m in found if not _in_phrase(sentence, m)]
    if not found:
        return None
    match = found[int(rng.integers(len(found)))]
    new = _STRONGER[match.group().lower()]
    return (
        sentence[: match.start()] + (new.capitalize() if match.group()[0].isupper() else new) + sentence[match.end() :]
    )


def _in_phrase(sentence: str, match: re.Match[str]) -> bool:
    """Whether the word is no quantifier there: ``the most accurate``, ``at most``, ``few-shot``."""
    before = sentence[: match.start()].casefold().split()[-1:]
    joined = "-" in sentence[max(0, match.start() - 1) : match.end() + 1]
    return joined or (before in (["the"], ["at"]) and match.group().casefold() in ("most", "few", "many", "all"))


def names(text: str) -> list[str]:
    """Names of languages, models and data sets in a text: words with inner capitals, and known languages."""
    return [n for n in _NAME.findall(text) if n in _LANGUAGES or sum(c.isupper() for c in n) >= 2]


def swap_name(sentence: str, pool: Sequence[str], rng: np.random.Generator) -> str | None:
    """Replace one name by another of its kind: a language by a language, a system by a system.

    Args:
        sentence: Any sentence.
        pool: Names of the same field; those in the sentence are not used.
        rng: Generator of the choice.
    """
    own = names(sentence)
    if not own:
        return None
    old = own[int(rng.integers(len(own)))]
    kind = old in _LANGUAGES
    others = sorted(
        {n for n in pool if n not in own and (n in _LANGUAGES) == kind} | (_LANGUAGES - set(own) if kind else set())
    )
    if not others:
        return None
    new = others[int(rng.integers(len(others)))]
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, sentence)


def third_person(sentence: str) -> str:
    """Say what authors say of themselves in the third person, as a claim in a report does."""
    for pattern, new in _PERSONS:
        sentence = pattern.sub(new, sentence)
    return sentence


_PERSONS = [
    (re.compile(pattern), new)
    for pattern, new in (
        (r"^In this (?:paper|work|study|article),? we\b", "The authors"),
        (r"^We\b", "The authors"),
        (r"\bwe\b", "the authors"),
        (r"\bOur\b", "The"),
        (r"\bour\b", "their"),
    )
]
CHANGES: tuple[Change, ...] = (change_number, flip_direction, flip_negation)
"""Changes after which the old sentence contradicts the new one."""
