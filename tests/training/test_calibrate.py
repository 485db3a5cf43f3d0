from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from synth.errors import CalibrationError
from synth.training.calibrate import calibrate
from synth.training.fitting import folds
from synth.training.gold import LABELS, read_gold
from synth.types import Passage, PassageKind, SectionRole
from synth.verification.calibration import Calibrator, calibrator_path

ANIMALS = ("otter", "heron", "lynx", "ibex", "newt", "crane")


class TinyEncoder:
    """Bags of letters."""

    signature = "letters@1"

    def encode(self, texts):
        rows = np.array([[text.count(letter) + 0.01 for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts])
        rows = rows.reshape(-1, 26)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


class TinyNli:
    """Knows the truth where passage and claim speak of one animal, with a share of errors."""

    signature = "tiny@abc"

    def logits(self, pairs):
        rng = np.random.default_rng(5)
        rows = []
        for passage, claim in pairs:
            row = rng.normal(size=3)
            if passage.split()[1] == claim.split()[1]:
                row[0 if passage.split()[-1] == claim.split()[-1] else 2] += 3
            else:
                row[1] += 2
            rows.append(row)
        return np.array(rows)


def speed(paper: str, at: int, *, true: bool = True) -> str:
    """The truth differs by paper and animal, so that a claim's wording gives nothing away."""
    return ("fast", "slow")[(ord(paper[-1]) + at + (not true)) % 2]


def passages(paper: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            id=f"{paper}#{at:04d}",
            paper_id=paper,
            kind=PassageKind.PROSE,
            section="1",
            role=SectionRole.RESULTS,
            page=1,
            start=100 * at,
            end=100 * at + 60,
            text=f"The {animal} of {paper} swims in water and is {speed(paper, at)}",
        )
        for at, animal in enumerate(ANIMALS[:4])
    )


PAPERS = {f"paper{letter}": passages(f"paper{letter}") for letter in "abcdefghij"}


def rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for paper in PAPERS:
        for at, animal in enumerate(ANIMALS * 2):
            supported = at < len(ANIMALS)
            label = "NOT_ENOUGH_INFO" if animal in ANIMALS[4:] else "SUPPORTED" if supported else "REFUTED"
            text = f"The {animal} of {paper} swims in water and is {speed(paper, at % 6, true=supported)}"
            found.append({"id": f"{paper}-{at}", "claim": text, "label": label, "paper": paper, "kind": "other"})
    return found


def write(path: Path, lines: list[object]) -> Path:
    body = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(body + "\n", encoding="utf-8")
    return path


def test_a_calibrator_is_fitted_measured_and_written(tmp_path):
    gold = write(tmp_path / "gold.jsonl", list(rows()))
    found = calibrate(gold, PAPERS, tmp_path / "out", TinyNli(), TinyEncoder(), k=4)
    path = calibrator_path(tmp_path / "out", "tiny@abc")
    assert Calibrator.load(path, "tiny@abc") == found
    assert found.n == 120
    assert found.measured["auroc_supported"] > 0.9
    assert found.measured["accuracy"] > found.measured["claim_only"]["accuracy"]
    assert found.measured["aurc"] <= found.measured["before"]["aurc"]
    assert found.chosen.false_supported <= 0.05
    assert sum(found.measured["labels"].values()) == 120
    assert [item.name for item in (tmp_path / "out").iterdir()] == ["tiny.json"]

    first = path.read_bytes()
    calibrate(gold, PAPERS, tmp_path / "out", TinyNli(), TinyEncoder(), k=4)
    assert path.read_bytes() == first


def test_a_paper_is_never_on_both_sides():
    names = ["a"] * 3 + ["b"] * 2 + ["c"]
    for train, test in folds(names):
        assert not {names[at] for at in train} & {names[at] for at in test}
    assert sorted(at for _, test in folds(names) for at in test) == list(range(6))


@pytest.mark.parametrize(
    ("at", "line", "message"),
    [
        (2, {"id": "x", "claim": "c", "label": "MAYBE", "paper": "papera"}, "line 3: unknown label 'MAYBE'"),
        (2, {"id": "x", "claim": "c", "label": "SUPPORTED"}, "line 3: paper missing or empty"),
        (2, {"id": "x", "claim": " ", "paper": "p"}, "line 3: claim, label missing or empty"),
        (2, {"id": "papera-0", "claim": "c", "label": "REFUTED", "paper": "p"}, "line 3: the id papera-0 .* in line 1"),
        (2, "{nonsense", "line 3: no JSON"),
        (2, "[1]", "line 3: expected an object"),
        (10, None, "holds 10 claims, too few to calibrate on; at least 100"),
    ],
)
def test_gold_that_will_not_do_is_refused_with_its_line(tmp_path, at, line, message):
    lines: list[object] = list(rows())
    lines = lines[:at] if line is None else [*lines[:at], line, *lines[at:]]
    with pytest.raises(CalibrationError, match=message):
        read_gold(write(tmp_path / "gold.jsonl", lines))


def test_gold_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(CalibrationError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CalibrationError, match="cannot be read"):
        read_gold(tmp_path / "bytes.jsonl")


def test_labels_may_come_in_lower_case(tmp_path):
    lines = [{**row, "label": str(row["label"]).lower()} for row in rows()]
    assert {claim.label for claim in read_gold(write(tmp_path / "gold.jsonl", list(lines)))} == set(LABELS.values())


def test_a_paper_without_passages_is_named(tmp_path):
    gold = write(tmp_path / "gold.jsonl", list(rows()))
    few = {name: PAPERS[name] for name in sorted(PAPERS)[1:]}
    with pytest.raises(CalibrationError, match="papers that are not here: papera"):
        calibrate(gold, few, tmp_path / "out", TinyNli(), TinyEncoder())


def test_the_gold_of_the_project_is_sound():
    from synth.resources import data_path

    claims = read_gold(data_path("gold", "verify.jsonl"))
    assert len(claims) == 240
    assert len({claim.paper for claim in claims}) == 20
