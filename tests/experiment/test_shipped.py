"""The published file that travels with the program, and the papers it was read from."""

from __future__ import annotations

from fractions import Fraction

import pytest

from synth.experiment.arithmetic import values
from synth.experiment.audit import audit, backing
from synth.experiment.findings import Audit, Result
from synth.experiment.numbers import CautionKind, Published
from synth.experiment.papers import read_papers
from synth.experiment.printed import CellState
from synth.experiment.published import read_published, shipped


@pytest.fixture(scope="module")
def published() -> Published:
    return read_published(shipped())


@pytest.fixture(scope="module")
def found(published: Published) -> Audit:
    return audit(published)


def test_nothing_differs_that_is_not_known(found):
    assert found.unexpected == () and found.stale == ()
    assert found.count(Result.DIFFERS) == len({one.published.id for one in found.checks if one.conflict}) == 11


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("xtreme-2/xlm-r-large/mean", "68.25"),
        ("rembert-16/stilts/tasks", "72.6571"),
        ("retrieval/stilts/leaderboard", "76.45"),
        ("retrieval/xlm-r-large", "61.65"),
        ("stilts-gain/tydiqa/f1", "10.9"),
        ("stilts-gain/tydiqa/em", "14.5"),
        ("stilts-gain/ner", "-1.4"),
        ("phang-tatoeba/mean", "31.0222"),
        ("phang-bucc/mean", "71.525"),
    ],
)
def test_the_key_values(published, key, value):
    found = values(published.numbers, published.derived)[key].value
    assert abs(found - Fraction(value)) <= Fraction("0.00005")


def test_what_nobody_could_look_up_has_no_source(found):
    unsourced = {str(one.number.value) for one in found.findings if one.number and one.source is None}
    assert unsourced == {"8.2", "7.5", "7.0", "8.7", "2.1", "1.6", "68.1"}


def test_every_source_is_used_and_its_kind_said(published):
    assert {one.source for one in published.numbers.values()} - {None} == set(published.sources)
    for one in published.sources.values():
        assert one.paper or one.url
        assert not one.secondhand or one.note


def test_the_cautions_that_a_report_needs(found):
    by = {one.caution.id: one for one in found.cautions}
    firsts = [round(float(some[0][1].value), 1) for some in by["tatoeba-baselines"].values.values()]
    assert firsts == [57.3, 31.0, 75.2]
    assert by["phang-versions"].caution.kind is CautionKind.VERSIONS
    assert by["coincidence-73.5"].caution.kind is CautionKind.COINCIDENCE
    assert all(one.holds for one in found.cautions)


def test_a_claim_finds_what_bears_on_it(found):
    gains = backing(found, task="tydiqa", model="xlm-r-large", effect="intermediate-task training")
    assert [one.id for one in gains] == ["stilts-gain/tydiqa/f1", "stilts-gain/tydiqa/em"]
    robust = backing(found, task="paws-x", effect="robust training")
    assert [(one.id, one.result) for one in robust] == [("robust/paws-x", Result.NO_SOURCE)]


@pytest.mark.shared
def test_table_2_comes_out_whole(shared, published):
    folder = shared / "arxiv" / "pdf"
    reading = read_papers([folder / "2003.11080.pdf", folder / "1911.02116.pdf"], published)
    found = audit(published, reading.papers, reading.notes)
    tables = {one.table: one for one in found.tables}
    assert tables["xtreme-2"].whole
    assert tables["xtreme-2"].count(CellState.SAME) == 11 * 10
    for key, one in tables.items():
        assert one.count(CellState.SAME) == len(one.cells), key
        assert one.whole or key.startswith("xlmr")
    assert sum(len(one.cells) for one in found.tables) == 998
    assert not found.unexpected and not found.notes
