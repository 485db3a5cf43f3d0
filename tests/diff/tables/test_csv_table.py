"""claims.csv comes back row by row; other people's tables are understood; damage is named by line."""

import csv
import dataclasses
import io
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from synth.diff.table import Row, Table
from synth.diff.tables.csv_table import csv_table
from synth.diff.tables.report_table import report_table
from synth.errors import ConfigError
from synth.report.export import claims_csv, report_to_json
from synth.text import claim_id
from synth.types import Label, Report, Stance
from tests.report.example import empty, example, taking_sides
from tests.report.example_claims import row

NO_NUL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)


def as_csv_shows(table: Table) -> tuple[Row, ...]:
    """Rows of a report.json with the best piece of evidence and four decimals only."""
    return tuple(
        dataclasses.replace(
            one,
            evidence=one.evidence[:1],
            confidence=None if one.confidence is None else float(f"{one.confidence:.4f}"),
        )
        for one in table.rows
    )


def both(report: Report) -> tuple[Table, Table]:
    return csv_table(claims_csv(report)), report_table(report_to_json(report))


@pytest.mark.parametrize("make", [example, empty, taking_sides])
def test_a_report_is_the_same_table_from_csv_and_json(make) -> None:
    from_csv, from_json = both(make())
    assert from_csv.rows == as_csv_shows(from_json)
    assert len(from_csv.rows) == len(make().claims)
    assert (from_csv.shows_evidence, from_csv.papers, from_csv.question) == ("best", None, None)


def test_the_examples_hold_what_has_to_come_back() -> None:
    rows = csv_table(claims_csv(example())).rows
    assert {one.label for one in rows} >= {Label.SUPPORTED, Label.REFUTED, Label.NOT_ENOUGH_INFO}
    assert any(one.text.startswith("=") or one.text.startswith("+") for one in rows) or any(
        quote.text.startswith(("=", "+", "-", "@")) for one in rows for quote in one.evidence
    )
    assert any(quote.stance is Stance.SUPPORTS for one in rows for quote in one.evidence)
    assert {one.verified for one in rows} == {True, False}


@settings(max_examples=60, deadline=None)
@given(st.lists(NO_NUL, max_size=6, unique_by=claim_id), st.none() | st.floats(0, 1))
def test_any_claims_come_back(texts: list[str], confidence: float | None) -> None:
    assume(all(text.strip() for text in texts))
    rows = [row(number, text, Label.CONFLICTING, confidence) for number, text in enumerate(texts, 1)]
    claims = tuple(
        dataclasses.replace(one, claim=dataclasses.replace(one.claim, id=claim_id(one.claim.text))) for one in rows
    )
    from_csv, from_json = both(example(claims=claims))
    assert from_csv.rows == as_csv_shows(from_json)
    assert [one.text for one in from_csv.rows] == texts


def test_an_apostrophe_of_the_claim_itself_stays() -> None:
    text = "'=' is a sign of equality."
    one = row(1, text, Label.SUPPORTED, 0.5)
    one = dataclasses.replace(one, claim=dataclasses.replace(one.claim, id=claim_id(text)))
    assert csv_table(claims_csv(example(claims=(one,)))).rows[0].text == text


def test_a_formula_is_text() -> None:
    one = row(1, '=HYPERLINK("http://x.org","+1")', Label.SUPPORTED, 0.5)
    body = claims_csv(example(claims=(one,)))
    assert "'=HYPERLINK" in body
    assert csv_table(body).rows[0].text == '=HYPERLINK("http://x.org","+1")'
    assert csv_table("claim\n=1+1 holds.\n").rows[0].text == "=1+1 holds."


def test_a_table_without_the_reviewed_column_is_synths_own_too() -> None:
    records = list(csv.DictReader(io.StringIO(claims_csv(example()), newline="")))
    target = io.StringIO(newline="")
    names = [name for name in records[0] if name != "reviewed"]
    writer = csv.DictWriter(target, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(records)
    assert csv_table(target.getvalue()).rows == csv_table(claims_csv(example())).rows


@pytest.mark.parametrize(
    "body",
    [
        "claim,verified,confidence\nPumpkins grow.,✓,0.5\n",
        "Confidence;Claim;VERIFIED\r\n0.5;Pumpkins grow.;yes\r\n",
        "text\tverified\tconfidence\nPumpkins grow.\tTRUE\t5e-1\n",
        'claim,verified,confidence,\n"Pumpkins <i>grow</i>.",y, .5 ,\n\n,,,\n',
        "id,Claim Text,verified,confidence\nrow 7,Pumpkins&nbsp;grow.,✔,0.50\n",
        "claim,text,verified,confidence\nPumpkins grow.,something else,✓,0.5\n",
    ],
)
def test_tables_of_other_people(body: str) -> None:
    table = csv_table(body)
    assert [(one.text, one.verified, one.confidence, one.number) for one in table.rows] == [
        ("Pumpkins grow.", True, 0.5, 1)
    ]
    assert (table.rows[0].id, table.rows[0].label, table.shows_evidence) == (claim_id("Pumpkins grow."), None, "none")


def test_the_tables_id_counts_where_it_is_one_of_synth() -> None:
    rows = csv_table("id,claim\n0123456789ab,Pumpkins grow.\n1.2E+11,Walls stand.\n").rows
    assert [one.id for one in rows] == ["0123456789ab", claim_id("Walls stand.")]


def test_evidence_of_other_people() -> None:
    head = "claim,evidence_quote,evidence_page,evidence_paper,evidence_stance\n"
    (one, two), shows = (table := csv_table(f"{head}A.,So it is.,3,2501.00001v1,Refutes\nB.,,,,\n")).rows, "best"
    assert [(quote.text, quote.page, quote.paper_id, quote.stance) for quote in one.evidence] == [
        ("So it is.", 3, "2501.00001v1", Stance.REFUTES)
    ]
    assert (two.evidence, table.shows_evidence) == ((), shows)
    quoted = csv_table("claim,evidence_quote\nA.,So it is.\n")
    assert (quoted.rows[0].evidence[0].page, quoted.shows_evidence) == (None, "best")


def test_the_tables_number_counts_where_it_is_one() -> None:
    rows = csv_table("number,claim\n7,A.\n0,B.\nlast,C.\n").rows
    assert [one.number for one in rows] == [7, 2, 3]


@pytest.mark.parametrize("word", ["not enough info", "NOT_ENOUGH_INFO", " Not  enough info "])
def test_labels(word: str) -> None:
    assert csv_table(f"claim,label\nA.,{word}\n").rows[0].label is Label.NOT_ENOUGH_INFO


def test_cut_wordings_of_other_people_and_none_of_ours() -> None:
    assert csv_table(f"claim\n{'a' * 120}\n").rows[0].cut
    ours = example(claims=(row(1, "a" * 120, Label.SUPPORTED, 0.5),))
    assert not csv_table(claims_csv(ours)).rows[0].cut


def test_a_header_alone_is_an_empty_table() -> None:
    assert csv_table("id,claim,label\n").rows == ()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "x.csv is empty; expected a table with a header and a column claim"),
        ("\n\n", "x.csv is empty"),
        (
            "id,clam,label\n1,A.,supported\n",
            "x.csv, line 1: no column claim; found “id”, “clam”, “label”; is “clam” me",
        ),
        ("id,label\n", "line 1: no column claim; found “id”, “label”; name the column claim"),
        ("claim,label,Claim\n", "line 1: the column “Claim” is there twice; remove one of them"),
        ("claim,x,x\n", "line 1: the column “x” is there twice"),
        ("id,claim\na,A.\nb,B.\na,C.\n", "x.csv, line 4: the id “a” stands on line 2 already; remove one of them"),
        ('claim\n"A\nb."\nB.\n\nB\n', "x.csv, line 6: the claim “B” stands on line 4 already"),
        ("id,claim\na,A.\nb,A.\n", "line 3: the claim “A.” stands on line 2 already"),
        ("claim,confidence\nA.,NaN\n", "line 2: the confidence is “NaN”; expected a number from 0 to 1"),
        ("claim,confidence\nA.,1.7\n", "line 2: the confidence is “1.7”"),
        ("claim,confidence\nA.,high\n", "line 2: the confidence is “high”"),
        ("claim,confidence\nA.,inf\n", "line 2: the confidence is “inf”"),
        ("claim,confidence\nA.,1_0\n", "line 2: the confidence is “1_0”"),
        ("claim,confidence\nA.,٠\n", "line 2: the confidence is “٠”"),
        ("claim,confidence\nA.,85%\n", "line 2: the confidence is “85%”"),
        ("claim,confidence\nA.,1e999\n", "line 2: the confidence is “1e999”"),
        ("claim,label\nA.,suported\n", "line 2: “suported” is no known label; is “supported” meant?"),
        ("claim,label\nA.,zzz\n", "line 2: “zzz” is no known label; expected one of supported, refuted"),
        ("claim,verified\nA.,perhaps\n", "line 2: “perhaps” is no known mark; expected one of ✓"),
        ("claim,verified\nA.\n", "line 2: 1 cells, but the header has 2"),
        ("claim,verified\nA.,yes,more\n", "line 2: 3 cells, but the header has 2"),
        ("claim,verified\n,yes\n", "line 2: the claim is empty"),
        ('claim\n"A.\nB.\n', "line 2: a quotation mark opens and never closes"),
        ('claim\n"A." B\n', "line 2: this is no CSV"),
        (f"claim\nA.\n{'a' * 140_000}\n", "line 3: a cell of more than 131,072 characters"),
        ("claim,evidence_quote,evidence_page\nA.,q,four\n", "line 2: the evidence_page is “four”"),
        ("claim,evidence_quote,evidence_stance\nA.,q,likes\n", "line 2: “likes” is no known stance; expected one of s"),
    ],
)
def test_damage_is_named(body: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        csv_table(body, name="x.csv")
    assert "\n" not in caught.value.message and len(caught.value.message) < 500
