"""The NLI cross-encoder: pairs of passage and claim in, raw logits out.

The only module that imports :class:`sentence_transformers.CrossEncoder`, and it does so when a model is
loaded. Pairs are scored once each, in an order of their own, so the result depends neither on the order
nor on the repetition of pairs; logits are rounded to three decimals, where they no longer feel which
other pairs shared their batch.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from logging import CRITICAL, getLogger
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from synth.errors import ModelError, UnknownLabels
from synth.resources import data_path
from synth.types import Claim

LABELS = ("entailment", "neutral", "contradiction")
"""Order of the columns of :meth:`NliModel.logits`."""

STATED = "reported: "
"""What stands before a claim that a paper states itself, for a verifier that was trained with it (decisions/0011)."""

_EMBEDDED = "synth-verifier"
_BATCH = 32
_LONGEST = 512
_SPECIAL = 3
"""Tokens that BERT adds to a pair: ``[CLS]`` and two ``[SEP]``."""
_SYNONYMS = {
    "entailment": "entailment",
    "entails": "entailment",
    "entailed": "entailment",
    "supports": "entailment",
    "support": "entailment",
    "supported": "entailment",
    "neutral": "neutral",
    "unrelated": "neutral",
    "nei": "neutral",
    "not enough info": "neutral",
    "notenoughinfo": "neutral",
    "contradiction": "contradiction",
    "contradicts": "contradiction",
    "contradicted": "contradiction",
    "refutes": "contradiction",
    "refute": "contradiction",
    "refuted": "contradiction",
}


class NliModel(Protocol):
    """Whatever judges what a passage says of a claim."""

    @property
    def signature(self) -> str:
        """Name of the model and the first 12 hex digits of its weights' SHA-256."""
        ...

    @property
    def stated(self) -> str:
        """What the model was taught to see before a claim that a paper states itself; empty for most."""
        ...

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Raw logits (n, 3) of entailment, neutral, contradiction for pairs (premise, hypothesis)."""
        ...


def load_nli(checkpoint: str | Path | None = None, *, threads: int | None = None, fetch: bool = True) -> NliModel:
    """Load a cross-encoder with three labels.

    Args:
        checkpoint: Folder or name of a cross-encoder; None for the embedded weights, whose SHA-256 is checked. A
            name that was fetched once is read from this machine from then on.
        threads: Threads for torch, a setting of the whole process; None leaves it as it is.
        fetch: Whether a name that is not on this machine may be fetched.

    Raises:
        ModelError: The checkpoint is absent, damaged or has not three labels.
        UnknownLabels: The checkpoint does not name its labels.
    """
    embedded = checkpoint is None
    place = data_path("models", "verifier") if checkpoint is None else checkpoint
    folder = Path(place)
    if embedded:
        _verify(folder)
    name = _EMBEDDED if embedded else _name(str(place))
    model = _load(str(place), threads, fetch=fetch)
    columns = label_columns(model.config.id2label, str(place))
    digest = _weights_sha256(folder, model)
    return _CrossEncoderNli(model, columns, f"{name}@{digest[:12]}", stated_mark(checkpoint))


def nli_signature(checkpoint: str | Path | None = None, *, fetch: bool = True) -> str:
    """The signature that :func:`load_nli` would give, without loading the model where its files tell.

    Args:
        checkpoint: As for :func:`load_nli`.
        fetch: As for :func:`load_nli`.

    Raises:
        ModelError: The checkpoint is absent or damaged.
        UnknownLabels: The checkpoint does not name its labels.
    """
    if checkpoint is None:
        folder = data_path("models", "verifier")
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            return f"{_EMBEDDED}@{manifest['sha256']['model.safetensors'][:12]}"
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"the embedded verifier in {folder} is incomplete ({error}): install the package again",
                checkpoint=str(folder),
            ) from error
    folder = Path(checkpoint)
    if (folder / "model.safetensors").is_file():
        digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        return f"{_name(str(checkpoint))}@{digest[:12]}"
    return load_nli(checkpoint, fetch=fetch).signature


def stated_mark(checkpoint: str | Path | None = None) -> str:
    """What a verifier was taught to see before a claim that a paper states itself; empty for one that was not.

    Its manifest tells (``stated``), which a checkpoint from elsewhere does not have.

    Args:
        checkpoint: As for :func:`load_nli`.
    """
    folder = data_path("models", "verifier") if checkpoint is None else Path(checkpoint)
    try:
        return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("stated", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def hypothesis(claim: Claim, nli: NliModel) -> str:
    """A claim as a verifier reads it: where a paper states it, behind the verifier's mark, if it has one."""
    return f"{nli.stated}{claim.text}" if claim.origins else claim.text


def label_columns(id2label: Mapping[int, str], checkpoint: str) -> tuple[int, int, int]:
    """Columns of entailment, neutral and contradiction in a checkpoint's logits, found by name.

    Args:
        id2label: The checkpoint's own names of its columns.
        checkpoint: Its name, for the error.

    Raises:
        UnknownLabels: The names are placeholders, or not the three.
    """
    found: dict[str, int] = {}
    for column, label in id2label.items():
        meaning = _SYNONYMS.get(re.sub(r"[\s_-]+", " ", str(label)).strip().lower())
        if meaning is not None:
            found.setdefault(meaning, int(column))
    if len(found) != len(LABELS) or len(id2label) != len(LABELS):
        raise UnknownLabels(
            f"{checkpoint} names its labels {', '.join(map(str, id2label.values()))}; expected entailment, neutral and "
            "contradiction: choose a checkpoint with named labels or name them in its config.json",
            checkpoint=checkpoint,
        )
    return (found["entailment"], found["neutral"], found["contradiction"])


def _name(place: str) -> str:
    return place.rstrip("/").split("/")[-1]


class _CrossEncoderNli:
    def __init__(self, model: Any, columns: tuple[int, int, int], signature: str, stated: str = "") -> None:
        self._model = model
        self._columns = list(columns)
        self._longest = min(int(model.tokenizer.model_max_length), _LONGEST)
        self.signature = signature
        self.stated = stated

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """See :meth:`NliModel.logits`."""
        if not pairs:
            return np.zeros((0, len(LABELS)))
        unique = sorted(set(pairs), key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
        raw = self._model.predict(
            [list(self._fit(*pair)) for pair in unique],
            batch_size=_BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        rows = np.asarray(raw, dtype=np.float64)[:, self._columns].round(3) + 0.0
        if not np.isfinite(rows).all():
            raise ModelError(
                f"{self.signature} gave logits that are no numbers: its weights are damaged", checkpoint=self.signature
            )
        at = {pair: i for i, pair in enumerate(unique)}
        return rows[[at[pair] for pair in pairs]]

    def _fit(self, premise: str, hypothesis: str) -> tuple[str, str]:
        """Cut the premise, never the claim, to the tokens that the model reads."""
        if len(premise) + len(hypothesis) <= self._longest:
            return premise, hypothesis
        options = {"add_special_tokens": False, "return_offsets_mapping": True, "verbose": False}
        taken = len(self._model.tokenizer(hypothesis, **options)["input_ids"])
        ends = self._model.tokenizer(premise, **options)["offset_mapping"]
        room = self._longest - _SPECIAL - taken
        if len(ends) <= room:
            return premise, hypothesis
        return premise[: ends[room - 1][1]] if room > 0 else "", hypothesis


def _load(place: str, threads: int | None, *, fetch: bool) -> Any:
    """Map the libraries' errors at the one place that calls them."""
    import torch
    from transformers.utils import logging

    if threads is not None:
        torch.set_num_threads(threads)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves its logging untyped
    # each of a dozen tries of a name that cannot be asked for would be a line; the error at the end says it in one
    getLogger("huggingface_hub").setLevel(CRITICAL)
    try:
        try:
            model = _cross_encoder(place, fetch=False)
        except OSError:
            if not fetch or Path(place).exists():
                raise
            model = _cross_encoder(place, fetch=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if not fetch and not Path(place).exists():
            reason = "it is not on this machine; name a folder, or run once without --offline"
        raise ModelError(f"the cross-encoder {place} could not be loaded: {reason}", checkpoint=place) from error
    return model


def _cross_encoder(place: str, *, fetch: bool) -> Any:
    """A checkpoint as it lies on this machine, or fetched: a hub that does not answer takes a minute to say so."""
    import torch
    from sentence_transformers import CrossEncoder

    # Shipped weights are float16 to be small; a CPU computes in float32.
    # bfloat16 is twice as fast where the processor has it, but there a logit feels its batch (by 0.02),
    # so a cached pair and a fresh one would differ; float32 agrees to the sixth decimal.
    return CrossEncoder(
        place,
        device="cpu",
        activation_fn=torch.nn.Identity(),
        model_kwargs={"torch_dtype": torch.float32},
        local_files_only=not fetch,
    )


def _verify(folder: Path) -> None:
    """Check the embedded files against their manifest."""
    try:
        expected = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sha256"]
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sorted(expected)}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"the embedded verifier in {folder} is incomplete ({error}): install the package again",
            checkpoint=str(folder),
        ) from error
    for name, digest in found.items():
        if digest != expected[name]:
            raise ModelError(
                f"{folder / name} has the SHA-256 {digest[:12]}, its manifest says {expected[name][:12]}: "
                "install the package again",
                checkpoint=str(folder),
            )


def _weights_sha256(folder: Path, model: Any) -> str:
    """Hash of the weight file, or of the loaded weights where the checkpoint is a name."""
    file = folder / "model.safetensors"
    if file.is_file():
        return hashlib.sha256(file.read_bytes()).hexdigest()
    state = hashlib.sha256()
    for name, value in sorted(model.state_dict().items()):
        state.update(name.encode() + value.cpu().numpy().tobytes())
    return state.hexdigest()
