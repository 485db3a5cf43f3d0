from __future__ import annotations

import pytest

from synth.errors import ConfigError
from synth.pipeline.verify import claims_in


def write(tmp_path, name: str, body: bytes | str):
    path = tmp_path / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.txt", "One.\n\n  Two.  \n"),
        ("a.csv", 'id,Claim\r\n1,"One."\r\n2,\r\n3,Two.\r\n'),
        ("a.jsonl", '{"claim": "One."}\n\n{"claim": "Two.", "id": 7}\n'),
        ("a.txt", b"\xef\xbb\xbfOne.\nTwo.\n"),
    ],
)
def test_three_forms_give_the_same_claims(tmp_path, name, body):
    assert claims_in(write(tmp_path, name, body)) == ("One.", "Two.")


def test_separators_inside_a_json_string_end_no_line(tmp_path):
    body = '{"claim": "One\u2028 and\x85two."}\r\n{"claim": "Three."}\n'
    assert claims_in(write(tmp_path, "a.jsonl", body)) == ("One\u2028 and\x85two.", "Three.")


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.csv", "id,text\n1,x\n", "id, text"),
        ("a.csv", 'claim\n"open\n', "after line 1"),
        ("a.jsonl", '{"claim": "x"}\n{"other": 1}\n', "line 2"),
        ("a.jsonl", "not json\n", "line 1"),
        ("a.jsonl", '{"claim": 3}\n', "int"),
        ("a.txt", "\n \n", "holds no claim"),
        ("a.txt", b"caf\xe9 is a claim", "UTF-8"),
        ("a.txt", "x\n" * 10_001, "10,001"),
    ],
)
def test_troubles_are_named_with_their_place(tmp_path, name, body, said):
    with pytest.raises(ConfigError, match=said):
        claims_in(write(tmp_path, name, body))


def test_a_folder_is_no_file_of_claims(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        claims_in(tmp_path)
