"""Regular expressions from lists of alternatives, so that a long one stays readable."""

from __future__ import annotations

import re


def one_of(*alternatives: str) -> str:
    """A group, without a number, that matches any alternative; each argument may hold several, parted by spaces.

    Spaces inside an alternative are written as underscores: ``one_of("in_fact indeed")``.
    """
    parts = [part.replace("_", " ") for text in alternatives for part in text.split()]
    return "(?:" + "|".join(parts) + ")"


def compiled(*alternatives: str, case: bool = False) -> re.Pattern[str]:
    """A pattern that matches any of the alternatives, in any case unless ``case`` is true."""
    return re.compile("|".join(alternatives), 0 if case else re.IGNORECASE)
