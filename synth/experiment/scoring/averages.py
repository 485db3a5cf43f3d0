"""From scores of languages to XTREME's: tasks, groups, all nine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

GROUPS: dict[str, tuple[str, ...]] = {
    "classification": ("pawsx", "xnli"),
    "tagging": ("udpos", "panx"),
    "qa": ("xquad", "mlqa", "tydiqa"),
    "retrieval": ("bucc", "tatoeba"),
}
TASKS = tuple(task for tasks in GROUPS.values() for task in tasks)


def task_score(by_language: Mapping[str, float]) -> float:
    """Unweighted mean over languages, English among them where the task has it.

    Args:
        by_language: Points by language, at least one.

    Raises:
        ValueError: There is none.
    """
    return _mean(list(by_language.values()))


def qa_score(em: Mapping[str, float], f1: Mapping[str, float]) -> float:
    """Score of a question-answering task: the mean of exact match and F1, each averaged over languages.

    Args:
        em: Points by language.
        f1: Points by the same languages.

    Raises:
        ValueError: The languages differ, or there is none.
    """
    if set(em) != set(f1):
        raise ValueError(f"exact match and F1 of different languages: {sorted(set(em) ^ set(f1))}")
    return (task_score(em) + task_score(f1)) / 2


def group_scores(tasks: Mapping[str, float]) -> dict[str, float]:
    """Mean of each group of tasks whose scores are all there.

    Args:
        tasks: Scores by task.
    """
    return {
        group: _mean([tasks[one] for one in members])
        for group, members in GROUPS.items()
        if all(one in tasks for one in members)
    }


def overall(tasks: Mapping[str, float]) -> float | None:
    """XTREME's score, the mean of its nine tasks; None where one is lacking, since fewer tasks are another number.

    Args:
        tasks: Scores by task.
    """
    return _mean([tasks[one] for one in TASKS]) if all(one in tasks for one in TASKS) else None


def _mean(values: Sequence[float]) -> float:
    if not values:
        raise ValueError("no scores to average")
    return sum(values) / len(values)
