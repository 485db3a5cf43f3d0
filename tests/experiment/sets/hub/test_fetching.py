"""Fetching: every set as the readers know it, what is there left alone, what cannot be had named."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from synth.errors import ConfigError, OutputError, SourceError
from synth.experiment.sets import bitext, choices, pairs, questions, tagging
from synth.experiment.sets import folder as sets
from synth.experiment.sets.hub import catalogue
from synth.experiment.sets.hub.fetching import fetch
from synth.experiment.sets.hub.sources import Part, Source
from tests.experiment.sets.hub.invented import LABELS, N, load

NONE: frozenset[str] = frozenset()
UNNAMED = ("bucc", "parallel")


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("hub") / "data"
    found = fetch(folder, catalogue.NAMES, load)
    assert [one.name for one in found.lacking] == list(UNNAMED)
    return folder


def test_all_sets_with_a_name_come_whole_and_the_others_are_named_with_where_to_get_them(data):
    assert set(sets.present(data)) == set(sets.NAMES) - set(UNNAMED)
    assert all(sets.training_file(data, name) for name in sets.TRAINING)
    again = fetch(data, catalogue.NAMES, load)
    assert not again.written and set(again.there) == set(catalogue.NAMES) - set(UNNAMED)
    reasons = {one.name: one.reason for one in again.lacking}
    assert "translations alone" in reasons["bucc"] and "github.com" in reasons["parallel"]


def test_every_file_that_a_set_needs_has_an_item_and_only_english_ones_train_where_one_suffices():
    for name in set(sets.NAMES) - set(UNNAMED):
        files = [file for item in catalogue.items(name) for file in item.files]
        assert len(files) == len(set(files))
        needed = next(one.missing for one in sets.absent(Path("nowhere")) if one.name == name)
        assert set(needed) <= set(files)
        # what the set needs comes last: a fetch that is broken off before leaves it absent
        assert files[-1] in needed
    for name, file in sets.TRAINING.items():
        assert [item.files for item in catalogue.items(name)] == [(file,)]


def test_pairs_come_through(data):
    found = pairs.xnli(data, "sw", "dev")
    assert [one.label for one in found] == [0, 1, 2] and found[1].second.endswith("sw then is here.")
    assert "validation" in found[0].first and "test" in pairs.xnli(data, "sw", "test")[0].first
    # the third has no label
    assert (
        [one.label for one in pairs.pawsx(data, "ko", "test")]
        == [0, 1]
        == [one.label for one in pairs.pawsx(data, "ko", "dev")]
    )
    assert (data / "pawsx/test-ko.tsv").read_text().startswith("1\tRow 0 of PAWS-X.ko test one")
    assert "PAWS-X.en train" in pairs.pawsx(data, "en", "train")[0].first


def test_inference_sets_come_through_and_pairs_without_a_majority_do_not(data):
    found = pairs.nli(data, NONE)
    assert len(found) == 3 * N and [one.label for one in found[: 2 * N]] == [0, 1, 2] * 2
    assert [one.label for one in found[2 * N :]] == [0, 1, 0]  # entails, neutral
    with (data / "intermediate/nli/mnli_dev.csv").open(newline="") as handle:
        mnli = list(csv.DictReader(handle))
    assert [row["label"] for row in mnli] == list(LABELS) * 2
    assert "matched" in mnli[0]["premise"] and "mismatched" in mnli[-1]["premise"]


def test_tags_come_through_in_the_order_of_their_numbers(data):
    assert tagging.udpos(data, "de", "test")[2].tags == ("ADV",) * 7
    assert "validation" in tagging.udpos(data, "de", "test")[0].words
    assert (
        "test" in tagging.udpos(data, "af", "test")[0].words
        and "udpos.Afrikaans" in tagging.udpos(data, "af", "test")[0].words
    )
    assert tagging.panx(data, "zh", "test")[1].tags == ("B-PER",) * 7
    assert {path.name for path in (data / "panx").glob("train-*")} >= {"train-en.tsv", "train-ja.tsv"}


def test_questions_come_through_by_context_and_language(data):
    found = questions.tydiqa(data, "sw", "test")
    assert [one.id for one in found] == ["swahili-0", "swahili-1", "swahili-2"]
    assert found[0].context == found[1].context != found[2].context and found[0].answers == ("is",)
    assert questions.xquad(data, "th")[0].context.startswith("Row 0 of XQuAD.th validation")
    assert questions.mlqa(data, "hi")[0].context.startswith("Row 0 of MLQA.hi.hi validation")
    assert questions.squad(data, NONE)[0].context.startswith("Row 0 of SQuAD train")


def test_squad_is_rid_of_the_paragraphs_and_questions_of_xquad(tmp_path):
    squad = [{"id": f"s{n}", "context": f"Here is {n}.", "question": "?", "answers": _is(5)} for n in range(4)]
    xquad = [{**squad[0], "id": "other"}, {"id": "s2", "context": "Elsewhere is.", "question": "?", "answers": _is(10)}]

    def given(source: Source) -> Part:
        return Part(source, squad if source.config == "SQuAD" else xquad)

    fetch(tmp_path, ["squad"], given)
    assert [one.id for one in questions.squad(tmp_path, NONE)] == ["s1", "s3"]


def _is(start: int) -> Any:
    return [{"text": "is", "answer_start": start}]


def test_choices_and_translations_come_through(data):
    assert [one.right for one in choices.cosmosqa(data, NONE)] == [0, 1, 2]
    assert choices.cosmosqa(data, NONE)[0].context.endswith("\nAnd on.")
    assert [one.right for one in choices.socialiqa(data, NONE)] == [0, 1, 2]
    assert [one.right for one in choices.copa(data, "en", "val", NONE)] == [0, 1, 0]
    found = bitext.tatoeba(data)
    assert set(found) == set(bitext.XTREME_36)
    assert found["fa"].foreign[0] == "Row 0 of tatoeba.pes validation f is here."
    assert found["fa"].english[2] == "Row 2 of tatoeba.pes validation e is here."


def test_a_set_that_cannot_be_had_keeps_back_no_other_and_the_next_fetch_goes_on_with_it(tmp_path):
    asked: list[str] = []

    def flaky(source: Source) -> Part:
        asked.append(str(source))
        if source.config == "XQuAD.es":
            raise SourceError("the line is down")
        return load(source)

    found = fetch(tmp_path, ["xquad", "copa"], flaky)
    assert found.written == ("copa",) and [(one.name, one.reason) for one in found.lacking] == [
        ("xquad", "the line is down")
    ]
    before = len(asked)

    def noted(source):
        asked.append(str(source))
        return load(source)

    found = fetch(tmp_path, ["xquad", "copa"], noted)
    assert found.written == ("xquad",) and found.there == ("copa",)
    assert asked[before] == "google/xtreme XQuAD.es (validation)"  # those before it are there


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "has no rows"),
        ([{"premise": "a", "label": 0}], "row 1 has no hypothesis among label, premise"),
        ([{"premise": "a", "hypothesis": "b", "label": 3}], "the label 3, expected one of entailment, neutral"),
        ([{"premise": "a", "hypothesis": "b", "label": "maybe"}], "the label 'maybe'"),
    ],
)
def test_rows_of_another_form_are_refused_and_leave_nothing(tmp_path, rows, reason):
    (lacking,) = fetch(tmp_path, ["xnli-train"], lambda source: Part(source, rows)).lacking
    assert reason in lacking.reason and "nyu-mll/glue mnli (train)" in lacking.reason
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("panx", {"tokens": ["a", "b"], "ner_tags": [0]}, "2 tokens and 1 ner_tags"),
        ("squad-train", {"id": "1", "context": "c", "question": "q", "answers": {"text": [], "answer_start": []}},
         "without an answer"),
        ("xnli", {"language": "en", "sentence1": "a", "sentence2": "b", "gold_label": "neutral"}, "nothing in ar, bg"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused(tmp_path, name, row, reason):
    (lacking,) = fetch(tmp_path, [name], lambda source: Part(source, [row])).lacking
    assert reason in lacking.reason


def test_names_that_came_with_the_rows_count_before_the_known_order(tmp_path):
    row = {"premise": "a", "hypothesis": "b", "label": 0}
    fetch(tmp_path, ["xnli-train"], lambda source: Part(source, [row], {"label": LABELS[::-1]}))
    assert pairs.xnli(tmp_path, "en", "train")[0].label == LABELS.index("contradiction")


def test_what_was_broken_off_is_taken_up_and_a_folder_that_cannot_be_written_is_said(tmp_path):
    part = tmp_path / "data/xcopa/train-en.jsonl.part"
    part.parent.mkdir(parents=True)
    part.write_text("half")
    fetch(tmp_path / "data", ["copa"], load)
    assert sorted(path.name for path in part.parent.iterdir()) == ["train-en.jsonl", "val-en.jsonl"]
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"cannot write .*file.*name another --data"):
        fetch(tmp_path / "file", ["copa"], load)


def test_the_same_rows_give_the_same_bytes_and_progress_is_told(tmp_path):
    told: list[tuple[str, int, int]] = []
    names = ["tydiqa", "cosmosqa", "copa"]
    for place in ("one", "other"):
        fetch(tmp_path / place, names, load, lambda *one: told.append(one))
    files = [path.relative_to(tmp_path / "one") for path in sorted((tmp_path / "one").rglob("*")) if path.is_file()]
    assert len(files) == 6
    assert all((tmp_path / "one" / one).read_bytes() == (tmp_path / "other" / one).read_bytes() for one in files)
    assert told[-3:] == [("copa", 0, 2), ("copa", 1, 2), ("copa", 2, 2)]


def test_which_sets_are_asked_for():
    assert catalogue.chosen(None) == catalogue.NAMES == catalogue.chosen(" , ")
    assert catalogue.chosen("copa, xnli-train,copa") == ("copa", "xnli-train")
    with pytest.raises(ConfigError, match=r"--only xnlu is not known: choose some of xnli, .*squad-train"):
        catalogue.chosen("xnlu")
