"""Which languages each task of XTREME is tested on, and the codes that its files use for them."""

from __future__ import annotations


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


XNLI_LANGUAGES = ("ar", "bg", "de", "el", "en", "es", "fr", "hi", "ru", "sw", "th", "tr", "ur", "vi", "zh")
PAWSX_LANGUAGES = ("de", "en", "es", "fr", "ja", "ko", "zh")
PANX_LANGUAGES = _codes(
    "af ar bg bn de el en es et eu fa fi fr he hi hu id it ja jv ka kk ko ml mr ms my nl pt ru sw ta te tl tr ur vi "
    "yo zh"
)
"""All of XTREME's but Thai, whose labels are in no copy at hand."""
UDPOS_LANGUAGES = _codes(
    "af ar bg de el en es et eu fa fi fr he hi hu id it ja kk ko mr nl pt ru ta te th tl tr ur vi yo zh"
)
XQUAD_LANGUAGES = ("ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh")
MLQA_LANGUAGES = ("ar", "de", "en", "es", "hi", "vi", "zh")
TYDIQA_LANGUAGES = ("ko", "sw")
"""The tested ones: XTREME strips the answers of TyDiQA's development set, but ships the training sets of these two,
which a model trained on English has not seen."""
BUCC_LANGUAGES = ("zh",)
"""Of the four, the one whose two heaps of sentences are small enough to be handed on in public copies."""
COPA_LANGUAGES = ("en", "et", "ht", "id", "it", "qu", "sw", "ta", "th", "tr", "vi", "zh")

UDPOS_SPLITS: dict[str, str] = dict.fromkeys(UDPOS_LANGUAGES, "test") | dict.fromkeys(
    ("de", "en", "et", "fr", "id", "it", "ja", "pt", "ru", "tr"), "dev"
)
"""The file that a language is tested on. Test labels are stripped from XTREME's files and were joined again from
another copy; where a share of the sentences found no labels, the whole development set is the better test. Tagalog
and Yoruba have no development set: 54 of 55 and 94 of 100 test sentences are what there is."""

_NAMES = _codes(
    "af Afrikaans ar Arabic bg Bulgarian de German el Greek en English es Spanish et Estonian eu Basque fa Persian "
    "fi Finnish fr French he Hebrew hi Hindi hu Hungarian id Indonesian it Italian ja Japanese kk Kazakh ko Korean "
    "mr Marathi nl Dutch pt Portuguese ru Russian ta Tamil te Telugu th Thai tl Tagalog tr Turkish ur Urdu "
    "vi Vietnamese yo Yoruba zh Chinese"
)
UDPOS_NAMES: dict[str, str] = dict(zip(_NAMES[::2], _NAMES[1::2], strict=True))
"""The names that Universal Dependencies, and the Hub after them, have for the languages."""

_ISO_639 = _codes(
    "afr af amh am ara ar aze az bel be ben bn bos bs bre br bul bg cat ca ces cs cha ch cmn zh cor kw cym cy dan da "
    "deu de ell el epo eo est et eus eu fao fo fin fi fra fr fry fy gla gd gle ga glg gl heb he hin hi hrv hr hun hu "
    "hye hy ido io ile ie ina ia ind id isl is ita it jav jv jpn ja kat ka kaz kk khm km kor ko kur ku lat la lit lt "
    "lvs lv mal ml mar mr mkd mk mon mn nld nl nno nn nob nb oci oc pes fa pol pl por pt ron ro rus ru slk sk slv sl "
    "spa es sqi sq srp sr swe sv swh sw tam ta tat tt tel te tgl tl tha th tuk tk tur tr uig ug ukr uk urd ur uzb uz "
    "vie vi xho xh yid yi zsm ms"
)
TATOEBA_CODES: dict[str, str] = dict(zip(_ISO_639[::2], _ISO_639[1::2], strict=True))
"""ISO 639-3 codes of Tatoeba's files to 639-1; a language without a two-letter code keeps its three letters."""
XTREME_36 = _codes(
    "af ar bg bn de el es et eu fa fi fr he hi hu id it ja jv ka kk ko ml mr nl pt ru sw ta te th tl tr ur vi zh"
)
"""The Tatoeba languages of XTREME's score."""
