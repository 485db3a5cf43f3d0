"""Does the work of a stage, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from synth.experiment.protocol.place import Place, Work
from synth.experiment.protocol.running import Surroundings
from synth.experiment.protocol.stages import Kind, Stage
from synth.experiment.protocol.work import evaluating, finetuning, intermediate, preparing, retrieving

Share = Callable[[float], None]
Doing = Callable[[Stage, Work, Place, Surroundings, Share], None]

_DOING: Mapping[Kind, Doing] = {
    Kind.MATERIAL: preparing.read,
    Kind.NEIGHBOURS: preparing.near,
    Kind.TOKENIZER: preparing.tokenizer,
    Kind.PRETRAIN: preparing.pretrain,
    Kind.LOAD: preparing.load,
    Kind.LAYER: retrieving.layer,
    Kind.INTERMEDIATE: intermediate.train,
    Kind.FINETUNE: finetuning.finetune,
    Kind.RETRIEVE: retrieving.retrieve,
    Kind.EVALUATE: evaluating.evaluate,
}


def carry_out(stage: Stage, work: Work, place: Place, around: Surroundings, share: Share) -> None:
    """Do the work of a stage; what it leaves lies in its folder.

    Args:
        stage: The stage.
        work: Its folder, and what the results say of it.
        place: The stages that it may need.
        around: Data and threads.
        share: Told now and then which share is done.

    Raises:
        ConfigError: A file of the data or of a stage is damaged.
        ModelError: An encoder cannot be loaded, the loss is no longer a number, or the memory is too small.
    """
    if stage.kind not in (Kind.MATERIAL, Kind.NEIGHBOURS, Kind.EVALUATE):
        import torch

        torch.set_num_threads(around.threads)
    _DOING[stage.kind](stage, work, place, around, share)
