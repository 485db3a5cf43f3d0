"""The overlap of tables: symmetric, counted by hand on small tables, and shown as text that stays text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.diff.matching.pairs import match
from synth.diff.overlap import Overlap, overlap, overlap_json, overlap_markdown, overlap_text
from synth.diff.table import Row, Table
from synth.diff.tables.reading import read_many
from synth.text import claim_id
from tests.report.reading import markdown_text, markdown_tokens


@dataclass(frozen=True)
class Pair:
    old: Row
    new: Row


@dataclass(frozen=True)
class Pairs:
    pairs: tuple[Pair, ...]


def by_id(old: Sequence[Row], new: Sequence[Row]) -> Pairs:
    news = {row.id: row for row in new}
    return Pairs(tuple(Pair(row, news[row.id]) for row in old if row.id in news))


def by_first_word(old: Sequence[Row], new: Sequence[Row]) -> Pairs:
    news = {row.text.split()[0]: row for row in new}
    return Pairs(tuple(Pair(row, news[row.text.split()[0]]) for row in old if row.text.split()[0] in news))


def table(name: str, *claims: str, question: str | None = None) -> Table:
    rows = [
        Row(id=claim_id(text), number=number, text=text.removesuffix("…"), cut=text.endswith("…"))
        for number, text in enumerate(claims, 1)
    ]
    return Table(name=name, rows=tuple(rows), question=question)


@pytest.fixture
def three() -> Overlap:
    return overlap(
        [
            table("reports/x", "Pumpkins grow.", "Walls stand.", "Snails eat.", question="Do | they?"),
            table("reports/y/claims.csv", "Pumpkins grow.", "Walls stand.", "It is late."),
            table("HEAD:z", "Pumpkins grow."),
        ],
        by_id,
    )


def test_counts_and_jaccard(three: Overlap) -> None:
    assert three.sizes == (3, 3, 1)
    assert three.shared == ((3, 2, 1), (2, 3, 1), (1, 1, 1))
    assert three.jaccard == ((1.0, 2 / 4, 1 / 3), (2 / 4, 1.0, 1 / 3), (1 / 3, 1 / 3, 1.0))
    assert three.distinct == 4
    assert [(claim.text, claim.tables) for claim in three.recurring] == [
        ("Pumpkins grow.", (0, 1, 2)),
        ("Walls stand.", (0, 1)),
    ]


def test_a_claim_is_shown_by_its_longest_whole_wording() -> None:
    tables = [table("a", "Pumpkins grow on wal…"), table("b", "Pumpkins grow."), table("c", "Pumpkins grow too.")]
    (claim,) = overlap(tables, by_first_word).recurring
    assert (claim.text, claim.cut, claim.tables) == ("Pumpkins grow too.", False, (0, 1, 2))
    (claim,) = overlap(tables[:1] * 2, by_first_word).recurring
    assert (claim.text, claim.cut) == ("Pumpkins grow on wal", True)


def test_what_pairs_join_is_one_claim() -> None:
    a, b, c = table("a", "One x"), table("b", "One x", "Two"), table("c", "Two")

    def chain(old: Sequence[Row], new: Sequence[Row]) -> Pairs:
        if (old, new) == (b.rows, c.rows):
            return Pairs((Pair(b.rows[0], c.rows[0]),))
        return by_id(old, new) if (old, new) == (a.rows, b.rows) else Pairs(())

    found = overlap([a, b, c], chain)
    assert [claim.tables for claim in found.recurring] == [(0, 1, 2)]
    assert (found.distinct, found.shared[0][2]) == (2, 0)


def test_no_tables_and_empty_ones() -> None:
    assert overlap([], by_id).shared == ()
    found = overlap([table("a"), table("b")], by_id)
    assert found.jaccard == ((None, None), (None, None))
    assert overlap_text(found).startswith("2 tables with 0 claims, 0 of them distinct; 0 stand in more than one")
    assert "NaN" not in json.dumps(overlap_json(found), allow_nan=False)


def test_one_is_no_plural_and_what_ends_in_dots_gets_no_more() -> None:
    alone = overlap_text(overlap([table("x", "Pumpkins grow.")], by_id))
    assert alone.startswith("1 table with 1 claim, 1 of them distinct; 0 stand in more than one table.")
    row = Row(id="a", number=1, text="Pumpkins gr...", cut=True)
    shown = overlap_text(overlap([Table(name="x", rows=(row,)), Table(name="y", rows=(row,))], by_id))
    assert shown.endswith("  A B  Pumpkins gr...\n")


def test_text(three: Overlap) -> None:
    assert overlap_text(three) == (
        "3 tables with 7 claims, 4 of them distinct; 2 stand in more than one table.\n"
        "\n"
        "  A  x (3): Do | they?\n"
        "  B  y (3)\n"
        "  C  z (1)\n"
        "\n"
        "Shared claims, and Jaccard index in percent:\n"
        "\n"
        "            A        B        C\n"
        "  A         3  2 (50%)  1 (33%)\n"
        "  B   2 (50%)        3  1 (33%)\n"
        "  C   1 (33%)  1 (33%)        1\n"
        "\n"
        "In 3 of 3 tables:\n"
        "  A B C  Pumpkins grow.\n"
        "\n"
        "In 2 of 3 tables:\n"
        "  A B  Walls stand.\n"
    )


def test_markdown(three: Overlap) -> None:
    text = overlap_markdown(three)
    assert "| **A** | 3 | 2 (50%) | 1 (33%) |" in text
    assert "| A B C | Pumpkins grow. |" in text
    assert "Do | they?" in markdown_text(text)


def test_text_of_the_tables_stays_text() -> None:
    bad = "<b>Bold</b> | `code` [x](http://x.org)\x1b[31m\n# head"
    found = overlap([table(f"a{bad}", bad, question=bad), table("b", bad)], by_id)
    assert "\x1b" not in overlap_text(found)
    tokens = markdown_tokens(overlap_markdown(found))
    assert not [token for token in tokens if token.type in ("html_inline", "link_open", "code_inline", "heading_open")]
    assert len([token for token in tokens if token.type == "td_open"]) == 2 * 3 + 2


def test_json(three: Overlap) -> None:
    body = json.loads(json.dumps(overlap_json(three), allow_nan=False))
    assert body["tables"][0] == {"letter": "A", "name": "reports/x", "question": "Do | they?", "claims": 3}
    assert body["shared"] == [[3, 2, 1], [2, 3, 1], [1, 1, 1]]
    assert body["jaccard"][0] == [1.0, 0.5, 0.3333]
    assert body["recurring"][1] == {"text": "Walls stand.", "cut": False, "tables": ["A", "B"]}
    assert body["distinct"] == 4


def test_letters_go_on_behind_z() -> None:
    found = overlap([table(f"t{number}", "A.") for number in range(28)], by_id)
    assert [one["letter"] for one in overlap_json(found)["tables"]][-3:] == ["Z", "A1", "B1"]


CLAIMS = st.lists(st.sampled_from(["a b.", "b c.", "c d.", "d e.", "e f."]), unique=True, max_size=5)


@given(st.lists(CLAIMS, min_size=1, max_size=4), st.randoms())
def test_the_matrix_is_symmetric_and_knows_no_order_of_rows(lists, random) -> None:
    tables = [table(f"t{place}", *claims) for place, claims in enumerate(lists)]
    found = overlap(tables, by_id)
    for one, other in [(one, other) for one in range(len(lists)) for other in range(len(lists))]:
        both = len(set(lists[one]) & set(lists[other]))
        either = len(set(lists[one]) | set(lists[other]))
        assert found.shared[one][other] == found.shared[other][one] == both
        assert found.jaccard[one][other] == (both / either if either else None)
    assert found.distinct == len({claim for claims in lists for claim in claims})
    for claims in lists:
        random.shuffle(claims)
    assert overlap([table(f"t{place}", *claims) for place, claims in enumerate(lists)], by_id) == found


@pytest.mark.shared
def test_the_sample_cards_repeat_each_other(shared: Path) -> None:
    found = overlap(read_many(str(shared / "seeds")), match)
    assert (sum(found.sizes), found.sizes) == (63, (14, 9, 14, 14, 12))
    assert (found.shared[0][2], found.shared[0][3], found.shared[2][3]) == (14, 14, 14)
    assert [found.shared[4][other] for other in range(4)] == [0, 0, 0, 0]
    assert len([claim for claim in found.recurring if len(claim.tables) == 4]) >= 6
