"""What a reader of the results must know, one sentence each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from synth.experiment.protocol.configs import Config

_OF_TASKS: Mapping[str, str] = {
    "xnli": "XNLI is fine-tuned on MNLI's development sets, the English inference set of its kind at hand.",
    "pawsx": "PAWS-X is fine-tuned on its English development set of 2,000 pairs.",
    "udpos": "POS is tested on development sets in the languages whose test labels are incomplete.",
    "panx": "NER is tested on WikiANN's development sets, since test labels are in no copy at hand.",
    "xquad": "XQuAD and MLQA are answered by a model fine-tuned on SQuAD's development set without XQuAD.",
    "mlqa": "MLQA is tested on its development sets.",
    "tydiqa": "TyDiQA is fine-tuned on English and tested on the training sets of Korean and Swahili.",
    "bucc": "BUCC is Chinese and English alone, its threshold tuned on the gold pairs that it is scored on.",
}


def notes(config: Config, tasks: Sequence[str]) -> tuple[str, ...]:
    """The notes of a run.

    Args:
        config: Its choices.
        tasks: The tasks that it is scored on.
    """
    return tuple(_notes(config, tasks))


def _notes(config: Config, tasks: Sequence[str]) -> Iterator[str]:
    if config.model:
        yield "The training sets are those at hand in the data folder, which are smaller than the paper's."
    else:
        yield "Published numbers are of large encoders; a run may show the same direction, and reproduces no number."
        yield "The encoder was pre-trained here, once for each size; seeds vary intermediate training and fine-tuning."
        yield "Its word vectors start from a decomposition of the parallel text, before masked language modelling."
    yield from (text for task, text in _OF_TASKS.items() if task in tasks)
    if "tatoeba" in tasks and config.retrieval and config.retrieval.languages == "all":
        yield "Tatoeba is averaged over XTREME's 36 languages; tatoeba-112 has all."
    if config.robust and {"pawsx", "xnli"} & set(tasks):
        yield _robust(config)
    if config.retrieval and {"tatoeba", "bucc"} & set(tasks):
        yield _layer(config.retrieval.layer)
    if config.evaluation.examples:
        yield f"Fine-tuned models are tested on at most {config.evaluation.examples:,} examples of each language."
    if config.retrieval and config.retrieval.examples and "tatoeba" in tasks:
        most = config.retrieval.examples
        yield f"Tatoeba has at most {most:,} pairs of each language here: an easier search than in 1,000."
    if config.retrieval and config.retrieval.mining and "bucc" in tasks:
        yield f"BUCC has at most {config.retrieval.mining:,} sentences a side here, which makes its search easier."
    yield "Intervals are of a paired bootstrap over examples and seeds; p-values are two-sided and plain."
    yield "The p-values of p_holm are corrected for the number of effects (Holm)."
    if len(config.arms) > 2:
        yield "Published gains of STiLTs are of each target's best intermediate task; beside them is the arms' mean."


def _layer(layer: int) -> str:
    chosen = f"layer {layer}" if layer else "chosen before any intermediate training, on parallel text not tested on"
    return f"Retrieval averages the states of one layer in all arms, {chosen}."


def _robust(config: Config) -> str:
    """Neighbours are ours, not counter-fitted ones; by steps, both sides learn equally long."""
    long = " and takes as many steps as plain training" if config.training("pawsx").steps else ""
    return f"Robust training draws neighbours of words from the translations they share in the parallel text{long}."
