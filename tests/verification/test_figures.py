from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import Passage, PassageKind, ScoredPassage
from synth.verification.beside import Beside
from synth.verification.figures import MOST, all_printed, full_words, passages_with_figures, placing, printed, wanted
from tests.verification.made import claim, origin, passage

CAPTION = "Table 2: Accuracy on the PQA test set."
PROSE = passage("P1#0001", "NetA is trained for long. NetB is smaller. Accuracy is given on PQA.")


def row(name: str, cells: str, page: int = 1) -> Passage:
    made = passage(name, f"{CAPTION} | {cells}")
    return dataclasses.replace(made, kind=PassageKind.TABLE_ROW, page=page)


ROWS = [
    row("P1#0002", "Model: NetA | dev: 70.1 | test: 72.6"),
    row("P1#0003", "Model: NetB | dev: 64.0 | test: 65.4"),
    row("P2#0001", "Model: NetC | dev: 11.0 | test: 72.6"),
]
COLLECTION = {one.id: one for one in [PROSE, *ROWS]}
FIGURES = {name: printed(one.text) for name, one in COLLECTION.items()}


def line(name: str) -> ScoredPassage:
    return ScoredPassage(passage_id=name, score=1.0, sparse=1.0, dense=0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("72.6 and 72.60", {"72.6"}),
        ("from .45 to 1,234.5", {"0.45", "1234.5"}),
        ("-8.4 (0.2)", {"8.4", "0.2"}),
        ("GPT2 and v3.1", set()),
        ("no figure", set()),
        ("1e-4 and 2 × 10^-5", {"0.0001", "0.00002"}),
        ("10^5 of 12 000 words, a 3 × 1024 matrix", {"100000", "12000", "3", "1024"}),
    ],
)
def test_what_a_text_prints(text, expected):
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It reaches 72.6% on PQA.", [{"72.6", "0.726"}]),
        ("It rises from .45 to .54 on PQA.", [{"0.45", "45"}, {"0.54", "54"}]),
        ("It has 42k pairs and two layers.", [{"42", "42000"}]),
        ("In 2019 it had nine layers.", []),
        ("The learning rate is 1e-4.", [{"0.0001", "0.01"}]),
        ("It loses 2.5 BLEU-4 points.", [{"2.5", "0.025"}]),
        ("It falls by -3.4 points.", [{"3.4", "0.034"}]),
    ],
)
def test_the_ways_to_print_a_claims_figures(text, expected):
    assert list(wanted(text)) == expected


def test_a_row_is_found_by_its_figure_in_papers_that_were_met():
    asked = claim("NetA reaches a test accuracy of 72.6 on PQA.")
    assert passages_with_figures([line("P1#0001")], asked, COLLECTION, FIGURES) == ("P1#0002",)
    assert passages_with_figures([line("P2#0001")], asked, COLLECTION, FIGURES) == ()  # it is there already
    both = passages_with_figures([line("P1#0001"), line("P2#0001")], asked, COLLECTION, FIGURES)
    assert both == ("P1#0002",)  # behind P2's, or before it, but P2's is in the run


def test_most_figures_come_first_and_no_more_than_a_few():
    asked = claim("NetA reaches 72.6 on PQA, and 70.1 on its dev set.")
    many = {**COLLECTION, **{one.id: one for one in (row(f"P1#01{at}", "Model: NetD | test: 72.6") for at in range(9))}}
    found = passages_with_figures(
        [line("P1#0001")], asked, many, {name: printed(one.text) for name, one in many.items()}
    )
    assert len(found) == MOST
    assert found[0] == "P1#0002"


def test_what_is_in_the_run_takes_a_place_of_the_few():
    asked = claim("NetA reaches a test accuracy of 72.6 on PQA.")
    many = {**COLLECTION, **{one.id: one for one in (row(f"P1#01{at}", "Model: NetD | test: 72.6") for at in range(9))}}
    there = {name: printed(one.text) for name, one in many.items()}
    found = passages_with_figures([line("P1#0002")], asked, many, there)
    assert len(found) == MOST - 1
    assert "P1#0002" not in found


def test_of_places_alike_the_passage_that_shares_more_words_comes_first():
    asked = claim("NetA reaches 72.6 on PQA.")
    strange = passage("P1#0007", "Nothing else is known. It reaches 72.6.")
    near = passage("P1#0008", "NetA is tested on PQA. It reaches 72.6.")
    made = {one.id: one for one in (PROSE, strange, near)}
    there = {name: printed(one.text) for name, one in made.items()}
    assert passages_with_figures([line(PROSE.id)], asked, made, there) == (near.id, strange.id)


def test_nothing_is_added_for_a_claim_without_figures_or_from_its_own_place():
    run = [line("P1#0001")]
    assert passages_with_figures(run, claim("NetA is better than NetB on PQA."), COLLECTION, FIGURES) == ()
    own = origin("P1", ROWS[0].start, ROWS[0].end)
    asked = claim("NetA reaches a test accuracy of 72.6 on PQA.", origins=[own])
    assert passages_with_figures(run, asked, COLLECTION, FIGURES) == ()


def test_figures_stand_with_their_label_and_column():
    right = placing("NetA has a test accuracy of 72.6 on PQA.", ROWS[:2])
    wrong = placing("NetB has a test accuracy of 72.6 on PQA.", ROWS[:2])
    absent = placing("NetA has a test accuracy of 71.6 on PQA.", ROWS[:2])
    assert right > wrong > absent == 0


def test_two_rows_of_a_page_bear_two_figures():
    text = "On the PQA test set NetA reaches 72.6, NetB only 65.4 accuracy."
    for other in ({"page": 7}, {"paper_id": "P2"}):
        elsewhere = dataclasses.replace(ROWS[1], **other)
        assert placing(text, ROWS[:2]) > placing(text, [ROWS[0], elsewhere])


def test_a_sentence_is_the_place_of_its_figures():
    near = passage("P1#0001", "NetA reaches 72.6 on PQA. The rest is told later.")
    far = passage("P1#0001", "NetA is tested on PQA. The rest is 72.6.")
    assert placing("NetA reaches 72.6 on PQA.", [near]) > placing("NetA reaches 72.6 on PQA.", [far])


def test_what_a_table_writes_short_is_read_in_full():
    short = row("P1#0003", "Model: NetA | sw Acc.: 49.7 | avg.: 65.4")
    claim_words = "NetA has an average of 65.4 and an accuracy of 49.7 in Swahili."
    assert full_words("Avg. acc. of two langs") == full_words("average accuracy of two languages")
    assert placing(claim_words, [short]) > placing(claim_words.replace("Swahili", "Urdu"), [short])
    assert placing("NetA has an average of 65.4.", [short]) > placing("NetA has a precision of 65.4.", [short])


def test_of_rows_with_the_figure_the_best_placed_comes_first():
    asked = claim("NetA has an average of 72.6 on PQA, as the caption of another table says of NetB and NetC.")
    near = row("P1#0009", "Model: NetA | avg: 72.6")
    far = [row(f"P1#000{at}", "Model: NetB | of NetC, the table says: 65.4 | dev: 72.6") for at in range(3, 9)]
    many = {ROWS[0].id: ROWS[0], near.id: near, **{one.id: one for one in far}}
    there = {name: printed(one.text) for name, one in many.items()}
    found = passages_with_figures([line(ROWS[0].id)], asked, many, there)
    assert found[0] == near.id


def test_a_claim_without_figures_has_no_place():
    assert placing("NetA is better than NetB.", ROWS) == 0
    assert placing("NetA reaches 72.6 on PQA.", []) == 0


def test_rows_of_a_sum_come_before_places_of_figures():
    asked = claim("NetA beats NetB by 7.2 points on the PQA test set, at 72.6.")
    beside = Beside.of(COLLECTION)
    found = beside.more([line("P1#0001")], asked)
    assert found[0] == "P1#0002"
    assert len(set(found)) == len(found)


TEXTS = st.lists(st.sampled_from(["NetA", "NetB", "test", "72.6", "65.4", ".45", "on", "PQA", "accuracy"]), max_size=9)


@given(asked=TEXTS, said=st.lists(TEXTS, max_size=4), seed=st.randoms())
def test_a_share_whatever_the_order(asked, said, seed):
    made = [passage(f"P1#{at:04d}", " ".join(text) + ".") for at, text in enumerate(said)]
    turned = list(made)
    seed.shuffle(turned)
    found = placing(" ".join(asked), made)
    assert 0 <= found <= 1
    assert found == placing(" ".join(asked), turned)


@pytest.mark.parametrize(
    ("asked", "texts", "expected"),
    [
        ("It rises from 65.4 to 73.5.", ["It was 65.4.", "Urdu | acc.: 73.5"], True),
        ("It rises from 65.4 to 73.5.", ["It was 65.4.", "Urdu | acc.: 73.4"], False),
        ("It reads 42k lines.", ["It reads 42,000 lines."], True),
        ("It rises on two tasks.", ["It rises."], True),
        ("The learning rate is 1e-4.", ["There are 4 layers and 1 head."], False),
        ("The learning rate is 1e-4.", ["The learning rate is 0.0001."], True),
        ("The learning rate is 0.0001.", ["The learning rate is 1 × 10−4."], True),
        ("The learning rate is 2 × 10^-5.", ["It has 10 layers."], False),
        ("It is right in 1/3 of the cases.", ["It has 3 layers."], False),
        ("It is right in 1/3 of the cases.", ["It is right 1/3 of the time."], True),
        ("It rises by 2.4 points.", [], False),
    ],
)
def test_whether_passages_print_every_figure(asked, texts, expected):
    assert all_printed(asked, [passage(f"P1#{at:04d}", text) for at, text in enumerate(texts)]) is expected
