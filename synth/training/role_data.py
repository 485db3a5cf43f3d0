"""Data of the check-worthiness scorer: labelled sentences, capped, split by document, embedded once.

The recipe itself is :mod:`synth.training.roles`. Sets, counts and licences are in ``../shared/roles/README.md``
of the measuring data; none of their text is part of the project, only what was fitted on it.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.retrieval.dense import Encoder

SEED = 20201
HELD_OUT_SHARE = 0.06
"""Share of the papers of a set without a dev split (ncg) that measure and never train."""
SHARES: Mapping[str, float] = {
    "csabstruct": 0.5,
    "detecting_scientific_claim": 0.6,
    "mulms_az": 0.15,
    "ncg/contribution": 0.55,
    "ncg/other": 0.055,
}
"""Share of the training sentences kept: large parts are thinned, since each sentence costs an embedding on a CPU."""
_LEFT_OUT = frozenset({"abstrct", "sciclaim", "exaggeration_conclusion", "causal_language", "sciarg_upf_bio"})
"""Sets of press releases and of medicine alone, which add nothing to a scorer for computer science; and sciclaim: nine
in ten of its sentences are claims, which moves the boundary (the claim head lost 2 to 4 points of F1 with it)."""
_ABSTRACT_SETS = frozenset({"csabstruct", "detecting_scientific_claim"})
_CHUNK = 1000
_SPACE_BEFORE = re.compile(r"\s+([,.;:!?%)\]}]|'s\b|n't\b)")
_SPACE_AFTER = re.compile(r"([(\[{])\s+")
_SPLIT_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSentence:
    """One labelled sentence."""

    set: str
    doc: str
    text: str
    role: str
    claim: int | None
    dev: bool
    """True where it measures and never trains."""
    licence: str
    place: float
    """Where it stands in its abstract: 0 first, 1 last; NaN for sentences of full papers."""
    weight: float
    """How many sentences of the set it stands for, where the set was thinned."""


def detokenised(text: str) -> str:
    """The text without the spaces that a tokenizer put around punctuation."""
    text = _SPACE_AFTER.sub(r"\1", _SPACE_BEFORE.sub(r"\1", text))
    return re.sub(r"\s+", " ", _SPLIT_HYPHEN.sub("-", text)).strip()


def read_sentences(path: Path) -> tuple[RoleSentence, ...]:
    """The capped mixture of ``sentences.jsonl.xz``, in the order of the file; test splits are left out altogether.

    Raises:
        OSError: If the file cannot be read.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return mixture(rows)


def mixture(rows: Sequence[Mapping[str, Any]]) -> tuple[RoleSentence, ...]:
    """The rows that train or measure, thinned by :data:`SHARES`; the same rows give the same mixture."""
    papers = sorted({row["doc"] for row in rows if row["set"] == "ncg"})
    random.Random(SEED).shuffle(papers)
    held_out = frozenset(papers[: round(len(papers) * HELD_OUT_SHARE)])
    return tuple(_kept(rows, held_out))


def _kept(rows: Sequence[Mapping[str, Any]], held_out: frozenset[str]) -> Iterator[RoleSentence]:
    lengths = Counter((row["set"], row["doc"]) for row in rows)
    for row in rows:
        name, role = row["set"], row["role"]
        if (
            row["split"] == "test"
            or (name == "mulms_az" and row["split"] == "dev")
            or name in _LEFT_OUT
            or len(row["text"].split()) < 4
        ):
            continue
        dev = row["doc"] in held_out if name == "ncg" else row["split"] == "dev"
        share = SHARES.get(f"{name}/{role}", SHARES.get(name, 1.0))
        if not dev and _draw(f"{name}/{row['doc']}/{row['i']}") >= share:
            continue
        place = row["i"] / max(1, lengths[name, row["doc"]] - 1) if name in _ABSTRACT_SETS else math.nan
        yield RoleSentence(
            set=name,
            doc=str(row["doc"]),
            text=detokenised(row["text"]),
            role=role,
            claim=row["claim"],
            dev=dev,
            licence=row["licence"],
            place=place,
            weight=1.0 if dev else 1.0 / share,
        )


def _draw(key: str) -> float:
    """A number in [0, 1) that depends on the key and the seed alone, so that sets can grow without moving others."""
    digest = hashlib.sha256(f"{SEED}/{key}".encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def embedded(texts: Sequence[str], encoder: Encoder, cache: Path) -> NDArray[np.float32]:
    """Embeddings of the texts, kept in chunks under ``cache`` so that a stopped run goes on. Shape ``(n, 384)``.

    Raises:
        OSError: If the cache cannot be written.
    """
    cache.mkdir(parents=True, exist_ok=True)
    blocks = []
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        key = hashlib.sha256("\0".join((encoder.signature, *chunk)).encode()).hexdigest()[:24]
        place = cache / f"{key}.npy"
        if not place.exists():
            unfinished = place.with_suffix(".part")
            with unfinished.open("wb") as file:
                np.save(file, encoder.encode(chunk), allow_pickle=False)
            unfinished.replace(place)
        blocks.append(np.load(place, allow_pickle=False))
    return np.concatenate(blocks)
