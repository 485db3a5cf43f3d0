"""The proof: what the verifier and the whole way from passages to verdicts are worth on labelled data."""
