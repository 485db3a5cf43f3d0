"""Makes what everything starts from: the tokenizer, the pre-trained encoder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synth.experiment.learning.corpus import balanced, encode_corpus
from synth.experiment.learning.encoder import EncoderSize, load_encoder, new_encoder, parameters, save_encoder
from synth.experiment.learning.loop import LoopConfig, Progress
from synth.experiment.learning.pretraining import Mixture
from synth.experiment.learning.pretraining import pretrain as pretrain_encoder
from synth.experiment.learning.tokenizer import load_tokenizer, save_tokenizer, train_tokenizer
from synth.experiment.protocol import material
from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.running import Surroundings
from synth.experiment.protocol.stages import Kind, Stage
from synth.experiment.sets.neighbours import neighbours

SEED = 0
"""Of the encoders as pre-trained: there is one of each size."""
ENCODER = "encoder"
NEAR = "near.json"
_OF_TEXT = {"exponent", "translation", "sentences"}
"""What a config says of the text to pre-train on. All else the loop takes as it stands."""
_CHECKPOINT_EVERY = 200

Share = Callable[[float], None]


def read(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Read what is held out of all training and, where an encoder is made here, the text for it."""
    work.facts["held_out"] = material.write_held_out(around.data, work.folder)
    share(0.4)
    if (limit := stage.choices["sentences"]) is not None:
        work.facts.update(material.write_texts(around.data, work.folder, limit))


def near(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Find the neighbours of English words in the parallel text."""
    found = neighbours(material.texts(place.folder(stage.inputs["material"])).paired, stage.choices["neighbours"])
    (work.folder / NEAR).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    work.facts["words"] = len(found)


def tokenizer(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Learn a vocabulary from what the encoders are pre-trained on."""
    found = material.texts(place.folder(stage.inputs["material"]))
    texts = {language: list(both) for language, both in found.plain.items()}
    for language, both in found.paired.items():
        texts.setdefault(language, []).extend(foreign for foreign, _ in both)
        texts.setdefault("en", []).extend(english for _, english in both)
    texts = {language: sorted(set(both)) for language, both in texts.items()}
    sentences = balanced(texts, stage.choices["sentences"], 0.5, SEED)
    made = train_tokenizer(sentences, stage.choices["vocabulary"])
    save_tokenizer(made, work.folder)
    work.facts.update(vocabulary=made.get_vocab_size(), sentences=len(sentences), languages=len(texts))


def pretrain(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Pre-train an encoder of a size, from where an earlier attempt stopped."""
    training = stage.choices["training"]
    pieces = load_tokenizer(place.folder(stage.inputs["tokenizer"]))
    found = material.texts(place.folder(stage.inputs["material"]))
    corpus = encode_corpus(pieces, found.plain, found.paired, training["max_length"])
    size = EncoderSize(**stage.choices["size"])
    encoder = on_device(new_encoder(size, pieces, SEED))
    kept = {key: one for key, one in training.items() if key not in _OF_TEXT}
    config = LoopConfig(**kept, checkpoint_every=_CHECKPOINT_EVERY)
    mixture = Mixture(translation=training["translation"], exponent=training["exponent"])
    checkpoints = work.folder / "checkpoint"
    pretrain_encoder(
        encoder, pieces, corpus, config, mixture, seed=SEED, folder=checkpoints, on_progress=progress(share)
    )
    save_encoder(encoder, pieces, work.folder / ENCODER)
    clear(checkpoints)
    work.facts.update(
        parameters=parameters(encoder),
        steps=config.steps,
        tokens=corpus.tokens,
        languages=len({*found.plain, *found.paired}),
    )


def load(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Make sure that a pre-trained encoder can be had, before anything rests on it."""
    encoder, _ = load_encoder(stage.choices["model"])
    work.facts.update(model=stage.choices["model"], parameters=parameters(encoder))


def encoder_of(stage: Stage, place: Place) -> tuple[Any, Any]:
    """The encoder that a stage starts from, and its tokenizer.

    Raises:
        ModelError: It cannot be loaded.
    """
    source = place.record(stage.inputs["encoder"]).get("facts", {})
    folder = place.folder(stage.inputs["encoder"]) / ENCODER
    name = str(source["model"]) if stage.inputs["encoder"].startswith(Kind.LOAD) else str(folder)
    encoder, pieces = load_encoder(name)
    return on_device(encoder), pieces


def on_device(encoder: Any) -> Any:
    """The encoder on the GPU, where there is one."""
    import torch

    return encoder.to("cuda" if torch.cuda.is_available() else "cpu")


def progress(share: Share, start: float = 0.0, stop: float = 1.0) -> Progress:
    """A training's progress as a part of its stage's."""

    def told(step: int, steps: int, loss: float) -> None:
        share(start + (stop - start) * step / steps)

    return told


def clear(checkpoints: Path) -> None:
    """Remove the checkpoints of a finished training: they are three times its weights."""
    shutil.rmtree(checkpoints, ignore_errors=True)
