"""Synth: is that so, and who says it? A claim-verification literature synthesizer."""

__version__ = "0.1.0"
