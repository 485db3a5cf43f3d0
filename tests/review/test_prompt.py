from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.review.naming import LETTERS, checked_name, clean_comment, parse_label
from synth.review.prompt import HELP, KEYS, Kind, parse
from synth.types import Label


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("a\n", Kind.ACCEPT),
        ("  R  ", Kind.REJECT),
        ("accept", Kind.ACCEPT),
        ("u", Kind.UNDO),
        ("k", Kind.SKIP),
        ("b", Kind.BACK),
        ("q", Kind.QUIT),
        ("?", Kind.HELP),
        ("", Kind.NONE),
    ],
)
def test_letters_and_words(line, kind):
    assert parse(line).kind is kind


def test_a_label_a_comment_and_a_number():
    assert parse("l Not enough INFO").label is Label.NOT_ENOUGH_INFO
    assert parse("c  the quote\tis about BERT ").comment == "the quote is about BERT"
    assert (parse("12").kind, parse("12").number) == (Kind.GO, 12)
    assert parse("9" * 5000).number == 999_999_999


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("l", "needs a label"),
        ("l suported", "did you mean supported"),
        ("l zzz", "is no label"),
        ("c", "needs a text"),
        ("c \x00", None),
        ("a because", "before the decision"),
        ("x", "no command"),
        ("12 because", "no command"),
        ("none", "no command"),
        ("go", "no command"),
    ],
)
def test_what_is_no_command_is_told(line, said):
    if said is None:
        assert parse(line).comment == "\ufffd"
        return
    with pytest.raises(ConfigError, match=said):
        parse(line)


@given(st.text())
def test_any_line_is_a_command_or_one_clear_line(line):
    try:
        parse(line)
    except ConfigError as error:
        assert len(str(error).splitlines()) == 1
        str(error).encode()


@pytest.mark.parametrize("label", list(Label))
def test_every_label_by_letter_name_and_any_spelling(label):
    (letter,) = [letter for letter, one in LETTERS.items() if one is label]
    name = label.value
    for text in (letter, letter.upper(), name, name.upper(), name.replace("_", " "), name.replace("_", "-")):
        assert parse_label(text) is label


@pytest.mark.parametrize(
    ("text", "label"), [("NEI", Label.NOT_ENOUGH_INFO), ("not check-worthy", Label.NOT_CHECKWORTHY)]
)
def test_a_label_by_another_name_of_it(text, label):
    assert parse_label(text) is label


def test_every_key_is_in_the_help():
    for key in KEYS:
        assert any(line.startswith(f"{key} ") for line in HELP.splitlines()) or key == "?"


def test_names():
    assert checked_name("  Ada   Lovelace ") == "Ada Lovelace"
    assert checked_name("Zoe\u0308") == "Zoë"
    assert checked_name("می\u200cروم") == "می\u200cروم"
    assert checked_name("x" * 80) == "x" * 80
    for bad in ("", "   ", "x" * 81, "Ann\nBo", "Ann\x1b[31m", "A\u202enn", "A\udcff"):
        with pytest.raises(ConfigError, match="reviewer"):
            checked_name(bad)


@given(st.text())
def test_a_comment_can_be_stored_and_shown_on_one_line(text):
    kept = clean_comment(text)
    assert kept.encode() and "\x1b" not in kept if kept else True
    assert len(kept.splitlines()) <= 1
    assert clean_comment(kept) == kept
