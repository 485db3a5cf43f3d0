"""Which sets can be had by name, and why some cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from synth.errors import ConfigError
from synth.experiment.sets import folder as sets
from synth.experiment.sets.hub import english, xtreme
from synth.experiment.sets.hub.sources import Item

_ITEMS: Mapping[str, Callable[[], Sequence[Item]]] = {
    "xnli": xtreme.xnli,
    "pawsx": xtreme.pawsx,
    "udpos": xtreme.udpos,
    "panx": xtreme.panx,
    "xquad": xtreme.xquad,
    "mlqa": xtreme.mlqa,
    "tydiqa": xtreme.tydiqa,
    "tatoeba": xtreme.tatoeba,
    "nli": english.nli,
    "squad": xtreme.squad_without_xquad,
    "cosmosqa": english.cosmosqa,
    "socialiqa": english.socialiqa,
    "copa": english.copa,
    "xnli-train": english.xnli_train,
    "pawsx-train": lambda: xtreme.pawsx(("train",), ("en",)),
    "squad-train": xtreme.squad_train,
}
_UNNAMED: Mapping[str, str] = {
    "bucc": "google/xtreme has the translations alone, without the sentences that they are to be found among",
    "parallel": "it is put together from several collections and has no name on the Hub",
}
NAMES = (*sets.NAMES, *sets.TRAINING)
"""All sets, those that cannot be had by name among them: XTREME's, those a model is prepared with, training files."""


def items(name: str) -> tuple[Item, ...]:
    """What a set is written from, in order; nothing for one that cannot be had by name."""
    return tuple(_ITEMS[name]()) if name in _ITEMS else ()


def unnamed(name: str) -> str | None:
    """Why a set cannot be had by name, and where else; none for one that can."""
    return f"{_UNNAMED[name]}; unpack it from {sets.where(name)}" if name in _UNNAMED else None


def chosen(only: str | None) -> tuple[str, ...]:
    """The sets that are asked for.

    Args:
        only: Names with commas between them; none or nothing for all.

    Raises:
        ConfigError: A name is unknown.
    """
    names = tuple(dict.fromkeys(part.strip() for part in (only or "").split(",") if part.strip()))
    for name in names:
        if name not in NAMES:
            raise ConfigError(f"--only {name} is not known: choose some of {', '.join(NAMES)}")
    return names or NAMES


def is_there(folder: Path, name: str) -> bool:
    """Whether a data folder holds a set whole."""
    if name in sets.TRAINING:
        return sets.training_file(folder, name) is not None
    return name in sets.present(folder)
