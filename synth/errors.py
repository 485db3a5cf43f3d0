"""The error tree: each error carries facts, an exit code, and survives pickling.

::

    SynthError                exit 1
    ├── ConfigError           exit 2   a setting or an argument is wrong
    ├── SourceError           exit 3   arXiv did not give what was asked
    │   ├── RateLimited
    │   ├── AccessDenied
    │   ├── MalformedFeed
    │   └── QueryRejected
    ├── DocumentError         exit 4   one paper could not be read
    │   ├── PdfUnavailable
    │   ├── UnreadablePdf
    │   ├── NoTextLayer
    │   └── WrongPaper
    ├── ModelError            exit 5   a checkpoint is missing, damaged or mislabelled
    │   └── UnknownLabels
    ├── CalibrationError      exit 6   no calibrator, or too few examples
    ├── StoreError            exit 7   the database cannot be used
    │   └── SchemaMismatch
    ├── OutputError           exit 8   a result could not be written
    ├── EvaluationError       exit 9   labelled data cannot be scored
    └── Interrupted           exit 130 the user ended it (Ctrl-C)

The text of an error says what was found, what was expected and what to do. Errors of third-party
libraries are mapped in the one module that imports the library.
"""

from __future__ import annotations

from typing import Any


class SynthError(Exception):
    """An error meant for the user: one line, an exit code, no traceback.

    Args:
        message: What was found, what was expected, what to do.
        **facts: Named facts a caller may want (``url``, ``paper_id``, ``path``); kept in :attr:`facts`.
    """

    exit_code = 1

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the facts across processes."""
        return _rebuild, (type(self), self.message, self.facts)


def _rebuild(kind: type[SynthError], message: str, facts: dict[str, Any]) -> SynthError:
    return kind(message, **facts)


class ConfigError(SynthError):
    """A setting or an argument is wrong."""

    exit_code = 2


class SourceError(SynthError):
    """ArXiv did not give what was asked. Facts: ``url``, ``attempts``."""

    exit_code = 3


class RateLimited(SourceError):
    """ArXiv kept answering 429 or 503, or asked for a pause that is not over. Facts: ``retry_after_s``."""


class AccessDenied(SourceError):
    """ArXiv answered 403. Asking on would count as an attack: nothing is asked for an hour."""


class MalformedFeed(SourceError):
    """ArXiv's answer is no complete Atom feed."""


class QueryRejected(SourceError):
    """ArXiv answered 400: asking again cannot help."""


class DocumentError(SynthError):
    """One paper could not be read. Facts: ``paper_id``, ``passing``."""

    exit_code = 4

    @property
    def passing(self) -> bool:
        """Whether this machine was at fault, so that the same file may be read another time."""
        return bool(self.facts.get("passing"))


class PdfUnavailable(DocumentError):
    """There is no PDF at the paper's address (404, HTML, withdrawn)."""


class UnreadablePdf(DocumentError):
    """The PDF is damaged, locked, too large, or brought the reader down."""


class NoTextLayer(DocumentError):
    """The PDF holds pictures of pages only."""


class WrongPaper(DocumentError):
    """The PDF carries neither the id nor the title that was asked for."""


class ModelError(SynthError):
    """A checkpoint is missing, damaged or mislabelled. Facts: ``checkpoint``."""

    exit_code = 5


class UnknownLabels(ModelError):
    """The checkpoint does not name its labels (``LABEL_0``)."""


class CalibrationError(SynthError):
    """There is no calibrator for a model, or too few examples to fit one."""

    exit_code = 6


class StoreError(SynthError):
    """The database cannot be used. Facts: ``path``."""

    exit_code = 7


class SchemaMismatch(StoreError):
    """The database was made by a newer version."""


class OutputError(SynthError):
    """A result could not be written. Facts: ``path``."""

    exit_code = 8


class EvaluationError(SynthError):
    """Labelled data cannot be read, or is not what the set's name says."""

    exit_code = 9


class Interrupted(SynthError):
    """The user ended long work with Ctrl-C; the text says what is kept and how to go on."""

    exit_code = 130
    """As shells have it."""
