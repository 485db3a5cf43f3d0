"""Papers and passages of the example report: made up, with characters that break formats."""

from __future__ import annotations

import datetime as dt

from synth.types import Box, Paper, Passage, PassageKind, ReadFrom, RetrievedPaper, Role, SectionRole, Source

_TITLES = {
    "1501.00001v2": "Warming Up Encoders on English Tasks Before They Meet Other Languages",
    "1502.00002v1": "A Very Long Title That Goes On About Retrieval, Alignment | Pipes, <b>Tags</b> & Ampersands in "
    "Multilingual Encoders: When Does Intermediate-Task Training Help, When Does It Hurt, and Why Nobody Agrees",
    "1503.00003v1": "Robust Training for Zero-Shot Transfer under `Noisy` Input_Conditions",
    "1504.00004v3": "Scaling *Multilingual* Encoders",
    "1505.00005v1": "Vision and Language Together: $\\alpha$ Modest Beginning",
    "file:0123456789ab": "Lecture Notes Without an Address",
}
_AUTHORS = {
    "1501.00001v2": ("Ada Example", "Bo Sample"),
    "1502.00002v1": tuple(f"Author {letter}. Name" for letter in "ABCDEFGHIJKLMN"),
    "1503.00003v1": ("Çelik Örnek",),
    "1504.00004v3": ("李 明", "Zoë O'Neil-Smith"),
    "1505.00005v1": ("Jane <Doe>",),
    "file:0123456789ab": (),
}
_YEARS = {"1501.00001v2": 2020, "1502.00002v1": 2021, "1503.00003v1": 2022, "1504.00004v3": 2024, "1505.00005v1": 2025}


def paper(paper_id: str) -> Paper:
    year = _YEARS.get(paper_id)
    return Paper(
        id=paper_id,
        title=_TITLES[paper_id],
        authors=_AUTHORS[paper_id],
        abstract="An abstract.",
        published=dt.date(year, 5, 28) if year else None,
        source=Source.FILE if paper_id.startswith("file:") else Source.ARXIV,
        categories=("cs.CL",),
        path="/somewhere/private/notes.pdf" if paper_id.startswith("file:") else None,
    )


PAPERS = (
    RetrievedPaper(
        paper=paper("1501.00001v2"),
        role=Role.USED,
        reason="Close to the question.",
        relevance=0.91,
        read_from=ReadFrom.PDF,
        n_pages=14,
        n_sentences=312,
    ),
    RetrievedPaper(
        paper=paper("1502.00002v1"),
        role=Role.USED,
        reason="Close to the question.",
        relevance=0.83,
        read_from=ReadFrom.PDF,
        n_pages=9,
        n_sentences=208,
        notes=("Page 7 could not be read.",),
    ),
    RetrievedPaper(
        paper=paper("1503.00003v1"),
        role=Role.USED,
        reason="Close to the question.",
        relevance=0.64,
        read_from=ReadFrom.DIGEST,
        n_sentences=24,
    ),
    RetrievedPaper(
        paper=paper("file:0123456789ab"),
        role=Role.USED,
        reason="Given by the reader.",
        relevance=0.58,
        read_from=ReadFrom.PDF,
        n_pages=22,
        n_sentences=401,
    ),
    RetrievedPaper(
        paper=paper("1504.00004v3"),
        role=Role.SCREENED_OUT,
        reason="Relevance 0.31 is below the fifteen best | kept.",
        relevance=0.31,
    ),
    RetrievedPaper(paper=paper("1505.00005v1"), role=Role.SKIPPED, reason="The PDF has no text layer.", relevance=0.57),
)

_PASSAGES = (
    (
        "1501.00001v2#0041",
        "4.2 Results",
        6,
        "Across nine target tasks, intermediate-task training raises the average "
        "by 5.4 points over the plain encoder. The gain is largest for sentence retrieval.",
    ),
    (
        "1502.00002v1#0017",
        "3 Experiments",
        4,
        "We see gains of 5.1 to 5.6 points on the same benchmark after an "
        "intermediate phase; a <script>alert(1)</script> in a footnote is plain text. It costs 2 | 3 GPU days.",
    ),
    ("1502.00002v1#0052", "5 Analysis", 7, "On XNLI, however, no intermediate task brings a reliable gain."),
    ("1502.00002v1#0061", "5 Analysis", 7, "Table 3. Accuracy by task. | Model: Warm | *Up* | XNLI: 79.5"),
    ("1503.00003v1#0009", "Results", 0, "Training with noise keeps 92% of the clean accuracy on XNLI."),
    (
        "file:0123456789ab#0003",
        "2 Background",
        3,
        "Machine-translated intermediate data helps in low-resource languages.",
    ),
)

PASSAGES = tuple(
    Passage(
        id=name,
        paper_id=name.partition("#")[0],
        kind=PassageKind.PROSE,
        section=section,
        role=SectionRole.RESULTS,
        page=page,
        start=100,
        end=100 + len(text),
        text=text,
        box=Box(72.0, 100.5, 290.25, 140.0),
    )
    for name, section, page, text in _PASSAGES
)
