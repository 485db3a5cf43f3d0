"""The card as JSON, for programs. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from synth.experiment.rerun_card.card import RunCard

SCHEMA_VERSION = 1


def card_json(cards: Sequence[RunCard]) -> str:
    """The runs with their answers, effects beside the published numbers, scores and notes."""
    runs = [{**asdict(one), "facts": dict(one.facts)} for one in cards]
    return json.dumps({"schema_version": SCHEMA_VERSION, "runs": runs}, ensure_ascii=False, indent=2) + "\n"
