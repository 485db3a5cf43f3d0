"""The whole way from a question to papers, against the replica of arXiv in ../shared."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from synth.sources.arxiv import ArxivSource
from synth.sources.fulltext import fetch_pdf, is_kept
from synth.sources.http import PoliteClient
from synth.sources.ids import base_id
from synth.sources.limiter import Limiter
from synth.sources.merge import merge
from synth.sources.plan import plan

pytestmark = [pytest.mark.shared, pytest.mark.slow]

EXPECTED = {
    "How does intermediate-task training on English code generation tasks affect the zero-shot cross-lingual "
    "performance of multilingual models on the XNLI benchmark?": {"2005.13013", "1809.05053", "2408.09701"},
    "Does attention provide faithful explanations of model predictions?": {"1902.10186", "1908.04626", "1909.07913"},
    "Does open access increase the number of citations of scientific articles?": {"cs/0701101", "cs/0701137"},
    "Why does Zipf's law hold for word frequencies in human language?": {"1202.2903", "1406.4441"},
}


@pytest.fixture
def replica(shared: Path) -> Iterator[str]:
    command = [sys.executable, str(shared / "arxiv" / "replica.py"), "--port", "0", "--print-url"]
    kept = {name: value for name, value in os.environ.items() if name != "XDG_CACHE_HOME"}  # its index is built once
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=quiet, text=True, env=kept) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def test_the_papers_everyone_expects_are_found(replica: str, tmp_path: Path) -> None:
    with PoliteClient(replica, limiter=Limiter(0.0, folder=tmp_path)) as client:
        source = ArxivSource(client)
        for question, expected in EXPECTED.items():
            found = merge(source.search(query.text) for query in plan(question))
            assert expected <= {base_id(paper.id) for paper in found}, question
        (paper,) = source.lookup(["1301.3781"]).papers
        assert is_kept(fetch_pdf(client, paper, tmp_path / "pdfs"))
