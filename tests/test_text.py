from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.text import (
    claim_id,
    collapse,
    content_words,
    normalise,
    plain,
    sentence_spans,
    sentences,
    slug,
    stem,
    words,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One ends. Two ends!  Three? Four.", ["One ends.", "Two ends!", "Three?", "Four."]),
        ("As Conneau et al. (2020) say, it works. We agree.", ["As Conneau et al. (2020) say, it works.", "We agree."]),
        ("It follows Lample et al. The rest is ours.", ["It follows Lample et al.", "The rest is ours."]),
        (
            "See Fig. 3 and Sec. 2.1 of it, e.g. Table 2. It is 2.5 points.",
            ["See Fig. 3 and Sec. 2.1 of it, e.g. Table 2.", "It is 2.5 points."],
        ),
        ("The list is in Appendix A. Figure 1 shows it.", ["The list is in Appendix A.", "Figure 1 shows it."]),
        ("J. Smith wrote it. K. Doe did not.", ["J. Smith wrote it.", "K. Doe did not."]),
        ("A ranking task. mUSE was trained on it.", ["A ranking task.", "mUSE was trained on it."]),
        ("He said “it works.” Then he left.", ["He said “it works.”", "Then he left."]),
        ("It works (see Table 1). Also here.", ["It works (see Table 1).", "Also here."]),
        ("Accuracy is 65.4 vs. 70.1 before. 3 runs agree.", ["Accuracy is 65.4 vs. 70.1 before.", "3 runs agree."]),
        ("no stop at all", ["no stop at all"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert list(sentences(text)) == parts


@given(st.text())
def test_spans_are_in_order_and_hold_every_visible_character(text: str) -> None:
    spans = sentence_spans(text)
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    "text", ["Name " + "." * 20_000 + "x We show it.", ". " * 10_000, "A. " * 10_000, "Why." + '"' * 20_000 + "x"]
)
def test_a_long_run_of_marks_is_read_to_its_end(text: str) -> None:
    """No clock: a reading whose time grows faster than the text would take hours here."""
    held = "".join(text[start:end] for start, end in sentence_spans(text))
    assert "".join(held.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a speed-up of $2.0\\times$ on \\textbf{BERT}", "a speed-up of 2.0× on BERT"),
        ('see <a href="https://x.org">here</a> &amp; there', "see here & there"),
        ("\\emph{\\textbf{two} deep}", "two deep"),
        ("5\\% of it costs \\$3", "5% of it costs $3"),
        ("x < y and z > w", "x < y and z > w"),
        ("as shown~\\cite{a,b} in \\href{https://x.org}{this}", "as shown in this"),
        ("$10^{6}$ words", "10^6 words"),
        ("for every $n<m$ it holds when $m>3$", "for every n<m it holds when m>3"),
        ("it emits <think> and </think> first", "it emits <think> and </think> first"),
        ("H<sub>2</sub>O and <b>bold</b>", "H2O and bold"),
    ],
)
def test_plain(raw: str, clean: str) -> None:
    assert plain(raw) == clean


@given(st.text(alphabet="<>ab =\"'&;/$") | st.text())
def test_plain_text_has_single_spaces(text: str) -> None:
    made = plain(text)
    assert made == collapse(made)


def test_words() -> None:
    assert words("XLM-R gains 65.4% on the authors’ ﬁle; don't.") == (
        "xlm-r", "gains", "65.4", "on", "the", "authors", "file", "don't",
    )  # fmt: skip
    assert content_words("The models are gaining on a task") == ("model", "gain", "task")


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("studies", "study"), ("models", "model"), ("class", "class"), ("trained", "train"), ("bus", "bus")],
)
def test_stem(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@given(st.text())
def test_claims_that_read_alike_share_an_id(text: str) -> None:
    assert claim_id(text) == claim_id(f"  {text}  ")
    assert normalise(normalise(text)) == normalise(text)
    assert len(claim_id(text)) == 12


def test_raised_digits_are_other_digits() -> None:
    assert claim_id("It has 10⁵ tokens.") == claim_id("It has 10^5 tokens.") != claim_id("It has 105 tokens.")
    assert normalise("A rate of 10⁻¹², 2² or 2^⁻²") == "a rate of 10^-12, 2^2 or 2^-2"
    assert claim_id("It has 105 tokens.") == "7e56c4b6d350"


def test_slugs() -> None:
    assert slug("How well do multilingual models transfer?") == "how-well-do-multilingual-models-transfer"
    assert slug("多语言模型").startswith("question-")
    assert slug("多语言模型") != slug("语言模型")
    long = slug("word " * 60)
    assert len(long) <= 80
    assert long != slug("word " * 61)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Is C faster than Rust?", "Is C++ faster than Rust?"),
        ("Does α help?", "Does β help?"),
        ("Is NET slow?", "Is .NET slow?"),
        ("Is it 5 below zero?", "Is it -5 below zero?"),
        ("Does 5 of it help?", "Does 5% of it help?"),
        ("Who reads the resume?", "Who reads the résumé?"),
        ("Is a b a name?", "Is a_b a name?"),
        ("Are 23 enough?", "Are 2–3 enough?"),
        ("Does X-" + 20 * "word " + "help?", "Does X+" + 20 * "word " + "help?"),
    ],
)
def test_what_a_slug_loses_is_told_by_a_hash(one: str, other: str) -> None:
    assert slug(one) != slug(other)
    assert all(len(slug(text)) <= 80 and slug(text).isascii() for text in (one, other))


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Don't pre- and post-training differ: is TCP/IP slow?", "don-t-pre-and-post-training-differ-is-tcp-ip-slow"),
        ('Does X, when "used well" (e.g. on XNLI) – or not –, help?', "does-x-when-used-well-e-g-on-xnli-or-not-help"),
        ("Is GPT-3.5 better than GPT-4 -- or “worse” …?", "is-gpt-3-5-better-than-gpt-4-or-worse"),
    ],
)
def test_a_question_of_words_and_punctuation_needs_no_hash(question: str, name: str) -> None:
    assert slug(question) == name


@given(st.text(), st.text())
def test_a_slug_is_a_name_and_tells_questions_apart(one: str, other: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug(one))
    if slug(one) == slug(other):
        assert re.findall(r"\w", normalise(one)) == re.findall(r"\w", normalise(other))
