from __future__ import annotations

import json
import lzma
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from synth.claims.scorer import MANIFEST, Scorer
from synth.training.role_data import RoleSentence, detokenised, embedded, mixture
from synth.training.role_scores import best_threshold, by_document, f1
from synth.training.roles import claim_label, contribution_label, role_label, run, vocabulary_of
from tests.claims.examples import WordEncoder

TEMPLATES = {
    "background": "Parsing of language {n} has attracted much attention in recent years",
    "method": "We train the parser of language {n} with a lexicon on raw text",
    "objective": "The goal of study {n} is to test whether lexica help parsers",
    "other": "The code of parser {n} is given to everyone who asks for it",
    "result": "We show that lexicon {n} improves the parser by 3 points over the baseline",
}


def row(
    name: str, doc: str, place: int, text: str, role: str, claim: int | None, split: str = "train"
) -> dict[str, Any]:
    return {
        "set": name,
        "doc": doc,
        "i": place,
        "text": text,
        "role": role,
        "claim": claim,
        "split": split,
        "licence": "made by hand",
    }


def small_set() -> list[dict[str, Any]]:
    rows = []
    for number in range(60):
        split = "dev" if number % 4 == 0 else "train"
        for place, (role, template) in enumerate(TEMPLATES.items()):
            text = template.format(n=number)
            rows.append(row("csabstruct", f"c{number}", place, text, role, None, split))
            is_claim = int(role == "result")
            rows.append(row("detecting_scientific_claim", f"d{number}", place, text, "x", is_claim, split))
            rows.append(row("ncg", f"n{number}", place, text.replace(" the ", " the - "), "x", is_claim))
    return rows


def sentence(**changes: Any) -> RoleSentence:
    fields: dict[str, Any] = {
        "set": "csabstruct",
        "doc": "a",
        "text": "Lexica help parsers.",
        "role": "result",
        "claim": None,
        "dev": False,
        "licence": "made by hand",
        "place": 0.5,
        "weight": 1.0,
    }
    return RoleSentence(**(fields | changes))


def test_test_splits_never_enter_the_mixture() -> None:
    rows = [row("csabstruct", "a", 0, f"Lexicon {n} helps most parsers.", "claim", 1, "test") for n in range(20)]
    assert mixture(rows) == ()


def test_no_document_both_trains_and_measures() -> None:
    kept = mixture(small_set())
    train = {(s.set, s.doc) for s in kept if not s.dev}
    assert train
    assert not train & {(s.set, s.doc) for s in kept if s.dev}
    assert any(s.dev for s in kept if s.set == "ncg")


def test_the_mixture_is_the_same_every_time_and_says_what_a_thinned_sentence_stands_for() -> None:
    kept = mixture(small_set())
    assert kept == mixture(small_set())
    thinned = {s.weight for s in kept if s.set == "csabstruct" and not s.dev}
    assert thinned == {2.0}
    assert {s.weight for s in kept if s.dev} == {1.0}


def test_only_abstracts_have_places() -> None:
    kept = mixture(small_set())
    assert all(math.isnan(s.place) == (s.set == "ncg") for s in kept)
    assert {s.place for s in kept if s.set == "csabstruct"} == {0.0, 0.25, 0.5, 0.75, 1.0}


def test_detokenised() -> None:
    assert detokenised("a cloze - style test , with BERT 's help ( see [ 3 ] ) .") == (
        "a cloze-style test, with BERT's help (see [3])."
    )


def test_labels_come_from_the_sets_that_give_them() -> None:
    assert role_label(sentence()) == "result"
    assert role_label(sentence(set="mulms_az", role="MEASUREMENT|Results")) == "result"
    assert role_label(sentence(set="mulms_az", role="Background|Results")) is None
    assert role_label(sentence(set="sciarg_upf_cl", role="proposal")) == "objective"
    assert role_label(sentence(set="ncg")) is None
    assert claim_label(sentence(set="detecting_scientific_claim", claim=1)) == "claim"
    assert claim_label(sentence(set="ncg", claim=1)) is None
    assert contribution_label(sentence(set="ncg", claim=0)) == "other"


def test_f1_and_its_threshold() -> None:
    gold = np.array([True, True, False, False])
    assert f1(gold, np.array([True, False, True, False])) == pytest.approx(0.5)
    assert f1(gold, np.array([False] * 4)) == 0.0
    scores = np.array([0.9, 0.6, 0.5, 0.1])
    assert 0.5 < best_threshold(gold, scores, np.ones(4)) <= 0.6


def test_intervals_draw_whole_documents() -> None:
    gold = np.array(["a", "a", "b", "b"])
    right = by_document(gold, gold, ["1", "1", "2", "2"], None, seed=1)
    assert right["f1"] == 1.0
    assert right["interval"] == [1.0, 1.0]
    half = by_document(gold, np.array(["a", "a", "a", "a"]), ["1", "1", "2", "2"], None, seed=1)
    assert half["interval"] == [0.0, 1.0]
    assert half["documents"] == 2


def test_the_vocabulary_keeps_frequent_terms_only() -> None:
    found = vocabulary_of(["lexica help"] * 8 + ["parsers fail"] * 7)
    assert found == ("help", "lexica", "lexica help")


class CountingEncoder(WordEncoder):
    calls = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        return super().encode(texts)


def test_embeddings_are_kept(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    texts = [f"Lexicon {number} helps." for number in range(5)]
    first = embedded(texts, encoder, tmp_path)
    assert np.array_equal(first, embedded(texts, encoder, tmp_path))
    assert encoder.calls == 1
    assert not list(tmp_path.glob("*.part"))


def test_the_recipe_gives_a_scorer_that_tells_results_from_background(tmp_path: Path) -> None:
    path = tmp_path / "sentences.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(entry) + "\n" for entry in small_set())
    encoder = WordEncoder()
    manifest = run(path, tmp_path / "out", tmp_path / "cache", encoder)
    again = run(path, tmp_path / "again", tmp_path / "cache", encoder)
    assert manifest["sha256"] == again["sha256"]
    assert manifest["scores"]["claim"]["without_place"]["claim"]["f1"] > 0.9
    assert json.loads((tmp_path / "out" / MANIFEST).read_text(encoding="utf-8"))["seed"] == manifest["seed"]
    texts = [TEMPLATES["result"].format(n=7), TEMPLATES["background"].format(n=7)]
    result, background = Scorer(tmp_path / "out").statement_scores(texts, encoder.encode(texts))
    assert result > background
