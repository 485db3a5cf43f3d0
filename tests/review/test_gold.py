from __future__ import annotations

import dataclasses

import pytest

from synth.errors import ConfigError, OutputError
from synth.review.carrying import with_notes
from synth.review.decisions import seen
from synth.review.gold import Gold, gold, gold_lines
from synth.review.gold_files import told, write_gold
from synth.store.reviews import Act
from synth.training.gold import read_gold
from synth.types import CheckedClaim, Label, Report, Source
from tests.report.example import example
from tests.review.examples import Notebook, changed, rows, without_evidence


def made(book: Notebook, report: Report | None = None) -> Gold:
    report = report or example()
    return gold([(report, seen(with_notes(report, book.entries)))])


def everything() -> Notebook:
    """Claims 1 to 5 accepted, of which the fifth is conflicting; 6 relabelled; 7 and 8 rejected."""
    book = Notebook()
    plan = {5: (Act.ACCEPT, None), 6: (Act.LABEL, Label.NOT_ENOUGH_INFO), 7: (Act.REJECT, None), 8: (Act.REJECT, None)}
    for one in rows():
        act, label = plan.get(one.row.number, (Act.ACCEPT, None))
        book.act(one, act=act, label=label, comment="by the table" if label else "")
    return book


def test_calibrate_reads_what_is_exported(tmp_path):
    found = made(everything())
    (path,) = write_gold(found, tmp_path / "new" / "gold.jsonl")
    claims = read_gold(path, minimum=1)
    by_text = {one.claim: one for one in claims}
    table = [row.claim.text for row in example().claims]
    assert {text: one.label for text, one in by_text.items()} == {
        table[0]: Label.SUPPORTED,
        table[1]: Label.SUPPORTED,
        table[2]: Label.SUPPORTED,
        table[3]: Label.NOT_ENOUGH_INFO,
        table[5]: Label.NOT_ENOUGH_INFO,
    }
    assert by_text[table[0]].paper == "1501.00001", "the paper that states the claim, without its version"
    assert (found.rejected, found.other_label, found.tied, found.homeless) == (2, 1, 0, 0)
    assert list(tmp_path.rglob("*.part")) == []


def test_a_row_says_where_the_claim_stands_and_who_decided():
    row = next(one for one in made(everything()).papers if one["claim"] == example().claims[5].claim.text)
    assert row["why"] == "by the table" and row["reviewers"] == ["Ann"] and row["page"] == 4
    assert row["origins"] == [{"paper": "file:0123456789ab", "start": 0, "end": 31, "verbatim": row["claim"]}]


def votes(*said: tuple[str, Act, Label | None]) -> Gold:
    book = Notebook()
    for name, act, label in said:
        book.act(rows()[0], name, act, label)
    return made(book)


def test_the_majority_is_right_and_a_tie_is_left_out():
    accept, reject, refuted = (Act.ACCEPT, None), (Act.REJECT, None), (Act.LABEL, Label.REFUTED)
    assert votes(("A", *accept), ("B", *accept), ("C", *refuted)).papers[0]["label"] == "SUPPORTED"
    assert votes(("A", *refuted), ("B", *refuted), ("C", *accept)).papers[0]["label"] == "REFUTED"
    tied = votes(("A", *accept), ("B", *refuted))
    assert tied.papers == () and tied.tied == 1
    wrong = votes(("A", *reject), ("B", *reject), ("C", *accept))
    assert wrong.papers == () and wrong.rejected == 1


def test_a_claim_of_a_digest_stands_on_no_page():
    row = next(one for one in made(everything()).papers if one["claim"] == example().claims[2].claim.text)
    assert row["page"] is None


def test_a_claim_that_no_paper_states_is_gold_about_its_evidence_or_homeless():
    def without_origins(row: CheckedClaim) -> CheckedClaim:
        return dataclasses.replace(row, claim=dataclasses.replace(row.claim, origins=()))

    book = Notebook()
    report = changed(example(), 1, without_origins)
    book.act(rows(report)[0])
    (row,) = made(book, report).papers
    assert (row["paper"], row["page"]) == ("1502.00002", None)
    homeless = changed(report, 1, without_evidence)
    book.act(rows(homeless)[0])
    found = made(book, homeless)
    assert (found.papers, found.homeless) == ((), 1)


def test_a_claim_stands_on_the_page_of_the_paper_that_it_is_gold_about():
    report = example()
    left = dataclasses.replace(report, papers=tuple(one for one in report.papers if one.paper.id != "1501.00001v2"))
    book = Notebook()
    book.act(rows(left)[0])
    (row,) = made(book, left).papers
    assert (row["paper"], row["page"]) == ("1502.00002", 2)


def test_a_claim_in_two_reports_is_one_gold_claim():
    book = Notebook()
    book.act(rows()[0])
    report = with_notes(example(), book.entries)
    other = dataclasses.replace(report, question="Does it help elsewhere?")
    found = gold([(report, seen(report)), (other, seen(other))])
    assert [row["id"] for row in found.papers] == [f"V-{rows()[0].id}"]


def test_claims_about_digests_get_a_file_of_their_own(tmp_path):
    report = example()
    papers = tuple(
        dataclasses.replace(one, paper=dataclasses.replace(one.paper, source=Source.DIGEST))
        if one.paper.id.startswith("1503")
        else one
        for one in report.papers
    )
    report = dataclasses.replace(report, papers=papers)
    found = made(everything(), report)
    assert [row["claim"] for row in found.digests] == [report.claims[2].claim.text]
    written = write_gold(found, tmp_path / "gold.jsonl")
    assert [path.name for path in written] == ["gold.jsonl", "digests_gold.jsonl"]
    written = write_gold(found, tmp_path / "digests_b.jsonl")
    assert [path.name for path in written] == ["papers_digests_b.jsonl", "digests_b.jsonl"]
    assert len(read_gold(written[1], minimum=1)) == 1
    assert "about embedded digests" in next(told(found, written))


def test_nothing_to_export_is_told_with_the_reasons(tmp_path):
    with pytest.raises(ConfigError, match="nobody has decided"):
        write_gold(made(Notebook()), tmp_path / "gold.jsonl")
    with pytest.raises(ConfigError, match="1 claim left out: rejected"):
        write_gold(votes(("A", Act.REJECT, None)), tmp_path / "gold.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_told_and_nothing_is_left(tmp_path):
    (tmp_path / "gold.jsonl").mkdir()
    with pytest.raises(OutputError, match="choose another file"):
        write_gold(made(everything()), tmp_path / "gold.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["gold.jsonl"]


def test_the_same_decisions_give_the_same_bytes():
    assert gold_lines(made(everything()).papers) == gold_lines(made(everything()).papers)


def test_who_holds_two_labels_right_has_no_vote():
    book, other = Notebook(), dataclasses.replace(example(), question="Does it help elsewhere?")
    book.act(rows()[0])
    book.act(rows(other)[0], act=Act.LABEL, label=Label.REFUTED)
    first, second = ([entry] for entry in book.entries)
    reports = [with_notes(example(), first), with_notes(other, second)]
    found = gold([(report, seen(report)) for report in reports])
    assert found.papers == () and found.tied == 1
