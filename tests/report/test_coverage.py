"""Which words count as covering a part of the question."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.question import phrases
from synth.report import sizes
from synth.report.abbreviations import abbreviations, expand
from synth.report.coverage import facets, together
from synth.report.terms import found_in, phrase_of, root, words_of
from synth.types import Document, Facet, ReadFrom, SectionRole, Sentence


def document(*texts: tuple[SectionRole, str], read_from: ReadFrom = ReadFrom.PDF) -> Document:
    body = ""
    found = []
    for role, text in texts:
        found.append(Sentence(text=text, start=len(body), end=len(body) + len(text), page=1, section="", role=role))
        body += text + " "
    return Document(paper_id="p", read_from=read_from, text=body, sentences=tuple(found))


def covers(phrase: str, *texts: tuple[SectionRole, str], read_from: ReadFrom = ReadFrom.PDF, title: str = "") -> bool:
    reading = document(*texts, read_from=read_from)
    (facet,) = facets(phrase, [phrase], {"p": reading}, titles={"p": title})
    return facet.covered


R = SectionRole.RESULTS


@pytest.mark.parametrize(
    ("phrase", "sentence", "expected"),
    [
        ("cross-lingual", "A crosslingual encoder", True),
        ("crosslingual", "A cross-lingual encoder", True),
        ("fine tuning", "After finetuning it", True),
        ("fine-tuning", "The fine-tuned model", True),
        ("code generation", "It generates code", True),
        ("code generation", "Codes of conduct", False),
        ("code generation", "The CG corpus", False),
        ("novel code generation", "It generates code", True),
        ("code generation", "It generates code-switched data", False),
        ("code generation", "Code-generation models", True),
        ("English intermediate tasks", "Intermediate tasks that are English-only", True),
        ("noise", "A noise-robust encoder", True),
        ("multimodal models", "A multi-modal encoder", True),
        ("noisy input conditions", "Noise in the input", True),
        ("large language models", "LLMs do this", True),
        ("quantization", "A quantised net", True),
        ("XTREME-R", "XLM-R on XTREME", False),
        ("XTREME", "XTREME-R is harder", False),
        ("XTREME-R", "On XTREME-R it falls", True),
        ("intermediate-task training", "Training on English intermediate tasks", True),
        ("multimodal intermediate-task training", "Intermediate-task training on text", False),
        ("language models", "A language of birds", False),
        ("character-level neural networks", "Character-level convolutional networks", True),
        ("character-level neural networks", "A neural network over words", False),
        ("graph neural networks", "A graph of networks", False),
        ("meaning", "The mean of five runs", False),
        ("meaning", "They capture word meanings", True),
    ],
)
def test_a_phrase_in_a_sentence(phrase: str, sentence: str, expected: bool) -> None:
    asked = phrase_of(phrase)
    assert asked is not None
    assert found_in(asked, words_of(sentence)) is expected


@pytest.mark.parametrize("phrase", ["performance gap", "models", "impact", "different methods", ""])
def test_general_words_are_no_part_of_a_question(phrase: str) -> None:
    assert phrase_of(phrase) is None
    assert facets(phrase, [phrase], {}) == ()


def test_words_far_apart_are_not_a_phrase() -> None:
    far = "Code was released, and after a long discussion of many other things that matter here, generation is next."
    asked = phrase_of("code generation")
    assert asked is not None
    assert not found_in(asked, words_of(far))


def test_a_mention_in_related_work_is_no_coverage() -> None:
    mention = "Code generation was studied before."
    assert not covers("code generation", *[(SectionRole.RELATED, mention)] * 5)
    assert not covers("code generation", (R, mention))
    assert covers("code generation", (R, mention), (SectionRole.METHOD, "We generate code."))
    assert covers("code generation", (SectionRole.ABSTRACT, mention))
    assert covers("code generation", (R, "Nothing."), title="Better Code Generation")


def test_a_limitation_is_no_coverage_and_a_caption_may_be() -> None:
    said = "It generates code."
    assert not covers("code generation", (SectionRole.LIMITATIONS, said), (SectionRole.LIMITATIONS, said))
    read = document((R, said))
    (caption,) = document((R, "Table 2. Accuracy of code generation.")).sentences
    for found, covered in ((read, False), (dataclasses.replace(read, captions=(caption,)), True)):
        (facet,) = facets("code generation", ["code generation"], {"p": found})
        assert facet.covered is covered


def test_what_was_not_done_is_no_coverage() -> None:
    assert not covers("code generation", (SectionRole.ABSTRACT, "We leave code generation to future work."))
    assert not covers("code generation", (SectionRole.ABSTRACT, "We do not evaluate code generation."))
    assert not covers("code generation", (SectionRole.ABSTRACT, "Code generation is beyond the scope of this work."))


def test_a_digest_has_no_room_for_passing_mentions() -> None:
    assert covers("code generation", (R, "It generates code."), read_from=ReadFrom.DIGEST)
    assert not covers("code generation", (SectionRole.INTRODUCTION, "It generates code."), read_from=ReadFrom.DIGEST)


def test_abbreviations_that_the_paper_defines_count() -> None:
    defined = (SectionRole.METHOD, "We train on natural language inference (NLI) first.")
    assert abbreviations(defined[1]) == {"NLI": "natural language inference"}
    assert covers("natural language inference", defined, (R, "On NLI it gains 2 points."))
    assert covers("NLI data", defined, (R, "Natural language inference gains 2 points."))
    labels = ((R, "NLI labels are noisy."), (R, "We mend the NLI labels."))
    assert covers("natural language inference labels", defined, *labels)
    assert not covers("natural language inference labels", *labels)


def test_of_two_definitions_the_first_counts_and_a_plural_is_written_out_too() -> None:
    text = "We use large language models (LLMs). Later, long lists of molecules (LLM) were read."
    assert abbreviations(text) == {"LLM": "large language models"}
    assert expand("Two LLMs agree.", abbreviations(text)) == "Two large language models agree."


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("1B to 10B parameters", (1e9, 1e10)),
        ("from 100M to 175B parameters", (1e8, 1.75e11)),
        ("1–10 billion parameters", (1e9, 1e10)),
        ("7B models", (7e9, 7e9)),
        ("code generation", None),
        ("100M tokens", None),
        ("40 languages", None),
    ],
)
def test_the_size_that_is_asked_for(phrase: str, expected: tuple[float, float] | None) -> None:
    assert sizes.asked_range(phrase) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("XLM-R XL has 3.5B parameters.", (3.5e9,)),
        ("We use LLaMA-7B and LLaMA-13B.", (7e9, 1.3e10)),
        ("A model with 550 million parameters.", (5.5e8,)),
        ("Trained on 2.5B tokens.", ()),
        ("A corpus of 100M sentences.", ()),
        ("The model has 3B parameters and read 100M tokens.", (3e9,)),
        ("A 3B model read 100M documents.", (3e9,)),
    ],
)
def test_the_sizes_that_are_stated(sentence: str, expected: tuple[float, ...]) -> None:
    assert sizes.stated_sizes(sentence) == expected


def test_one_size_says_nothing_of_scaling() -> None:
    assert not covers("1B to 10B parameters", (R, "XL has 3.5B parameters."))
    assert not covers("1B to 10B parameters", (R, "Base has 270M and large 550M parameters."))
    assert covers("1B to 10B parameters", (R, "XL has 3.5B and XXL 10.7B parameters."))
    assert covers("3B parameters", (R, "It has 3B parameters."))


def test_facets_keep_the_question_s_order_and_drop_doubles() -> None:
    question = "How does code generation affect XNLI in XNLI benchmarks with 1B to 10B parameters?"
    found = facets(question, phrases(question), {})
    assert [facet.text for facet in found] == ["code generation", "XNLI", "1B to 10B parameters"]
    assert not any(facet.covered for facet in found)


def test_a_part_in_other_forms_of_its_words_is_the_same_part_and_one_of_other_words_comes_last() -> None:
    found = facets("Does code generation beat generated code?", ["transfer", "code generation", "generated code"], {})
    assert [facet.text for facet in found] == ["code generation", "transfer"]


def test_together() -> None:
    one = document((SectionRole.ABSTRACT, "Code generation helps XNLI."))
    two = document((SectionRole.ABSTRACT, "XNLI is hard."))
    found = facets("code generation XNLI", ["code generation", "XNLI"], {"b": two, "a": one})
    assert found[1].papers == ("a", "b")
    assert together(found) == ("a",)
    assert together(()) == ()


@pytest.mark.parametrize(
    ("question", "papers"),
    [
        ("Does a lexicon help tagging, parsing and translation?", ("a", "b")),
        ("Does a lexicon help tagging or parsing, or translation?", ("a", "b")),
        ("Does a lexicon matter between tagging, parsing and translation?", ()),
        ("Does a lexicon help tagging? Then what of parsing for translation?", ()),
    ],
)
def test_of_a_list_one_item_is_enough_unless_the_question_is_about_all_at_once(
    question: str, papers: tuple[str, ...]
) -> None:
    parts = (
        Facet(text="lexicon", covered=True, papers=("a", "b", "c")),
        Facet(text="tagging", covered=True, papers=("a",)),
        Facet(text="parsing", covered=True, papers=("b",)),
        Facet(text="translation", covered=False),
    )
    assert together(parts, question) == papers


@pytest.mark.parametrize(
    ("words", "expected"),
    [("tuning tuned tunes", "tun"), ("generate generates generation generating", "generat"), ("noise noisy", "nois")],
)
def test_forms_of_a_word_share_a_root(words: str, expected: str) -> None:
    assert {root(word) for word in words.split()} == {expected}


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text_can_be_looked_for(phrase: str, text: str) -> None:
    facets(phrase, [phrase], {"p": document((R, text))})


@given(
    st.lists(st.sampled_from(["code", "generation", "vision", "language", "robust", "noise"]), min_size=1, max_size=4)
)
def test_a_phrase_is_found_in_itself(words: list[str]) -> None:
    asked = phrase_of(" ".join(words))
    assert asked is not None
    assert found_in(asked, words_of(" ".join(words)))
