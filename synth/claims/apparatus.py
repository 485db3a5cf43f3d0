"""What a paper's sentence carries for readers of the page: citations, pointers to figures, footnote marks.

Each function takes it away where the sentence stays grammatical, and says None where it does not.
"""

from __future__ import annotations

import re

_NAME = r"[A-ZÀ-Þ][\w’'.-]*"
_CITED = (
    rf"(?:{_NAME}|van|de|der|von|et|al\.?,?|and|&|,|in|press)(?:[ ,]+(?:{_NAME}|van|de|der|von|et|al\.?|and|&|"
    r"in|press))*"
)
_YEAR = r"(?:19|20)\d\d[a-z]?(?:, ?(?:(?:19|20)\d\d)?[a-z]?)*"
_ONE = rf"(?:(?:see|cf\.|e\.g\.,?|i\.e\.,?|see also|inter alia)[ ,]*)*{_CITED},? \(?{_YEAR}\)?(?:, inter alia)?"
_AUTHOR_YEAR = re.compile(rf"(?P<before>\S+)?(?P<space>\s*)[(\[](?P<inside>{_ONE}(?:[;,] ?(?:and )?{_ONE})*;?)[)\]]")
_NUMBERED = re.compile(r"(?P<before>\S+)?(?P<space>\s*)\[\d+(?:\s?[,;–-]\s?\d+)*\]")
_GOVERNS = frozenset(
    [
        "following",
        "by",
        "in",
        "from",
        "of",
        "to",
        "with",
        "and",
        "see",
        "than",
        "like",
        "unlike",
        "on",
        "as",
        "at",
        "via",
        "per",
        "for",
        "between",
        "both",
        "or",
        "using",
        "use",
        "uses",
        "e.g.",
        "i.e.",
        "is",
        "are",
        "e.g.,",
        "cf.",
        "over",
        "against",
        "beyond",
        "above",
        "below",
        "into",
        "within",
        "under",
        "after",
        "before",
        "about",
    ]
)
"""Words that need what follows them, so that a citation behind them cannot simply go."""
_FLOAT = (
    r"(?:tables?|tabs?\.|figures?|figs?\.|sections?|secs?\.|sect\.|appendi(?:x|ces)|app\.|eqs?\.|equations?|"
    r"algorithms?|§+)"
)
_LABEL = r"\(?(?:[A-Z]?\d+(?:\.\d+)*[a-z]?|[A-Z](?:\.\d+)*)(?:\([a-z]\))?(?!\w)\)?"
_POINTED = (
    r"(?:(?:the )?(?:left|right|top|bottom|upper|lower)(?: (?:part|half|side|"
    rf"panel))? (?:of )?)?{_FLOAT}\s?{_LABEL}(?:(?:, | and |, and | & |–|-| to ){_FLOAT}?\s?{_LABEL})*"
)
_BRACKET = re.compile(rf"\s*[(\[][^()\[\]]{{0,60}}\b{_FLOAT}(?:\s?{_LABEL})?[^()\[\]]{{0,40}}[)\]]", re.IGNORECASE)
_SEEN = (
    r"(?:shown|seen|illustrated|depicted|reported|presented|described|discussed|summari[sz]ed|listed|detailed|"
    r"indicated|given|observed|demonstrated|mentioned|noted|explained|defined|introduced|evidenced|"
    r"visuali[sz]ed|expected)"
)
_AS_SHOWN = (
    r"as (?:(?:can|could|may) be |is |was |are |we (?:can )?(?:see|show|saw|discuss|describe) |"
    rf"also )?(?:{_SEEN} )?(?:in|by|from|on) {_POINTED}"
)
_AS_EARLIER = (
    rf"as (?:we )?(?:was |were )?(?:{_SEEN}|discuss|mention|show|describe|saw)(?: (?:above|earlier|before|"
    r"previously|below|later))"
)
_LEAD = re.compile(
    rf"^(?:{_AS_SHOWN}|{_AS_EARLIER}|(?:from|in|according to|looking at) {_POINTED})"
    r"(?: ?\((?:top|bottom|left|right|middle)\))?,? ",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    rf"^{_POINTED}(?: ?\((?:top|bottom|left|right|middle)\))? "
    r"(?:(?:also|clearly|further) )?(?:shows?|reveals?|indicates?|demonstrates?|suggests?|confirms?) "
    r"(?:(?:also|clearly) )?that,? ",
    re.IGNORECASE,
)
"""A table that shows something is a finding of those who made it."""
_INSIDE = re.compile(rf",? \b(?:{_AS_SHOWN}|{_AS_EARLIER}|see {_POINTED})(?P<close>,?)", re.IGNORECASE)
_PLACED = re.compile(rf" (?:in|from|of|on|by) {_POINTED}(?=[ ,.;])", re.IGNORECASE)
_ONLY_PLACED = re.compile(
    rf"\b(?:is|are|was|were|be|been|lies?) (?:in|from|on) {_POINTED}(?: \(\w+\))?\W*$", re.IGNORECASE
)
"""A sentence that says where a thing stands and nothing of it: "The prompts are in Appendix B.1."."""
_LEFT_OVER = re.compile(rf"\b{_FLOAT}\s?\(?[A-Z]?\d|\bappendi|\bsupplementary|§|\bsubsection|\bfootnote", re.IGNORECASE)
_NO_OPERATOR = r"(?!\s*[=<>≤≥≠≈∼∈⊂⊆+×·−/^])"
_WORD = (
    r"(?<=[^\W\d_]{2})"
    r"(?<!\barg)(?<!\blog)(?<!\bexp)(?<!\bmax)(?<!\bmin)(?<!\bsup)(?<!\binf)(?<!\bopt)(?<!\bOPT)(?<!\btr)"
    r"(?<!\b[kcmnμµd]m)"
)
"""Behind a word of two letters or more that names no function and no unit: "log∗ n" and "4 km²" keep what they say."""
_BEHIND = rf"(?:{_WORD}|(?<=[^\W\d_]{{2}}[.,;:!?)\]’”\"]))"
_MARKS = re.compile(
    rf"^[∗⋆†‡]+\s*(?=[A-ZÀ-Þ][\w’'-])|{_BEHIND}\s?[†‡¹²³⁴⁵⁶⁷⁸⁹⁰]+{_NO_OPERATOR}|"
    rf"{_BEHIND}[∗⋆]+(?![\w(]){_NO_OPERATOR}|{_WORD}\*+(?=[\s.,;]|$){_NO_OPERATOR}"
)
"""Raised marks of footnotes. A star at a symbol belongs to a formula: "p∗ ≤ p" without it says something else."""
_GLUED = re.compile(r"\b[a-z]{4,}\d{1,2}(?=[\s,.;:]|$)|(?<=[a-z]{3}[.,;])\d{1,2}(?=\s|$)")
_BULLET = re.compile(r"^(?:[•◦▪‣·*–—-]\s+|\(?(?:[ivx]{1,4}|[a-h]|\d)[.)]\s+)")


def without_citations(text: str) -> str | None:
    """The text without bracketed citations; None where the sentence needs one of them.

    "(Devlin et al., 2019)" goes; "Following (Devlin et al., 2019)" becomes "Following Devlin et al. (2019)";
    "Devlin et al. (2019)" stays; "as in [12]" cannot be mended.
    """
    kept: list[str] = []
    position = 0
    for match in _AUTHOR_YEAR.finditer(text):
        kept.append(text[position : match.start()])
        narrative = _narrative(match)
        if narrative is None:
            return None
        kept.append(narrative)
        position = match.end()
    text = "".join(kept) + text[position:]
    for match in _NUMBERED.finditer(text):
        before = (match["before"] or "").casefold().strip("([")
        if (
            not before
            or before.strip(",") in _GOVERNS
            or re.match(r"\s(?:show|propos|find|use|introduc|report)", text[match.end() :])
        ):
            return None
    return _NUMBERED.sub(lambda match: match["before"], text)


def _narrative(match: re.Match[str]) -> str | None:
    before = match["before"] or ""
    if before and before.casefold().strip("(,") not in _GOVERNS and before[-1] not in ",;":
        return before
    single = re.fullmatch(rf"(?:(?:see|cf\.|e\.g\.,?|see also) )*({_CITED}?),? ({_YEAR})", match["inside"])
    if before and before[-1] in ",;" and before.casefold().strip(",;") not in _GOVERNS:
        return before
    if single is None or not before or before.casefold() in ("see", "e.g.", "e.g.,", "cf."):
        return None
    return f"{before} {single[1].strip(' ,').replace(' & ', ' and ')} ({single[2]})"


def without_lead(text: str) -> str:
    """The text without a pointer in front: "As shown in Table 2," goes, "Table 2 shows that" becomes "We find that"."""
    shorter = _SHOWS.sub("We find that ", _LEAD.sub("", text))
    return text if shorter == text else capitalised(shorter)


def without_pointers(text: str) -> str | None:
    """The text without "(see Table 2)", "as shown in Figure 3" and the like; None where one cannot go."""
    text = without_lead(_BRACKET.sub("", text))
    if _ONLY_PLACED.search(text):
        return None
    text = _INSIDE.sub("", text)
    text = _PLACED.sub("", text)
    return None if _LEFT_OVER.search(text) else text


def without_marks(text: str) -> str | None:
    """The text without bullets and raised footnote marks; None where a digit is glued to a word.

    What stands at a symbol or a number ("p∗ ≤ q", "10³") is no mark and stays as printed.
    """
    text = _BULLET.sub("", _MARKS.sub("", text))
    return None if _GLUED.search(text) else text


def tidied(text: str) -> str:
    """One space between words, none before punctuation, no doubled commas, a capital first, a stop last."""
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    text = re.sub(r"\s+([,;:!?)\]]|\.(?!\d))", r"\1", text)  # "of .33" keeps its space
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r",(?=\.)", "", text)
    text = re.sub(r"\.\.$", ".", text)
    return capitalised(text)


def capitalised(text: str) -> str:
    """The text with its first letter in upper case, unless the first word is a symbol or a mixed name ("mBERT")."""
    match = re.match(r"[\"“‘'(]*([^\s]+)", text)
    if match is None or re.match(r"[a-z]+[A-Z0-9]|(?!a\b)[a-z](?![\w’'])", match[1]):
        return text
    at = match.start(1)
    return text[:at] + text[at].upper() + text[at + 1 :]
