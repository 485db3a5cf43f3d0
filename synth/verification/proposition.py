"""What a claim says, without who says it: the form in which passages are held against it (pure).

Reports word a paper's "we find that" as "The experiments of the paper “…” show that". No passage of the paper holds its
own title, and a dozen words that nothing bears out speak against every one.
"""

from __future__ import annotations

import re

_TITLE = r"(?:“[^“”]{8,300}”|\"[^\"]{8,300}\")"
_WORK = r"(?:papers?|articles?|study|studies|work)"
_VERB = (
    r"(?:show(?:s|ed)?|demonstrate[sd]?|indicate[sd]?|suggest(?:s|ed)?|reveal(?:s|ed)?|find|finds|found|confirm(?:s|ed)?|"
    r"observe[sd]?|argue[sd]?|conclude[sd]?|report(?:s|ed)?|note[sd]?|prove[sd]?|claim(?:s|ed)?|state[sd]?|"
    r"see|sees|can see|should note)"
)
_ADVERB = r"(?:also|further|then|in particular|clearly|consistently|empirically|theoretically)"
_FINDINGS = r"(?:experiments?|results?|evaluations?|analys[ie]s|findings?|evidence|ablations?|comparisons?|experience)"
_NAME = r"[A-Z][\w’'.-]+"
_SPOKEN = re.compile(
    rf"(?P<before>.{{0,120}}?,\s)?(?:[Tt]he\s)?(?:(?:authors\sof\sthe\s)?{_WORK}\s{_TITLE}|"
    rf"{_NAME}(?:,\s{_NAME})*\set\sal\.(?:\s\(\d{{4}}\))?|{_NAME}(?:,\s{_NAME})*,?\sand\s{_NAME}(?:\s\(\d{{4}}\))?)"
    rf"\s(?:{_ADVERB}\s)?{_VERB}(?:,?\s{_ADVERB})?,?\sthat\s(?P<said>.+)"
)
"""A paper or its authors say that something is so."""
_FOUND = re.compile(
    rf"(?:(?:The|These|All|Our|Its|Their|Extensive|Further|Additional|Empirical|Experimental|Overall|Main)\s)*"
    rf"(?:[A-Za-z-]+\s){{0,2}}?{_FINDINGS}\b[^.;:“”\"]{{0,60}}?(?:\s(?:of|in|from)\sthe\s{_WORK}\s{_TITLE}[^.;:“”\"]{{0,80}}?)?"
    rf"\s(?:{_ADVERB}\s)?{_VERB}(?:,?\s{_ADVERB})?,?\sthat\s(?P<said>.+)",
    re.IGNORECASE,
)
"""Experiments or results show that something is so."""
_OF_TITLED = re.compile(rf"\sof\sthe\s{_WORK}\s{_TITLE}")
_TITLED = re.compile(rf"\b({_WORK})\s{_TITLE}", re.IGNORECASE)
_MIN_WORDS = 3
"""What is left of a claim with fewer words says nothing; the whole is kept."""


def untitled(claim: str) -> str:
    """A claim without the title of a paper behind "the paper"."""
    return _TITLED.sub(r"\1", claim)


def names_a_title(text: str) -> bool:
    """Whether a text speaks of a paper by its title."""
    return _TITLED.search(text) is not None


def said(claim: str) -> str:
    """What a claim says to be so, without its frame ("The paper “…” finds that") and beginning with a capital.

    A conjecture or a hypothesis keeps its frame: that something is supposed is not that it is so.
    """
    framed = _SPOKEN.fullmatch(claim) or _FOUND.fullmatch(claim)
    if not framed or len(framed["said"].split()) < _MIN_WORDS:
        return claim
    text = (framed.groupdict().get("before") or "") + framed["said"]
    return text[:1].upper() + text[1:] if text.split()[0].islower() else text  # mBERT stays mBERT


def proposition(claim: str) -> str:
    """What a claim says to be so (:func:`said`), without titles of papers.

    Args:
        claim: The claim as a report words it.

    Returns:
        The claim itself where it has no frame and names no title.
    """
    return untitled(_OF_TITLED.sub("", said(claim)))
