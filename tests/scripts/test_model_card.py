"""The model card says what the manifest says."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType

import pytest


@pytest.fixture
def card(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("model_card")


def test_the_card_was_written_from_the_manifest_that_ships(card: ModuleType) -> None:
    manifest = json.loads((card.FOLDER / "manifest.json").read_text(encoding="utf-8"))
    text = card.CARD.read_text(encoding="utf-8")
    size = (card.FOLDER / "model.safetensors").stat().st_size
    assert card.written(text, manifest, size) == text, "run: python scripts/model_card.py"
    assert manifest["sha256"]["model.safetensors"][:12] in text


def test_a_card_without_its_marks_is_refused(card: ModuleType) -> None:
    manifest = json.loads((card.FOLDER / "manifest.json").read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="no block between <!-- facts -->"):
        card.written("# A card", manifest, 1)
