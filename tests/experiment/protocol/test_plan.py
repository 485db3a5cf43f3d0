"""The arithmetic of a plan, and what notes tell."""

from __future__ import annotations

import pytest

from synth.experiment.protocol.configs import read_config
from synth.experiment.protocol.names import ALL_TASKS, INTERMEDIATE
from synth.experiment.protocol.notes import notes
from synth.experiment.protocol.plan import estimates, shape_of
from synth.experiment.protocol.stages import Kind, graph
from tests.experiment.protocol.examples import PRESENT, TOML, config


def test_parameters_of_known_and_small_encoders(tmp_path):
    small = shape_of(config(tmp_path), "base")
    assert small.parameters == 2 * (4 * 16 * 16 + 2 * 16 * 32)
    assert small.bytes == 4 * (small.parameters + 400 * 16)
    large = shape_of(read_config("full"), "base")
    assert large.parameters == pytest.approx(302e6, rel=0.01) and large.bytes == pytest.approx(2.2e9, rel=0.05)
    assert shape_of(read_config("full", model="some/xlm-roberta-base"), "base").parameters == pytest.approx(
        85e6, rel=0.01
    )


def test_steps_examples_and_tokens_of_a_training(tmp_path):
    made = config(
        tmp_path,
        TOML.replace("[intermediate.default]\nsteps = 2", "[intermediate.default]\nepochs = 2.0\naccumulate = 5"),
    )
    stages = graph(made, PRESENT)
    found = estimates(stages, made, counts={"nli": 100, "qa": 7, "xnli": 50, "squad": 9})
    assert found["intermediate-nli-base-0"].steps == 20 and found["intermediate-nli-base-0"].examples == 200
    assert found["pretrain-base"].steps == 2 and found["pretrain-base"].examples == 4
    assert all(one.seconds > 0 for one in found.values())
    twice = config(tmp_path, TOML.replace("[pretraining]", "[pretraining]\naccumulate = 2"))
    assert estimates(graph(twice, PRESENT), twice)["pretrain-base"].examples == 8


def test_a_limit_is_on_each_set_and_on_it_before_its_copies(tmp_path):
    text = TOML.replace("[intermediate.default]\nsteps = 2", "[intermediate.default]\nepochs = 1.0\nexamples = 40")
    text = text.replace("[finetuning.default]\nepochs = 1.0", "[finetuning.default]\nepochs = 1.0\nexamples = 10")
    made = config(tmp_path, text.replace('"qa"]', '"qa", "multi"]'))
    found = estimates(graph(made, (*PRESENT, "multi")), made, counts={"nli": 100, "qa": 70, "multi": 170, "xnli": 50})
    assert found["intermediate-nli-base-0"].examples == 40 and found["intermediate-multi-base-0"].examples == 80
    assert found["finetune-none-xnli-base-0"].steps == 5 and found["finetune-robust-xnli-base-0"].steps == 10


def test_a_size_may_have_a_hyphen_in_its_name(tmp_path):
    made = config(tmp_path, TOML.replace("small", "very-small"))
    found = estimates(graph(made, PRESENT), made)
    assert found["intermediate-nli-very-small-0"].bytes < found["intermediate-nli-base-0"].bytes


def test_a_faster_machine_takes_less_time():
    made = read_config("full")
    stages = graph(made, (*ALL_TASKS, *INTERMEDIATE))
    slow, fast = (estimates(stages, made, teraflops=speed) for speed in (50.0, 100.0))
    assert sum(one.seconds for one in fast.values()) < 0.6 * sum(one.seconds for one in slow.values())
    kept = sum(fast[stage.id].bytes for stage in stages if stage.kind is Kind.INTERMEDIATE)
    assert kept == pytest.approx(12 * 2.2e9, rel=0.05)


def test_notes_name_what_is_measured_on_less_and_nothing_that_is_not_there(tmp_path):
    told = notes(config(tmp_path), ("xnli", "tatoeba"))
    assert any("at most 3 examples" in one for one in told) and any("at most 4 pairs" in one for one in told)
    assert not any("PAWS-X" in one or "BUCC" in one for one in told)
    whole = notes(config(tmp_path), ("xnli", "tatoeba"), ["xnli-train", "pawsx-train"])
    assert [(a, b) for a, b in zip(told, whole, strict=True) if a != b] == [
        (
            "XNLI is fine-tuned on MNLI's development sets, the English inference set of its kind at hand.",
            "XNLI is fine-tuned on MultiNLI's training set.",
        )
    ]
    full = notes(read_config("full"), ALL_TASKS)
    assert not any("at most" in one for one in full) and any("layer 14" in one for one in full)
    assert all(one.endswith(".") for one in (*told, *full))


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ((), ""),
        (("finetuning",), "in fine-tuning;"),
        (("intermediate",), "in intermediate training;"),
        (("intermediate", "finetuning"), "in intermediate training and fine-tuning;"),
    ],
)
def test_notes_say_where_words_are_frozen(tmp_path, tables, said):
    text = TOML
    for one in tables:
        text = text.replace(f"[{one}.default]", f"[{one}.default]\nfreeze_words = true")
    told = [one for one in notes(config(tmp_path, text), ("xnli",)) if "Word embeddings" in one]
    assert told == ([f"Word embeddings stay as they are {said} all else is trained."] if said else [])


def test_notes_say_how_the_layer_of_retrieval_is_come_by():
    made, named = (notes(read_config("mini", model=model), ("tatoeba",)) for model in (None, "some/where"))
    assert any("on parallel text not tested on" in one for one in made)
    assert not any("parallel text" in one for one in named) and any("14/24" in one for one in named)
