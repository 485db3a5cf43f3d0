"""Who wrote a paper, as its first page shows it (pure).

Names stand between the title and the abstract, among institutes and addresses that may be set alike. What is taken for
a name has the form of one, and a line is taken whole or not at all: a claim that names the wrong people is worse than
one that names its paper by its title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from synth.parsing.mend import mend_line
from synth.parsing.pages import Fragment, Page
from synth.text import collapse

_LOWEST = 0.6
"""Share of the page's height within which the names stand."""
_MOST = 60
_ABSTRACT = re.compile(
    r"\s*(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|key ?words|(?:\d|i)?\.?\s*introduction)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"@|https?:|www\.|\w\.(?:com|org|edu|net)\b")
_MARKS = re.compile(r"[\d*∗⋆★☆†‡§¶‖♠♣♥♦♯♭◇◆♢♡⊕⊗△▽○●□■^#~|•·]+")
_SEPARATOR = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+|\s*\|\s*", re.IGNORECASE)
_AND = re.compile(r"^and\s+", re.IGNORECASE)
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ten|ter|zu|zur|y|af)"
_PART = r"(?:[A-ZÀ-ÞŁŠŽĆČŚŻ][^\W\d_]*(?:[’'\-‐][^\W\d_]+)*\.?|[dDLO]’[A-ZÀ-Þ][^\W\d_]+)"
_NAME = re.compile(rf"{_PART}(?:[ ]?-?{_PART}|\s{_PART}|\s{_PARTICLE}){{0,4}}\s{_PART}|{_PART}\s{_PART}")
_SMALL = re.compile(r"[^\W\d_]\w*[a-zà-ÿ]")
_NO_PERSON = re.compile(
    r"\b(?:univ\w*|institut\w*|instituto|schools?|dep(?:t|artment|artamento)\w*|lab(?:s|orator\w+)?|research|"
    r"cent(?:er|re|ro)s?|facult\w+|colleges?|academ\w+|groups?|teams?|inc|ltd|llc|gmbh|corp\w*|compan\w+|technolog\w+|"
    r"sciences?|engineering|computer|computing|artificial|intelligence|ai|google|facebook|microsoft|amazon|apple|ibm|"
    r"deepmind|openai|nvidia|adobe|baidu|alibaba|tencent|huawei|bytedance|meta|salesforce|city|state|national|"
    r"international|foundation|hospital|ministry|street|avenue|road|box|usa|u\.s\.a|uk|china|germany|france|india|japan|"
    r"italy|spain|canada|israel|korea|singapore|switzerland|netherlands|sweden|finland|denmark|australia|ireland|iran|"
    r"conference|workshop|journal|proceedings|preprint|version|draft|submitted|published|accepted|received|editors?|"
    r"report|article|paper|survey|study|letter|review|notes?|extended|technical|supplement\w*|appendix|part|chapter|"
    r"lectures?|thesis|dissertation|tutorial|overview|introduction|information|processing|systems?|learning|networks?|"
    r"communicated|contribut\w+|corresponding|equal|authors?|member|fellow|senior|student|ieee|phd|abstract|"
    r"new york|mountain view|chapel hill|los angeles|san francisco|hong kong|tel aviv|palo alto|menlo park)\b",
    re.IGNORECASE,
)


def authors_of(pages: Sequence[Page], title: str) -> tuple[str, ...]:
    """The authors in the order of the first page; empty where a line between them cannot be read as names.

    Args:
        pages: The first pages.
        title: The title as it was read off them (:func:`synth.parsing.identity.title_of_pdf`).
    """
    if not title:
        return ()
    names: list[str] = []
    for lines in _rows(pages[0], title) if pages else ():
        for line in lines:
            text = _text(line)
            if _ABSTRACT.match(text):
                return _distinct(names, title)
            if _ADDRESS.search(text) or _NO_PERSON.search(text):
                continue
            found = _names_in(text)
            if found is None and not names:
                return ()  # what stands first below the title is no line of names: nothing below is sure either
            names += found or ()
    return _distinct(names, title)


def _rows(page: Page, title: str) -> list[list[Fragment]]:
    """The lines below the title, those of one height together, from left to right."""
    lines = sorted(page.fragments, key=lambda one: (one.box.y0, one.box.x0))
    words = set(title.casefold().split())
    end = 0.0
    for line in lines:
        said = collapse(mend_line(line.text)).strip(" ∗*†‡").casefold().split()
        if set(said) <= words:
            end = line.box.y1
        elif end:
            break
    if not end:
        return []
    rows: list[list[Fragment]] = []
    for line in lines:
        if line.box.y0 < end - 1 or line.box.y0 > _LOWEST * page.height:
            continue
        if rows and abs(rows[-1][0].box.y0 - line.box.y0) < 4:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.box.x0) for row in rows]


def _text(line: Fragment) -> str:
    """A line without what is raised; a mark parts the names that it stands between."""
    text = "".join("|" if span.raised else span.text for span in line.spans)
    return collapse(mend_line(text))


def _names_in(text: str) -> list[str] | None:
    """The names of a line that holds nothing else, or None."""
    if text.startswith(("&", "and ")):
        return None  # the rest of an institute
    parts = _SEPARATOR.split(_MARKS.sub("|", text))
    pieces = [_AND.sub("", piece).strip(" .:") for piece in parts]
    pieces = [piece for piece in pieces if piece]
    if not pieces or not all(_is_name(piece) for piece in pieces):
        return None
    return [_cased(piece) for piece in pieces]


def _is_name(text: str) -> bool:
    if _NAME.fullmatch(text) is None or len(text) > _MOST:
        return False
    capitals = text.isupper()
    return all(capitals or len(word) <= 2 or not word.strip(".").isupper() for word in text.split())


def _cased(name: str) -> str:
    """A name that is printed in capitals, in capitals and small letters."""
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]{2,}", lambda word: word[0].capitalize(), name)


def _distinct(names: Sequence[str], title: str) -> tuple[str, ...]:
    """Each name once; what only repeats words of the title ("Paper Search:" before an address) is none."""
    words = set(title.casefold().split())
    return tuple(dict.fromkeys(name for name in names if not set(name.casefold().split()) <= words))
