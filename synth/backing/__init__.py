"""What experiments and recomputation say of a claim, beside its verdict: never a label, never a confidence."""
