"""A PDF of one's own is linked where arXiv's stamp says what it is, and nowhere else."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from synth.report.view import view
from synth.types import ARXIV_PDFS, Paper, ReadFrom, Report, Source
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


OTHERS, SAME, OWN, DIGEST = (
    "independent paper",
    "another paper, by some of the same authors",
    "the claim’s own paper",
    "the same digest of the claim’s paper",
)


def independence(authors: tuple[str, ...], read_from: ReadFrom) -> dict[bool, set[str]]:
    """What is said of passages of other papers (True) and of the claims' own."""
    plain = example()
    papers = tuple(
        dataclasses.replace(row, paper=dataclasses.replace(row.paper, authors=authors), read_from=read_from)
        for row in plain.papers
    )
    said: dict[bool, set[str]] = {True: set(), False: set()}
    for row, shown in zip(plain.claims, view(dataclasses.replace(plain, papers=papers)).claims, strict=True):
        for piece, quote in zip(row.verdict.evidence, shown.evidence, strict=True):
            said[piece.independent].add(quote.independence)
    return said


def test_a_passage_says_how_far_it_is_from_those_who_make_the_claim() -> None:
    assert independence((), ReadFrom.PDF) == {True: {OTHERS}, False: {OWN}}
    assert independence(("Ada Moreno", "Bo Lind"), ReadFrom.PDF) == {True: {SAME}, False: {OWN}}
    assert independence((), ReadFrom.DIGEST) == {True: {OTHERS}, False: {DIGEST}}


def test_one_author_in_common_is_enough_however_the_name_is_printed() -> None:
    plain = example()
    names = iter([("Ada Moreno", "Bo Lind"), ("Cy Ode", "ADA MORENO")] * len(plain.papers))
    papers = tuple(
        dataclasses.replace(row, paper=dataclasses.replace(row.paper, authors=next(names))) for row in plain.papers
    )
    shown = view(dataclasses.replace(plain, papers=papers))
    assert OTHERS not in {quote.independence for row in shown.claims for quote in row.evidence}
