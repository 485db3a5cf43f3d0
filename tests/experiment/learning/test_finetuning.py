from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.experiment.kinds import Choice, Question, TaggedSentence, TextPair
from synth.experiment.learning.batches import IGNORED, Item, collate, order, sorted_batches
from synth.experiment.learning.encoding import encode_pairs, encode_questions, encode_sentences
from synth.experiment.learning.finetuning import (
    CHOICES,
    PAIRS,
    QUESTIONS,
    TAGS,
    Task,
    Tuned,
    finetune,
)
from synth.experiment.learning.loop import LoopConfig
from synth.experiment.learning.predicting import predict_answers, predict_choices, predict_pairs, predict_tags
from tests.experiment.learning import small

WORDS = small.WORDS["en"]
CONFIG = LoopConfig(steps=80, batch=16, max_length=40, learning_rate=1e-2)
LABELS = {PAIRS: ("no", "yes"), TAGS: ("B", "O")}


def tuned_on(
    encoder: Any, tokenizer: Any, kind: str, examples: Any, config: LoopConfig = CONFIG, seed: int = 1, **changed: Any
) -> Tuned:
    """One head, under its kind's name."""
    labels = changed.pop("labels", LABELS.get(kind, ()))
    tasks = {kind: Task(kind=kind, examples=examples, labels=labels)}
    return finetune(encoder, tokenizer, tasks, config, seed, **changed)


def pairs(number: int = 64) -> list[TextPair]:
    """Does the second text begin with a fox?"""
    rng = random.Random(5)
    return [
        TextPair(" ".join(rng.choices(WORDS, k=3)), ("fox " if i % 2 else "hills ") + rng.choice(WORDS), i % 2)
        for i in range(number)
    ]


def sentences(number: int = 40) -> list[TaggedSentence]:
    rng = random.Random(6)
    made = []
    for _ in range(number):
        words = tuple(rng.choices(WORDS, k=rng.randint(2, 6)))
        made.append(TaggedSentence(words, tuple("B" if word in ("fox", "house") else "O" for word in words)))
    return made


def questions(number: int = 24) -> list[Question]:
    """Where the hills are, in contexts too long for one window."""
    rng = random.Random(7)
    made = []
    for i in range(number):
        words = rng.choices([word for word in WORDS if word != "hills"], k=40)
        words.insert(rng.randrange(41), "hills")
        context = " ".join(words)
        made.append(Question(f"q{i}", context, "where hills", ("hills",), context.index("hills")))
    return made


def choices(number: int = 48) -> list[Choice]:
    rng = random.Random(8)
    made = []
    for i in range(number):
        options = ["the fox", *(rng.choice(("a hill", "green", "runs over")) for _ in range(1 + i % 3))]
        rng.shuffle(options)
        made.append(Choice(rng.choice(WORDS), "what is it", tuple(options), options.index("the fox")))
    return made


def test_pairs_are_learnt_and_the_encoder_is_left_alone(encoder, tokenizer):
    before = small.weights(encoder)
    for pooling in ("first", "mean"):
        config = replace(CONFIG, pooling=pooling)
        tuned = tuned_on(encoder, tokenizer, PAIRS, pairs(), config)
        found = predict_pairs(tuned, pairs())
        np.testing.assert_allclose(found.sum(axis=1), 1)
        assert np.mean(found.argmax(axis=1) == [pair.label for pair in pairs()]) > 0.9
    assert small.weights(encoder) == before


def test_frozen_words_stay_and_the_layers_learn(encoder, tokenizer):
    config = replace(CONFIG, freeze_words=True)
    tuned = tuned_on(encoder, tokenizer, PAIRS, pairs(), config)
    before, after = encoder.state_dict(), tuned.encoder.state_dict()
    moved = {name for name in before if not before[name].equal(after[name])}
    assert "embeddings.word_embeddings.weight" in before
    assert "embeddings.word_embeddings.weight" not in moved
    assert any(name.startswith("encoder.layer.") for name in moved)
    assert np.mean(predict_pairs(tuned, pairs()).argmax(axis=1) == [pair.label for pair in pairs()]) > 0.8
    for model in (encoder, tuned.encoder):
        assert all(parameter.requires_grad for parameter in model.parameters())


def test_tags_are_learnt(encoder, tokenizer):
    tuned = tuned_on(encoder, tokenizer, TAGS, sentences())
    found = predict_tags(tuned, sentences())
    assert [len(tags) for tags in found] == [len(s.words) for s in sentences()]
    right = [a == b for s, tags in zip(sentences(), found, strict=True) for a, b in zip(s.tags, tags, strict=True)]
    assert np.mean(right) > 0.95


def test_answers_are_found_beyond_the_first_window(encoder, tokenizer):
    config = replace(CONFIG, steps=150, stride=8)
    tuned = tuned_on(encoder, tokenizer, QUESTIONS, questions(), config)
    found = predict_answers(tuned, questions())
    assert list(found) == [question.id for question in questions()]
    assert np.mean([answer == "hills" for answer in found.values()]) > 0.8


def test_choices_are_learnt_with_different_numbers_of_options(encoder, tokenizer):
    tuned = tuned_on(encoder, tokenizer, CHOICES, choices())
    found = predict_choices(tuned, choices())
    assert np.mean([a == choice.right for a, choice in zip(found, choices(), strict=True)]) > 0.9


def test_several_heads_learn_on_one_encoder(encoder, tokenizer):
    tasks = {
        "nli": Task(kind=PAIRS, examples=pairs(), labels=("no", "yes")),
        "qa": Task(kind=QUESTIONS, examples=questions(8)),
        "commonsense": Task(kind=CHOICES, examples=choices()),
        "tags": Task(kind=TAGS, examples=sentences(), labels=("B", "O")),
    }
    tuned = finetune(encoder, tokenizer, tasks, replace(CONFIG, steps=200), 1)
    found = predict_pairs(tuned, pairs(), head="nli")
    assert np.mean(found.argmax(axis=1) == [pair.label for pair in pairs()]) > 0.8
    assert len(predict_answers(tuned, questions(8), head="qa")) == 8
    with pytest.raises(ConfigError, match="no head 'pairs', but commonsense, nli, qa, tags"):
        predict_pairs(tuned, pairs())


def test_the_seed_decides(encoder, tokenizer):
    config = replace(CONFIG, steps=4)

    def trained(seed: int) -> dict[str, bytes]:
        made = tuned_on(encoder, tokenizer, PAIRS, pairs(), config, seed)
        return dict(small.weights(made.network))

    assert trained(1) == trained(1) != trained(2)


def test_other_examples_do_not_take_up_a_checkpoint(encoder, tokenizer, tmp_path):
    config = replace(CONFIG, steps=4, checkpoint_every=2)
    tuned_on(encoder, tokenizer, PAIRS, pairs(), config, folder=tmp_path)
    with pytest.raises(ConfigError, match="examples is"):
        tuned_on(encoder, tokenizer, PAIRS, pairs(30), config, folder=tmp_path)


def test_predictions_do_not_depend_on_their_neighbours(encoder, tokenizer):
    tuned = tuned_on(encoder, tokenizer, PAIRS, pairs(), replace(CONFIG, steps=4))
    alone = np.concatenate([predict_pairs(tuned, [pair]) for pair in pairs(10)])
    np.testing.assert_allclose(predict_pairs(tuned, pairs(10)), alone, atol=1e-5)
    assert predict_pairs(tuned, []).shape == (0, 2)


def test_a_sentence_longer_than_the_encoder_gets_all_its_tags(encoder, tokenizer):
    tuned = tuned_on(encoder, tokenizer, TAGS, sentences())
    long = TaggedSentence(tuple(WORDS * 6), tuple("O" for _ in WORDS * 6))
    word = TaggedSentence(("x" * 300, "fox"), ("O", "B"))
    found = predict_tags(tuned, [long, word, TaggedSentence((), ())])
    assert [len(tags) for tags in found] == [len(long.words), 2, 0]
    assert found[0][WORDS.index("fox") + len(WORDS)] == "B"


def test_tags_stand_at_first_sub_words(tokenizer):
    sentence = TaggedSentence(("hills", "qqq", "fox"), ("O", "B", "O"))
    (piece,) = encode_sentences(tokenizer, [sentence], {"B": 0, "O": 1}, 40)
    assert not isinstance(piece.item.target, int)
    labelled = [(i, t) for i, t in enumerate(piece.item.target) if t != IGNORED]
    assert [t for _, t in labelled] == [1, 0, 1]
    assert tuple(i for i, _ in labelled) == piece.places
    assert tokenizer.decode([piece.item.ids[piece.places[2]]]).strip(" ▁") in "fox"


def test_targets_of_windows_are_the_answer(tokenizer):
    asked = questions(6)
    windows = encode_questions(tokenizer, asked, 40, 8)
    assert len(windows) > 12
    held = 0
    for window in windows:
        assert not isinstance(window.item.target, int)
        start, end = window.item.target
        if (start, end) != (0, 0):
            held += 1
            context = asked[window.question].context
            first, last = window.spans[start], window.spans[end]
            assert first is not None and last is not None and context[first[0] : last[1]].strip() == "hills"
    assert held >= 6


def test_a_question_longer_than_a_window_is_cut(encoder, tokenizer):
    long = Question("a", "the fox sees hills", "where " * 99, ("fox",), 4)
    tuned = tuned_on(encoder, tokenizer, QUESTIONS, [long], replace(CONFIG, steps=2, stride=39))
    assert predict_answers(tuned, [long, replace(long, id="b", question="", context="")])["a"] in long.context


def test_answers_are_told_apart_by_id(encoder, tokenizer):
    tuned = tuned_on(encoder, tokenizer, QUESTIONS, questions(2), replace(CONFIG, steps=1))
    with pytest.raises(ConfigError, match="predict each language by itself"):
        predict_answers(tuned, questions(1) * 2)


@pytest.mark.parametrize(
    ("examples", "labels", "config", "said"),
    [
        ([], ("no", "yes"), CONFIG, "no examples to learn pairs from"),
        ([TextPair("a", "b", 2)], ("no", "yes"), CONFIG, "class 2, expected 0 to 1"),
        ([TextPair("a", "b", 0)], ("no",), replace(CONFIG, max_length=65), "max_length is 65"),
    ],
)
def test_bad_examples(encoder, tokenizer, examples, labels, config, said):
    with pytest.raises(ConfigError, match=said):
        tuned_on(encoder, tokenizer, PAIRS, examples, config, labels=labels)


def test_an_unknown_tag(encoder, tokenizer):
    with pytest.raises(ConfigError, match="'B' was found, expected one of O"):
        tuned_on(encoder, tokenizer, TAGS, sentences(), labels=("O",))


@given(
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=60),
    steps=st.integers(1, 40),
    batch=st.integers(1, 9),
    seed=st.integers(0, 9),
)
def test_every_example_once_an_epoch(lengths, steps, batch, seed):
    made = order(lengths, steps, batch, seed, pool=3)
    size = min(batch, len(lengths))
    assert len(made) == steps and all(len(chosen) == size for chosen in made)
    longer = order(lengths, steps + 5, batch, seed, pool=3)
    assert all((a == b).all() for a, b in zip(made, longer, strict=False))
    whole = [int(i) for chosen in order(lengths, 3 * len(lengths), batch, seed, pool=3) for i in chosen]
    counts = np.bincount(whole, minlength=len(lengths))
    assert counts.max() - counts.min() <= 1


@given(lengths=st.lists(st.integers(1, 90), max_size=60), tokens=st.integers(1, 200), most=st.integers(1, 9))
def test_sorted_batches_hold_every_example_once_within_their_bounds(lengths, tokens, most):
    made = sorted_batches(lengths, tokens, most)
    assert sorted(int(i) for chosen in made for i in chosen) == list(range(len(lengths)))
    for chosen in made:
        assert len(chosen) <= most
        assert len(chosen) == 1 or len(chosen) * max(lengths[i] for i in chosen) <= tokens


def test_padding_is_marked():
    batch = collate([Item([5, 6, 7], target=(1, 0, 1)), Item([8], target=(1,))], "tags", 1)
    assert batch.arrays["ids"].tolist() == [[5, 6, 7], [8, 1, 1]]
    assert batch.arrays["mask"].tolist() == [[1, 1, 1], [1, 0, 0]]
    assert batch.arrays["target"].tolist() == [[1, 0, 1], [1, IGNORED, IGNORED]]
    assert batch.weight() == 4


def test_the_longer_text_of_a_pair_is_cut(tokenizer):
    (item,) = encode_pairs(tokenizer, [TextPair("fox " * 90, "hills", 0)], 20)
    assert len(item) == 20
    assert tokenizer.decode(list(item.ids)).replace("▁", " ").strip().endswith("hills")
