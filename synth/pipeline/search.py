"""The ranked papers for a question, before any PDF is fetched."""

from __future__ import annotations

from synth.pipeline.gather import Gathered, gather
from synth.pipeline.options import ReportOptions
from synth.pipeline.parts import Parts
from synth.question import check_question


def search(question: str, options: ReportOptions, parts: Parts) -> Gathered:
    """Find and screen papers.

    Raises:
        ConfigError: If the question cannot be used.
        SourceError: If arXiv does not answer.
    """
    return gather(check_question(question), options, parts)
