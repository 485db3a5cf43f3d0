"""Headings and what their sections do (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from synth.parsing.lines import Line
from synth.parsing.mend import mend_small_caps
from synth.text import collapse
from synth.types import SectionRole

_NUMBERED = re.compile(
    r"^(?P<number>(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Z](?:\.\d{1,2}){1,3}|[A-Z]|[IVX]{1,5}))[.:)]?\s+"
    r"(?P<name>[A-Z“\"(\d].*)$"
)
_APPENDIX_NUMBER = re.compile(r"^[A-Z](?:\.\d{1,2})*$")
_APPENDIX = re.compile(r"(?:[Aa]ppendix|APPENDIX)(?: (?:[A-Z]|[IVX]+|\d{1,2}))?\s?(?:[.:–—-]|$|(?=\s[A-Z]))")
_KNOWN = re.compile(
    r"""(?ix)^(?:abstract|summary|introduction|background|motivation|contributions|keywords|ccs\ concepts|index\ terms
    |(?:related|previous|prior)\ works?|literature\ review
    |(?:materials?\ and\ )?methods?|methodology|approach|models?|data|datasets?
    |experiments?|experimental\ (?:setup|settings?|results?|evaluation)|evaluation
    |results?(?:\ and\ (?:discussion|analysis))?|analysis|ablations?(?:\ stud(?:y|ies))?
    |discussions?(?:\ and\ conclusions?)?|conclusions?|concluding\ remarks|future\ work|limitations?
    |conclusions?\ and\ (?:future\ work|discussion|outlook|limitations)
    |(?:ethics|ethical|broader|impact|reproducibility|societal|data\ availability|funding|competing\ interests?
       |conflicts?\ of\ interest|author\ contributions?)(?:\s+(?:statements?|considerations?|impacts?|and\ .{3,30}))?
    |acknowledge?ments?|references|bibliography|literature\ cited
    |(?:supplementary|supplemental)\ (?:materials?|information)|appendix|appendices|(?:neurips\ paper\ )?checklist
    )[.:]?$"""
)
_RULES: tuple[tuple[SectionRole, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (SectionRole.ABSTRACT, r"^(abstract|summary)$"),
        (
            SectionRole.OTHER,
            r"^acknowledge?ment|\bethic|broader impact|impact statement|societal impact|author contribution|"
            r"reproducibility|availability|^funding|competing interest|conflicts? of interest|"
            r"checklist|"
            r"^keywords|^ccs concepts|^index terms",
        ),
        (SectionRole.APPENDIX, r"^appendi|^supplement"),
        (SectionRole.INTRODUCTION, r"^introduction|^motivation|^(our )?contributions"),
        (SectionRole.LIMITATIONS, r"\blimitation"),
        (SectionRole.CONCLUSION, r"\bconclu|^future (work|directions)|^summary and"),
        (SectionRole.RELATED, r"related works?\b|previous works?\b|prior works?\b|literature|^background"),
        (SectionRole.METHOD, r"\b(experiments?|experimental|evaluation) (set-?ups?|settings?|details)\b"),
        (SectionRole.DISCUSSION, r"\bdiscussion|implications"),
        (
            SectionRole.RESULTS,
            r"\bresults?\b|\bexperiments?\b|evaluation|\banalys[ei]s|\bablation|\bfindings|\bperformance|comparison",
        ),
        (
            SectionRole.METHOD,
            r"\bmethod|\bmodel|\bapproach|architecture|\btraining|\bdata|dataset|corpus|corpora|set-?up|setting|"
            r"implementation|\balgorithm|framework|preliminar|\btasks?\b|benchmark|\bsystem|formulation|\bobjective|\bdesign",
        ),
    )
)
_SETUP = re.compile(
    r"(?i)set-?up|setting|implementation|\bdata|corpus|corpora|\btraining|hyper-?param|\btasks?$|method|baseline"
)
"""What a part of a chapter of results says of how they were made."""
_REFERENCES = re.compile(r"(?i)^(references|bibliography|literature cited|references and notes)[.:]?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    number: str
    """``4.2``, ``A``, ``IV`` or nothing."""
    name: str

    @property
    def text(self) -> str:
        """As printed, with its number."""
        return f"{self.number} {self.name}".strip()

    @property
    def level(self) -> int:
        """1 for a section, 2 for its subsections; headings without a number count as 1."""
        return self.number.count(".") + 1 if self.number else 1

    @property
    def is_references(self) -> bool:
        """Whether the list of references follows."""
        return bool(_REFERENCES.match(self.name))

    @property
    def is_known(self) -> bool:
        """Whether papers commonly have a section of this name."""
        return bool(_KNOWN.match(self.name))

    @property
    def opens_appendix(self) -> bool:
        """Whether it says appendix and names what stands there: "Appendix: Proofs", "APPENDIX A PROOFS"."""
        return _APPENDIX.match(self.name) is not None

    @property
    def is_appendix_like(self) -> bool:
        """Whether its number is a letter, or its name says appendix."""
        return bool(_APPENDIX_NUMBER.match(self.number)) or bool(re.match(r"(?i)appendi|supplement", self.name))


def heading_of(line: Line, body: float, *, alone: bool) -> Heading | None:
    """The heading that a line is, if its style and its words say so.

    Args:
        line: A line of a region.
        body: Font size of the running text, in points.
        alone: Whether space stands above the line and the next line is not its continuation.
    """
    text = collapse(mend_small_caps(line.text))
    if not 2 <= len(text) <= 140 or len(text.split()) > 16 or text.endswith((",", ";", "-")):
        return None
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 3 or len(letters) < 0.6 * len(text.replace(" ", "").replace(".", "")):
        return None
    styled = _is_styled(line, body, letters)
    match = _NUMBERED.match(text)
    if match:
        return _numbered(match, styled, alone)
    known = bool(_KNOWN.match(text))
    appendix = styled and alone and _APPENDIX.match(text) is not None and not text.endswith((".", "!"))
    # small capitals are set smaller than the text, all but the first letters
    if (appendix or (known and (styled or alone))) and max(span.size for span in line.spans) >= body - 1.2:
        return Heading("", _name(text))
    worded = any(len(word) >= 4 and word.isalpha() for word in text.split())
    if (
        styled
        and alone
        and worded
        and text[0].isupper()
        and not text.endswith((".", "!", ":"))
        and line.size >= body - 0.6
    ):
        return Heading("", _name(text))
    return None


def _numbered(match: re.Match[str], styled: bool, alone: bool) -> Heading | None:
    number, name = match["number"], match["name"]
    if name.endswith((".", ":")) and len(name.split()) > 8:
        return None
    worded = any(len(word) >= 3 for word in re.findall(r"[^\W\d_]+", name))
    if not worded or (number.isalpha() and not styled):
        return None
    plausible = not number[0].isdigit() or int(number.split(".")[0]) <= 25
    if plausible and (styled or (alone and bool(_KNOWN.match(name)))):
        return Heading(number, _name(name))
    return None


def _name(text: str) -> str:
    return text.rstrip(" .:") if not text.endswith("etc.") else text


def _is_styled(line: Line, body: float, letters: list[str]) -> bool:
    """Whether a line is bold, larger than the text, or in capitals."""
    spans = [span for span in line.spans if span.text.strip()]
    chars = sum(len(span.text.strip()) for span in spans)
    bold = sum(len(span.text.strip()) for span in spans if span.bold)
    large = max(span.size for span in spans) >= body + 0.9
    capitals = len(letters) >= 4 and all(letter.isupper() for letter in letters)
    italic_numbered = all(span.italic for span in spans if any(c.isalpha() for c in span.text))
    return (
        bold >= 0.8 * chars
        or (large and line.size >= body - 2.6)
        or capitals
        or (italic_numbered and line.size >= body - 0.6)
    )


def role_of(name: str) -> SectionRole | None:
    """What a section of that name does; None where the name does not tell."""
    cleaned = re.sub(r"^(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)*|[IVX]+)[.:]?\s+(?=\S)", "", name.strip())
    cleaned = cleaned or name
    for role, pattern in _RULES:
        if pattern.search(cleaned):
            return role
    return None


class Outline:
    """Follows the headings of a document and says in which section, and in what role, the text stands."""

    def __init__(self) -> None:
        self.section = ""
        self.role = SectionRole.OTHER
        self.in_references = False
        self.after_references = False
        self._top = SectionRole.OTHER
        self._seen_results = False
        self._numbers = False
        self._roman = False

    def enter(self, heading: Heading) -> None:
        """Goes into the section of a heading."""
        if self.in_references and not self._leaves_references(heading):
            return
        if heading.is_references:
            self.in_references = self.after_references = True
            return
        self.in_references = False
        named = heading.is_known or heading.opens_appendix
        if not heading.number and not named and self._numbers and not self.after_references and self.section:
            return  # a bold line of its own inside a numbered section
        self._numbers = self._numbers or bool(heading.number)
        self._roman = self._roman or bool(
            re.fullmatch(r"[IVX]+", heading.number) and self.section[:1] in ("", "A", "I")
        )
        self.section = heading.text
        self.role = self._role(heading)

    def _leaves_references(self, heading: Heading) -> bool:
        return heading.is_appendix_like or heading.is_known or bool(heading.number and heading.number[0].isdigit())

    def _role(self, heading: Heading) -> SectionRole:
        role = role_of(heading.name)
        if role is SectionRole.OTHER:
            return role
        lettered = self._roman and bool(re.fullmatch(r"[A-H]", heading.number))
        if self.after_references or (heading.is_appendix_like and self._seen_results and not lettered):
            return SectionRole.APPENDIX
        if heading.level > 1 or lettered:
            if role is SectionRole.METHOD and self._top is SectionRole.RESULTS and not _SETUP.search(heading.name):
                return self._top
            return self._top if role is None else role
        if role is None:
            role = SectionRole.OTHER if self._seen_results else SectionRole.METHOD
            if not self.section or self.role is SectionRole.ABSTRACT:
                role = SectionRole.OTHER
        self._top = role
        self._seen_results = self._seen_results or role in (SectionRole.RESULTS, SectionRole.CONCLUSION)
        return role
