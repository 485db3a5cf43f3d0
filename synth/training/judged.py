"""Claims against the passages that the program would read for them, judged passage by passage.

They are what the verifier meets at work: sentences of papers that were taken as claims, or claims that a reader wrote,
and near passages of which most do not bear them out, or only in part. The former stand behind the verifier's mark for
them (:data:`synth.verification.nli.STATED`). No text of a paper is kept: a row names the passages, and the sentence of
a paper's own claim, by set, document and sentence numbers, and a folder's ``sentences.jsonl.xz`` holds those.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from synth.claims.drafts import drafts
from synth.errors import ConfigError
from synth.jsonl import json_lines
from synth.training.fulltexts import FullText, read_full_texts
from synth.training.own import held_out
from synth.training.pairs import Pair, PairLabel
from synth.training.passages import Place, place
from synth.verification.nli import STATED

LABELS: Mapping[str, PairLabel] = {
    "whole": PairLabel.ENTAILMENT,
    "part": PairLabel.NEUTRAL,
    "neither": PairLabel.NEUTRAL,
    "against": PairLabel.CONTRADICTION,
}
"""What a passage does to a claim, and the label it teaches: one that bears out a part does not entail the whole."""

LICENCE = "own; passages none stated (ncg) or CC BY-SA 4.0 (mulms_az)"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPassage:
    """A claim, one passage that was read for it, and what the passage does to it."""

    claim: str
    """A paper's own claim as a report words it, without the verifier's mark; a reader's as it was written."""
    stated: bool
    """Whether a paper states it."""
    paper: str
    """The paper it was taken from or written about."""
    passage: str
    independent: bool
    """Whether the passage is of another paper."""
    judgement: str
    """One of :data:`LABELS`."""


def read_judged(folders: Sequence[Path], *, measured: bool = False) -> list[Pair]:
    """The judged pairs of the folders' ``judged_claims.jsonl``; as :func:`judged_passages` gives them."""
    return [
        Pair(
            one.passage,
            f"{STATED}{one.claim}" if one.stated else one.claim,
            LABELS[one.judgement],
            "judged_claims" if one.stated else "judged_readers_claims",
            LICENCE,
            one.paper,
        )
        for one in judged_passages(folders, measured=measured)
    ]


def judged_passages(folders: Sequence[Path], *, measured: bool = False) -> list[JudgedPassage]:
    """The judged passages of the folders' ``judged_claims.jsonl``.

    Args:
        folders: Data folders; one of them holds the sentences. Of the papers' own claims (``sentence``), those that
            the program's rules no longer take are left out; the others have their text (``claim``) and name the
            passage that they were written on (``about``). Passages that are in none of the folders are left out.
        measured: True for the pairs of held-out papers, which are kept for measuring; False for all others.

    Raises:
        ConfigError: A row names a place or a judgement in another form.
    """
    found: list[JudgedPassage] = []
    texts: dict[str, FullText] | None = None
    claims: dict[str, dict[int, str]] = {}
    for folder in folders:
        path = folder / "judged_claims.jsonl"
        if not path.is_file():
            continue
        texts = read_full_texts(folders) if texts is None else texts
        for number, line in enumerate(json_lines(path.read_text(encoding="utf-8")), 1):
            row, source = json.loads(line), f"{path.name}, line {number}"
            where = place(row["about" if "claim" in row else "sentence"], source)
            paper = f"{where.set}:{where.doc}"
            if held_out(paper) is not measured or paper not in texts:
                continue
            if "claim" not in row and paper not in claims:
                claims[paper] = _claims(texts[paper])
            claim = row["claim"] if "claim" in row else claims[paper].get(where.first)
            if claim:
                found += _passages(claim, paper, row, texts, source)
    return found


def _claims(full: FullText) -> dict[int, str]:
    return {
        full.number_at(draft.sentence.start): draft.text
        for draft in drafts(full.document, full.paper)
        if draft.text is not None
    }


def _passages(
    claim: str, paper: str, row: Mapping[str, Any], texts: Mapping[str, FullText], source: str
) -> list[JudgedPassage]:
    found = []
    for passage, judgement in row["passages"]:
        if judgement not in LABELS:
            raise ConfigError(f"{source}: expected a judgement of {', '.join(LABELS)}, found {judgement!r}")
        where = place(passage, source)
        if text := _text(where, texts):
            found.append(
                JudgedPassage(
                    claim=claim,
                    stated="claim" not in row,
                    paper=paper,
                    passage=text,
                    independent=f"{where.set}:{where.doc}" != paper,
                    judgement=judgement,
                )
            )
    return found


def _text(where: Place, texts: Mapping[str, FullText]) -> str:
    full = texts.get(f"{where.set}:{where.doc}")
    try:
        return full.text(where.first, where.last) if full else ""
    except KeyError:
        return ""
