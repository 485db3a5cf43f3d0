"""A report goes into its folder; a folder that was named after another question is left alone."""

from __future__ import annotations

import dataclasses

import pytest

from synth.errors import OutputError
from synth.pipeline.batch import run_batch
from synth.pipeline.delivery import Outcome, check_place, deliver
from synth.pipeline.review import read_report
from synth.text import slug
from tests.pipeline.arxiv import QUESTION
from tests.pipeline.batch_child import orders

OTHER = QUESTION.replace("byte-level tokenisation", "byte-level, tokenisation")


@pytest.fixture
def first(tmp_path):
    return dataclasses.replace(orders(tmp_path)[0], folder=tmp_path / slug(QUESTION))


def test_the_folder_of_one_question_is_not_filled_with_another(make_parts, arxiv, first):
    assert slug(OTHER) == slug(QUESTION)
    run_batch([first], make_parts())
    before, asked = (first.folder / "report.json").read_bytes(), len(arxiv.paths)
    with pytest.raises(OutputError, match=r"holds the report on another question, “Does byte-level tok.*--out"):
        deliver(OTHER, first.options, make_parts(), first.folder)
    assert ((first.folder / "report.json").read_bytes(), len(arxiv.paths)) == (before, asked)


def test_a_folder_of_the_users_choosing_takes_another_question(make_parts, first, tmp_path):
    order = dataclasses.replace(first, folder=tmp_path / "mine")
    run_batch([order], make_parts())
    assert deliver(OTHER, order.options, make_parts(), order.folder).outcome is Outcome.REGENERATED
    assert read_report(order.folder).report.question == OTHER


@pytest.mark.parametrize("other", [QUESTION.rstrip("?"), QUESTION.upper()])
def test_case_and_the_last_mark_make_no_other_question(make_parts, first, other):
    run_batch([first], make_parts())
    check_place(other, first.folder)


def test_a_damaged_report_may_be_replaced(tmp_path):
    folder = tmp_path / slug(OTHER)
    folder.mkdir()
    (folder / "report.json").write_text("{", encoding="utf-8")
    check_place(OTHER, folder)
