"""The store: one database, one shelf for each kind of thing that is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import TracebackType
from typing import Self

from synth.store.cache import FeedCache, LogitCache, VectorCache
from synth.store.database import Database
from synth.store.outputs import OutputShelf
from synth.store.papers import PaperShelf
from synth.store.reviews import ReviewShelf
from synth.store.runs import RunShelf, counts
from synth.store.searches import SearchShelf
from synth.store.staleness import StalenessShelf


def utc_now() -> dt.datetime:
    """The time in UTC, without a zone, as the database keeps it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


class Store:
    """All that is kept between runs.

    Args:
        url: SQLAlchemy URL.
        now: Gives the time, UTC and without a zone.

    Raises:
        ConfigError: If the URL is none.
        StoreError: If the database cannot be used.
    """

    def __init__(self, url: str, *, now: Callable[[], dt.datetime] = utc_now) -> None:
        self._database = Database(url)
        self.now = now
        self.place = self._database.place
        self.papers = PaperShelf(self._database)
        self.vectors = VectorCache(self._database)
        self.logits = LogitCache(self._database)
        self.feeds = FeedCache(self._database, now)
        self.runs = RunShelf(self._database)
        self.reviews = ReviewShelf(self._database)
        self.searches = SearchShelf(self._database)
        self.outputs = OutputShelf(self._database)
        self.staleness = StalenessShelf(self._database)

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are."""
        return counts(self._database)

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
