"""The graph of stages: what is shared, what depends on what, and what a digest tells apart."""

from __future__ import annotations

from typing import Any

import pytest

from synth.experiment.protocol.configs import SCALES, read_config
from synth.experiment.protocol.names import ALL_TASKS, INTERMEDIATE
from synth.experiment.protocol.stages import Kind, digests, graph
from tests.experiment.protocol.examples import PRESENT, TOML, config

CODE = dict.fromkeys(Kind, "code")
EVERYTHING = (*ALL_TASKS, *INTERMEDIATE, "parallel")


def made(stages, **changed) -> Any:
    return digests(stages, **{"data": "d", "code": CODE, "threads": 1, **changed})


@pytest.mark.parametrize("scale", SCALES)
def test_every_stage_comes_once_and_after_its_inputs(scale):
    stages = graph(read_config(scale), EVERYTHING)
    seen: set[str] = set()
    for stage in stages:
        assert stage.id not in seen
        assert set(stage.inputs.values()) <= seen
        seen.add(stage.id)
    assert len(set(made(stages).values())) == len(stages)


def test_the_stages_of_a_small_run(tmp_path):
    ids = [stage.id for stage in graph(config(tmp_path), PRESENT)]
    assert ids[:2] == ["material", "tokenizer"]
    assert sum(one.startswith("pretrain-") for one in ids) == 2
    # arms none, nli, qa; two seeds; the base has both targets, the small size XNLI after none and nli alone
    assert sum(one.startswith("finetune-") for one in ids) == 3 * 2 * 2 + 2 * 2 + 2
    assert "finetune-robust-xnli-base-1" in ids and "finetune-robust-pawsx-base-0" not in ids
    # the encoder as pre-trained has no seed
    assert [one for one in ids if one.startswith("retrieve-none")] == ["retrieve-none-base-0", "retrieve-none-small-0"]
    assert "retrieve-qa-small-0" not in ids


def test_the_same_weights_are_trained_once(tmp_path):
    stages = {stage.id: stage for stage in graph(config(tmp_path), PRESENT)}
    users = [one.id for one in stages.values() if one.inputs.get("encoder") == "intermediate-nli-base-0"]
    assert users == ["retrieve-nli-base-0", "finetune-nli-xnli-base-0", "finetune-nli-squad-base-0"]


def test_noise_is_put_to_the_clean_model_of_arm_none(tmp_path):
    stages = {stage.id: stage for stage in graph(config(tmp_path), PRESENT)}
    assert stages["finetune-none-xnli-base-0"].choices["conditions"] == ["clean", "typos", "accents", "case"]
    for other in ("finetune-nli-xnli-base-0", "finetune-none-squad-base-0", "finetune-none-xnli-small-0"):
        assert stages[other].choices["conditions"] == ["clean"]


def test_what_is_not_there_is_left_out(tmp_path):
    ids = [stage.id for stage in graph(config(tmp_path), ("xnli", "nli"))]
    assert not any("qa" in one or "squad" in one or "retrieve" in one or "layer" in one for one in ids)


def test_with_a_model_nothing_is_pre_trained(tmp_path):
    stages = graph(read_config("smoke", model="some/where"), PRESENT)
    assert stages[1].id == "load-base" and not any(stage.kind is Kind.PRETRAIN for stage in stages)
    assert not any("-small-" in stage.id for stage in stages)


def test_more_seeds_leave_the_stages_of_the_others_as_they_are(tmp_path):
    few = made(graph(config(tmp_path), PRESENT))
    more = made(graph(config(tmp_path, TOML.replace("seeds = 2", "seeds = 3")), PRESENT))
    assert few.items() < more.items()


def test_a_change_reaches_what_depends_on_it_and_nothing_else(tmp_path):
    before = made(graph(config(tmp_path), PRESENT))
    after = made(
        graph(
            config(tmp_path, TOML.replace("[intermediate.default]\nsteps = 2", "[intermediate.default]\nsteps = 3")),
            PRESENT,
        )
    )
    changed = {one for one in before if before[one] != after[one]}
    assert changed == {one for one in before if "-nli-" in one or "-qa-" in one}


@pytest.mark.parametrize("changed", [{"data": "other"}, {"threads": 2}, {"code": {**CODE, Kind.MATERIAL: "other"}}])
def test_data_code_and_threads_reach_every_stage(tmp_path, changed):
    stages = graph(config(tmp_path), PRESENT)
    before, after = made(stages), made(stages, **changed)
    assert all(before[one] != after[one] for one in before)
