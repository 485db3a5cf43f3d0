"""The training loop: AdamW over batches that are a pure function of the step, exact resuming, clear stops.

The state of a run is its weights, the optimizer's moments and its step: a run that is killed and started again
with the same number of threads gives the weights of one that was never stopped. Random numbers of dropout are
seeded at every step for the same reason.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth.errors import ConfigError, ModelError
from synth.experiment.learning import checkpoint
from synth.experiment.learning.batches import Batch, Source

if TYPE_CHECKING:
    from synth.experiment.learning.heads import Network

Progress = Callable[[int, int, float], None]
"""Called with the step, the number of steps and the mean loss since the last call."""


def silent(step: int, steps: int, loss: float) -> None:
    """A progress that tells nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopConfig:
    """Choices of a training. A run resumes only under the ones that it was started with."""

    steps: int
    """Updates of the weights."""
    batch: int = 32
    """Examples of one pass."""
    accumulate: int = 1
    """Passes that make one update: the effective batch is ``batch * accumulate``."""
    learning_rate: float = 5e-4
    warmup: float = 0.1
    """Share of the steps in which the learning rate rises; it falls in a straight line after them."""
    weight_decay: float = 0.01
    beta2: float = 0.999
    clip: float = 1.0
    max_length: int = 128
    """Sub-words of an input at most."""
    stride: int = 64
    """Sub-words that neighbouring windows of a long context share."""
    pooling: str = "first"
    """A text's vector for classification: ``first`` (its first token) or ``mean``."""
    freeze_words: bool = False
    """Leave the word embeddings as they are. What a short training on English does to the words that it sees, it does
    not do to their translations; and the table is most of a small encoder, so a step is cheaper too."""
    bfloat16: bool = True
    """Compute in bfloat16 with float32 masters: on a copy of the weights on CPUs, by autocast on GPUs."""
    checkpoint_every: int = 0
    """Steps between checkpoints; 0 for none."""
    log_every: int = 20

    def __post_init__(self) -> None:
        if min(self.steps, self.batch, self.accumulate, self.max_length, self.log_every) < 1:
            raise ConfigError(
                f"steps {self.steps}, batch {self.batch}, accumulate {self.accumulate}, max_length {self.max_length} "
                f"and log_every {self.log_every} must all be at least 1"
            )
        if self.pooling not in ("first", "mean"):
            raise ConfigError(f"pooling is {self.pooling!r}, expected 'first' or 'mean'")


def rate(step: int, config: LoopConfig) -> float:
    """Learning rate at a step: linear warm-up, then linear decay to zero.

    Args:
        step: Step from 0.
        config: Steps, peak and warm-up.
    """
    rising = max(1.0, config.warmup * config.steps)
    rise = (step + 1) / rising
    fall = (config.steps - step) / max(1.0, config.steps - rising + 1)
    return config.learning_rate * min(1.0, rise, fall)


def fit(
    network: Network,
    source: Source,
    config: LoopConfig,
    *,
    seed: int,
    folder: Path | None = None,
    facts: Mapping[str, Any] | None = None,
    on_progress: Progress = silent,
) -> float:
    """Train in place, from the folder's checkpoint if there is one.

    Args:
        network: Encoder and heads.
        source: Batch of each step.
        config: Choices.
        seed: Seed of dropout; part of what a checkpoint must agree with.
        folder: Where checkpoints go; none are written without it or with ``checkpoint_every`` 0.
        facts: Whatever else a checkpoint must agree with: data, tokenizer.
        on_progress: Told every ``log_every`` steps.

    Returns:
        Mean loss of the last steps (at most ``log_every``); NaN when a finished run was only taken up.

    Raises:
        ModelError: The loss is no longer a number, or the GPU's memory does not hold a batch.
        ConfigError: The folder's checkpoint is of another config.
    """
    run = _Run(network, config, seed)
    identity = {**asdict(config), "seed": seed, **(facts or {})}
    identity.pop("log_every")
    every = config.checkpoint_every if folder is not None else 0
    start = 0
    losses: list[float] = []
    mean = math.nan
    try:
        if folder is not None and every:
            start = checkpoint.load(folder, network, run.optimizer, identity)
            run.refresh()
        for step in range(start, config.steps):
            losses.append(run.update(source(step), step))
            done = step + 1
            if done % config.log_every == 0 or done == config.steps:
                mean = sum(losses) / len(losses)
                losses.clear()
                on_progress(done, config.steps, mean)
            if folder is not None and every and (done % every == 0 or done == config.steps):
                checkpoint.save(folder, network, run.optimizer, done, identity)
    finally:
        run.thaw()
    network.eval()
    return mean


class _Run:
    """The optimizer, and the copy of the weights that computes."""

    def __init__(self, network: Network, config: LoopConfig, seed: int) -> None:
        import torch

        self.network, self.config, self.seed = network.train(), config, seed
        words = network.encoder.get_input_embeddings().parameters() if config.freeze_words else ()
        self.frozen = [p.requires_grad_(False) for p in words if p.requires_grad]
        self.device = next(network.parameters()).device
        self.copied = config.bfloat16 and self.device.type == "cpu"
        self.computing = copy.deepcopy(network).to(torch.bfloat16) if self.copied else network
        self.masters: list[torch.Tensor] = [p for p in network.parameters() if p.requires_grad]
        self.copies: list[torch.Tensor] = [p for p in self.computing.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in self.masters if p.dim() >= 2], "weight_decay": config.weight_decay},
            {"params": [p for p in self.masters if p.dim() < 2], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, config.beta2), fused=True)

    def update(self, batch: Batch, step: int) -> float:
        """One step: the mean loss of the batch, in as many passes as the config says."""
        import torch

        torch.manual_seed((self.seed * 1_000_003 + step) % 2**63)
        try:
            loss = self._gradients(batch, -(-batch.rows // self.config.accumulate))
        except torch.OutOfMemoryError:
            raise self._too_large(batch) from None
        norm = torch.nn.utils.clip_grad_norm_(self.masters, self.config.clip)
        if not (math.isfinite(loss) and bool(torch.isfinite(norm))):
            raise ModelError(
                f"the loss at step {step} is {loss} and the gradient's norm {float(norm)}: the last checkpoint is "
                f"kept; start again with a learning rate below {self.config.learning_rate:g}",
                step=step,
            )
        for group in self.optimizer.param_groups:
            group["lr"] = rate(step, self.config)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.refresh()
        return loss

    def _gradients(self, batch: Batch, size: int) -> float:
        import torch

        weight = max(1, batch.weight())
        total = 0.0
        autocast = torch.autocast(
            self.device.type, torch.bfloat16, enabled=self.config.bfloat16 and self.device.type == "cuda"
        )
        for start in range(0, batch.rows, size):
            part = tensors(batch.part(start, start + size), self.device)
            with autocast:
                loss: Any = self.computing.loss(part, batch.head) / weight
            loss.backward()
            total += float(loss.detach())
        if self.copied:
            for master, computed in zip(self.masters, self.copies, strict=True):
                master.grad = None if computed.grad is None else computed.grad.float()
                computed.grad = None
        return total

    def refresh(self) -> None:
        """Round the masters into the copy that computes."""
        import torch

        if self.copied:
            with torch.no_grad():
                torch._foreach_copy_(self.copies, self.masters)

    def thaw(self) -> None:
        """Leave nothing frozen that was not so before: whoever trains the network next decides anew."""
        for parameter in self.frozen:
            parameter.requires_grad_(True)

    def _too_large(self, batch: Batch) -> ModelError:
        """Halve the pass until it fits, and say which batch that is: pre-training has other numbers of rows."""
        import torch

        passed = -(-batch.rows // self.config.accumulate)
        size = passed
        while size > 1:
            size //= 2
            self.optimizer.zero_grad(set_to_none=True)
            for computed in self.copies:
                computed.grad = None
            if self.device.type == "cuda":
                torch.cuda.empty_cache()
            try:
                self._gradients(batch.part(0, size), size)
            except torch.OutOfMemoryError:
                continue
            if not (fitting := self.config.batch * size // passed):
                break
            times = self.config.accumulate * -(-self.config.batch // fitting)
            return ModelError(
                f"the memory of {self.device} does not hold a batch of {self.config.batch}; {fitting} fits: "
                f"set batch = {fitting} and accumulate = {times}",
                batch=fitting,
            )
        return ModelError(
            f"the memory of {self.device} does not hold a batch of {self.config.batch}, nor a single example: "
            f"set max_length below {self.config.max_length} or take a smaller encoder",
            batch=0,
        )


def tensors(batch: Batch, device: Any) -> dict[str, Any]:
    """A batch's arrays on a device."""
    import torch

    return {name: torch.from_numpy(array).to(device) for name, array in batch.arrays.items()}
