"""Words that tie a sentence to the one before, and words that place it in its paper: both go."""

from __future__ import annotations

import re

from synth.claims.apparatus import capitalised, tidied
from synth.claims.patterns import compiled, one_of

_ADVERBS = one_of(
    "however moreover furthermore in_addition additionally also besides thus therefore hence consequently",
    "as_a_(?:result|consequence) for_(?:example|instance) specifically in_particular concretely interestingly",
    "(?:more|most)_(?:specifically|precisely|importantly|interestingly|generally|concretely|notably)",
    "surprisingly notably remarkably importantly finally lastly first(?:ly)? second(?:ly)? third(?:ly)? next then",
    "similarly likewise in_contrast by_contrast on_the_contrary on_(?:the_)?(?:other|one)_hand conversely nevertheless",
    "nonetheless still yet overall in_(?:summary|conclusion|short|brief|sum|essence|other_words|total|turn)",
    "to_(?:summari[sz]e|conclude|sum_up) all_in_all indeed in_fact of_course again that_is that_being_said accordingly",
    "meanwhile as_expected not_surprisingly unsurprisingly unfortunately fortunately i\\.e\\. even_worse as_such",
    "last_but_not_least perhaps_(?:surprisingly|unsurprisingly) crucially empirically admittedly clearly "
    "obviously hereby note further",
)
_BARE = one_of(
    "overall indeed similarly interestingly surprisingly finally moreover furthermore additionally "
    "consequently likewise",
    "notably however lastly empirically first second third",
)
_BEFORE_A_SUBJECT = one_of("we our the it this these a an for in on when if both all using there")
_NOTE = one_of("noting not(?:e|ice) mention(?:ing)? emphasi[sz](?:e|ing) pointing_out")
_LEAD = re.compile(
    "^(?:"
    + "|".join(
        (
            rf"{_ADVERBS}, ?",
            rf"{_BARE} (?={_BEFORE_A_SUBJECT}\b)",
            r"(?:but|and|so|yet|thus|therefore|hence|thereby)(?: that)? (?=[a-z])",
            r"(?:note|notice|observe|remark) (?:also )?that,? ",
            rf"it (?:is|was) (?:also )?(?:worth|important to|interesting to|worthwhile to) {_NOTE} (?:here )?that,? ",
            r"we (?:also )?(?:note|remark|emphasi[sz]e|stress) (?:here )?that,? ",
            r"in (?:this|the present|our|the current) (?:short )?"
            r"(?:paper|work|study|article|survey|report|thesis|letter|research|publication),? ",
        )
    )
    + ")",
    re.IGNORECASE,
)
_PLACE = compiled(
    r",? in this (?:paper|work|study|article|survey|report|thesis|research)(?=[ ,.;]),?",
    r",? (?:here|in the present (?:paper|work|study))(?=[.,;])",
    r"(?<=[Ww]e) here(?= )",
    case=True,
)
_BETWEEN = re.compile(
    r"\b([Ww]e),? "
    + one_of(
        "also further(?:more)? additionally then thus therefore hence again finally first second next now instead",
        "consequently similarly likewise moreover however",
    )
    + r",? (?=[a-z])"
)


_INSERTED = re.compile(
    r"(?<=\w), "
    + one_of("on_(?:the_)?(?:other|one)_hand however in_contrast by_contrast moreover furthermore in_turn therefore")
    + ",(?= [a-z])"
)


def without_connectives(text: str) -> str:
    """The text without leading connectives ("However,"), "in this paper" and the "also" of "we also show".

    Inserted ones (", however,") go too.
    """
    for _ in range(4):  # "However, in this paper, we note that" carries three at most
        shorter = _LEAD.sub("", text, count=1)
        if shorter == text:
            break
        text = capitalised(shorter)
    return tidied(_BETWEEN.sub(r"\1 ", _INSERTED.sub("", _PLACE.sub("", text))))
