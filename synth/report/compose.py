"""The report's running text, composed from its facts; every finding in the words of a verified claim. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from synth.report.answer import CANNOT, unverified
from synth.report.coverage import together
from synth.report.wording import LABELS, LEGEND, count, listed, opening, quoted, whole_sentence
from synth.types import (
    Answer,
    AnswerStatus,
    CheckedClaim,
    Label,
    ReadFrom,
    Report,
    RetrievedPaper,
    Role,
    Statement,
)

_FINDINGS = 4
"""Findings quoted in the abstract."""


def abstract(
    question: str, checked: Sequence[CheckedClaim], papers: Sequence[RetrievedPaper], answer: Answer
) -> tuple[Statement, ...]:
    """The abstract: what was read, the best-supported findings by number, contradictions, what stays open.

    Args:
        question: The research question.
        checked: Every claim with its verdict.
        papers: Every retrieved paper.
        answer: What the claims say about the question.
    """
    verified = [row for row in checked if row.verdict.verified]
    return (
        _reading(question, checked, verified, papers),
        *_findings(verified, answer),
        *_disagreements(checked),
        *_open(question, answer),
    )


def _reading(
    question: str, checked: Sequence[CheckedClaim], verified: Sequence[CheckedClaim], papers: Sequence[RetrievedPaper]
) -> Statement:
    used = sum(row.role is Role.USED for row in papers)
    asked = f"the question “{question}”"
    if not papers:
        return Statement(text=f"No paper was found for {asked}.")
    if not used:
        return Statement(text=f"For {asked}, {count(len(papers), 'paper')} were found, and none could be used.")
    independent = sum(row.verdict.n_independent > 0 for row in verified)
    gave = f"Of {count(len(papers), 'paper')} retrieved for {asked}, {used} {'was' if used == 1 else 'were'} used"
    check = (
        f"{count(len(checked), 'claim')} {'was' if len(checked) == 1 else 'were'} checked and {len(verified)} verified"
    )
    others = f", {independent or 'none'} of them with support from another paper" if verified else ""
    return Statement(text=f"{gave}; {check}{others}.")


def _findings(verified: Sequence[CheckedClaim], answer: Answer) -> Iterable[Statement]:
    """The best-supported findings that bear on the question, one of each paper before a second of any."""
    cited = {
        number for part in (answer.supporting, answer.opposing, answer.bearing) for s in part for number in s.claims
    }
    ranked = sorted((row for row in verified if row.number in cited), key=_support)
    chosen: list[CheckedClaim] = []
    for repeat in (False, True):
        seen = {_source(row) for row in chosen}
        for row in ranked:
            if len(chosen) < _FINDINGS and row not in chosen and (repeat or _source(row) not in seen):
                chosen.append(row)
                seen.add(_source(row))
    chosen.sort(key=_support)
    return [Statement(text=whole_sentence(row.claim.text), claims=(row.number,)) for row in chosen]


def _support(row: CheckedClaim) -> tuple[float, float, float, int]:
    return (-row.verdict.n_independent, -(row.verdict.confidence or 0.0), -row.claim.relevance, row.number)


def _source(row: CheckedClaim) -> str:
    return row.claim.origins[0].paper_id if row.claim.origins else row.claim.id


def _disagreements(checked: Sequence[CheckedClaim]) -> Iterable[Statement]:
    conflicting = [row.number for row in checked if row.verdict.label is Label.CONFLICTING]
    refuted = [row.number for row in checked if row.verdict.label is Label.REFUTED]
    if conflicting:
        yield Statement(text=f"The papers disagree on {count(len(conflicting), 'claim')}.", claims=tuple(conflicting))
    if refuted:
        verb = "was" if len(refuted) == 1 else "were"
        yield Statement(text=opening(f"{count(len(refuted), 'claim')} {verb} refuted."), claims=tuple(refuted))
    if checked and not (conflicting or refuted):
        yield Statement(text="No claim was refuted, and none met conflicting evidence.")


def _open(question: str, answer: Answer) -> Iterable[Statement]:
    missing = [facet.text for facet in answer.facets if not facet.covered]
    if answer.status is AnswerStatus.ANSWERED:
        yield Statement(text="Every part of the question is covered by the literature at hand.")
    elif answer.status is AnswerStatus.UNVERIFIED:
        yield Statement(text=unverified(together(answer.facets, question)))
    elif missing:
        yield Statement(text=f"{CANNOT}: no used paper covers {quoted(missing, 'or')}.")
    else:
        yield Statement(text=f"{CANNOT}.")


def introduction(report: Report) -> tuple[Statement, ...]:
    """What is asked, and into which parts the question was taken apart."""
    sentences = [
        f"This report asks: {whole_sentence(report.question)}",
        "It takes claims out of the papers found for that question, checks each claim against passages of all of them, "
        "and says what the claims that held up tell of the question.",
    ]
    if report.answer.facets:
        sentences.append(f"The question was taken apart into {quoted(facet.text for facet in report.answer.facets)}.")
    return tuple(Statement(text=sentence) for sentence in sentences)


def methodology(report: Report) -> tuple[Statement, ...]:
    """How the papers were found and read and how the claims were checked."""
    used = [row for row in report.papers if row.role is Role.USED]
    kinds = [(ReadFrom.PDF, "in full text"), (ReadFrom.DIGEST, "as a digest"), (ReadFrom.ABSTRACT, "as an abstract")]
    counts = [(sum(row.read_from is kind for row in used), how) for kind, how in kinds]
    read = [f"{number} {how}" for number, how in counts if number]
    asked = f"{count(len(report.queries), 'query', 'queries')} gave" if report.queries else "The library gave"
    ranked = ", ranked by BM25 and sentence embeddings over title and abstract" if report.papers else ""
    sentences = [opening(f"{asked} {count(len(report.papers), 'paper')}{ranked}.")]
    if read:
        first, _, how = read[0].partition(" ")
        verb = "was" if first == "1" else "were"
        sentences.append(f"Of the used papers, {listed([f'{first} {verb} read {how}', *read[1:]])}.")
    if not used:
        return tuple(Statement(text=sentence) for sentence in sentences)
    sentences += [
        "A trained scorer chose the sentences that state a result, a comparison, a cause or a limit; near-duplicates "
        "were merged, and every place that states a claim is kept.",
        "For each claim, hybrid retrieval brought passages of all used papers, and a cross-encoder judged whether each "
        "supports it, refutes it or neither; the place a claim was taken from is no evidence for it, and numbers must "
        "agree in value, unit and meaning.",
    ]
    return tuple(Statement(text=sentence) for sentence in sentences)


def confidence_means(report: Report) -> str:
    """What the numbers beside the labels say; empty where none is a probability."""
    if report.calibration is None:
        return ""
    return (
        "The confidence is that of the label: 0.90 beside “not enough info” says that the passages most "
        "probably do not settle the claim, not that it holds; a low one, that it may well hold or be false, but that "
        "no passage to show for it was found."
    )


def check_mark(report: Report) -> str:
    """What a ✓ in the claim table means, with what was measured of it."""
    fit = report.calibration
    if fit is None:
        return (
            "No calibrator fits the model in use, so confidences are uncalibrated and none is a probability; "
            f"✓ means: the evidence supports the claim; {LEGEND}"
        )
    few = f"at most {100 * report.asked.risk:.6g}% of the" if report.asked else "few enough"
    if fit.threshold > 1:
        return (
            f"No claim gets a ✓: it would promise that {few} marks are wrong, and at no level of confidence do the "
            f"claims that were judged to test this bear the promise out. {opening(LEGEND)}"
        )
    measured = "none of the held-out gold claims got the mark, so its error is unknown"
    if fit.false_supported is not None:
        bound = f" (95% upper bound {fit.bound:.1%})" if fit.bound is not None else ""
        marks = f"the {fit.marks:,} marks" if fit.marks else "the marks"
        measured = f"{fit.false_supported:.1%} of {marks} on held-out claims were wrong{bound}"
    return (
        f"✓ means: supported, with a calibrated confidence of at least {fit.threshold:.2f}; the calibrator was "
        f"fitted on {fit.n:,} gold claims, and {measured}, while {fit.recall:.0%} of the truly supported "
        f"ones got it; the expected calibration error is {fit.ece:.3f}. {opening(LEGEND)}"
    )


def results(report: Report) -> tuple[Statement, ...]:
    """The counts: papers by role, claims by label, support by kind."""
    roles = {role: sum(row.role is role for row in report.papers) for role in Role}
    verified = [row for row in report.claims if row.verdict.verified]
    labels = [
        f"{number} {LABELS[label]}"
        for label in Label
        if (number := sum(r.verdict.label is label for r in report.claims))
    ]
    independent = sum(row.verdict.n_independent > 0 for row in verified)
    own = sum(row.verdict.n_independent == 0 for row in verified)
    sentences = [
        opening(
            f"{count(len(report.papers), 'paper')} retrieved: {roles[Role.USED]} used, "
            f"{roles[Role.SCREENED_OUT]} screened out, {roles[Role.SKIPPED]} skipped."
        ),
        opening(f"{count(len(report.claims), 'claim')} extracted; {len(verified)} verified."),
    ]
    if labels:
        sentences.append(f"By label: {listed(labels)}.")
    if verified:
        sentences.append(
            f"Of the verified claims, {independent} {'has' if independent == 1 else 'have'} support from at least one "
            f"other paper, and {own} only from other passages of the paper that states {'it' if own == 1 else 'them'}."
        )
    return tuple(Statement(text=sentence) for sentence in sentences)


def limitations(report: Report) -> tuple[Statement, ...]:
    """What a reader should keep in mind, from the facts of this very run."""
    decided = sum(bool(row.reviewed) for row in report.claims)
    people = (
        f"reviewers decided on {decided} of its {count(len(report.claims), 'claim')}"
        if decided
        else "was not reviewed by people"
    )
    sentences = [
        "This report was put together by a program from the papers listed below; it is no original research and "
        f"{people}.",
        "A verified claim is one that passages of these papers support; papers that were not found may say otherwise.",
    ]
    if report.offline:
        sentences.append(
            "It rests on digests and local files, not on a search of the literature: digests give facts of a paper in "
            "other words, and what they leave out cannot be found."
        )
    skipped = sum(row.role is Role.SKIPPED for row in report.papers)
    if skipped:
        sentences.append(opening(f"{count(skipped, 'paper')} could not be read; Appendix B gives the reason."))
    abstracts = sum(row.role is Role.USED and row.read_from is ReadFrom.ABSTRACT for row in report.papers)
    if abstracts:
        number = count(abstracts, "paper")
        how = "was read as an abstract" if abstracts == 1 else "were read as abstracts"
        sentences.append(opening(f"{number} {how} only, which leaves out most of what a paper says."))
    own = sum(row.verdict.verified and row.verdict.n_independent == 0 for row in report.claims)
    if own:
        sentences.append(
            opening(f"{count(own, 'verified claim')} {'rests' if own == 1 else 'rest'} on the claiming paper alone.")
        )
    sentences += [whole_sentence(note) for note in report.notes]
    return tuple(Statement(text=sentence) for sentence in sentences)
