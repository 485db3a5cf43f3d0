from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.experiment.references import LIMIT, bindings, expand, fill, named

words = st.lists(st.from_regex(r"[a-z0-9-]{1,5}", fullmatch=True), min_size=1, max_size=4)


def test_a_brace_names_each_choice_in_order():
    assert expand("t/{a,b}/{x,y}") == ("t/a/x", "t/a/y", "t/b/x", "t/b/y")
    assert expand("plain") == ("plain",)


@given(st.lists(words, max_size=4))
def test_a_pattern_names_the_product_of_its_choices(choices):
    found = expand("/".join("{" + ",".join(some) + "}" for some in choices) + "/end")
    number = 1
    for some in choices:
        number *= len(some)
    assert len(found) == number
    assert all(one.endswith("/end") and "{" not in one for one in found)


@pytest.mark.parametrize("pattern", ["a{b", "a}b", "{a,}", "{}", "{{a}}x}", "{a,b}{a"])
def test_a_broken_pattern_is_refused(pattern):
    with pytest.raises(ValueError, match=r"brace|empty"):
        expand(pattern)


def test_too_many_names_are_refused():
    many = "{" + ",".join(str(one) for one in range(101)) + "}"
    with pytest.raises(ValueError, match=f"{LIMIT:,} at most"):
        expand(many * 2)


def test_variables_take_every_word():
    assert list(bindings({"row": "a b", "metric": "f1"})) == [
        {"row": "a", "metric": "f1"},
        {"row": "b", "metric": "f1"},
    ]
    assert list(bindings({})) == [{}]
    assert fill("t/$row/$metric", {"row": "a", "metric": "f1"}) == "t/a/f1"
    assert named(["$row/{x,y}", "z"], {"row": "a"}) == ("a/x", "a/y", "z")


def test_an_unbound_variable_is_refused():
    with pytest.raises(ValueError, match=r"\$row is not bound"):
        fill("t/$row", {})
