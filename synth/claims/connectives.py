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
    "obviously hereby note further now simultaneously at_the_same_time as_before",
    "along_(?:the_same|similar|these)_lines?",
)
_BARE = one_of(
    "overall indeed similarly interestingly surprisingly finally moreover furthermore additionally "
    "consequently likewise",
    "notably however lastly empirically first second third",
)
_BEFORE_A_SUBJECT = one_of("we our the it this these a an for in on when if both all using there")
_NOTE = one_of("noting not(?:e|ice) mention(?:ing)? emphasi[sz](?:e|ing) pointing_out")
_CLEARLY = "(?:(?:also|clearly|easily|again|now|thus|therefore|here|further) )*"
_SEEING = (
    rf"(?:(?:we|one) {_CLEARLY}(?:can|could|may|might) {_CLEARLY}(?:see|notice|note|observe) {_CLEARLY}that,? |"
    rf"we {_CLEARLY}(?:see|notice) {_CLEARLY}that,? |"
    rf"it (?:can|could|may) {_CLEARLY}be {_CLEARLY}(?:seen|noted|noticed|observed) {_CLEARLY}that,? |"
    r"as (?:it )?(?:can|could|may) (?:also )?be (?:seen|noticed|noted|observed)(?: here)?, |"
    r"as (?:we|one) (?:can |could |may )?(?:also )?(?:see|notice|note|observe)(?: here)?, )"
)
"""What turns the reader's eye to a result: it becomes "we find that", for the result is somebody's."""
_NOTING = (
    rf"(?:we {_CLEARLY}know {_CLEARLY}that,? |"
    rf"(?:we|one|it) {_CLEARLY}(?:should|must|would like to|want to|need to|have to) {_CLEARLY}(?:(?:be|is) )?"
    rf"(?:not(?:e|ice)d?|mention(?:ed)?|stress(?:ed)?|emphasi[sz]ed?|remark(?:ed)?|pointe?d? out) {_CLEARLY}that,? |"
    rf"it is {_CLEARLY}(?:evident|apparent|to be noted|noted) that,? )"
)
"""What only asks for attention goes without a trace."""
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
            _NOTING,
            r"the following (?:proposition|theorem|lemma|corollary|result) (?:shows|says|states|asserts) that ",
            r"in (?:this|the present|our|the current) (?:short )?"
            r"(?:paper|work|study|article|survey|report|thesis|letter|research|publication),? ",
        )
    )
    + ")",
    re.IGNORECASE,
)
_PLACE = compiled(
    r"(?:,|(?<=[a-z]{4}s) (?:described|employed|presented|proposed|used))? "
    r"in this (?:paper|work|study|article|survey|report|thesis|research)(?=[ ,.;]),?",
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
_RUN_ON = re.compile(r"(?<=\w), however,(?= (?:they|it|we|this|these|those|there) )")
"""A second sentence behind a comma: without its "however" nothing would part the two."""
_HELPED = re.compile(r"\b(?:allow|enabl)(?P<ending>ing|e?s|e?d|e)? us to\b")
_GAVE = re.compile(r"\b(gives?|gave|giving) us(?= (?:an?|the|better|higher|lower|more|less)\b)", re.IGNORECASE)
_SPEAKS = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_MADE = {"s": "makes", "d": "made", "g": "making"}


_FRONT = r"^(?P<front>(?!\w+ing\b|(?:if|to)\b)[^,]{3,60}, )?"
_FOUND = re.compile(rf"{_FRONT}(?:{_SEEING})(?=\w)", re.IGNORECASE)
_NOTED = re.compile(rf"{_FRONT}(?:{_NOTING})(?=\w)", re.IGNORECASE)
_SEE = re.compile(
    rf"\b(?P<we>[Ww]e) {_CLEARLY}(?:(?:can|could|may) {_CLEARLY})?(?:see|notice)"
    r"(?= (?!(?:this|it|them|our|each|how|why|whether|what)\b)[a-z])"
)
_NOTE_INSIDE = re.compile(
    rf"\b(?P<we>[Ww]e) (?:should|must|would like to|want to|need to) {_CLEARLY}(?=(?:note|mention|stress) that\b)"
)
_IN_PRACTICE = re.compile(r"\b(?P<said>[Ww]e (?:observe|find|see|show|note)),? (?:here|in practice),?(?= )")


def without_connectives(text: str) -> str:
    """The text without leading connectives ("However,"), "in this paper" and the "also" of "we also show".

    Inserted ones (", however,") go too. "We can see that", "as can be seen," become "we find that", and "allows us to"
    becomes "makes it possible to": what it is possible for need not be said.
    """
    for _ in range(4):  # "However, in this paper, we note that" carries three at most
        shorter = _LEAD.sub("", text, count=1)
        if shorter == text:
            break
        text = capitalised(shorter)
    text = capitalised(_FOUND.sub(_finding, _NOTED.sub(r"\g<front>", text)))
    text = _NOTE_INSIDE.sub(r"\g<we> ", _SEE.sub(r"\g<we> find", _IN_PRACTICE.sub(r"\g<said>", text)))
    text = _HELPED.sub(_helped, _RUN_ON.sub("; however,", text))
    if _SPEAKS.search(text):  # "gave us" alone says whose result it is
        text = _GAVE.sub(r"\1", text)
    return tidied(_BETWEEN.sub(r"\1 ", _INSERTED.sub("", _PLACE.sub("", text))))


def _helped(match: re.Match[str]) -> str:
    return _MADE.get((match["ending"] or "e")[-1], "make") + " it possible to"


def _finding(match: re.Match[str]) -> str:
    return f"{match['front'] or ''}we find that "
