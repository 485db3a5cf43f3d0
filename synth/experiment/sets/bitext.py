"""Sentences beside their translations, to test retrieval on and to train with, and plain sentences to train with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path

from synth.errors import ConfigError
from synth.experiment.kinds import Bitext, Mining
from synth.experiment.sets import leakage
from synth.experiment.sets.files import ENGLISH, lines, rows
from synth.experiment.sets.languages import BUCC_LANGUAGES as BUCC_LANGUAGES
from synth.experiment.sets.languages import TATOEBA_CODES
from synth.experiment.sets.languages import XTREME_36 as XTREME_36


def tatoeba(folder: Path) -> dict[str, Bitext]:
    """Tatoeba's test sets of all languages at hand, by language; XTREME scores those of :data:`XTREME_36`.

    Args:
        folder: The data folder.

    Raises:
        ConfigError: A file is absent or damaged, or the two sides of a language differ in length.
    """
    found = {}
    for path in sorted((folder / "tatoeba").glob("tatoeba.*-eng.eng")):
        three = path.name.split(".")[1].removesuffix("-eng")
        language = TATOEBA_CODES.get(three, three)
        foreign, english = _aligned(path.with_name(f"tatoeba.{three}-eng.{three}"), path)
        found[language] = Bitext(language, tuple(foreign), tuple(english))
    if not found:
        raise ConfigError(f"{folder / 'tatoeba'} has no file tatoeba.*-eng.eng: unpack Tatoeba's test sets there")
    return dict(sorted(found.items()))


def bucc(folder: Path, language: str) -> Mining:
    """BUCC 2018's sample of a language and English, with its gold pairs.

    Args:
        folder: The data folder.
        language: One of :data:`BUCC_LANGUAGES`.

    Raises:
        ConfigError: A file is absent or damaged, or names a sentence that is not there.
    """
    stem = folder / "bucc2018" / f"{language}-en.dev"
    sides = {end: [(name, text) for _, (name, text) in rows(Path(f"{stem}.{end}"), 2)] for end in (language, ENGLISH)}
    gold = frozenset((foreign, english) for _, (foreign, english) in rows(Path(f"{stem}.gold"), 2))
    known = [{name for name, _ in sides[end]} for end in (language, ENGLISH)]
    for pair in sorted(gold):
        if pair[0] not in known[0] or pair[1] not in known[1]:
            raise ConfigError(f"{stem}.gold has the pair {' '.join(pair)}, whose sentences are not there")
    return Mining(language, tuple(sides[language]), tuple(sides[ENGLISH]), gold)


def parallel(folder: Path, held_out: Collection[str] | None = None) -> dict[str, list[tuple[str, str]]]:
    """Sentences and their English translations to train with, by language, each pair once.

    NTREX, FLORES, Multi30k and the Tatoeba Challenge, in this order, as far as they are there, without what is tested
    on: no side of a pair is a tested sentence in any language.

    Args:
        folder: The data folder.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: A file is damaged, or nothing is there.
    """
    held_out = leakage.held_out(folder) if held_out is None else held_out
    found: dict[str, dict[tuple[str, str], None]] = {}
    for language, pair in _pairs(folder / "parallel"):
        if all(pair):
            found.setdefault(language, {})[pair] = None
    if not found:
        raise ConfigError(f"{folder / 'parallel'} has no sentences with translations: unpack NTREX or FLORES there")
    return {language: leakage.without(found[language], held_out, lambda pair: pair) for language in sorted(found)}


def monolingual(folder: Path, held_out: Collection[str] | None = None) -> dict[str, list[str]]:
    """Plain sentences to train with, by language, each once: the texts of the tagging sets' training parts.

    Args:
        folder: The data folder.
        held_out: What is tested on, normalised; read from the folder where it is not given.

    Raises:
        ConfigError: A file is damaged.
    """
    held_out = leakage.held_out(folder) if held_out is None else held_out
    found: dict[str, dict[str, None]] = {}
    for path in sorted(chain((folder / "panx").glob("train-*.tsv"), (folder / "udpos").glob("train-*.tsv"))):
        language = path.stem.removeprefix("train-")
        for words in _sentences(path):
            found.setdefault(language, {})[joined(words)] = None
    return {language: leakage.without(found[language], held_out, lambda text: (text,)) for language in sorted(found)}


def joined(words: list[str]) -> str:
    """Words as a sentence: with spaces between them, without where the script has none."""
    close = sum(map(_closed, words)) * 2 > len(words)
    return ("" if close else " ").join(words)


def _closed(word: str) -> bool:
    """Whether a word is of a script written without spaces: Han, Kana, Thai, Lao, Khmer, Burmese."""
    return any("\u3040" <= one <= "\u30ff" or "\u4e00" <= one <= "\u9fff" or "\u0e00" <= one <= "\u0eff"
               or "\u1000" <= one <= "\u109f" or "\u1780" <= one <= "\u17ff" for one in word)  # fmt: skip


def _pairs(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for name in ("ntrex128", "flores200_devtest"):
        for path in sorted((folder / name).glob("*.txt")):
            if path.stem != ENGLISH:
                yield from ((path.stem, pair) for pair in zip(*_aligned(path, path.with_name("en.txt")), strict=True))
    for english in sorted((folder / "multi30k").glob("*.en")):
        for path in sorted(english.parent.glob(f"{english.stem}.*")):
            if path != english:
                language = path.suffix.removeprefix(".")
                yield from ((language, pair) for pair in zip(*_aligned(path, english), strict=True))
    for path in sorted(folder.glob("tatoeba_challenge*/*-en.tsv")):
        language = path.stem.removesuffix("-en")
        yield from ((language, (foreign, english)) for _, (foreign, english) in rows(path, 2))


def _aligned(foreign: Path, english: Path) -> tuple[list[str], list[str]]:
    both = lines(foreign), lines(english)
    if len(both[0]) != len(both[1]):
        raise ConfigError(
            f"{foreign} has {len(both[0])} lines and {english.name} {len(both[1])}, expected as many: unpack both anew"
        )
    return both


def _sentences(path: Path) -> Iterator[list[str]]:
    words: list[str] = []
    for line in [*lines(path), ""]:
        if line:
            words.append(line.partition("\t")[0])
        elif words:
            yield words
            words = []
