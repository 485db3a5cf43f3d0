"""What comes nearest to an answer where little is verified. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from synth.types import CheckedClaim, Label
from synth.verification.numbers.extract import prints_figures

NEAR = 0.3
"""Relevance to the question from which a claim without the check mark is near to an answer."""
SUPPORTED = 0.1
"""What being supported adds to the relevance of a claim where the nearest are chosen."""
FIGURES = 0.15
"""What a figure adds to it where the question asks for one."""
_ASKS_FOR_FIGURES = re.compile(
    r"\b(?:what|which) (?:[\w-]+ ){0,2}?(?:accurac(?:y|ies)|scores?|rates?|values?|numbers?|percentages?|shares?|F1|"
    r"BLEU|errors?|gains?|speed|sizes?|costs?)\b|"
    r"\bhow (?:much|many|large|small|big|often|accurate|fast|slow|long|high|low|far)\b",
    re.IGNORECASE,
)
_MADE_OR_CHOSE = re.compile(
    r"^(?:[^,]{0,60}, )?(?:The (?:paper|authors)\b.*?”|[A-Z][\w’'-]+(?: et al\.|,? and [A-Z][\w’'-]+)?(?: \(\d{4}\))?) "
    r"(?:(?:also|then|first|further) )?"
    r"(?:chooses?|chose|uses?|used|pretrain(?:s|ed)?|train(?:s|ed)?|introduces?d?|presents?|presented|releases?d?|collect(?:s|ed)?|"
    r"construct(?:s|ed)?|selects?|selected|employ(?:s|ed)?|adopt(?:s|ed)?|develop(?:s|ed)?|propos(?:e|es|ed))\b"
)
_FINDS = re.compile(
    r"\b(?:show\w*|find\w*|found|achiev\w+|outperform\w*|improv\w+|better|worse|higher|lower|best|exceed\w*|reach\w*|gains?|"
    r"state-of-the-art|fail\w*|drops?|help\w*|hurts?|effective\w*|than)\b"
)


def nearest(question: str, checked: Sequence[CheckedClaim], most: int) -> list[CheckedClaim]:
    """Where little is verified: what else the papers say that comes nearest to an answer, in the order of the table.

    The nearest need not say it in the question's words. A claim that nothing else bears out is there as well: what a
    paper states on the question is worth knowing, as long as it is called that. Of two that are about as near the
    supported one is worth more, and to a question for figures one that has some. That something was made or chosen
    answers nothing.
    """
    figures = FIGURES if _ASKS_FOR_FIGURES.search(question) else 0.0

    def nearness(row: CheckedClaim) -> float:
        return row.claim.relevance + figures * prints_figures(row.claim.text)

    rows = [
        row
        for row in checked
        if row.verdict.label in (Label.SUPPORTED, Label.NOT_ENOUGH_INFO)
        and not row.verdict.verified
        and nearness(row) >= NEAR
        and (not _MADE_OR_CHOSE.match(row.claim.text) or _FINDS.search(row.claim.text))
    ]
    rows.sort(key=lambda row: (-nearness(row) - SUPPORTED * (row.verdict.label is Label.SUPPORTED), row.number))
    return sorted(rows[: max(0, most)], key=lambda row: row.number)
