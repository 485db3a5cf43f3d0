"""The readers on the real sets: their published sizes, and that what is tested on is nowhere in what is trained on."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from synth.experiment.sets import bitext, choices, leakage, pairs, questions, tagging
from synth.experiment.sets import languages as spoken

pytestmark = pytest.mark.shared


@pytest.fixture
def unpacked(shared: Path, tmp_path: Path) -> Callable[..., Path]:
    def unpack(*names: str, only: str = "") -> Path:
        for name in names:
            with tarfile.open(shared / "xtreme" / f"{name}.tar.xz") as archive:
                archive.extractall(tmp_path, [one for one in archive if only in one.name], filter="data")
        return tmp_path

    return unpack


def test_pawsx_has_the_usable_pairs_of_its_readme(unpacked):
    data = unpacked("pawsx")
    found = {one: len(pairs.pawsx(data, one, "dev")) for one in spoken.PAWSX_LANGUAGES}
    assert found == {"de": 1932, "en": 2000, "es": 1962, "fr": 1992, "ja": 1980, "ko": 1965, "zh": 1984}
    assert len(pairs.pawsx(data, "en", "test")) == 1994


def test_tatoeba_has_112_languages_and_xtremes_36_have_31692_pairs(unpacked):
    found = bitext.tatoeba(unpacked("tatoeba"))
    assert len(found) == 112 and sum(len(one.foreign) for one in found.values()) == 88_877
    assert sum(len(found[one].foreign) for one in spoken.XTREME_36) == 31_692


def test_bucc_has_its_sample(unpacked):
    found = bitext.bucc(unpacked("bucc2018"), "zh")
    assert (len(found.foreign), len(found.english), len(found.gold)) == (8624, 13_589, 257)


def test_questions_have_their_numbers_and_their_answers_in_place(unpacked):
    data = unpacked("xquad", "mlqa", "tydiqa")
    found = {one: questions.xquad(data, one) for one in spoken.XQUAD_LANGUAGES}
    assert {len(one) for one in found.values()} == {1190}
    sizes = {one: len(questions.mlqa(data, one)) for one in spoken.MLQA_LANGUAGES}
    assert sizes == {"ar": 517, "de": 512, "en": 1148, "es": 500, "hi": 507, "vi": 511, "zh": 504}
    assert len(questions.tydiqa(data, "en", "train")) == 3696 and len(questions.tydiqa(data, "sw", "test")) == 2755
    for one in (two for each in found.values() for two in each):
        assert one.context.startswith(one.answers[0], one.start)


def test_no_paragraph_of_xquad_is_left_in_squad(unpacked):
    unpacked("xquad", only=".en.json")
    data = unpacked("intermediate", only="squad_v1.1_dev_reconstructed")
    whole = data / "intermediate/squad_v1.1_dev_reconstructed.json"
    whole.replace(data / "intermediate/squad_v1.1_dev_minus_xquad.json")  # as if nobody had left them out
    everything, kept = questions.squad(data, frozenset()), questions.squad(data)
    tested = {leakage.normalised(one.context) for one in questions.xquad(data, "en")}
    assert len(everything) == 10_570 and len(kept) <= 9380
    assert sum(leakage.normalised(one.context) in tested for one in everything) == 1190
    assert not any(leakage.normalised(one.context) in tested for one in kept)


def test_tags_are_complete(unpacked):
    data = unpacked("udpos")
    assert len(tagging.udpos(data, "en", "train")) == 21_253 and len(tagging.udpos(data, "en", "dev")) == 3974
    assert len(tagging.udpos(data, "de", "test")) == 19_233 and len(tagging.udpos(data, "zh", "test")) == 3455


def test_options_have_their_numbers(unpacked):
    data = unpacked("intermediate", "xcopa")
    nothing: frozenset[str] = frozenset()
    assert (len(choices.cosmosqa(data, nothing)), len(choices.socialiqa(data, nothing))) == (2985, 1954)
    assert len(choices.copa(data, held_out=nothing)) == 400 and len(pairs.nli(data, nothing)) == 31_604
