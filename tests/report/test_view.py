"""A PDF of one's own is linked where arXiv's stamp says what it is, and nowhere else."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from synth.report.view import view
from synth.types import ARXIV_PDFS, Paper, Report, Source
from tests.report.example import example
from tests.report.example_claims import SUM

FILE = "file:0123456789ab"


def report(pdf_url: str | None) -> Report:
    def stamped(paper: Paper) -> Paper:
        if paper.source is not Source.FILE:
            return paper
        return dataclasses.replace(paper, pdf_url=pdf_url, published=dt.date(2020, 5, 1))

    plain = example()
    papers = tuple(dataclasses.replace(row, paper=stamped(row.paper)) for row in plain.papers)
    return dataclasses.replace(plain, papers=papers)


def test_a_stamped_pdf_leads_to_arxiv() -> None:
    shown = view(report(f"{ARXIV_PDFS}2005.00396v3"))
    (reference,) = (one for one in shown.references if one.id == FILE)
    assert (reference.url, reference.year) == ("https://arxiv.org/abs/2005.00396v3", "2020")
    assert reference.called == "2005.00396v3"
    quotes = [quote for row in shown.claims for quote in (*row.evidence, *row.origins)]
    pages = {one.place.url for one in quotes if one.place.reference == reference}
    assert "https://arxiv.org/pdf/2005.00396v3#page=4" in pages and None not in pages


@pytest.mark.parametrize(
    "address", [None, "https://example.org/2005.00396v3", f"{ARXIV_PDFS}../x", f"{ARXIV_PDFS}2005.00396v3?x=1"]
)
def test_any_other_address_is_no_link(address: str | None) -> None:
    shown = view(report(address))
    (reference,) = (one for one in shown.references if one.id == FILE)
    assert (reference.url, reference.title) == (None, "Lecture Notes Without an Address")
    assert reference.called == FILE
    quotes = [quote for row in shown.claims for quote in (*row.evidence, *row.origins)]
    assert {one.place.url for one in quotes if one.place.reference == reference} == {None}


@pytest.mark.parametrize(("arithmetic", "says"), [("", "may be read as support, but not clearly"), (SUM, "supports")])
def test_what_a_sum_settles_is_not_called_unclear(arithmetic: str, says: str) -> None:
    first, *rest = example().claims
    piece = dataclasses.replace(first.verdict.evidence[0], logits=(0.5, 2.0, 0.1), arithmetic=arithmetic)
    row = dataclasses.replace(first, verdict=dataclasses.replace(first.verdict, evidence=(piece,)))
    shown = view(dataclasses.replace(example(), claims=(row, *rest)))
    assert shown.claims[0].evidence[0].says == says
