from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from synth.errors import ConfigError
from synth.experiment.kinds import Choice, TaggedSentence, TextPair
from synth.experiment.sets import bitext, choices, pairs, questions, tagging
from tests.experiment.sets.tiny import write, write_folder

NOTHING: frozenset[str] = frozenset()


def test_xnli_gives_pairs_with_the_index_of_their_label(tmp_path):
    write(tmp_path / "xnli/dev-sw.tsv", "A.\tB.\tcontradiction", "C.\tD.\tentailment")
    assert pairs.xnli(tmp_path, "sw", "dev") == [TextPair("A.", "B.", 2), TextPair("C.", "D.", 0)]


def test_pawsx_leaves_out_what_was_not_translated_and_what_has_no_label(tmp_path):
    write(tmp_path / "pawsx/test-fr.tsv", "1\tUn.\tDeux.\t1", "2\tNS\tDeux.\t0", "3\tUn.\tNS\t0", "4\tUn.\tDeux.\t?")
    write(tmp_path / "pawsx/dev-fr.tsv", 'Un.\t"Il dit ""deux"" ici"\t0', '"a" et "b"\tNS\t0')
    assert pairs.pawsx(tmp_path, "fr", "test") == [TextPair("Un.", "Deux.", 1)]
    assert pairs.pawsx(tmp_path, "fr", "dev") == [TextPair("Un.", 'Il dit "deux" ici', 0)]


def test_the_inference_sets_count_their_classes_alike(tmp_path):
    header = "premise,hypothesis,label"
    for name, labels in (("mnli", "contradiction"), ("snli", "entailment"), ("scitail", "not_entailment")):
        write(tmp_path / f"intermediate/nli/{name}_dev.csv", header, f'"One, two",of {name},{labels}')
    assert [(pair.first, pair.label) for pair in pairs.nli(tmp_path, NOTHING)] == [
        ("One, two", 2),
        ("One, two", 0),
        ("One, two", 1),
    ]


def test_tagged_sentences_end_at_empty_lines_and_at_the_end(tmp_path):
    path = tmp_path / "udpos/train-en.tsv"
    path.parent.mkdir()
    path.write_text("Go\tVERB\r\n.\tPUNCT\r\n\r\n\r\nNow\tADV", encoding="utf-8")
    assert tagging.udpos(tmp_path, "en", "train") == [
        TaggedSentence(("Go", "."), ("VERB", "PUNCT")),
        TaggedSentence(("Now",), ("ADV",)),
    ]


def test_languages_are_tested_on_the_file_that_has_their_labels(tmp_path):
    write(tmp_path / "udpos/dev-de.tsv", "Da\tADV")
    write(tmp_path / "udpos/test-zh.tsv", "我\tPRON")
    write(tmp_path / "panx/dev-yo.tsv", "Ibadan\tB-LOC")
    assert tagging.udpos(tmp_path, "de", "test")[0].words == ("Da",)
    assert tagging.udpos(tmp_path, "zh", "test")[0].words == ("我",)
    assert tagging.panx(tmp_path, "yo", "test")[0].tags == ("B-LOC",)


def squad(path: Path, context: str, answer: str, start: int) -> None:
    question = {"id": "7", "question": " Who? ", "answers": [{"text": answer, "answer_start": start}] * 2}
    write(path, json.dumps({"data": [{"paragraphs": [{"context": context, "qas": [question]}]}]}))


@pytest.mark.parametrize(("start", "expected"), [(7, 5), (17, 15), (0, 5), (90, 15)])
def test_an_answer_keeps_its_place_in_the_stripped_context_or_gets_the_nearest(tmp_path, start, expected):
    squad(tmp_path / "xquad/xquad.de.json", "  One: Ann. Two: Ann? ", "Ann", start)
    (found,) = questions.xquad(tmp_path, "de")
    assert found.context == "One: Ann. Two: Ann?" and found.question == "Who?" and found.answers == ("Ann",)
    assert found.start == expected and found.context[found.start :].startswith("Ann")


@pytest.mark.parametrize("answer", ["Bob", "", " "])
def test_an_answer_that_is_not_there_is_refused(tmp_path, answer):
    squad(tmp_path / "xquad/xquad.de.json", "Ann.", answer, 0)
    with pytest.raises(ConfigError, match="question 7: its answer is not in its context"):
        questions.xquad(tmp_path, "de")


def test_tydiqa_has_no_english_test(tmp_path):
    with pytest.raises(ConfigError, match="ko or sw"):
        questions.tydiqa(tmp_path, "en", "test")


def test_choices_know_their_right_option(tmp_path):
    data = write_folder(tmp_path, 4)
    assert [one.right for one in choices.cosmosqa(data, NOTHING)] == [0, 1, 2, 3]
    assert [one.right for one in choices.socialiqa(data, NOTHING)] == [0, 1, 2, 0]
    found = choices.copa(data, held_out=NOTHING)
    assert isinstance(found[0], Choice) and found[0].options == ("It fell.", "It rose.")
    assert [one.right for one in found] == [0, 1, 0, 1] and found[0].question != found[1].question


def test_tatoeba_is_keyed_by_the_codes_of_xtreme(tmp_path):
    write(tmp_path / "tatoeba/tatoeba.swh-eng.swh", "Habari.", "Asante.")
    write(tmp_path / "tatoeba/tatoeba.swh-eng.eng", "Hello.", "Thanks.")
    write(tmp_path / "tatoeba/tatoeba.arz-eng.arz", "x")
    write(tmp_path / "tatoeba/tatoeba.arz-eng.eng", "y")
    found = bitext.tatoeba(tmp_path)
    assert list(found) == ["arz", "sw"] and found["sw"].foreign == ("Habari.", "Asante.")
    assert found["sw"].english == ("Hello.", "Thanks.")


def test_a_line_separator_within_a_sentence_shifts_nothing(tmp_path):
    write(tmp_path / "tatoeba/tatoeba.deu-eng.deu", "Ja\u2028ja.", "Nein.")
    write(tmp_path / "tatoeba/tatoeba.deu-eng.eng", "Yes.", "No.")
    assert bitext.tatoeba(tmp_path)["de"].foreign[1] == "Nein."


def test_sides_of_different_length_are_refused(tmp_path):
    write(tmp_path / "tatoeba/tatoeba.deu-eng.deu", "Ja.")
    write(tmp_path / "tatoeba/tatoeba.deu-eng.eng", "Yes.", "No.")
    with pytest.raises(ConfigError, match=r"has 1 lines and tatoeba.deu-eng.eng 2"):
        bitext.tatoeba(tmp_path)


def test_bucc_has_two_heaps_and_the_gold_between_them(tmp_path):
    data = write_folder(tmp_path, 4)
    found = bitext.bucc(data, "zh")
    assert found.gold == {("zh-0", "en-0"), ("zh-2", "en-2")} and len(found.foreign) == len(found.english) == 4
    write(data / "bucc2018/zh-en.dev.gold", "zh-9\ten-1")
    with pytest.raises(ConfigError, match="zh-9 en-1"):
        bitext.bucc(data, "zh")


def test_plain_sentences_are_joined_as_their_script_writes_them():
    assert bitext.joined(["Good", "day", "!"]) == "Good day !"
    assert bitext.joined(["你", "好", "!"]) == "你好!"


def copa(data: Path) -> list[Choice]:
    return choices.copa(data, held_out=NOTHING)


BAD: dict[str, tuple[str, str, Callable[[Path], Any], str]] = {
    "xnli columns": ("xnli/dev-en.tsv", "A.\tB.", lambda data: pairs.xnli(data, "en", "dev"), "line 1 has 2 columns"),
    "xnli label": ("xnli/dev-en.tsv", "A\tB\tmaybe", lambda data: pairs.xnli(data, "en", "dev"), "'maybe'"),
    "pawsx label": ("pawsx/dev-en.tsv", "A\tB\t2", lambda data: pairs.pawsx(data, "en", "dev"), "expected 0 or 1"),
    "stripped tag": ("panx/dev-en.tsv", "A", lambda data: tagging.panx(data, "en", "dev"), "line 1 has no tag"),
    "unknown tag": ("panx/dev-en.tsv", "A\tB-X", lambda data: tagging.panx(data, "en", "dev"), "'B-X'"),
    "no json": ("xquad/xquad.en.json", "{", lambda data: questions.xquad(data, "en"), "no JSON in SQuAD's form"),
    "other json": ("xquad/xquad.en.json", "[]", lambda data: questions.xquad(data, "en"), "no JSON in SQuAD's form"),
    "no option": ("xcopa/train-en.jsonl", '{"premise": "A"}', copa, "no question"),
    "no object": ("xcopa/train-en.jsonl", "3", copa, "no object"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_damaged_file_is_named_with_its_place_in_one_line(tmp_path, name):
    place, text, read, expected = BAD[name]
    write(tmp_path / place, text)
    with pytest.raises(ConfigError) as error:
        read(tmp_path)
    assert expected in str(error.value) and place in str(error.value) and "\n" not in str(error.value)


def test_an_absent_file_and_one_that_is_no_text_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"cannot read .*xnli/dev-en.tsv: No such file"):
        pairs.xnli(tmp_path, "en", "dev")
    (tmp_path / "xnli").mkdir()
    (tmp_path / "xnli/dev-en.tsv").write_bytes(b"ab\xff")
    with pytest.raises(ConfigError, match="no UTF-8 at byte 2"):
        pairs.xnli(tmp_path, "en", "dev")
