"""The tables. A change here needs a migration in ``store/migrations/versions``."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Date, DateTime, Float, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The mother of all tables."""


class PaperRow(Base):
    """One paper's record, as its source gave it."""

    __tablename__ = "paper"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(Text)
    """JSON list."""
    abstract: Mapped[str] = mapped_column(Text)
    published: Mapped[dt.date | None] = mapped_column(Date)
    updated: Mapped[dt.date | None] = mapped_column(Date)
    categories: Mapped[str] = mapped_column(Text)
    """JSON list."""
    source: Mapped[str] = mapped_column(String(16))
    pdf_url: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str] = mapped_column(Text)
    path: Mapped[str | None] = mapped_column(Text)


class DocumentRow(Base):
    """A paper as one version of the reader read it."""

    __tablename__ = "document"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Content key of paper, reader and the bytes that were read."""
    paper_id: Mapped[str] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), index=True)
    reader: Mapped[str] = mapped_column(String(64))
    read_from: Mapped[str] = mapped_column(String(16))
    n_pages: Mapped[int] = mapped_column(Integer)
    n_sentences: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    """The document as compressed JSON."""


class PassageRow(Base):
    """A passage of a document."""

    __tablename__ = "passage"

    document_key: Mapped[str] = mapped_column(ForeignKey("document.key", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    paper_id: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    section: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(16))
    page: Mapped[int] = mapped_column(Integer)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    box: Mapped[str | None] = mapped_column(String(80))
    """JSON list of four numbers."""


class DraftsRow(Base):
    """The sentences of a document that may become claims, as they were last found out."""

    __tablename__ = "drafts"

    document_key: Mapped[str] = mapped_column(ForeignKey("document.key", ondelete="CASCADE"), primary_key=True)
    rules: Mapped[str] = mapped_column(String(64))
    """Content key of all that decides it."""
    body: Mapped[str] = mapped_column(Text)
    """JSON list of the sentences' numbers and wordings."""


class EmbeddingRow(Base):
    """The embedding of one text by one model."""

    __tablename__ = "embedding"

    model: Mapped[str] = mapped_column(String(80), primary_key=True)
    text_key: Mapped[str] = mapped_column(String(32), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    """16-bit integers, ten thousandths: the encoder rounds to four decimals, so nothing is lost."""


class LogitRow(Base):
    """The raw logits of one pair by one model."""

    __tablename__ = "logit"

    model: Mapped[str] = mapped_column(String(160), primary_key=True)
    pair_key: Mapped[str] = mapped_column(String(32), primary_key=True)
    entailment: Mapped[float] = mapped_column(Float)
    neutral: Mapped[float] = mapped_column(Float)
    contradiction: Mapped[float] = mapped_column(Float)


class FeedRow(Base):
    """An answer of arXiv's API, kept for a day."""

    __tablename__ = "feed"

    url: Mapped[str] = mapped_column(Text, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    fetched: Mapped[dt.datetime] = mapped_column(DateTime)
    """UTC, without a zone."""


class RunRow(Base):
    """One report as it was made."""

    __tablename__ = "run"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    made: Mapped[dt.datetime] = mapped_column(DateTime, index=True)
    settings: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(Text)
    report: Mapped[str] = mapped_column(Text)
    """The whole report as JSON."""


class SearchRow(Base):
    """The papers that were found and ranked for one question with one set of options."""

    __tablename__ = "search"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    made: Mapped[dt.datetime] = mapped_column(DateTime)
    body: Mapped[str] = mapped_column(Text)
    """Papers with what became of each, queries and notes, as JSON."""


class OutputRow(Base):
    """The digests of the files that a run was rendered to, so that unchanged ones are known without rendering."""

    __tablename__ = "output"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Content key of run, date line and templates."""
    files: Mapped[str] = mapped_column(Text)
    """JSON object: SHA-256 by file name."""


class StalenessRow(Base):
    """What arXiv last said of a paper that reports cite: a newer version, or a withdrawal."""

    __tablename__ = "staleness"

    paper_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    """The cited version."""
    newest: Mapped[str | None] = mapped_column(String(64))
    """The newest version's id, where it is another."""
    withdrawn: Mapped[bool] = mapped_column(Boolean)
    comment: Mapped[str] = mapped_column(Text)
    """ArXiv's comment on the newest version, where it says why."""
    seen: Mapped[dt.datetime] = mapped_column(DateTime)


class ReviewRow(Base):
    """One decision of one reviewer on one claim of one report. Decisions are never changed: an undo is a row too."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    question: Mapped[str] = mapped_column(Text, index=True)
    """Normalised: the report is known by its question, so that a regenerated one keeps its decisions."""
    claim_id: Mapped[str] = mapped_column(String(12), index=True)
    claim: Mapped[str] = mapped_column(Text)
    """The wording that was decided on."""
    basis: Mapped[str] = mapped_column(String(64))
    """Content key of what the reviewer saw: label and evidence."""
    shown: Mapped[str] = mapped_column(Text)
    """What the reviewer saw, as JSON: label, confidence, evidence."""
    reviewer: Mapped[str] = mapped_column(String(80))
    decision: Mapped[str] = mapped_column(String(16))
    """``accept``, ``reject``, ``label``, ``skip`` or ``undo``."""
    label: Mapped[str | None] = mapped_column(String(24))
    """The right label, where the reviewer gave one."""
    comment: Mapped[str] = mapped_column(Text)
    made: Mapped[dt.datetime] = mapped_column(DateTime)


class ClaimRow(Base):
    """A claim, by the hash of its normalised text."""

    __tablename__ = "claim"

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class VerdictRow(Base):
    """The verdict on one claim in one run."""

    __tablename__ = "verdict"

    run_key: Mapped[str] = mapped_column(ForeignKey("run.key", ondelete="CASCADE"), primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(24))
    confidence: Mapped[float | None] = mapped_column(Float)
    verified: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text)


class EvidenceRow(Base):
    """One passage on one claim in one run, with the model's raw logits."""

    __tablename__ = "evidence"

    run_key: Mapped[str] = mapped_column(ForeignKey("run.key", ondelete="CASCADE"), primary_key=True)
    claim_id: Mapped[str] = mapped_column(String(12), primary_key=True)
    passage_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    paper_id: Mapped[str] = mapped_column(String(64))
    stance: Mapped[str] = mapped_column(String(16))
    entailment: Mapped[float] = mapped_column(Float)
    neutral: Mapped[float] = mapped_column(Float)
    contradiction: Mapped[float] = mapped_column(Float)
    dense: Mapped[float] = mapped_column(Float)
    rank: Mapped[int] = mapped_column(Integer)
    numbers: Mapped[str] = mapped_column(String(16))
    independent: Mapped[bool] = mapped_column(Boolean)
    arithmetic: Mapped[str] = mapped_column(Text, server_default="")
    """The sum behind ``numbers`` where rows of a table were computed with."""

    __table_args__ = (Index("ix_evidence_paper_id", "paper_id"),)
