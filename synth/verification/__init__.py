"""Claims and passages to verdicts: NLI, numbers, aggregation, calibration."""
