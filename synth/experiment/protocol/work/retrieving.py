"""Retrieval by sentence embeddings: which layer, Tatoeba, BUCC."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from synth.errors import ConfigError
from synth.experiment.kinds import Bitext, Mining
from synth.experiment.learning.embedding import Vectors, embed, embed_layers
from synth.experiment.protocol import material
from synth.experiment.protocol.gathering import OUTCOMES
from synth.experiment.protocol.names import CLEAN, EVERY_LANGUAGE
from synth.experiment.protocol.outcomes import Cell, Outcomes, of_counts, of_values
from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.running import Surroundings
from synth.experiment.protocol.stages import Stage
from synth.experiment.protocol.storing import save_outcomes
from synth.experiment.protocol.work.preparing import encoder_of
from synth.experiment.scoring.retrieval import above, mined, pair_counts, tatoeba_hits, tuned_threshold
from synth.experiment.sets import bitext

Share = Callable[[float], None]


def layer(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Choose the layer whose states find most translations, on parallel text that is neither trained nor tested on.

    Of equally good ones the lowest counts; word embeddings are none.

    Raises:
        ConfigError: No language has two pairs of it.
    """
    encoder, pieces = encoder_of(stage, place)
    kept = material.texts(place.folder(stage.inputs["material"])).validation
    found = {language: both for language, both in kept.items() if len(both) > 1}
    if not found:
        raise ConfigError(
            "no language has parallel text left to choose the layer of retrieval on: unpack more of it, "
            "or set layer in [retrieval]"
        )
    texts = [text for _, both in sorted(found.items()) for pair in both for text in pair]
    by_layer = embed_layers(encoder, pieces, texts, stage.choices["max_length"])
    rates = [round(_rate(vectors, [len(both) for _, both in sorted(found.items())]), 3) for vectors in by_layer[1:]]
    best = 1 + max(range(len(rates)), key=lambda place: (rates[place], -place))
    work.facts.update(layer=best, accuracy_by_layer=rates, languages=len(found))


def _rate(vectors: Vectors, sizes: Sequence[int]) -> float:
    """Mean accuracy over languages; vectors stand in the order foreign, English, foreign, English."""
    rates, start = [], 0
    for size in sizes:
        own = vectors[start : start + 2 * size]
        rates.append(100 * float(np.mean(tatoeba_hits(own[1::2], own[0::2]))))
        start += 2 * size
    return float(np.mean(rates))


def retrieve(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Score an encoder on Tatoeba and BUCC, without any fine-tuning."""
    choices = stage.choices
    encoder, pieces = encoder_of(stage, place)
    chosen = choices["layer"]
    if not chosen:
        chosen = _layer(stage, place, encoder)

    def vectors(sentences: Sequence[str]) -> Vectors:
        return embed(encoder, pieces, sentences, chosen, choices["max_length"])

    found: dict[tuple[str, Cell], Outcomes] = {}
    if "tatoeba" in choices["tasks"]:
        pairs = _tatoeba(bitext.tatoeba(around.data), choices)
        for language, hits in _found(pairs, vectors).items():
            if language in bitext.XTREME_36:
                found[CLEAN, Cell("tatoeba", language, "accuracy")] = hits
            if choices["languages"] == "all":
                found[CLEAN, Cell(EVERY_LANGUAGE, language, "accuracy")] = hits
    share(0.7)
    if "bucc" in choices["tasks"]:
        for language in bitext.BUCC_LANGUAGES:
            mining = some_mining(bitext.bucc(around.data, language), choices["mining"])
            found[CLEAN, Cell("bucc", language, "f1")] = mine(mining, vectors)
    work.facts["layer"] = chosen
    save_outcomes(found, work.folder / OUTCOMES)


def _layer(stage: Stage, place: Place, encoder: Any) -> int:
    """The layer that was chosen; of an encoder taken up by name, the one of XTREME and Phang et al.: 14 of 24."""
    if "layer" in stage.inputs:
        return int(place.record(stage.inputs["layer"])["facts"]["layer"])
    return max(1, round(int(encoder.config.num_hidden_layers) * 14 / 24))


def _tatoeba(found: Mapping[str, Bitext], choices: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    return {
        language: list(
            material.draw(list(zip(one.foreign, one.english, strict=True)), choices["examples"], f"tatoeba {language}")
        )
        for language, one in found.items()
        if choices["languages"] == "all" or language in bitext.XTREME_36
    }


def _found(
    pairs: Mapping[str, Sequence[tuple[str, str]]], vectors: Callable[[Sequence[str]], Vectors]
) -> dict[str, Outcomes]:
    """Outcomes by language. A sentence that stands in several sets, as English ones do, is embedded once."""
    texts = sorted({text for both in pairs.values() for pair in both for text in pair})
    place = {text: number for number, text in enumerate(texts)}
    embedded = vectors(texts)
    return {
        language: of_values(
            tatoeba_hits(
                embedded[[place[english] for _, english in both]], embedded[[place[foreign] for foreign, _ in both]]
            )
        )
        for language, both in pairs.items()
    }


def some_mining(mining: Mining, limit: int) -> Mining:
    """A smaller heap on each side: the sentences of gold pairs, then others until there are enough.

    Args:
        mining: All sentences.
        limit: Sentences of a side at most; 0 takes all.
    """
    if not limit:
        return mining
    gold = sorted(mining.gold)[: limit // 2]
    kept = []
    for number, side in enumerate((mining.foreign, mining.english)):
        paired = {pair[number] for pair in gold}
        others = [one for one in side if one[0] not in {pair[number] for pair in mining.gold}]
        drawn = {name for name, _ in material.draw(others, limit - len(paired), f"bucc {number}")}
        kept.append(tuple(one for one in side if one[0] in paired or one[0] in drawn))
    return Mining(mining.language, kept[0], kept[1], frozenset(gold))


def mine(mining: Mining, vectors: Callable[[Sequence[str]], Vectors]) -> Outcomes:
    """Outcomes of every foreign sentence: its pairs found, among those found and those expected."""
    foreign, english = ([text for _, text in side] for side in (mining.foreign, mining.english))
    candidates = mined(mining, vectors(foreign), vectors(english))
    pairs = above(candidates, tuned_threshold(candidates, mining.gold))
    counts = pair_counts(pairs, mining.gold, [name for name, _ in mining.foreign])
    return of_counts(counts[:, 0], counts[:, 1], counts[:, 2])
