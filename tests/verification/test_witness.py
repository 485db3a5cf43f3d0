"""Which passages can bear a claim out at all."""

from __future__ import annotations

import pytest

from synth.verification.witness import excluded
from tests.verification.made import claim, origin, passage

T = "“Parsing Long Inputs: A Study of Gates”"
OWN, OTHER = passage("P1#0009", "We use GateNet here.", start=100), passage("P2#0001", "We use GateNet on XQA.")
NAMING = passage("P2#0002", "Ek and Osei (2019) use GateNet.")


def excludes(text: str) -> tuple[bool, bool, bool]:
    tells = excluded(claim(text, origins=[origin()]))
    return tells(OWN), tells(OTHER), tells(NAMING)


@pytest.mark.parametrize(
    "text",
    [
        f"The paper {T} uses GateNet.",
        f"The models of the paper {T} are weaker on XQA.",
        f"The paper {T} finds that the models of the paper {T} are weaker on XQA.",
        f"On XQA, the paper {T} trains GateNet.",
    ],
)
def test_what_a_paper_did_only_that_paper_can_tell(text):
    assert excludes(text) == (False, True, True)


@pytest.mark.parametrize(
    "text",
    [
        f"The paper {T} finds that GateNet is used on XQA.",
        f"The results of the paper {T} show that GateNet helps on XQA.",
        "GateNet helps on XQA.",
        "NetA and NetB help on XQA.",
    ],
)
def test_what_holds_for_anyone_every_paper_can_tell(text):
    assert excludes(text) == (False, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Ek and Osei (2019) use GateNet.",
        "On XQA, Ek et al. use GateNet.",
        "The model of Ek, Osei and Ly (2019) is GateNet.",
    ],
)
def test_what_named_authors_did_a_paper_that_names_them_can_tell_too(text):
    assert excludes(text) == (False, True, False)


def test_origins_are_no_evidence_and_a_readers_claim_is_open_to_all():
    stated = claim("GateNet helps on XQA.", origins=[origin()])
    assert excluded(stated)(passage("P1#0001", "GateNet helps on XQA a lot."))
    asked = excluded(claim(f"The paper {T} uses GateNet.", origins=[]))
    assert not any(asked(one) for one in (OWN, OTHER, NAMING))
