"""Words that point out of their sentence, as far as a look at the sentence can tell."""

from __future__ import annotations

import re

from synth.claims.candidates import FINITE
from synth.claims.patterns import compiled, one_of
from synth.text import content_words

_THINGS = one_of(
    "cases? settings? tasks? models? experiments? methods? variants? languages? approaches datasets? "
    "scenarios? stages?",
    "steps? setups? systems? types? groups?",
)
_OWNED = one_of(
    "methods? approach(?:es)? models? systems? works? results experiments algorithm papers? study findings frameworks?",
    "datasets? setup evaluation",
)
_LABELLED = one_of(
    "setting model method experiment variant condition case version strategy task group approach system "
    "type hypothesis",
    "step stage assumption property claim scenario RQ exp\\.",
)
_COUNTED = one_of(
    "both the_two the_three the_four the_other the_second the_first the_third the_last all_three all_four each either"
)
_FOUND = one_of(
    "results? scores? performance gains? improvements? differences? benefits? effects? advantages? drops? increases? "
    "decreases? losses loss problems? issues? difficulty difficulties gap phenomenon failures? deficits?"
)
_VERB = one_of(
    "is are was were becomes? became remains? remained stays? holds? held persists? persisted grows? grew shrinks? "
    "increases? decreases? comes? came appears? appeared can may might will does do has have had also even still "
    "then thus therefore mostly mainly vanish(?:es)? disappears? depends? varies vary seems? extends? carries"
)
_OF_THE_PAPER = one_of(
    "stud(?:y|ies) evaluations? analys[ie]s survey comparison experiments? approach models? methods? benchmark corpus "
    "data_?set framework technique algorithm architecture procedure setup baselines? network tasks",
)
"""What only its paper says which one it is: "the study covers nine tasks", "the proposed method is faster"."""
_WHICH = one_of("proposed new same final resulting full whole tested compared evaluated trained described suggested")
_POINTING = compiled(
    r"\b(?:this|these|former|latter|aforementioned|thereof|therein|said|above-mentioned)\b",
    r"\bthose\b(?! (?:of|that|who|which|from|in|for|with|on|obtained|trained|used|reported|by)\b)",
    r"\bsame (?:trend|pattern|observation|phenomenon|conclusion)\b",
    r"\bsuch (?!as\b|that\b)",
    r"^(?:it|they|he|she|its|their|them|there it|that|another|others?|some of them|neither)\b",
    r"^one (?:is|was|has|can|of them|of these)\b",
    r"^the (?:two|three|four|five|six|others?|rest|second|first|third|last|difference|reason|gap|trend|"
    r"only exception|"
    r"opposite)\b",
    r"^(?:both|each|all|most|some|many|any|none|several|few|two|three) (?:of (?:them|the|which)|the|models?|methods?|"
    r"approaches|systems?|settings?|cases?|tasks?|experiments?|variants?|two|three|results?|are|is|were|"
    r"was|have|can)\b",
    r"^(?:otherwise|instead|rather|conversely|here|again|then|doing so|to do so|to this end|in doing so|"
    r"even so|if so|"
    r"when so|too|either way|the more)\b",
    r"\bthe (?:two|three|four|five|six|seven|eight|nine|ten) (?:\w+ )?\w+s\b(?! of\b| that\b| in\b)",
    r"\b(?:each|all|both|none|most|some|any|one) of the (?:\w+ )?(?:models|methods|approaches|systems|"
    r"settings|variants|"
    r"experiments|tasks|datasets|languages|cases|baselines)\b(?! (?:of|that|in|on|from|with|we|trained)\b)",
    r"^(?:a|one|the|another|two) (?:(?:possible|potential|likely|plausible|main|other|"
    r"second) )*(?:reasons?|explanations?|causes?)\b"
    r"(?! (?:for|of|why|that)\b)",
    r"\bboth (?:seem|appear|are|were|have|had|show|perform|can|use|achieve|improve|outperform)\b",
    r"^(?:a |the )?similar (?:findings?|trends?|patterns?|results?|observations?|conclusions?|effects?|"
    r"behaviou?rs?|variations?|gains?|improvements?)\b",
    r"^(?:an|the|one|another) exceptions? (?:is|are|was|were)\b|^the results (?:are|were) (?:less|more) \w+\.?$",
    r"^(?:[^,]{0,80}, )?we (?:also )?(?:find|found|observe|show|see|argue|conclude) that (?:they|these|those)\b",
    r"\bthe (?:other|remaining) (?:two|three|four|five|six|seven|eight|nine|ten) (?:languages|models|tasks|datasets|"
    r"settings|configurations|methods|systems)\b(?! (?:of|that|in|on|from|with|we)\b)",
    r"\bin all (?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:settings|configurations|conditions|scenarios|"
    r"cases|variants|setups)\b",
    rf"^the (?:(?:large|small|big|huge|strong|clear|high|low|great|slight|observed|overall) )?{_FOUND} {_VERB}\b",
    r"^the resulting \w+\b(?! (?:of|from)\b)(?! (?-i:[A-Z]))",
    r"^the results? (?!(?:of|on|in|for|from|with|by|at|across|obtained|reported|that|using|under|over)\b)"
    r"(?!\w+ that\b)",
    rf"\b(?:causes?|reasons?|sources?|parts?|size|most) (?:of|for) the {_FOUND}\.?$",
    r"\bthe (?:last|first|second|third) (?:question|example|sentence|passage|case|model|method|approach|group)\b",
    r"\bboth\b(?!.*\band\b)|^the same\b|\bin (?:most|all|every|many|some) cases?\b|^while by\b",
    r"^(?:while|although|though|since|as|because|when|if|unless|once) (?:it|they|he|she)\b(?! (?:is|was) )",
    r"\bthe observations?\b(?! (?:of|that|in|by)\b)|\bthat (?:language pair|model|case|setting|task|"
    r"dataset|method|approach)\b",
    r"\bboth (?:\w+ )?(?:LLMs|models|approaches|methods|systems|tasks|datasets|languages|settings|cases|"
    r"types|versions|"
    r"architectures)\b(?! and\b)",
    r"^there\b(?! (?:is|are|was|were)\b)",
    rf"\b(?:in|for|on|under|at|with|to|of|across) {_COUNTED} {_THINGS}\b",
    r"\b(?:previous|preceding|next|following|last) (?:sub)?(?:sections?|paragraphs?|experiments?|example|analysis|"
    r"equation|steps?)\b",
    rf"\b{_LABELLED} ?\(?[A-F1-9ivx]{{1,3}}\)?(?=[ ,.;])(?! ?%)",
    r"\bas (?:mentioned|discussed|noted|described|stated|shown|seen|said|explained) (?:above|earlier|"
    r"before|previously|in)\b",
    r"\bin (?:general |the )?the table\b|\brespective (?:section|table)",
    rf"^the (?:(?:{_WHICH}) )?{_OF_THE_PAPER}(?= \w)"
    r"(?! (?:of|by|in|from|that|who|which|with|for|on|behind|called|named|where|between|under|over|to|as|using|"
    r"without|at|against)\b)(?! (?:[\w-]+ (?:of|in|for) )?(?-i:[A-Z]))",
)
_LINK = one_of("of in on at by for from to with that which who than as and or between behind following")
_EXPLETIVE = re.compile(
    r"^it (?:is|was|has been|remains|seems|appears|turns out|can be|becomes) (?:\w+ ){0,4}(?:that|to|how|"
    r"whether|shown|known)\b",
    re.IGNORECASE,
)
_OTHERS_WORK = re.compile(rf"\b(?:their|his|her) (?:own )?(?:\w+ )?{_OWNED}\b")
_BESIDE_ANOTHER = re.compile(
    rf"^(?:similar(?:ly)?|unlike|like|contrary|compared|in contrast|related) (?:to )?this {_OWNED}\b", re.IGNORECASE
)
"""Whom a paper likens itself to is another, though it says "this work" as it does of itself."""
_BARE_OBJECT = re.compile(r"^(?:We|Our \w+) (?:\w+ly |also |then |can |will |could )?\w+ (?:it|its|them|they)\b")
_PLURAL_PRONOUN = re.compile(r"\b(?:they|them|their|themselves)\b")
_PLURAL_NOUN = re.compile(
    r"\b(?!(?:this|is|was|has|its|us|as|thus|does|always|perhaps|less|across|versus)\b)[\w-]+s\b|\band\b|\bet al\b|"
    r"\b(?:data|people|corpora)\b"
)


_HEAD = re.compile(
    rf"^The (?P<noun>(?!{_LINK}\b)[a-z-]+(?: (?!{_LINK}\b)[a-z-]+){{0,2}}?) "
    rf"(?=(?:(?:also|then|still|only|even|not|\w+ly) )?{FINITE.pattern})"
    r"(?![a-z]+ed (?:in|by|for|on|with|from|as|to)\b)(?![a-z]+ of\b(?<!consists of)(?<!consist of))"
)
_STATED_BEHIND = re.compile(
    r"^The (?:[a-z-]+ )?(?:results?|findings?|experiments?|evaluations?|analys[ei]s|idea|insight|intuition) \w+ that\b"
)
_TELLS_WHICH = re.compile(
    one_of(
        "key main only dominant usual common typical general whole entire world internet majority rest [a-z]+est most"
    )
)
_SCORE_ONLY = compiled(
    r"\b(?:reduc|increas|rais|lower|bring|drop|lift|push|boost)\w* "
    r"the (?:scores?|numbers?|values?|accuracy|errors?) to \d",
    r"\bthe (?:un|semi-?|self-?)?supervised (?:methods?|approach(?:es)?|models?|ones?|variants?|baselines?)[.,;]",
    r"^the (?:overall |average |mean |total |final |best )?(?:[\w-]+ )?scores? of \d",
    rf"^(?:among|of|with|unlike|like|compared (?:to|with)) the (?:other |strong |two |three )?{_OF_THE_PAPER}(?=,)",
)


def lacks_referent(text: str, title: str) -> bool:
    """Whether a text speaks of a thing as known that neither it nor the paper's title says which one it is.

    "The trees are shallow" and "The large drops suggest limits" do; "The trees of the treebank are shallow" does not.
    """
    if _SCORE_ONLY.search(text):
        return True
    match = _HEAD.match(text)
    if (
        match is None
        or _STATED_BEHIND.match(text)
        or any(_TELLS_WHICH.fullmatch(word) for word in match["noun"].split())
    ):
        return False
    return not frozenset(content_words(match["noun"])) & frozenset(content_words(title))


def points_outside(text: str) -> bool:
    """Whether a word needs a sentence that is not there: "this", "the former", "in both settings", a leading "it".

    The "it" of "it is possible to" needs none.
    """
    return _POINTING.search(_EXPLETIVE.sub("", text)) is not None


def lacks_antecedent(text: str) -> bool:
    """Whether a paper's own wording has a pronoun without anything in front of it to refer to.

    "Their method" in a sentence without its owners, "Similar to this work, we", "We compare it with", "they" before any
    plural.
    """
    if _OTHERS_WORK.search(text) or _BESIDE_ANOTHER.match(text) or _BARE_OBJECT.match(text):
        return True
    match = _PLURAL_PRONOUN.search(text)
    return match is not None and not _PLURAL_NOUN.search(text[: match.start()])
