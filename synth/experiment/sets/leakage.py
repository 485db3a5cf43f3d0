"""What is tested on must not be trained on: the sentences that are held out, and leaving them out of other texts.

Test sets hide in other sets: XQuAD's paragraphs are SQuAD's, Tatoeba's sentences stand in other collections of
Tatoeba and in other languages' tests, WikiANN and MLQA are both Wikipedia. Two texts count as the same where they
have the same letters and digits, whatever their case, spaces and punctuation: a tokenised copy is a copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from synth.experiment.sets import languages as spoken
from synth.experiment.sets.files import lines, paragraphs

_Item = TypeVar("_Item")
_NO_LETTER = re.compile(r"[\W_]+")
_END = re.compile(r"(?<=[.!?])[\"'”’»)\]]*\s+|(?<=[。！？؟।])")
_SHORTEST = 12
"""Letters that a piece of a context must have to be held out by itself; whole test sentences are, however short."""


def normalised(text: str) -> str:
    """The letters and digits of a text, in small letters and compatibility form, without anything between them."""
    # Indic vowel signs are no word characters to `re` and go as well: the same on both sides, and sooner too many
    # sentences left out than one too few
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


def without(items: Iterable[_Item], held_out: Collection[str], texts: Callable[[_Item], Iterable[str]]) -> list[_Item]:
    """The items of which no text is held out, in their order.

    Args:
        items: What to choose from.
        held_out: Normalised texts.
        texts: The texts of an item.
    """
    return [item for item in items if not any(normalised(text) in held_out for text in texts(item))]


def pieces(context: str) -> list[str]:
    """A paragraph and its sentences, as far as full stops tell them apart.

    Args:
        context: Text of any language; one without full stops, as Thai's, stays whole.
    """
    found = [piece.strip() for piece in _END.split(context)]
    return [context, *(piece for piece in found if piece != context and len(normalised(piece)) >= _SHORTEST)]


def held_out(folder: Path) -> frozenset[str]:
    """All texts that anything is tested on, normalised.

    Of every language: both sides of pairs, contexts whole and by sentence, questions, tagged sentences. Sets and
    languages that are absent hold nothing out.

    Args:
        folder: The data folder.

    Raises:
        ConfigError: A file is damaged.
    """
    # the set in between: a premise stands in three pairs, a context's sentences in many questions
    return frozenset(filter(None, map(normalised, set(_tested(folder)))))


def _tested(folder: Path) -> Iterator[str]:
    pairs = (
        ("xnli/dev-*.tsv", slice(0, 2)),
        ("xnli/test-*.tsv", slice(0, 2)),
        ("pawsx/dev-*.tsv", slice(0, 2)),
        ("pawsx/test-*.tsv", slice(1, 3)),
    )
    for pattern, columns in pairs:
        for path in _found(folder, pattern):
            for line in lines(path):
                yield from line.split("\t")[columns]
    for path in [*_found(folder, "tatoeba/tatoeba.*"), *_found(folder, "bucc2018/*.dev.??")]:
        for line in lines(path):
            yield line.rpartition("\t")[2]
    tested = [folder / f"udpos/{split}-{language}.tsv" for language, split in spoken.UDPOS_SPLITS.items()]
    for path in [*(one for one in tested if one.is_file()), *_found(folder, "udpos/test-*.tsv")]:
        yield from _tagged(path)
    for path in _found(folder, "panx/dev-*.tsv"):
        yield from _tagged(path)
    asked = ["xquad/*.json", "xquad_r/*.json", "mlqa/*/*.json"]
    asked += [f"tydiqa/train/*.{language}.train.json" for language in spoken.TYDIQA_LANGUAGES]
    for path in (one for pattern in asked for one in _found(folder, pattern)):
        for paragraph in paragraphs(path):
            yield from pieces(paragraph.context)
            yield from (str(one.get("question", "")) for one in paragraph.questions)


def _found(folder: Path, pattern: str) -> list[Path]:
    return sorted(one for one in folder.glob(pattern) if one.is_file())


def _tagged(path: Path) -> Iterator[str]:
    words: list[str] = []
    for line in [*lines(path), ""]:
        if line:
            words.append(line.partition("\t")[0])
        elif words:
            yield " ".join(words)
            words = []
