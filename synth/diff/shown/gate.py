"""What of a difference makes a check fail: the words of ``--fail-on``. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from synth.diff.delta import Delta, Kind
from synth.errors import ConfigError
from synth.report.wording import count, listed

_COUNTS: dict[str, Callable[[Delta], int]] = {
    "removed": lambda delta: delta.count(Kind.REMOVED),
    "label": lambda delta: delta.count(Kind.LABEL_CHANGED),
    "confidence": lambda delta: delta.count(Kind.CONFIDENCE_CHANGED),
    "evidence": lambda delta: delta.count(Kind.EVIDENCE_CHANGED),
    "reworded": lambda delta: delta.count(Kind.REWORDED),
    "added": lambda delta: delta.count(Kind.ADDED),
    "papers": lambda delta: len(delta.papers_added) + len(delta.papers_removed),
    "answer": lambda delta: int(delta.answer_changed),
    "score": lambda delta: int(delta.score_changed),
}
WORDS = tuple(_COUNTS)
_SAID = {
    "removed": "removed claim",
    "label": "changed label",
    "confidence": "changed confidence",
    "evidence": "claim with other evidence",
    "reworded": "reworded claim",
    "added": "added claim",
    "papers": "added or removed paper",
    "answer": "changed answer",
    "score": "changed score",
}
_PLURALS = {"evidence": "claims with other evidence", "confidence": "changed confidences"}


def gate(text: str | None) -> tuple[str, ...]:
    """The words of a list like ``removed,label``, each once.

    Raises:
        ConfigError: If one is unknown; names the nearest right one.
    """
    found = [word.strip().casefold() for word in (text or "").split(",")]
    for word in found:
        if word and word not in WORDS:
            near = get_close_matches(word, WORDS, 1, 0.5)
            advice = f"did you mean {near[0]}? It takes" if near else "it takes"
            raise ConfigError(f"--fail-on knows no {word!r}; {advice} {listed(WORDS)}, joined by commas")
    return tuple(word for word in WORDS if word in found)


def happened(
    words: Iterable[str], deltas: Sequence[Delta], *, gone: int = 0, come: int = 0
) -> tuple[tuple[str, str], ...]:
    """What of the words happened, each with a phrase that counts it: ``("label", "2 changed labels")``.

    Args:
        words: What to look for.
        deltas: Where to look.
        gone: Whole reports that were removed; they count with ``removed``.
        come: Whole reports that were added; they count with ``added``.
    """
    reports = {"removed": gone, "added": come}
    found = []
    for word in words:
        number = sum(_COUNTS[word](delta) for delta in deltas)
        said = [count(number, _SAID[word], _PLURALS.get(word))] if number else []
        said += [count(reports[word], f"{word} report")] if reports.get(word) else []
        if said:
            found.append((word, listed(said)))
    return tuple(found)
