"""The choices of a run: a TOML file of a few lines for each scale, read and checked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from synth.errors import ConfigError
from synth.experiment.protocol.forms import (
    Count,
    Evaluation,
    Form,
    Hardware,
    Noise,
    Pretraining,
    Retrieval,
    Robust,
    Size,
    Tokenizer,
    Training,
)
from synth.experiment.protocol.names import ARMS, BASE, INTERMEDIATE, NONE, TARGETS
from synth.resources import data_path

SCALES = ("smoke", "mini", "full")


class Config(Form):
    """All choices of a scale."""

    schema_: Literal[1] = Field(alias="schema")
    seeds: Count
    jobs: Annotated[int, Field(ge=0)] = 1
    """Processes at once, 0 for one a GPU; changes the time, not the results."""
    threads: Count = 1
    """Threads of each process; changes the last bits of the results."""
    arms: tuple[str, ...]
    targets: tuple[str, ...]
    robust: Robust | None = None
    noise: Noise | None = None
    growth: tuple[str, ...] = ()
    """Sizes, smallest first, in which arm none is compared with nli."""
    sizes: dict[str, Size] = Field(default_factory=dict)
    tokenizer: Tokenizer | None = None
    pretraining: Pretraining | None = None
    intermediate: dict[str, Training]
    """By arm; ``default`` for those that are not named."""
    finetuning: dict[str, Training]
    """By target; ``default`` for those that are not named."""
    evaluation: Evaluation
    retrieval: Retrieval | None = None
    resamples: Count = 2000
    model: str = ""
    """Name or folder of a pre-trained encoder; empty where one is made here."""
    hardware: Hardware | None = None

    @model_validator(mode="before")
    @classmethod
    def _tuples(cls, data: Any) -> Any:
        """TOML has lists where this has tuples, which a strict check would refuse."""
        if isinstance(data, dict):
            return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
        return data

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _known("arms", self.arms, ARMS)
        _known("targets", self.targets, TARGETS)
        _known("intermediate", tuple(self.intermediate), ("default", *INTERMEDIATE))
        _known("finetuning", tuple(self.finetuning), ("default", *TARGETS))
        if NONE not in self.arms:
            raise ValueError(f'arms = {list(self.arms)} lacks "none", which all others are compared with')
        for name, wanted, found in (
            ("intermediate", [arm for arm in self.arms if arm != NONE], self.intermediate),
            ("finetuning", self.targets, self.finetuning),
        ):
            if "default" not in found and (left := [one for one in wanted if one not in found]):
                raise ValueError(f"{name} has neither default nor {left[0]}")
        if not self.model and not (self.sizes.get(BASE) and self.tokenizer and self.pretraining):
            raise ValueError("expected either model, or sizes.base, tokenizer and pretraining")
        _known("growth", self.growth, tuple(self.sizes))
        return self

    def training(self, name: str) -> Training:
        """The intermediate training of an arm, or the fine-tuning on a target."""
        trainings = self.intermediate if name in INTERMEDIATE else self.finetuning
        return trainings.get(name) or trainings["default"]

    def sized(self) -> tuple[str, ...]:
        """The sizes of which an encoder is needed, the base first."""
        return (BASE, *(one for one in self.growth if one != BASE)) if not self.model else (BASE,)

    def facts(self) -> dict[str, Any]:
        """As JSON-able values, by the names of the file."""
        return self.model_dump(mode="json", by_alias=True)


def _known(key: str, found: Sequence[str], known: Sequence[str]) -> None:
    for one in found:
        if one not in known:
            raise ValueError(f"{key}: {one!r} is not known, expected some of {', '.join(known)}")


def read_config(scale: str, *, seeds: int | None = None, model: str | None = None) -> Config:
    """The choices of a scale, with those of the command line on top.

    Args:
        scale: ``smoke``, ``mini`` or ``full``.
        seeds: Another number of seeds.
        model: A pre-trained encoder instead of one made here.

    Raises:
        ConfigError: The scale is not known, its file cannot be used, or an option makes no sense.
    """
    if scale not in SCALES:
        raise ConfigError(f"--scale {scale} is not known: choose {', '.join(SCALES[:-1])} or {SCALES[-1]}")
    config = load_config(data_path("experiments", "configs", f"{scale}.toml"))
    changed: dict[str, Any] = {}
    if seeds is not None:
        if seeds < 1:
            raise ConfigError(f"--seeds {seeds}: expected 1 or more")
        changed["seeds"] = seeds
    if model is not None:
        if not model.strip():
            raise ConfigError("--model is empty: expected the name or the folder of a pre-trained encoder")
        changed |= {"model": model, "growth": (), "sizes": {}, "tokenizer": None, "pretraining": None}
    return config.model_copy(update=changed)


def load_config(path: Path) -> Config:
    """The choices in a file.

    Raises:
        ConfigError: It cannot be read, or a line of it cannot be used; names the line, the keys and what is expected.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}); name a TOML file of an experiment") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path.name} is no TOML: {error}; mend it") from error
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(_complaint(error, text, path.name)) from error


def _complaint(error: ValidationError, text: str, name: str) -> str:
    first = error.errors()[0]
    place = tuple(first["loc"])
    key = ".".join(map(str, place))
    line = _line(text, [str(one) for one in place])
    message = first["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
    if first["type"] == "missing":
        message = "is missing"
    elif first["type"] == "extra_forbidden":
        message = "is no key of a config; remove it or mend its name"
    elif place and not isinstance(first["input"], dict):
        message = f"{message[:1].lower()}{message[1:]}, found {first['input']!r}"
    where = f"{name}, line {line}" if line else name
    return f"{where}: {key} {message}" if key else f"{where}: {message}"


def _line(text: str, place: Sequence[str]) -> int | None:
    """The line of a key, from 1, or that of the nearest thing around it."""
    lines = text.splitlines()
    for depth in range(len(place), 0, -1):
        for held in range(depth):
            header, key = ".".join(place[:held]), ".".join(place[held:depth])
            within = not header
            for number, line in enumerate(lines, start=1):
                if found := re.match(r"\s*\[+\s*([^\[\]]+?)\s*\]", line):
                    within = found[1] == header
                    if found[1] == ".".join(place[:depth]):
                        return number
                elif within and re.match(rf"\s*{re.escape(key)}\s*=", line):
                    return number
    return None
