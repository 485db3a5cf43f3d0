"""A difference as text, comment, page and data."""
