"""Which passages can bear a claim out at all (pure).

Not the place that a claim was taken from (decisions/0002). And of a claim about what one paper did, another paper's
"we" tells nothing: the cross-encoder cannot see whose "we" it is, and takes "we use XNLI" of the one for "the paper
uses XNLI" of the other (decisions/0020).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from synth.types import Claim, Passage
from synth.verification.evidence import is_origin
from synth.verification.proposition import names_a_title, said

_NAME = r"[^\W\d_][\w’'-]+"
_AUTHORS = re.compile(rf"(?P<first>{_NAME})\set\sal\.|(?P<one>{_NAME}),?\sand\s(?P<last>{_NAME})(?:’s?)?\s\(\d{{4}}\)")
"""Authors by whom a text names a work: of "Ek et al." one, of "Ek and Osei (2019)" two."""


def excluded(claim: Claim) -> Callable[[Passage], bool]:
    """Tells the passages that are no evidence for a claim that a paper states; nothing is excluded for a reader's.

    Excluded are its origins. Where it says what the paper did whose title it names, as in "The paper “…” trains", so
    are the passages of all other papers; where it names a work by its authors, those passages of other papers that name
    none of them. Who merely finds a thing that holds for anyone ("The paper “…” finds that depth helps") is not part
    of what is said.
    """
    if not claim.origins:
        return lambda _passage: False
    own = {origin.paper_id for origin in claim.origins}
    text = said(claim.text)
    titled = names_a_title(text)
    authors = {name for match in _AUTHORS.finditer(text) for name in match.groups() if name}

    def excludes(passage: Passage) -> bool:
        if passage.paper_id not in own and (titled or (authors and not any(name in passage.text for name in authors))):
            return True
        return is_origin(claim, passage)

    return excludes
