from __future__ import annotations

import numpy as np
import pytest

from synth.resources import data_path
from synth.training.gold import LABELS, read_gold
from synth.training.gold_sets import digest_passages
from synth.verification.calibration import is_short


@pytest.mark.parametrize("name", ["digests_short.jsonl", "verify_short.jsonl"])
def test_the_short_gold_is_short_and_its_labels_are_alike_in_number_and_length(name):
    claims = read_gold(data_path("gold", name))
    assert np.mean([is_short(one.claim) for one in claims]) > 0.98
    lengths = {label: [len(one.claim.split()) for one in claims if one.label is label] for label in LABELS.values()}
    assert len({len(found) for found in lengths.values()}) == 1
    means = [float(np.mean(found)) for found in lengths.values()]
    assert max(means) - min(means) < 1


def test_digests_give_passages_by_the_id_that_gold_names():
    found = digest_passages(data_path("library"))
    for name in ("digests_a.jsonl", "digests_b.jsonl", "digests_short.jsonl"):
        assert {claim.paper for claim in read_gold(data_path("gold", name))} <= set(found)
    assert all(passages for passages in found.values())
