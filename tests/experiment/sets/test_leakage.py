from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.sets import bitext, choices, leakage, pairs, questions
from tests.experiment.sets.tiny import sentence, squad_form, write, write_folder

NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def data(tmp_path):
    return write_folder(tmp_path / "data", 3)


@given(st.text())
def test_normalising_twice_changes_nothing_more_than_once(text):
    once = leakage.normalised(text)
    assert leakage.normalised(once) == once


@given(st.lists(st.text("abcÄß你好ก7", min_size=1), min_size=1))
def test_spaces_case_and_punctuation_do_not_count(words):
    assert leakage.normalised(" ".join(words)) == leakage.normalised("«" + "-".join(words).upper() + "» !")


@given(st.lists(st.text("ab ", max_size=3)), st.frozensets(st.text("ab", max_size=3)))
def test_what_stays_is_not_held_out_and_what_goes_is(texts, held):
    kept = leakage.without(texts, held, lambda text: (text,))
    assert kept == [text for text in texts if text.replace(" ", "") not in held]


@pytest.mark.parametrize(
    "text",
    [
        sentence("sw", "premisetest", 1),
        sentence("fr", "thendev", 0),
        sentence("ja", "ytest", 2),
        sentence("de", "posdev", 1),
        sentence("yo", "namesdev", 1),
        sentence("th", "xquad", 0),
        sentence("hi", "mlqa/", 1),
        sentence("ko", "tydiq", 1),
        sentence("tl", "tatoeba", 2),
        sentence("en", "tatoebatl", 2),
        sentence("zh", "bucc", 0),
        sentence("en", "bucc", 1),
    ],
)
def test_every_tested_text_is_held_out(data, text):
    assert leakage.normalised(text) in leakage.held_out(data)


def test_what_is_trained_on_is_not_held_out(data):
    held = leakage.held_out(data)
    for text in (sentence("en", "mnli", 0), sentence("en", "tydiq", 0), sentence("en", "postrain", 0)):
        assert leakage.normalised(text) not in held


def test_a_sentence_within_a_tested_context_is_held_out(data):
    write(data / "xquad/xquad.en.json", squad_form(["The old mill is by the lake. Nobody has lived in it since then."]))
    held = leakage.held_out(data)
    assert leakage.normalised("nobody has lived in it since then") in held
    assert leakage.normalised("The old mill is by the lake") in held


def test_no_reader_of_training_text_lets_a_tested_sentence_through(data):
    planted = sentence("pt", "tatoeba", 1).upper().replace(" ", "  ")
    free = "A sentence that nobody is tested on."
    write(
        data / "intermediate/nli/mnli_dev.csv",
        "premise,hypothesis,label",
        f"{free},{planted},neutral",
        f"{free},{free},neutral",
    )
    write(data / "intermediate/squad_v1.1_dev_minus_xquad.json", squad_form([f"{free} {planted}", free]))
    header = "id,context,question,answer0,answer1,answer2,answer3,label"
    write(data / "intermediate/cosmosqa_valid.csv", header, f"1,{planted},q,a,b,c,d,0", f"2,{free},q,a,b,c,d,0")
    write(data / "parallel/multi30k/train.de", planted, "Ein Satz, an dem niemand geprüft wird.", "Noch einer.")
    write(data / "parallel/multi30k/train.en", free, free, planted)
    write(data / "panx/train-de.tsv", *(f"{word}\tO" for word in planted.split()), "", "Frei\tO", "ist\tO", "")
    assert [pair.second for pair in pairs.mnli(data)] == [free]
    assert [one.context for one in questions.squad(data)] == [free]
    assert [one.context for one in choices.cosmosqa(data)] == [free]
    found = bitext.parallel(data)
    assert (planted, free) not in found["de"] and ("Noch einer.", planted) not in found["de"]
    assert ("Ein Satz, an dem niemand geprüft wird.", free) in found["de"]
    assert bitext.monolingual(data)["de"] == ["Frei ist"]
    # and each of them had it to give
    assert len(pairs.mnli(data, NOTHING)) == 2 and len(questions.squad(data, NOTHING)) == 2
    assert len(choices.cosmosqa(data, NOTHING)) == 2 and len(bitext.monolingual(data, NOTHING)["de"]) == 2
    assert len(bitext.parallel(data, NOTHING)["de"]) == len(found["de"]) + 2


def test_the_sets_that_are_there_suffice(tmp_path):
    write(tmp_path / "xnli/test-en.tsv", "One thing.\tAnother thing.\tneutral")
    assert leakage.held_out(tmp_path) == {"onething", "anotherthing"}
