"""The card on a terminal: what stands there, and what of a file never reaches it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from synth.experiment.rerun_card.card import run_cards
from synth.experiment.rerun_card.terminal import card_text
from tests.experiment.rerun_card.examples import AUDITED, run


def test_answers_and_effects_stand_beside_what_was_published():
    text = card_text(run_cards([run()], AUDITED), [Path("out/experiment.md"), Path("out/experiment.html")], width=160)
    assert text.startswith("Mini scale: Of ")
    assert "Does TyDiQA benefit from intermediate training on English? yes, at this scale." in text
    (line,) = [one for one in text.splitlines() if one.startswith(" mean over tasks") and "+5.4" in one]
    assert line.split()[3:5] == ["+5.4", "+2.4"] and "same direction" in line
    assert text.endswith("Written to out: experiment.md, experiment.html\n")


def test_no_control_code_of_a_file_reaches_the_terminal():
    bad = "\x1b[2J\x1b]0;x\x07"
    effects = tuple(replace(one, task=bad) if one.id == "robust/xnli" else one for one in run().effects)
    text = card_text(run_cards([run(scale=bad, hardware=bad, absent=(bad,), effects=effects)], AUDITED))
    assert "\x1b" not in text and "\x07" not in text
