"""Rows by name through the library `datasets`: the only import of it."""

from __future__ import annotations

import contextlib
import importlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from synth.errors import ConfigError, SourceError
from synth.experiment.sets.hub.sources import Part, Source

Loader = Callable[[Source], Part]
"""Gives the rows of a source, or raises a SourceError with the reason why not."""

_PARQUET = "refs/convert/parquet"
"""The branch of a repository in which the Hub keeps its own copy in parquet."""
_SCRIPT = "scripts are no longer supported"
_UNNAMED = ("", "default", "plain_text", "data")
"""Folders in which the files of a data set with a single configuration lie."""
_LONGEST = 200


def loader(place: Path | None = None) -> Loader:
    """What reads the sets.

    Args:
        place: A folder of the same data sets as parquet files, see :func:`local_files`; the Hub where it is not given.

    Raises:
        ConfigError: There is no such folder.
    """
    if place is None:
        return _Hub()
    if not place.is_dir():
        raise ConfigError(
            f"--from {place} is no folder: name one with parquet files such as google/xtreme/XNLI/test.parquet in it"
        )
    return partial(_from_folder, place)


def local_files(place: Path, source: Source) -> tuple[Path, ...]:
    """The parquet files of a source in a folder.

    ``OWNER/NAME/CONFIG/SPLIT.parquet``, ``SPLIT-*.parquet`` or ``SPLIT/*.parquet``, as downloads from the Hub have
    them; the first kind that is there counts.
    """
    folders = [place / source.dataset / one for one in ((source.config,) if source.config else _UNNAMED)]
    for folder in folders:
        for pattern in (f"{source.split}.parquet", f"{source.split}-*.parquet", f"{source.split}/*.parquet"):
            if found := sorted(one for one in folder.glob(pattern) if one.is_file()):
                return tuple(found)
    return ()


def _from_folder(place: Path, source: Source) -> Part:
    library = _library()
    files = local_files(place, source)
    if not files:
        wanted = Path(source.dataset, source.config or "", f"{source.split}.parquet").as_posix()
        raise SourceError(f"{place} has no {wanted}")
    with _told(source):
        # streamed, so that no second copy lies in the library's cache
        named = {source.split: [str(one) for one in files]}
        found = library.load_dataset("parquet", data_files=named, split=source.split, streaming=True)
    return _part(source, found)


class _Hub:
    """Reads from the Hub until it cannot be reached; then says so of whatever else is asked for, without waiting."""

    def __init__(self) -> None:
        self._unreachable = ""

    def __call__(self, source: Source) -> Part:
        library = _library()
        if self._unreachable:
            raise SourceError(self._unreachable)
        try:
            with _told(source):
                return _part(source, _named(library, source))
        except SourceError as error:
            if isinstance(error.__cause__, ConnectionError):
                self._unreachable = "the Hub could not be reached; see whether it can be, and fetch again"
            raise


def _named(library: Any, source: Source) -> Any:
    try:
        return library.load_dataset(source.dataset, source.config, split=source.split)
    except RuntimeError as error:
        if _SCRIPT not in str(error):
            raise
    return library.load_dataset(source.dataset, data_dir=source.config, split=source.split, revision=_PARQUET)


def _library() -> Any:
    """The library, in a version that runs no code from the Hub."""
    try:
        library = importlib.import_module("datasets")
    except ImportError:
        raise ConfigError(
            "sets are read by name with the library `datasets`, which is not installed; install it with:"
            " pip install 'synth[experiment]'"
        ) from None
    if int(str(library.__version__).partition(".")[0]) < 4:
        raise ConfigError(
            f"`datasets` {library.__version__} may run code that it finds beside the data, expected 4.0 or newer;"
            " upgrade it with: pip install 'synth[experiment]'"
        )
    library.disable_progress_bars()
    for name in ("datasets", "huggingface_hub"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they log as errors is raised as well
    return library


def _part(source: Source, found: Any) -> Part:
    return Part(source, _rows(source, found), _class_names(found.features or {}))


def _rows(source: Source, found: Any) -> Iterator[Mapping[str, Any]]:
    with _told(source):
        yield from found


def _class_names(features: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    """Names of the classes of the columns that have some, alone or in lists."""
    inner = {column: getattr(feature, "feature", feature) for column, feature in features.items()}
    return {column: tuple(one.names) for column, one in inner.items() if getattr(one, "names", None)}


@contextlib.contextmanager
def _told(source: Source) -> Iterator[None]:
    """Say in one line why a source cannot be had."""
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        reason = reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]}…"
        raise SourceError(f"{source}: {reason}") from error
