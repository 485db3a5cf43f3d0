"""report.json as a table: all that the diff compares, and a clear line for damage."""

import dataclasses
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.diff.tables.report_table import report_table
from synth.errors import ConfigError
from synth.report.export import SCHEMA_VERSION, report_to_json
from synth.types import Role
from tests.report.example import empty, example
from tests.report.example_claims import row

BODY = report_to_json(example())


def body(**changes: Any) -> str:
    return json.dumps({**json.loads(BODY), **changes})


def test_the_table_of_a_report() -> None:
    report = example()
    table = report_table(report_to_json(report), name="reports/x/report.json")
    assert (table.name, table.question, table.title) == ("reports/x/report.json", report.question, report.title)
    assert (table.answer, table.score, table.shows_evidence) == (report.answer.summary, report.quality, "all")
    assert report.calibration is not None and table.error == report.calibration.ece
    assert table.signature == report.signature
    assert table.papers == tuple(sorted(used.paper.id for used in report.papers if used.role is Role.USED))
    assert table.papers != tuple(sorted(used.paper.id for used in report.papers))
    texts = {passage.id: passage for passage in report.passages}
    for checked, found in zip(report.claims, table.rows, strict=True):
        verdict = checked.verdict
        assert (found.id, found.number, found.text) == (checked.claim.id, checked.number, checked.claim.text)
        assert (found.label, found.verified, found.confidence) == (verdict.label, verdict.verified, verdict.confidence)
        assert [(quote.paper_id, quote.page, quote.stance, quote.text) for quote in found.evidence] == [
            (piece.paper_id, texts[piece.passage_id].page, piece.stance, texts[piece.passage_id].text)
            for piece in verdict.evidence
        ]
    assert any(len(found.evidence) > 1 for found in table.rows)


def test_an_empty_report() -> None:
    table = report_table(report_to_json(empty()))
    assert (table.rows, table.papers, table.error) == ((), (), None)


def test_a_report_of_the_first_version() -> None:
    data = json.loads(body(schema_version=1))
    for name in ("asked", "stale"):
        del data[name]
    for claim in data["claims"]:
        del claim["reviewed"]
    assert report_table(json.dumps(data)) == report_table(body())


def test_a_lone_surrogate_becomes_what_files_can_hold() -> None:
    report = example(claims=(row(1, "Half a \ud83c stands here.", example().claims[0].verdict.label, 0.5),))
    assert report_table(report_to_json(report)).rows[0].text == "Half a \ufffd stands here."


def claims(**changes: Any) -> list[Any]:
    rows: list[Any] = json.loads(body())["claims"]
    rows[0] = {**rows[0], "verdict": {**rows[0]["verdict"], **changes}}
    return rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.json: this is no JSON"),
        ("{", "x.json: this is no JSON"),
        ("[]", "x.json: there is no schema_version; expected a report.json that synth wrote"),
        ("[" * 100_000, "x.json: lists or objects nest too deep"),
        (
            body(schema_version=SCHEMA_VERSION + 1),
            f"x.json: the report has schema version {SCHEMA_VERSION + 1}, this synth reads up to {SCHEMA_VERSION}",
        ),
        (body(quality=10**400), "x.json"),
        (body(quality=11), "x.json: the quality score is 11.0; expected a number from 0 to 10"),
        (body(claims=claims(confidence=1.7)), "x.json: the confidence of claim 1 is 1.7"),
        (body(claims=claims(confidence=float("nan"))), "confidence holds nan, float was expected"),
        (body(claims=claims(label="maybe")), "'maybe'"),
        (body(claims=json.loads(body())["claims"][:1] * 2), "x.json: claims 1 and 1 have the same id"),
        (body(passages=[]), "which is missing; the report.json is damaged"),
        (body(title=None), "x.json: report.title"),
        (body(title=["very " * 10_000]), "x.json: report.title"),
    ],
)
def test_damage_is_named(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        report_table(text, name="x.json")
    assert "\n" not in caught.value.message and len(caught.value.message) < 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=100, deadline=None)
@given(st.data(), JSON)
def test_a_report_with_anything_anywhere_is_read_or_refused(data: st.DataObject, anything: Any) -> None:
    report = json.loads(body())
    place = report
    while True:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, (dict, list)) or not inner or data.draw(st.integers(0, 3)) == 0:
            place[key] = anything
            break
        place = inner
    try:
        table = report_table(json.dumps(report))
    except ConfigError:
        return
    assert len({found.id for found in table.rows}) == len(table.rows)
    assert dataclasses.is_dataclass(table)
