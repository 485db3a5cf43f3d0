from __future__ import annotations

import datetime as dt

import pytest

from synth.errors import ConfigError
from synth.pipeline.options import day, report_options
from synth.sources.query import filters


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", dt.date(2020, 1, 1), dt.date(2020, 12, 31)),
        ("2020-02", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
        ("2020-12", dt.date(2020, 12, 1), dt.date(2020, 12, 31)),
        ("2020-05-28", dt.date(2020, 5, 28), dt.date(2020, 5, 28)),
        ("9999", dt.date(9999, 1, 1), dt.date(9999, 12, 31)),
    ],
)
def test_a_year_and_a_month_are_whole(text, first, last):
    assert day("--since", text) == first
    assert day("--until", text, last=True) == last


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    "text", ["", "yesterday", "2020-13", "2020-23", "2020-00", "2020-00-05", "2020-02-30", "20-1-1", "0000", "0000-12"]
)
def test_what_is_no_date_is_said(text, last):
    with pytest.raises(ConfigError, match=f"--since: '{text}' is no date"):
        day("--since", text, last=last)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"papers": 0}, "--papers 0"),
        ({"papers": 5000}, "1 to 200"),
        ({"claims": -1}, "--claims -1"),
        ({"since": "2021", "until": "2020"}, "turn them round"),
        ({"categories": "cs.CL, DROP"}, "DROP"),
    ],
)
def test_bad_options_are_named(given, said):
    with pytest.raises(ConfigError, match=said):
        report_options(**given)


def test_a_missing_pdf_folder_is_named(tmp_path):
    with pytest.raises(ConfigError, match="does not exist"):
        report_options(pdfs=[tmp_path / "none"])


def test_categories_are_split_at_commas_and_spaces():
    assert report_options(categories="cs.CL, math.* hep-th").categories == ("cs.CL", "math.*", "hep-th")


def test_categories_are_brought_to_arxivs_form():
    given = report_options(categories="cs.cl, CS.CL, q-bio.bm cond-mat.str-el stat.*").categories
    assert given == ("cs.CL", "q-bio.BM", "cond-mat.str-el", "stat.*")


@pytest.mark.parametrize("name", ["cs.CLL", "cs.", ".CL", "cs.C", "HEP-TH", "cs.CL.AI", "cs.*x", "cs CL"])
def test_a_category_that_is_none_is_refused_once_and_the_same_way(name):
    said = "'.*' is no arXiv category; expected one such as cs.CL, cond-mat.str-el or"
    with pytest.raises(ConfigError, match=f"--categories: {said}"):
        report_options(categories=name)
    with pytest.raises(ConfigError, match=said):
        filters(None, None, [name])
