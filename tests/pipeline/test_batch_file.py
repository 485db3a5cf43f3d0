"""Files of questions: every form means the same, and what is wrong is named with its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.pipeline.batch_file import Defaults, Order, Refused, read_batch

FIRST, SECOND = "Do bytes help tagging?", "Do subwords help tagging?"


def write(folder: Path, name: str, body: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def orders(path: Path, **options: object) -> list[Order]:
    read = read_batch(path, Defaults(options=options))
    assert all(isinstance(one, Order) for one in read), read
    return [one for one in read if isinstance(one, Order)]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("q.yaml", f"questions:\n  - {FIRST}\n  - question: {SECOND}\n"),
        ("q.yml", f"- {FIRST}\n- {SECOND}\n"),
        ("q.json", f'["{FIRST}", "{SECOND}"]'),
        ("q.csv", f"question\r\n{FIRST}\r\n\r\n{SECOND}\r\n"),
        ("q.csv", f"\ufeffQuestion,papers\n{FIRST},\n{SECOND},\n"),
        ("q.txt", f"{FIRST}\n\n  {SECOND}  \n"),
    ],
)
def test_every_form_gives_the_same_questions(tmp_path, name, body):
    assert [one.question for one in orders(write(tmp_path, name, body))] == [FIRST, SECOND]


def test_a_row_says_more_than_the_options_and_the_options_more_than_nothing(tmp_path):
    body = (
        f"- question: {FIRST}\n  papers: 3\n  offline: true\n  since: 2020-05\n  categories: [cs.CL, cs.LG]\n"
        f"  date: 2026-01-02\n  out: elsewhere\n- {SECOND}\n"
    )
    first, second = orders(write(tmp_path, "q.yaml", body), papers=9, claims=4, categories=None)
    assert (first.options.n_papers, first.options.n_claims, first.options.offline) == (3, 4, True)
    assert first.options.since == dt.date(2020, 5, 1)
    assert first.options.categories == ("cs.CL", "cs.LG")
    assert (first.date, first.folder) == (dt.date(2026, 1, 2), Path("elsewhere"))
    assert (second.options.n_papers, second.options.offline, second.date) == (9, False, None)
    assert second.folder.parent == Path("reports")


def test_the_date_of_a_row_goes_before_the_commands(tmp_path):
    path = write(tmp_path, "q.yaml", f"- question: {FIRST}\n  date: 2026-01-02\n- {SECOND}\n")
    read = read_batch(path, Defaults(date=dt.date(2026, 5, 6)))
    assert [one.date for one in read if isinstance(one, Order)] == [dt.date(2026, 1, 2), dt.date(2026, 5, 6)]


def test_the_name_of_a_pdf_may_hold_a_comma(tmp_path):
    place = write(tmp_path, "Moreno, Lind.pdf", b"%PDF-1.7")
    (one,) = orders(write(tmp_path, "q.csv", f'question,pdfs\n{FIRST},"{place}"\n'))
    assert one.options.pdfs == (place,)


@pytest.mark.parametrize(
    "body", [f"- question: {FIRST}\n  papers:\n  since: ~\n", f'[{{"question": "{FIRST}", "papers": null}}]']
)
def test_an_empty_setting_of_a_row_leaves_the_commands(tmp_path, body):
    (one,) = orders(write(tmp_path, "q.yaml", body), papers=9, since="2020")
    assert (one.options.n_papers, one.options.since) == (9, dt.date(2020, 1, 1))


def test_csv_cells_say_the_same_as_yaml_values(tmp_path):
    body = f"question,papers,offline,since,categories,date\n{FIRST},3,yes,2020,cs.CL cs.LG,2026-01-02\n"
    (one,) = orders(write(tmp_path, "q.csv", body))
    assert (one.options.n_papers, one.options.offline, one.options.since) == (3, True, dt.date(2020, 1, 1))
    assert one.options.categories == ("cs.CL", "cs.LG")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('""', "question is empty"),
        ("{question: null, papers: 3}", "question is empty"),
        ("{question: [How, now]}", "question is list, expected a text; put it in quotes"),
        ("{question: {a: b}}", "question is dict"),
        (f'{{question: "{FIRST}", papers: 0}}', "--papers 0 is out of range"),
        (f'{{question: "{FIRST}", papers: many}}', "papers: found 'many', expected a whole number"),
        (f'{{question: "{FIRST}", papers: true}}', "papers: found True"),
        (f'{{question: "{FIRST}", claims: 2.5}}', "claims: found 2.5"),
        (f'{{question: "{FIRST}", since: soon}}', "'soon' is no date"),
        (f'{{question: "{FIRST}", offline: perhaps}}', "offline: found 'perhaps'"),
        (f'{{question: "{FIRST}", pdfs: nowhere}}', "nowhere does not exist"),
        (f'{{question: "{FIRST}", categories: {{a: b}}}}', "categories: found"),
    ],
)
def test_a_bad_row_is_refused_and_costs_no_other(tmp_path, row, reason):
    path = write(tmp_path, "q.yaml", f"- {SECOND}\n- {row}\n")
    good, bad = read_batch(path, Defaults())
    assert isinstance(good, Order)
    assert isinstance(bad, Refused)
    assert bad.place == "q.yaml, row 2"
    assert reason in bad.reason


def test_two_rows_for_one_folder_are_told_of(tmp_path):
    path = write(tmp_path, "q.txt", f"{FIRST}\n{FIRST}\n")
    first, second = read_batch(path, Defaults())
    assert isinstance(first, Order)
    assert isinstance(second, Refused)
    assert "where that of q.txt, line 1 goes" in second.reason


def test_one_folder_under_two_names_is_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    whole = (tmp_path / "here").as_posix()
    body = f"- question: {FIRST}\n  out: here\n- question: {SECOND}\n  out: {whole}\n"
    first, second = read_batch(write(tmp_path, "q.yaml", body), Defaults())
    assert isinstance(first, Order)
    assert isinstance(second, Refused)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("q.yaml", f"- question: {FIRST}\n  paper: 3\n", "row 1: unknown key 'paper'; did you mean 'papers'?"),
        ("q.yaml", "- Bytes: do they help?\n", "unknown key 'Bytes'; a question with a colon needs quotes"),
        ("q.csv", f"question,ofline\n{FIRST},yes\n", "header: unknown key 'ofline'; did you mean 'offline'?"),
        ("q.yaml", "question:\n  - a\n", "unknown key 'question'; did you mean 'questions'?"),
        ("q.yaml", "a: [", "line 1: this is no YAML"),
        ("q.yaml", "- [a, b]\n", "row 1 holds a list"),
        ("q.yaml", "3", "holds a int; expected a list"),
        ("q.yaml", "[]", "holds no question"),
        ("q.yaml", "", "expected a list of questions"),
        ("q.csv", "papers\n3\n", "there is no column question"),
        ("q.csv", "question,question\na,b\n", "column 'question' stands twice"),
        ("q.csv", f"question,papers\n{FIRST}\n", "row 2 has 1 cells, the header 2"),
        ("q.csv", 'question\n"open', "is no CSV"),
        ("q.csv", "question\na\0b\n", "NUL"),
        ("q.csv", b"question\n\xff\n", "byte 9 is no UTF-8"),
        ("q.txt", "\n \n", "holds no question"),
        ("q.pdf", "x", "ends in .pdf; expected .yaml, .csv or .txt"),
        ("q.txt", b"x" * 5_000_001, "has 5,000,001 bytes"),
        ("q.yaml", "&a [*a]", "row 1 holds a list"),
    ],
)
def test_a_file_that_means_nothing_is_refused_whole(tmp_path, name, body, said):
    with pytest.raises(ConfigError) as caught:
        read_batch(write(tmp_path, name, body), Defaults())
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_batch(tmp_path / "none.yaml", Defaults())


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([".yaml", ".csv", ".txt"]), st.one_of(st.binary(max_size=80), st.text(max_size=80)))
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory, suffix, body):
    path = write(
        tmp_path_factory.mktemp("any"),
        f"q{suffix}",
        body if isinstance(body, bytes) else body.encode("utf-8", "replace"),
    )
    try:
        read = read_batch(path, Defaults())
    except ConfigError as error:
        assert str(error)
    else:
        assert read


def test_the_five_sample_questions_are_a_batch():
    path = Path(__file__).resolve().parents[2] / "data" / "questions.yaml"
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    assert [one.question for one in orders(path, offline=True)] == questions
