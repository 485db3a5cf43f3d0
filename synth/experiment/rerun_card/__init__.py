"""The card of the experiment: what was published, what the audit recomputed and what a run here found, side by side."""
