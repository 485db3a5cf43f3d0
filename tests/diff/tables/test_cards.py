"""Report cards: all of their rows come in, what differs from their own counts is told, damage is named by line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.diff.tables.cards import is_card, is_report, read_card
from synth.diff.tables.csv_table import claim_text, is_cut
from synth.errors import ConfigError
from synth.text import claim_id
from tests.diff.card_examples import BARE, CARD, CUT, NOTES, card

SEEDS = [(14, 13, 8.9), (9, 9, 9.3), (14, 13, 8.8), (14, 13, 8.8), (12, 10, 7.8)]
"""Rows, check marks and quality score of each sample card, as its own text prints them."""


@pytest.mark.shared
def test_the_sample_cards_come_in_without_loss(shared) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "seeds").glob("*.txt"))]
    read = [read_card(text) for text in texts]
    found = [(len(table.rows), sum(bool(row.verified) for row in table.rows), table.score) for table, _ in read]
    assert found == SEEDS
    assert sum(rows for rows, _, _ in found) == 63
    assert [notes for _, notes in read] == [()] * 5
    for text, (table, _) in zip(texts, read, strict=True):
        assert table.title in text
        assert table.question is not None and table.question.endswith("?") and table.question in text
        assert sorted(re.findall(r"abs/(\S+)>", text)) == list(table.papers or ())
        assert all(row.confidence is not None and f"\t{row.confidence:.2f}\n" in text for row in table.rows)
        assert all("<" not in row.text and (row.cut or row.text.endswith(".")) for row in table.rows)


@pytest.mark.shared
def test_every_cell_of_a_sample_card_is_in_its_row(shared) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.count("\t") == 2]
        rows = read_card(path.read_text(encoding="utf-8"))[0].rows
        for (claim, mark, confidence), row in zip(lines[1:], rows, strict=True):
            assert row.text == claim or "<a href" in claim
            assert (row.verified, row.confidence) == (mark == "✓", float(confidence))


@pytest.mark.parametrize("text", [CARD, BARE, CARD.replace("\n", "\r\n"), "\ufeff" + CARD, CARD.replace("\n", "\r")])
def test_a_card_in_all_its_spellings(text: str) -> None:
    table, notes = read_card(text)
    assert table.title == "Colour and Weight of Pumpkins by the Side of the Wall"
    assert table.question == (
        "How does the side of the wall change the weight of pumpkins (e.g., of Hokkaido) from 1 to 10 kg?"
    )
    assert (table.score, table.error, table.answer, table.shows_evidence) == (8.4, None, None, "none")
    assert table.papers == ("2501.00001v1", "2501.00003v2")
    assert [row.text for row in table.rows] == [
        CUT,
        "Pumpkins on the south wall ripen 12 days earlier.",
        "The seeds are listed at https://example.org/seeds.",
        "Snails & slugs leave a <mask> of slime where p < 0.05.",
    ]
    assert [row.cut for row in table.rows] == [True, False, False, False]
    assert [row.verified for row in table.rows] == [True, True, False, True]
    assert [row.confidence for row in table.rows] == [0.27, 0.3, 0.11, 1.0]
    assert [row.number for row in table.rows] == [1, 2, 3, 4]
    assert all(row.id == claim_id(row.text) and row.label is None and not row.evidence for row in table.rows)
    assert notes == NOTES


@pytest.mark.parametrize(
    ("mark", "verified"),
    [("✓", True), ("✔\ufe0f", True), ("Yes", True), ("×", False), ("✗", False), ("no", False), ("", None), ("–", None)],
)
def test_marks(mark: str, verified: bool | None) -> None:
    assert read_card(card(f"A.\t{mark}\t0.5"))[0].rows[0].verified is verified


@pytest.mark.parametrize(
    "lines",
    [
        ("Pumpkins grow", "on walls.\t✓\t0.5"),
        ("Pumpkins\tgrow\ton walls.\t✓\t0.5",),
        ("| Pumpkins grow on walls. | ✓ | 0.5 |",),
        ("|---|---|---|", "| Pumpkins grow on walls. | ✓ | 0.5 |"),
        ("  Pumpkins grow on walls. \t ✓ \t 0.5  ",),
        ("Pumpkins <b>grow</b> on walls.\t✓\t0.5",),
    ],
)
def test_a_row_however_it_is_broken(lines: tuple[str, ...]) -> None:
    table, notes = read_card(card(*lines))
    assert [(row.text, row.verified, row.confidence) for row in table.rows] == [("Pumpkins grow on walls.", True, 0.5)]
    assert notes == ()


def test_what_the_reader_is_told() -> None:
    rows = ("A.\t✓\t0.5", "B.\t✓\t0.5", "a\t×\t0.1", "left over")
    table, notes = read_card(
        card(*rows, counts="3 papers. 3 claims extracted; 3 independently verified."), name="x.txt"
    )
    assert [row.text for row in table.rows] == ["A.", "B."]
    assert notes == (
        "x.txt, line 18: the claim of line 16 again; the first is kept",
        "x.txt, line 19: “left over” is no row; left out",
        "x.txt: the card says 3 claims extracted, its table has 2",
        "x.txt: the card says 3 verified, its table has 2",
    )


@pytest.mark.parametrize(
    ("counts", "score"),
    [
        ("Quality review score: 8.4/10.", 8.4),
        ("Quality review score: 84/10.", None),
        ("Quality review score: 8.4/10.\n\n2 Methodology\n\nA quality score of 7.1/10.", 8.4),
        ("Nothing.\n\n2 Methodology\n\nA quality score of 7.1/10.", 7.1),
        ("Quality review score: 8.4/10.\n\n3 Results\n\nMore of them.", 8.4),
    ],
)
def test_the_score_of_a_card(counts: str, score: float | None) -> None:
    assert read_card(card("A.\t✓\t0.5", counts=counts))[0].score == score


def test_a_card_that_counts_too_few_is_told() -> None:
    _, notes = read_card(card("A.\t✓\t0.5", "B.\t✓\t0.5", counts="1 claim extracted; 1 verified."))
    assert notes == (
        "card: the card says 1 claims extracted, its table has 2",
        "card: the card says 1 verified, its table has 2",
    )


def test_another_section_ends_the_claims() -> None:
    table, notes = read_card(card("A.\t✓\t0.5") + "\n## Acknowledgements\n\nB.\t✓\t0.5\n")
    assert ([row.text for row in table.rows], notes) == (["A."], ())


def test_what_stands_above_the_header_is_no_part_of_the_first_claim() -> None:
    table, notes = read_card("Extracted Claims\nThese were found:\nClaim\tVerified\tConfidence\nA.\t✓\t0.5\n")
    assert [row.text for row in table.rows] == ["A."]
    assert notes == ("card, line 2: “These were found:” is no row; left out",)


def test_a_bar_within_a_cell_parts_no_cells() -> None:
    assert read_card(card("| P(a \\| b) grows. | ✓ | 0.5 |"))[0].rows[0].text == "P(a | b) grows."


def test_an_address_ends_before_the_stop_of_its_sentence() -> None:
    table, notes = read_card(card("A.\t✓\t0.5") + "\nReferences\n\n(see https://arxiv.org/abs/2501.00001v1).\n")
    assert (table.papers, notes) == (("2501.00001v1",), ())


def test_a_question_ends_with_its_paragraph() -> None:
    told = "Do pumpkins grow?.\n\nWe say that they do"
    assert read_card(card("A.\t✓\t0.5", question=told))[0].question == "Do pumpkins grow?"


def test_a_card_without_all_the_rest() -> None:
    table, notes = read_card("Extracted claims\nA.\tyes\t.5\n")
    assert (table.question, table.title, table.papers, table.score, notes) == (None, "", None, None, ())
    assert [row.text for row in table.rows] == ["A."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Dear reader,\n", "x.txt is no report card: it has no section “Extracted Claims”"),
        (card(), "x.txt: no row stands under “Extracted Claims”"),
        (card("A.\t✓\t0.5", "B.\tmaybe\t0.5"), "x.txt, line 17: “maybe” is no known mark; expected one of ✓"),
        (card("A.\t✓\tNaN"), "x.txt, line 16: the confidence is “NaN”; expected a number from 0 to 1"),
        (card("A.\t✓\t1.7"), "line 16: the confidence is “1.7”"),
        (card("A.\t✓\t0,27"), "line 16: the confidence is “0,27”"),
        (card("A.\t✓\t-0.1"), "line 16: the confidence is “-0.1”"),
        (card("<br>\t✓\t0.5"), "line 16: the claim is empty"),
        (card("a" * 200_000 + "\t✓\t0.5"), "line 16: 200,006 characters on one line"),
    ],
)
def test_damage_is_named(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        read_card(text, name="x.txt")


def test_what_is_a_card() -> None:
    assert is_card(CARD) and is_card(BARE)
    assert not is_card("We wrote 5 Extracted Claims down.\n")
    own = f"{CARD}\n| # | Claim | Verified | Confidence | Evidence |\n"
    assert is_report(own) and not is_card(own)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('See <a href="https://x.org/a">https://x.org/a</a> .', "See https://x.org/a."),
        ('See <a href="https://x.o', "See"),
        ("See <a hre", "See"),
        ("It is <i>so</i", "It is so"),
        ("About 10<sup>3</sup> of H<sub>2</sub>O<br/>stay", "About 10^3 of H2O stay"),
        ("Tokens <mask>, <s> and </s> stay, so does a <b", "Tokens <mask>, <s> and </s> stay, so does a <b"),
        ("Q&amp;A &lt;b&gt;now&lt;/b&gt; at p &lt; 0.05", "Q&A now at p < 0.05"),
        ("two\u00a0  words\t here .", "two words here ."),
    ],
)
def test_html_debris(cell: str, text: str) -> None:
    assert claim_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "cut"),
    [
        ("a" * 120, True),
        ("a" * 118, True),
        ("a" * 121, True),
        ("a" * 117, False),
        ("a" * 122, False),
        ("a" * 119 + ".", False),
        ("a" * 118 + "?”", False),
        ("a" * 112 + " et al.", True),
        ("a" * 110 + " by e.g.", True),
        ("Short and…", True),
        ("Short and...", True),
        ("Short and", False),
    ],
)
def test_what_counts_as_cut(cell: str, cut: bool) -> None:
    assert is_cut(cell) is cut


CLAIM = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="<>&|"), min_size=1)


@given(st.lists(CLAIM.filter(lambda text: bool(re.search(r"\w", text))), min_size=1, max_size=8, unique_by=claim_id))
def test_any_claim_comes_in(claims: list[str]) -> None:
    rows = [f"{claim}\t{'✓' if place % 2 else '×'}\t0.{place}5" for place, claim in enumerate(claims)]
    table, notes = read_card(card(*rows))
    assert [row.text for row in table.rows] == [" ".join(claim.split()) for claim in claims]
    assert [row.confidence for row in table.rows] == [float(f"0.{place}5") for place in range(len(claims))]
    assert [row.verified for row in table.rows] == [bool(place % 2) for place in range(len(claims))]
    assert notes == ()
