"""The concrete parts of a run, each made when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from synth.backing.facts import Fact, facts_to_json, read_facts, shipped_facts
from synth.claims.scorer import Scorer
from synth.errors import OutputError
from synth.pipeline.cached import CachedEncoder, CachedNli
from synth.pipeline.progress import Progress, Silent
from synth.resources import data_path
from synth.retrieval.dense import MiniLmEncoder
from synth.settings import Settings
from synth.signature import content_key, file_sha256
from synth.sources.arxiv import ArxivSource
from synth.sources.http import PoliteClient
from synth.sources.limiter import Limiter
from synth.store.store import Store
from synth.verification.calibration import Calibrators, calibrator_path
from synth.verification.nli import load_nli, nli_signature, stated_mark


class Parts:
    """Settings made real: store, models, connection. Nothing is opened or loaded before its first use.

    Args:
        settings: The settings.
        progress: Told how it goes on.
        offline: Load a verifier from this machine alone.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None, *, offline: bool = False) -> None:
        self.settings = settings
        self.offline = offline
        self.progress: Progress = progress or Silent()
        self._preloading: threading.Thread | None = None

    @contextmanager
    def offline_if(self, wanted: bool) -> Iterator[None]:
        """Offline until the block ends, for one report that asks for it; parts that are offline anyway stay so."""
        before = self.offline
        self.offline = before or wanted
        try:
            yield
        finally:
            self.offline = before

    @cached_property
    def store(self) -> Store:
        """The database of the workspace."""
        return Store(self.settings.database)

    @cached_property
    def pdf_folder(self) -> Path:
        """Where downloaded PDFs are kept.

        Raises:
            OutputError: If the folder cannot be made.
        """
        folder = self.settings.workspace / "pdf"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"the folder {folder} cannot be made: {error.strerror}; name another workspace with --workspace",
                path=str(folder),
            ) from error
        return folder

    @cached_property
    def _minilm(self) -> MiniLmEncoder:
        return MiniLmEncoder(threads=self.settings.threads)

    @cached_property
    def encoder(self) -> CachedEncoder:
        """all-MiniLM-L6-v2 behind the store."""
        return CachedEncoder(self._minilm, self.store.vectors)

    @cached_property
    def nli(self) -> CachedNli:
        """The verifier behind the store."""
        checkpoint, fetch = self.settings.verifier or None, not self.offline
        return CachedNli(
            nli_signature(checkpoint, fetch=fetch),
            lambda: load_nli(checkpoint, threads=self.settings.threads or None, fetch=fetch),
            self.store.logits,
            on_progress=self.progress.advance,
            stated=stated_mark(checkpoint),
        )

    def preload(self) -> None:
        """Load both models in a thread of their own: a new report needs them, and arXiv leaves time for it.

        A model that cannot be loaded is told of when it is needed, by the thread that needs it.
        """
        if self._preloading is None:
            work = (self._minilm.load, self.nli.load)
            self._preloading = threading.Thread(target=_quietly, args=work, name="models", daemon=True)
            self._preloading.start()

    @cached_property
    def scorer(self) -> Scorer:
        """The check-worthiness classifier."""
        return Scorer()

    @cached_property
    def calibrators(self) -> Calibrators | None:
        """The calibrators of the verifier; None where there are none, and confidences are left out.

        Raises:
            CalibrationError: If there are some, but they are damaged or were fitted for other weights.
        """
        model = self.nli.signature
        path = calibrator_path(data_path("calibration"), model)
        return Calibrators.load(path, model, risk=self.settings.risk) if path.exists() else None

    @cached_property
    def library_digest(self) -> str:
        """SHA-256 over the embedded library, read once a process."""
        return content_key([file_sha256(path) for path in sorted(data_path("library").glob("*.md"))])

    @cached_property
    def calibrator_key(self) -> str:
        """12 hex digits that stand for the calibrators; ``none`` without any."""
        return content_key(self.calibrators.to_json())[:12] if self.calibrators else "none"

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What experiments and recomputation found, for claims that it bears on.

        Raises:
            ConfigError: If the file is damaged.
        """
        return read_facts(shipped_facts())

    @cached_property
    def facts_key(self) -> str:
        """12 hex digits that stand for the facts; ``none`` without any."""
        return content_key(facts_to_json(self.facts))[:12] if self.facts else "none"

    @cached_property
    def client(self) -> PoliteClient:
        """The one connection to arXiv."""
        settings = self.settings
        limiter = Limiter(settings.arxiv_delay_s, on_wait=self.progress.wait)
        return PoliteClient(settings.arxiv_url, limiter=limiter, contact=settings.contact)

    @cached_property
    def source(self) -> ArxivSource:
        """ArXiv's API behind the store's feeds."""
        return ArxivSource(self.client, self.settings.arxiv_url, cache=self.store.feeds)

    def close(self) -> None:
        """Close what was opened; waits for models that are being loaded, since a program must not end within that."""
        if self._preloading is not None:
            self._preloading.join()
        opened: Sequence[str] = ("client", "store")
        for name in opened:
            if name in self.__dict__:
                self.__dict__[name].close()


def _quietly(*loads: Callable[[], object]) -> None:
    for load in loads:
        with suppress(Exception):  # told, as one clear line, by the thread that needs the model and meets it again
            load()
