from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import Claim, Evidence, Label, NumberCheck, PassageKind, Stance
from synth.verification.aggregate import judge, markable
from synth.verification.calibration import Calibrator
from synth.verification.evidence import stance_of
from synth.verification.features import FEATURES
from tests.verification.made import calibrator, claim, evidence, origin, passage

YES, NO, DUNNO = Stance.SUPPORTS, Stance.REFUTES, Stance.NEUTRAL
NAMES = [f"P{paper}#{number:04d}" for paper in range(1, 5) for number in range(4)]
PASSAGES = {name: passage(name) for name in NAMES}
PIECES = st.lists(
    st.builds(
        evidence,
        st.sampled_from(NAMES),
        st.sampled_from(list(Stance)),
        rank=st.integers(1, 12),
        numbers=st.sampled_from(list(NumberCheck)),
        independent=st.booleans(),
    ),
    max_size=10,
    unique_by=lambda item: item.passage_id,
)


def verdict(pieces: list[Evidence], about: Claim | None = None, using: Calibrator | None = None):
    return judge(about or claim(), pieces, PASSAGES, using or calibrator())


def test_supported_and_marked():
    found = verdict([evidence("P1#0001", YES), evidence("P2#0001", YES, rank=2), evidence("P2#0002", DUNNO, rank=3)])
    assert found.label is Label.SUPPORTED
    assert found.verified
    assert found.confidence is not None
    assert found.confidence >= 0.8
    assert (found.n_self, found.n_independent, found.n_refuting) == (0, 2, 0)
    assert found.reason == "Entailed by 2 passages of 2 papers."


@pytest.mark.parametrize(
    ("text", "numbers", "said"),
    [
        ("GPT-2 gains 2.1 points.", NumberCheck.AGREE, "Entailed by 1 passage of 1 paper; its figures agree."),
        ("GPT-2 shows this for the first time.", NumberCheck.AGREE, "Entailed by 1 passage of 1 paper."),
        ("Ode and Lind (2019) gain on three tasks.", NumberCheck.AGREE, "Entailed by 1 passage of 1 paper."),
        ("GPT-2 profits from three tasks.", NumberCheck.NONE, "Entailed by 1 passage of 1 paper."),
        ("This is shown for the first time on three tasks.", NumberCheck.AGREE, "Entailed by 1 passage of 1 paper."),
    ],
)
def test_of_figures_in_words_and_of_years_nothing_is_said(text, numbers, said):
    found = verdict([evidence("P1#0001", YES, numbers=numbers)], claim(text))
    assert found.reason.endswith(said)


def test_what_its_own_paper_says_for_a_claim_is_shown_even_if_it_is_not_enough():
    faint = (0.2, 1.0, -3.0)
    own = evidence("P1#0001", YES, logits=faint, independent=False)
    other = evidence("P2#0001", YES, logits=faint, rank=2)
    found = verdict([own, other], claim(origins=[origin("P1")]))
    assert found.label is Label.NOT_ENOUGH_INFO
    assert [item.passage_id for item in found.evidence] == ["P1#0001"]
    assert found.reason == "Entailed by 1 passage of its own paper, not surely enough."


def test_windows_that_overlap_are_one_passage():
    text = "Transfer to Urdu improves with scale, as it does elsewhere."
    places = {"P1#0001": 0, "P1#0002": 30, "P1#0003": 30 + len(text)}
    read = {name: passage(name, text, start=start) for name, start in places.items()}
    pieces = [
        evidence(name, YES, rank=rank, independent=False, logits=(4.0 + rank, 0.0, -4.0))
        for rank, name in enumerate(places, 1)
    ]
    found = judge(claim(origins=[origin("P1", start=500, end=520)]), pieces, read, calibrator())
    assert [item.passage_id for item in found.evidence] == ["P1#0003", "P1#0002"], "of the first two the surer one"
    assert found.n_self == 2
    assert found.reason == "Entailed by 2 passages of its own paper."
    rows = {name: replace(one, kind=PassageKind.TABLE_ROW) for name, one in read.items()}
    assert judge(claim(origins=[origin("P1", start=500, end=520)]), pieces, rows, calibrator()).n_self == 3


def test_a_label_that_no_passage_clearly_bears_out_says_so():
    faint = (0.9, 1.0, -3.0)
    pieces = [evidence(name, YES, logits=faint, independent=False) for name in ("P1#0001", "P2#0001")]
    sure = dataclasses.replace(calibrator(), intercepts=(9.0, 0.0, 0.0))
    about = claim(origins=[origin("P1"), origin("P2")])
    assert (
        verdict(pieces, about, sure).reason == "Entailed by 2 passages of its own papers, but by none of them clearly."
    )
    assert verdict(pieces[:1], about, sure).reason == "Entailed by 1 passage of its own paper, but not clearly."


def test_self_support_is_told_apart():
    pieces = [evidence("P1#0002", YES, independent=False), evidence("P2#0001", YES, numbers=NumberCheck.AGREE)]
    found = verdict(pieces, claim("Urdu improves by 2 points.", origins=[origin("P1")]))
    assert (found.n_self, found.n_independent) == (1, 1)
    assert found.reason == "Entailed by 1 passage of 1 other paper and 1 of its own paper; its figures agree."


def test_below_the_threshold_there_is_no_mark():
    found = verdict([evidence("P1#0001", YES)], using=calibrator(threshold=0.9999))
    assert found.label is Label.SUPPORTED
    assert not found.verified


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        (NumberCheck.MISSING, "Entailed in wording by 1 passage of 1 paper, which lacks its figures."),
        (NumberCheck.DISAGREE, "Entailed in wording by 1 passage of 1 paper, which gives another figure."),
    ],
)
def test_without_its_figures_a_claim_is_not_supported(numbers, reason):
    found = verdict([evidence("P1#0001", YES, numbers=numbers)], claim("Transfer to Urdu improves by 2.4 points."))
    assert found.label is Label.NOT_ENOUGH_INFO
    assert not found.verified
    assert found.n_independent == 0
    assert [item.passage_id for item in found.evidence] == ["P1#0001"]
    assert found.reason == reason


def test_figures_that_are_printed_allow_a_label_but_no_mark():
    about = claim("Transfer to Urdu improves by 2.4 points.")
    pieces = [
        evidence("P1#0001", YES, numbers=NumberCheck.MISSING),
        evidence("P1#0002", DUNNO, rank=2, numbers=NumberCheck.MISSING),
        evidence("P2#0001", YES, rank=3, numbers=NumberCheck.DISAGREE),
    ]
    printing = {**PASSAGES, "P1#0002": passage("P1#0002", "Urdu: 2.4.")}
    found = judge(about, pieces, printing, calibrator())
    assert (found.label, found.verified) == (Label.SUPPORTED, False)
    assert (found.n_self, found.n_independent) == (0, 1)
    assert found.reason == "Entailed in wording by 1 passage of 1 paper; its figures could not be matched beyond doubt."
    other = judge(about, pieces[2:], {**PASSAGES, "P2#0001": printing["P1#0002"]}, calibrator())
    assert other.label is Label.NOT_ENOUGH_INFO
    stated = claim(about.text, origins=[origin("P9")])
    assert judge(stated, pieces, printing, calibrator()).label is Label.NOT_ENOUGH_INFO


def test_a_side_that_the_calibrator_alone_sees_gets_no_mark():
    words = tuple(12.0 if name in ("words_shared", "entailment_max") else 0.0 for name in FEATURES)
    one = calibrator()
    one = dataclasses.replace(one, coefficients=(words, *one.coefficients[1:]))
    about = claim("Transfer passages transfer passage transfers.")
    for logits, marked in (((1.0, 0.0, 0.5), True), ((1.0, 0.0, 1.05), False)):
        found = judge(about, [evidence("P1#0001", YES, logits=logits)], PASSAGES, one)
        assert (found.label, found.verified) == (Label.SUPPORTED, marked)
        assert (found.confidence or 0) > 0.9
        assert markable(found) is marked


def test_one_passage_with_the_figures_is_enough():
    pieces = [
        evidence("P1#0001", YES, numbers=NumberCheck.DISAGREE),
        evidence("P2#0001", YES, rank=2, numbers=NumberCheck.AGREE),
    ]
    found = verdict(pieces)
    assert found.label is Label.SUPPORTED
    assert [item.passage_id for item in found.evidence] == ["P2#0001", "P1#0001"]


def test_refuted():
    found = verdict([evidence("P1#0001", NO), evidence("P1#0002", DUNNO, rank=2)])
    assert found.label is Label.REFUTED
    assert not found.verified
    assert found.n_refuting == 1
    assert found.reason == "Contradicted by 1 passage of 1 paper."


def test_two_papers_on_two_sides_conflict():
    found = verdict([evidence("P1#0001", YES), evidence("P2#0001", NO, rank=2)])
    assert found.label is Label.CONFLICTING
    assert not found.verified
    assert found.confidence is not None
    assert found.confidence > 0.9
    assert [item.stance for item in found.evidence] == [YES, NO]
    assert found.reason == "Entailed by 1 passage of 1 paper and contradicted by 1 passage of 1 paper."


def test_a_conflict_is_as_sure_as_its_two_sides_together():
    pieces = [evidence("P1#0001", YES), evidence("P2#0001", NO, rank=2)]
    sides = [verdict([piece]).confidence or 0 for piece in pieces]
    assert verdict(pieces).confidence == pytest.approx(sides[0] * sides[1])
    louder = evidence("P3#0001", NO, rank=3, logits=(-9.0, -9.0, 9.0))
    surer = verdict([louder]).confidence or 0
    assert surer > sides[1]
    assert verdict([*pieces, louder]).confidence == pytest.approx(sides[0] * surer), "the paper most against it counts"


def test_a_weak_voice_against_the_label_is_not_counted():
    weak, strong = (-2.0, 1.0, 0.5), (-2.0, 1.0, 3.0)
    for logits, n in ((weak, 0), (strong, 1)):
        pieces = [evidence("P1#0001", YES), evidence("P1#0002", NO, rank=2, logits=logits)]
        found = verdict(pieces)
        assert found.label is Label.SUPPORTED
        assert found.n_refuting == len(found.evidence) - 1 == n


def test_a_conflict_needs_two_sides_that_the_cross_encoder_sees():
    against = tuple(20.0 if name == "contradiction_max" else 0.0 for name in FEATURES)
    one = calibrator()
    one = dataclasses.replace(one, coefficients=(one.coefficients[0], against, one.coefficients[2]))
    for logits, label in (((1.0, 0.0, 0.9), Label.REFUTED), ((0.7, 0.0, 0.9), Label.CONFLICTING)):
        pieces = [evidence("P1#0001", YES), evidence("P2#0001", stance_of(logits), rank=2, logits=logits)]
        assert verdict(pieces, using=one).label is label


def test_one_paper_does_not_conflict_with_itself():
    found = verdict([evidence("P1#0001", YES), evidence("P1#0002", NO, rank=2)])
    assert found.label is not Label.CONFLICTING


def test_neither_side():
    found = verdict([evidence("P1#0001", DUNNO), evidence("P2#0001", DUNNO, rank=2)])
    assert found.label is Label.NOT_ENOUGH_INFO
    assert found.evidence == ()
    assert found.reason == "Neither clearly entailed nor contradicted by the 2 passages nearest to it."


def test_no_evidence_at_all():
    found = verdict([])
    assert found.label is Label.NOT_ENOUGH_INFO
    assert found.confidence is not None
    assert found.reason == "No passage was found that could bear on it."


@pytest.mark.parametrize("text", ["Hello", "Hello there!", "", "?!"])
def test_a_text_without_content_is_not_checkworthy(text):
    found = verdict([evidence("P1#0001", YES)], claim(text))
    assert found.label is Label.NOT_CHECKWORTHY
    assert found.confidence is None
    assert not found.verified


@pytest.mark.parametrize(
    ("pieces", "label"),
    [
        ([], Label.NOT_ENOUGH_INFO),
        ([evidence("P1#0001", YES)], Label.SUPPORTED),
        ([evidence("P1#0001", NO)], Label.REFUTED),
        ([evidence("P1#0001", YES), evidence("P2#0001", NO)], Label.CONFLICTING),
        ([evidence("P1#0001", YES), evidence("P1#0002", NO)], Label.NOT_ENOUGH_INFO),
        ([evidence("P1#0001", YES, numbers=NumberCheck.MISSING)], Label.NOT_ENOUGH_INFO),
    ],
)
def test_without_a_calibrator_there_is_a_label_but_no_confidence(pieces, label):
    found = judge(claim(), pieces, PASSAGES, None)
    assert (found.label, found.confidence, found.verified) == (label, None, False)


def test_three_words_state_something_and_two_do_not():
    assert verdict([evidence("P1#0001", YES)], claim("Transfer improves Urdu.")).label is Label.SUPPORTED
    assert verdict([evidence("P1#0001", YES)], claim("Transfer improves.")).label is Label.NOT_CHECKWORTHY


def test_between_equal_labels_nothing_is_claimed():
    stated = claim(origins=[origin("P9")])
    assert verdict([evidence("P1#0001", YES)], stated, calibrator(weight=0.0)).label is Label.NOT_ENOUGH_INFO


def test_a_confidence_at_the_threshold_gets_the_mark():
    pieces = [evidence("P1#0001", YES)]
    sure = verdict(pieces).confidence
    assert sure is not None
    assert verdict(pieces, using=calibrator(threshold=sure)).verified


def test_the_paper_that_supports_a_claim_most_counts_in_a_conflict():
    weaker = evidence("P3#0001", YES, rank=3, logits=(1.5, 0.0, -4.0))
    pieces = [evidence("P1#0001", YES), evidence("P2#0001", NO, rank=2)]
    assert verdict([*pieces, weaker]).confidence == verdict(pieces).confidence


@pytest.mark.parametrize(
    ("yes", "no", "label"),
    [((-0.3, 0.0, -4.0), (-4.0, 0.0, 4.0), Label.REFUTED), ((4.0, 0.0, -4.0), (-4.0, 0.0, -0.3), Label.SUPPORTED)],
)
def test_a_paper_that_is_unsure_makes_no_conflict(yes, no, label):
    pieces = [evidence("P1#0001", YES, logits=yes), evidence("P2#0001", NO, rank=2, logits=no)]
    assert verdict(pieces).label is label


def test_without_a_calibrator_the_surest_passage_of_each_paper_counts():
    faint = {YES: (1.0, 0.0, 0.0), NO: (0.0, 0.0, 1.0)}
    pieces = [
        piece
        for paper, stance in (("P1", YES), ("P2", NO))
        for piece in (
            evidence(f"{paper}#0001", stance),
            evidence(f"{paper}#0002", stance, rank=2, logits=faint[stance]),
        )
    ]
    assert judge(claim(), pieces, PASSAGES, None).label is Label.CONFLICTING
    assert judge(claim(), [pieces[1], *pieces[2:]], PASSAGES, None).label is Label.REFUTED
    assert judge(claim(), [*pieces[:2], pieces[3]], PASSAGES, None).label is Label.SUPPORTED


def test_what_its_own_paper_faintly_says_against_a_claim_is_not_shown():
    own = evidence("P1#0001", NO, logits=(-3.0, 1.0, 0.2), independent=False)
    found = verdict([own], claim(origins=[origin("P1")]))
    assert (found.label, found.evidence, found.n_refuting) == (Label.NOT_ENOUGH_INFO, (), 0)


def test_what_the_cross_encoder_supports_by_itself_is_shown_before_what_it_does_not():
    read = evidence("P1#0001", YES, rank=2, logits=(0.0, 2.0, -3.0))
    turned = evidence("P2#0001", YES, logits=(1.0, 0.0, 1.05))
    sure = dataclasses.replace(calibrator(), intercepts=(9.0, 0.0, 0.0))
    found = verdict([turned, read], claim(origins=[origin("P9")]), sure)
    assert [item.passage_id for item in found.evidence] == ["P1#0001", "P2#0001"]


def test_what_speaks_against_a_claim_most_is_shown_first_and_papers_are_counted_once():
    louder = (-9.0, -9.0, 9.0)
    apart = {f"P1#000{at}": passage(f"P1#000{at}", start=100 * at) for at in (1, 2)}
    against = [evidence("P1#0001", NO), evidence("P1#0002", NO, rank=2, logits=louder)]
    found = judge(claim(), against, apart, calibrator())
    assert [item.passage_id for item in found.evidence] == ["P1#0002", "P1#0001"]
    assert found.n_refuting == 1
    support = [evidence("P1#0001", YES), evidence("P1#0002", YES, rank=2)]
    found = judge(claim(), support, apart, calibrator())
    assert (len(found.evidence), found.n_independent) == (2, 1)


@given(PIECES, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_the_evidence_does_not_matter(pieces, rng, calibrated):
    using = calibrator() if calibrated else None
    shuffled = rng.sample(pieces, len(pieces))
    assert judge(claim(), shuffled, PASSAGES, using) == judge(claim(), pieces, PASSAGES, using)


@given(PIECES)
def test_what_a_label_promises(pieces):
    found = verdict(pieces)
    shown = [item.stance for item in found.evidence]
    assert shown == sorted(shown, key=[YES, NO].index)
    assert 0 <= (found.confidence or 0) <= 1
    assert found.reason.endswith(".")
    if found.label in (Label.SUPPORTED, Label.CONFLICTING):
        assert found.n_self + found.n_independent >= 1
        assert found.evidence[0].numbers is not NumberCheck.DISAGREE
    if found.label in (Label.REFUTED, Label.CONFLICTING):
        assert NO in shown
    if found.verified:
        assert found.label is Label.SUPPORTED
        assert found.evidence[0].numbers in (NumberCheck.NONE, NumberCheck.AGREE)
