from __future__ import annotations

import json
import re

import pytest

from synth.errors import OutputError
from synth.experiment import view
from synth.experiment.audit import backing
from synth.experiment.card import NAMES, audit_html, audit_markdown, write_card
from synth.experiment.export import audit_json
from synth.experiment.findings import Result
from synth.experiment.terminal import audit_text
from tests.experiment.examples import TOML, audited

CONFLICT = '\n[[conflict]]\nderived = "growth"\npublished = "cellar/gain"\nreason = "The cellar is cold."\n'
APART = TOML.replace("value = 10.0", "value = 11.0")


def results(text: str = TOML) -> dict[str, Result]:
    return {one.id: one.result for one in audited(text).findings}


def test_every_number_has_its_result():
    found = results()
    assert found["fruit-1/small/avg"] is Result.RECOMPUTED
    assert found["fruit-1/small/apples"] is Result.PUBLISHED
    assert found["cellar/gain"] is Result.WITHIN  # 70.1 - 60.0 is 10.1
    assert found["hearsay/gain"] is Result.NO_SOURCE
    assert found["pruned"] is Result.NO_SOURCE
    assert found["plums"] is Result.DERIVED
    assert results(APART)["cellar/gain"] is Result.DIFFERS


def test_a_difference_is_unexpected_unless_it_is_known():
    assert audited(APART).unexpected == ("cellar/gain is 11.0, growth gives 10.1",)
    known = audited(APART + CONFLICT)
    assert not known.unexpected and not known.stale
    assert known.count(Result.DIFFERS) == 1


def test_a_mark_without_a_difference_is_stale():
    assert audited(TOML + CONFLICT).stale == ("the conflict of growth with cellar/gain is none: within tolerance",)


@pytest.mark.parametrize(("kind", "holds"), [("baselines", True), ("versions", True), ("coincidence", False)])
def test_a_caution_is_borne_out_or_said_not_to_be(kind, holds):
    found = audited(TOML.replace('kind = "baselines"', f'kind = "{kind}"'))
    assert found.cautions[0].holds is holds
    assert bool(found.stale) is not holds


def test_backing_goes_by_fields():
    found = audited()
    assert [one.id for one in backing(found, task="fruit", model="large", effect="growing")] == ["cellar/gain"]
    assert [one.id for one in backing(found, effect="pruning")] == ["hearsay/gain"]
    assert backing(found, task="plums", effect="growing") == ()
    assert len(backing(found)) == len(found.findings)


def test_hearsay_does_not_confirm_what_is_published():
    text = TOML + '[[derived]]\nid = "h"\nsum = "hearsay/gain"\nequals = "fruit-1/small/apples"\n'
    assert results(text)["fruit-1/small/apples"] is Result.PUBLISHED


def test_steps_are_not_shown_as_results():
    lines = view.lines(audited())
    looked = {one.id for one in view.worth_a_look(lines)}
    assert "plums" in looked and "fruit-1/small/pears/mean" not in looked
    assert "fruit-1/small/pears/mean" in {one.id for one in lines}


def test_json_says_all_of_it():
    data = json.loads(audit_json(audited(APART)))
    by = {one["id"]: one for one in data["numbers"]}
    assert data["counts"]["differs"] == 1 and sum(data["counts"].values()) == len(by)
    (check,) = by["cellar/gain"]["checks"]
    assert (check["recomputed"], check["difference"], check["tolerance"]) == ("10.1", "-0.9", "0.15")
    assert by["fruit-1/small/apples"]["published"]["value"] == "70.0"
    assert by["plums"]["derived"]["value"] == "50"
    assert data["cautions"][0]["groups"]["large"][0]["value"] == "70.1"
    assert data["unexpected"] and not data["stale"]


def test_the_terminal_shows_what_needs_a_look():
    found = audited(APART)
    text = audit_text(found)
    assert "\x1b" not in text and "Differs unexpectedly" in text and "Told at the market." in text
    assert "fruit-1/small/apples" not in text
    assert "fruit-1/small/apples" in audit_text(found, everything=True)
    assert all(len(line) <= 80 for line in audit_text(found, width=80).splitlines())
    assert "\x1b" in audit_text(found, colour=True)


def test_the_card_has_every_number_and_asks_for_nothing():
    found = audited(APART)
    page, text = audit_html(found), audit_markdown(found)
    for one in found.findings:
        assert one.id in page and one.id in text
    assert "src=" not in page and "<script" not in page and "default-src 'none'" in page
    assert (page, text) == (audit_html(audited(APART)), audit_markdown(audited(APART)))
    assert len(re.findall(r"<(?:table|details|section)\b", page)) == len(
        re.findall(r"</(?:table|details|section)>", page)
    )


def test_words_of_the_file_stay_words():
    nasty = "<script>alert(1)</script> | *x* [y](http://z) \\u001b[31m"
    text = TOML.replace("Told at the market.", nasty).replace("Two orchards", nasty).replace("A cellar book", nasty)
    found = audited(text)
    assert "<script>alert" not in audit_html(found)
    assert "<script>" not in audit_markdown(found) and "](http:" not in audit_markdown(found).replace("\\]", "")
    assert "\x1b" not in audit_text(found) and "\x1b" not in audit_html(found)


def test_the_card_is_written_whole_or_not_at_all(tmp_path):
    written = write_card(audited(), tmp_path / "new" / "card")
    assert [one.name for one in written] == list(NAMES)
    assert sorted(one.name for one in (tmp_path / "new" / "card").iterdir()) == sorted(NAMES)
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="--out"):
        write_card(audited(), tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"
