"""The parts of a config: what each of its tables may hold."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Count = Annotated[int, Field(ge=1)]
Rate = Annotated[float, Field(gt=0, lt=1)]


class Form(BaseModel):
    """A table of the file: no key that is not known, no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Size(Form):
    """Shape of an encoder that is made here."""

    layers: Count
    width: Count
    heads: Count
    inner: Count

    @model_validator(mode="after")
    def _divisible(self) -> Self:
        if self.width % self.heads:
            raise ValueError(f"width {self.width} is no multiple of heads {self.heads}")
        return self


class Tokenizer(Form):
    """The tokenizer that is made here."""

    vocabulary: Annotated[int, Field(ge=300)]
    """Pieces at most."""
    sentences: Count
    """Sentences in all that it learns from, languages in balance."""


class Pretraining(Form):
    """Masked and translation language modelling."""

    steps: Count
    batch: Count
    accumulate: Count = 1
    """Batches that make one update."""
    max_length: Annotated[int, Field(ge=16)]
    learning_rate: Rate
    warmup: Annotated[float, Field(ge=0, le=1)] = 0.05
    """Share of the steps in which the learning rate rises."""
    exponent: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Languages are drawn by their number of sentences to this power."""
    translation: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Share of the text that comes as pairs of translations."""
    sentences: Annotated[int, Field(ge=0)] = 0
    """Sentences of each language at most; 0 takes all."""


class Training(Form):
    """Intermediate training or fine-tuning on one set. Either steps or epochs says how long."""

    steps: Annotated[int, Field(ge=0)] = 0
    epochs: Annotated[float, Field(ge=0)] = 0.0
    batch: Count = 32
    accumulate: Count = 1
    """Batches that make one update."""
    max_length: Annotated[int, Field(ge=16)] = 128
    stride: Annotated[int, Field(ge=1)] = 64
    """Tokens that neighbouring windows of a long context share."""
    learning_rate: Rate = 5e-4
    warmup: Annotated[float, Field(ge=0, le=1)] = 0.1
    """Share of the steps in which the learning rate rises."""
    pooling: Literal["first", "mean"] = "first"
    """A text's vector for classification: its first token's, or the mean."""
    freeze_words: bool = False
    """Leave the word embeddings as they are."""
    examples: Annotated[int, Field(ge=0)] = 0
    """Examples of a set at most, before any copies are made; 0 takes all."""

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if bool(self.steps) == bool(self.epochs):
            raise ValueError(f"found steps = {self.steps} and epochs = {self.epochs}, expected one of the two")
        return self

    def updates(self, examples: int) -> int:
        """Optimiser steps on so many examples, those that :attr:`examples` and any copies leave."""
        return self.steps or max(1, round(self.epochs * examples / (self.batch * self.accumulate)))


class Evaluation(Form):
    """How much is tested on."""

    examples: Annotated[int, Field(ge=0)] = 0
    """Examples of each language at most; 0 takes all."""
    batch: Count = 64


class Retrieval(Form):
    """Tatoeba and BUCC, straight from the intermediate encoder."""

    languages: Literal["36", "all"] = "all"
    examples: Annotated[int, Field(ge=0)] = 0
    """Pairs of each Tatoeba language at most; 0 takes all. Fewer make the search easier."""
    mining: Annotated[int, Field(ge=0)] = 0
    """Sentences of each side of BUCC at most, those of gold pairs first; 0 takes all."""
    max_length: Annotated[int, Field(ge=8)] = 128
    layer: Annotated[int, Field(ge=0)] = 0
    """Layer whose states are averaged, from 1; 0 chooses it on parallel text that is not tested on."""


class Robust(Form):
    """Random synonym augmentation."""

    pawsx: Count = 10
    """Perturbed copies of a pair."""
    xnli: Count = 3
    neighbours: Count = 8
    """Neighbours of a word at most."""


class Noise(Form):
    """Noisy input."""

    rate: Rate = 0.1
    """Share of the words with a typing error."""


class Hardware(Form):
    """What `--plan` reckons with where it cannot measure."""

    teraflops: Annotated[float, Field(gt=0)]
    """Throughput of training that is reached, in 10^12 operations a second."""
    name: str
