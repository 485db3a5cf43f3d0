"""The whole protocol for real, on a world of a few invented sentences: made here, killed, and taken up by name."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from synth.errors import ConfigError, ModelError
from synth.experiment.protocol import material
from synth.experiment.protocol.names import ALL_TASKS, EVERY_LANGUAGE
from synth.experiment.protocol.place import Place
from synth.experiment.protocol.planning import planned
from synth.experiment.protocol.runs import Order, prepare, run
from synth.experiment.protocol.work.doing import carry_out
from synth.experiment.sets.folder import NAMES, present
from tests.experiment.protocol.examples import SIZES, config
from tests.experiment.protocol.world import make

WHOLE = f"""
schema = 1
seeds = 1
arms = ["none", "nli", "multi"]
targets = ["xnli", "pawsx", "udpos", "panx", "squad", "tydiqa"]
growth = ["small", "base"]
resamples = 50
robust = {{ pawsx = 2, xnli = 1, neighbours = 3 }}
noise = {{ rate = 0.5 }}
{SIZES.strip()}
sentences = 200
[pretraining]
steps = 2
batch = 4
accumulate = 2
max_length = 32
learning_rate = 1e-3
[intermediate.default]
steps = 2
batch = 2
max_length = 64
[finetuning.default]
steps = 2
batch = 2
max_length = 64
[evaluation]
examples = 2
[retrieval]
examples = 4
max_length = 32
"""
DAY = datetime.date(2030, 1, 2)


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Any:
    return make(tmp_path_factory.mktemp("world"))


def order(tmp_path, data, text=WHOLE, **changed) -> Any:
    return Order(scale="mini", config=config(tmp_path, text), data=data, **changed)


def forget() -> None:
    for cached in (material.held_out, material.arm_examples, material.target_examples, material.tests):
        cached.cache_clear()


def test_the_world_has_every_set(data):
    assert present(data) == NAMES


def test_every_stage_of_the_protocol(tmp_path, data):
    forget()
    found = run(prepare(order(tmp_path, data)), tmp_path / "run", carry_out=carry_out, today=DAY)
    assert {one.task for one in found.scores} == {*ALL_TASKS, EVERY_LANGUAGE}
    assert {one.arm for one in found.scores} == {"none", "nli", "multi", "robust"}
    assert found.facts["majority"].keys() == {"xnli", "pawsx"}
    labels = [[getattr(one, "label", None) for one in some] for some in material.tests(data, "xnli", 2).values()]
    shares = [max(some.count(label) for label in some) / len(some) for some in labels]
    assert found.facts["majority"]["xnli"] == pytest.approx(100 * sum(shares) / len(shares))
    trained = found.facts["stages"]["intermediate-multi-base-0"]["examples"]
    assert trained.keys() == {"nli", "qa", "commonsense"} and min(trained.values()) > 0
    assert {one.language for one in found.scores if one.task == "tydiqa"} == {"ko", "sw"}
    ids = {one.id for one in found.effects}
    assert {"intermediate/all", "robust/xnli", "noise-case/udpos", "size/tatoeba", "nli/tatoeba-112"} <= ids
    assert all(0 <= one.value <= 100 for one in found.scores)
    stages = tmp_path / "run" / "stages"
    assert not list(stages.glob("finetune-*/*.safetensors")) and not list(stages.glob("*.part"))
    assert not list(stages.glob("*/checkpoint"))
    assert found.facts["stages"]["layer-base"]["layer"] in (1, 2)

    # a stage that was broken off, and all that follow from it, give the same again
    kept = Place(tmp_path / "run")
    for name in ("pretrain-base", "intermediate-nli-base-0", "finetune-nli-xnli-base-0", "evaluate-nli-xnli-base-0"):
        (kept.folder(name) / "stage.json").unlink()
    forget()
    again = run(prepare(order(tmp_path, data)), tmp_path / "run", carry_out=carry_out, today=DAY)
    assert (again.scores, again.effects, again.facts) == (found.scores, found.effects, found.facts)


def test_a_checkpoint_of_hugging_face_s_form_goes_the_whole_way(tmp_path, data):
    forget()
    few = WHOLE.replace(
        'targets = ["xnli", "pawsx", "udpos", "panx", "squad", "tydiqa"]', 'targets = ["xnli", "squad"]'
    )
    few = few.replace('"commonsense", "multi"', '"multi"')
    made = tmp_path / "made"
    run(prepare(order(tmp_path, data, few, only=("xnli",))), made, carry_out=carry_out, today=DAY)
    encoder = made / "stages" / "pretrain-base" / "encoder"
    named = order(tmp_path, data, few).config.model_copy(
        update={"model": str(encoder), "sizes": {}, "growth": (), "tokenizer": None, "pretraining": None}
    )
    forget()
    prepared = prepare(Order(scale="full", config=named, data=data))
    found = run(prepared, tmp_path / "named", carry_out=carry_out, today=DAY)
    assert {one.task for one in found.scores} == {"xnli", "xquad", "mlqa", "tatoeba", EVERY_LANGUAGE, "bucc"}
    assert found.facts["stages"]["retrieve-nli-base-0"]["layer"] == 1
    assert "smaller than the paper's" in found.notes[0]


def test_without_parallel_text_to_choose_a_layer_on_it_is_asked_for(tmp_path, data):
    bare = make(tmp_path / "bare")
    for path in (bare / "parallel").glob("*/*.txt"):
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:5]))
    forget()
    with pytest.raises(ConfigError, match=r"no language has parallel text left .* set layer in \[retrieval\]"):
        run(prepare(order(tmp_path, bare, only=("tatoeba",))), tmp_path / "run", carry_out=carry_out, today=DAY)


def test_a_model_that_cannot_be_had_is_one_error(tmp_path, data, monkeypatch):
    forget()
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    made = order(tmp_path, data).config
    named = made.model_copy(update={"model": str(tmp_path / "nowhere"), "sizes": {}, "growth": (), "pretraining": None})
    with pytest.raises(ModelError, match="cannot load the encoder"):
        run(prepare(Order(scale="full", config=named, data=data)), tmp_path / "run", carry_out=carry_out, today=DAY)


def test_what_is_asked_for_and_not_there(tmp_path, data):
    bare = make(tmp_path / "bare")
    (bare / "xquad" / "xquad.hi.json").unlink()
    with pytest.raises(ConfigError, match=r"xquad \(no xquad/xquad.hi.json.*--partial"):
        prepare(order(tmp_path, bare))
    found = prepare(order(tmp_path, bare, partial=True))
    assert found.absent == ("xquad",) and "xquad" not in found.tasks and "mlqa" in found.tasks
    assert prepare(order(tmp_path, bare, only=("xnli",))).tasks == ("xnli",)
    with pytest.raises(ConfigError, match="--only hellaswag is not known"):
        prepare(order(tmp_path, data, only=("hellaswag",)))
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="lacks"):
        prepare(order(tmp_path, tmp_path / "empty", partial=True))


def test_a_plan_counts_the_data_and_starts_nothing(tmp_path, data):
    forget()
    text = WHOLE + '[hardware]\nname = "a loom"\nteraflops = 1.0\n'
    text = text.replace("[finetuning.default]\nsteps = 2", "[finetuning.default]\nepochs = 1.0")
    found = planned(prepare(order(tmp_path, data, text, only=("pawsx",))))
    rows = {row.name: row for row in found.rows}
    # 8 pairs in batches of 2, three arms; and with two copies of each
    assert rows["fine-tuning and testing"].steps == 3 * 4 + 12
    assert found.machine == "a loom at 1 TFLOP/s" and found.tasks == ("pawsx",)
    assert list(tmp_path.iterdir()) == [tmp_path / "mine.toml"]
