"""Agreement of verbs with a singular subject, for papers by one author: "we show" becomes "Dufter (2020) shows"."""

from __future__ import annotations

import re

_IRREGULAR = {"have": "has", "are": "is", "were": "was", "do": "does", "go": "goes", "am": "is"}
_UNCHANGED = frozenset(
    [
        "can",
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
    ]
)
_COORDINATED = re.compile(
    r"(?P<join>,? (?:and|but|or)(?: (?:also|then|further|thus))? |, )"
    r"(?P<verb>show|find|propose|introduce|demonstrate|report|evaluate|compare|present|use|train|analy[sz]e|observe|"
    r"investigate|study|test|provide|release|apply|conclude|argue|describe|discuss|develop|explore|obtain|achieve)"
    r"(?= (?:that|the|a|an|how|whether|it|its|their|on|several|two|three|four|five|new|for|with)\b)"
)
_VERB_AFTER = re.compile(
    r"^(?P<gap>(?: \w+ly| also| then| further| first| now| never| still| not)*) (?P<verb>[a-z’'-]+)"
)


def third_person(verb: str) -> str:
    """The third person singular of a verb's base form; past forms and modals stay as they are."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _UNCHANGED or (verb.endswith("ed") and len(verb) > 4 and verb not in ("need", "exceed", "proceed")):
        return verb
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def agree(after: str) -> str:
    """The text behind a singular subject, with the subject's verbs in the third person singular.

    Verbs joined to the first one agree too, unless they may belong to a clause between ("show that models use X
    and report Y").
    """
    match = _VERB_AFTER.match(after)
    if match is None or match["verb"] in ("we", "our", "us"):
        return after
    rest = after[match.end() :]
    clause = re.search(r"\b(?:that|which|who|whether|how|when|if|where|and|,)\b", rest)
    if clause is None or clause[0] == "and":
        rest = _COORDINATED.sub(lambda found: found["join"] + third_person(found["verb"]), rest, count=1)
    else:
        rest = re.sub(
            r"(,? and (?:also |then |further )?)(show|find|demonstrate|report|observe|conclude|argue)(?= that\b)",
            lambda found: found[1] + third_person(found[2]),
            rest,
        )
    return match["gap"] + " " + third_person(match["verb"]) + rest
