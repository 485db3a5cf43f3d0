"""A paper's own voice in the third person: "we show" becomes "Conneau et al. (2019) show"."""

from __future__ import annotations

import re
from dataclasses import replace

from synth.claims.agreement import agree, third_person
from synth.claims.mention import Mention
from synth.claims.patterns import one_of

PERSON = re.compile(r"\b(?:[Ww]e|WE|[Oo]urs?|OUR|[Uu]s|[Oo]ursel(?:f|ves)|[Mm]y|mine|me|myself|I(?=\s[a-z]))\b")
"""Words of the first person, wherever they stand; "US" is none."""
_QUOTED = re.compile(r"[“‘\"][^”’\"]*\b(?:[Ww]e|[Oo]ur|us)\b[^”’\"]*[”’\"]")
_WHO = re.compile(r"\b(?P<subject>[Ww]e)\b(?![’'])|\b(?P<object>us)\b|\b(?P<owner>[Oo]ur)\b")
_HEAD = one_of(
    "models? methods? approach(?:es)? systems? frameworks? results? experiments? findings? analys[ei]s "
    "works? papers? study",
    "studies datasets? corpus benchmarks? algorithms? architectures? evaluations? encoders? baselines? techniques?",
    "classifiers? networks? embeddings? representations? strateg(?:y|ies) procedures? pipelines? "
    "implementations? training",
    "objectives? loss parsers? taggers? hypothes[ie]s observations? setups? settings? tasks? data metrics? surveys?",
    "solutions? ablations? contributions? scores? parameters? vectors?",
)
_FOLLOWS = one_of(
    "is are was were has have had can cannot could may might must should will would does do did on in "
    "for with without by at",
    "from to that which and or but as than when while across over under using trained based_on not also only",
    "still even",
    "consistently significantly substantially clearly further generally shows? demonstrates? suggests? "
    "indicates? reveals?",
    "confirms? highlights? implies imply outperforms? achieves? improves? obtains? performs? "
    "reach(?:es)? yields? gives?",
    "surpass(?:es)? exceeds? gets? makes? takes? uses? allows? enables? requires? leads? learns? works? provides?",
    "reduces?",
    "increases? beats? fails? benefits? supports? relies rely generali[sz]es? transfers? consists? contains? covers?",
    "includes? captures? aligns? gains? loses? trains? needs? becomes? remains? (?!based\\b)[a-z]+ed",
)
_VERB = one_of(
    "is are was were has have had can cannot could may might must should will would does do outperforms? achieves? "
    "improves? obtains? performs? reach(?:es)? yields? gives? gets? surpass(?:es)? exceeds? makes? takes? allows? "
    "enables? requires? leads? provides? reduces? increases? beats? than"
)
"""What no name of a thing runs across: "the proposed system gets better results" speaks of the system."""
_NOUN = rf"(?P<noun>(?:(?!{_VERB}\b)[\w’'/+-]+ ){{0,4}}?{_HEAD})(?=(?: {_FOLLOWS}\b)|[.,;:])"
_OUR_NOUN = re.compile(rf"\b[Oo]ur {_NOUN}")
_PROPOSED = re.compile(rf"\b[Tt]he (?:newly |here )?(?P<made>proposed|presented|introduced) {_NOUN}")
_THIS_PAPER = re.compile(
    r"\b(?:this|the present|(?:^|(?<=\bin ))the current) (?P<noun>paper|work|study|article|survey|thesis|report)\b",
    re.IGNORECASE,
)
"""A program that walks from paper to paper has a current one too: only in front, or behind "in", is it this paper."""
_REPORTS = (
    "(?P<verb>"
    + one_of(
        "shows? suggests? indicates? demonstrates? implies imply confirms? reveals? means? highlights? proves?",
        "supports?",
    )
    + ")"
)
_EMPHASIS = "(?:(?:clearly|strongly|also|further|again|thus|therefore) )*"
_POINTING = re.compile(
    r"^(?:this|these|those)(?: (?:\w+ )?(?P<noun>"
    + one_of(
        "results? findings? experiments? observations? numbers analys[ei]s comparisons? ablations? "
        "evidence improvements?",
        "gains? scores trends? outcomes?",
    )
    + rf"))? {_EMPHASIS}{_REPORTS} ",
    re.IGNORECASE,
)
_BARE_RESULTS = re.compile(
    rf"^(?:(?:the|all|both|extensive|empirical|experimental|quantitative|preliminary) )*(?P<noun>"
    rf"results|experiments|findings|evaluations?|analysis|ablation stud(?:y|ies)|ablations)"
    rf"(?: (?:on|with|across|in|for|of) [^,]{{3,60}}?)? {_EMPHASIS}{_REPORTS}\b",
    re.IGNORECASE,
)
_KINDS = (
    "model method approach system architecture benchmark dataset corpus algorithm framework encoder technique network"
)
_THIS_MODEL = re.compile(rf"^this {one_of(_KINDS)}\b(?= )", re.IGNORECASE)
_THE_MODEL = re.compile(
    rf"^The (?:(?:resulting|final|full|whole|joint|complete|new|best) )?{one_of(_KINDS)}(?= "
    + one_of(
        "is are was has can also achieves? outperforms? learns? uses? contains? covers? consists? performs? improves?",
        "requires? does obtains? yields?",
    )
    + ")"
)
_DATA = re.compile(r"\b(?:benchmark|dataset|corpus)$")
"""More often another's than a model is: it is the paper's own where the sentence before says "we" or "our"."""
_ONE_OF_SEVERAL = re.compile(r"The (?:full|whole|complete) ")
_OWN_VOICE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:(?:The|Our|We (?:call|name|propose|introduce|present)) (?:\w+ ){0,3})?"
    r"(?P<name>[A-Za-z]*[A-Z][\w-]*[A-Z][\w-]*)\b"
)
_ABLE = re.compile(
    r" (?:(?:can|could|cannot|do not have|know|(?:are|were) (?:not |un)?aware|believe|think|hope|expect)\b)"
)
"""What is said of people only."""
_GIVEN = re.compile(r"\b(?P<gave>gives?|gave|brings?|brought|leaves?|left) us(?= (?:an?|the|with)\b)", re.IGNORECASE)
"""Something is given to a paper's authors; to a paper that is known by its title nothing can be given."""
_INVERTED = re.compile(
    r"\b(?:do|did|does|can|could|will|would|may|might|should|must|have|had|are|were) $", re.IGNORECASE
)
_FRONTED = re.compile(
    "^"
    + one_of(
        "in on with for under from through based using by unlike like during throughout among given "
        "across at after before",
        "despite as besides inspired similar contrary to when if while",
    )
    + r"\b",
    re.IGNORECASE,
)


def attributed(text: str, before: str, mention: Mention, *, own: bool) -> str | None:
    """The text with the first mention of its paper by name; None where a word of the first person cannot go.

    Args:
        text: A sentence without connectives and apparatus.
        before: The sentence in front of it, or an empty text.
        mention: How its paper is named.
        own: Whether bare "results", "the model" and a leading "this shows that" mean the paper's own.
    """
    if names(text, mention):
        return None if PERSON.search(text) else text
    text = _with_antecedent(text, before, mention, own=own)
    named = mention.subject in text
    if not named and (match := _THIS_PAPER.search(text)):
        whole = f"the {match['noun'].lower()} of {mention.subject}" if mention.owner else mention.subject
        text, named = text[: match.start()] + whole + text[match.end() :], True
    if not named and not PERSON.search(text) and (match := _PROPOSED.search(text)):
        maker = f"{match['made']} {'by' if mention.owner else 'in'} {mention.subject}"
        text = f"{text[: match.start()]}the {match['noun']} {maker}{text[match.end() :]}"
        named = True
    if _QUOTED.search(text):
        return None  # a quotation is not ours to reword
    voiced = _third_person(text, mention, named=named)
    return None if voiced is None or PERSON.search(voiced) else voiced


def names(text: str, mention: Mention) -> bool:
    """Whether a text names the paper already."""
    return mention.subject in text or bool(mention.owner and mention.owner in text)


def _with_antecedent(text: str, before: str, mention: Mention, *, own: bool) -> str:
    if (match := _THIS_MODEL.match(text)) and (name := _NAMED.match(before)):
        return name["name"] + text[match.end() :]
    if not own:
        return text
    if match := _POINTING.match(text):
        noun = match["noun"] or "results"
        return f"The {noun} of {mention.subject} {_agreeing(match['verb'], noun)} {text[match.end() :]}"
    if (match := _BARE_RESULTS.match(text)) and not PERSON.search(match[0]):
        inside = "of" if match["noun"].endswith("s") and not match["noun"].endswith("sis") else "in"
        return f"{text[: match.end('noun')]} {inside} {mention.subject}{text[match.end('noun') :]}"
    if (match := _THE_MODEL.match(text)) and not (
        _DATA.search(match[0]) and (_ONE_OF_SEVERAL.match(text) or not _OWN_VOICE.search(before))
    ):
        return f"{match[0]} of {mention.subject}{text[match.end() :]}"
    return text


def _agreeing(verb: str, noun: str) -> str:
    """The reporting verb in the number of its new subject."""
    base = {"implies": "imply"}.get(verb.lower(), verb.lower().removesuffix("s"))
    plural = noun.lower().endswith("s") and not noun.lower().endswith("sis")
    return base if plural else third_person(base)


def _third_person(text: str, mention: Mention, *, named: bool) -> str | None:
    """The text with "we", "us" and "our" replaced; None where the name cannot go there.

    "In our experiments, we find" becomes "In their experiments, Conneau et al. (2019) find": a possessive in a fronted
    phrase waits for the subject.
    """
    if not (mention.owner or named) and (match := _GIVEN.search(text)) and len(_WHO.findall(text)) == 1:
        return f"{text[: match.end('gave')]}{text[match.end() :].rstrip(' .')} in {mention.subject}."
    first = _WHO.search(text)
    subject = re.search(r"\b[Ww]e\b", text)
    waits = bool(first and first["owner"] and subject and _FRONTED.match(text))
    built: list[str] = []
    position = 0
    while match := _WHO.search(text, position):
        built.append(text[position : match.start()])
        position = match.end()
        if match["owner"] and (named or waits):
            built.append(mention.again_owner)
            continue
        if match["owner"]:
            owned, position = _owned(text, match, mention)
            if owned is None:
                return None
            built.append(owned)
            if not mention.owner:
                mention = _as_authors(mention)  # "it" behind "the model of the paper" would be the model
        elif match["object"]:
            built.append(mention.again_object if named else mention.subject)
        else:
            if not (mention.owner or named) and _ABLE.match(text, position):
                mention = _as_authors(mention)  # able and aware are people, not papers
                built.append(f"{mention.again} of {mention.subject}")
            else:
                built.append(mention.again if named else mention.subject)
            waits = False
            if not mention.plural:
                if _INVERTED.search(text[: match.start()]):
                    return None  # "only then do we find": two verbs would have to agree
                after = agree(text[position:])
                if after is None:
                    return None
                text = text[:position] + after
        named = True
    return "".join(built) + text[position:]


def _as_authors(mention: Mention) -> Mention:
    """A mention by title that goes on with those who wrote the paper."""
    return replace(mention, again="the authors", again_object="the authors", plural=True)


def _owned(text: str, match: re.Match[str], mention: Mention) -> tuple[str | None, int]:
    """The first mention that "our model" becomes, and where that ends in the text."""
    if noun := _OUR_NOUN.match(text, match.start()):
        return f"the {noun['noun']} of {mention.subject}", noun.end()
    return mention.owner or None, match.end()
