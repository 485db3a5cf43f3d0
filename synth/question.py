"""The parts of a research question: its content phrases and a headline. Pure; no parser, no model."""

from __future__ import annotations

import re

from synth.errors import ConfigError
from synth.text import STOPWORDS, collapse, holds_surrogates

MAX_WORDS = 300

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What would steer a terminal, or turn the direction of what follows."""
_TOKEN = re.compile(r"[^\W_]+(?:[.\-–'’+/][^\W_]+)*\+*|[^\w\s]|_", re.UNICODE)
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_JOINER = re.compile(
    r"\b(?:(?:e\.\s?g\.|i\.\s?e\.|etc\.|cf\.|vs\.)(?=[\s,)]|$),?"
    r"|in (?:the )?(?:context|case|presence|absence|terms|form) of"
    r"|with (?:regard|respect) to|as opposed to|in comparison (?:to|with)|(?:current )?state[ -]of[ -]the[ -]art"
    r"|in order to|as a function of|as well as|as measured (?:by|on|in)|when it comes to|what (?:kind|type|sort)s? of)",
    re.IGNORECASE,
)
"""Turns of speech that join two parts of a question and would leave debris word by word."""
_QUANTITY = re.compile(r"[<>≤≥~]?\d[\d.,]*(?:[kKmMbBtT]|bn|%)?(?:-[a-zA-Z]+)?")
_RANGE_WORDS = frozenset({"to", "and", "through", "–", "-"})


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_AUXILIARIES = _set("do does did can could will would should may might must has have had is are was were")
_DO = frozenset({"do", "does", "did", "can", "could", "will", "would", "should", "may", "might", "must"})
_ARTICLES = frozenset({"a", "an", "the", "more", "less", "fewer", "any", "their", "its"})
_SUBJECTS = frozenset({"what", "which", "who"})
_VERB_FOLLOWS = frozenset({"it", "they", "this", "these", "that", "to", "when", "while", "we", "what", "who"})
_PARTICIPLES = frozenset({"compared", "relative", "used", "using", "evaluated", "measured", "varying", "including"})
_PARTICIPLE = re.compile(
    r"(?!(?:speed|breed|bleed|testbed|hundred|embed)$)\w{3,}ed|learnt|built|written|drawn|taken|chosen|shown|seen|held"
)
_BEHIND_PARTICIPLES = _set("without on with by from in for to as at via over under across through using")
_CLAUSE_ENDS = frozenset({",", ";", ":", "(", ")", "?"})
_VERBS = _set(
    "accelerate accelerates achieve achieved achieves acquire acquires adapt adapts affect affected affects "
    "allocate allocates allow allowed allows alter alters applied applies apply approximate approximates arise "
    "arises assess assessed avoid avoids beat beats become becomes behave behaves benefit benefits capture captures "
    "cause caused causes classified classifies classify compare compared compares comparing compete competes "
    "compress compresses contribute contributes converge converges correlate correlates decrease decreases degrade "
    "degrades depend depends detect detected detects determine determines differ differs disambiguate disambiguates "
    "discover discovers distinguish distinguishes drive drives emerge emerges enable enables encode encodes enhance "
    "enhances estimate estimates evaluate evaluated evaluating evolve evolves exceed exceeds exist exists expect "
    "explain explained explains exploit exploits extract extracts fail fails find finds follow follows forget "
    "forgets found generalise generalises generalize generalizes generate generates give given gives go goes "
    "hallucinate hallucinates handle handles happen happens help helps hinder hinders hold holds hurt hurts "
    "identified identifies identify ignore ignores imitate imitates improve improved improves improving include "
    "includes including increase increased increases induce induces infer infers influenced influences inhibit "
    "inhibits interpret interprets justifies justify known lead leads learn learns learnt led make makes match "
    "matches means measured memorise memorises memorize memorizes mimic mimics mitigate mitigates modulate "
    "modulates need needs occur occurs outperform outperforms overcome overcomes perform performs predict predicts "
    "preserve preserves prevent prevents produce produces promote promotes protect protects prove proves provide "
    "provides raise raises reach reaches react reacts recognise recognises recognize recognizes reconstruct "
    "reconstructs recover recovers reduce reduced reduces reducing relate related relates relative relies rely "
    "remain remains remove removes replace replaces represent represents require requires respond responds retain "
    "retains retrieve retrieves reveal reveals scale scaled scales separate separates shape shapes simulate "
    "simulates slow slows solve solved solves suffer suffers suggest suggests summarise summarises summarize "
    "summarizes support supports surpass surpasses survive survives tell tolerate tolerates translate translates "
    "trigger triggers uncover uncovers underperform underperforms understand understands use used uses using varies "
    "vary varying verifies verify violate violates withstand withstands work works yield yields"
)
"""Words that join the parts of a question; none of them is part of what it is about."""
_AMBIGUOUS = _set(
    "benefit benefits cause causes change changes drive drives form forms handle help impact impacts influence "
    "influences limit limits match matches matter matters need needs scale scales scaling set sets shape shapes "
    "shift shifts slow support supports transfer transfers trigger triggers use uses vary work works yield yields"
)
"""Verbs that are as often nouns; they count as verbs only where the question's grammar asks for one."""
_THINGS = _set("transfer scaling")
"""Those that name something even alone."""
_FILLERS = _set(
    "able across actually among amongst based best better cf currently different during e.g enough etc even far "
    "fewer generally good i.e important kinds known less like likely main many more much necessary often onto "
    "one possible possibly really recent several still sufficient together toward towards upon various versus vs well "
    "worse"
)
"""Words that say nothing of the subject, wherever they stand."""
_ASKED = _set(
    "basis comparison consequence consequences degree difference differences effect effectiveness effects evidence "
    "extent impact impacts implication implications influence influences kind kinds possibility reason reasons "
    "regard relation relationship respect role sort sorts way ways"
)
"""Nouns that a question asks with ("the impact of"); elsewhere they name something ("Hall effect")."""
_BASE_VERBS = frozenset(verb for verb in _VERBS | _AMBIGUOUS if not verb.endswith(("ed", "ing")) and f"{verb}s" != verb)
_MANNERS = frozenset({"how", "why", "extent", "degree", "well", "much", "strongly", "often", "when", "where"})
_SMALL = _set("a an the and or nor but of in on to for with from by at as via per than into over under")
_LANGUAGES = _set("english chinese german french spanish arabic japanese russian hindi korean italian portuguese dutch")
_CONTAINERS = _set(
    "task tasks benchmark benchmarks metric metrics dataset datasets corpus corpora suite suites setting settings"
)
"""Nouns that hold a thing rather than name it: "the XNLI benchmark" is about XNLI."""
_NOUN_ENDING = re.compile(r"(?:tion|sion|ing|ment|ity|ness|sis|ance|ence|ism|ics)$")


def check_question(text: str) -> str:
    """The question in single spaces and without control characters.

    Raises:
        ConfigError: If it is empty, holds no letter or bytes that are no text, or has more than 300 words.
    """
    question = collapse(_CONTROLS.sub(" ", text))
    if not question:
        raise ConfigError('the question is empty; give one in quotes, such as "How does X affect Y?"')
    shown = question if len(question) <= 40 else f"{question[:40]}…"
    if holds_surrogates(question):
        raise ConfigError(f"the question {shown!r} holds bytes that are no UTF-8; type it in UTF-8")
    if not any(character.isalpha() for character in question):
        raise ConfigError(f"the question {shown!r} holds no letter; ask it in words")
    count = len(question.split())
    if count > MAX_WORDS:
        raise ConfigError(f"found {count:,} words, at most {MAX_WORDS}; ask one question")
    return question


def is_searchable(question: str) -> bool:
    """Whether the question holds words that arXiv's English search can match."""
    return any(match[0].casefold() not in STOPWORDS for match in _LATIN_WORD.finditer(question))


def phrases(question: str) -> tuple[str, ...]:
    """The content phrases of a question, in order, each once, as written.

    A phrase is a run of words between stop words, verbs of asking and punctuation: "What is the impact of
    code generation on the XNLI benchmark?" is about ``code generation`` and ``XNLI``. Ranges of quantities stay
    whole (``1B to 10B parameters``).
    """
    found: dict[str, str] = {}
    for run in _runs(_tokens(question)):
        for words in _trimmed(run):
            phrase = " ".join(words)
            found.setdefault(phrase.casefold(), phrase)
    return tuple(found.values())


def _tokens(question: str) -> list[str]:
    return _TOKEN.findall(_JOINER.sub(" , ", collapse(question)))


def _runs(tokens: list[str]) -> list[list[str]]:
    """Tokens cut where a word joins or asks."""
    cuts = _cut_places(tokens)
    runs: list[list[str]] = [[]]
    index = 0
    while index < len(tokens):
        if (width := _range_width(tokens, index)) > 1:
            if runs[-1]:
                runs.append([])
            runs[-1] += tokens[index : index + width]
            index += width
            continue
        if index in cuts:
            runs.append([])
        else:
            runs[-1].append(tokens[index])
        index += 1
    return [run for run in runs if run]


def _range_width(tokens: list[str], index: int) -> int:
    """How many tokens a range of quantities takes from here: ``100M to 175B`` takes three; 0 for none."""
    if index + 2 < len(tokens) and tokens[index + 1] in _RANGE_WORDS:
        low, high = tokens[index], tokens[index + 2]
        if _QUANTITY.fullmatch(low) and _QUANTITY.fullmatch(high):
            return 3
    return 0


def _cut_places(tokens: list[str]) -> set[int]:
    lowered = [token.casefold() for token in tokens]
    cuts: set[int] = set()
    for index, word in enumerate(lowered):
        after = lowered[index + 1] if index + 1 < len(lowered) else "?"
        starts = index == 0 or index - 1 in cuts
        if (
            not word[0].isalnum()
            or ((word in STOPWORDS or word in _FILLERS) and not _is_name(tokens[index], index))
            or (word in _VERBS and word not in _AMBIGUOUS)
            or (word in _ASKED and starts and (after in STOPWORDS or not after[0].isalnum()))
            or (index == 1 and lowered[0] == "how" and after in _AUXILIARIES)
            or (after == "than" and word.endswith("er"))
            or (index > 0 and after in _BEHIND_PARTICIPLES and _PARTICIPLE.fullmatch(word))
            or (word.endswith("ing") and _is_skill(lowered, index))
        ):
            cuts.add(index)
    for index, word in enumerate(lowered):
        if word in _AMBIGUOUS and index not in cuts and _is_verb_here(lowered, index, cuts):
            cuts.add(index)
    return cuts


def _is_skill(lowered: list[str], index: int) -> bool:
    """Whether a word in -ing is what somebody is good at ("at finding and checking literature")."""
    if index > 1 and lowered[index - 1] == "at":
        return True
    return index > 2 and lowered[index - 1] in {"and", "or"} and lowered[index - 3] == "at"


def _is_name(token: str, index: int) -> bool:
    """``IT`` and ``US`` in capitals are names, not stop words; ``A`` is not, nor a question's first word."""
    return len(token) > 1 and token.isupper() and index > 0


def _is_verb_here(lowered: list[str], index: int, cuts: set[int]) -> bool:
    """Whether a word such as "change" is the verb of its clause rather than a noun.

    It is one behind a pronoun or "when" ("does it scale", "when scaling"), and where its clause asks for a verb
    that nothing else can be ("does the gap change when"); "does climate change affect" has another.
    """
    before = lowered[index - 1] if index else ""
    if before in _VERB_FOLLOWS:
        return True
    start, end = _clause(lowered, index)
    asks = next((place for place in range(start, index) if lowered[place] in _AUXILIARIES | _SUBJECTS), None)
    if asks is None or before in STOPWORDS:
        return False
    if lowered[asks] in _DO and any(_takes_an_object(lowered, place, end) for place in range(asks + 1, end)):
        return _takes_an_object(lowered, index, end)
    verbs = [place for place in range(asks + 1, end) if lowered[place] in _VERBS | _AMBIGUOUS and place in cuts]
    return not verbs or (verbs[0] > index and lowered[verbs[0]] in _PARTICIPLES)


def _takes_an_object(lowered: list[str], place: int, end: int) -> bool:
    """Whether the word may be a verb and an object's article stands behind it ("transfer need a vocabulary")."""
    return lowered[place] in _AMBIGUOUS and place + 1 < end and lowered[place + 1] in _ARTICLES


def _clause(lowered: list[str], index: int) -> tuple[int, int]:
    """Where the clause around a token starts and ends."""
    start = max((place for place in range(index) if lowered[place] in _CLAUSE_ENDS), default=-1) + 1
    end = min((place for place in range(index, len(lowered)) if lowered[place] in _CLAUSE_ENDS), default=len(lowered))
    return start, end


def _trimmed(run: list[str]) -> list[list[str]]:
    """The phrases of one run: without the noun that only holds the thing, a leading language on its own."""
    words = list(run)
    while len(words) > 1 and words[-1].casefold() in _CONTAINERS and _stands_alone(words[-2]):
        words.pop()
    if len(words) == 1 and not _says_something(words[0]):
        return []
    if len(words) > 2 and words[0].casefold() in _LANGUAGES:
        return [words[:1], words[1:]]
    return [words]


def _stands_alone(word: str) -> bool:
    return any(character.isupper() for character in word[1:]) or bool(_NOUN_ENDING.search(word.casefold()))


def _says_something(word: str) -> bool:
    if word.casefold() in _CONTAINERS or word.casefold() in _AMBIGUOUS - _THINGS:
        return False
    return len(word) > 2 or any(character.isupper() or character.isdigit() for character in word) or not word.isascii()


def title_of(question: str) -> str:
    """A headline in title case, whole: nothing is ever cut.

    "What is the impact of X on Y?" gives "The Impact of X on Y", "How does X affect Y?" gives "How X Affects Y";
    a question of another shape keeps its words and its question mark.
    """
    asked = collapse(question).rstrip("?？!. ")
    text = _stated(asked)
    if match := re.match(r"what (?:is|are|was|were) (?=the )", text, re.IGNORECASE):
        text = text[match.end() :]
    words = text.split(" ")
    unturned = text == asked and words[0].casefold() in _AUXILIARIES | _MANNERS | _SUBJECTS
    mark = "?" if unturned and question.rstrip().endswith(("?", "？")) else ""
    return " ".join(_headline_word(word, first=index == 0) for index, word in enumerate(words)) + mark


def _stated(text: str) -> str:
    """The text with "how does X affect Y" turned into "how X affects Y", clause by clause."""
    matches = list(_TOKEN.finditer(text))
    lowered = [match[0].casefold() for match in matches]
    cuts = _cut_places([match[0] for match in matches])
    edits: list[tuple[int, int, str]] = []
    for index in range(1, len(matches)):
        if lowered[index] not in {"do", "does"} or lowered[index - 1] not in _MANNERS:
            continue
        next_one = next((k for k in range(index + 1, len(lowered)) if lowered[k] in _AUXILIARIES), len(lowered))
        verb = next((k for k in range(index + 2, next_one) if k in cuts and lowered[k] in _BASE_VERBS), None)
        if verb is None or index + 1 == len(matches):
            continue
        edits.append((matches[index].start(), matches[index + 1].start(), ""))
        if lowered[index] == "does":
            edits.append((*matches[verb].span(), _third_person(matches[verb][0])))
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


def _third_person(verb: str) -> str:
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{verb}s"


def _headline_word(word: str, *, first: bool) -> str:
    bare = word.strip("()[]{}\"'“”‘’,;:.!?")
    if bare.casefold() in {"e.g", "i.e", "vs"} or (not first and bare in _SMALL):
        return word
    parts = word.split("-")
    alone = len(parts) == 1
    return "-".join(
        part if place and part in _SMALL else _capitalised(part, alone=alone) for place, part in enumerate(parts)
    )


def _capitalised(part: str, *, alone: bool) -> str:
    """The part with a capital, unless it has one, is a symbol (``k-means``) or no Latin word."""
    start = next((index for index, character in enumerate(part) if character.isalnum()), None)
    letters = [character for character in part if character.isalpha()]
    if start is None or any(character.isupper() for character in letters) or part[start].isdigit():
        return part
    if ord(part[start]) >= 0x250 or (len(letters) == 1 and not (alone and letters == ["a"])):
        return part
    return part[:start] + part[start].upper() + part[start + 1 :]
