"""Reviewers at work: decisions on claims, what of them still holds, how far reviewers agree, gold from it."""
