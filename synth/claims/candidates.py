"""Sentences of a document that are fit to be a claim, before any scoring.

Not a choice of topics but of form: what is no whole, plain statement (a heading, half a table, an outline of the
paper, thanks, a question) can never be a claim, however well a classifier likes it.
"""

from __future__ import annotations

import re

from synth.claims.apparatus import without_lead
from synth.claims.patterns import one_of
from synth.claims.rules import BROKEN, CELLS, RULES, SKIPPED_SECTIONS
from synth.text import content_words, normalise
from synth.types import Document, Sentence

MIN_WORDS, MAX_WORDS = 8, 60
MAX_CHARACTERS = 800
"""No sentence of 60 words is longer; what is has glued words, and would cost the patterns time."""
MIN_CONTENT = 5
"""Fewer content words ("The parser of the corpus is better") say too little to be found true or false."""
MOST_CITATIONS = 3
"""More make a list of other people's work."""
_TABLE_SHARE = 0.3

_AUXILIARIES = (
    "is are was were has have had does do did can cannot could may might must will would should found "
    "showed shown led gave "
    "made took built chose ran got went came held kept lost meant rose fell won knew saw"
)
_VERBS = (
    "show find demonstrate report observe suggest indicate reveal confirm conclude argue propose introduce present "
    "describe use train learn perform achieve obtain reach yield give make take improve increase "
    "decrease reduce drop "
    "rise outperform surpass exceed match beat fail lack require need allow enable help lead cause "
    "result depend remain "
    "become contain consist include cover provide offer support serve transfer generalize generalise "
    "scale differ benefit "
    "correlate suffer struggle hurt degrade affect influence play capture encode produce generate predict translate "
    "tend appear seem work compare evaluate test measure believe hypothesize know mean prove come go run "
    "get gain lose "
    "hold keep follow favor favour prefer explain account contribute exhibit share solve handle ignore "
    "exploit leverage "
    "combine extend release collect build construct create develop design choose select adopt employ "
    "investigate explore "
    "examine analyze analyse "
    "enhance boost strengthen weaken hinder facilitate prevent promote narrow widen decline diminish "
    "deteriorate converge diverge vanish persist emerge saturate plateau lag trail dominate stand reflect mirror "
    "resemble validate highlight underscore underestimate overestimate mitigate alleviate eliminate preserve amount"
)
_Y_VERBS = "appl var rel impl stud classif"
FINITE = re.compile(
    rf"\b(?:{one_of(_AUXILIARIES)}|{one_of(_VERBS)}(?:s|es|d|ed|ped|ted)?|{one_of(_Y_VERBS)}(?:y|ies|ied))\b",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^(?:an? )?(?:(?:full|main|experimental|additional|overall|detailed|case|simple|quick|brief) )*"
    r"(?:examples?|overview|comparisons?|illustrations?|study|results|statistics|distributions?|visuali[sz]ations?|"
    r"summary|performance|accuracy|ablation|collection) (?:of|on|for|with|from|when|in|against)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"\b(?:(?:{one_of(_AUXILIARIES)}|{one_of(_VERBS)})(?:s|es)?|improved|increased|decreased|dropped|remained|reduced)\b",
    re.IGNORECASE,
)
_START = re.compile(r"^[\"“‘']?(?:[A-ZÀ-ÞΑ-Ω]|[a-z]+[A-Z0-9]|\d+(?:\.\d+)?%? (?:of|percent)\b)")
_END = re.compile(r"[.!][\"”’')\]]*\d{0,2}$")
_NUMERIC = re.compile(r"^[(\[±+~≈<>-]*\d[\d.,/%×xkKMB±–-]*[)\].,;:]*$")
_CITATIONS = re.compile(r"\bet al\.|\((?:19|20)\d\d[a-z]?\)|, (?:19|20)\d\d[a-z]?[;)]|\[\d+(?:, ?\d+)*\]")
_AUTHOR = r"[A-ZÀ-Þ][\w’'-]+"
_ATTRIBUTED = re.compile(
    rf"^{_AUTHOR}(?: and {_AUTHOR}| et al\.?,?)? ?[(\[](?:\d+|(?:19|20)\d\d[a-z]?)[)\]](?:[;,].{{0,60}}?[)\]])?,? "
    r"(?:(?:also|first|then|recently|further) )?(?P<verb>\w+)"
)
_FINDING = re.compile(
    one_of(
        "show find found demonstrat report observ argu suggest conclud reveal confirm prov note achiev "
        "outperform improv reach",
        "obtain",
    )
)


def candidates(document: Document) -> tuple[Sentence, ...]:
    """The sentences of the running text that are fit to be a claim, in reading order, each wording once."""
    seen: set[str] = set()
    kept = []
    for sentence in document.sentences:
        if SKIPPED_SECTIONS.search(sentence.section) or why_unfit(without_lead(sentence.text)) is not None:
            continue
        key = normalise(sentence.text)
        if key not in seen:
            seen.add(key)
            kept.append(sentence)
    return tuple(kept)


def why_unfit(text: str) -> str | None:
    """The name of the first rule that keeps a sentence from being a claim; None for a fit one."""
    shape = _misshapen(text)
    if shape is not None:
        return shape
    for name, rule in RULES.items():
        if rule.search(text):
            return name
    if len(_CITATIONS.findall(text)) > MOST_CITATIONS or _is_attribution(text):
        return "attribution"
    if len(frozenset(content_words(text))) < MIN_CONTENT:
        return "vague"
    return None if has_finite_verb(text) and not _is_heading(text) else "verb"


def has_finite_verb(text: str) -> bool:
    """Whether a word of the text looks like a finite verb of scientific English."""
    return FINITE.search(text) is not None


def _is_heading(text: str) -> bool:
    """Whether a text only names what is shown: "Examples of sentences parsed wrongly." ("parsed" is no finite verb)."""
    match = _HEADING.match(text)
    return match is not None and _STATED.search(match["rest"]) is None


def _misshapen(text: str) -> str | None:
    """What is wrong with the outer form, or None."""
    tokens = text.split()
    if not MIN_WORDS <= len(tokens) <= MAX_WORDS or len(text) > MAX_CHARACTERS:
        return "length"
    if not _START.match(text):
        return "start"
    if not _END.search(text) and not text.endswith(("?", ":", ";")):
        return "end"
    if any(text.count(left) != text.count(right) for left, right in ("()", "[]", "“”")) or text.count('"') % 2:
        return "brackets"
    if BROKEN.search(text):
        return "broken"
    numeric = sum(_NUMERIC.match(token) is not None for token in tokens)
    return "table" if CELLS.search(text) or numeric > _TABLE_SHARE * len(tokens) else None


def _is_attribution(text: str) -> bool:
    """Whether a sentence only says that somebody else proposed or made something."""
    match = _ATTRIBUTED.match(text)
    return match is not None and _FINDING.match(match["verb"]) is None
