"""Facts that bear on claims: published numbers with what recomputing them gave, and effects that runs measured."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from synth.errors import ConfigError
from synth.resources import data_path
from synth.types import BackingKind

VERSION = 1
"""Version of the file's form."""

GRAVEST = (
    BackingKind.DIFFERS,
    BackingKind.NO_SOURCE,
    BackingKind.RECOMPUTED,
    BackingKind.WITHIN,
    BackingKind.PUBLISHED,
    BackingKind.DERIVED,
)
"""What the audit says, in the order in which a reader must know it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One number or one effect, in fields that a claim can be matched by. Always an average over languages."""

    id: str
    kind: BackingKind
    """Of a published number: what the audit says of it. Of a run's effect: what it says of the published effect."""
    task: str
    """``xnli``, …; ``xtreme`` for the mean over the benchmark's tasks, or a group of tasks as lexicon.py names it."""
    model: str = ""
    """``xlm-r-large``, …; empty for a run's own encoder."""
    treatment: str = ""
    """The intervention whose gain the number is; empty for a score."""
    means: tuple[str, ...] = ()
    """What the intervention was done with: the intermediate task or its family, the kind of noise."""
    setting: str = ""
    metric: str = ""
    value: str
    """As printed, or in points with one decimal; signed for a gain."""
    low: float | None = None
    """Lower end of the 95% interval of a run's effect; None for what is published."""
    high: float | None = None
    scale: str = ""
    """The run's scale; empty for what is published."""
    words: str
    """For the reader. Of a number: what was found (``recomputed from …``). Of an effect: its name."""
    reference: str
    """Where it stands, and the command that shows it."""

    @property
    def measured(self) -> bool:
        """Whether a run found it."""
        return self.low is not None and self.high is not None


_NAMES = {item.name for item in fields(Fact)}


def shipped_facts() -> Path:
    """The facts that travel with the program; made by ``scripts/experiment_facts.py``."""
    return data_path("experiments", "facts.json")


def facts_to_json(facts: Iterable[Fact]) -> str:
    """Facts as JSON, in the order of their ids, a line each: the same bytes for the same facts."""
    ordered = sorted(facts, key=lambda one: one.id)
    rows = ",\n".join(json.dumps(_shown(one), ensure_ascii=False, sort_keys=True) for one in ordered)
    return f'{{"version": {VERSION}, "facts": [\n{rows}\n]}}\n' if rows else f'{{"version": {VERSION}, "facts": []}}\n'


def _shown(one: Fact) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if value not in ("", (), None)}


def read_facts(path: Path) -> tuple[Fact, ...]:
    """The facts of a file; none where there is no file.

    Raises:
        ConfigError: If the file is damaged or of another version.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}; mend the file's rights") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path} is no JSON ({error}); make it again: python scripts/experiment_facts.py") from error
    if not isinstance(found, dict) or found.get("version") != VERSION or not isinstance(found.get("facts"), list):
        raise ConfigError(f"{path} holds no facts of version {VERSION}; make it: python scripts/experiment_facts.py")
    return tuple(_fact(row, f"{path}, fact {number}") for number, row in enumerate(found["facts"], start=1))


def _fact(row: Any, place: str) -> Fact:
    try:
        if unknown := sorted(row.keys() - _NAMES):
            raise ValueError(f"unknown field {unknown[0]}")
        for name, value in row.items():
            wanted = list if name == "means" else (int, float) if name in ("low", "high") else str
            if not isinstance(value, wanted) or isinstance(value, bool):
                raise ValueError(f"{name} is {value!r}")
        if not all(isinstance(one, str) for one in row.get("means", ())):
            raise ValueError("means holds something else than words")
        numbers = (row["value"], row.get("low", 0), row.get("high", 0))
        if not all(math.isfinite(float(one)) for one in numbers):
            raise ValueError(f"its value and interval are {', '.join(map(str, numbers))}")
        return Fact(**{**row, "kind": BackingKind(row["kind"]), "means": tuple(row.get("means", ()))})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConfigError(f"{place} is damaged ({error}); make it again: python scripts/experiment_facts.py") from error
