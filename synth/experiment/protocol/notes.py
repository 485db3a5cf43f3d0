"""What a reader of the results must know, one sentence each. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from synth.experiment.protocol.configs import Config
from synth.experiment.protocol.names import NONE, RETRIEVAL, ROBUST_TARGETS

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


_WHOLE: Mapping[str, tuple[str, str]] = {
    "xnli": ("xnli-train", "XNLI is fine-tuned on MultiNLI's training set."),
    "pawsx": ("pawsx-train", "PAWS-X is fine-tuned on its English training pairs that share no sentence with a test."),
    "xquad": ("squad-train", "XQuAD and MLQA are answered by a model fine-tuned on SQuAD's training set."),
}
"""By task: the complete training file, and what is said where the data folder holds it."""


def notes(config: Config, tasks: Sequence[str], whole: Collection[str] = ()) -> tuple[str, ...]:
    """The notes of a run.

    Args:
        config: Its choices.
        tasks: The tasks that it is scored on.
        whole: The complete training files of the data folder, as :data:`~synth.experiment.sets.folder.TRAINING` has
            them.
    """
    return tuple(_notes(config, tasks, whole))


def _notes(config: Config, tasks: Sequence[str], whole: Collection[str]) -> Iterator[str]:
    if config.model:
        yield "The training sets are those at hand in the data folder; some are smaller than the paper's."
    else:
        yield "Published numbers are of large encoders; a run may show the same direction, and reproduces no number."
        yield "The encoder was pre-trained here, once for each size; seeds vary intermediate training and fine-tuning."
        yield "Its word vectors start from a decomposition of the parallel text, before masked language modelling."
    yield from (_trained(task, whole) for task in _OF_TASKS if task in tasks)
    phases = {"intermediate training": [arm for arm in config.arms if arm != NONE], "fine-tuning": config.targets}
    frozen = [phase for phase, used in phases.items() if any(config.training(one).freeze_words for one in used)]
    if frozen:
        yield f"Word embeddings stay as they are in {' and '.join(frozen)}; all else is trained."
    if "tatoeba" in tasks and config.retrieval and config.retrieval.languages == "all":
        yield "Tatoeba is averaged over XTREME's 36 languages; tatoeba-112 has all."
    if config.robust and set(ROBUST_TARGETS) & set(tasks):
        yield _robust(config)
    if config.retrieval and set(RETRIEVAL) & set(tasks):
        yield _layer(config.retrieval.layer, named=bool(config.model))
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


def _trained(task: str, whole: Collection[str]) -> str:
    file, text = _WHOLE.get(task, ("", ""))
    return text if file in whole else _OF_TASKS[task]


def _layer(layer: int, *, named: bool) -> str:
    """An encoder taken up by name is not asked which of its layers is best."""
    if layer:
        chosen = f"layer {layer}"
    elif named:
        chosen = "the one at 14/24 of its height, as XTREME does"
    else:
        chosen = "chosen before any intermediate training, on parallel text not tested on"
    return f"Retrieval averages the states of one layer in all arms, {chosen}."


def _robust(config: Config) -> str:
    """Neighbours are ours, not counter-fitted ones; by steps, both sides learn equally long."""
    long = " and takes as many steps as plain training" if config.training("pawsx").steps else ""
    return f"Robust training draws neighbours of words from the translations they share in the parallel text{long}."
