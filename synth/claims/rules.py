"""What no claim may look like: one named pattern a fault. :mod:`synth.claims.candidates` applies them in this order."""

from __future__ import annotations

import re

from synth.claims.patterns import compiled, one_of

_FLOAT = one_of(
    "figures? figs?\\.? tables? tabs?\\.? sections? secs?\\.? appendi(?:x|ces) algorithms? equations? "
    "eqs?\\.? listings?"
)
_SHOWN = one_of(
    "described discussed given listed provided reported shown detailed presented summari[sz]ed deferred "
    "illustrated included",
    "available found reviewed explained introduced",
)
_DETAILS = one_of(
    "details? results? examples? proofs? statistics prompts? hyper-?parameters? description overview "
    "summary list settings"
)
_SHARED = one_of("code data(?:sets?)? models? resources? implementation checkpoints? scripts? benchmark toolkit")
_GIVEN_OUT = one_of("publish(?:ed)? released? open-?sourced? shared? upload(?:ed)? provided?")
_ALL_OF = "(?:(?:all|of|the|our|its|source|full|complete|both|trained|an?|open-?source) )*"
_CODE = one_of("code implementations? scripts? checkpoints? weights codebase")
_SPEAKER = (
    r"^(?:[^,]{0,40}, )?"
    r"(?:we|i|our (?:goal|aim|objective)|the (?:goal|aim|objective|purpose|focus|motivation|idea|"
    r"intuition|question|problem|"
    r"task|challenge)|this (?:paper|work|study|article|survey|section)) "
    r"(?:(?:also|then|further|therefore|thus|now|first|next|here|mainly|will|would like to|want to|try to|"
    r"attempt to) )*"
)
_THEN = "(?:(?:also|then|now|first|next|further|finally|again|briefly|here) )*"
_AIMS = one_of(
    "aims? seeks? hopes? plans? asks? wonders? investigates? explores? stud(?:y|ies) examines? "
    "focus(?:es)? address(?:es)?",
    "is_to of considers? discuss(?:es)? describes? reviews? outlines? summari[sz]es? motivated? want try "
    "attempt would wish",
    "intend look_at turn are_interested is_concerned analy[sz]es? revisits? compare_the tests?_(?:whether|if|how)",
    "evaluate_whether",
)
_AND_FOUND = r".*(?:\band|\bwe|,)(?: we)? (?:find|found|show|showed|observed?|demonstrated?|concluded?)\b"
_PURPOSES = one_of(
    "answer investigate verify test study understand evaluate examine explore see check determine assess "
    "address analy[sz]e"
)
_PRESENTED = one_of(
    "results performance scores? accuracy accuracies examples? statistics numbers values curves? "
    "distributions? comparisons?",
    "breakdown overview analysis discussions? conclusions benchmarks insights",
)
_SETUP = one_of(
    "learning_rates? batch_sizes? epochs weight_decay hidden_(?:size|dimension|units?|states?) warm-?up early_stopping",
    "Adam(?:W|ax|Grad)? Adadelta dropout_(?:rate|probability) initiali[sz]ed beam_size "
    "mini-?batch(?:es)? random_seeds?",
    "hyper-?parameters? development_set optimi[sz]er",
)
_EFFECT = one_of(
    "improv\\w+ better worse effect outperform\\w* help\\w* hurts? because sensitiv\\w+ increas\\w+ "
    "decreas\\w+ than critical",
    "crucial important best leads? faster slower",
)
_DRAWN = one_of("shown depicted displayed plotted illustrated visuali[sz]ed tabulated outlined")
_TOLD = one_of(
    "presented reported given indicated listed provided analy[sz]ed discussed summari[sz]ed described noted stated"
)
_SHOWABLE = one_of(
    "results? data plots? curves? values? images? diagrams? spectra comparisons? statistics details pictures scores?",
    "micrographs examples? peaks? sizes? accuracies performance discussion process distributions? maps?",
)
_DRAWING = one_of(
    "arrows? insets? pie_charts? bar_charts? histograms? ax[ei]s scale_bars? micrographs overlay_box(?:es)? cell "
    "heat_?maps?"
)
_SENTENCE_OVER = r"(?:,? respectively)?(?: in)?(?:\s*\([^()]*\))?\.$"
_FOUND_THAT = one_of(
    "see find found shows? showed shown observed? noted? conjectured? asserts? argued? believe demonstrated? assume "
    "hypothesi[sz]e"
)

RULES: dict[str, re.Pattern[str]] = {
    "question": compiled(r"\?"),
    "address": compiled(r"https?:|www\.|\.com\b|\.org\b|github|gitlab|\S@\S+\.\w|\bdoi\b|\burl\b"),
    "availability": compiled(
        rf"\b{_SHARED}\b[^.]{{0,60}}\b(?:(?:publicly|freely|openly) )?"
        r"(?:available (?:at|here|online|upon|from|for download|under)|released? (?:at|under|our)|download)",
        r"\b(?:publicly|freely|openly) (?:available|released?)",
        r"\bopen-?sourced?\b[^.]{0,30}\b(?:code|at)\b",
        r"\b(?:we|will) (?:will )?(?:publicly )?release\b",
        rf"\bwill (?:be )?(?:also |then |soon |publicly |freely |openly )*{_GIVEN_OUT}\b[^.]{{0,60}}\b{_SHARED}\b",
        rf"\b{_SHARED}\b[^.]{{0,40}}\bwill (?:also |soon )?be (?:\w+ly )?(?:{_GIVEN_OUT}|available|public)\b",
        rf"\bwe (?:also )?(?:\w+ly )?(?:publish|open-?sourced?|share|provide) {_ALL_OF}{_CODE}\b",
        rf"\b(?:make|makes|made|making) (?:all |the |our |its |their |this |of |\w+ ){{0,4}}{_SHARED}"
        r"(?: (?:and|,) \w+){0,2} (?:\w+ly )?(?:available|public)\b"
        r"(?! (?:to|for) (?!everyone|the|all|download|research))",
    ),
    "outline": compiled(
        r"\b(?:in|the) (?:this|next|following|previous|subsequent|remaining) (?:sub)?(?:sections?|"
        r"paragraphs?|chapters?)\b",
        r"\brest of (?:this|the) paper\b|\bremainder of\b|\bsections? (?-i:[IVX]+)\b",
        r"\b(?:paper|section|article|chapter|survey) (?:is|are) (?:organi[sz]ed|structured)\b",
        rf"\b{_DETAILS}\b[^.]{{0,50}}\b(?:can be found|(?:is|are) (?:also )?{_SHOWN}) (?:in|below|here|above)",
        r"\bwe (?:(?:now|next|first|then|briefly) )?(?:turn to|refer|defer)\b",
        r"\bwe [^.]{0,60}\b(?:provide|give|gave|offer) (?:an? )?(?:[\w-]+ ){0,2}discussions? (?:of|about|on)\b",
        rf"\b(?:refer|see|cf\.?) (?:readers? )?(?:the |to |also )*(?:{_FLOAT}|supplementary|\w+ et al)",
        rf"\b(?:{_SHOWN}|{_DRAWN}) in {_FLOAT}\s?\(?[A-Z]?\d",
    ),
    "figure": compiled(
        rf"^(?:(?:the|our|left|right|top|bottom) )*{_FLOAT}\s?\(?(?:[A-Z]?\d|[A-Z]\b)",
        r"^(?:in |from )?(?:the|this) (?:figure|table|graph|plot|diagram|row|column|caption)\b",
        r"^plots\b|\b(?:all|both|these|in|from|of) (?:of )?(?:the )?plots\b(?! of (?:an?|films?|movies?|novels?|stor))",
        r"^not (?:\w+ )?(?:contained|shown|included|depicted|listed|displayed|plotted|given) in\b",
        r"\b(?:contained|shown|included|depicted|listed|displayed|plotted|visible|seen) (?:in|from|on) the "
        r"(?:figures?|plots?|diagrams?)\b",
        rf"\b(?:in|of|to|by) {_FLOAT} \(?[A-Z]?\d+[a-z]?\)?,? (?:we )?"
        r"(?:show|plot|present|list|report|give|illustrate|provide|compare|visuali[sz]e)",
        r"\b(?:shaded|dashed|dotted|solid line|red|blue|green|orange|bold(?:face|ed)?|underlined?|"
        r"[xy]-ax[ei]s|asterisk|legend|"
        r"error bars?)\b",
        r"\b(?:marked|indicated|denoted|highlighted) (?:with|by|in) (?:an? )?"
        r"(?:[*†‡§]|bold|italics?|daggers?|stars?|gr[ae]y)",
    ),
    # what a figure shows stands in the figure: "The results of both parsers are shown (Figure 3)."
    "display": compiled(
        rf"\b(?:is|are|was|were) (?:\w+ly |also |then |here )?{_DRAWN}{_SENTENCE_OVER}",
        rf"\b{_SHOWABLE}\b[^.]{{0,100}}\b(?:is|are|was|were) (?:\w+ly |also |then |here )?{_TOLD}(?: and \w+ed)?"
        rf"{_SENTENCE_OVER}",
        r"\b(?:details?|comparisons?|results?|data|information|discussions?|examples?|descriptions?)\b[^.]{0,100}"
        r"\b(?:can|may) be found\b",
        rf"^(?:(?:the|each|these|some) )?(?:[\w-]+ ){{0,2}}{_DRAWING} "
        r"(?:shows?|indicates?|represents?|depicts?|marks?|denotes?|illustrates?)\b",
        r"^(?:scale bars?|insets?|legend)\b|^results? marked\b|\bfollows\.$",
    ),
    "credit": compiled(
        r"^(?-i:[A-Z]\. ?){2,}(?:-?[A-Z]\.)?(?:,| and\b)|\bwriting ?[–—-] ?(?:original|review)",
        r"^(?:all|both) authors\b|^author contributions?\b",
    ),
    "thanks": compiled(
        r"\b(?:acknowledg\w+|thank(?:s|ful)?\b(?! to)|grateful|anonymous reviewers?|internship|fellowship|"
        r"grant (?:no|number))",
        r"\b(?:supported|funded|sponsored) (?:in part )?by (?:(?:the|a|an) )?(?:\w+ ){0,4}"
        r"(?:grant|fund|award|foundation|ministry|council|program|darpa|nsf|erc|project)",
    ),
    "reference": compiled(
        r"\bin proceedings\b|\bproceedings of\b|\barxiv(?: preprint)?[: ]|\bpp\. ?\d|\bpages \d|\bvol(?:ume)?\. ?\d",
        r"\bassociation for computational linguistics\b",
        r"(?-i:^[A-Z][a-z]+, [A-Z]\.|(?:\b[A-Z]\. [A-Z][a-z]+,? ){2})",
    ),
    "notice": compiled(
        r"permission to|copyright|©|all rights reserved|licen[sc]ed under|work (?:was )?done (?:while|"
        r"during|when|at)",
        r"corresponding author|equal(?:ly)? contribut|contributed equally|under review|to appear in|"
        r"camera-?ready|preprint",
        r"accepted (?:at|to|by|for)|published as a conference|conference paper at|\bisbn\b|\bissn\b",
    ),
    "aim": compiled(
        rf"{_SPEAKER}{_AIMS}\b(?!{_AND_FOUND})",
        r"^(?:[^,]{0,40}, )?we (?:(?:also|finally|then|further|first|next) )*"
        r"(?:tried|provide the following|explored|investigated|studied|"
        r"examined|describe|"
        rf"conduct|perform|carry out|run|ran)\b(?!{_AND_FOUND})",
        r"\bwhether\b[^.]{0,80}\b(?:remains?|is)\b.{0,20}\b(?:unclear|unknown|open|question)",
        r"\b(?:research|open|key|natural|main|following|interesting) questions?\b|\bwe ask\b",
        rf"\bto (?:better |further )?{_PURPOSES}\b[^.,]{{0,80}}, we\b",
        rf"\bwe (?:explore|study|address|tackle) the (?:problem|task|question|issue) of\b(?!{_AND_FOUND})",
        r"\b(?:intention|aim|goal|purpose) (?:of [^.,]{3,60} )?(?:is|was) to\b",
        r"\bour (?:\w+ )?motivation\b|\bwe (?:present|describe|introduce|propose) our\b(?!.*\b(?:that|"
        r"which)\b)|\bwe (?:define|denote|believe|would like|call|use the term)\b",
    ),
    # what a digest says of its own source is no finding
    "source": compiled(
        r"\babstract (?:of|gives?|reports?|names?|states?|does|mentions?|says?|leaves?|contains?|lists?|is|makes?|"
        r"draws?|describes?|covers?|offers?|compares?)\b|\bthe abstract concerns\b",
        r"\b(?:in|by|from) (?:the|its|their) abstract\b|\babstract alone\b",
    ),
    "statement": compiled(
        r"^(?:lemma|theorem|proposition|corollary|definition|remark|conjecture|claim|observation|hypothesis) "
        r"\(?[A-Z]?\d"
    ),
    "vague": compiled(r"^There (?:is|are) (?:also )?(?:a|an|some|many|several)\b[^A-Z\d]*$", case=True),
    "pointer": compiled(
        rf"\bwe {_THEN}(?:show|report|plot|list|illustrate|visuali[sz]e|give|summari[sz]e|present|"
        r"provide|compare) "
        r"(?:(?:the|our|all|some|a|an|more|detailed|full|further|"
        rf"additional) )*(?:[\w-]+ ){{0,3}}{_PRESENTED}\b(?! (?:that|which))",
        rf"\bwe {_THEN}(?:include|observe|stud(?:y|ied)|analy[sz]ed?|extend|examined?|try|show|present|report) "
        r"(?:to compare )?(?:the |our |its |some )?(?:\w+ )?(?:results?|impacts?|effects?|influence|role|median|"
        rf"comparisons?|statistics) (?:of|on|for|with|between)\b(?!{_AND_FOUND})(?!.*\b(?:that|{_EFFECT})\b)",
        rf"\bwe {_THEN}make (?:[\w-]+ ){{0,3}}(?:observations?|remarks?|comments?|contributions?)\b",
        r"\bwe (?:will )?(?:also |then |further |finally )*(?:give|provide|present|offer) (?:an? )?(?:[\w-]+ ){0,3}"
        r"(?:overviews?|surveys?|introduction|summar(?:y|ies)|reviews?)\b",
        r"\b(?:most important|main|key) (?:findings|insights|lessons) of (?!.*\b(?:is|are|was|were|that)\b)",
        r"\bsummari[sz]ed (?:by|in) the following\b|\bconclusions can be drawn\b|"
        r"\bit is (?:\w+ )?interesting to compare\b",
        rf"\bwe {_THEN}(?:show|plot|visuali[sz]e|depict|illustrate|present) (?:the|an?|"
        r"some) (?!(?:\w+ )?(?:importance|effectiveness|"
        r"benefits?|advantages?|potential|possibility|superiority|usefulness|need|value|feasibility|"
        r"utility|method|model|approach))"
        r"(?!.*\b(?:that|which|outperform\w*|improv\w+)\b)",
        r"\bwe (?:also |have |first )*(?:evaluated?|compared?|experiment(?:ed)?|consider(?:ed)?|"
        r"follow(?:ed)?|report(?:ed)?|"
        rf"select(?:ed)?|conduct(?:ed)?|adopt(?:ed)?)\b(?!{_AND_FOUND})(?! that\b)(?!.*\b{_EFFECT}\b)",
        r"\b(?:demonstrat\w+|illustrat\w+|highlight\w*|show\w*) (?:the |its |our |[^ ]+[’']s )?"
        r"(?:applicability|utility|usefulness|performance)\b",
        r"^a (?:smaller|larger|higher|lower) (?:values?|scores?)\b",
        r"\bresults? (?:\w+ ){0,4}(?:is|are|was|were) (?:reported|taken|copied|quoted) from\b",
        r"\binteresting (?:properties|findings|observations|results|insights|patterns|phenomena)\b",
    ),
    "pronoun": compiled(
        r"^(?:we|(?:the |our )?(?:results?|experiments?|ablations?|analysis)) "
        r"(?:(?:can|also|further|clearly|could|will|then|empirically) )*"
        rf"{_FOUND_THAT} that (?:it|they|its|their|this|these)\b"
        r"(?! (?:is|was|can be|may be|remains|seems|appears|becomes) (?:[\w-]+ ){0,2}(?:that|to|for|how|whether)\b)",
    ),
    "headless": compiled(
        r"^(?:(?:empirically|also|recently|lately),? )?(?:outperforms?|shows?|showed|proposed|obtains?|obtained|"
        r"achieves?|achieved|presented|motivated by,|given by)\b"
    ),
    "speed": compiled(r"\bwe are (?:[\w-]+ )*(?:faster|slower|better|worse|competitive|comparable|close|behind)\b"),
    "setup": compiled(
        rf"^(?!.*\b{_EFFECT}\b).*\b{_SETUP}\b",
        r"^(?:for [^,]{3,60}, )?we (?:used?|chose|choose|set|trained?|fix(?:ed)?)\b[^.]{0,80}(?:\.\d[^.]{0,80})?"
        r"\b(?:learning rate|epochs?|hidden units|batch size|window size)\b"
        r"(?!.*\b(?:outperform|better|worse|improv)\w*)",
        r"\bevaluation (?:is|was) carried (?:out )?on\b",
    ),
    "praise": compiled(r"\bcan (?:also )?serve as an? (?:reliable|robust|useful|valuable|strong|good|solid)\b"),
    "future": compiled(
        r"\bfuture (?:work|research|stud|direction|investigation)|\bin (?:the )?future\b|\bleft (?:to|for|as)\b",
        r"\b(?:we|i) (?:leave|plan|intend|hope|encourage|will (?:explore|investigate|extend|study))\b",
        r"\bit would be (?:interesting|worth)|\bpaves? the way\b|\bopens? up\b|\bshed(?:s|ding)? light\b",
    ),
    "advice": compiled(
        r"\bsuggests? \w+ing\b|^(?:also,? )?(?:pay|keep|try|remember|make sure|be)\b",
        r"\bwe (?:select(?:ed)?|chose|choose|decided?|use|used)\b[^.]{0,40}\b(?:checkpoint|best average|"
        r"for (?:the )?evaluation)\b",
    ),
    "imperative": compiled(
        r"^(?:let|consider|suppose|assume|given|see|recall|denote|imagine|define|for each|for every|where|"
        r"input|output|step|"
        r"translate|answer|choose|read|please|question|instruction|premise|hypothesis|prompt)\b",
        # advice behind a run-in heading: "Regarding the lexicon: try a smaller one"
        r":\s(?:[^:.]{0,120}, )?(?:please )?(?:try|avoid|make sure|remember to|do not|don[’']t)\b",
        r":\s(?:please )?(?:use|consider|choose|keep|start|pay|set|report|note)\b (?!of\b|and\b|or\b)",
    ),
    "mark-up": compiled(
        r"</?\w+|\\[a-z]+|[{}\\^|~`´]|\$(?!\d)|_{2,}|\w_\w|&\w+;|\*\*|^[>#]|#\w",
        r"\[(?:MASK|SEP|CLS|PAD|UNK|X|Y|\.\.\.)\]",
    ),
    "equation": compiled(
        r"(?<![\w’'])[μµλθφψσωβγδε](?![\w-])",
        r"= ?\d+(?:\.\d+)? ?[−+-] ?\d",
        r"[∑∏∫∈∀∃∂∇√‖⟨⟩∪∩⊂⊆≜≡∼∝∞ℝ→←⇒↦⊕⊗⊙⟶]|=.*=|\b[A-Za-z]\b[ ,]*[=<>≤≥]\s|[α-ωΑ-Ω]\S* .*[α-ωΑ-Ω]",
        r"\b\w+\([A-Za-z]\w{0,3}(?:, ?[A-Za-z]\w{0,3})*\) ?=|\b[a-z]\([a-z]\w?\)|= ?-?\d* ?[a-z]+\(",
        r"[=<>≤≥] ?[−-]?[\d.]+ for (?:all|any|every|each)\b|(?<!\w)(?<!\d )[µμ][A-Z]\b",
        r"(?<![\w-])(?-i:[a-z][A-Z]{1,2})[∗*′]? ?[=<>≤≥] ?[−-]?\d",
        r"\barg(?:max|min)\b|\bO\(|\b(?:(?-i:[b-hj-zB-HJ-Z])\b[ ,)]*){3,}",
    ),
    "example": compiled(
        r"^(?:for example|for instance|e\.g\.|as an example|imagine)\b",
        r"\b(?:the (?:words?|phrase|sentences?|tokens?|string|example|query|question)) [“\"‘'(]",
        r"\b(?:sentence|phrase|example|query|utterance|question)s? (?:like |such as )?[“\"]",
    ),
    "enumeration": compiled(r"[:;]$|:\s*\(?(?:1|i|a)\)|\(\d\)|\((?:i{1,3}|iv|a|b)\)|^\(?\d+[).]|^[•◦▪‣·–—-]"),
    "placement": compiled(
        r"\bIDs? \d|\b(?:columns?|rows?)\b|^as (?:can be seen|shown|mentioned)\b|"
        r"\ballows? us to (?:outline|describe|discuss)\b",
        r"\b(?:he|she|his|her)\b",
        r"\b(?:as|the|described|discussed|mentioned|see) above\b|\babove(?=[,.;)])|\bbelow:",
        r"\b(?:aforementioned|above (?:example|table|figure|equation|sections?)|previously mentioned|"
        r"(?:mentioned|described) (?:earlier|before)|as follows|"
        r"the (?:former|latter))\b",
        r"\bfollowing (?:equation|formula|sections?|properties|observations?|table|two|three|four|steps?|"
        r"objective|prompt|question)\b",
        r"\b(?:shown|listed|described|given|seen|discussed|see|table|figure) below\b",
        r"\b(?:in|for) (?:the )?(?:first|second|third|fourth|fifth) (?:example|sentence|record|case|image|category)\b",
        r"\b(?:first|second|third|last|left|right|middle|bottom|top)(?:most)? (?:row|column|"
        r"part of the table|block|panel|half of)\b",
    ),
}
"""Faults by name, in the order in which they are looked for."""

SKIPPED_SECTIONS = compiled(
    r"acknowledg|references|bibliograph|ethic|broader impact|checklist|author contribution|"
    r"contributions? of authors|funding",
    r"availability|conflict|reproducib|licen[sc]e|prompt|annotation guid|supplementary material|"
    r"table of contents|^footnotes?$",
)
"""Sections whose sentences state nothing about the paper's subject."""

_GLUED_OF = one_of(
    "number variety range part use most some one each all because instead set series majority amount lack field area"
)
_GLUED_THE = one_of(
    "corresponding proposed models? methods? tasks? same first most best existing results? problems? data other "
    "performance network training number use field current state"
)
_GLUED_A = one_of("introduce propose present provide develop achieve have such with from using")

BROKEN = compiled(
    "[\U0001d400-\U0001d7ff]",  # letters of formulas
    r"\b(?P<small>the|an?|of|in|to|and|is|are|for|with) (?P=small)\b",
    r"[¨´`ˆ˜¸\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\(cid:|\.{3}|…|,,|;;|\b(?P<word>\w+) (?P=word) (?P=word)\b|"
    r"[A-Za-z]{32,}|"
    r"\b(?:\w ){4,}\w\b",
    r"(?<![\w-])\d{1,2}[A-Z][a-z]{2,}",  # a footnote's number at its first word
    r"[a-z]{2,} (?:We|Our|This|These|It|They|However|Since|While|Although|Moreover)\b|[a-z]{3,} (?:The|In|"
    r"For|To|As) [a-z]",
    r"\w[-‐­] (?!and\b|or\b|to\b|nor\b|und\b|versus\b|vs)[a-z]",  # a hyphen of a line's end
    # words that lost their space where an abstract's line ended
    rf"\b{_GLUED_OF}of\b|\b(?:the|The){_GLUED_THE}\b|\b{_GLUED_A}a\b",
    r"\b[Tt]here(?:is|are|was|were|has|have)\b|\b(?:in|on|for|with|from|by|and|that|to|of)the\b",
    case=True,
)
"""Words that came apart, and headings that ran into a sentence ("Parser scores We observe")."""

CELLS = compiled(
    r"(?:(?<=\s)|^)(?:[±+~≈<>-]*\d+(?:\.\d+)?%?\s+){3,}",
    r"(?:(?<=\s)|^)(?:[A-Z]{2,4}\s+){4,}",
    r"(?:\d+(?:\.\d+)?%?(?: ?/ ?|, ?| ± ?)){5,}",
    r"(?:\s[–—-]\s){2}",
    case=True,
)
"""Cells of a table that ran together."""
