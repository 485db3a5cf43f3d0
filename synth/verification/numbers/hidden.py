"""Hides the digits that are no quantities: names, citations, references to parts of a paper (pure)."""

from __future__ import annotations

import re

HIDDEN = "¤"
"""Stands for a hidden digit; a quantity never touches it."""

_YEAR = r"(?:19|20)\d\d[a-z]?"
_PART = (
    r"(?:sections?|secs?\.?|§+|tables?|tabs?\.|figures?|figs?\.?|equations?|eqs?\.?|appendix|appendices|app\.|chapters?|"
    r"algorithms?|theorems?|lemmas?|definitions?|footnotes?|pages?|pp?\.|no\.|listings?|examples?)"
)
_NO_QUANTITY = r"(?!\s?%|\sper\s?cent\b|[.,]?\d)"
"""Behind a label: the digits of a quantity are not cut in two so that their head may pass for one."""
_LABEL = r"\(?[A-Z]?\.?\d++(?:[.\-–]\d++)*+[a-z]?\)?(?!\s?%|\sper\s?cent\b|,\d{3}(?!\d))"

PATTERNS: tuple[re.Pattern[str], ...] = (
    re.compile(r"https?://\S+|\barXiv:\S+|\bdoi:\S+|\b10\.\d{4,}/\S+", re.IGNORECASE),
    re.compile(r"(?<![\d.,])\d{4}\.\d{4,5}(?:v\d+)?(?![\d,])"),  # arXiv ids
    re.compile(r"\[\d+(?:\s?[,;–-]\s?\d+)*\]"),  # numbered citations, intervals
    re.compile(rf"\bet al\.?,?\s\(?{_YEAR}(?:\s?[,;]\s?{_YEAR})*\)?"),
    re.compile(rf"\b[A-Z][\w'’-]+,\s{_YEAR}(?=\s?[;,)\]])"),
    re.compile(rf"\({_YEAR}(?:\s?[,;]\s?{_YEAR})*\)"),
    re.compile(r"(?:^|\s)\(\d\)"),  # enumerations
    re.compile(rf"(?<!\w){_PART}\s?{_LABEL}(?:\s?(?:,|and|&|–|-|to)\s?{_LABEL}(?!\s?[a-z%\d]))*", re.IGNORECASE),
    # names with digits: GPT-2, F1, P@1, WMT'16, Qwen2-1.5B, gemma-3-27b-pt, top-10
    re.compile(r"(?<![\w.,$€£])[^\W\d_][\w.+/@'’-]*\d[\w+/@'’-]*(?:\.\d+[\w+/@'’-]*)*"),
    re.compile(rf"\b(?:[A-Z]{{2,}}\w*|\w*[a-z][A-Z]\w*)\s{_YEAR}\b(?![.,]\d)"),  # WMT 2014, OpenSubtitles 2018
    re.compile(r"\s['’]\d\d\b"),
    re.compile(r"\b\d[dD]\b"),  # 2D, 3D
    re.compile(rf"\b(?:precision|recall|hits|success|accuracy) at \d{{1,4}}+{_NO_QUANTITY}", re.IGNORECASE),
    # the size in a model's name: LLaMA 30B, XGLM 7.5B; but not "At 7.5B parameters"
    re.compile(
        r"\b(?!(?:In|At|With|For|From|On|Of|And|Only|Over|The|To|By|Its)\b)[A-Z][\w.-]*\s\d+(?:\.\d+)?[BM]\b"
        r"(?![- ]?(?:param|token|word|sent))"
    ),
    re.compile(
        r"\b(?:GPT|Llama|LLaMA|Gemma|Gemini|Claude|Qwen|Phi|Mistral|Python|PyTorch|CUDA|PaLM|Falcon|SQuAD|version)"
        rf"\s\d++(?:\.\d++)*+(?:[BM]\b)?+{_NO_QUANTITY}",
        re.IGNORECASE,
    ),
    # "task 2", "level 1.3"; but not "in this study 120 sentences", "a level 0.05"
    re.compile(
        rf"\b(?:task|phase|stage|type|level|study|experiment)\s(?!0\.)\d{{1,2}}+(?:\.\d++)*+{_NO_QUANTITY}",
        re.IGNORECASE,
    ),
)


def hide(text: str) -> str:
    """The text with the digits of everything that is no quantity replaced, at the same length."""
    for pattern in PATTERNS:
        text = pattern.sub(lambda match: re.sub(r"\d", HIDDEN, match[0]), text)
    return text
