"""The measured table of docs/VERIFICATION.md, written from a calibrator so that the two cannot drift apart."""

from __future__ import annotations

from typing import Any

from synth.verification.calibration import Calibrator, Calibrators
from synth.verification.risk import RiskRow

START, END = "<!-- measured: written by synth calibrate -->", "<!-- end of measured -->"
MEASURES = (
    ("accuracy, three labels", "accuracy"),
    ("macro-F1", "macro_f1"),
    ("AUROC of supported", "auroc_supported"),
    ("AUROC of supported against refuted", "auroc_sides"),
    ("ECE of the shown label, 10 bins", "ece"),
    ("ECE of supported, 10 bins", "ece_supported"),
    ("Brier, three classes", "brier"),
    ("area under risk and coverage", "aurc"),
)
RISKS = (0.01, 0.05, 0.1, 0.2)


def measured_table(calibrators: Calibrators) -> str:
    """Markdown of what was measured on left-out papers when the calibrators were fitted."""
    found = calibrators.measured
    before, blind = found["before"], found["claim_only"]
    lines = [
        f"Model `{calibrators.model}`, {calibrators.n} gold claims ({calibrators.gold}),"
        f" {found['k']['stated']} passages read for a claim that a paper states, {found['k']['asked']} for a reader's.",
        "",
        "| | verdicts | raw softmax of the strongest passage | claim only |",
        "|---|---|---|---|",
        *(_measure(name, key, found, before, blind) for name, key in MEASURES),
        "",
        f"The most frequent label alone: {_two(found['majority'])}. Labels given: {_counts(found['labels'])}.",
        "",
        *_alternatives(found["alternatives"]),
        *_by_set(found),
        "| kind of claim | n | accuracy |",
        "|---|---|---|",
        *(f"| {kind} | {row['n']} | {_two(row['accuracy'])} |" for kind, row in found["by_kind"].items()),
        "",
        *_marks("Claims that papers state", calibrators.stated),
        "",
        *_marks("Claims that a reader brings", calibrators.asked),
        *(["", *_marks("Short claims that a reader brings", calibrators.short)] if calibrators.short else []),
    ]
    return "\n".join(lines)


def _marks(kind: str, one: Calibrator) -> list[str]:
    """What the check marks of one kind of claims are worth, at several risks and confidences."""
    return [
        f"{kind}: fitted on {one.n}, ECE {one.ece:.3f}.{_further(one)}",
        "",
        "| risk asked for | threshold | check marks | wrong | share wrong | 95% upper bound | recall of supported |",
        "|---|---|---|---|---|---|---|",
        *(_risk(risk, one.choice(risk)) for risk in RISKS),
        "",
        "| at confidence of at least | claims that may be marked | wrong | share wrong | 95% upper bound | recall |",
        "|---|---|---|---|---|---|",
        *(_coverage(level, one) for level in (0.5, 0.6, 0.7, 0.8)),
    ]


def with_table(document: str, calibrators: Calibrators) -> str:
    """A document whose measured block is replaced.

    Raises:
        ValueError: If the document has no such block.
    """
    return with_block(document, START, END, measured_table(calibrators))


def with_block(document: str, start: str, end: str, body: str) -> str:
    """A document in which what stands between two marks is replaced.

    Raises:
        ValueError: If the marks are not there, in this order.
    """
    before, found, rest = document.partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"the document has no block between {start} and {end}")
    return f"{before}{start}\n{body}\n{end}{after}"


def _further(one: Calibrator) -> str:
    """How many claims beside the gold the check marks were measured on."""
    if not one.marks:
        return ""
    floor = min(row.threshold for row in one.marks)
    more = max(row.marks for row in one.marks) - max((r.marks for r in one.table if r.threshold >= floor), default=0)
    return f" Thresholds from {floor:.2f} on are measured on {more} further claims as well."


def _measure(name: str, key: str, *columns: dict[str, Any]) -> str:
    cells = (_two(column[key]) if key in column else "" for column in columns)
    return f"| {name} | {' | '.join(cells)} |"


def _risk(risk: float, row: RiskRow) -> str:
    if not row.marks:
        return f"| {risk} | never | 0 | | | | 0.00 |"
    return (
        f"| {risk} | {row.threshold:.3f} | {row.marks} | {row.wrong} | {_two(row.false_supported)}"
        f" | {_two(row.bound)} | {_two(row.recall)} |"
    )


def _coverage(level: float, calibrator: Calibrator) -> str:
    rows = [row for row in calibrator.table if row.threshold >= level]
    if not rows:
        return f"| {level} | 0 | | | | 0.00 |"
    row = max(rows, key=lambda item: item.marks)
    shares = " | ".join(_two(value) for value in (row.false_supported, row.bound, row.recall))
    return f"| {level} | {row.marks} | {row.wrong} | {shares} |"


def _two(value: float) -> str:
    return f"{value:.2f}"


def _alternatives(found: dict[str, dict[str, float]]) -> list[str]:
    """A table of the ways to calibrate, on the gold claims that are not from reports."""
    return [
        "| calibrator, claims not from reports | log-loss | Brier | ECE of the likeliest label | AUROC of supported |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {row['log_loss']:.3f} | {row['brier']:.3f} | {row['ece']:.3f} | {row['auroc_supported']:.3f} |"
            for name, row in sorted(found.items(), key=lambda item: (item[1]["log_loss"], item[0]))
        ),
        "",
    ]


def _by_set(found: dict[str, Any]) -> list[str]:
    """A table of the sets: judged claims of reports, claims of readers, and each set fitted alone."""
    rows = [
        ("claims of reports", found.get("reports")),
        ("claims of readers", found.get("own_words")),
        ("short claims of readers", found.get("short")),
    ]
    rows += [(f"{name}, fitted alone", measured) for name, measured in sorted(found.get("by_set", {}).items())]
    shown = [
        f"| {name} | {_two(row['accuracy'])} | {_two(row['macro_f1'])} | {_two(row['auroc_supported'])} |"
        f" {_two(row['auroc_sides'])} | {row['ece']:.3f} |"
        for name, row in rows
        if row
    ]
    head = ["| set | accuracy | macro-F1 | AUROC of supported | … against refuted | ECE |", "|---|---|---|---|---|---|"]
    return [*head, *shown, ""] if shown else []


def _counts(labels: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(labels.items()) if count)
