from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.review.agreement import WRONG, Rated, agreement, rated
from synth.review.carrying import with_notes
from synth.review.decisions import seen
from synth.review.listing import agreement_data, agreement_text, as_json
from synth.store.reviews import Act
from synth.types import Decision, Label, ReviewNote
from tests.report.example import example
from tests.review.examples import Notebook, changed, rows, with_label


def table(*columns: str) -> list[Rated]:
    """A claim a column; a letter a reviewer (A, B, …), a dot for none."""
    return [
        Rated(
            question="q",
            claim_id=f"{at:012x}",
            claim=f"Claim {at}.",
            shown="supported",
            ratings=tuple((chr(65 + who), said) for who, said in enumerate(column) if said != "."),
        )
        for at, column in enumerate(columns)
    ]


def test_kappa_of_a_known_table():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 0.7, by chance 0.5
    found = agreement(table(*["yy"] * 20, *["yn"] * 5, *["ny"] * 10, *["nn"] * 15))
    (pair,) = found.pairs
    assert pair.kappa == pytest.approx(0.4)
    assert (pair.n, pair.agreed, len(found.disputed)) == (50, 35, 15)


def test_alpha_of_krippendorffs_own_example():
    # two coders, ten units, nominal (Krippendorff, "Computing Krippendorff's alpha-reliability", 2011): 0.095
    found = agreement(table(*[f"{a}{b}" for a, b in zip("0100000000", "1110010100", strict=True)]))
    assert found.alpha == pytest.approx(0.095, abs=5e-4)


def test_alpha_takes_missing_ratings():
    # the same author's example C: four observers, twelve units, nominal: 0.743
    lines = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    found = agreement(table(*["".join(column) for column in zip(*lines, strict=True)]))
    assert found.alpha == pytest.approx(0.743, abs=5e-4)
    assert found.n == 11, "the last unit has one rating alone"


def test_what_is_not_defined_is_said():
    same = agreement(table("ss", "ss"))
    assert same.alpha is None and same.pairs[0].kappa is None and same.pairs[0].agreed == 2
    assert "not defined, all ratings are one label" in agreement_text(same)
    apart = agreement(table("s.", ".s"))
    assert apart.n == 0 and apart.alpha is None
    assert "not defined, no claim in common" in agreement_text(apart)


def test_one_reviewer_agrees_with_nobody():
    with pytest.raises(ConfigError, match="only A has decided"):
        agreement(table("s", "r"))
    with pytest.raises(ConfigError, match="nobody has decided"):
        agreement([])


ratings = st.lists(st.text(alphabet="srn.", min_size=3, max_size=3), min_size=1, max_size=8)


@settings(deadline=None, max_examples=40)
@given(ratings, st.randoms(use_true_random=False))
def test_agreement_is_within_bounds_and_asks_for_no_order(columns, chance):
    claims = table(*columns)
    if len({who for one in claims for who, _ in one.ratings}) < 2:
        return
    found = agreement(claims)
    chance.shuffle(claims)
    again = agreement(claims)
    assert found.alpha is None or (again.alpha is not None and np.isclose(found.alpha, again.alpha))
    for pair, other in zip(found.pairs, again.pairs, strict=True):
        assert pair.kappa is None or (-1 <= pair.kappa <= 1 and np.isclose(pair.kappa, other.kappa or 0.0, atol=1e-9))
        assert pair.agreed <= pair.n
    as_json(agreement_data(found))


def test_a_decision_becomes_the_label_that_the_reviewer_holds_right():
    book = Notebook()
    one, two, three, *_ = rows()
    book.act(one)
    book.act(two, act=Act.REJECT)
    book.act(three, act=Act.LABEL, label=Label.CONFLICTING)
    found = rated(seen(with_notes(example(), book.entries)))
    assert [one.ratings for one in found] == [(("Ann", "supported"),), (("Ann", WRONG),), (("Ann", "conflicting"),)]


def test_two_copies_of_a_report_are_one_and_the_later_day_counts():
    def copy(day: int, decision: Decision):
        note = ReviewNote(reviewer="Ann", decision=decision, day=dt.date(2026, 7, day))
        return seen(changed(example(), 1, lambda row: dataclasses.replace(row, reviewed=(note,))))

    for copies in (
        (copy(1, Decision.ACCEPT), copy(2, Decision.REJECT)),
        (copy(2, Decision.REJECT), copy(1, Decision.ACCEPT)),
    ):
        (only,) = rated([one for rows in copies for one in rows])
        assert only.ratings == (("Ann", WRONG),)


def test_what_was_decided_on_another_basis_is_another_thing():
    book = Notebook()
    other = changed(example(), 1, with_label(Label.REFUTED))
    book.act(rows()[0], "Ann")
    book.act(rows(other)[0], "Bo")
    found = rated([*seen(with_notes(example(), book.entries)), *seen(with_notes(other, book.entries))])
    assert [one.ratings for one in found] == [(("Ann", "supported"),), (("Bo", "refuted"),)]


def test_the_text_lists_who_says_what():
    text = agreement_text(
        agreement([dataclasses.replace(table("xx")[0], ratings=(("Ann", "supported"), ("Bo", WRONG)))])
    )
    assert "Ann and Bo: Cohen's kappa 0.000 (n = 1, the same label on 0)" in text
    assert "the table says supported; Ann: supported; Bo: wrong, without another label" in text
