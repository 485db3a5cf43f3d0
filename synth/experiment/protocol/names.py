"""The words of the protocol: arms, targets, and the tasks that they are scored on."""

from __future__ import annotations

from collections.abc import Mapping

BASE = "base"
"""The size of encoder that every arm and target is run with."""
NONE = "none"
INTERMEDIATE = ("nli", "qa", "commonsense", "multi")
"""Arms with intermediate training on English; ``multi`` has all three at once."""
ARMS = (NONE, *INTERMEDIATE)
ROBUST = "robust"
"""Arm none with fine-tuning on augmented copies."""
TARGETS = ("xnli", "pawsx", "udpos", "panx", "squad", "tydiqa")
"""What is fine-tuned on, in English."""
TASKS_OF: Mapping[str, tuple[str, ...]] = {
    "xnli": ("xnli",),
    "pawsx": ("pawsx",),
    "udpos": ("udpos",),
    "panx": ("panx",),
    "squad": ("xquad", "mlqa"),
    "tydiqa": ("tydiqa",),
}
"""The tasks that a target's model is tested on."""
RETRIEVAL = ("tatoeba", "bucc")
"""Tasks without fine-tuning."""
ALL_TASKS = (*(task for tasks in TASKS_OF.values() for task in tasks), *RETRIEVAL)
TITLES: Mapping[str, str] = {
    "xnli": "XNLI",
    "pawsx": "PAWS-X",
    "udpos": "POS",
    "panx": "NER",
    "xquad": "XQuAD",
    "mlqa": "MLQA",
    "tydiqa": "TyDiQA",
    "tatoeba": "Tatoeba",
    "bucc": "BUCC",
}
EVERY_LANGUAGE = "tatoeba-112"
"""Tatoeba over all its languages; ``tatoeba`` is over XTREME's 36. No task of XTREME, and in no mean of tasks."""
ROBUST_TARGETS = ("pawsx", "xnli")
NOISY_TARGETS = ("xnli", "pawsx", "udpos")
"""Targets whose clean model is tested on noisy input as well."""
NOISES = ("typos", "accents", "case")
CLEAN = "clean"
GROWTH_ARM = "nli"
GROWTH_TARGET = "xnli"
"""Arm and target by which sizes are compared, beside Tatoeba."""
METRICS: Mapping[str, tuple[str, ...]] = {
    "xnli": ("accuracy",),
    "pawsx": ("accuracy",),
    "udpos": ("f1",),
    "panx": ("f1",),
    "xquad": ("f1", "em"),
    "mlqa": ("f1", "em"),
    "tydiqa": ("f1", "em"),
    "tatoeba": ("accuracy",),
    "bucc": ("f1",),
}
"""A task's score is the mean of its metrics, as XTREME takes it."""
