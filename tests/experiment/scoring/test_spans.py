from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.scoring.counts import f1_of
from synth.experiment.scoring.spans import span_counts, span_f1, spans

NAMES = st.lists(st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]), max_size=12)
PARTS = st.lists(st.sampled_from(["NOUN", "VERB", "SYM", "INTJ", "SCONJ", "ADP"]), max_size=12)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("B-PER I-PER O B-LOC", [("PER", 0, 1), ("LOC", 3, 3)]),
        ("B-PER B-PER", [("PER", 0, 0), ("PER", 1, 1)]),
        ("B-PER I-LOC", [("PER", 0, 0), ("LOC", 1, 1)]),  # another type begins anew, though it says inside
        ("O I-PER I-PER O", [("PER", 1, 2)]),  # as CoNLL's script has it, a name may begin with an I
        ("I-PER B-PER I-PER", [("PER", 0, 0), ("PER", 1, 2)]),
        ("", []),
        ("NOUN NOUN VERB", [("NOUN", 0, 1), ("VERB", 2, 2)]),  # neighbours of one part of speech are one span
        ("SYM SYM", [("SYM", 0, 0), ("SYM", 1, 1)]),  # unless seqeval reads the S as a single
        ("SCONJ SCONJ NOUN", [("SCONJ", 0, 0), ("SCONJ", 1, 1), ("NOUN", 2, 2)]),
        ("INTJ INTJ", [("INTJ", 0, 1)]),
    ],
)
def test_spans_are_seqevals(tags, expected):
    assert spans(tags.split()) == expected


@given(st.lists(NAMES, max_size=4))
def test_what_is_gold_is_right(sentences):
    found = span_f1(sentences, sentences)
    expected = 100.0 if any(spans(one) for one in sentences) else 0.0
    assert found.f1 == found.precision == found.recall == expected


@given(st.one_of(NAMES, PARTS))
def test_every_word_with_a_tag_is_in_exactly_one_span(tags):
    covered = [place for _, begin, end in spans(tags) for place in range(begin, end + 1)]
    assert covered == [place for place, tag in enumerate(tags) if tag != "O"]


def test_a_span_is_right_only_whole_and_sentences_do_not_run_together():
    predictions = [["B-PER", "O"], ["I-PER", "O"]]
    gold = [["B-PER", "I-PER"], ["I-PER", "O"]]
    assert span_counts(predictions, gold).tolist() == [[0, 1, 1], [1, 1, 1]]
    assert span_f1(predictions, gold).f1 == 50.0


def test_drawing_a_sentence_twice_counts_it_twice():
    counts = np.array([[1, 2, 1], [0, 1, 3]])
    assert f1_of(counts[[0, 0]]).precision == 50.0 and f1_of(counts[[0, 0]]).recall == 100.0
    assert f1_of(counts[[1]]).f1 == 0.0 and f1_of(counts[[]]).f1 == 0.0


def test_sentences_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="1 predictions for 2 sentences"):
        span_f1([["O"]], [["O"], ["O"]])
    with pytest.raises(ValueError, match="sentence 0 has 1 predicted tags for 2 words"):
        span_f1([["O"]], [["O", "O"]])


def test_seqeval_finds_the_same_spans():
    seqeval = pytest.importorskip("seqeval.metrics.sequence_labeling", reason="seqeval is not installed")
    rng = random.Random(0)
    for _ in range(2000):
        tags = rng.choices(["O", "B-PER", "I-PER", "B-LOC", "I-LOC"], k=rng.randrange(12))
        assert seqeval.get_entities(tags) == spans(tags)
