"""The words by which tasks, models and interventions are known. One name a pattern; only what is sure is here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

OVERALL = "xtreme"
"""The mean over the benchmark's nine tasks."""
INTERMEDIATE = "intermediate-task training"
ROBUST = "robust training"
NOISE = "noise"
SIZE = "model size"
GROWTH = "growth of the gain with model size"
"""What a claim on intermediate-task training and on model size at once may speak of."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "sentence pairs": ("xnli", "paws-x"),
    "structured prediction": ("pos", "ner"),
    "question answering": ("xquad", "mlqa", "tydiqa"),
    "retrieval": ("bucc", "tatoeba"),
}
"""Tasks by the name of what they have in common."""

FAMILIES: Mapping[str, str] = {
    "squad": "qa",
    "mnli": "nli",
    "snli": "nli",
    "hellaswag": "commonsense",
    "cosmosqa": "commonsense",
    "socialiqa": "commonsense",
    "copa": "commonsense",
    "commonsenseqa": "commonsense",
}
"""The kind of intermediate task that a data set is one of."""


class Mention(NamedTuple):
    """Where a text names something."""

    name: str
    start: int
    end: int


_NOT_A_SCORE = r"(?!\s+(?:paper|authors?|leaderboard|baselines?|benchmark paper|scripts?|evaluation))"
_ANY = re.IGNORECASE
TASKS = {
    "xnli": re.compile(r"\bXNLI\b", _ANY),
    "paws-x": re.compile(r"\bPAWS-?X\b", _ANY),
    "pos": re.compile(r"\bUD-?POS\b|\bPOS\b|\b[Pp]art[- ]of[- ]speech\b"),
    "ner": re.compile(r"\bNER\b|\bPAN-?X\b|\bWikiANN\b|\b[Nn]amed[- ]entity recognition\b"),
    "xquad": re.compile(r"\bXQuAD\b(?!-)", _ANY),
    "mlqa": re.compile(r"\bMLQA\b", _ANY),
    "tydiqa": re.compile(r"\bTyDi[- ]?QA(?:-GoldP)?\b|\bTyDi-GoldP\b", _ANY),
    "bucc": re.compile(r"\bBUCC(?:[- ]?(?:20)?18)?\b", _ANY),
    "tatoeba": re.compile(r"\bTatoeba\b", _ANY),
    OVERALL: re.compile(
        rf"\bXTREME\b(?![-–])(?!['’]s\b){_NOT_A_SCORE}"
        r"|\b(?:averag\w+|mean)\b[^.;]{0,30}\bnine (?:target |XTREME )?tasks\b"
    ),
    "xtreme, seven tasks": re.compile(r"\b(?:averag\w+|mean)\b[^.;]{0,30}\bseven (?:target )?tasks\b"),
    "sentence pairs": re.compile(r"\b(?:text|sentence[- ]pair) classification\b", _ANY),
    "structured prediction": re.compile(r"\bstructured prediction\b", _ANY),
    "question answering": re.compile(r"(?<![Vv]isual )\b[Qq]uestion[- ][Aa]nswering\b|(?<![\w-])QA\b"),
    "retrieval": re.compile(
        r"(?<!image )(?<!text )(?<!video )(?<!document )(?<!passage )(?<!multimodal )\b(?:sentence )?retrieval\b", _ANY
    ),
}
MODELS = {
    "mbert": re.compile(r"\bm-?BERT\b|\bmultilingual BERT\b", _ANY),
    "xlm-r-large": re.compile(r"\bXLM-?R(?:oBERTa)?[- ]?\(?large\b\)?", _ANY),
    "xlm-r-base": re.compile(r"\bXLM-?R(?:oBERTa)?[- ]?\(?base\b\)?", _ANY),
    "xlm-r": re.compile(r"\bXLM-?R(?:oBERTa)?\b(?!-?[A-Z])(?![- ]?\(?(?:large|base)\b)", _ANY),
    "xlm": re.compile(r"\bXLM\b(?![-–]\w)"),
    "mmte": re.compile(r"\bMMTE\b"),
    "stilts": re.compile(
        r"\b(?:X-)?ST[Ii]LTs?\b|\b(?:intermediate-task )?system of Phang et al\.?|\bintermediate-task system\b"
    ),
    "filter": re.compile(r"\bFILTER\b"),
    "veco": re.compile(r"\bVECO\b"),
    "rembert": re.compile(r"\bRemBERT\b(?! paper)"),
    "infoxlm": re.compile(r"\bInfoXLM\b"),
    "r3f": re.compile(r"\bR3F\b"),
    "r4f": re.compile(r"\bR4F\b"),
    "bert-large": re.compile(r"\bBERT[- ]large\b", _ANY),
    "human": re.compile(r"\bhumans?\b(?! readers)", _ANY),
}
MEANS = {
    "squad": re.compile(r"\bSQuAD\b(?:\s?v?[12](?:\.\d)?)?", _ANY),
    "mnli": re.compile(r"\bMNLI\b|\bMultiNLI\b", _ANY),
    "snli": re.compile(r"\bSNLI\b", _ANY),
    "hellaswag": re.compile(r"\bHellaSwag\b", _ANY),
    "cosmosqa": re.compile(r"\bCosmos[- ]?QA\b", _ANY),
    "socialiqa": re.compile(r"\bSocial[- ]?I?QA\b", _ANY),
    "commonsenseqa": re.compile(r"\bCommonsense[- ]?QA\b", _ANY),
    "copa": re.compile(r"(?<!X)\bCOPA\b"),
    "anli": re.compile(r"\bANLI\b"),
    "qqp": re.compile(r"\bQQP\b"),
    "ccg": re.compile(r"\bCCG\b"),
    "multi-task": re.compile(r"\bmulti-?task\b", _ANY),
    "typos": re.compile(r"\btypos\b|\bmisspell\w*|\bspelling errors\b", _ANY),
    "accents": re.compile(r"\b(?:dropped|missing|stripped) (?:accents|diacritics)\b", _ANY),
    "case": re.compile(r"\b(?:letter case|lower-?cased input|casing)\b", _ANY),
}
_OTHER_TRAINING = r"\b(?:image|vision|visual|video|speech|multi-?modal|code[- ]generation|programming)\b"
TREATMENTS = {
    INTERMEDIATE: re.compile(
        r"\bintermediate[- ](?:English )?(?:tasks?(?! system)|training|fine-?tuning|models?|phase|stage)\b"
        r"|\bsupplementary training\b|\bSTILTs? training\b",
        _ANY,
    ),
    ROBUST: re.compile(
        r"\brobust(?:ness)? training\b|\brandomi[sz]ed smoothing\b|\badversarial training\b"
        r"|\bsynonym (?:augmentation|substitution|replacement)\b|\bRS-DA\b",
        _ANY,
    ),
    NOISE: re.compile(
        r"\btypos\b|\bmisspell\w*|\bspelling errors\b|\bnoisy (?:input|inputs|text|test)\b"
        r"|\b(?:input|character) noise\b"
        r"|\b(?:dropped|missing|stripped) (?:accents|diacritics)\b",
        _ANY,
    ),
    SIZE: re.compile(
        r"\b(?:model|encoder) (?:size|scale|capacity)\b|\b(?:larger|bigger) (?:\w+ )?(?:models?|encoders?)\b"
        r"|\bscaling (?:up )?(?:the )?(?:models?|encoders?)\b",
        _ANY,
    ),
    "continued pre-training": re.compile(r"\bMLM\b|\bmasked language model\w*|\bcontinu\w+ pre-?training\b", _ANY),
    "machine translation": re.compile(
        r"\bmachine[- ]translat\w+|\btranslated\b|\btranslat\w+ (?:train|test|the)\b", _ANY
    ),
    "few examples": re.compile(r"\bfew[- ]shot\b|\bfew examples\b|\bfew[- ]sample\b", _ANY),
    "alignment": re.compile(r"\balign(?:s|ed|ing|ment)?\b", _ANY),
    "adapters": re.compile(r"\badapters?\b", _ANY),
    "other data": re.compile(rf"\bcode[- ]switch\w*|{_OTHER_TRAINING}", _ANY),
}
SETTINGS = {
    "translate-train-all": re.compile(
        r"\btranslate-train-all\b|\btranslated training (?:sets|data) of all languages\b", _ANY
    ),
    "translate-train": re.compile(r"\btranslate[- ]train(?!-all)\b", _ANY),
    "translate-test": re.compile(r"\btranslate[- ]test\b|\btranslat\w+ the test\b", _ANY),
    "in-language": re.compile(r"\bin-language\b|\bmonolingual\b", _ANY),
    "1000 examples": re.compile(r"\b1,?000 examples\b", _ANY),
    "development set": re.compile(r"\bdev(?:elopment)? sets?\b", _ANY),
}
METRICS = {
    "accuracy": re.compile(r"\baccurac(?:y|ies)\b", _ANY),
    "F1": re.compile(r"\bF1\b|\bF-?(?:1[- ])?score\b|\bF-measure\b"),
    "EM": re.compile(r"\bEM\b|\bexact[- ]match\b"),
}
LANGUAGES = re.compile(
    r"\b(?:Afrikaans|Arabic|Basque|Bengali|Bulgarian|Burmese|Chinese|Dutch|Estonian|Finnish|French|Georgian|German|Greek"
    r"|Hebrew|Hindi|Hungarian|Indonesian|Italian|Japanese|Javanese|Kazakh|Korean|Lithuanian|Malay|Malayalam|Mandarin|Marathi"
    r"|Persian|Polish|Portuguese|Quechua|Romanian|Russian|Spanish|Swahili|Tagalog|Tamil|Telugu|Thai|Turkish|Ukrainian|Urdu"
    r"|Vietnamese|Yoruba)\b"
)
AVERAGED = re.compile(r"\baverag\w+|\bmean\b|\bavg\b|\ball (?:\w+ )?languages\b", _ANY)
TRANSFER = re.compile(
    r"\bzero-shot (?:cross-lingual )?(?:transfer|performance|results)\b"
    r"|\bcross-lingual (?:transfer|generali[sz]ation)\b",
    _ANY,
)
_COMMON = re.compile(r"\b(?:QA|NLI|MLM|TLM|EM|UD|DA|NLP|NLU|RS-DA|BERT|RoBERTa|PDF|COPA|XTREME(?=['’\s])|F1)\b")
_NAME = re.compile(r"(?<![\w-])(?:[A-Z]{2,}[\w-]*|[A-Z][a-z]+[A-Z]\w*|[a-z]{1,3}[A-Z][\w-]*|[A-Z]\d\w*)(?![\w])")

_CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{3,}\w*")
_DOES = r"(?= (?:\w+ly )?(?:reach|scor|obtain|achiev|attain|get|beat|exceed|outperform|surpass|averag)\w*)"
_OPENING = re.compile(
    rf"(?:^|(?<=[.!?] ))[A-Z][a-z]{{3,}}\w*{_DOES}"
    rf"|\b(?:[Oo]ur|[Tt]h(?:e|is)|[Aa]n?)(?: [\w-]+){{0,3}} (?:model|method|system|approach|encoder|variant)s?\b{_DOES}"
    rf"|\b(?:[Ww]e|[Tt]hey|[Ii]t|[Ww]hich|[Tt]his){_DOES}"
)
_NO_MODEL = re.compile(r"\b[A-Z]\w+ (?:et al|and co-authors)|\bEnglish\b|\bTables?\b|\bSections?\b|\bLarge\b|\bBase\b")


def mentions(text: str, patterns: Mapping[str, re.Pattern[str]]) -> tuple[Mention, ...]:
    """Every place at which one of these is named, in the order of the text."""
    found = [
        Mention(name, hit.start(), hit.end()) for name, pattern in patterns.items() for hit in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.name)))


def strangers(text: str) -> tuple[Mention, ...]:
    """Names of models and data sets that nothing here knows, as capitals within a word give them away."""
    known = [(hit.start, hit.end) for part in (TASKS, MODELS, MEANS) for hit in mentions(text, part)]
    known += [hit.span() for hit in _COMMON.finditer(text)]
    return tuple(_unknown(text, known))


def subjects(text: str) -> tuple[Mention, ...]:
    """Words with a capital that may name a model: within a sentence, or at its start before what a model does.

    People, languages and names that are known are none. A score that stands behind one of these is nobody else's.
    """
    known = [(hit.start, hit.end) for part in (TASKS, MODELS, MEANS) for hit in mentions(text, part)]
    known += [hit.span() for hit in (*LANGUAGES.finditer(text), *_NO_MODEL.finditer(text))]
    hits = (*_CAPITAL.finditer(text), *_OPENING.finditer(text))
    found = {Mention(hit[0], *hit.span()) for hit in hits}
    return tuple(sorted(one for one in found if not any(a < one.end and one.start < b for a, b in known)))


def _unknown(text: str, known: list[tuple[int, int]]) -> Iterator[Mention]:
    for hit in _NAME.finditer(text):
        named_for = text[hit.end() :].startswith((" paper", " authors", "’s paper", "'s paper"))
        if not named_for and not any(start < hit.end() and hit.start() < end for start, end in known):
            yield Mention(hit[0], hit.start(), hit.end())
