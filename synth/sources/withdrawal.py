"""Whether a paper's own record says that it was withdrawn.

arXiv's API has no field for it: authors and administrators write it into the comment, or put it in the abstract's
place. A comment is about the paper it stands beside, so a statement counts anywhere in it. An abstract has a subject
of its own (retracted papers, drugs withdrawn from the market), so there the statement must be what it begins with.
What was withdrawn from a conference or a journal still stands on arXiv.

Measured on the 140,017 records of arXiv's that the rule was drawn from: 243 have the words in comment or abstract, and
all were read. It takes 161 of 164 withdrawn or removed papers, and one whose comment may mean a conference.
"""

from __future__ import annotations

import re

from synth.text import collapse
from synth.types import Paper

_NOUN = r"(?:paper|article|manuscript|submission|pre-?print|e-?print|work|version|draft)"
_HAS = r"(?:has|is)(?: (?:now|hereby|temporarily|being|bee\w?))*"
_AUTHOR = r"(?:the )?(?:\w+ )?(?:co-?)?authors?"
_ELSEWHERE = rf"(?: by {_AUTHOR})? from (?!(?:the |this )?(?:arxiv|archive|site|server)\b)"
_DONE = (
    rf"(?:(?:withdraw(?:a?n|ing)?|retracted)\b(?!{_ELSEWHERE})"
    r"|removed (?:by|from) (?:the )?arxiv\b|(?<=version has been )removed\b)"
)
_SENTENCE = (
    rf"(?:(?:(?:this|our|the) {_NOUN}|this|it) {_HAS} {_DONE}|this {_NOUN} was {_DONE}|this {_NOUN} {_DONE}(?= by\b))"
)
_CLAUSE = rf"(?:{_NOUN} (?:{_HAS} )?)?{_DONE}"
_BECAUSE = r" (?:by|due|because|as|since|in|to|for|until|admin\w*)\b"
_IN_COMMENT = re.compile(
    rf"(?<!\bof )(?<!\bthat )(?<!\bwhether )(?<!\bif )\b{_SENTENCE}"  # "a draft of this paper was withdrawn" is another
    rf"|(?:\A|[.;:(\[] ?){_CLAUSE}(?=\W*\Z| ?[.,;:)\]]|{_BECAUSE})"
    rf"|\bwithdraw(?:ing)? (?:(?:this|our|the) {_NOUN}|it)\b(?!{_ELSEWHERE})",
    re.IGNORECASE,
)
_IN_ABSTRACT = re.compile(
    rf"\W*(?:arxiv admin note: )?"
    rf"(?:{_SENTENCE}|{_CLAUSE}(?: by (?:{_AUTHOR}|arxiv)\b)?(?=\W*\Z| ?[.;:]| (?:due|because)\b))",
    re.IGNORECASE,
)


def is_withdrawn(paper: Paper) -> bool:
    """Whether the comment says anywhere, or the abstract with its first words, that this paper was withdrawn."""
    return bool(_IN_COMMENT.search(collapse(paper.comment)) or _IN_ABSTRACT.match(collapse(paper.abstract)))
