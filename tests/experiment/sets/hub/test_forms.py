"""What is written is read back as it was."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from synth.experiment.sets import files
from synth.experiment.sets.hub import forms
from synth.experiment.sets.hub.sources import Part, Source
from synth.experiment.sets.hub.xtreme import udpos

# a quotation mark is left out: the reader takes those away that a CSV writer left in XTREME's files
TEXT = st.text(st.characters(codec="utf-8", exclude_characters='"\ufeff'), max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5))
def test_rows_are_read_as_they_were_but_for_breaks(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("forms") / "rows.tsv"
    path.write_text(forms.rows_text(rows), encoding="utf-8", newline="")
    found = [cells for _, cells in files.rows(path, 3)]
    assert [["".join(cell.split()) for cell in row] for row in found] == [
        ["".join(cell.split()) for cell in row] for row in rows
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, max_size=6))
def test_a_text_stays_a_line_whatever_is_in_it(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("forms") / "lines.txt"
    path.write_text(forms.lines_text(texts), encoding="utf-8", newline="")
    assert len(files.lines(path)) == len(texts)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_tables_and_json_lines_keep_every_break(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("forms")
    (folder / "one.csv").write_text(forms.csv_text(("a", "b"), rows), encoding="utf-8", newline="")
    (folder / "one.jsonl").write_text(
        forms.json_lines_text({"a": a, "b": b} for a, b in rows), encoding="utf-8", newline=""
    )
    stripped = [{"a": a.strip(), "b": b.strip()} for a, b in rows]
    assert [row for _, row in files.records(folder / "one.jsonl", "a", "b")] == stripped
    assert [row for _, row in files.records(folder / "one.csv", "a", "b")] == stripped


def test_a_word_keeps_its_line(tmp_path):
    path = tmp_path / "tags.tsv"
    path.write_text(forms.tagged_text([[("a\tb", "X"), ("\u3000", "O"), ("c", "O")], [("d", "X")]]), encoding="utf-8")
    first, second = files.tagged(path, frozenset({"X", "O"}))
    assert first.words == ("a b", "c") and first.tags == ("X", "O") and second.words == ("d",)


def test_words_of_universal_dependencies_have_no_spaces_in_them_as_in_xtreme():
    (item,) = (one for one in udpos() if one.files == ("udpos/test-fa.tsv",))
    part = Part(item.sources[0], [{"tokens": ["10 000", "می\u200cرود"], "pos_tags": ["NUM", 15]}])
    assert item.sources == (Source("google/xtreme", "udpos.Persian", "test"),)
    assert item.convert([part]) == {"udpos/test-fa.tsv": "10000\tNUM\nمیرود\tVERB\n\n"}
