"""What the shipped verifier is trained on: the sets of each phase, their caps and their seeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from synth.training.pairs import Pair, refuse_forbidden

GENERAL_CAPS: dict[str, int] = {
    "lingnli": 45_000,
    "mnli": 3_000,
    "snli": 12_000,
    "cad_snli": 8_330,
    "conjnli": 2_000,
    "mpe": 2_000,
    "joci": 2_000,
    "rte": 2_500,
    "fever": 4_000,
    "covidfact": 2_000,
    "check_covid": 1_100,
    "climate_fever": 4_000,
    "factcheck_bench": 900,
    "paws_wiki": 4_000,
    "mrpc": 2_000,
    "cur_control": 4_000,
    "cur_drop": 2_000,
    "cur_monotonicity_infer": 2_000,
    "cur_negation": 500,
    "cur_counting": 500,
    "cur_comparative": 500,
    "help_and": 500,
    "help_or": 300,
    "monli": 500,
    "scone_no_negation": 200,
    "scone_one_scoped": 300,
    "scone_one_not_scoped": 300,
    "scone_one_scoped_one_not_scoped": 300,
    "breaking_nli": 1_000,
    "dnc_nli-negation": 500,
    "dnc_nli-prepositions": 350,
    "dnc_nli-quantification": 300,
    "dnc_nli-spatial": 150,
    "dnc_nli-comparatives": 90,
    "fever_symmetric": 700,
    "fool_me_twice": 1_100,
    "wanli_sample": 100,
    "summedits_news": 800,
    "summedits_scitldr": 111,
    "summedits_samsum": 600,
    "summedits_ectsum": 600,
    "nli4ct_p": 1_700,
    "scihal_b1": 500,
    "scihal_b3": 1_300,
    "healthver_mv_abstract": 5_300,
    "healthver_mv_rationale": 4_600,
}
"""At most so many pairs of a set in the first phase; sets that are not named are not trained on."""

TASK_CAPS: dict[str, int] = {
    "own_claims": 1_000,
    "own_claims_whole": 200,
    "own_claims_elsewhere": 100,
    "own_claims_far": 100,
    "own_claims_changed": 200,
    "written_claims": 3_500,
    "written_claims_elsewhere": 100,
    "written_claims_far": 100,
    "passage_claims": 2_500,
    "passage_claims_elsewhere": 100,
    "passage_claims_far": 100,
    "short_claims": 30_000,  # in no run that ships: decisions/0023
    "short_claims_elsewhere": 1_000,
    "short_claims_far": 1_000,
    "judged_claims": 17_000,
    "judged_readers_claims": 1_500,
    "arxiv_contrast": 300,
    "arxiv_titles": 50,
    "scitldr": 200,
    "table_rows": 300,
    "lingnli": 500,
    "cad_snli": 200,
    "scihal_b1": 200,
    "scihal_b3": 300,
    "nli4ct_p": 300,
    "check_covid": 300,
    "healthver_mv_abstract": 600,
    "healthver_mv_rationale": 600,
    "cur_control": 100,
    "paws_wiki": 100,
}
"""At most so many pairs of a set in the second phase; the general ones are there so as not to be forgotten."""


def mix(pairs: Iterable[Pair], caps: Mapping[str, int], seed: int) -> list[Pair]:
    """Draw the pairs of a phase.

    Args:
        pairs: Pairs of any sets; of the forbidden ones none passes.
        caps: At most so many pairs of each set; sets without a cap are left out.
        seed: Seed of the draw.

    Returns:
        The drawn pairs, set by set in the order of their names.
    """
    groups: dict[str, list[Pair]] = {}
    for pair in refuse_forbidden(pairs):
        if pair.set in caps:
            groups.setdefault(pair.set, []).append(pair)
    rng = np.random.default_rng(seed)
    chosen: list[Pair] = []
    for name in sorted(groups):
        found = groups[name]
        keep = np.sort(rng.permutation(len(found))[: caps[name]])
        chosen.extend(found[i] for i in keep)
    return chosen


def without(pairs: Iterable[Pair], *, premises: frozenset[str], groups: frozenset[str]) -> list[Pair]:
    """Leave out what is kept for measuring.

    Args:
        pairs: Training pairs.
        premises: Premises of the measured sets.
        groups: Groups (papers, claims) of the measured sets.
    """
    return [p for p in pairs if p.premise not in premises and (not p.group or p.group not in groups)]


def counts(pairs: Sequence[Pair]) -> dict[str, dict[str, int]]:
    """Pairs of each set and label, sorted by name."""
    table: dict[str, dict[str, int]] = {}
    for pair in pairs:
        row = table.setdefault(pair.set, {})
        row[pair.label.value] = row.get(pair.label.value, 0) + 1
    return {name: dict(sorted(row.items())) for name, row in sorted(table.items())}
