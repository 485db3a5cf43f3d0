from __future__ import annotations

import string
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from synth.parsing.passages import passages as passages_of
from synth.parsing.reader import read_pdf
from synth.types import (
    Box,
    Document,
    NumberCheck,
    Paper,
    Passage,
    PassageKind,
    ReadFrom,
    ScoredPassage,
    SectionRole,
    Sentence,
    Source,
    Stance,
    Table,
)
from synth.verification.evidence import evidence_for, stance_of
from synth.verification.numbers.extract import extract
from synth.verification.tables.fitting import fits, shown
from synth.verification.tables.grid import Grid, grids_of, mean, parse
from synth.verification.tables.recompute import recompute, recompute_any, rows_besides
from synth.verification.tables.statement import statement_of
from tests.verification.made import claim, origin, passage

CAPTION = "Table 3. Zero-shot scores on four made-up tasks."
HEADER = ("", "Model", "Pair PQA Acc.", "Tagging TAGS F1", "Spans QUIZ F1 / EM", "Search FIND Acc.", "Avg")
SUM = "81.9 − 73.5 = 8.4 (Table 3, rows NetA and NetB Large, column Pair PQA Acc.)"
ROWS = (
    ("Transfer", "NetA", "81.9", "70.0", "60.4 / 40.2", "55.0", "64.3"),
    ("Transfer", "NetB Large", "73.5", "72.4", "52.3 / 44.2", "59.6", "63.4"),
    ("Transfer", "NetC", "79.0", "68.1", "50.0 / 30.0", "51.3", "59.6"),
    ("Translated data", "NetA", "90.0", "-", "66.0 / 50.0", "-", "-"),
)


def rows_of(rows=ROWS, header=HEADER, caption=CAPTION, paper="P1") -> tuple[Passage, ...]:
    line = Sentence(text=caption, start=0, end=len(caption), page=1, section="4", role=SectionRole.RESULTS)
    table = Table(caption=caption, page=1, header=tuple(header), rows=tuple(map(tuple, rows)))
    return passages_of(
        Document(paper_id=paper, read_from=ReadFrom.PDF, text=caption, sentences=(), captions=(line,), tables=(table,))
    )


def grid(rows=ROWS, header=HEADER, caption=CAPTION, paper="P1") -> Grid:
    return next(iter(grids_of(rows_of(rows, header, caption, paper)).values()))


def said(text: str, **made: object) -> str:
    found = recompute(text, grid(**made))
    return found.check.value if found else ""


def test_a_grid_is_what_its_rows_say():
    made = grid()
    assert [(row.group, row.label) for row in made.rows] == [(row[0], row[1]) for row in ROWS]
    assert made.averages == ("Avg",)
    assert len(made.scores) == 4
    assert [one.text for one in made.rows[0].cells["Spans QUIZ F1 / EM"]] == ["60.4", "40.2"]
    assert mean(made.rows[0], made.scores) == (Fraction("64.3"), Fraction(1, 20))
    assert mean(made.rows[3], made.scores) is None


@pytest.mark.parametrize("pair", ["English-to-German", "English-German", "english-to-german"])
def test_a_column_of_two_languages_is_known_by_its_whole_name(pair):
    rows, header = (("NetA", "70.0", "79.0"), ("NetB", "60.0", "70.0")), ("Model", "en-de", "de-en")
    assert said(f"NetA beats NetB by 10.0 points on {pair}.", rows=rows, header=header) == "agree"
    assert said("NetA beats NetB by 10.0 points on German-to-English.", rows=rows, header=header) == "disagree"


def test_rows_without_their_caption_have_no_grid():
    rows = [one for one in rows_of() if one.kind is PassageKind.TABLE_ROW]
    assert len(rows) == len(ROWS)
    assert grids_of(rows) == {}


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("65.4", ["65.4"]),
        ("−1.5", ["-1.5"]),
        (".45", ["0.45"]),
        ("1,835", ["1835"]),
        ("53.6†", ["53.6"]),
        ("98%", ["98"]),
        ("64.5 / 49.4", ["64.5", "49.4"]),
        ("110M", []),
        ("84.2 (1.1)", []),
        ("-", []),
        ("", []),
        ("1/2/3", []),
        ("12.3.4", []),
    ],
)
def test_cells_are_read_exactly_or_not_at_all(cell, values):
    assert [one.value for one in parse(cell)] == [Fraction(one) for one in values]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NetA beats NetB Large by 8.4 points on PQA.", "agree"),
        ("NetA beats NetB-Large by 8.4 points on PQA.", "agree"),
        ("NetA beats NetB by 8.4 points on PQA.", "agree"),  # no other NetB
        ("NetA beats NetB Large by 7.4 points on PQA.", "disagree"),
        ("NetB Large beats NetA by 8.4 points on PQA.", "disagree"),
        ("On PQA, NetB Large trails NetA by 8.4 points.", "agree"),
        ("On PQA, NetB Large is outperformed by NetA by 8.4 points.", "agree"),
        ("NetB Large's PQA accuracy is 8.4 points lower than that of NetA.", "agree"),
        ("Compared with NetC, NetA gains 2.9 points on PQA.", "agree"),
        ("Going from NetB Large to NetA improves PQA by 8.4 points.", "agree"),
        ("On PQA, the gap between NetA and NetB Large is 8.4 points.", "agree"),
        ("On PQA, the gap between NetA and NetB Large is 9.4 points.", "disagree"),
        ("NetA scores 8.1 F1 higher than NetB Large on QUIZ.", "agree"),
        ("NetA scores 4.0 EM lower than NetB Large on QUIZ.", "agree"),
        ("NetA leads NetB Large by more than 8 points on PQA.", "agree"),
        ("NetA leads NetB Large by more than 9 points on PQA.", "disagree"),
        ("NetC trails NetA by more than 2.5 points on PQA.", "agree"),
        ("NetA averages 64.3 on all four tasks.", "agree"),
        ("NetA leads NetB Large by about 8.5 points on PQA.", "agree"),
        ("NetA improves over NetC by 4.7 points on average.", "agree"),
        ("NetA improves over NetC by 5.7 points on average.", "disagree"),
        ("NetA averages 64.3 over four tasks.", "agree"),  # the other NetA has no average
        ("NetA averages 65.3 over four tasks.", "disagree"),
        ("The average score of NetC is 59.6.", "agree"),
        ("NetB Large has the best TAGS score of the three.", "agree"),
        ("NetA has the best TAGS score of the three.", "disagree"),
        ("NetC has the worst FIND score of the three.", "agree"),
        ("NetA scores higher than NetC on FIND.", "agree"),
        ("NetC scores higher than NetA on FIND.", "disagree"),
        ("NetA beats NetC on all four tasks.", "agree"),
        ("NetC beats NetA on all four tasks.", "disagree"),
        ("NetB Large beats NetC on three of four tasks.", "agree"),
        ("NetB Large beats NetC on two of four tasks.", "disagree"),
    ],
)
def test_what_a_table_says(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NetA improves by 8.4 points on PQA.",  # one system
        "NetA beats NetD by 8.4 points on PQA.",  # one that is not there
        "NetA beats NetB Base by 8.4 points on PQA.",
        "NetA beats NetB base by 8.4 points on PQA.",
        "NetA beats NetB Large by 8.4 points.",  # no column
        "NetA beats NetB Large by 8.4 points on PQA and FIND.",
        "NetA beats NetB Large by 8.4 points on PQA in Hausa.",  # a name that is nowhere here
        "NetA beats NetB Large by 8.4 points on PQA in few-shot transfer.",
        "NetA beats NetB Large by 7.4 points on translated PQA.",  # words of another group
        "NetA beats NetB Large by 8.4 points on PQA data.",
        "NetA beats NetB Large by 8.4 points on PQA in QA.",  # no part of a longer name
        "NetA averages 65.3 over four tasks in Swahili.",
        "NetA has an average PQA score of 71.0.",  # which NetA
        "NetA does not beat NetB Large by 8.4 points on PQA.",
        "NetA may beat NetB Large by 7.4 points on PQA.",
        "NetA beats NetB Large by up to 7.4 points on PQA.",
        "NetA beats NetB Large by 8.4 points on PQA, while NetC trails.",
        "NetA and NetB Large gain 7.4 points on PQA.",
        "NetA is 7.4% better than NetB Large on PQA.",  # of the lower value, perhaps
        "NetA beats NetB Large by 8.3 points on PQA.",  # rounding of the cells explains it
        "NetA beats NetB Large on all nine tasks.",  # there are four
        "NetA beats NetB Large in all languages.",
        "NetA beats NetB Large on QUIZ.",  # ahead in F1, behind in EM
        "The gap between NetA and NetB Large on QUIZ is 3.0 points.",  # wrong by one amount or by another
        "NetA averages 64.3 over nine tasks.",
        "NetA uses 0.3 where others use the average.",
        "NetC uses 0.3 where others use the average.",
        "NetA beats NetC on all four tasks by 2.9 points.",
        "NetB Large has the best TAGS score of the three, 99.9.",
        "NetB Large has the highest of the lowest TAGS scores of the three.",
        "NetA has the second best TAGS score of the three.",
        "NetA has the best TAGS score of the nine.",
    ],
)
def test_no_result_is_better_than_a_wrong_one(text):
    assert said(text) == ""


def test_a_measure_of_which_little_is_good_is_left_alone():
    caption = "Table 3. Perplexity on four made-up tasks (lower is better)."
    assert said("NetA is better than NetC on FIND.", caption=caption) == ""
    assert said("NetA is higher than NetC on FIND.", caption=caption) == "agree"


def test_a_name_that_two_rows_of_a_group_bear_gives_nothing():
    doubled = (*ROWS, ("Transfer", "NetA", "82.9", "71.0", "61.4 / 41.2", "56.0", "65.3"))
    assert said("NetA beats NetB Large by 8.4 points on PQA.", rows=doubled) == ""


def test_what_rounding_may_have_turned_is_left_open():
    rows, header = (("NetA", "70", "80"), ("NetB", "70.4", "70")), ("Model", "PQA", "TAGS")
    assert said("NetB beats NetA on PQA.", rows=rows, header=header) == ""
    assert said("NetA beats NetB by 0.1 points on PQA.", rows=rows, header=header) == ""
    assert said("NetA beats NetB on TAGS.", rows=rows, header=header) == "agree"


def test_a_column_that_is_no_average_refutes_none():
    assert said("NetC has an average PQA score of 79.0.") == "agree"
    assert said("NetC has an average PQA score of 71.0.") == ""


@pytest.mark.parametrize(
    "text", ["NetB Large has the best TAGS score of the three.", "NetA beats NetC on all four tasks."]
)
def test_a_part_of_a_table_tells_neither_who_is_best_nor_on_how_many(text):
    assert said(text) == "agree"
    assert recompute(text, replace(grid(), whole=False)) is None


def test_nobody_is_best_who_has_an_equal():
    rows = (*ROWS[:2], ("Transfer", "NetC", "79.0", "72.4", *ROWS[2][4:]))
    assert said("NetB Large has the best TAGS score of the three.", rows=rows) == ""


def test_best_of_a_group_or_of_all_its_rows():
    rows = (
        ("Transfer", "NetA", "81.9"),
        ("Transfer", "NetC", "79.0"),
        ("Translated data", "NetE", "90.0"),
        ("Translated data", "NetF", "70.0"),
    )
    for text, expected in (
        ("NetA has the best PQA score.", ""),  # of its group it has
        ("NetC has the best PQA score.", "disagree"),
        ("NetA has the best PQA score of the two.", "agree"),
        ("NetE has the best PQA score of the four.", "agree"),
    ):
        assert said(text, rows=rows, header=("", "Model", "PQA")) == expected


def test_best_on_a_task_may_be_the_best_of_a_systems_own_scores():
    rows, header = (("NetA", "81.9", "70.0"), ("NetC", "79.0", "68.1")), ("Model", "PQA", "TAGS")
    assert said("NetC performs best on PQA.", rows=rows, header=header) == ""
    assert said("NetC performs best on TAGS.", rows=rows, header=header) == "disagree"


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("NetA beats NetB in all languages.", ("sw", "ur"), "agree"),
        ("NetA beats NetB in all languages.", ("sw",), ""),
        ("NetA beats NetB on all tasks.", ("PQA", "TAGS"), "agree"),
        ("NetA beats NetB on all tasks.", ("PQA",), ""),
        ("NetA beats NetB on all tasks.", ("sw", "ur"), ""),
        ("NetA beats NetB on all tasks.", ("PQA", "TAGS", "TIE"), ""),
    ],
)
def test_what_is_counted_are_columns_of_the_kind_that_a_claim_names(text, columns, expected):
    ahead = ("NetA", *("50.0" if name == "TIE" else "70.0" for name in columns))
    behind = ("NetB", *("50.0" for _ in columns))
    assert said(text, rows=(ahead, behind), header=("Model", *columns)) == expected


def test_a_cell_of_one_number_under_two_measures_is_that_number():
    rows = (("NetA", "70.0"), ("NetB", "60.0"))
    assert said("NetA scores 10.0 EM higher than NetB on QUIZ.", rows=rows, header=("Model", "QUIZ F1 / EM")) == "agree"


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("NetA beats NetB by 10.0 points on PQA.", ("PQA", "PQA Avg"), "agree"),
        ("NetA beats NetB by 10.0 F1.", ("TAGS F1", "PQA Acc."), ""),  # a measure is no column
        ("NetA beats NetB by 10.0 points on PQA as it is.", ("PQA", "it"), "agree"),
        ("NetA beats NetB by 9.0 points on IT.", ("PQA", "it"), "agree"),
    ],
)
def test_the_column_that_a_claim_names(text, columns, expected):
    rows = (("NetA", "70.0", "79.0"), ("NetB", "60.0", "70.0"))
    assert said(text, rows=rows, header=("Model", *columns)) == expected


def test_a_name_that_two_sizes_bear_gives_nothing():
    rows = (("NetA", "70.0"), ("NetB Large", "60.0"), ("NetB Small", "50.0"))
    assert said("NetA beats NetB Large by 10.0 points on PQA.", rows=rows, header=("Model", "PQA")) == "agree"
    assert said("NetA beats NetB by 10.0 points on PQA.", rows=rows, header=("Model", "PQA")) == ""


def test_two_columns_of_one_name_give_nothing():
    header = (*HEADER[:3], "Pair PQA Acc.", *HEADER[4:])
    assert said("NetA beats NetB Large by 8.4 points on PQA.", header=header) == ""
    few = ("Model", "PQA", "PQA", "TAGS", "FIND")
    rows = (("NetA", *["70.0"] * 4), ("NetB", *["60.0"] * 4))
    assert said("NetA beats NetB on all tasks.", rows=rows, header=few) == ""
    assert said("NetA averages 70.0 over two tasks.", rows=rows, header=few) == ""


def test_a_second_table_of_the_same_systems_and_columns_leaves_only_the_figure_that_comes_out():
    other = grid(tuple((a, b, "1.0", "2.0", "3.0 / 4.0", "5.0", "6.0") for a, b, *_ in ROWS[:3]))
    right, wrong = "NetA beats NetB Large by 8.4 points on PQA.", "NetA beats NetB Large by 7.4 points on PQA."
    assert [one.check.value for one in recompute_any(right, [grid(), other])] == ["agree"]
    assert recompute_any(wrong, [grid(), other]) == ()
    assert [one.check.value for one in recompute_any(wrong, [grid()])] == ["disagree"]
    order = "NetA beats NetB Large on PQA."
    assert [one.check.value for one in recompute_any(order, [grid()])] == ["agree"]
    assert recompute_any(order, [grid(), other]) == ()


def test_of_two_papers_the_one_that_bears_a_figure_out_counts():
    other = grid(tuple((a, b, "1.0", "2.0", "3.0 / 4.0", "5.0", "6.0") for a, b, *_ in ROWS[:3]), paper="P2")
    found = recompute_any("NetA beats NetB Large by 8.4 points on PQA.", [grid(), other])
    assert [(one.check, one.passage_ids[0][:2]) for one in found] == [(NumberCheck.AGREE, "P1")]


def test_systems_of_two_groups_are_compared_where_no_group_has_both():
    rows = (("Small", "NetA", "70.0"), ("Small", "NetB", "60.0"), ("Big", "NetC", "90.0"), ("Big", "NetD", "80.0"))
    assert said("NetC beats NetA by 20.0 points on PQA.", rows=rows, header=("", "Model", "PQA")) == "agree"


def test_a_part_of_a_table_has_no_mean():
    made = grid((("NetA", "70.0", "80.0"),), ("Model", "PQA", "TAGS"))
    found = recompute("NetA averages 75.0 over two tasks.", made)
    assert found is not None and found.check is NumberCheck.AGREE
    assert recompute("NetA averages 75.0 over two tasks.", replace(made, whole=False)) is None


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        ("-3.2", "-3.2", NumberCheck.AGREE),
        ("-3.2", "-3.9", NumberCheck.DISAGREE),
        ("3.2", "-3.2", NumberCheck.DISAGREE),
        ("-3.2", "3.2", NumberCheck.AGREE),  # "a loss of −3.2" beside a gap, which has no sign
    ],
)
def test_a_negative_value_is_compared_with_its_sign(stated, computed, expected):
    (quantity,) = extract(f"The average is {stated}.")
    assert quantity.value == Fraction(stated)
    assert fits(quantity, Fraction(computed), Fraction(1, 20)) is expected


@pytest.mark.parametrize(
    ("bound", "computed", "expected"),
    [
        ("more than", "7.8", NumberCheck.DISAGREE),
        ("more than", "7.95", None),  # rounding of the cells explains it
        ("more than", "8.4", NumberCheck.AGREE),
        ("more than", "17", None),  # far more is not what was meant
        ("less than", "8.2", NumberCheck.DISAGREE),
        ("less than", "8.05", None),
        ("less than", "7", NumberCheck.AGREE),
        ("less than", "3", None),
        ("about", "8.4", NumberCheck.AGREE),
        ("about", "8.9", None),
        ("about", "9.5", NumberCheck.DISAGREE),
    ],
)
def test_a_bound_holds_up_to_rounding_and_not_from_afar(bound, computed, expected):
    (quantity,) = extract(f"It gains {bound} 8 points.")
    assert fits(quantity, Fraction(computed), Fraction(1, 10)) is expected


def test_sizes_are_no_scores():
    rows, header = (("NetA", "110", "70.0", "80.0"),), ("Model", "#Params", "PQA", "TAGS")
    assert said("NetA averages 75.0 over two tasks.", rows=rows, header=header) == "agree"


def test_columns_without_a_name_are_not_taken_for_one_another():
    rows, header = (("NetA", *["70.0"] * 4), ("NetB", *["60.0"] * 4)), ("Model", "", "", "PQA", "TAGS")
    assert said("NetA beats NetB on all two tasks.", rows=rows, header=header) == "agree"


def test_a_first_column_that_repeats_nothing_is_a_label_and_no_group():
    rows, header = (("NetA", "Wiki", "70.0"), ("NetB", "News", "60.0")), ("", "Data", "PQA")
    assert [(row.group, row.label, row.notes) for row in grid(rows, header).rows] == [
        ("", "NetA", ("Wiki",)),
        ("", "NetB", ("News",)),
    ]


def test_two_tables_under_one_caption_are_parts():
    made = [replace(one, box=Box(0.0, 0.0, 9.0, 9.0)) if one.id > "P1#0003" else one for one in rows_of()]
    grids = grids_of(made)
    assert grids["P1#0002"] is grids["P1#0003"] is not grids["P1#0004"]
    assert not any(one.whole for one in grids.values())
    assert all(one.whole for one in grids_of(rows_of()).values())


def test_nothing_is_best_beside_a_rival_with_two_numbers():
    rows = (ROWS[0], ROWS[1], ("Transfer", "NetC", "79.0", "68.1 / 95.0", *ROWS[2][4:]))
    assert said("NetB Large has the best TAGS score of the three.", rows=rows) == ""
    assert said("NetB Large has the best TAGS score of the three.", rows=ROWS[:3]) == "agree"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NetA is 0.0021 higher than NetB on PQA.", "0.8412 − 0.8391 = 0.0021"),
        ("NetB is 0.008 higher than NetA on TAGS.", "0.52 − 0.512 = 0.008"),
        ("NetA is 3 higher than NetB on FIND.", "15 − 12 = 3"),
    ],
)
def test_a_difference_has_all_the_places_of_what_it_comes_from(text, expected):
    rows = (("NetA", "0.8412", "0.512", "15"), ("NetB", "0.8391", "0.52", "12"))
    found = recompute(text, grid(rows, ("Model", "PQA", "TAGS", "FIND")))
    assert found is not None
    assert (found.text.split(" (")[0], found.check.value) == (expected, "agree")


@pytest.mark.parametrize(
    ("value", "half", "expected"),
    [
        (Fraction(200, 3), Fraction(1, 20), "66.67"),
        (Fraction(-200, 3), Fraction(1, 2), "−66.67"),
        (Fraction(2, 3), Fraction(1, 20000), "0.6667"),
        (Fraction(100), Fraction(1, 200), "100"),
        (Fraction(-1, 1000), Fraction(1, 200), "0"),
    ],
)
def test_a_mean_has_two_places_or_those_of_its_cells(value, half, expected):
    assert shown(value, half) == expected


def test_the_reader_is_shown_the_sum():
    found = recompute("NetB Large trails NetA by 8.4 points on PQA.", grid())
    assert found is not None
    assert found.text == SUM
    assert found.passage_ids == ("P1#0002", "P1#0003")


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("NetA beats NetB Large by 8.4 points on PQA.", "", [NumberCheck.AGREE, NumberCheck.AGREE]),
        ("NetA beats NetB Large by 7.4 points on PQA.", "", [NumberCheck.DISAGREE, NumberCheck.DISAGREE]),
        ("NetA beats NetB Large by 7.4 points on PQA.", "P2", [NumberCheck.MISSING, NumberCheck.MISSING]),
        ("NetA beats NetB Large by 8.4 points on PQA.", "P2", [NumberCheck.AGREE, NumberCheck.AGREE]),
        ("NetA reaches 81.9 on PQA, 8.4 points better than NetB Large.", "", [NumberCheck.AGREE, NumberCheck.AGREE]),
        ("NetA reaches 85.1 on PQA, 8.4 points better than NetB Large.", "", [NumberCheck.MISSING] * 2),
    ],
)
def test_the_rows_of_a_run_are_checked_together(text, own, expected):
    made = {one.id: one for one in rows_of()}
    asked = claim(text, origins=[origin(own)] if own else [])
    run = [ScoredPassage(passage_id=f"P1#000{at}", score=1.0, sparse=1.0, dense=0.5) for at in (2, 3, 4)]
    found = evidence_for(asked, run, made, np.zeros((3, 3)), grids_of(made.values()))
    assert [one.numbers for one in found[:2]] == expected
    assert found[2].numbers is NumberCheck.MISSING  # the third row has no part in it
    spoken = NumberCheck.MISSING not in expected
    assert [one.arithmetic for one in found] == [SUM if spoken else ""] * 2 + [""]
    without = evidence_for(asked, run, made, np.zeros((3, 3)))
    assert {(one.numbers, one.arithmetic) for one in without} == {(NumberCheck.MISSING, "")}


@pytest.mark.parametrize(
    ("text", "logits", "expected"),
    [
        ("NetA beats NetB Large by 8.4 points on PQA.", [-4.0, 0.0, 4.0], Stance.SUPPORTS),
        ("NetA beats NetB Large by 7.4 points on PQA.", [4.0, 0.0, -4.0], Stance.REFUTES),
    ],
)
def test_a_sum_outweighs_what_the_model_made_of_one_row(text, logits, expected):
    made = {one.id: one for one in rows_of()}
    run = [ScoredPassage(passage_id=f"P1#000{at}", score=1.0, sparse=1.0, dense=0.5) for at in (2, 3, 4)]
    found = evidence_for(claim(text), run, made, np.array([logits] * 3), grids_of(made.values()))
    assert [one.stance for one in found] == [expected, expected, stance_of(logits)]
    assert all(one.logits == tuple(logits) for one in found)
    assert stance_of(logits) is not expected


def line(name: str) -> ScoredPassage:
    return ScoredPassage(passage_id=name, score=1.0, sparse=1.0, dense=0.5)


def test_the_rows_of_a_sum_are_read_though_no_search_finds_them():
    prose = passage("P1#0009", "NetA and NetB Large are compared on PQA.")
    made = {one.id: one for one in [*rows_of(), prose]}
    grids = grids_of(made.values())
    asked = claim("NetA beats NetB Large by 8.4 points on PQA.")
    assert rows_besides([line("P1#0009")], asked, made, grids) == ("P1#0002", "P1#0003")
    assert rows_besides([line("P1#0009"), line("P1#0003")], asked, made, grids) == ("P1#0002",)
    assert rows_besides([line("P1#0009")], claim("NetA is a network with many layers."), made, grids) == ()


def test_no_table_is_asked_of_a_paper_that_no_search_met():
    other = passage("P2#0001", "NetA and NetB Large are compared on PQA.")
    made = {one.id: one for one in [*rows_of(), other]}
    asked = claim("NetA beats NetB Large by 8.4 points on PQA.")
    assert rows_besides([line("P2#0001")], asked, made, grids_of(made.values())) == ()


NAMES = st.lists(st.sampled_from([f"Net{a}{b}" for a in "ABCD" for b in "XYZ"]), min_size=2, max_size=5, unique=True)
TASKS = st.lists(st.sampled_from([f"{a}{b}Q" for a in "KLMN" for b in "RSTV"]), min_size=1, max_size=5, unique=True)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[str], list[list[int]]]:
    """Systems, tasks, and scores in tenths."""
    systems, tasks = draw(NAMES), draw(TASKS)
    score = st.integers(100, 999)
    return systems, tasks, [[draw(score) for _ in tasks] for _ in systems]


def tenths(value: int) -> str:
    return f"{value // 10}.{value % 10}"


def grid_from(systems, tasks, scores) -> Grid:
    rows = [(name, *map(tenths, row)) for name, row in zip(systems, scores, strict=True)]
    return grid(rows, ("Model", *tasks), "Table 1: Scores.")


@given(tables(), st.integers(-30, 30))
def test_a_difference_is_right_where_it_comes_out_and_only_there(made, off):
    systems, tasks, scores = made
    difference = scores[0][0] - scores[1][0]
    assume(difference > 0 and difference + off > 0)
    text = f"{systems[0]} beats {systems[1]} by {tenths(difference + off)} points on {tasks[0]}."
    found = recompute(text, grid_from(*made))
    if off == 0:
        assert found is not None
        assert found.check is NumberCheck.AGREE
    elif abs(off) > 1:
        assert found is not None
        assert found.check is NumberCheck.DISAGREE
    else:
        assert found is None


@given(tables(), st.integers(-30, 30))
def test_a_mean_is_right_where_it_comes_out_and_only_there(made, off):
    systems, tasks, scores = made
    assume(len(tasks) > 1)
    total, n = sum(scores[0]), len(tasks)
    stated = total // n + off
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    found = recompute(f"{systems[0]} averages {tenths(stated)} on {words[n]} tasks.", grid_from(*made))
    gap = abs(Fraction(total, n) - stated)
    if gap <= Fraction(1, 2):
        assert found is not None
        assert found.check is NumberCheck.AGREE
    elif gap > 1:
        assert found is not None
        assert found.check is NumberCheck.DISAGREE
    else:
        assert found is None


@given(tables(), st.randoms(use_true_random=False), st.sampled_from(["beats", "trails", "is better than"]))
def test_the_order_of_rows_and_columns_changes_nothing(made, rng, verb):
    systems, tasks, scores = made
    across = rng.sample(range(len(tasks)), len(tasks))
    down = rng.sample(range(len(systems)), len(systems))
    turned = (
        [systems[at] for at in down],
        [tasks[at] for at in across],
        [[scores[at][to] for to in across] for at in down],
    )
    for text in (
        f"{systems[0]} {verb} {systems[1]} on {tasks[0]}.",
        f"{systems[0]} {verb} {systems[1]} by 12.3 points on {tasks[0]}.",
        f"{systems[0]} has the highest {tasks[0]} score.",
        f"{systems[0]} {verb} {systems[1]} on all tasks.",
    ):
        one, other = recompute(text, grid_from(*made)), recompute(text, grid_from(*turned))
        assert (one and (one.check, one.text)) == (other and (other.check, other.text))


@given(st.text(string.printable, max_size=120))
def test_any_text_is_read(text):
    statement_of(text)
    recompute(text, grid())
    recompute(text + " NetA beats NetC", grid(caption=text or "x"))


@given(tables())
def test_who_beats_is_not_beaten(made):
    systems, tasks, scores = made
    assume(abs(scores[0][0] - scores[1][0]) > 1)
    first = recompute(f"{systems[0]} beats {systems[1]} on {tasks[0]}.", grid_from(*made))
    second = recompute(f"{systems[1]} beats {systems[0]} on {tasks[0]}.", grid_from(*made))
    assert first is not None
    assert second is not None
    assert {first.check, second.check} == {NumberCheck.AGREE, NumberCheck.DISAGREE}
    assert first.text == second.text


@pytest.mark.shared
def test_a_published_table_adds_up(shared):
    paper = Paper(id="2003.11080", title="", authors=(), abstract="", published=None, source=Source.FILE)
    read = passages_of(read_pdf(shared / "arxiv" / "pdf" / "2003.11080.pdf", paper))
    tables = set(grids_of(read).values())
    (overall,) = (one for one in tables if one.name == "Table 2")
    rows = [row for row in overall.rows if "Avg" in row.cells]
    assert len(rows) == 4
    for row in rows:
        found, (printed,) = mean(row, overall.scores), row.cells["Avg"]
        assert found is not None
        assert abs(found[0] - printed.value) <= printed.half
    for off, check in (("13.8", NumberCheck.AGREE), ("12.8", NumberCheck.DISAGREE)):
        text = f"XLM-R Large beats mBERT by {off} points on XNLI."
        assert [one.check for one in recompute_any(text, [overall])] == [check]
    assert [one.check for one in recompute_any("XLM-R Large beats mBERT by 13.8 points on XNLI.", tables)] == [
        NumberCheck.AGREE
    ]


def test_replaced_labels_are_other_systems():
    made = grid()
    turned = replace(made.rows[0], label="NetZ")
    assert (
        recompute("NetA beats NetB Large by 8.4 points on PQA.", replace(made, rows=(turned, *made.rows[1:3]))) is None
    )
