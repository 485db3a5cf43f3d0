"""Pure functions over text that several steps share: cleaning, sentences, words, names."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from functools import lru_cache

from synth.latex import without_latex

_TAG = re.compile(
    r"(?i)</?(?:a|abbr|address|article|b|big|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|figure|font|footer|form|"
    r"h[1-6]|head|header|hr|html|i|img|italic|bold|li|link|main|mark|meta|nav|ol|p|pre|q|section|small|span|strike|strong|"
    r"style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul)"
    r"(?:\s{1,20}[a-z:-]{1,40}\s?=\s?(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|[^\s\"'<>]{1,300})){0,20}\s{0,20}/?>"
)
"""A tag of HTML. Other words between such brackets are the author's: ``<think>``, ``n<m``."""
_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+(?:[.\-'’][^\W_]+)*")
_RAISED = re.compile(r"\^?([⁺⁻]?[⁰¹²³⁴-⁹]+)")
_SLUG_EDGE = re.compile(r"[^a-z0-9]+")
_SLUG_LOSES = re.compile(
    r"[^a-z0-9\s.,;:!?'\"“”‘()\[\]/-]"  # other letters, and signs such as those of C++ and F#
    r"|(?<![^\s'\"“‘(\[])[./-]+(?=[a-z0-9])"  # .NET and -5; between and behind words they are punctuation
)
"""What a slug leaves out of a normalised question although it may tell it from another one."""
_DIGITS = re.compile(r"[0-9]+")

_TIE = re.compile(r"(?<=\S)~(?=\S)")  # "Fig.~3"; "by ~5%" keeps its sign

_ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "e.g i.e cf vs et al etc fig figs eq eqs sec secs tab no nos vol pp p ch approx resp ref refs app appx dr "
        "prof mr ms mrs st inc ltd jr sr dept univ alg thm lem def prop cor ex w.r.t a.k.a i.i.d viz ca esp incl est "
        "max min ",
    )
)
_BOUNDARY = re.compile(r"(?<=[.!?])[\"'”’)\]]*+\s++(?=[\"'“‘(\[]*+(?:[A-Z0-9À-ÞΑ-ΩА-Я]|[a-z]{1,4}[A-Z]|[ivx]{1,4}\)))")
"""What parts two sentences, from behind the last stop."""
_TOKEN_EDGE = re.compile(r"[\s(\[{\"'“‘]")
_LOOK_BACK = 200
"""Characters before a stop that may tell what it is; no abbreviation is longer."""

_NAMED_BY_LETTER = re.compile(
    r"(?i)\b(?:appendix|appendices|section|table|figure|model|type|class|task|part|case|group|set|setting|step|system|vitamin|and|or)"
    r"\s+\w\W+$"
)
_OPENER = re.compile(
    r"(?:The|This|These|We|In|It|However|Our|For|As|A|An|To|On|Here|They|There|Then|Thus|With|When|While|If|Note|Moreover|"
    r"Furthermore|Finally|First|Similarly|Since|Although|By|Each|All|Both|Figure|Table|Section)\b"
)


def collapse(text: str) -> str:
    """The text with every run of white space made one space, and none at its ends."""
    return _SPACE.sub(" ", text).strip()


def holds_surrogates(text: str) -> bool:
    """Whether a text cannot be written down: bytes of another encoding than UTF-8 come so from the command line."""
    return bool(_SURROGATE.search(text))


def plain(text: str) -> str:
    r"""The text without HTML tags, entities and LaTeX mark-up; mathematics keeps its symbols.

    For titles and abstracts from a feed: ``$2.0\times$`` becomes ``2.0×``, ``<a href=…>here</a>``
    becomes ``here``, ``\textbf{BERT}`` becomes ``BERT``.
    """
    text = without_latex(_TAG.sub("", html.unescape(text)))
    return collapse(unicodedata.normalize("NFC", _TIE.sub(" ", text)))


def normalise(text: str) -> str:
    """The form in which two wordings are the same: case, width, spaces and final stop do not count.

    Raised digits stay raised: ``10⁵`` is ``10^5``, not ``105``.
    """
    folded = unicodedata.normalize("NFKC", _RAISED.sub(r"^\1", text)).casefold()
    folded = folded.replace("’", "'").replace("–", "-").replace("—", "-").replace("−", "-")
    return collapse(folded).rstrip(" .")


def claim_id(text: str) -> str:
    """First 12 hex digits of the SHA-256 of the normalised text."""
    return hashlib.sha256(normalise(text).encode("utf-8", "replace")).hexdigest()[:12]


def words(text: str) -> tuple[str, ...]:
    """Lower-cased words in order; ``65.4``, ``XLM-R`` and ``don't`` are one word each."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def stem(word: str) -> str:
    """A light English stem: plural and common verb endings off, nothing clever.

    The S-stemmer of Harman (JASIS 1991), and ``-ing``/``-ed`` where a stem of four letters stays.
    """
    if len(word) > 4 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if len(word) > 5 and word.endswith("e") else word


def stems(text: str) -> tuple[str, ...]:
    """The stem of every word, in order."""
    return tuple(stem(word) for word in words(text))


STOPWORDS = frozenset(
    re.findall(
        r"\S+",
        "a about above after again all also am an and any are as at be because been before being below between both "
        "but by can could did do does doing down during each few for from further had has have having he her here "
        "hers him his how i if in into is it its itself just may me might more most must my no nor not now of off on "
        "once only or other our ours out over own per same she should so some such than that the their theirs them "
        "then there these they this those through to too under until up upon us very via was we were what when where "
        "whether which while who whom whose why will with within without would yet you your yours ",
    )
)


def content_words(text: str) -> tuple[str, ...]:
    """Stemmed words in order, without stop words and single letters."""
    return tuple(stem(word) for word in words(text) if word not in STOPWORDS and (len(word) > 1 or word.isdigit()))


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence of a running text starts and ends.

    ``text[start:end]`` carries no white space at its ends. Abbreviations ("et al.", "Fig.", "e.g."),
    initials and decimal points end no sentence.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if _ends_inside(text, start, match):
            continue
        spans.append(_trimmed(text, start, match.end()))
        start = match.end()
    spans.append(_trimmed(text, start, len(text)))
    return tuple(span for span in spans if span[0] < span[1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _ends_inside(text: str, start: int, boundary: re.Match[str]) -> bool:
    """Whether the stop before a boundary belongs to an abbreviation or an initial of the sentence from ``start`` on."""
    stop, following = boundary.span()
    if text[stop - 1] in "!?" and text[stop].isspace():
        return False
    before = text[max(start, stop - _LOOK_BACK) : stop]
    token = _TOKEN_EDGE.split(before.rstrip(".!?"))[-1]
    if len(token) == 1 and token.isalpha():  # "J. Smith"; but "... Appendix A. Figure 1 ..." ends one
        return not (_NAMED_BY_LETTER.search(before) or _OPENER.match(text, following))
    lowered = token.casefold().strip(".")
    if lowered == "al":  # "Conneau et al. (2020)" goes on; "Conneau et al. The" does not
        return not text.startswith(("The ", "This", "We ", "In ", "It "), following)
    return lowered in _ABBREVIATIONS


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a running text, in order."""
    return tuple(text[start:end] for start, end in sentence_spans(text))


@lru_cache(maxsize=8192)
def stems_by_sentence(text: str) -> tuple[tuple[str, ...], ...]:
    """The stems of each sentence; kept, for a passage is asked for claim after claim."""
    return tuple(stems(sentence) for sentence in sentences(text))


def slug(text: str, limit: int = 80) -> str:
    """A folder name for a question: lower-case ASCII words joined by hyphens, cut between words.

    Texts that lose more than plain punctuation (a question in Chinese, one on ``C++`` or ``β``) or are cut get a
    short hash, so that two questions share a folder only if they differ in nothing but case and punctuation.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    name = _SLUG_EDGE.sub("-", ascii_text).strip("-")
    told = normalise(text)
    whole = not _SLUG_LOSES.search(told) and _DIGITS.findall(told) == _DIGITS.findall(name)  # 2–3 is no 23
    if name and len(name) <= limit and whole:
        return name
    digest = hashlib.sha256(told.encode()).hexdigest()[:8]
    if len(name) > limit - 9:
        name = name[: limit - 9].rpartition("-")[0]
    return f"{name or 'question'}-{digest}"
