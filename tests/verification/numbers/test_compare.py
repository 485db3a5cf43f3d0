from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth.types import NumberCheck
from synth.verification.numbers import compare_numbers

AGREE, MISSING, DISAGREE, NONE = NumberCheck.AGREE, NumberCheck.MISSING, NumberCheck.DISAGREE, NumberCheck.NONE

CASES = [
    # the same value, the same meaning
    ("Accuracy is 73.9% on Swahili.", "XLM-R reaches 73.9% accuracy on Swahili.", AGREE),
    ("Accuracy is 73.9% on Swahili.", "Table: XLM-R | sw: 73.9", AGREE),
    ("It covers nine tasks.", "GlotEval covers 9 tasks.", AGREE),
    ("It covers 9 tasks.", "Nine tasks are covered.", AGREE),
    ("It has 40,000 pairs.", "We use 40k pairs.", AGREE),
    ("It has 1.5 billion words.", "The corpus has 1.5B words.", AGREE),
    ("Trained on 2.5 TB of text.", "We use 2.5TB of CommonCrawl data.", AGREE),
    ("Trained on 2.5 TB of text.", "We use 2,500 GB of CommonCrawl data.", AGREE),
    ("One third of the pairs is noisy.", "A third of the pairs is noisy.", AGREE),
    ("One third of the pairs is noisy.", "33.3% of the pairs are noisy.", AGREE),
    ("Half of the pairs are noisy.", "50% of the pairs are noisy.", AGREE),
    ("It is twice as fast.", "It runs 2× faster.", AGREE),
    ("It is three times faster.", "A threefold speed-up is seen.", AGREE),
    ("It costs about 57,000 US dollars.", "The cost was $57,038.", AGREE),
    ("Models of 1B to 10B parameters", "We train models with 1B to 10B parameters.", AGREE),
    ("The learning rate is 2e-5.", "The learning rate was 2 × 10-5.", AGREE),
    ("The corpus has 10^5 tokens in total.", "The corpus has 10^6 tokens in total.", DISAGREE),
    ("The corpus has 1 million tokens.", "The corpus has 10^6 tokens.", AGREE),
    ("The learning rate is 0.0001.", "The learning rate is 10^−4.", AGREE),
    ("It has 12,000 sentences.", "It has 12 000 sentences.", AGREE),
    ("It covers 105 languages.", "It covers one hundred and five languages.", AGREE),
    # rounding within the claim's precision
    ("It tags 91% correctly.", "It tags 91.1% correctly.", AGREE),
    ("It tags 91.1% correctly.", "It tags 91% correctly.", MISSING),
    ("It tags 92% correctly.", "It tags 91.1% of words correctly, and nothing else.", DISAGREE),
    ("It runs at about 970 tokens per second.", "Throughput is 969.55 tokens/s.", AGREE),
    ("The rate is 85%.", "The rate is 0.85.", AGREE),
    ("The rate is 0.85.", "The rate is 85%.", AGREE),
    ("The rate is 0.85.", "The rate is 85.3%.", AGREE),
    ("The rate is 0.853.", "The rate is 85%.", MISSING),
    ("The rate is 0.85.", "The rate is 71%.", MISSING),
    ("Recall falls to less than half of it.", "Recall is 0.2890.", MISSING),
    ("The score reaches 85.0 F1.", "The score reaches 0.850 F1.", MISSING),
    ("The score reaches 0.85 F1.", "The score reaches 85.0 F1.", MISSING),
    ("The score reaches 0.85 F1.", "The score reaches 71.0 F1.", DISAGREE),
    ("The rate is 0.85%.", "The rate is 85%.", DISAGREE),
    ("The rate is 1.", "The rate is 100%.", MISSING),
    ("33.3% of the pairs are noisy.", "A third of the pairs is noisy.", MISSING),
    ("It takes about 3 hours.", "It takes 3.4 hours.", AGREE),
    # bounds
    ("It covers more than 1,500 languages.", "It covers 1,563 languages.", AGREE),
    ("It covers more than 1,500 languages.", "It covers over 1,500 languages.", AGREE),
    ("It uses at most 100 lines.", "Up to 100 lines are used.", AGREE),
    ("It covers more than 100 languages.", "It covers 61 languages.", DISAGREE),
    ("It covers more than 100 languages.", "It covers up to 150 languages.", MISSING),
    ("It uses at most 100 lines.", "More than 60 lines are used.", MISSING),
    # a bound that the passage's value satisfies from afar is not borne out, and not refuted
    ("It covers more than 40 languages.", "It covers 104 languages.", MISSING),
    ("Fewer than 1,000 examples suffice.", "64 examples suffice.", MISSING),
    ("More than 30% of the errors are slips.", "82% of the errors are slips.", MISSING),
    ("The model gains 5 points on XNLI.", "The model gains up to 10 points on XNLI.", MISSING),
    ("The model gains up to 10 points on XNLI.", "The model gains 4 points on XNLI.", MISSING),
    ("The model gains 12 points on XNLI.", "The model gains up to 10 points on XNLI.", DISAGREE),
    ("More than 30% of the errors are slips.", "At most 20% of the errors are slips.", DISAGREE),
    ("Fewer than 10 examples suffice.", "64 examples suffice.", DISAGREE),
    ("Fewer than 10 examples suffice.", "More than 64 examples suffice.", DISAGREE),
    ("Swahili has more than 40 verbs.", "The list has 60 verbs for Urdu, and 104 verbs for Swahili.", MISSING),
    # four digits that may be a year may be a size
    ("The vocabulary has a size of 2000.", "Vocabulary size: 2,000", AGREE),
    ("The vocabulary has a size of 2000.", "There are 2,000 words in it.", AGREE),
    # bytes, dollars and points are nothing else
    ("Trained on 100 GB of text.", "Trained on 100 billion words of text.", MISSING),
    ("It costs $57,038.", "Cost: 57,038", AGREE),
    ("It costs $125.", "It grows to 125%.", MISSING),
    ("The training cost is $40.", "The training cost has a factor of 50.", MISSING),
    ("It gains 5 points.", "XNLI: 5", MISSING),
    # percent is not points
    ("Accuracy falls by 5 points.", "Accuracy falls by 5%.", MISSING),
    ("Accuracy falls by 5%.", "Accuracy falls by 5 percentage points.", MISSING),
    ("Accuracy falls by 5 points.", "Accuracy falls by five percentage points.", AGREE),
    # differences out of ranges
    ("Accuracy rises by 8.1 points.", "Accuracy rises from 65.4 to 73.5.", AGREE),
    ("Accuracy rises by 8.1 points.", "Accuracy rises from 65.4% to 73.5%.", AGREE),
    ("Accuracy rises by 8 points.", "Accuracy rises from 65.4 to 73.5.", AGREE),
    ("Accuracy falls by 8.1 points.", "Accuracy goes from 65.4 to 73.5.", MISSING),
    ("CCLM gains less than 10 percent on IGLUE.", "CCLM gains more than 10 percent on IGLUE.", DISAGREE),
    ("XLM-R leads by 2.7 points.", "XLM-R reaches 83.6% with and 80.9% without translation.", AGREE),
    ("It falls about ten points short.", "It reaches 44.0% on Russian, and the supervised method 54.1%.", AGREE),
    ("It widens the lead by almost 25 points.", "The model rises from 29.5 with native prompts to 54.4.", AGREE),
    ("It has three times the parameters.", "One has 3.5 billion parameters, the other 10.7 billion.", AGREE),
    ("It more than doubles the loss.", "The loss was 10.5 before and 22.0 after.", AGREE),
    ("It is four times faster.", "One takes 3.5 hours, the other 10.7 hours.", MISSING),
    ("One in seven is missed.", "It misses 14.3 percent.", AGREE),
    ("It serves over a hundred languages.", "It serves 116 natural languages.", AGREE),
    ("It serves half a dozen languages.", "It serves 6 languages.", AGREE),
    ("Models of 1.1 and 3 billion parameters", "The models have 1.1B and 3B parameters.", AGREE),
    ("Precision at 1 is high on SQuAD 1.1.", "It is high.", NONE),
    ("It wins on all three tasks.", "It wins on XNLI, NER and parsing.", NONE),
    ("Accuracy rises by 9.1 points.", "Accuracy rises from 65.4 to 73.5.", MISSING),
    ("Accuracy rises from 65.4 to 73.5.", "Accuracy rises from 65.4 to 73.5.", AGREE),
    ("Accuracy rises from 65.4 to 73.5.", "It was 65.4 before and 73.5 after.", AGREE),
    ("Accuracy falls from 73.5 to 65.4.", "Accuracy rises from 65.4 to 73.5.", DISAGREE),
    ("The loss doubles.", "The loss goes from 10 to 20.", AGREE),
    ("Between 3 and 5 tasks are used.", "We use 3–5 tasks.", AGREE),
    # what follows from too much, from changes, from two sentences, or from afar follows not at all
    ("It gains 3.1 points.", "The scores are 60.1, 63.2, 70.4, 75.9, 81.3 and 88.8.", AGREE),
    ("It gains 3.1 points.", "The scores are 60.1, 63.2, 70.4, 75.9, 81.3, 88.8 and 97.6.", MISSING),
    ("It gains 3.1 points.", "It improves by 5.2 on NER and by 2.1 on QA.", MISSING),
    ("Accuracy rises by 8.1 points.", "The accuracy was 65.4. It is 73.5.", MISSING),
    ("The score is 8.1.", "It rises from 65.4 to 73.5.", MISSING),
    ("Accuracy rises by more than 8 points.", "Accuracy rises from 65.4 to 73.5.", AGREE),
    ("Accuracy rises by more than 3 points.", "Accuracy rises from 65.4 to 73.5.", MISSING),
    ("Accuracy rises by less than 9 points.", "Accuracy rises from 65.4 to 73.5.", AGREE),
    ("Accuracy rises by less than 20 points.", "Accuracy rises from 65.4 to 73.5.", MISSING),
    ("It is more than 2 times faster.", "One takes 20 hours, the other 60 hours.", AGREE),
    ("It is more than 2 times faster.", "One takes 20 hours, the other 90 hours.", MISSING),
    ("It is less than 4 times faster.", "One takes 20 hours, the other 60 hours.", AGREE),
    ("It is less than 9 times faster.", "One takes 20 hours, the other 60 hours.", MISSING),
    # another value for the same thing
    ("GlotEval covers seven key tasks.", "GlotEval covers nine key tasks.", DISAGREE),
    ("CSLS was run with K = 50 in all experiments.", "In all experiments CSLS was run with K = 10.", DISAGREE),
    ("The total is 500B tokens in every run.", "The total was fixed at 300B tokens in every run.", DISAGREE),
    ("XLM averages 70.2% on XNLI.", "XLM averages 71.5% on XNLI.", DISAGREE),
    ("It takes about 100 hours.", "It takes 120 hours.", DISAGREE),
    # no other value for the same thing
    ("It takes about 100 hours.", "It takes 108 hours.", MISSING),
    ("The XNLI accuracy rises by 5.2.", "The XNLI accuracy is 71.9.", MISSING),
    ("Two languages share a script.", "Five languages share a script.", NONE),
    ("NetA has 12 layers and NetB 24 layers.", "NetA has 12 layers.", MISSING),
    ("XLM-R reaches 73.9% on XNLI.", "XLM-R reaches 85.2% on PAWS-X.", MISSING),
    ("The small encoder reaches an accuracy of 73.9% on XNLI.", "Taggers have an accuracy of 61.0%.", MISSING),
    (
        "Accuracy rises from 65.4 to 73.5.",
        "Accuracy falls from 73.5 to 65.4 at first, and then it rises from 65.4 to 73.5.",
        AGREE,
    ),
    # a small value is borne out where it is about the same
    ("It stands at 5 on XNLI.", "XNLI: 5", AGREE),
    ("It uses 8 heads.", "As for heads, we take 8.", AGREE),
    ("It covers 116 languages.", "There are 116 of them.", AGREE),
    ("It covers 16 languages.", "There are 16 of them.", MISSING),
    # not there at all
    ("GlotEval covers seven tasks.", "The weather was fine for 7 days.", MISSING),
    ("It covers 12 tasks.", "It covers 12 languages.", MISSING),
    ("It reaches 73.9%.", "It reaches a high accuracy.", MISSING),
    ("Released in 2019.", "It was released in 2020.", DISAGREE),
    ("Released in 2019.", "It was released in 2019.", AGREE),
    ("It reaches 65.4 and 73.5.", "It reaches 65.4.", MISSING),
    # a value bound to a named thing
    (
        "The cross-lingual transfer performance improves by 1.6 points on XNLI.",
        "The method improves by 2.1 points on PAWS-X and 1.6 points on XNLI.",
        AGREE,
    ),
    (
        "The cross-lingual transfer performance improves by 2.1 points on XNLI.",
        "The method improves by 2.1 points on PAWS-X and 1.6 points on XNLI.",
        DISAGREE,
    ),
    (
        "It improves by 1.6 points on PAWS-X and 2.1 points on XNLI.",
        "It improves by 2.1 points on PAWS-X and 1.6 points on XNLI.",
        DISAGREE,
    ),
    (
        "It improves by 2.1 points on XNLI.",
        "It improves by 2.1 and 1.6 points on PAWS-X and XNLI, respectively.",
        DISAGREE,
    ),
    (
        "On XNLI the gain is 1.6 points.",
        "It improves by 2.1 and 1.6 points on PAWS-X and XNLI, respectively.",
        AGREE,
    ),
    ("Swahili reaches 73.9% on XNLI.", "Urdu: 73.9 Swahili: 68.2", DISAGREE),
    ("Swahili reaches 73.9% on XNLI.", "Urdu: 68.2 Swahili: 73.9", AGREE),
    (
        "The Swahili encoder relied on 64k parallel sentences.",
        "For Urdu, we obtained a total of 64k parallel sentences. For Swahili, we could only gather 42k sentences.",
        DISAGREE,
    ),
    (
        "The Urdu encoder relied on 64k parallel sentences.",
        "For Urdu, we obtained a total of 64k parallel sentences. For Swahili, we could only gather 42k sentences.",
        AGREE,
    ),
    ("XLM-R gains 2.09 points on German.", "It outperforms the tagger on Dutch by 2.09 points.", MISSING),
    ("XLM-R gains 2.09 points on Dutch.", "It outperforms the tagger on Dutch by 2.09 points.", AGREE),
    # no number in the claim
    ("XLM-R beats mBERT.", "XLM-R beats mBERT by 5 points.", NONE),
    ("Devlin et al. (2019) show that GPT-2 is worse (Table 3).", "Nothing.", NONE),
    ("One of the models wins.", "Another wins.", NONE),
    ("LLaMA 30B wins on WMT 2014.", "It wins.", NONE),
    # too common to be demanded
    ("The two languages share a script.", "English and German share a script.", NONE),
    ("The second layer is best.", "Layers matter.", NONE),
    ("Two languages share a script.", "English and German share a script.", NONE),
    ("Three languages share a script.", "English, German and Dutch share a script.", MISSING),
    ("", "", NONE),
    ("", "5 tasks", NONE),
    ("Five tasks.", "", MISSING),
]


@pytest.mark.parametrize(("claim", "passage", "expected"), CASES)
def test_the_check_of_a_claim_against_a_passage(claim, passage, expected):
    assert compare_numbers(claim, passage) is expected


FIGURES = st.decimals(min_value=Decimal("0.1"), max_value=Decimal("99.9"), places=1)


@given(FIGURES, st.sampled_from(["%", " points", "", " BLEU points"]))
def test_a_sentence_agrees_with_itself(value, unit):
    text = f"The accuracy changes by {value}{unit} on XNLI."
    assert compare_numbers(text, text) is AGREE


@given(FIGURES, FIGURES)
def test_agreement_means_equal_figures(ours, theirs):
    check = compare_numbers(f"The accuracy is {ours}% on XNLI.", f"The accuracy is {theirs}% on XNLI.")
    assert check is (AGREE if ours == theirs else DISAGREE)


@given(FIGURES, FIGURES)
def test_a_difference_follows_from_its_range(low, high):
    if low != high:
        passage = f"It goes from {low} to {high} on XNLI."
        assert compare_numbers(f"It changes by {abs(high - low)} points.", passage) is AGREE


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_get_a_check(claim, passage):
    assert compare_numbers(claim, passage) in NumberCheck
