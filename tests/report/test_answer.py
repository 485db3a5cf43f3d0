"""What the verified claims say: status, sides, and the plain sentence that a question cannot be answered."""

import dataclasses
from collections.abc import Sequence

import pytest

from synth.question import phrases
from synth.report.answer import CANNOT, answer, bears
from synth.report.coverage import facets
from synth.types import AnswerStatus, CheckedClaim, Facet, Label
from tests.report.example import FACETS, QUESTION
from tests.report.example_claims import CLAIMS, origin, row
from tests.report.example_papers import PAPERS

FIRST, SECOND = "1501.00001v2", "1502.00002v1"


def verified(number: int, text: str, paper: str = FIRST) -> CheckedClaim:
    return row(number, text, Label.SUPPORTED, 0.9, verified=True, origins=[origin(paper, "Results", 3, text)])


def covered(*texts: str, papers: tuple[str, ...] = (FIRST,)) -> tuple[Facet, ...]:
    return tuple(Facet(text=text, covered=True, papers=papers) for text in texts)


EFFECT = "Does intermediate-task training improve accuracy on XNLI?"
PARTS = covered("intermediate-task training", "XNLI")


def test_for_and_against_by_number() -> None:
    claims = [
        verified(1, "Intermediate-task training improves accuracy."),
        verified(4, "Intermediate-task training helps XNLI."),
        verified(7, "XNLI sees no benefit from intermediate-task training."),
        verified(9, "Intermediate-task training needs labelled data."),
    ]
    said = answer(EFFECT, PARTS, claims, PAPERS)
    assert said.status is AnswerStatus.ANSWERED
    assert "for it claims 1 and 4; against it claim 7." in said.summary
    assert "Claim 9 bears on the question without taking a side." in said.summary
    assert [s.claims for s in (*said.supporting, *said.opposing, *said.bearing)] == [(1,), (4,), (7,), (9,)]
    assert CANNOT not in said.summary


def test_one_sided() -> None:
    said = answer(EFFECT, PARTS, [verified(2, "Intermediate-task training degrades XNLI.")], PAPERS)
    assert said.summary == (
        "The literature at hand speaks against a benefit of “intermediate-task training”: claim 2; "
        "no verified claim speaks for it."
    )


def test_claims_that_are_not_verified_say_nothing() -> None:
    text = "Intermediate-task training improves accuracy."
    unsure = row(1, text, Label.SUPPORTED, 0.3, origins=[origin(FIRST, "", 1, text)])
    said = answer(EFFECT, PARTS, [unsure], PAPERS)
    assert said.status is AnswerStatus.UNVERIFIED
    assert not (said.supporting or said.opposing or said.bearing)
    assert said.summary == (
        "Papers that cover all parts of the question speak of it, but no claim on it is verified. "
        "Claim 1 is supported, but not surely enough for a check mark."
    )
    elsewhere = dataclasses.replace(
        unsure, claim=dataclasses.replace(unsure.claim, origins=(origin(SECOND, "", 1, text),), relevance=0.4)
    )
    said = answer(EFFECT, PARTS, [elsewhere], PAPERS)
    assert said.status is AnswerStatus.NOT_ANSWERABLE
    assert "gave no claim near to an answer. No verified claim bears on it." in said.summary


def test_the_title_by_which_a_claim_names_its_paper_makes_it_no_answer() -> None:
    said = "The paper “Intermediate-Task Training on XNLI” drops the last layer."
    named = row(1, said, Label.SUPPORTED, 0.9, origins=[origin(FIRST, "", 1, "We drop the last layer.")])
    own = row(2, said, Label.SUPPORTED, 0.9, origins=[origin(FIRST, "", 1, "On XNLI we drop the last layer.")])
    assert [bears(one, PARTS) for one in (named, own)] == [False, True]


def test_a_claim_very_near_to_the_question_is_an_unverified_answer_whatever_its_paper_names() -> None:
    text = "Intermediate-task training helps on XNLI."
    apart = (
        Facet(text="intermediate-task training", covered=True, papers=(FIRST,)),
        Facet(text="XNLI", covered=True, papers=(SECOND,)),
    )

    def status(relevance: float, parts: Sequence[Facet] = apart) -> AnswerStatus:
        unsure = row(1, text, Label.SUPPORTED, 0.9, origins=[origin(FIRST, "", 1, text)])
        unsure = dataclasses.replace(unsure, claim=dataclasses.replace(unsure.claim, relevance=relevance))
        return answer(EFFECT, parts, [unsure], PAPERS).status

    assert status(0.45) is AnswerStatus.UNVERIFIED
    assert status(0.44) is AnswerStatus.NOT_ANSWERABLE
    assert status(0.9, (*apart, Facet(text="vision", covered=False))) is AnswerStatus.NOT_ANSWERABLE


def near(number: int, relevance: float, label: Label = Label.SUPPORTED) -> CheckedClaim:
    text = f"Fact {number}."
    one = row(number, text, label, number / 10, origins=[origin(FIRST, "", 1, text)])
    return dataclasses.replace(one, claim=dataclasses.replace(one.claim, relevance=relevance))


def test_what_came_nearest_fills_up_where_little_is_verified() -> None:
    stated = near(3, 0.7, Label.NOT_ENOUGH_INFO)
    unsure = [near(1, 0.35), near(2, 0.31), stated, near(4, 0.5), near(5, 0.45), near(6, 0.4)]
    refuted = near(7, 0.9, Label.REFUTED)
    found = answer(EFFECT, PARTS, [*reversed(unsure), refuted], PAPERS)
    assert "Claims 1, 4, 5 and 6 are supported, but not surely enough for a check mark." in found.summary
    assert "Claim 3 is stated, and nothing else that was read bears it out surely." in found.summary
    assert [s.claims for s in found.nearest] == [(1,), (3,), (4,), (5,), (6,)], "in the order of the table"
    assert found.nearest[0].text == "Fact 1. Supported, with a confidence of 0.10."
    assert found.nearest[1].text == "Fact 3. Stated by its paper alone."
    sure = verified(11, "Intermediate-task training degrades XNLI.")
    some = answer(EFFECT, PARTS, [*unsure, sure], PAPERS)
    assert [s.claims for s in some.nearest] == [(3,), (4,), (5,), (6,)]
    enough = [verified(n, f"Intermediate-task training fact {n}.") for n in range(11, 16)]
    assert "not surely enough" not in answer(EFFECT, PARTS, [*unsure, *enough], PAPERS).summary


def test_of_two_about_as_near_to_the_question_the_supported_one_comes_first() -> None:
    many = [near(n, 0.8) for n in range(4)]
    supported, stated = near(5, 0.41), near(6, 0.5, Label.NOT_ENOUGH_INFO)
    assert (5,) in [s.claims for s in answer(EFFECT, PARTS, [*many, supported, stated], PAPERS).nearest]
    much_nearer = near(6, 0.52, Label.NOT_ENOUGH_INFO)
    assert (6,) in [s.claims for s in answer(EFFECT, PARTS, [*many, supported, much_nearer], PAPERS).nearest]


def test_a_claim_of_little_relevance_is_not_near_to_an_answer() -> None:
    far = row(1, "XNLI has languages.", Label.SUPPORTED, 0.9, origins=[origin(FIRST, "", 1, "XNLI has languages.")])
    far = dataclasses.replace(far, claim=dataclasses.replace(far.claim, relevance=0.29))
    assert answer(EFFECT, PARTS, [far], PAPERS).nearest == ()


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("The FILTER model reaches 77.0 on average of all tasks.", False),
        ("The bag-of-words models lose.", True),
        ("Words from one bag are counted.", True),
        ("Neural parsers lose.", False),
        ("The networks are neural ones.", True),
        ("BCE models are fast.", True),
    ],
)
def test_a_claim_bears_on_a_part_with_most_of_its_words(text: str, does: bool) -> None:
    parts = covered("bag-of-words models", "neural networks", "byte code encoder")
    assert bears(row(1, text, Label.SUPPORTED, 0.9), parts) is does


def test_an_open_question_gets_findings_not_sides() -> None:
    claims = [verified(1, "Intermediate-task training improves accuracy on XNLI.")]
    said = answer("Which tasks are used for intermediate-task training on XNLI?", PARTS, claims, PAPERS)
    assert (said.supporting, said.opposing, [s.claims for s in said.bearing]) == ((), (), [(1,)])


def test_uncovered_parts_come_first_then_what_is_known() -> None:
    said = answer(QUESTION, FACETS, CLAIMS, PAPERS)
    assert said.status is AnswerStatus.PARTLY
    assert said.summary.startswith(f"{CANNOT}: no used paper covers “code generation” or “1B to 10B parameters”. ")
    assert "On the covered parts (“intermediate-task training”, “English”" in said.summary


def test_a_claim_on_another_treatment_takes_no_side() -> None:
    claims = [verified(1, "English intermediate-task training improves XNLI.")]
    said = answer(QUESTION, FACETS, claims, PAPERS)
    assert not said.supporting
    assert [s.claims for s in said.bearing] == [(1,)]


def test_mostly_uncovered_is_not_answerable() -> None:
    parts = (*covered("XNLI"), Facet(text="vision", covered=False), Facet(text="speech", covered=False))
    said = answer("How does vision affect speech on XNLI?", parts, [verified(1, "XNLI is hard.")], PAPERS)
    assert said.status is AnswerStatus.NOT_ANSWERABLE
    assert CANNOT in said.summary


def test_half_of_the_parts_give_a_part_of_an_answer() -> None:
    parts = (*covered("XNLI"), Facet(text="vision", covered=False))
    said = answer("How does vision affect XNLI?", parts, [verified(1, "XNLI is hard.")], PAPERS)
    assert said.status is AnswerStatus.PARTLY


def test_a_verified_claim_on_something_else_or_on_an_uncovered_part_is_no_part_of_the_answer() -> None:
    parts = (*covered("XNLI"), Facet(text="intermediate-task training", covered=False))
    texts = ("XNLI is hard.", "Cats sleep all day.", "Intermediate-task training needs labelled data.")
    said = answer(EFFECT, parts, [verified(n, text) for n, text in enumerate(texts, 1)], PAPERS)
    assert [s.claims for s in (*said.supporting, *said.opposing, *said.bearing)] == [(1,)]


def test_a_merged_claim_bears_on_a_part_that_any_of_its_papers_names() -> None:
    places = [
        origin(FIRST, "", 1, "We drop the last layer."),
        origin(SECOND, "", 2, "On XNLI the last layer is dropped."),
    ]
    assert bears(row(1, "The last layer is dropped.", Label.SUPPORTED, 0.9, origins=places), PARTS)


def test_a_claim_that_met_conflicting_evidence_is_not_near_to_an_answer() -> None:
    text = "XNLI gains from intermediate-task training."
    conflicting = row(1, text, Label.CONFLICTING, 0.9, origins=[origin(FIRST, "", 1, text)])
    assert answer(EFFECT, PARTS, [conflicting], PAPERS).nearest == ()


def test_a_question_about_harm_is_answered_about_harm() -> None:
    said = answer("Does pruning hurt accuracy?", covered("pruning"), [verified(1, "Pruning hurts accuracy.")], PAPERS)
    assert said.summary.startswith("The literature at hand speaks for harm of “pruning”: claim 1;")


def test_parts_that_no_paper_joins() -> None:
    parts = (*covered("intermediate-task training"), *covered("XNLI", papers=(SECOND,)))
    said = answer(EFFECT, parts, [verified(1, "XNLI is hard.")], PAPERS)
    assert said.status is AnswerStatus.PARTLY
    assert "no single paper covers them together" in said.summary


def test_a_joint_paper_without_a_claim_does_not_answer() -> None:
    said = answer(EFFECT, PARTS, [verified(1, "XNLI is hard.", paper=SECOND)], PAPERS)
    assert said.status is AnswerStatus.PARTLY
    assert "no verified claim on it comes from a paper that covers all of its parts" in said.summary
    assert "1 verified finding bears" in said.summary


def test_nothing_at_all() -> None:
    said = answer(EFFECT, (), (), ())
    assert said.status is AnswerStatus.NOT_ANSWERABLE
    assert "no paper could be used" in said.summary


def test_a_question_without_parts_still_shows_findings() -> None:
    said = answer("多语言模型如何迁移？", (), [verified(1, "XNLI is hard.")], PAPERS)
    assert said.status is AnswerStatus.PARTLY
    assert "coverage is unknown" in said.summary


@pytest.mark.shared
def test_the_sample_questions_cannot_be_answered_as_put(shared) -> None:
    """Their questions join things that a library of text-only papers does not cover."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        question = path.read_text(encoding="utf-8").split("Research question: ")[1].split("?")[0] + "?"
        parts = facets(question, phrases(question), {})
        assert len(parts) >= 4, question
        assert CANNOT in answer(question, parts, CLAIMS, PAPERS).summary
