"""Published numbers, and what of them can be recomputed: the audit of the XTREME claims."""
