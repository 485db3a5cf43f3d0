"""Papers in: arXiv through one polite connection, PDF folders, and the embedded digests."""
