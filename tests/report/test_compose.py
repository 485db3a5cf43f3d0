"""The abstract is made of verified claims with their numbers, in whole sentences."""

import dataclasses

import pytest

from synth.report.answer import answer
from synth.report.compose import abstract, check_mark, introduction, limitations, methodology, results
from synth.report.wording import LABELS, LEGEND, VERIFIED, claims, count, listed, mark, opening, whole_sentence
from synth.types import AnswerStatus, Asked, CheckedClaim, Decision, Facet, Label, ReadFrom, Report, ReviewNote, Role
from tests.report.example import CALIBRATION, DATE, empty, example, taking_sides
from tests.report.example_claims import CLAIMS, origin, row
from tests.report.example_papers import PAPERS

SECTIONS = (introduction, methodology, results, limitations)


def text(report: Report, section) -> str:
    return " ".join(statement.text for statement in section(report))


@pytest.mark.parametrize("make", [example, empty, taking_sides])
def test_whole_sentences(make) -> None:
    report = make()
    for statement in (*report.abstract, *(s for section in SECTIONS for s in section(report))):
        assert statement.text[0].isupper() or statement.text[0].isdigit()
        assert statement.text.endswith((".", "?"))
        assert "  " not in statement.text


def test_the_abstract_has_four_to_eight_sentences() -> None:
    for make in (example, taking_sides):
        assert 4 <= len(make().abstract) <= 8


def test_findings_are_verified_claims_in_their_own_wording_with_their_numbers() -> None:
    rows = {r.number: r for r in CLAIMS}
    quoted = [s for s in example().abstract if s.claims and s.text == rows[s.claims[0]].claim.text]
    assert [s.claims for s in quoted] == [(1,), (2,), (3,)]
    assert all(rows[number].verdict.verified for s in quoted for number in s.claims)


def test_every_paper_speaks_before_one_speaks_twice() -> None:
    many = [
        row(n, f"Intermediate-task training gains {n} points.", Label.SUPPORTED, 1 - n / 100, verified=True,
            n_independent=5 - n // 3,
            origins=[origin("1501.00001v2" if n < 6 else "1502.00002v1", "", 1, "Intermediate-task training gains.")])
        for n in range(1, 8)
    ]  # fmt: skip
    said = example(claims=tuple(many)).abstract
    numbers = [s.claims[0] for s in said if s.claims]
    assert numbers == [1, 2, 3, 6]


def finding(number: int, text: str, confidence: float, paper: str) -> CheckedClaim:
    return row(number, text, Label.SUPPORTED, confidence, verified=True, origins=[origin(paper, "", 1, text)])


def test_of_findings_with_equal_support_the_surer_one_comes_first() -> None:
    rows = (
        finding(1, "Intermediate-task training gains 1 point.", 0.8, "1501.00001v2"),
        finding(2, "Intermediate-task training gains 2 points.", 0.95, "1502.00002v1"),
    )
    assert [s.claims for s in example(claims=rows).abstract if s.claims] == [(2,), (1,)]


def test_a_verified_claim_that_does_not_bear_on_the_question_is_no_finding() -> None:
    rows = (
        finding(1, "Cats sleep all day.", 0.95, "1501.00001v2"),
        finding(2, "Intermediate-task training gains 2 points.", 0.8, "1502.00002v1"),
    )
    assert [s.claims for s in example(claims=rows).abstract if s.claims] == [(2,)]


def test_the_abstract_says_that_nothing_on_the_question_is_verified() -> None:
    unsure = tuple(
        dataclasses.replace(one, verdict=dataclasses.replace(one.verdict, verified=False)) for one in CLAIMS[:3]
    )
    report = example(facets=taking_sides().answer.facets, claims=unsure)
    assert "no claim on it is verified" in report.abstract[-1].text
    assert "cannot be answered" not in report.abstract[-1].text


def test_the_abstract_and_the_answer_say_the_same_of_what_nothing_verifies() -> None:
    text = "Intermediate-task training helps on XNLI."
    unsure = row(1, text, Label.SUPPORTED, 0.9, origins=[origin("1501.00001v2", "", 1, text)])
    question = "Does intermediate-task training improve accuracy on XNLI?"
    for papers in (("1501.00001v2", "1502.00002v1"), ("1501.00001v2", "1501.00001v2")):
        parts = [
            Facet(text=part, covered=True, papers=(paper,))
            for part, paper in zip(("intermediate-task training", "XNLI"), papers, strict=True)
        ]
        said = answer(question, parts, [unsure], PAPERS)
        assert said.status is AnswerStatus.UNVERIFIED
        assert abstract(question, [unsure], PAPERS, said)[-1].text in said.summary


def test_disagreement_and_refutation_are_said() -> None:
    said = {s.text: s.claims for s in example().abstract}
    assert said["The papers disagree on 1 claim."] == (5,)
    assert said["One claim was refuted."] == (6,)


def test_what_is_not_covered_is_said() -> None:
    assert "no used paper covers “code generation” or “1B to 10B parameters”" in example().abstract[-1].text


def test_no_papers_and_none_used() -> None:
    report = empty()
    assert report.abstract[0].text.startswith("No paper was found for the question “How does")
    screened = tuple(dataclasses.replace(r, role=Role.SCREENED_OUT) for r in PAPERS)
    said = abstract("Why?", (), screened, report.answer)
    assert said[0].text == "For the question “Why?”, 6 papers were found, and none could be used."


def test_the_check_mark_states_its_threshold_and_its_error() -> None:
    said = check_mark(example())
    for figure in ("0.75", "1,200", "4.2%", "of the 240 marks", "7.1%", "63%", "0.032"):
        assert figure in said
    assert "uncalibrated" in check_mark(taking_sides())
    older = dataclasses.replace(CALIBRATION, marks=0)  # reports from before the number was kept
    assert "4.2% of the marks on held-out claims were wrong" in check_mark(example(calibration=older))
    certain = dataclasses.replace(CALIBRATION, threshold=1.0)
    assert "of at least 1.00" in check_mark(example(calibration=certain))
    never = dataclasses.replace(CALIBRATION, threshold=1.1)
    assert "No claim gets a ✓" in check_mark(example(calibration=never))
    unknown = dataclasses.replace(CALIBRATION, false_supported=None, bound=None)
    assert "unknown" in check_mark(example(calibration=unknown))


@pytest.mark.parametrize(
    ("risk", "said"), [(0.05, "5%"), (0.004, "0.4%"), (0.025, "2.5%"), (0.29, "29%"), (0.9999, "99.99%"), (0.1, "10%")]
)
def test_the_risk_is_told_as_it_was_asked_for(risk: float, said: str) -> None:
    never = example(calibration=dataclasses.replace(CALIBRATION, threshold=1.1))
    asked = Asked(n_papers=15, n_claims=30, offline=True, risk=risk)
    assert f"promise that at most {said} of the marks are wrong" in check_mark(dataclasses.replace(never, asked=asked))


def test_the_counts() -> None:
    said = text(example(), results)
    assert said.startswith("6 papers retrieved: 4 used, 1 screened out, 1 skipped. 8 claims extracted; 3 verified.")
    assert "4 supported, 1 refuted, 1 conflicting, 1 not enough info and 1 not checkworthy" in said
    assert "3 were read in full text and 1 as a digest" in text(example(), methodology)


def test_limitations_are_those_of_this_run() -> None:
    assert "One paper could not be read" in text(example(), limitations)
    assert "The second query came back short: 3 of 20 records." in text(example(), limitations)
    assert "digests" not in text(example(), limitations)
    assert "digests" in text(taking_sides(), limitations)
    assert "could not be read" not in text(empty(), limitations)


def test_a_paper_that_was_read_and_then_withdrawn_counts_as_read_nowhere() -> None:
    first, second, *rest = PAPERS
    whole = dataclasses.replace(first, role=Role.SCREENED_OUT)
    short = dataclasses.replace(second, role=Role.SCREENED_OUT, read_from=ReadFrom.ABSTRACT)
    report = example(papers=(whole, short, *rest))
    assert "1 was read in full text and 1 as a digest" in text(report, methodology)
    assert "abstract" not in text(report, limitations)


def test_a_claim_that_two_people_reviewed_counts_once() -> None:
    notes = tuple(ReviewNote(reviewer=name, decision=Decision.ACCEPT, day=DATE) for name in ("Ann", "Bo"))
    first, *rest = CLAIMS
    report = example(claims=(dataclasses.replace(first, reviewed=notes), *rest))
    assert "reviewers decided on 1 of its 8 claims" in text(report, limitations)


def test_small_words() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert claims([7, 1, 4, 1]) == "claims 1, 4 and 7"
    assert claims([3]) == "claim 3"
    assert count(0, "query", "queries") == "no queries"
    assert count(1, "paper") == "1 paper"
    assert count(1200, "paper") == "1,200 papers"
    assert opening("1 paper") == "One paper"
    assert opening("") == ""
    assert whole_sentence("It ends") == "It ends."
    assert whole_sentence("Does it?") == "Does it?"
    assert whole_sentence("They say “it ends.”") == "They say “it ends.”"
    assert whole_sentence("(It ends.)") == "(It ends.)"


def test_every_label_has_a_sign_of_its_own_and_only_a_verified_claim_the_check_mark() -> None:
    verdict = example().claims[0].verdict
    signs = {label: mark(dataclasses.replace(verdict, label=label, verified=False)) for label in Label}
    assert len(set(signs.values())) == len(Label)
    assert VERIFIED not in signs.values()
    assert mark(dataclasses.replace(verdict, label=Label.SUPPORTED, verified=True)) == VERIFIED
    for label in (Label.SUPPORTED, Label.REFUTED, Label.CONFLICTING, Label.NOT_ENOUGH_INFO):
        assert f"{signs[label]} {LABELS[label]}" in LEGEND
