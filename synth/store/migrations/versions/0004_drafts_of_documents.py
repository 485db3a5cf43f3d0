"""The sentences of a document that may become claims, so that they are found out once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "drafts",
        sa.Column("document_key", sa.String(64), sa.ForeignKey("document.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("rules", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )
