"""Passages for a claim: BM25, embeddings, and their fusion."""
