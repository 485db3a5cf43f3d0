"""The sum behind a piece of evidence; empty for evidence from before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("evidence", sa.Column("arithmetic", sa.Text(), server_default="", nullable=False))
