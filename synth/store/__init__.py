"""The database: papers, documents, embeddings, logits, runs, reviews. Deleting it loses time, and open reviews."""
