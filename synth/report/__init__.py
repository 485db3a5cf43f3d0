"""Verdicts to a report card: answer, abstract, quality score, rendering, export."""
