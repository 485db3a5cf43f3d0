"""What may become a claim, and that the kept form gives it back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from synth.claims.drafts import drafts, drafts_from_json, drafts_to_json
from tests.claims.examples import document, paper

PAPER = paper("Ada Moreno", "Bo Lind", "Cy Ode", id="2001.00001v1")
OWN = "We show that a lexicon helps parsers of Finnish by 3.2 points."
DANGLING = "This approach also helps parsers of Finnish by more than two points."
DEBRIS = "Table 4 lists the treebanks and the number of sentences that each of them has."


def test_a_draft_is_worded_to_stand_alone_or_has_no_wording() -> None:
    found = drafts(document(OWN, DEBRIS, DANGLING), PAPER)
    assert [draft.sentence.text for draft in found] == [OWN, DANGLING]
    assert found[0].text == "Moreno et al. (2020) show that a lexicon helps parsers of Finnish by 3.2 points."
    assert found[1].text is None


@given(st.lists(st.sampled_from([OWN, DANGLING, DEBRIS, "The lexicon is larger than the corpus of Finnish news."])))
def test_what_is_kept_gives_the_drafts_back(texts: list[str]) -> None:
    read = document(*texts)
    found = drafts(read, PAPER)
    assert drafts_from_json(drafts_to_json(found, read), read) == found
