"""Whether a passage says a claim word for word (pure)."""

from __future__ import annotations

from synth.text import stem, stems, stems_by_sentence

FEWEST = 4
"""Words; fewer stand together by chance."""
_TURNS = frozenset(
    stem(word)
    for line in (
        "assume but cannot could deny doubt except expect fail false falsely hypothesize if incorrectly may might myth",
        "neither never no nor not suppose unclear unless unlike unlikely untrue whether without would wrong",
    )
    for word in line.split()
)
"""Stems that may turn or suspend what stands beside them."""


def says_word_for_word(passage: str, claim: str) -> bool:
    """Whether a sentence of a passage holds all words of a claim, in order and nothing between them.

    Where the rest of that sentence denies, doubts or supposes, it does not count.

    Args:
        passage: The passage's text.
        claim: The claim; one of fewer than :data:`FEWEST` words is never said word for word.
    """
    wanted = stems(claim)
    if len(wanted) < FEWEST:
        return False
    for sentence in stems_by_sentence(passage):
        for at in range(len(sentence) - len(wanted) + 1):
            if sentence[at : at + len(wanted)] == wanted:
                if not _TURNS & {*sentence[:at], *sentence[at + len(wanted) :]}:
                    return True
                break
    return False
