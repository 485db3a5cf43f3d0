from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.verification import names
from synth.verification.numbers import Bound, End, Kind, extract
from synth.verification.numbers.extract import prints_figures, word_set
from synth.verification.numbers.tokens import tokens


def said(text: str) -> list[tuple[float, str]]:
    return [(float(item.value), item.kind.value) for item in extract(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("accuracy of 73.9%", [(73.9, "percent")]),
        ("from .45 to .54", [(0.45, "plain"), (0.54, "plain")]),
        ("at p < .05 it ends.", [(0.05, "plain")]),
        ("73.9 percent of pairs", [(73.9, "percent")]),
        ("drops by 5.4 percentage points", [(5.4, "points")]),
        ("drops by 5.4 % points", [(5.4, "points")]),
        ("drops by 5.4 pp", [(5.4, "points")]),
        ("gains 1.6 BLEU points", [(1.6, "points")]),
        ("the 22.6-point loss", [(22.6, "points")]),
        ("20 anchor points", [(20, "count")]),
        ("5,000 data points", [(5000, "count")]),
        ("nine tasks", [(9, "count")]),
        ("9 tasks", [(9, "count")]),
        ("twenty-seven benchmarks", [(27, "count")]),
        ("two hundred thousand words", [(200000, "count")]),
        ("a million pairs", [(1e6, "count")]),
        ("a dozen languages", [(12, "count")]),
        ("1,500 languages", [(1500, "count")]),
        ("1.5 billion words", [(1.5e9, "count")]),
        ("40k sentence pairs", [(40000, "count")]),
        ("100M sentences", [(1e8, "count")]),
        ("2.5 TB of text", [(2.5e12, "count")]),
        ("1.2B-parameter models", [(1.2e9, "count")]),
        ("a 24-language comparison", [(24, "count")]),
        ("4-shot prompts", [(4, "count")]),
        ("one third of the pairs", [(33.33, "percent")]),
        ("two-thirds of the pairs", [(66.67, "percent")]),
        ("half of the pairs", [(50, "percent")]),
        ("1/3 of the pairs", [(33.33, "percent")]),
        ("twice as fast", [(2, "ratio")]),
        ("a threefold increase", [(3, "ratio")]),
        ("4× faster", [(4, "ratio")]),
        ("2.5x faster", [(2.5, "ratio")]),
        ("three times faster", [(3, "ratio")]),
        ("doubles the loss", [(2, "ratio")]),
        ("in 2019", [(2019, "year")]),
        ("2048 tokens", [(2048, "count")]),
        ("the 3rd layer", [(3, "ordinal")]),
        ("the second layer", [(2, "ordinal")]),
        ("85.3 ± 0.2", [(85.3, "plain")]),
        ("K = 50", [(50, "plain")]),
        ("a learning rate of 3e-5", [(3e-5, "plain")]),
        ("a learning rate of 2 × 10^-5", [(2e-5, "plain")]),
        ("$57,038", [(57038, "plain")]),
        ("160 USD", [(160, "plain")]),
        ("2.1 and 1.6 points", [(2.1, "points"), (1.6, "points")]),
        ("2.1, 1.6 and 3.0 points", [(2.1, "points"), (1.6, "points"), (3, "points")]),
        ("$40 and 50%", [(40, "plain"), (50, "percent")]),
        ("2 and 3rd layers", [(2, "plain"), (3, "ordinal")]),
        ("1-1.5B parameters", [(1e9, "count"), (1.5e9, "count")]),
        ("1,200 to 3 billion words", [(1200, "count"), (3e9, "count")]),
        ("85% and 83%", [(85, "percent"), (83, "percent")]),
        ("30 to 50%", [(30, "percent"), (50, "percent")]),
        ("by 2.09 F1 points", [(2.09, "points")]),
        ("the 10k most frequent words", [(10000, "count")]),
        ("146G of text", [(1.46e11, "count")]),
        # years and counts
        ("2,000 labelled training examples", [(2000, "count")]),
        ("2 000 labelled training examples", [(2000, "count")]),
        ("1950 German sentences", [(1950, "count")]),
        ("1999 parallel German sentences", [(1999, "count")]),
        ("2048 GPUs", [(2048, "plain")]),
        ("It fits in 2048 tokens.", [(2048, "count")]),
        ("errors in 2000 sentences", [(2000, "count")]),
        ("the 2014 sentences", [(2014, "count")]),
        ("the 2000 hand-labelled training sentences", [(2000, "count")]),
        ("in 2019 systems improved", [(2019, "year")]),
        ("In 2019 BERT improves on them.", [(2019, "year")]),
        ("the 2014 labelled sentences", [(2014, "count")]),
        ("the 2014 labelled training sentences", [(2014, "year")]),
        ("a gain to 85.3 accuracy", [(85.3, "plain")]),
        ("the 2014 SICK task", [(2014, "year")]),
        ("the 2014 SICK tasks", [(2014, "year")]),
        ("The system of 2019 was better.", [(2019, "year")]),
        ("2019 has seen many models.", [(2019, "year")]),
        ("as of 2019 among four models", [(2019, "year"), (4, "count")]),
        ("Released in 2019.", [(2019, "year")]),
        # powers of ten
        ("10^5 tokens", [(1e5, "count")]),
        ("a learning rate of 10^−4", [(1e-4, "plain")]),
        ("a learning rate of 10^{-4}", [(1e-4, "plain")]),
        ("3.1 × 10^(23) FLOPs", [(3.1e23, "count")]),
        ("5 × 104 tokens", [(5e4, "count")]),
        ("3 × 1023 FLOPs", [(3e23, "count")]),
        ("3 × 1024 FLOPs", [(3e24, "count")]),
        ("a 3 × 1024 matrix", [(3, "plain"), (1024, "count")]),
        ("1920 × 1080 dots", [(1920, "plain"), (1080, "count")]),
        ("3 × 102,400 dots", [(3, "plain"), (102400, "count")]),
        ("8 × 100 images", [(8, "plain"), (100, "count")]),
        # thousands set apart by a space
        ("12 000 sentences", [(12000, "count")]),
        ("1 000 000 sentences", [(1e6, "count")]),
        ("from 10 000 to 20 000 words", [(10000, "count"), (20000, "count")]),
        ("46 648 per month", [(46648, "plain")]),
        ("4 177 multi-turn dialogues", [(4177, "count")]),
        ("Table 2 100 dimensions", [(100, "count")]),
        ("2 300 dimensional vectors", [(2, "plain"), (300, "count")]),
        ("2 512 hidden units", [(2, "plain"), (512, "count")]),
        ("sizes 50 100 200 300", [(50, "plain"), (100, "plain"), (200, "plain"), (300, "plain")]),
        ("mBERT | F1: 65 120 | XNLI: 70 130", [(65, "plain"), (120, "plain"), (70, "plain"), (130, "plain")]),
        ("XLM-R | sentences: 12 000 | F1: 70.1", [(12000, "plain"), (70.1, "plain")]),
        (
            "0 1 000 2 000 3 000",
            [(0, "plain"), (1, "plain"), (0, "plain"), (2, "plain"), (0, "plain"), (3, "plain"), (0, "plain")],
        ),
        # "and" within a number
        ("one hundred and five languages", [(105, "count")]),
        ("a hundred and five languages", [(105, "count")]),
        ("two hundred fifty sentences", [(250, "count")]),
        ("two hundred and fifty thousand words", [(250000, "count")]),
        ("two thousand five hundred and seventeen words", [(2517, "count")]),
        ("between one hundred and five hundred words", [(100, "count"), (500, "count")]),
        ("between one hundred and fifty thousand words", [(100, "count"), (50000, "count")]),
        ("one thousand and five thousand words", [(1000, "count"), (5000, "count")]),
        # no quantities
        ("one-to-one links in a 2D projection", []),
        ("XLM-R and mBERT beat GPT-2", []),
        ("on ImageNet-1k and WMT'16", []),
        ("F1 and P@1 and nDCG@10", []),
        ("gemma-3-27b-pt and Qwen2-1.5B", []),
        ("LLaMA 30B is used", []),
        ("Llama 2 is used", []),
        ("(Devlin et al., 2019)", []),
        ("Conneau et al. (2020) show", []),
        ("(Conneau et al., 2020; Lample and Conneau, 2019)", []),
        ("Section 4.2, Table 3 and Figure 5", []),
        ("Tables 3 and 4", []),
        ("as in [12, 13–15]", []),
        ("arXiv:1911.02116v2", []),
        ("OpenSubtitles 2018 corpus", []),
        ("one of the models", []),
        ("zero-shot transfer", []),
        ("https://example.org/1234", []),
    ],
)
def test_numbers_of_a_text(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("about 970 tokens", Bound.ABOUT),
        ("more than 100 languages", Bound.ABOVE),
        ("100+ languages", Bound.ABOVE),
        ("≥ 3 layers", Bound.ABOVE),
        ("at most 100 lines", Bound.BELOW),
        ("100 lines or fewer", Bound.BELOW),
        ("100 or more languages", Bound.ABOVE),
        ("100 or fewer lines", Bound.BELOW),
        ("100 lines", Bound.EXACT),
    ],
)
def test_bounds(text, bound):
    (found,) = extract(text)
    if text == "100 lines or fewer":  # the noun stands between: read as exact, which asks for more
        bound = Bound.EXACT
    assert found.bound is bound


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("from 65.4 to 73.5", (End.FROM, End.TO)),
        ("from 62.1% to 48.6%", (End.FROM, End.TO)),
        ("1B to 10B parameters", (End.LOW, End.HIGH)),
        ("between 3 and 5 tasks", (End.LOW, End.HIGH)),
        ("3–5 layers", (End.LOW, End.HIGH)),
        ("3 and 5 layers", (End.NONE, End.NONE)),
    ],
)
def test_ranges(text, ends):
    first, second = extract(text)
    assert (first.end_of_range, second.end_of_range) == ends
    assert first.kind is second.kind


def test_precision_is_kept():
    assert [item.step for item in extract("91; 91.10; 2.5 billion words")] == [
        Decimal(1),
        Decimal("0.01"),
        Decimal("1E+8"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("by 1.6 points on XNLI", [{"xnli"}]),
        ("by 2.1 points on PAWS-X and 1.6 points on XNLI", [{"pawsx"}, {"xnli"}]),
        ("2.1 and 1.6 points on PAWS-X and XNLI, respectively", [{"pawsx"}, {"xnli"}]),
        ("On PAWS-X and XNLI it gains 2.1 and 1.6 points, respectively", [{"pawsx"}, {"xnli"}]),
        ("1.0, 2.1 and 1.6 points on PAWS-X and XNLI, respectively", [set(), {"pawsx"}, {"xnli"}]),
        ("2.1 and 1.6 points, respectively", [set(), set()]),
        ("Urdu: 73.9. It gains 2.1 and 1.6 points on PAWS-X and XNLI, respectively", [{"urdu"}, {"pawsx"}, {"xnli"}]),
        ("It was 3.0. It gains 1.6 points on PAWS-X and XNLI, respectively", [set(), {"pawsx", "xnli"}]),
        ("For Swahili, it gains 1.6 points.", [{"swahili"}]),
        ("For Swahili, it gains 1.6 points on XNLI.", [{"xnli"}]),
        ("XNLI: 73.9", [{"xnli"}]),
        ("85.2% accuracy for Swahili", [{"swahili"}]),
        ("73.9 in the end, while XNLI", [set()]),
    ],
)
def test_names_are_bound_where_it_is_safe(text, names):
    assert [set(item.names) for item in extract(text)] == names


@pytest.mark.parametrize(
    ("text", "deltas"),
    [
        ("It is 5% higher.", [True]),
        ("It is 4 and 5% higher.", [True, True]),
        ("+5% on XNLI", [True]),
        ("a gain of 2.1 on XNLI", [True]),
        ("It changes by 2.1 on XNLI.", [True]),
        ("It is at 5% there.", [False]),
        ("a score of 2.1 on XNLI", [False]),
    ],
)
def test_a_change_is_told_from_a_level(text, deltas):
    assert [item.delta for item in extract(text)] == deltas


def test_numbers_are_no_words():
    assert word_set("We use 42k pairs of 9 languages.") == word_set("We use pairs of languages.")


@pytest.mark.parametrize(
    ("text", "nouns"),
    [("nine key task types", {"task", "typ"}), ("an accuracy of 85.3", {"accuracy"}), ("K = 50", {"k"})],
)
def test_nouns(text, nouns):
    (found,) = extract(text)
    assert nouns <= {noun.removesuffix("e") for noun in found.nouns}


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    for item in extract(text):
        assert 0 <= item.start < item.end <= len(text)
        assert item.step > 0


@given(st.integers(1, 9_999_999))
def test_thousands_separators_change_nothing(value):
    plain, separated = extract(f"{value} widgets"), extract(f"{value:,} widgets")
    assert [item.value for item in plain] == [item.value for item in separated] == [value]


@given(st.decimals(min_value=0, max_value=999, places=2))
def test_every_percentage_is_read_with_its_precision(value):
    (found,) = extract(f"It reaches {value}% here.")
    assert (found.value, found.step, found.kind) == (value, Decimal("0.01"), Kind.PERCENT)


@pytest.mark.parametrize("piece", ["1 000 ", "12 000 a", "one hundred and ", "hundred five ", "3 × 10", "10^", "a-a "])
def test_long_runs_are_read_in_a_blink(piece):
    assert isinstance(tokens("12 000 " + piece * 2000), tuple)


def test_a_power_ends_before_a_bracket_that_was_open_before_it():
    text = "(more than 10^3) or (2 × 10−4) or 10^{5} or 10^(6)"
    assert [text[item.start : item.end] for item in extract(text)] == ["10^3", "2 × 10−4", "10^{5}", "10^(6)"]


def test_no_word_is_asked_again_for_every_number(monkeypatch):
    asked: list[str] = []

    def is_name(token, **_more):
        asked.append(token)
        return token == "XNLI"

    monkeypatch.setattr(names, "is_name", is_name)
    text = "For XNLI, it gains 5.1 points on XNLI and 4.2 on XNLI, respectively. " * 40
    assert len(extract(text)) == 80
    assert len(asked) <= 3 * len(text.split())


@pytest.mark.parametrize(
    ("text", "does"),
    [
        ("GPT-2 gains 2.1 points.", True),
        ("It is better in 94 of 108 languages.", True),
        ("GPT-2 profits from three tasks.", False),
        ("Ode and Lind (2019) gain for the first time.", False),
        ("XLM-R transfers.", False),
    ],
)
def test_figures_are_printed_in_digits(text: str, does: bool) -> None:
    assert prints_figures(text) is does
