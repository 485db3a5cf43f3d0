from __future__ import annotations

import pytest

from synth.errors import OutputError
from synth.report.writing import write_file


def test_a_file_is_written_with_its_folder_and_nothing_beside_it(tmp_path):
    path = tmp_path / "made" / "table.csv"
    for text in ("one\n", "two “quotes” \udce9\n"):
        write_file(text, path)
    assert path.read_bytes().decode() == "two “quotes” \\udce9\n"
    assert [one.name for one in path.parent.iterdir()] == ["table.csv"]


@pytest.mark.parametrize("name", ["taken/table.csv", "taken/below/table.csv", "folder", "."])
def test_what_cannot_be_written_is_one_line_and_leaves_nothing(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").write_text("a file")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match=r"^cannot write .*: .*; choose another file \(--out\)$"):
        write_file("text", tmp_path / name if name != "." else type(tmp_path)(name))
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["folder", "taken"]
