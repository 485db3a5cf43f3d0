from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.errors import ConfigError
from synth.experiment.numbers import LEVEL
from synth.experiment.published import parse_published, read_published
from tests.experiment.examples import TOML


def changed(old: str, new: str) -> str:
    assert TOML.count(old) >= 1, old
    return TOML.replace(old, new, 1)


def line(text: str, part: str) -> int:
    return next(number for number, one in enumerate(text.splitlines(), 1) if part in one)


def test_cells_become_numbers_with_their_digits():
    found = parse_published(TOML, "fruit.toml")
    pears = found.numbers["fruit-1/large/pears/em"]
    assert (pears.value, str(pears.value), pears.tolerance) == (Decimal("50.3"), "50.3", Decimal("0.05"))
    assert (pears.about.task, pears.about.model, pears.about.metric) == ("pears", "large", "EM")
    assert (pears.about.effect, pears.where, pears.source) == (LEVEL, "Table 1, page 1", "fruit")
    assert len(found.numbers) == 2 * 4 + 2
    assert found.numbers["hearsay/gain"].source is None


def test_derivations_are_made_for_each_word():
    derived = parse_published(TOML, "fruit.toml").derived
    assert derived["fruit-1/large/mean"].of == ("fruit-1/large/apples", "fruit-1/large/pears/mean")
    assert derived["fruit-1/large/mean"].about.model == "large"
    assert derived["growth"].about.effect == "growing"
    assert derived["growth"].unit == "points"


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ('cells = "60.0 70.0 60.0/40.0"', 'cells = "60.0 nan 60.0/40.0"', "rows.small", "column 'apples' is 'nan'"),
        ('cells = "60.0 70.0 60.0/40.0"', 'cells = "60.0 70.0 60.0"', "rows.small", "expected two numbers"),
        ('cells = "60.0 70.0 60.0/40.0"', 'cells = "60.0 70.0"', "rows.small", "2 cells, the table has 3 columns"),
        ('cells = "60.0 70.0 60.0/40.0"', 'cells = "60.01 70.0 6.0/4.0"', "rows.small", "1 decimals at most"),
        ("value = 10.0", "value = nan", "value = nan", "finite"),
        ("value = 10.0", "value = inf", "value = inf", "finite"),
        ("value = 10.0", "value = 1e99", "value = 1e99", "under a million"),
        ("value = 10.0", 'value = "10"', 'value = "10"', "without quotation marks"),
        ("value = 10.0", "value = true", "value = true", "without quotation marks"),
        ('source = "cellar"\n', "", 'id = "cellar/gain"', "no source"),
        ('source = "cellar"\n', 'source = "attic"\n', 'source = "attic"', "there is no [source.attic]"),
        ('unsourced = "Told', 'source = "cellar"\nunsourced = "Told', 'id = "hearsay/gain"', "both"),
        ('id = "cellar/gain"', 'id = "fruit-1/small/avg"', 'id = "fruit-1/small/avg"', "is there already"),
        ('id = "growth"', 'id = "cellar/gain"', None, "is there already"),
        ('id = "pruned"', 'id = "growth"', None, "is there already"),
        ('sum = ["fruit-1/large/apples"', 'sum = ["fruit-1/large/aples"', "aples", "mean 'fruit-1/large/apples'"),
        ('equals = "cellar/gain"', 'equals = "growth"', 'equals = "growth"', "no number has the id 'growth'"),
        ('sum = ["fruit-1/large/apples", "hearsay/gain"]', 'sum = "pruned"', None, "in a circle: pruned needs pruned"),
        ('difference = ["fruit-1/large/avg", ', "difference = [", 'id = "growth"', "takes 2 ids, found 1"),
        ('step = true', 'sum = "fruit-1/small/avg"', 'id = "fruit-1/$row/pears/mean"', "expected one of"),
        ('each.row = "small large"', 'each.raw = "small large"', 'id = "fruit-1/$row/pears/mean"', "$row is not bound"),
        ('unit = "points"', 'unit = "apples"', 'unit = "apples"', "'percent' or 'points'"),
        ('baseline = "small"', 'base = "small"', 'base = "small"', "there is no key 'base'"),
        ('paper = "2401.00001v2"', 'paper = "v2"', 'paper = "v2"', "no arXiv id"),
        ("schema = 1", "schema = 2", "schema = 2", "expected 1"),
        ("schema = 1", "", None, "missing"),
        ('kind = "baselines"', 'kind = "fears"', 'kind = "fears"', "expected"),
        ('["fruit-1/large/avg"] }', '["fruit-1/lrge/avg"] }', "groups", "did you mean"),
        ("decimals = 1", "decimals = 1\ntolerance = 0.2", 'id = "fruit-1"', "needs a reason"),
        ("decimals = 1", 'decimals = 1\ntolerance = -0.2\nreason = "r"', "tolerance", "0 or more"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_with_its_line(old, new, at, said):
    text = changed(old, new)
    with pytest.raises(ConfigError) as caught:
        parse_published(text, "fruit.toml")
    message = str(caught.value)
    assert said in message and message.startswith("fruit.toml") and "\n" not in message
    if at is not None:
        place = line(text, at)
        assert caught.value.facts["line"] in (place, place - 1), message


def test_a_longer_circle_is_named_whole():
    text = TOML + "\n".join(
        f'[[derived]]\nid = "{one}"\nsum = "{other}"\n' for one, other in (("a1", "b1"), ("b1", "c1"), ("c1", "a1"))
    )
    with pytest.raises(ConfigError, match="circle") as caught:
        parse_published(text, "fruit.toml")
    message = str(caught.value)
    assert any(
        f"{circle}" in message for circle in ("a1 needs b1 needs c1", "b1 needs c1 needs a1", "c1 needs a1 needs")
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('published = "cellar/gain"', 'published = "hearsay/gain"', "is not compared with"),
        ('derived = "growth"', 'derived = "growing"', "did you mean 'growth'"),
    ],
)
def test_a_conflict_is_one_of_a_comparison(old, new, said):
    text = TOML + '\n[[conflict]]\nderived = "growth"\npublished = "cellar/gain"\nreason = "r"\n'
    assert parse_published(text, "f").conflicts[0].reason == "r"
    with pytest.raises(ConfigError, match=said):
        parse_published(text.replace(old, new), "f")
    with pytest.raises(ConfigError, match="twice"):
        parse_published(text + text[text.index("\n[[conflict]]") :], "f")


def test_no_toml_is_said_with_its_line():
    with pytest.raises(ConfigError, match=r"is no TOML.*line 2"):
        parse_published("schema = 1\nx = = 2\n", "f.toml")
    with pytest.raises(ConfigError, match="holds no number"):
        parse_published("schema = 1\n", "f.toml")


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        read_published(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("title = 'é'".encode("latin-1"))
    with pytest.raises(ConfigError, match="no UTF-8"):
        read_published(tmp_path / "latin.toml")


@given(st.text(max_size=200))
def test_any_text_is_numbers_or_one_clear_line(text):
    for body in (text, f"schema = 1\n{text}"):
        try:
            parse_published(body, "f.toml")
        except ConfigError as error:
            assert str(error).startswith("f.toml")


@given(st.data())
def test_a_line_left_out_never_brings_it_down(data):
    lines = TOML.splitlines()
    kept = lines[:]
    for _ in range(data.draw(st.integers(1, 3))):
        kept.pop(data.draw(st.integers(0, len(kept) - 1)))
    try:
        parse_published("\n".join(kept), "f.toml")
    except ConfigError as error:
        assert str(error).startswith("f.toml")
