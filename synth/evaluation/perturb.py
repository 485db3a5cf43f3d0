"""``synth evaluate perturb``: supported claims with one detail changed must lose their check mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from synth.evaluation.bootstrap import intervals
from synth.retrieval.dense import Encoder
from synth.training.calibrate import check_gold
from synth.training.contrast import Change, change_number, change_quantifier, flip_direction, names, swap_name
from synth.training.gold import GoldClaim
from synth.types import Label, Passage
from synth.verification.aggregate import judge
from synth.verification.calibration import Calibrators
from synth.verification.measures import clopper_pearson_upper
from synth.verification.nli import NliModel


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A claim with one detail changed."""

    original: GoldClaim
    claim: GoldClaim
    change: str
    """``number``, ``direction``, ``entity`` or ``quantifier``."""


def perturbed(claims: Sequence[GoldClaim], seed: int) -> tuple[Perturbed, ...]:
    """Each supported claim with each of the four changes that its wording allows.

    Args:
        claims: Claims of any label; only the supported ones are changed.
        seed: Seed of the choices.
    """
    supported = [claim for claim in claims if claim.label is Label.SUPPORTED]
    pool = sorted({name for claim in supported for name in names(claim.claim)})
    changes: dict[str, Change] = {
        "number": change_number,
        "direction": flip_direction,
        "entity": partial(_swapped, pool=pool),
        "quantifier": change_quantifier,
    }
    rng = np.random.default_rng(seed)
    made = []
    for claim in supported:
        for name, change in changes.items():
            text = change(claim.claim, rng)
            if text and text != claim.claim:
                changed = replace(claim, id=f"{claim.id}~{name}", claim=text, label=Label.REFUTED)
                made.append(Perturbed(claim, changed, name))
    return tuple(made)


def _swapped(sentence: str, rng: np.random.Generator, *, pool: Sequence[str]) -> str | None:
    return swap_name(sentence, pool, rng)


def evaluate_perturbed(
    claims: Sequence[GoldClaim],
    papers: Mapping[str, Sequence[Passage]],
    encoder: Encoder,
    nli: NliModel,
    calibrators: Calibrators,
    *,
    seed: int = 0,
    on_progress: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """How often the check mark, and the label, survive a change that makes the claim false.

    Args:
        claims: Gold claims; the supported ones are changed.
        papers: Passages by paper.
        encoder: The encoder of the retrieval.
        nli: The verifier.
        calibrators: The ones fitted for it.
        seed: Seed of the changes and the resamples.
        on_progress: Told what is being done.

    Returns:
        ``still_marked``: share of all changed claims that have the check mark; ``withdrawn``: share of the
        changed claims without it among those whose original had it (None where none had); the same of the
        label supported; and all of it ``by_change``.
    """
    made = perturbed(claims, seed)
    originals = list({item.original.id: item.original for item in made}.values())
    every = [*originals, *(item.claim for item in made)]
    checked = check_gold(every, papers, encoder, nli, on_progress=on_progress)
    verdicts = {
        claim.id: judge(item.claim, item.evidence, item.passages, calibrators.of(item.claim))
        for claim, item in zip(every, checked, strict=True)
    }
    rows = np.array(
        [
            (
                verdicts[item.original.id].verified,
                verdicts[item.claim.id].verified,
                verdicts[item.original.id].label is Label.SUPPORTED,
                verdicts[item.claim.id].label is Label.SUPPORTED,
            )
            for item in made
        ],
        dtype=bool,
    ).reshape(-1, 4)
    kinds = sorted({item.change for item in made})
    groups = [item.original.paper for item in made]
    found: dict[str, Any] = {"n_claims": len(originals), "n": len(made), **_shares(rows)}
    if made:
        found["still_marked_bound"] = round(clopper_pearson_upper(int(rows[:, 1].sum()), len(rows)), 4)
        found["intervals"] = intervals(
            lambda at: {"still_marked": float(rows[at, 1].mean()), "still_supported": float(rows[at, 3].mean())},
            groups,
            seed,
        )
    found["by_change"] = {
        kind: {"n": sum(item.change == kind for item in made), **_shares(rows[[item.change == kind for item in made]])}
        for kind in kinds
    }
    return found


def _shares(rows: np.typing.NDArray[np.bool_]) -> dict[str, float | None]:
    marked, supported = rows[rows[:, 0]], rows[rows[:, 2]]
    return {
        "originals_marked": _share(rows[:, 0]),
        "still_marked": _share(rows[:, 1]),
        "withdrawn": _share(~marked[:, 1]),
        "originals_supported": _share(rows[:, 2]),
        "still_supported": _share(rows[:, 3]),
        "label_withdrawn": _share(~supported[:, 3]),
    }


def _share(flags: np.typing.NDArray[np.bool_]) -> float | None:
    return round(float(flags.mean()), 4) if len(flags) else None
