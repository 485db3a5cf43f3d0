"""What a data folder gives: which sets a run needs, draws that stay parallel, text that is kept apart."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.experiment.protocol import material
from synth.experiment.protocol.names import INTERMEDIATE
from synth.experiment.sets import pairs
from synth.experiment.sets.folder import TRAINING
from synth.experiment.sets.leakage import normalised
from tests.experiment.protocol.world import make

FOREIGN, ENGLISH = "Der Kahn {} liegt still.", "Barge {} lies still."


@pytest.fixture
def data(tmp_path) -> Any:
    folder = tmp_path / "data"
    pairs = [(FOREIGN.format(n), ENGLISH.format(n)) for n in range(300)]
    for name, column in (("de", 0), ("en", 1)):
        path = folder / "parallel" / "ntrex128" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(pair[column] for pair in pairs) + "\n")
    tatoeba = folder / "tatoeba"
    tatoeba.mkdir()
    (tatoeba / "tatoeba.deu-eng.deu").write_text(FOREIGN.format(7) + "\n")
    (tatoeba / "tatoeba.deu-eng.eng").write_text("Nothing else.\n")
    return folder


def test_which_sets_a_run_needs():
    assert material.needed(("xnli", "mlqa"), ("qa",), text=False) == ("mlqa", "nli", "squad", "xnli")
    assert "parallel" in material.needed(("bucc",), (), text=True)
    assert {"nli", "squad", "copa"} <= set(material.needed((), ("multi",), text=False))


def test_what_the_sets_at_hand_allow():
    assert material.available(("xquad",)) == ()
    assert set(material.available(("xquad", "squad"))) == {"xquad", "qa"}
    assert set(material.available(("nli", "copa"))) == {"nli", "commonsense", "multi"}
    everything = material.needed(("xnli", "bucc"), INTERMEDIATE, text=False)
    assert set(INTERMEDIATE) <= set(material.available(everything))


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 40), st.integers(0, 20))
def test_a_draw_keeps_the_order_and_is_the_same_for_parallel_sets(size, limit):
    one = material.draw(range(size), limit, "xnli")
    other = material.draw([f"w{number}" for number in range(size)], limit, "xnli")
    assert list(one) == sorted(one) and len(one) == (min(size, limit) if limit else size)
    assert [f"w{number}" for number in one] == list(other)


def test_another_name_draws_another_part():
    assert material.draw(range(1000), 20, "xnli") != material.draw(range(1000), 20, "panx")


def test_text_is_without_what_is_tested_on_and_what_the_layer_is_chosen_on(data, tmp_path):
    kept = tmp_path / "kept"
    kept.mkdir()
    material.held_out.cache_clear()
    assert material.write_held_out(data, kept) == 2
    counts = material.write_texts(data, kept, 0)
    found = material.texts(kept)
    assert counts == {"plain": 0, "paired": len(found.paired["de"]), "validation": len(found.validation["de"])}
    trained = {normalised(text) for pair in found.paired["de"] for text in pair}
    chosen = {normalised(text) for pair in found.validation["de"] for text in pair}
    assert len(trained) > 500 and len(chosen) > 4 and not trained & chosen
    assert normalised(FOREIGN.format(7)) not in trained | chosen
    assert {normalised(FOREIGN.format(7)), "nothingelse"} == material.held_out(data, kept)


def test_files_of_an_earlier_stage_that_are_damaged_are_named(tmp_path):
    material.held_out.cache_clear()
    with pytest.raises(ConfigError, match=r"held-out.txt: .* run anew with --fresh"):
        material.held_out(tmp_path, tmp_path)
    (tmp_path / "texts.json").write_text(json.dumps({"plain": {}, "paired": {"de": [1]}}))
    with pytest.raises(ConfigError, match=r"texts.json is absent or damaged"):
        material.texts(tmp_path)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Any:
    return make(tmp_path_factory.mktemp("world"))


class Trained:
    """A copy of the world, into which training files are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, **files: str) -> dict[str, Any]:
        """The examples of targets and arms, with these training files beside those written before."""
        for cached in (material.held_out, material.target_examples, material.arm_examples, material.data_digest):
            cached.cache_clear()
        for name, text in files.items():
            path = self.folder / TRAINING[f"{name}-train"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        targets, arms = ("xnli", "pawsx", "squad", "panx", "tydiqa"), ("nli", "qa", "commonsense")
        found = {one: material.target_examples(self.folder, one) for one in targets}
        return found | {one: material.arm_examples(self.folder, one) for one in arms}


@pytest.fixture
def trained(tmp_path, world) -> Trained:
    return Trained(shutil.copytree(world, tmp_path / "world"))


def test_without_training_files_the_development_sets_stand_in(trained):
    found, folder = trained(), trained.folder
    mnli, snli, scitail = (table(folder / f"intermediate/nli/{one}_dev.csv") for one in ("mnli", "snli", "scitail"))
    firsts = {one: [pair.first for pair in found[one]] for one in ("xnli", "nli", "pawsx")}
    assert firsts["xnli"] == mnli and len(mnli) == 12
    assert firsts["nli"] == mnli + snli + scitail
    assert found["pawsx"] == tuple(pairs.pawsx(folder, "en", "dev")) and len(found["pawsx"]) == 8
    assert found["squad"] == found["qa"] and [one.id for one in found["qa"]] == [f"en{n}" for n in range(320, 332)]


def table(path: Path) -> list[str]:
    with path.open(newline="") as handle:
        return [row["premise"] for row in csv.DictReader(handle)]


def test_a_training_file_is_trained_on_instead_of_the_set_that_stands_in_for_it(trained):
    before, first = trained(), material.data_digest(trained.folder)
    found = trained(xnli="A barge.\tA boat.\tentailment\nA lock.\tA mill.\tneutral\n")
    assert [(one.first, one.label) for one in found["xnli"]] == [("A barge.", 0), ("A lock.", 1)]
    assert found["nli"] == found["xnli"] + before["nli"][12:]
    others = set(before) - {"xnli", "nli"}
    assert {one: found[one] for one in others} == {one: before[one] for one in others}
    second = material.data_digest(trained.folder)
    found = trained(pawsx="A reed.\tThe reed.\t1\n")
    assert [one.first for one in found["pawsx"]] == ["A reed."]
    context = "The ferry is late. It waits."
    asked = {"id": "1", "question": "Who?", "answers": [{"text": "ferry", "answer_start": 4}]}
    found = trained(squad=json.dumps({"data": [{"paragraphs": [{"context": context, "qas": [asked]}]}]}))
    assert [one.context for one in found["squad"]] == [one.context for one in found["qa"]] == [context]
    assert len({first, second, material.data_digest(trained.folder)}) == 3


def test_training_files_are_rid_of_what_is_tested_on_and_are_not_held_out_themselves(trained):
    trained()
    tested = material.held_out(trained.folder)
    xnli = pairs.xnli(trained.folder, "en", "test")[0].first
    pawsx = pairs.pawsx(trained.folder, "en", "test")[0].second
    found = trained(
        xnli=f"{xnli.upper()}!\tA boat.\tneutral\nA lock.\tA mill.\tneutral\n",
        pawsx=f"An eel.\t{pawsx}\t0\nA reed.\tThe reed.\t1\n",
    )
    assert [one.first for one in found["xnli"]] == ["A lock."]
    assert [one.first for one in found["pawsx"]] == ["A reed."]
    assert material.held_out(trained.folder) == tested


def test_the_digest_of_the_data_follows_names_and_bytes(tmp_path):
    def digest() -> Any:
        material.data_digest.cache_clear()
        return material.data_digest(tmp_path)

    (tmp_path / "a").write_text("one")
    first = digest()
    assert digest() == first
    (tmp_path / "a").write_text("two")
    second = digest()
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, digest()}) == 3
