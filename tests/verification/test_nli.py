from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from synth.errors import ModelError, UnknownLabels
from synth.types import Claim, Origin
from synth.verification import nli
from synth.verification.nli import STATED, hypothesis, label_columns, load_nli, nli_signature, stated_mark
from tests.training.tiny import LABELS, write_classifier

PAIRS = [
    ("the cat sat on the mat", "a cat sat"),
    ("parsers gain 2.5 points on trees", "parsers lose points"),
    ("a", "b"),
    ("long premise " * 20, "it is long"),
    ("training takes 12 hours on one machine", "training takes 3 hours"),
]


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory) -> Path:
    return write_classifier(tmp_path_factory.mktemp("nli") / "tiny-nli")


@pytest.fixture(scope="session")
def model(checkpoint):
    return load_nli(checkpoint)


def _embed(checkpoint: Path, folder: Path, monkeypatch, **hashes: str) -> Path:
    """Lay a checkpoint out as the package's own, with a manifest."""
    shutil.copytree(checkpoint, folder / "models" / "verifier")
    place = folder / "models" / "verifier"
    names = ("config.json", "model.safetensors", "tokenizer.json")
    found = {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in names}
    (place / "manifest.json").write_text(json.dumps({"sha256": found | hashes}), encoding="utf-8")
    monkeypatch.setattr(nli, "data_path", lambda *parts: folder.joinpath(*parts))
    return place


def test_logits_are_raw_and_rounded(model):
    logits = model.logits(PAIRS)
    assert logits.shape == (5, 3)
    assert logits.dtype == np.float64
    assert (logits == logits.round(3)).all()
    assert (np.abs(logits) > 1).any(), "raw logits, not probabilities"


def test_no_pairs_give_no_rows(model):
    assert model.logits([]).shape == (0, 3)


def test_the_order_of_pairs_does_not_matter(model):
    pairs = [(f"{premise} {i}", claim) for i in range(20) for premise, claim in PAIRS]
    order = np.random.default_rng(0).permutation(len(pairs))
    assert (model.logits([pairs[i] for i in order]) == model.logits(pairs)[order]).all()


def test_a_pair_scores_the_same_alone_and_in_company(model):
    together = model.logits(PAIRS)
    alone = np.vstack([model.logits([pair]) for pair in PAIRS])
    np.testing.assert_allclose(alone, together, atol=0.0011)


def test_repeated_pairs_are_scored_once(model, monkeypatch):
    asked: list[int] = []
    predict = model._model.predict

    def counting(pairs, **options):
        asked.append(len(pairs))
        return predict(pairs, **options)

    monkeypatch.setattr(model._model, "predict", counting)
    logits = model.logits([PAIRS[0], PAIRS[1], PAIRS[0], PAIRS[0]])
    assert asked == [2]
    assert (logits[0] == logits[2]).all() and (logits[0] == logits[3]).all()


def test_premise_and_hypothesis_are_not_interchangeable(model):
    assert (model.logits([("a b", "c d")]) != model.logits([("c d", "a b")])).any()


def test_a_long_premise_is_cut_and_the_claim_stays_whole(model):
    premise = "z " * 200
    kept, claim = model._fit(premise, "a claim of many words")
    assert claim == "a claim of many words"
    assert kept and premise.startswith(kept) and len(kept) < len(premise)
    ids = model._model.tokenizer(kept, claim)["input_ids"]
    assert len(ids) == 64
    assert (model.logits([(premise, "claim one")]) != model.logits([(premise, "claim two")])).any()


def test_a_claim_longer_than_the_model_reads_still_gets_logits(model):
    assert np.isfinite(model.logits([("premise", "c " * 200)])).all()


def test_the_columns_are_found_by_name(checkpoint, model, tmp_path):
    other = write_classifier(tmp_path / "turned", {0: "REFUTES", 1: "Supports", 2: "NOT_ENOUGH_INFO"})
    shutil.copy(checkpoint / "model.safetensors", other / "model.safetensors")
    turned, straight = load_nli(other).logits(PAIRS), model.logits(PAIRS)
    assert (turned == straight[:, [1, 2, 0]]).all()


@pytest.mark.parametrize(
    "labels", [{0: "contradiction", 1: "entailment", 2: "neutral"}, {0: "Contradicts", 1: "ENTAILS", 2: "Neutral"}]
)
def test_names_of_labels_are_understood(labels):
    assert label_columns(labels, "x") == (1, 2, 0)


@pytest.mark.parametrize(
    "labels",
    [{0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}, {0: "entailment", 1: "not_entailment"}, {**LABELS, 3: "other"}],
)
def test_unnamed_labels_are_refused_by_name(tmp_path, labels):
    folder = write_classifier(tmp_path / "nameless", labels)
    with pytest.raises(UnknownLabels, match="nameless") as caught:
        load_nli(folder)
    assert caught.value.facts["checkpoint"] == str(folder)


def test_the_signature_names_the_weights(checkpoint, model, tmp_path):
    name, _, digest = model.signature.partition("@")
    assert nli_signature(checkpoint) == model.signature
    assert name == "tiny-nli"
    assert hashlib.sha256((checkpoint / "model.safetensors").read_bytes()).hexdigest().startswith(digest)
    assert len(digest) == 12


def test_the_embedded_weights_are_checked_and_loaded(checkpoint, model, tmp_path, monkeypatch):
    _embed(checkpoint, tmp_path, monkeypatch)
    embedded = load_nli()
    assert nli_signature() == embedded.signature
    assert embedded.signature.startswith("synth-verifier@")
    assert (embedded.logits(PAIRS) == model.logits(PAIRS)).all()


def test_changed_weights_are_refused(checkpoint, tmp_path, monkeypatch):
    place = _embed(checkpoint, tmp_path, monkeypatch)
    body = bytearray((place / "model.safetensors").read_bytes())
    body[-1] ^= 1
    (place / "model.safetensors").write_bytes(bytes(body))
    with pytest.raises(ModelError, match=r"model\.safetensors has the SHA-256"):
        load_nli()


def test_an_incomplete_folder_is_refused(checkpoint, tmp_path, monkeypatch):
    place = _embed(checkpoint, tmp_path, monkeypatch)
    (place / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="incomplete"):
        load_nli()


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="could not be loaded"):
        load_nli(tmp_path)


def test_weights_that_give_no_numbers_are_refused(checkpoint):
    import torch

    broken: Any = load_nli(checkpoint)
    with torch.no_grad():
        for name, weights in broken._model.named_parameters():
            if name.endswith("classifier.weight"):
                weights.fill_(float("nan"))
    with pytest.raises(ModelError, match="no numbers"):
        broken.logits(PAIRS)


def test_the_signature_of_an_absent_embedded_model_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(nli, "data_path", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.raises(ModelError, match="incomplete"):
        nli_signature()


def test_a_manifest_tells_the_mark_of_papers_own_claims(tmp_path, monkeypatch):
    assert stated_mark(tmp_path) == ""
    (tmp_path / "manifest.json").write_text('{"stated": "reported: "}', encoding="utf-8")
    assert stated_mark(tmp_path) == STATED
    (tmp_path / "manifest.json").write_text("[]", encoding="utf-8")
    assert stated_mark(tmp_path) == ""
    assert stated_mark("no-such/checkpoint") == ""


def test_only_a_papers_own_claim_stands_behind_the_mark(model):
    origin = Origin(paper_id="2001.00001v1", section="1", page=1, start=0, end=9, verbatim="Cats nap.")
    own = Claim(id="a" * 12, text="Cats nap.", origins=(origin,))
    asked = dataclasses.replace(own, origins=())

    class Marked:
        signature = "m@0"
        stated = STATED

        def logits(self, pairs):
            raise AssertionError(pairs)

    assert hypothesis(own, Marked()) == f"{STATED}Cats nap."
    assert hypothesis(asked, Marked()) == "Cats nap."
    assert hypothesis(own, model) == "Cats nap."


class _Hub:
    """Stands for the library's loader: notes how it was asked, and has a name only where it was fetched."""

    def __init__(self, checkpoint: Path, *, cached: bool) -> None:
        self.checkpoint, self.cached, self.asked = checkpoint, cached, list[bool]()
        self.load: Any = None

    def __call__(self, place: str, *, local_files_only: bool, **options: Any) -> Any:
        self.asked.append(not local_files_only)
        if local_files_only and not self.cached:
            raise OSError("We couldn't connect to the hub and couldn't find the files in the cache.")
        return self.load(str(self.checkpoint), local_files_only=True, **options)


@pytest.fixture
def hub(checkpoint, monkeypatch):
    import sentence_transformers

    found = _Hub(checkpoint, cached=True)
    found.load = sentence_transformers.CrossEncoder
    monkeypatch.setattr(sentence_transformers, "CrossEncoder", found)
    return found


def test_a_name_that_was_fetched_is_read_without_asking_the_hub(hub):
    load_nli("someone/some-nli")
    assert hub.asked == [False]


def test_a_name_that_is_new_is_fetched(hub):
    hub.cached = False
    load_nli("someone/some-nli")
    assert hub.asked == [False, True]


def test_offline_nothing_is_fetched(hub):
    hub.cached = False
    with pytest.raises(ModelError, match="not on this machine; name a folder, or run once without --offline"):
        nli_signature("someone/some-nli", fetch=False)
    assert hub.asked == [False]
