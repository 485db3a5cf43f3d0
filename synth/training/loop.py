"""The training loop: seeded batches of like length, bfloat16 with float32 masters, exact resuming.

The order of batches is a pure function of the pairs and the seed, and the model has no dropout, so the
state of a run is its weights, its optimizer's moments and its step. A run that is stopped and resumed on the CPU
with the same number of threads gives the weights of one that was never stopped; a GPU's sums differ in their last bits.
"""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from synth.errors import ConfigError, ModelError
from synth.training.pairs import Pair

Progress = Callable[[int, int, float], None]
"""Called with the step, the number of steps and the mean loss since the last call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopConfig:
    """Choices of the optimiser. A run resumes only under the ones it was started with."""

    learning_rate: float = 1e-4
    warmup: int = 100
    decay: float = 0.25
    """Share of all steps, at the end, in which the learning rate falls to zero."""
    batch: int = 32
    pool: int = 24
    """Batches that are cut from one pool of pairs sorted by length."""
    max_length: int = 192
    smoothing: float = 0.0
    """Label smoothing; reported to hurt the ranking of the surest answers (Xia et al., 2024), not measured here."""
    weight_decay: float = 0.01
    clip: float = 1.0
    checkpoint_every: int = 200
    log_every: int = 25
    bfloat16: bool = True
    """Compute on a bfloat16 copy of the float32 weights: on a CPU 1.7 times as fast as autocast."""
    freeze_words: bool = True
    """Leave the word embeddings as they are: half of all weights, and the half that thousands of pairs barely move."""


def device_of(wanted: str) -> str:
    """The device that a word asks for: ``cpu``, ``cuda``, or ``auto``, the GPU where there is one.

    Raises:
        ConfigError: It asks for a GPU that is not there, or for something else.
    """
    import torch

    if wanted not in ("auto", "cpu", "cuda"):
        raise ConfigError(f"--device: {wanted} is no device that this trains on; give auto, cpu or cuda")
    there = torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise ConfigError("--device cuda: torch sees no GPU here; give cpu, or install torch's build for the GPU")
    return "cuda" if there and wanted != "cpu" else "cpu"


def plan(lengths: Sequence[int], steps: int, config: LoopConfig, seed: int) -> Iterator[NDArray[np.int64]]:
    """The batches of a phase: every pair once an epoch, pairs of like length together.

    Args:
        lengths: A length of each pair, in any unit.
        steps: Batches to give.
        config: Batch and pool size.
        seed: Seed of the order.

    Yields:
        ``steps`` arrays of indices. The first n are the same for any larger number of steps.
    """
    rng = np.random.default_rng(seed)
    sizes = np.asarray(lengths)
    queue: list[NDArray[np.int64]] = []
    left = np.empty(0, dtype=np.int64)
    for _ in range(steps):
        if not queue:
            while len(left) < config.batch * config.pool:
                left = np.concatenate([left, rng.permutation(len(sizes))])
            pool, left = np.split(left, [config.batch * config.pool])
            pool = pool[np.argsort(sizes[pool], kind="stable")]
            batches = pool.reshape(config.pool, config.batch)
            queue = [batches[i] for i in rng.permutation(config.pool)]
        yield queue.pop()


def rate(step: int, steps: int, config: LoopConfig) -> float:
    """Learning rate at a step: linear warm-up, level, linear decay (a trapezoid).

    Args:
        step: Step from 0.
        steps: All steps of the run.
        config: Peak, warm-up and decay.
    """
    rise = min(1.0, (step + 1) / max(1, config.warmup))
    fall = min(1.0, (steps - step) / max(1.0, config.decay * steps))
    return config.learning_rate * min(rise, fall)


class Trainer:
    """Weights, optimizer and step of one run.

    Args:
        model: A ``BertForSequenceClassification`` with three labels; trained in place.
        tokenizer: A fast tokenizer of the ``tokenizers`` library.
        config: Choices of the optimiser.
        folder: Where checkpoints and the log go.
        device: Where it is trained: ``cpu``, ``cuda``.
    """

    def __init__(self, model: Any, tokenizer: Any, config: LoopConfig, folder: Path, device: str = "cpu") -> None:
        import torch

        self.model, self.tokenizer, self.config, self.folder = model.to(device), tokenizer, config, folder
        self.device = device
        self.step = 0
        model.bert.embeddings.word_embeddings.weight.requires_grad_(not config.freeze_words)
        self.copy = copy.deepcopy(model).to(torch.bfloat16 if config.bfloat16 else torch.float32).train()
        self.named = {name: p for name, p in sorted(model.named_parameters()) if p.requires_grad}
        plain = [p for p in self.named.values() if p.dim() < 2]
        matrices = [p for p in self.named.values() if p.dim() >= 2]
        groups = [{"params": matrices, "weight_decay": config.weight_decay}, {"params": plain, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=config.learning_rate, fused=True)
        tokenizer.enable_truncation(config.max_length, strategy="only_first")
        tokenizer.enable_padding()

    def fit(self, pairs: Sequence[Pair], start: int, stop: int, steps: int, seed: int, on_progress: Progress) -> None:
        """Train through one phase, from wherever the run stands.

        Args:
            pairs: The phase's pairs.
            start: Step at which the phase starts.
            stop: Step at which it ends.
            steps: Steps of all phases, for the learning rate.
            seed: Seed of the order of batches.
            on_progress: Told every ``log_every`` steps.

        Raises:
            ModelError: The loss is no longer a number.
        """
        lengths = [min(len(p.premise) + len(p.hypothesis), 6 * self.config.max_length) for p in pairs]
        losses: list[float] = []
        since, seen = time.monotonic(), 0
        for number, batch in enumerate(plan(lengths, stop - start, self.config, seed), start=start):
            if number < self.step:
                continue
            loss = self._update([pairs[i] for i in batch], rate(number, steps, self.config))
            if not math.isfinite(loss):
                raise ModelError(
                    f"the loss at step {number} is {loss}: resume from the last checkpoint with a lower learning rate",
                    checkpoint=str(self.folder),
                )
            losses.append(loss)
            seen += len(batch)
            self.step = number + 1
            if self.step % self.config.log_every == 0 or self.step == stop:
                mean = sum(losses) / len(losses)
                speed = seen / (time.monotonic() - since)
                self.log({"step": self.step, "loss": round(mean, 4), "pairs_per_s": round(speed, 1)})
                on_progress(self.step, steps, mean)
                losses, since, seen = [], time.monotonic(), 0
            if self.step % self.config.checkpoint_every == 0 or self.step == stop:
                self.save()

    def _update(self, pairs: Sequence[Pair], learning_rate: float) -> float:
        import torch

        encoded = self.tokenizer.encode_batch([(p.premise, p.hypothesis) for p in pairs])
        inputs = {
            "input_ids": torch.tensor([e.ids for e in encoded], device=self.device),
            "attention_mask": torch.tensor([e.attention_mask for e in encoded], device=self.device),
            "token_type_ids": torch.tensor([e.type_ids for e in encoded], device=self.device),
        }
        allowed = torch.tensor([p.label.allowed for p in pairs], device=self.device)
        loss = partial_label_loss(self.copy(**inputs).logits.float(), allowed, self.config.smoothing)
        loss.backward()
        computed = dict(self.copy.named_parameters())
        for name, master in self.named.items():
            master.grad = computed[name].grad.float()
            computed[name].grad = None
        torch.nn.utils.clip_grad_norm_(self.named.values(), self.config.clip)
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate
        self.optimizer.step()
        self._refresh()
        return float(loss.item())

    def _refresh(self) -> None:
        """Round the masters into the copy that computes."""
        import torch

        computed = dict(self.copy.named_parameters())
        with torch.no_grad():
            for name, master in self.model.named_parameters():
                computed[name].copy_(master)

    def log(self, row: dict[str, Any]) -> None:
        """Append one line to ``log.jsonl``."""
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as handle:
            handle.write(json.dumps(row, sort_keys=True) + "\n")

    def save(self) -> None:
        """Write weights, moments and step; the old checkpoint stays whole until the new one is."""
        from safetensors.torch import save_file

        tensors = {f"model.{name}": value.cpu().contiguous() for name, value in self.model.state_dict().items()}
        for name, parameter in self.named.items():
            for key, value in self.optimizer.state.get(parameter, {}).items():
                tensors[f"optimizer.{key}.{name}"] = value.cpu().contiguous()
        part = self.folder / "state.safetensors.part"
        save_file(tensors, part, metadata={"step": str(self.step)})
        part.replace(self.folder / "state.safetensors")

    def load(self) -> bool:
        """Take up the last checkpoint.

        Returns:
            Whether there was one.

        Raises:
            ConfigError: The checkpoint is of another model.
        """
        from safetensors import safe_open

        path = self.folder / "state.safetensors"
        if not path.is_file():
            return False
        with safe_open(path, framework="pt") as file:
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 - safe_open is no dict
            self.step = int(file.metadata()["step"])
        weights = {k.removeprefix("model."): v for k, v in tensors.items() if k.startswith("model.")}
        expected = self.model.state_dict()
        if {k: v.shape for k, v in weights.items()} != {k: v.shape for k, v in expected.items()}:
            raise ConfigError(f"{path} holds a checkpoint of another model: choose another folder or remove it")
        self.model.load_state_dict(weights)
        self._refresh()
        for name, parameter in self.named.items():
            prefixes = {key: f"optimizer.{key}.{name}" for key in ("step", "exp_avg", "exp_avg_sq")}
            kept = {key: tensors[full] for key, full in prefixes.items() if full in tensors}
            self.optimizer.state[parameter] = {key: value.to(self.device) for key, value in kept.items()}
        return True


def partial_label_loss(logits: Any, allowed: Any, smoothing: float) -> Any:
    """Cross-entropy for labels that may leave several classes open.

    Args:
        logits: Float tensor (n, 3).
        allowed: Boolean tensor (n, 3): the classes that the label admits.
        smoothing: Weight of the uniform distribution, as in label smoothing.

    Returns:
        Mean over n of ``-(1 - s) log sum_{allowed} p - s mean_k log p_k``; with one allowed class the
        usual smoothed cross-entropy.
    """
    log_p = logits.log_softmax(dim=-1)
    hit = log_p.masked_fill(~allowed, float("-inf")).logsumexp(dim=-1)
    return -((1.0 - smoothing) * hit + smoothing * log_p.mean(dim=-1)).mean()
