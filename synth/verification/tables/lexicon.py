"""Words by which claims speak of tables (pure)."""

from __future__ import annotations

_LANGUAGES = (
    "af afrikaans ar arabic az azerbaijani be belarusian bg bulgarian bn bengali ca catalan cs czech da danish "
    "de german el greek en english eo esperanto es spanish et estonian eu basque fa persian fi finnish fr french "
    "he hebrew hi hindi hu hungarian id indonesian it italian ja japanese jv javanese ka georgian kk kazakh "
    "ko korean lt lithuanian lv latvian ml malayalam mr marathi ms malay my burmese ne nepali nl dutch no norwegian "
    "pl polish pt portuguese ro romanian ru russian sv swedish sw swahili ta tamil te telugu th thai tl tagalog "
    "tr turkish uk ukrainian ur urdu vi vietnamese yo yoruba zh chinese"
)
_CODES = _LANGUAGES.split()
LANGUAGE_OF = dict(zip(_CODES[::2], _CODES[1::2], strict=True))
"""Names of languages by the codes that head columns."""

_ABBREVIATIONS = (
    "avg average acc accuracy prec precision rec recall dev development val validation param parameter "
    "lang language std deviation sim similarity sent sentence max maximum min minimum num number "
    "sup supervised unsup unsupervised"
)
_SHORT = _ABBREVIATIONS.split()
FULL_WORDS = {**LANGUAGE_OF, **dict(zip(_SHORT[::2], _SHORT[1::2], strict=True))}
"""What headers and labels of tables write short, in full."""

_SIZE_WORDS = "tiny small base medium large big xl xxl xlarge"
SIZES = frozenset(_SIZE_WORDS.split())
"""Words that tell two systems of one name apart."""

_METRIC_WORDS = (
    "acc accuracy f1 em score scores bleu chrf rouge las uas map mrr ndcg precision recall metric metrics average avg "
    "mean results test dev performance points point percent"
)
METRICS = frozenset(_METRIC_WORDS.split())
"""Words of headers that say how a column was measured, not on what."""

_CONDITION_WORDS = (
    "dev development validation test few-shot zero-shot one-shot supervised unsupervised semi-supervised fine-tuned "
    "fine-tuning finetuned finetuning pretrained from-scratch multi-task multitask ensemble translate-train "
    "translate-test in-language monolingual bilingual low-resource high-resource seen unseen cased uncased frozen "
    "distilled reranked without except excluding remaining other others non-english "
    "language-specific domain in-domain out-of-domain subset smaller larger smallest largest translated"
)
CONDITIONS = frozenset(_CONDITION_WORDS.split())
"""Words that name a setting: a claim that holds one speaks of such a table only as holds it too."""

LOWER_IS_BETTER = (
    r"\b(?:lower is better|smaller is better|↓|error|errors|perplexity|ppl|loss|gap|gaps|wer|cer|ter|latency|time|"
    r"hours|seconds|distance|dist|bias|rank|cost|memory|parameters|params|size|mae|rmse|mse|variance|deviation)\b|↓"
)
"""Signs of a measure of which little is good: what "better" means there is left open."""
