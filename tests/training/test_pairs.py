from __future__ import annotations

import io
import json
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from synth.training import mixture
from synth.training.abstracts import contrast_pairs, read_abstracts, summary_pairs, title_pairs
from synth.training.own import held_out, measured_claims, own_pairs, read_claims, read_written, written_pairs
from synth.training.pairs import (
    FORBIDDEN,
    Pair,
    PairLabel,
    digest,
    may_train,
    narrow,
    nearest,
    refuse_forbidden,
    sentences,
)
from synth.training.readers import READERS, read_files, read_sets
from synth.training.tables import passage, table_pairs
from tests.training.tiny import write_claims, write_metadata, write_sets, write_written


def _pair(name: str) -> Pair:
    return Pair("a premise", "a claim", PairLabel.NEUTRAL, name, "MIT")


@pytest.mark.parametrize(
    "name",
    [
        "scifact",
        "SciFact_train",
        "anli",
        "anli_r1",
        "sick",
        "sick_official",
        "xnli_en",
        "imppres_implicature",
        "averitec",
    ],
)
def test_sets_that_may_not_be_trained_on_are_refused(name):
    assert not may_train(name)
    assert list(refuse_forbidden([_pair(name), _pair("mnli")])) == [_pair("mnli")]


@pytest.mark.parametrize("name", ["scitldr", "lingnli", "snli", "cad_snli", "conjnli", "nli4ct_p", "wanli_sample"])
def test_sets_with_like_names_pass(name):
    assert may_train(name)


def test_no_reader_and_no_cap_names_a_forbidden_set():
    assert all(may_train(name) for name in [*READERS, *mixture.GENERAL_CAPS, *mixture.TASK_CAPS])
    assert mixture.mix([_pair(name) for name in FORBIDDEN], dict.fromkeys(FORBIDDEN, 5), 0) == []


def test_caps_hold_and_the_draw_follows_the_seed():
    pairs = [Pair(f"premise {i}", "claim", PairLabel.NEUTRAL, "snli", "x") for i in range(50)]
    drawn = mixture.mix(pairs, {"snli": 10}, 1)
    assert len(drawn) == 10
    assert drawn == mixture.mix(pairs, {"snli": 10}, 1)
    assert drawn != mixture.mix(pairs, {"snli": 10}, 2)
    assert mixture.mix(pairs, {"mnli": 10}, 1) == []


def test_held_out_premises_and_groups_are_left_out():
    pairs = [Pair("p", "a", PairLabel.NEUTRAL, "s", "x"), Pair("q", "b", PairLabel.NEUTRAL, "s", "x", "g"), _pair("s")]
    assert mixture.without(pairs, premises=frozenset({"p"}), groups=frozenset({"g"})) == [_pair("s")]


def test_the_archive_reads_like_the_unpacked_tree(tmp_path):
    tree = write_sets(tmp_path / "tree")
    packed = tmp_path / "packed"
    packed.mkdir()
    with tarfile.open(packed / "sets.tar.xz", "w:xz") as tar:
        for path in sorted(tree.rglob("*.jsonl")):
            body = path.read_bytes()
            member = tarfile.TarInfo("./" + path.relative_to(tree).as_posix())
            member.size = len(body)
            tar.addfile(member, io.BytesIO(body))
    assert read_files(packed) == read_files(tree)
    assert list(read_sets(read_files(packed)))


def test_labels_are_mapped_and_unknown_ones_dropped():
    row = {"claim": "masks help", "cord_id": "d", "evidence_set": [{"sent_index": 1}]}
    files = {
        "check_covid/corpus.json": json.dumps({"cord_id": "d", "abstract": ["One.", "Masks help.", "Three.", "Four."]}),
        "check_covid/covidCheck_train_composed+extracted.json": "\n".join(
            json.dumps(row | {"label": label}) for label in ("SUPPORT", "REFUTE", "NOTENOUGHINFO", "odd")
        ),
    }
    pairs = list(read_sets(files))
    assert [pair.label for pair in pairs] == ["entailment", "contradiction", "neutral"]
    assert pairs[0].premise == "One. Masks help. Three."


def test_a_not_entailment_label_leaves_two_classes_open():
    assert PairLabel.NOT_ENTAILMENT.allowed == (False, True, True)
    assert PairLabel.ENTAILMENT.allowed == (True, False, False)
    assert PairLabel.NEUTRAL.allowed == (False, True, False)
    assert PairLabel.CONTRADICTION.allowed == (False, False, True)


def test_sentences_and_their_nearest():
    parts = sentences("We use BERT. It gains 2.5 points on XNLI. Training is cheap. Code is public.")
    assert len(parts) == 4
    assert nearest(parts, "BERT gains 2.5 points", 2) == ["We use BERT.", "It gains 2.5 points on XNLI."]


def test_only_long_premises_are_narrowed():
    text = " ".join(f"Sentence {i} is about topic{i}." for i in range(60))
    assert narrow("Short text. Stays.", "anything") == "Short text. Stays."
    assert "topic" not in narrow(text, "7 and 9", size=2).replace("topic7", "").replace("topic9", "")


def test_digest_feels_every_field():
    one = _pair("a")
    others = [
        Pair("x", "a claim", one.label, "a", "MIT"),
        Pair("a premise", "a claim", PairLabel.ENTAILMENT, "a", "MIT"),
    ]
    assert len({digest([pair]) for pair in [one, *others]}) == 3


def test_no_held_out_paper_is_trained_on(tmp_path):
    claims = read_claims(write_claims(tmp_path, papers=60))
    measured = {pair.group for pair in measured_claims(claims)}
    trained = {pair.group for pair in own_pairs(claims, 0)}
    assert measured and trained and not measured & trained
    assert all(held_out(paper) for paper in measured)
    held_abstracts = {claim.abstract for claim in claims if held_out(claim.paper)}
    assert not any(pair.premise in abstract for pair in own_pairs(claims, 0) for abstract in held_abstracts)


def test_the_same_claim_meets_more_than_one_label(tmp_path):
    pairs = own_pairs(read_claims(write_claims(tmp_path)), 0)
    labels: dict[str, set[str]] = {}
    for pair in pairs:
        labels.setdefault(pair.hypothesis, set()).add(pair.label)
    assert sum("neutral" in seen and len(seen) > 1 for seen in labels.values()) > 10


def test_contrast_pairs_carry_every_label_and_no_cue_in_the_overlap(tmp_path):
    pairs = contrast_pairs(read_abstracts(write_metadata(tmp_path), 12, 0), 0)
    assert {pair.label for pair in pairs} >= {PairLabel.ENTAILMENT, PairLabel.NEUTRAL, PairLabel.CONTRADICTION}
    verbatim = Counter(pair.label for pair in pairs if pair.hypothesis in pair.premise)
    assert set(verbatim) == {PairLabel.ENTAILMENT}
    assert contrast_pairs(read_abstracts(tmp_path, 12, 0), 0) == pairs


def test_papers_with_a_pdf_in_the_folder_are_not_trained_on(tmp_path):
    write_metadata(tmp_path)
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "2001.00003.pdf").touch()
    assert "2001.00003" not in {abstract.id for abstract in read_abstracts(tmp_path, 99, 0)}
    assert len(read_abstracts(tmp_path, 99, 0)) == 11


def test_titles_that_state_something_become_claims(tmp_path):
    pairs = title_pairs(read_abstracts(write_metadata(tmp_path), 3, 0))
    assert len(pairs) == 3
    assert all(pair.label is PairLabel.ENTAILMENT and pair.hypothesis.endswith("easy.") for pair in pairs)


def test_folders_without_a_kind_of_data_add_nothing(tmp_path: Path):
    assert read_claims(tmp_path) == []
    assert read_abstracts(tmp_path, 5, 0) == []
    assert summary_pairs(tmp_path, 0) == []
    assert table_pairs({}, 0) == []
    assert own_pairs([], 0) == []


def test_table_rows_carry_true_and_false_cells():
    table = {
        "paper_id": "1",
        "table_caption": "Table 2: Scores.",
        "table_column_names": ["model", "XNLI", "PAWS"],
        "table_content_values": [["[BOLD] A", "79.2", "80.1"], ["B", "70.0", "75.5"], ["C", "60.0", "65.5"]],
    }
    pairs = table_pairs({"scitab/sci_tab.json": json.dumps([table])}, 0)
    assert {str(pair.label) for pair in pairs} == {"entailment", "neutral", "contradiction"}
    for pair in pairs:
        stated = pair.label is PairLabel.ENTAILMENT
        number = [word.rstrip(".") for word in pair.hypothesis.split() if word[0].isdigit()]
        if number:
            assert (f": {number[0]}" in pair.premise) == stated
    assert passage("T", ["model", "", "x"], ["A", "1", ""]) == "T | model: A | 1"


def test_written_claims_find_their_abstracts_in_another_folder(tmp_path):
    folders = [write_written(tmp_path / "written", papers=14), write_metadata(tmp_path / "arxiv", papers=12)]
    claims = read_written(folders)
    assert len({claim.paper for claim in claims}) == 12  # two papers have no abstract at hand
    assert all(f"TAG-{int(claim.paper[5:])} " in claim.abstract for claim in claims)
    assert read_written([tmp_path / "written"]) == []


def test_written_claims_meet_their_own_windows_and_others(tmp_path):
    claims = read_written([write_written(tmp_path, papers=40), write_metadata(tmp_path, papers=40)])
    pairs = written_pairs(claims, 0)
    by_set = Counter(pair.set for pair in pairs)
    assert by_set["written_claims"] >= 2 * sum(not held_out(claim.paper) for claim in claims)
    assert by_set["written_claims_far"] and by_set["written_claims_elsewhere"]
    assert {pair.label for pair in pairs if pair.set != "written_claims"} == {PairLabel.NEUTRAL}
    assert not {pair.group for pair in pairs} & {pair.group for pair in measured_claims(claims)}
    assert written_pairs(claims, 0) == pairs and written_pairs([], 0) == []
