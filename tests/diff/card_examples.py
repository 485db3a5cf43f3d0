"""Invented report cards, with everything that the text form of a card can bring."""

from __future__ import annotations

CUT = (
    "Pumpkins that were grown on the north wall of the garden keep their colour until"
    " March and weigh some 3.5 kg more than t"
)
"""Broken off behind 120 characters, as the cards do."""
assert len(CUT) == 120

CARD = f"""

# Colour and Weight of Pumpkins by the Side of the Wall

A Gardener

May 2, 2026

## Abstract

Pumpkins are often grown at walls. We ask which side of the wall is best

## 1 Introduction

This paper examines: Pumpkins at Walls. Research question: How does the side of the wall change the weight of
pumpkins (e.g., of Hokkaido) from 1 to 10 kg?.

## 2 Methodology

Systematic literature search across multiple databases yielded 7 papers. A quality score of 8.4/10.

## 3 Results

7 papers retrieved. 4 claims extracted; 3 independently verified. Quality review score: 8.4/10.

## 4 Limitations

This report is made by a machine.

## 5 Extracted Claims

Claim\tVerified\tConfidence
{CUT}\t✓\t0.27
Pumpkins on the south wall ripen 12 days earlier.\t✓\t0.30
The seeds are listed at <a href="https://example.org/seeds">https://example.org/seeds</a> .\t×\t0.11
Snails &amp; slugs leave a &lt;mask&gt; of slime where p < 0.05.\t✓\t1

## References

- <http://arxiv.org/abs/2501.00003v2>
- <http://arxiv.org/abs/2501.00001v1>

- <https://example.org/pumpkins>
"""

BARE = CARD.replace("# ", "").replace("#", "")
"""The same without Markdown's signs."""

NOTES = ("card, line 43: “https://example.org/pumpkins” is no paper of arXiv; left out",)


def card(*rows: str, counts: str = "", question: str = "Do pumpkins grow?") -> str:
    """A short card with these lines under its claims."""
    lines = "\n".join(rows)
    return (
        f"# Pumpkins\n\nA Gardener\n\n1 Introduction\n\nResearch question: {question}.\n\n3 Results\n\n{counts}\n\n"
        f"5 Extracted Claims\n\nClaim\tVerified\tConfidence\n{lines}\n"
    )
