from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.sources.ids import base_id, file_stem, month, parse_arxiv_id, version

new_ids = st.builds(
    lambda year, month, number: (
        f"{year:02d}{month:02d}.{number:05d}" if year >= 15 else f"{year:02d}{month:02d}.{number % 10000:04d}"
    ),
    st.integers(8, 40),
    st.integers(1, 12),
    st.integers(1, 99999),
)
old_ids = st.builds(
    lambda archive, year, month, number: f"{archive}/{year:02d}{month:02d}{number:03d}",
    st.sampled_from(["hep-th", "quant-ph", "math", "cs", "cond-mat"]),
    st.sampled_from([91, 95, 99, 0, 3, 6]),
    st.integers(1, 12),
    st.integers(1, 999),
)
any_ids = st.one_of(new_ids, old_ids)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("2005.13013", "2005.13013"),
        (" 2005.13013v2\n", "2005.13013v2"),
        ("arXiv:2005.13013", "2005.13013"),
        ("ARXIV: 0704.0001v1", "0704.0001v1"),
        ("https://arxiv.org/abs/2005.13013v2", "2005.13013v2"),
        ("http://export.arxiv.org/pdf/2005.13013v2.pdf", "2005.13013v2"),
        ("arxiv.org/abs/hep-th/9901001?context=math", "hep-th/9901001"),
        ("https://arxiv.org/pdf/hep-th/9901001v3#page=2", "hep-th/9901001v3"),
        ("math.GT/0309136", "math/0309136"),
        ("1412.9999", "1412.9999"),
        ("2005.13013v99", "2005.13013v99"),
    ],
)
def test_both_forms_with_prefix_version_and_address(given_text, expected):
    assert parse_arxiv_id(given_text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "../../etc/passwd",
        "2005.13013v0",
        "2005.13013v02",
        "2005.1301",
        "1412.12345",
        "2013.13013",
        "0703.1234",
        "2005.13013 2005.13014",
        "2005.13013v",
        "2005.13013/../x",
        "foo-bar/9901001",
        "hep-th/9913001",
        "hep-th/../9901001",
        "https://example.org/abs/2005.13013",
        "https://arxiv.org.example.org/abs/2005.13013",
        "２００５.１３０１３",
        "file:0123456789ab",
        "2005.13013\x00",
    ],
)
def test_everything_else_is_refused_in_one_line(text):
    with pytest.raises(ConfigError, match="no arXiv id; expected one such as") as caught:
        parse_arxiv_id(text)
    assert "\n" not in str(caught.value)


@given(any_ids, st.none() | st.integers(1, 999))
def test_base_and_version_are_the_parts_of_an_id(base, number):
    whole = base + (f"v{number}" if number else "")
    assert parse_arxiv_id(whole) == whole
    assert base_id(whole) == base
    assert version(whole) == number
    assert parse_arxiv_id(f"https://arxiv.org/pdf/{whole}.pdf") == whole
    assert "/" not in file_stem(whole)


@given(st.text(max_size=30))
def test_whatever_is_accepted_is_accepted_again_and_holds_no_path(text):
    try:
        found = parse_arxiv_id(text)
    except ConfigError:
        return
    assert parse_arxiv_id(found) == found
    assert ".." not in found
    assert found.count("/") <= 1


def test_ids_of_files_are_left_as_they_are():
    assert base_id("file:0123456789ab") == "file:0123456789ab"
    assert version("file:0123456789ab") is None


@pytest.mark.parametrize(
    ("identifier", "first"),
    [
        ("2005.00396v3", dt.date(2020, 5, 1)),
        ("0704.0001", dt.date(2007, 4, 1)),
        ("hep-th/9901001v2", dt.date(1999, 1, 1)),
        ("math.GT/0309136", dt.date(2003, 9, 1)),
    ],
)
def test_an_id_names_the_month_of_the_first_version(identifier, first):
    assert month(identifier) == first
