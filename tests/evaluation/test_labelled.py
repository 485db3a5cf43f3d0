from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from synth.errors import EvaluationError
from synth.evaluation.labelled import read_labelled


def write(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(body, encoding="utf-8")
    return path


def jsonl(*rows: Mapping[str, object]) -> str:
    return "\n".join(json.dumps(row) for row in rows) + "\n"


def only(path: Path):
    (pair,) = read_labelled(path)
    return pair


def test_our_own_form_splits_the_text_into_sentences(tmp_path: Path) -> None:
    row = {"id": "a", "premise": "Cats sleep. Dogs bark.", "hypothesis": "Dogs bark.", "label": "entailment"}
    pair = only(write(tmp_path, "x.jsonl", jsonl(row)))
    assert (pair.id, pair.premise, pair.claim, pair.label) == (
        "a",
        ("Cats sleep.", "Dogs bark."),
        "Dogs bark.",
        "entailment",
    )


def test_an_abstract_given_as_sentences_stays_as_it_is(tmp_path: Path) -> None:
    row = {"abstract": ["One thing. Another.", "A third."], "claim": "It is.", "label": "SUPPORTS"}
    assert only(write(tmp_path, "x.jsonl", jsonl(row))).premise == ("One thing. Another.", "A third.")


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("SUPPORT", "entailment"),
        ("Supports", "entailment"),
        ("NOT ENOUGH INFO", "neutral"),
        ("NOTENOUGHINFO", "neutral"),
        ("Neutral", "neutral"),
        ("REFUTES", "contradiction"),
        ("not_entailment", "not_entailment"),
        (0, "entailment"),
        (1, "neutral"),
        (2, "contradiction"),
        ("e", "entailment"),
        ("n", "neutral"),
        ("c", "contradiction"),
    ],
)
def test_labels_are_known_by_all_their_published_spellings(tmp_path: Path, written: object, label: str) -> None:
    row = {"premise": "A.", "claim": "B is so.", "label": written}
    assert only(write(tmp_path, "x.jsonl", jsonl(row))).label == label


def test_a_json_array_is_read(tmp_path: Path) -> None:
    body = json.dumps([{"premise": "A.", "hypothesis": "B.", "label": "neutral"}], indent=1)
    assert only(write(tmp_path, "x.json", body)).label == "neutral"


def test_healthver_is_read_by_its_columns(tmp_path: Path) -> None:
    body = 'id,evidence,claim,label,topic_ip,question\n224,"Air, dry.",It is dry,Supports,1,why\n'
    pair = only(write(tmp_path, "healthver_test.csv", body))
    assert (pair.premise, pair.claim, pair.label) == (("Air, dry.",), "It is dry", "entailment")


def test_covid_fact_is_read_as_two_labels(tmp_path: Path) -> None:
    body = "index\tsentence1\tSentence2\tentailment\n0\tIt was so.\tIt was\tnot_entailment\n"
    assert only(write(tmp_path, "dev.tsv", body)).label == "not_entailment"


def test_multinli_pairs_without_agreement_are_passed_over(tmp_path: Path) -> None:
    body = "gold_label\tsentence1\tsentence2\n-\tA.\tB.\nneutral\tC.\tD.\n"
    assert only(write(tmp_path, "mnli.tsv", body)).claim == "D."


def test_glue_diagnostics_keep_their_phenomena(tmp_path: Path) -> None:
    body = (
        "domain,premise,hypothesis,label,Logic,Predicate-Argument Structure,Lexical Semantics,Knowledge\n"
        "News,A cat.,No cat.,contradiction,Negation;Double negation,,Quantifiers,\n"
    )
    assert only(write(tmp_path, "glue.csv", body)).slices == ("Double negation", "Negation", "Quantifiers")


def test_fever_s_three_files_make_pairs_that_are_supported_or_refuted(tmp_path: Path) -> None:
    write(tmp_path, "dev.raw.input1", "It is red.\nIt is blue.\n")
    write(tmp_path, "dev.label", "entailment\nnot_entailment\n")
    pairs = read_labelled(write(tmp_path, "dev.raw.input0", "Red it is.\nRed it is.\n"))
    assert [pair.label for pair in pairs] == ["entailment", "contradiction"]


def test_check_covid_takes_the_annotated_sentences_from_the_corpus(tmp_path: Path) -> None:
    write(tmp_path, "corpus.json", jsonl({"cord_id": "k", "abstract": ["Zero.", "One.", "Two."]}))
    row = {
        "id": "q_1",
        "claim": "C.",
        "cord_id": "k",
        "label": "REFUTE",
        "evidence_set": [{"sent_index": 2, "type": "PRIMARY"}, {"sent_index": 0, "type": "SUPPLEMENTARY"}],
    }
    pair = only(write(tmp_path, "test.json", jsonl(row)))
    assert (pair.premise, pair.label) == (("Zero.", "Two."), "contradiction")


def test_check_covid_without_its_corpus_says_so(tmp_path: Path) -> None:
    row = {"claim": "C.", "cord_id": "k", "label": "REFUTE", "evidence_set": []}
    with pytest.raises(EvaluationError, match=r"corpus\.json is not beside the claims"):
        read_labelled(write(tmp_path, "test.json", jsonl(row)))


def test_nli4ct_reads_the_section_of_both_trials(tmp_path: Path) -> None:
    (tmp_path / "CT json").mkdir()
    for name in ("N1", "N2"):
        write(tmp_path / "CT json", f"{name}.json", json.dumps({"Results": [f"{name} healed 3/9"], "Eligibility": []}))
    body = {
        "u1": {
            "Type": "Comparison",
            "Section_id": "Results",
            "Primary_id": "N1",
            "Secondary_id": "N2",
            "Statement": "More healed",
            "Label": "Entailment",
        }
    }
    pair = only(write(tmp_path, "dev.json", json.dumps(body, indent=1)))
    assert pair.id == "u1"
    assert pair.premise == ("Primary trial: N1 healed 3/9", "Secondary trial: N2 healed 3/9")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "holds no labelled pair"),
        ('{"premise": "A.", "claim": "B.", "label": "maybe"}\n', "pair 1: unknown label 'maybe'"),
        ('{"claim": "B.", "label": "entailment"}\n', "pair 1: a text is missing"),
        ('{"premise": "A.", "label": "entailment"}\n', "pair 1: a claim is missing"),
        ('{"premise": "A.", "claim": "B."}\n', "pair 1: a label is missing"),
        ('{"premise": "A.", "claim": "B.", "label": "neutral"}\nnonsense\n', "line 2: no JSON object"),
        ("[1, 2", "is no JSON"),
    ],
)
def test_a_file_that_will_not_do_is_refused_with_its_place(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(EvaluationError, match=said):
        read_labelled(write(tmp_path, "x.jsonl", body))


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"gone\.jsonl cannot be read"):
        read_labelled(tmp_path / "gone.jsonl")


def test_a_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    row = {"premise": "One\u2028two\x85three.", "claim": "It is.", "label": "neutral"}
    body = json.dumps(row, ensure_ascii=False) + "\n"
    assert only(write(tmp_path, "x.jsonl", body)).premise == ("One two three.",)


def test_pairs_may_share_an_id_and_undecided_ones_are_passed_over(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "topic 1", "premise": "A.", "claim": "B.", "label": "neutral"},
        {"id": "topic 1", "premise": "A.", "claim": "C.", "label": "Supports"},
        {"id": "topic 2", "premise": "A.", "claim": "D.", "label": -1},
        {"id": "topic 2", "sentence1": "A.", "sentence2": "E.", "gold_label": "-"},
    ]
    assert [pair.claim for pair in read_labelled(write(tmp_path, "x.jsonl", jsonl(*rows)))] == ["B.", "C."]
