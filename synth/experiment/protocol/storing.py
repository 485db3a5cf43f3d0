"""Outcomes and predictions on disk: one `.npz` a stage, without pickles."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synth.errors import ConfigError
from synth.experiment.protocol.outcomes import Cell, Outcomes

_SEPARATOR = "|"


def save_arrays(arrays: Mapping[str, NDArray[np.generic]], path: Path) -> None:
    """Write arrays, in one step, with the same bytes for the same arrays."""
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            entry = zipfile.ZipInfo(f"{name}.npy")  # whose date is 1980, always
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as handle:
                np.lib.format.write_array(handle, np.asarray(arrays[name]), allow_pickle=False)
    part.replace(path)


def load_arrays(path: Path) -> dict[str, NDArray[np.generic]]:
    """Read what :func:`save_arrays` wrote.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    try:
        # Opened here: of a damaged file that it opens itself, numpy leaves the handle to the garbage collector.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}
    except (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise _damaged(path, error) from None


def save_outcomes(outcomes: Mapping[tuple[str, Cell], Outcomes], path: Path) -> None:
    """Write outcomes by condition and cell."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for (condition, cell), one in outcomes.items():
        name = _SEPARATOR.join((condition, cell.task, cell.language, cell.metric))
        arrays[f"{name}|n"], arrays[f"{name}|d"] = one.numerator, one.denominator
    save_arrays(arrays, path)


def load_outcomes(path: Path) -> dict[tuple[str, Cell], Outcomes]:
    """Read what :func:`save_outcomes` wrote.

    Raises:
        ConfigError: The file is absent or damaged.
    """
    arrays = load_arrays(path)
    found = {}
    try:
        for name in arrays:
            if name.endswith("|n"):
                condition, task, language, metric, _ = name.split(_SEPARATOR)
                below = arrays[f"{name[:-1]}d"]
                found[condition, Cell(task, language, metric)] = Outcomes(
                    arrays[name].astype(np.float64), below.astype(np.float64)
                )
    except (KeyError, ValueError) as error:
        raise _damaged(path, error) from None
    return found


def _damaged(path: Path, error: Exception) -> ConfigError:
    return ConfigError(f"{path} is absent or damaged ({error}): remove {path.parent} and run again")
