"""Named things in a text: models, data sets, languages, people (pure)."""

from __future__ import annotations

import re

from synth.text import STOPWORDS

_TOKEN = re.compile(r"[^\W_]+(?:[@.+/'’-][^\W_]+)*\+?")
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|^[\"“(\[]\s*)$")
_PLURAL = re.compile(r"['’]s$|['’]$")
_ORDINARY_WORDS = (
    "table figure section appendix equation fig sec eq tab algorithm chapter theorem lemma january february "
    "march april june july august september october november december however moreover furthermore although "
    "while since because given using both each every all averaged across among despite unlike compared fine- "
    "tuned trained training"
)
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
_LANGUAGE_WORDS = (
    "afrikaans albanian amharic arabic armenian assamese azerbaijani basque belarusian bengali bosnian breton "
    "bulgarian burmese cantonese catalan cebuano chinese croatian czech danish dutch english esperanto estonian "
    "finnish french galician georgian german greek gujarati hausa hebrew hindi hungarian icelandic igbo indonesian "
    "irish italian japanese javanese kannada kazakh khmer kinyarwanda korean kurdish kyrgyz lao latin latvian "
    "lithuanian macedonian malagasy malay malayalam maltese mandarin marathi mongolian nepali norwegian oromo pashto "
    "persian polish portuguese punjabi quechua romanian russian sanskrit serbian sindhi sinhala slovak slovene "
    "slovenian somali spanish sundanese swahili swedish tagalog tajik tamil tatar telugu thai tibetan turkish turkmen "
    "ukrainian urdu uyghur uzbek vietnamese welsh wolof xhosa yiddish yoruba zulu"
)
LANGUAGES = frozenset(_LANGUAGE_WORDS.split())
"""Names of languages, normalised: a value for one of them is no value for another."""


def is_name(token: str, *, starts_sentence: bool = False) -> bool:
    """Whether a token looks like a name: ``XLM-R``, ``mBERT``, ``GPT-2``, ``Swahili``, but not ``The``.

    Args:
        token: One token as printed.
        starts_sentence: A plain capital letter says nothing there.
    """
    folded = token.casefold()
    if folded in STOPWORDS or folded in _ORDINARY or not any(char.isalpha() for char in token):
        return False
    inner = token[1:]
    if any(char.isupper() for char in inner) or ("-" not in token and token[0].isalpha() and _has_digit(inner)):
        return True
    if _has_digit(token):  # gemma-3-27b-pt is a name, 4-shot and 24-language are quantities
        return token[0].isalpha()
    return token[0].isupper() and len(token) > 1 and not starts_sentence


def name_spans(text: str, *, strict: bool = True) -> tuple[tuple[int, int, str], ...]:
    """Start, end and normalised form of every name, in order.

    Args:
        text: Any text.
        strict: Leave out words that may owe their capital to the start of a sentence.
    """
    spans = []
    for match in _TOKEN.finditer(text):
        bare = _PLURAL.sub("", match[0])
        starts = strict and bool(_SENTENCE_START.search(text[max(0, match.start() - 4) : match.start()]))
        if is_name(bare, starts_sentence=starts):
            spans.append((match.start(), match.start() + len(bare), normal(bare)))
    return tuple(spans)


def names(text: str, *, strict: bool = True) -> frozenset[str]:
    """The names in a text, normalised, so that ``XLM-R's`` and ``XLM-R`` are one."""
    return frozenset(name for _, _, name in name_spans(text, strict=strict))


def normal(token: str) -> str:
    """The form in which two spellings of a name are one: ``mBERT`` and ``M-BERT``, ``Llama2`` and ``LLaMA-2``."""
    return re.sub(r"[\W_]", "", token.casefold())


def _has_digit(token: str) -> bool:
    return any(char.isdigit() for char in token)
