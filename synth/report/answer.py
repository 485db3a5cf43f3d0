"""What the claims say about the question. Pure.

Statuses:

* *answered*: one used paper covers every part of the question, and verified claims bear on it;
* *partly*: at least half of the parts are covered, and verified claims bear on those;
* *unverified*: no verified claim bears on it, but a paper that covers every part states something near to an answer,
  or each part is covered by some paper and a claim is very near to the question;
* *not answerable*: otherwise.

In *partly* and *not answerable* the question as put cannot be answered from this literature, and the summary says so
first. That nothing could be verified is another thing: it tells of the checking, not of the literature.
"""

from __future__ import annotations

from collections.abc import Sequence

from synth.report.coverage import together
from synth.report.nearest import nearest
from synth.report.polarity import Reading, Side, reading, side
from synth.report.terms import most_of, phrase_of, words_of
from synth.report.wording import claims, count, opening, quoted, whole_sentence
from synth.types import Answer, AnswerStatus, CheckedClaim, Facet, Label, RetrievedPaper, Role, Statement

NEAREST = 5
"""With fewer verified claims than this the answer also names the nearest others, as many in all."""
VERY_NEAR = 0.45
"""Relevance from which a claim is on the question even where its paper names the question's parts in other words: of
statements that were judged, nine in ten were."""
CANNOT = "The question as put cannot be answered from this literature"


def answer(
    question: str, facets: Sequence[Facet], checked: Sequence[CheckedClaim], papers: Sequence[RetrievedPaper]
) -> Answer:
    """What the claims say about the question, by claim number.

    Args:
        question: The research question.
        facets: Its parts and which papers cover them (:func:`synth.report.coverage.facets`).
        checked: Every claim of the report with its verdict.
        papers: Every retrieved paper.
    """
    asked = reading(question)
    sides: dict[Side, list[CheckedClaim]] = {kind: [] for kind in Side}
    for row in checked:
        if row.verdict.verified and bears(row, facets):
            sides[side(row.claim.text, asked) if asked else Side.NEITHER].append(row)
    unsure = nearest(question, checked, NEAREST - sum(map(len, sides.values())))
    joint = together(facets, question)
    status = _status(facets, joint, [row for rows in sides.values() for row in rows], unsure)
    used = sum(1 for row in papers if row.role is Role.USED)
    return Answer(
        status=status,
        summary=" ".join(
            [
                *_open_parts(status, facets, joint, used),
                *_known_parts(status, asked, facets, sides),
                *_unsure_parts(unsure),
            ]
        ),
        supporting=_statements(sides[Side.FOR]),
        opposing=_statements(sides[Side.AGAINST]),
        facets=tuple(facets),
        bearing=_statements(sides[Side.NEITHER]),
        nearest=tuple(_unsure(row) for row in unsure),
    )


def bears(row: CheckedClaim, facets: Sequence[Facet]) -> bool:
    """Whether a claim says anything of a covered part of the question: it has most of the telling words of one.

    The words of a paper's own sentence count: the title by which a claim names its paper says nothing.

    Without any part to go by (a question in another script), every claim that was chosen for the question bears on it.
    """
    if not facets:
        return True
    said = [words_of(text) for text in [origin.verbatim for origin in row.claim.origins] or [row.claim.text]]
    phrases = [phrase_of(facet.text) for facet in facets if facet.covered]
    return any(phrase is not None and most_of(phrase, words) for phrase in phrases for words in said)


def _status(
    facets: Sequence[Facet], joint: Sequence[str], rows: Sequence[CheckedClaim], unsure: Sequence[CheckedClaim]
) -> AnswerStatus:
    covered = sum(facet.covered for facet in facets)
    if facets and 2 * covered < len(facets):
        return AnswerStatus.NOT_ANSWERABLE
    if not rows:
        stated = _has_a_joint_claim(joint, unsure) or (
            0 < covered == len(facets) and any(row.claim.relevance >= VERY_NEAR for row in unsure)
        )
        return AnswerStatus.UNVERIFIED if stated else AnswerStatus.NOT_ANSWERABLE
    if _has_a_joint_claim(joint, rows):
        return AnswerStatus.ANSWERED
    return AnswerStatus.PARTLY


def _has_a_joint_claim(joint: Sequence[str], rows: Sequence[CheckedClaim]) -> bool:
    """Whether a claim comes from a paper that covers the whole question."""
    return any(origin.paper_id in joint for row in rows for origin in row.claim.origins)


def _statements(rows: Sequence[CheckedClaim]) -> tuple[Statement, ...]:
    return tuple(Statement(text=row.claim.text, claims=(row.number,)) for row in rows)


def unverified(joint: Sequence[str]) -> str:
    """The sentence on a question that papers speak of; ``joint`` are those that cover all of its parts."""
    who = "Papers that cover all parts of the question" if joint else "Papers that cover parts of the question"
    return f"{who} speak of it, but no claim on it is verified."


def _open_parts(status: AnswerStatus, facets: Sequence[Facet], joint: Sequence[str], used: int) -> list[str]:
    """The sentences on what this literature leaves open."""
    if used == 0:
        return [f"{CANNOT}, for no paper could be used."]
    if status is AnswerStatus.ANSWERED:
        return []
    if status is AnswerStatus.UNVERIFIED:
        return [unverified(joint)]
    missing = [facet.text for facet in facets if not facet.covered]
    if missing:
        return [f"{CANNOT}: no used paper covers {quoted(missing, 'or')}."]
    if not facets:
        return ["No part of the question could be looked for in the papers by its words, so coverage is unknown."]
    if not joint:
        return [f"{CANNOT}: each of its parts is covered by some used paper, but no single paper covers them together."]
    if status is AnswerStatus.PARTLY:
        return [f"{CANNOT}: no verified claim on it comes from a paper that covers all of its parts."]
    return [f"{CANNOT}: the papers that cover all of its parts gave no claim near to an answer."]


def _known_parts(
    status: AnswerStatus, asked: Reading | None, facets: Sequence[Facet], sides: dict[Side, list[CheckedClaim]]
) -> list[str]:
    """The sentences on what the verified claims say."""
    speaking = [row.number for row in sides[Side.FOR]]
    against = [row.number for row in sides[Side.AGAINST]]
    bearing = [row.number for row in sides[Side.NEITHER]]
    if not (speaking or against or bearing):
        return [] if status is AnswerStatus.UNVERIFIED else ["No verified claim bears on it."]
    covered = [facet.text for facet in facets if facet.covered]
    limited = status is not AnswerStatus.ANSWERED and bool(covered)
    start = f"On the covered {'part' if len(covered) == 1 else 'parts'} ({quoted(covered)}), " if limited else ""
    sentences = []
    if asked and (speaking or against):
        sentences.append(opening(f"{start}{_balance(asked, speaking, against)}"))
        if bearing:
            verb = "bears" if len(bearing) == 1 else "bear"
            sentences.append(f"{opening(claims(bearing))} {verb} on the question without taking a side.")
    elif bearing:
        found = f"{count(len(bearing), 'verified finding')} bear{'s' if len(bearing) == 1 else ''} on the question"
        sentences.append(opening(f"{start}{found}: {claims(bearing)}."))
        if asked:
            sentences.append(f"None of them says outright that “{asked.treatment}” helps or hurts.")
    return sentences


def _unsure(row: CheckedClaim) -> Statement:
    if row.verdict.label is not Label.SUPPORTED and row.verdict.evidence:
        standing = "Stated by its paper; what else was read does not settle it."
    elif row.verdict.label is not Label.SUPPORTED:
        standing = "Stated by its paper alone."
    elif row.verdict.confidence is None:
        standing = "Supported."
    else:
        standing = f"Supported, with a confidence of {row.verdict.confidence:.2f}."
    return Statement(text=f"{whole_sentence(row.claim.text)} {standing}", claims=(row.number,))


def _unsure_parts(unsure: Sequence[CheckedClaim]) -> list[str]:
    """What the claims without a check mark are worth: named as that."""
    sentences = []
    for supported, worth in (
        (True, "supported, but not surely enough for a check mark"),
        (False, "stated, and nothing else that was read bears {} out surely"),
    ):
        numbers = [row.number for row in unsure if (row.verdict.label is Label.SUPPORTED) is supported]
        if numbers:
            verb, them = ("is", "it") if len(numbers) == 1 else ("are", "them")
            sentences.append(f"{opening(claims(numbers))} {verb} {worth.format(them)}.")
    return sentences


def _balance(asked: Reading, speaking: Sequence[int], against: Sequence[int]) -> str:
    what = f"{'harm' if asked.harm else 'a benefit'} of “{asked.treatment}”"
    if speaking and against:
        return f"the verified claims disagree on {what}: for it {claims(speaking)}; against it {claims(against)}."
    if speaking:
        return f"the literature at hand speaks for {what}: {claims(speaking)}; no verified claim speaks against it."
    return f"the literature at hand speaks against {what}: {claims(against)}; no verified claim speaks for it."
