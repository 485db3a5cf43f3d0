from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from synth.errors import CalibrationError
from synth.training import fitting
from synth.training.calibrate import calibrate, check_gold
from synth.training.fitting import folds
from synth.training.gold import LABELS, read_gold
from synth.training.gold_sets import GoldSet
from synth.training.measured import measured_table
from synth.types import Passage, PassageKind, SectionRole
from synth.verification.calibration import Calibrators, calibrator_path
from synth.verification.features import features

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
    stated = ""

    def logits(self, pairs):
        rng = np.random.default_rng(5)
        rows = []
        for passage, claim in pairs:
            row = rng.normal(size=3)
            said = re.search(rf"The {claim.split()[1]} of \w+ swims in water and is (\w+)", passage)
            if said:
                row[0 if said[1] == claim.split()[-1] else 2] += 3
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


def gold_set(path: Path, papers=PAPERS) -> GoldSet:
    return GoldSet(path.stem, tuple(read_gold(path)), papers)


@pytest.fixture(scope="module", autouse=True)
def _two_penalties() -> Iterator[None]:
    """Two penalties to choose from take a third of the time of six; the choice has tests in test_fitting.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "STRENGTHS", (0.03, 0.3))
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Calibrators, Path, Path]:
    """Calibrators, their gold and their folder."""
    folder = tmp_path_factory.mktemp("made")
    gold = write(folder / "gold.jsonl", list(rows()))
    return calibrate([gold_set(gold)], folder / "out", TinyNli(), TinyEncoder()), gold, folder / "out"


def test_a_calibrator_is_fitted_measured_and_written(made, tmp_path):
    found, gold, out = made
    path = calibrator_path(out, "tiny@abc")
    assert Calibrators.load(path, "tiny@abc") == found
    assert found.n == 120
    assert found.measured["auroc_supported"] > 0.9
    assert found.measured["accuracy"] > found.measured["claim_only"]["accuracy"]
    assert found.measured["aurc"] <= found.measured["before"]["aurc"]
    assert found.short is not None
    assert found.asked.n == found.stated.n == found.short.n == 120  # short claims alone: all stand on what there is
    assert found.short.choice(0.5).marks and found.short.choice(0.5).bound <= 0.5
    for one in (found.stated, found.asked):
        assert not one.table and one.threshold > 1  # nothing was measured, nothing is promised
    assert sum(found.measured["labels"].values()) == 120
    assert [item.name for item in out.iterdir()] == ["tiny.json"]
    calibrate([gold_set(gold)], tmp_path, TinyNli(), TinyEncoder())
    assert calibrator_path(tmp_path, "tiny@abc").read_bytes() == path.read_bytes()


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


def test_the_place_that_states_a_claim_is_no_evidence_for_it(tmp_path):
    stated = passages("papera")[0]
    place = {"paper": "papera", "start": stated.start, "end": stated.end, "verbatim": stated.text}
    row = {"id": "1", "claim": stated.text, "label": "SUPPORTED", "paper": "papera"}
    path = write(tmp_path / "gold.jsonl", [row, {**row, "id": "2", "origins": [place]}])
    without, known = check_gold(read_gold(path, minimum=1), PAPERS, TinyEncoder(), TinyNli())
    assert stated.id in {piece.passage_id for piece in without.evidence}
    assert stated.id not in {piece.passage_id for piece in known.evidence}


def test_gold_that_a_paper_states_is_read_behind_the_verifiers_mark(tmp_path):
    class Marked:
        signature = "marked@0"
        stated = "reported: "

        def __init__(self) -> None:
            self.asked: set[str] = set()

        def logits(self, pairs):
            self.asked |= {claim for _, claim in pairs}
            return np.zeros((len(pairs), 3))

    stated, other = passages("papera")[:2]
    place = {"paper": "papera", "start": stated.start, "end": stated.end, "verbatim": stated.text}
    row = {"id": "1", "claim": stated.text, "label": "SUPPORTED", "paper": "papera", "origins": [place]}
    path = write(
        tmp_path / "gold.jsonl", [row, {"id": "2", "claim": other.text, "label": "REFUTED", "paper": "papera"}]
    )
    nli = Marked()
    check_gold(read_gold(path, minimum=1), PAPERS, TinyEncoder(), nli)
    assert nli.asked == {f"reported: {stated.text}", other.text}


@pytest.mark.parametrize("origins", [[{"paper": "a"}], [3], 3, [{"paper": "a", "start": "x", "end": 1}]])
def test_origins_that_say_too_little_are_refused_with_their_line(tmp_path, origins):
    row = {"id": "1", "claim": "a b", "label": "SUPPORTED", "paper": "a", "origins": origins}
    with pytest.raises(CalibrationError, match="line 1: origins need"):
        read_gold(write(tmp_path / "gold.jsonl", [row]), minimum=1)


def test_a_paper_without_passages_is_named(tmp_path):
    gold = write(tmp_path / "gold.jsonl", list(rows()))
    few = {name: PAPERS[name] for name in sorted(PAPERS)[1:]}
    with pytest.raises(CalibrationError, match="papers that are not here: papera"):
        calibrate([gold_set(gold, few)], tmp_path / "out", TinyNli(), TinyEncoder())


def test_the_gold_of_the_project_is_sound():
    from synth.resources import data_path

    claims = read_gold(data_path("gold", "verify.jsonl"))
    assert len(claims) == 240
    assert len({claim.paper for claim in claims}) == 20


def test_the_document_shows_what_the_calibrator_measured():
    from synth.resources import data_path
    from synth.training.measured import END, START, with_table

    (path,) = sorted(data_path("calibration").glob("*.json"))
    calibrator = Calibrators.load(path, json.loads(path.read_text(encoding="utf-8"))["model"])
    document = (Path(__file__).resolve().parents[2] / "docs" / "VERIFICATION.md").read_text(encoding="utf-8")
    assert START in document
    assert END in document
    assert with_table(document, calibrator) == document


def test_a_document_without_a_block_is_not_written_over(made):
    from synth.training.measured import with_table

    found = made[0]
    with pytest.raises(ValueError, match="no block"):
        with_table("text", found)
    block = "a\n<!-- measured: written by synth calibrate -->\nstale\n<!-- end of measured -->\nb\n"
    written = with_table(block, found)
    assert "tiny@abc" in written
    assert "stale" not in written
    assert with_table(written, found) == written


def test_several_sets_are_measured_together_and_alone_with_a_paper_left_out_of_all(tmp_path):
    gold = write(tmp_path / "gold.jsonl", list(rows()))
    both = [GoldSet(name, tuple(read_gold(gold)), PAPERS) for name in ("one", "two")]
    found = calibrate(both, tmp_path / "out", TinyNli(), TinyEncoder())
    assert found.n == 240
    assert set(found.measured["by_set"]) == {"one", "two"}
    alone = found.measured["by_set"]["one"]
    assert alone == found.measured["by_set"]["two"]
    cells = (f"{alone[name]:.2f}" for name in ("accuracy", "macro_f1", "auroc_supported", "auroc_sides"))
    assert f"| one, fitted alone | {' | '.join(cells)} | {alone['ece']:.3f} |" in measured_table(found)


def test_claims_of_papers_and_of_readers_are_fitted_apart(tmp_path):
    """Of one kind the labels are turned round: a calibrator for both would tell neither."""
    turned = {"SUPPORTED": "REFUTED", "REFUTED": "SUPPORTED", "NOT_ENOUGH_INFO": "NOT_ENOUGH_INFO"}
    place = {"paper": "elsewhere", "start": 0, "end": 9, "verbatim": "Nothing like it stands in any of these papers."}
    stated = [{**row, "id": f"s-{row['id']}", "label": turned[str(row["label"])], "origins": [place]} for row in rows()]
    asked = gold_set(write(tmp_path / "asked.jsonl", list(rows())))
    told = gold_set(write(tmp_path / "stated.jsonl", list(stated)))
    both = calibrate([asked, told], tmp_path / "both", TinyNli(), TinyEncoder())
    alone = calibrate([asked], tmp_path / "alone", TinyNli(), TinyEncoder())
    assert both.short is not None
    assert (both.stated.n, both.short.n, both.n) == (120, 120, 240)
    assert both.short == alone.short
    assert both.measured["auroc_supported"] > 0.9
    for gold, one, likelier, other in ((asked, both.short, 0, 1), (told, both.stated, 1, 0)):
        said = [item for item in gold.claims if item.id.removeprefix("s-").partition("-")[2] in "0123"]  # borne out
        checked = check_gold(said, PAPERS, TinyEncoder(), TinyNli())
        found = one.probabilities(np.array([features(item.claim, item.evidence, item.passages) for item in checked]))
        assert found[:, likelier].mean() > found[:, other].mean()


def test_short_and_long_claims_of_readers_are_fitted_apart(tmp_path):
    """Of the long ones the labels are turned round: a calibrator for both would tell neither."""
    turned = {"SUPPORTED": "REFUTED", "REFUTED": "SUPPORTED", "NOT_ENOUGH_INFO": "NOT_ENOUGH_INFO"}
    more = "swims in water, as careful people in four distant countries measured over nine winters,"
    long: list[object] = [
        {
            **row,
            "id": f"l-{row['id']}",
            "claim": str(row["claim"]).replace("swims in water", more),
            "label": turned[str(row["label"])],
        }
        for row in rows()
    ]
    few = gold_set(write(tmp_path / "short.jsonl", list(rows())))
    many = gold_set(write(tmp_path / "long.jsonl", long))
    both = calibrate([few, many], tmp_path / "both", TinyNli(), TinyEncoder())
    assert both.short is not None
    assert (both.asked.n, both.short.n, both.n) == (120, 120, 240)
    assert both.asked != both.short
    assert both.measured["short"]["auroc_supported"] > 0.9
    assert {"own_words", "short"} <= both.measured.keys()
    alone = calibrate([many], tmp_path / "alone", TinyNli(), TinyEncoder())
    assert alone.short is None
    assert alone.asked == both.asked
    assert "Short claims that a reader brings: fitted on 120" in measured_table(both)
    assert "Short claims" not in measured_table(alone)
