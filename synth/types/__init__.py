"""The nouns of the project: frozen values that each step hands to the next.

A later type names an earlier one by id. Nothing here computes, reads or imports anything
of the project, so every other module may import it.

The way of the data::

    question -> Paper -> Document -> Passage -> Claim -> ScoredPassage -> Evidence -> Verdict -> Report
"""

from __future__ import annotations

from synth.types.claims import (
    Backing,
    BackingKind,
    CheckedClaim,
    Claim,
    Decision,
    Evidence,
    Label,
    NumberCheck,
    Origin,
    ReviewNote,
    ScoredPassage,
    Stance,
    Verdict,
)
from synth.types.documents import (
    ARXIV_PDFS,
    Box,
    Document,
    Paper,
    Passage,
    PassageKind,
    ReadFrom,
    SectionRole,
    Sentence,
    Source,
    Table,
)
from synth.types.reports import (
    Answer,
    AnswerStatus,
    Asked,
    Calibration,
    Facet,
    Report,
    RetrievedPaper,
    Review,
    Role,
    Stale,
    Statement,
)

__all__ = [
    "ARXIV_PDFS",
    "Answer",
    "AnswerStatus",
    "Asked",
    "Backing",
    "BackingKind",
    "Box",
    "Calibration",
    "CheckedClaim",
    "Claim",
    "Decision",
    "Document",
    "Evidence",
    "Facet",
    "Label",
    "NumberCheck",
    "Origin",
    "Paper",
    "Passage",
    "PassageKind",
    "ReadFrom",
    "Report",
    "RetrievedPaper",
    "Review",
    "ReviewNote",
    "Role",
    "ScoredPassage",
    "SectionRole",
    "Sentence",
    "Source",
    "Stale",
    "Stance",
    "Statement",
    "Table",
    "Verdict",
]
