"""Small papers, passages and runs for the tests of the store."""

from __future__ import annotations

import datetime as dt

from synth.types import (
    Box,
    CheckedClaim,
    Claim,
    Evidence,
    Label,
    NumberCheck,
    Paper,
    Passage,
    PassageKind,
    SectionRole,
    Source,
    Stance,
    Verdict,
)

PAPER = Paper(
    id="2101.00001v2",
    title="A Paper, with “quotes”",
    authors=("Ada Lovelace", "Charles Babbage"),
    abstract="Engines compute.",
    published=dt.date(2021, 1, 1),
    updated=dt.date(2021, 2, 1),
    categories=("cs.CL", "cs.LG"),
    source=Source.ARXIV,
    pdf_url="http://127.0.0.1/pdf/2101.00001v2",
)
PASSAGES = tuple(
    Passage(
        id=f"2101.00001v2#{number:04d}",
        paper_id="2101.00001v2",
        kind=PassageKind.PROSE,
        section="1 Introduction",
        role=SectionRole.INTRODUCTION,
        page=1,
        start=number * 10,
        end=number * 10 + 9,
        text=f"Passage {number}.",
        box=Box(1.0, 2.0, 3.5, 4.0) if number else None,
    )
    for number in range(3)
)
EVIDENCE = Evidence(
    claim_id="0123456789ab",
    passage_id="2101.00001v2#0001",
    paper_id="2101.00001v2",
    stance=Stance.SUPPORTS,
    logits=(2.5, 0.125, -1.0),
    dense=0.75,
    rank=1,
    numbers=NumberCheck.AGREE,
    independent=True,
    arithmetic="79.2 − 65.4 = 13.8 (Table 2, rows A and B, column C)",
)
CHECKED = CheckedClaim(
    number=1,
    claim=Claim(id="0123456789ab", text="Engines compute."),
    verdict=Verdict(
        claim_id="0123456789ab",
        label=Label.SUPPORTED,
        confidence=0.9,
        verified=True,
        evidence=(EVIDENCE,),
        n_self=0,
        n_independent=1,
        n_refuting=0,
        reason="Because.",
    ),
)
