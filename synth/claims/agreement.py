"""Agreement of verbs with a singular subject, for papers by one author: "we show" becomes "Dufter (2020) shows"."""

from __future__ import annotations

import re

from synth.claims.patterns import one_of

_IRREGULAR = {"have": "has", "are": "is", "were": "was", "do": "does", "go": "goes", "am": "is"}
_UNCHANGED = frozenset(
    [
        "can",
        "cannot",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "will",
        "would",
        "had",
        "did",
        "was",
        "is",
        "has",
        "does",
        "found",
        "saw",
        "made",
        "gave",
        "ran",
        "took",
        "chose",
        "built",
        "got",
        "kept",
        "led",
        "left",
        "began",
        "wrote",
        "met",
        "held",
        "drew",
        "set",
        "put",
        "let",
        "showed",
        "sought",
        "thought",
        "came",
        "went",
        "brought",
        "became",
        "fed",
        "knew",
        "meant",
        "lost",
        "spent",
        "felt",
        "rose",
        "fell",
        "won",
        "sent",
        "told",
        "said",
        "taught",
        "caught",
        "stood",
        "understood",
        "undertook",
        "overcame",
        "underwent",
        "froze",
        "broke",
        "grew",
        "drove",
        "withdrew",
        "reran",
        "rewrote",
        "rebuilt",
        "dealt",
    ]
)
_ADVERB = (
    r"(?:(?!(?:ap|reap|sup|multi|im|com|re)ply\b|rely\b)\w+ly|also|then|further|first|next|now|never|ever|still|not|both|"
    r"just|only|even|often|always|again|instead|once|here|too|alone|thus|hence|therefore|moreover|likewise)"
)
"""A word between subject and verb; "apply" and "rely" are none."""
_BASE_IN_ED = frozenset(["need", "feed", "seed", "heed", "exceed", "proceed", "succeed", "embed", "speed"])
_PLAIN = one_of(
    "show find demonstrate prove propose introduce observe achieve obtain evaluate compare investigate provide apply",
    "conclude argue describe discuss develop explore analy[sz]e consider choose employ adopt examine extend establish",
    "derive verify identify construct create collect conduct perform define formulate assess validate illustrate",
    "select give make take add remove replace build compute combine publish reveal suggest quantify estimate generate",
    "learn keep see let obtain improve reach gain outperform reduce confirm fine-tune pre-?train rely utili[sz]e",
    "integrate incorporate adapt spend hypothesi[sz]e initiali[sz]e optimi[sz]e implement include follow",
)
"""Verbs whose base form is seldom anything else."""
_ALSO_NOUNS = one_of(
    "use train test report study release experiment design model measure set run present focus contrast review map "
    "sample plan aim extract work highlight address approach access process parse rank score"
)
"""Verbs only before a word that an object or a complement begins with: "and test it", but "train and test sets"."""
_OBJECT = (
    r"(?= (?:that|the|an?|how|whether|why|it|its|them|their|this|these|on|several|two|three|four|five|six|many|all|"
    r"both|new|for|with|in|by)\b)"
)
_JOINED = re.compile(
    rf"(?P<join>(?P<comma>,)? (?:and|but|or)(?: {_ADVERB})? )"
    rf"(?P<verb>{_PLAIN}\b(?![-’'])|{_ALSO_NOUNS}{_OBJECT})|"
    rf"(?P<list>, )(?P<item>(?:{_PLAIN}|{_ALSO_NOUNS}){_OBJECT})"
)
_AUTHORS_VERB = re.compile(
    one_of(
        "demonstrate prove propose introduce conclude argue investigate discuss observe evaluate experiment conduct",
        "examine describe derive establish consider report show find analy[sz]e",
    )
)
"""What authors do, hardly what a clause in their sentence speaks of."""
_CLAUSE = re.compile(r"\b(?:that|which|who|whether|how|when|if|where|why|while|because|since|as|what|whose)\b")
_SUBJECT_AGAIN = re.compile(r"\b[Ww]e\b")
_PLURAL_VERB = re.compile(
    rf"\b(?<!to )(?:are|were|have|do|can|could|may|might|must|should|will|would|need|tend|help|"
    rf"{_PLAIN}|{_ALSO_NOUNS})\b"
)
_INFINITIVE = re.compile(rf"\bto (?:{_ADVERB} )?(?!the\b|an?\b|all\b|its\b)[a-z-]+\b(?P<bare>$)?")
_TAKES_OBJECT = re.compile(_OBJECT)
_VERB_AFTER = re.compile(rf"^(?P<gap>(?:, [^,.;:]{{2,60}},)?(?: {_ADVERB})*) (?P<verb>[a-z’'-]+)")
_NO_VERB = re.compile(
    one_of("the an? in on at as of for to with by from and or but its their this that these those which")
)
_MODAL = re.compile(r"can|cannot|could|may|might|must|shall|should|will|would|do|did|does")


def third_person(verb: str) -> str:
    """The third person singular of a verb's base form; past forms and modals stay as they are."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _UNCHANGED or (verb.endswith("ed") and verb not in _BASE_IN_ED):
        return verb
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def agree(after: str) -> str | None:
    """The text behind a singular subject, with the subject's verbs in the third person singular.

    Verbs joined to the first one agree too, unless they belong to a clause between ("show that models use X and
    report Y") or to an infinitive ("to train and test parsers"). None where one may belong to either, or where no verb
    is found.
    """
    match = _VERB_AFTER.match(after)
    if match is None or match["verb"] in ("we", "our", "us"):
        return after
    if _NO_VERB.fullmatch(match["verb"]):
        return None
    verb = third_person(match["verb"])
    rest = after[match.end() :]
    again = _SUBJECT_AGAIN.search(rest)
    end = again.start() if again else len(rest)
    if _MODAL.fullmatch(match["verb"]):
        return f"{match['gap']} {verb}{rest}"
    built: list[str] = []
    position = 0
    for found in _JOINED.finditer(rest, 0, end):
        joined = found["verb"] or found["item"]
        agrees = _joins_the_subject(rest, found)
        if agrees is None:
            return None
        start = found.end() - len(joined)
        built.append(rest[position:start] + (third_person(joined) if agrees else joined))
        position = found.end()
    return f"{match['gap']} {verb}" + "".join(built) + rest[position:]


def _joins_the_subject(rest: str, found: re.Match[str]) -> bool | None:
    """Whether a bare verb behind "and" has the sentence's subject; None where that cannot be told."""
    between = rest[: found.start()]
    authors = _AUTHORS_VERB.fullmatch(found["verb"] or found["item"]) is not None
    clauses = list(_CLAUSE.finditer(between))
    if authors and _CLAUSE.match(rest, found.end() + 1):
        return True  # "and show that"
    if not clauses:
        infinitives = list(_INFINITIVE.finditer(between))
        if not infinitives or found["comma"] or found["list"]:
            return True
        return infinitives[-1]["bare"] is None and _TAKES_OBJECT.match(rest, found.end()) is not None
    if found["list"]:
        return False
    if _PLURAL_VERB.search(between, clauses[0].end()):
        if authors:
            return True if found["comma"] else None
        return None if found["comma"] else False
    return True
