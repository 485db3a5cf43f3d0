"""The named reviewers and their published formulas: each 0 to 10, the overall score their mean. Pure.

Nothing here is an opinion: same inputs, same score. ``docs/REPORT.md`` repeats the formulas.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from synth.types import CheckedClaim, Facet, Label, ReadFrom, Report, RetrievedPaper, Review, Role

HALF_LIFE_YEARS = 5
READING_WEIGHTS = {
    ReadFrom.PDF: Fraction(1),
    ReadFrom.DIGEST: Fraction(1, 2),
    ReadFrom.ABSTRACT: Fraction(1, 5),
}
"""How much of a paper each kind of reading gives."""

_NOTHING = "; nothing to measure, so 0"


def reviews(
    facets: Sequence[Facet], checked: Sequence[CheckedClaim], papers: Sequence[RetrievedPaper], date: dt.date
) -> tuple[Review, ...]:
    """The six reviews of a report, in a fixed order.

    Args:
        facets: The parts of the question and their coverage.
        checked: Every claim with its verdict.
        papers: Every retrieved paper.
        date: The date of the report. Ages count in calendar years, so that a day moves no score.
    """
    used = [row for row in papers if row.role is Role.USED]
    return (
        _coverage(facets),
        _strength(checked),
        _independence(checked),
        _diversity(checked, used),
        _recency(used, date),
        _completeness(papers),
    )


def redated(report: Report, date: dt.date) -> Report:
    """The same report on another day: its date line, and its recency where the year is another one."""
    given = reviews(report.answer.facets, report.claims, report.papers, date)
    return replace(report, date=date, reviews=given, quality=overall(given))


def overall(given: Sequence[Review]) -> float:
    """The mean of the reviews as shown, one decimal, halves rounded up; 0 without any."""
    if not given:
        return 0.0
    total = sum((Decimal(str(review.score)) for review in given), Decimal(0))
    return _rounded(total / len(given))


def _review(name: str, formula: str, inputs: str, share: float | Fraction | None) -> Review:
    """A review whose score is ten times a share in [0, 1]; None where there was nothing to measure."""
    score = 0.0 if share is None else _rounded(Decimal(10) * _decimal(share))
    return Review(name=name, score=score, formula=formula, inputs=inputs + (_NOTHING if share is None else ""))


def _decimal(share: float | Fraction) -> Decimal:
    """A share with twelve decimals, so that the last bits of a sum of floats decide no rounding."""
    exact = Fraction(share).limit_denominator(10**12)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("1e-12"), ROUND_HALF_UP)


def _rounded(value: Decimal) -> float:
    return float(min(max(value, Decimal(0)), Decimal(10)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _coverage(facets: Sequence[Facet]) -> Review:
    covered = sum(facet.covered for facet in facets)
    return _review(
        "Coverage of the question",
        "10 × c / q, with c the covered parts of the question and q all its parts",
        f"c = {covered}, q = {len(facets)}",
        Fraction(covered, len(facets)) if facets else None,
    )


def _strength(checked: Sequence[CheckedClaim]) -> Review:
    checkable = [row for row in checked if row.verdict.label is not Label.NOT_CHECKWORTHY]
    confidences = [row.verdict.confidence or 0.0 for row in checkable if row.verdict.verified]
    total = math.fsum(confidences)
    return _review(
        "Strength of evidence",
        "10 × s / n, with s the sum of the confidences of the verified claims and n all checkable claims",
        f"s = {total:.2f} over {len(confidences)} verified, n = {len(checkable)}",
        total / len(checkable) if checkable else None,
    )


def _independence(checked: Sequence[CheckedClaim]) -> Review:
    verified = [row for row in checked if row.verdict.verified]
    independent = sum(row.verdict.n_independent > 0 for row in verified)
    return _review(
        "Independence",
        "10 × i / v, with i the verified claims that at least one other paper supports and v all verified claims",
        f"i = {independent}, v = {len(verified)}",
        Fraction(independent, len(verified)) if verified else None,
    )


def _diversity(checked: Sequence[CheckedClaim], used: Sequence[RetrievedPaper]) -> Review:
    """Pielou's evenness (1966) of the claims over the used papers: Shannon entropy over its largest value."""
    counts = Counter(row.claim.origins[0].paper_id for row in checked if row.claim.origins)
    n = sum(counts.values())
    entropy = -math.fsum(count / n * math.log(count / n) for _, count in sorted(counts.items()))
    measurable = n > 0 and len(used) > 0
    share = min(1.0, entropy / math.log(len(used))) if len(used) > 1 else 0.0
    return _review(
        "Diversity of papers",
        "10 × H / ln p, with H the Shannon entropy of the claims over their first papers and p the used papers; "
        "0 for a single paper",
        f"H = {abs(entropy):.2f} over {n} claims from {len(counts)} papers, p = {len(used)}",
        share if measurable else None,
    )


def _recency(used: Sequence[RetrievedPaper], date: dt.date) -> Review:
    ages = [max(0, date.year - row.paper.published.year) for row in used if row.paper.published]
    freshness = math.fsum(0.5 ** (age / HALF_LIFE_YEARS) for age in ages)
    return _review(
        "Recency",
        f"10 × mean of 0.5^(a / {HALF_LIFE_YEARS}) over the used papers with a date, with a the year of the report "
        "less the year of the first version",
        f"mean age {sum(ages) / len(ages):.1f} years over {len(ages)} papers" if ages else "no dated paper",
        freshness / len(ages) if ages else None,
    )


def _completeness(papers: Sequence[RetrievedPaper]) -> Review:
    wanted = [row for row in papers if row.role is not Role.SCREENED_OUT]
    kinds = Counter(row.read_from for row in wanted if row.role is Role.USED and row.read_from)
    read = sum((READING_WEIGHTS[kind] * number for kind, number in kinds.items()), Fraction(0))
    return _review(
        "Completeness of reading",
        "10 × (f + 0.5 d + 0.2 a) / w, with f papers read in full text, d as digests, a as abstracts and w all papers "
        "that were to be read, the skipped ones among them",
        f"f = {kinds[ReadFrom.PDF]}, d = {kinds[ReadFrom.DIGEST]}, a = {kinds[ReadFrom.ABSTRACT]}, w = {len(wanted)}",
        read / len(wanted) if wanted else None,
    )
