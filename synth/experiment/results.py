"""What a run of the experiment found: scores, effects, and under which choices. Reading and writing it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from synth.errors import ConfigError

VERSION = 1
"""Version of the file's form."""


class Outcome(StrEnum):
    """What a run says of a published effect."""

    SAME = "same direction"
    """The interval of the difference lies on the published side of zero."""
    OPPOSITE = "opposite"
    """It lies on the other side."""
    UNRESOLVED = "not resolved at this scale"
    """It holds zero, or the run has nothing on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One score of one model on one language of one task."""

    arm: str
    """Intermediate training or augmentation: ``none``, ``nli``, ``qa``, ``commonsense``, ``multi``, ``robust``."""
    task: str
    """As in data/published/xtreme.toml: ``xnli``, ``pawsx``, ``udpos``, ``panx``, ``xquad``, ``mlqa``, ``tydiqa``,
    ``tatoeba``, ``bucc``."""
    language: str
    metric: str
    """``accuracy``, ``f1`` or ``em``."""
    seed: int
    value: float
    """In points, 0 to 100."""
    n: int
    """Examples it is measured on."""
    size: str = "base"
    """Size of the encoder, a name of the config."""
    condition: str = "clean"
    """``clean`` or the kind of noise in the input: ``typos``, ``accents``, ``case``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A difference between two arms, averaged over languages and seeds, beside a published one."""

    id: str
    """Unique in the file: ``nli/xnli``, ``robust/pawsx``, ``noise-typos/xnli``, ``size/xnli``."""
    task: str
    """The task, or ``all`` for the mean over tasks."""
    treatment: str
    """What the treated arm has and the baseline has not: ``nli``, ``qa``, ``robust``, ``typos``, ``size``."""
    baseline: str
    difference: float
    """Treated minus baseline, in points."""
    low: float
    high: float
    """Bootstrap interval of 95%, paired over seeds and examples."""
    p: float
    """Two-sided bootstrap p-value of no difference."""
    seeds: int
    published: float | None = None
    """The published difference in points, where one is known."""
    published_sign: int = 0
    """1 or -1 where only its direction is known or it is known as well; 0: nothing was published."""
    source: str = ""
    """Where it was published: an id of data/published/xtreme.toml, or an arXiv id."""
    outcome: Outcome = Outcome.UNRESOLVED
    by_language: tuple[tuple[str, float], ...] = ()
    """Mean difference of each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A complete or partial run."""

    scale: str
    """``smoke``, ``mini`` or ``full``."""
    signature: str
    """Digest of the config, the data and the experiment's code."""
    seeds: tuple[int, ...]
    config: Mapping[str, Any]
    hardware: str
    """``2 CPU cores`` or the GPU's name; no host name."""
    seconds: float
    """Computing time, resumed parts together."""
    date: str
    """Day on which it ended, ISO 8601."""
    versions: Mapping[str, str]
    """Versions of Python and the libraries that computed."""
    scores: tuple[Score, ...]
    effects: tuple[Effect, ...]
    absent: tuple[str, ...] = ()
    """Data sets that were not in the folder, whose tasks were left out."""
    notes: tuple[str, ...] = ()
    """What a reader must know: subsets, substitutes, limits; one sentence each."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Further facts: numbers of parameters, steps, examples of each stage."""


def write_results(results: Results, path: Path) -> None:
    """Write results as JSON, the same bytes for the same results.

    Args:
        results: What to write.
        path: The file; its folder must exist. It is replaced in one step.
    """
    text = json.dumps({"version": VERSION, **asdict(results)}, indent=1, sort_keys=True, ensure_ascii=False)
    part = path.with_suffix(".part")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)


def read_results(path: Path) -> Results:
    """Read what :func:`write_results` wrote.

    Args:
        path: The file.

    Raises:
        ConfigError: The file is absent, damaged or of another version.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or (version := found.pop("version", None)) != VERSION:
            got = version if isinstance(found, dict) else type(found).__name__
            raise ConfigError(f"{path} has results of version {got}, expected {VERSION}: run the experiment again")
        found["scores"] = tuple(Score(**row) for row in found["scores"])
        found["effects"] = tuple(_effect(row) for row in found["effects"])
        for name in ("seeds", "absent", "notes"):
            found[name] = tuple(found[name])
        return Results(**found)
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror or error}; run `synth experiment run` first") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ConfigError(f"{path} is no file of experiment results ({error}): run the experiment again") from None


def _effect(row: dict[str, Any]) -> Effect:
    by_language = tuple((str(language), float(value)) for language, value in row.pop("by_language"))
    return Effect(**{**row, "outcome": Outcome(row["outcome"]), "by_language": by_language})
