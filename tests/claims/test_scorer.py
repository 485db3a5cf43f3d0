from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from synth.claims.features import NAMES, place_columns, surface_features, terms
from synth.claims.scorer import BACKGROUND_COST, MANIFEST, MIXTURE, VOCABULARY, WEIGHTS, Scorer
from synth.errors import ModelError
from synth.resources import data_path
from synth.types import SectionRole
from tests.claims.examples import WordEncoder

FINDING = "We show that our parser significantly outperforms the baseline by 3.2 points."
BACKGROUND = "Parsing has attracted much attention in recent years."


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "claims"
    shutil.copytree(data_path("models", "claims"), folder)
    return folder


def test_findings_score_above_background(scorer: Scorer) -> None:
    texts = [FINDING, BACKGROUND]
    finding, background = scorer.scores(texts, WordEncoder().encode(texts), [SectionRole.RESULTS] * 2)
    assert 0 <= background < finding <= 1


def test_the_section_moves_the_score(scorer: Scorer) -> None:
    rows = WordEncoder().encode([FINDING, FINDING])
    results, related = scorer.scores([FINDING] * 2, rows, [SectionRole.RESULTS, SectionRole.RELATED])
    assert related < results


def test_the_place_in_the_abstract_moves_the_score(scorer: Scorer) -> None:
    rows = WordEncoder().encode([FINDING, FINDING])
    first, last = scorer.scores([FINDING] * 2, rows, [SectionRole.ABSTRACT] * 2, [0.0, 1.0])
    assert first < last


def test_what_is_surely_background_loses_by_it(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    def heads(*_: object) -> dict[str, np.ndarray]:
        same = {name: np.array([0.8, 0.8]) for name in MIXTURE}
        return same | {"background": np.array([0.0, 1.0])}

    monkeypatch.setattr(scorer, "heads", heads)
    plain, background = scorer.statement_scores([FINDING, BACKGROUND], np.zeros((2, 384), dtype=np.float32))
    assert plain == pytest.approx(0.8)
    assert background == pytest.approx(plain * (1 - BACKGROUND_COST))


def test_a_score_does_not_depend_on_company(scorer: Scorer) -> None:
    rows = WordEncoder().encode([FINDING, BACKGROUND])
    together = scorer.scores([FINDING, BACKGROUND], rows, [SectionRole.RESULTS] * 2)
    alone = scorer.scores([FINDING], rows[:1], [SectionRole.RESULTS])
    assert together[0] == alone[0]


def test_nothing_scores_nothing(scorer: Scorer) -> None:
    assert scorer.scores([], np.zeros((0, 384), dtype=np.float32), []).shape == (0,)


def test_the_signature_names_the_weights(scorer: Scorer) -> None:
    manifest = json.loads((data_path("models", "claims") / MANIFEST).read_text(encoding="utf-8"))
    assert scorer.signature == f"worthiness@{manifest['sha256'][WEIGHTS][:12]}"


def test_what_ships_is_small_and_names_its_data() -> None:
    folder = data_path("models", "claims")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_000_000
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert all(row["licence"] and row["sentences"] > 0 for row in manifest["data"])
    assert (
        manifest["scores"]["claim"]["without_place"]["claim"]["f1"]
        > (manifest["scores"]["claim"]["baselines"]["keywords"]["claim"]["f1"])
    )


@pytest.mark.parametrize("name", [WEIGHTS, VOCABULARY])
def test_changed_files_are_refused(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="SHA-256"):
        Scorer(copied)


@pytest.mark.parametrize("name", [WEIGHTS, VOCABULARY, MANIFEST])
def test_missing_files_are_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=name):
        Scorer(copied)


def test_a_manifest_that_is_no_object_is_refused(copied: Path) -> None:
    (copied / MANIFEST).write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="no JSON object"):
        Scorer(copied)


def test_other_features_are_refused(copied: Path) -> None:
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8"))
    manifest["features"] = manifest["features"][1:]
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="features"):
        Scorer(copied)


def test_surface_features_see_the_form() -> None:
    row = dict(zip(NAMES, surface_features(["We gain 3.2% over BERT."])[0], strict=True))
    assert row["first_person"] == row["percent"] == row["decimal"] == row["change"] == 1
    assert row["paper_part"] == row["modal"] == 0
    assert row["log_words"] == pytest.approx(np.log1p(5))


def test_terms_are_words_and_pairs_with_numbers_folded() -> None:
    assert terms("Gains 3.2 points") == ("gains", "0", "points", "gains 0", "0 points")


def test_an_unknown_place_is_all_zero() -> None:
    rows = place_columns(np.array([np.nan, 0.0, 1.0]))
    assert rows[0].tolist() == [0, 0, 0, 0, 0]
    assert rows[1].tolist() == [1, 0, 0, 1, 0]
    assert rows[2].tolist() == [1, 1, 1, 0, 1]
