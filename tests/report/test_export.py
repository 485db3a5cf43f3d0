"""JSON comes back as the same report and keeps its schema; CSV reads back whole and runs nothing."""

import csv
import dataclasses
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from synth.errors import ConfigError
from synth.report.export import COLUMNS, claims_csv, report_from_json, report_to_json
from synth.types import CheckedClaim, Label, Report
from tests.report.example import empty, example, taking_sides
from tests.report.example_claims import origin, row
from tests.report.golden import SCHEMA


def without_paths(report: Report) -> Report:
    papers = tuple(dataclasses.replace(r, paper=dataclasses.replace(r.paper, path=None)) for r in report.papers)
    return dataclasses.replace(report, papers=papers)


def with_claim(text: str) -> Report:
    claim: CheckedClaim = row(1, text, Label.NOT_ENOUGH_INFO, 0.5, origins=[origin("1501.00001v2", text, 1, text)])
    return example(claims=(claim,))


def cells(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(claims_csv(report), newline="")))


@pytest.mark.parametrize("make", [example, empty, taking_sides])
def test_json_round_trip(make) -> None:
    report = make()
    assert report_from_json(report_to_json(report)) == without_paths(report)
    assert report_to_json(report_from_json(report_to_json(report))) == report_to_json(report)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_json_keeps_any_text(text: str) -> None:
    report = with_claim(text)
    body = report_to_json(report)
    body.encode()
    assert report_from_json(body) == without_paths(report)


@pytest.mark.parametrize("make", [example, empty, taking_sides])
def test_json_keeps_its_schema(make) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(report_to_json(make())))


def test_the_schema_can_fail() -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for key, value in [("quality", "high"), ("extra", 1), ("schema_version", 3)]:
        with pytest.raises(ValidationError):
            validator.validate({**json.loads(report_to_json(example())), key: value})


def test_json_names_no_place_on_this_machine() -> None:
    assert "/somewhere/private" not in report_to_json(example())


def test_json_starts_with_the_question_and_ends_with_a_newline() -> None:
    body = report_to_json(example())
    assert body.startswith('{\n  "question": ')
    assert body.endswith('"schema_version": 2\n}\n')
    assert '"date": "2026-07-07"' in body


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": 3}, "schema version 3, this synth reads up to 2; update synth"),
        ({"schema_version": None}, "no schema_version"),
        ({"schema_version": True}, "no schema_version"),
        ({"quality": float("nan")}, r"report\.quality holds nan, float was expected"),
        ({"quality": float("inf")}, r"report\.quality holds inf"),
        ({"quality": 10**400}, r"report\.quality holds a number of 401 digits"),
        ({"quality": "high"}, r"report\.quality holds 'high', float was expected"),
        ({"date": "yesterday"}, r"report\.date holds 'yesterday'"),
        ({"offline": 1}, r"report\.offline holds 1"),
        ({"claims": {}}, r"report\.claims holds dict, a list was expected"),
        ({"answer": []}, r"report\.answer holds list, an object was expected"),
        ({"queries": ["a", 1]}, r"report\.queries\[1\] holds 1"),
        ({"surplus": 1}, "differs from the schema in surplus"),
    ],
)
def test_a_foreign_file_is_named(change: dict[str, object], message: str) -> None:
    data = {**json.loads(report_to_json(example())), **change}
    with pytest.raises(ConfigError, match=message):
        report_from_json(json.dumps(data))


def test_a_report_of_the_first_version_is_still_read() -> None:
    data = json.loads(report_to_json(example()))
    for name in ("asked", "stale"):
        del data[name]
    for one in data["claims"]:
        del one["reviewed"]
    report = report_from_json(json.dumps({**data, "schema_version": 1}))
    assert (report.asked, report.stale, report.schema_version) == (None, (), 2)
    assert [one.claim.text for one in report.claims] == [one.claim.text for one in example().claims]


@pytest.mark.parametrize("claims", [None, 3, [3], {}])
def test_a_damaged_report_of_the_first_version_is_named(claims: object) -> None:
    data = {**json.loads(report_to_json(example())), "claims": claims, "schema_version": 1}
    del data["asked"], data["stale"]
    with pytest.raises(ConfigError, match=r"report\.claims"):
        report_from_json(json.dumps(data))


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null"])
def test_no_report_at_all(body: str) -> None:
    with pytest.raises(ConfigError):
        report_from_json(body)


def test_missing_fields_and_wrong_lengths_are_named() -> None:
    data = json.loads(report_to_json(example()))
    del data["claims"][0]["claim"]["text"]
    with pytest.raises(ConfigError, match=r"claims\[0\]\.claim differs from the schema in text"):
        report_from_json(json.dumps(data))
    data = json.loads(report_to_json(example()))
    data["passages"][0]["box"] = [1.0]
    with pytest.raises(ConfigError, match="holds 1 values, 4 were expected"):
        report_from_json(json.dumps(data))


def test_true_is_no_number() -> None:
    data = json.loads(report_to_json(example()))
    data["claims"][0]["number"] = True
    with pytest.raises(ConfigError, match=r"claims\[0\]\.number holds True, int was expected"):
        report_from_json(json.dumps(data))


def test_a_number_that_is_not_finite_is_refused() -> None:
    with pytest.raises(ConfigError, match="not finite"):
        report_to_json(dataclasses.replace(example(), quality=float("nan")))


def test_csv_columns_and_rows() -> None:
    report = example()
    rows = cells(report)
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(report.claims)
    first = rows[0]
    assert (first["number"], first["label"], first["verified"], first["confidence"]) == (
        "1",
        "supported",
        "yes",
        "0.9312",
    )
    assert (first["evidence_paper"], first["evidence_page"]) == ("1502.00002v1", "4")
    assert first["origins"] == "1501.00001v2:1; 1502.00002v1:2"
    assert rows[3]["evidence_quote"] == ""
    assert rows[6]["confidence"] == ""
    assert claims_csv(report).endswith("\r\n")


def test_csv_counts_own_passages_other_papers_and_refuting_ones_apart() -> None:
    counts = [(one["n_self"], one["n_independent"], one["n_refuting"]) for one in cells(example())]
    assert counts[1:3] == [("0", "1", "0"), ("1", "0", "0")]
    assert counts[5] == ("0", "0", "1")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_csv_reads_back_whole_and_runs_nothing(text: str) -> None:
    (read,) = cells(with_claim(text))
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        assert read["claim"] == f"'{text}"
    else:
        assert read["claim"] == text


def test_csv_without_claims_is_its_header() -> None:
    assert claims_csv(empty()) == ",".join(COLUMNS) + "\r\n"
