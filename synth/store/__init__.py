"""The database: papers, documents, embeddings, logits, runs. Deleting it loses time only."""
