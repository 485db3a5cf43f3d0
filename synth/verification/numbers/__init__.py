"""The number checker: quantities out of text, and whether two texts give the same ones."""

from synth.verification.numbers.compare import compare_numbers
from synth.verification.numbers.extract import extract
from synth.verification.numbers.quantity import Bound, End, Kind, Quantity

__all__ = ["Bound", "End", "Kind", "Quantity", "compare_numbers", "extract"]
