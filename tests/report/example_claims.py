"""Claims of the example report: made up, one or more of every label."""

from __future__ import annotations

from synth.types import Backing, BackingKind, CheckedClaim, Claim, Evidence, Label, NumberCheck, Origin, Stance, Verdict


def origin(paper_id: str, section: str, page: int, verbatim: str) -> Origin:
    return Origin(paper_id=paper_id, section=section, page=page, start=0, end=len(verbatim), verbatim=verbatim)


def piece(
    claim_id: str,
    passage_id: str,
    stance: Stance,
    numbers: NumberCheck,
    independent: bool,
    rank: int,
    arithmetic: str = "",
) -> Evidence:
    logits = {Stance.SUPPORTS: (3.25, 0.5, -2.75), Stance.REFUTES: (-2.0, 0.25, 2.5), Stance.NEUTRAL: (0.0, 2.0, 0.0)}
    return Evidence(
        claim_id=claim_id,
        passage_id=passage_id,
        paper_id=passage_id.partition("#")[0],
        stance=stance,
        logits=logits[stance],
        dense=0.71,
        rank=rank,
        numbers=numbers,
        independent=independent,
        arithmetic=arithmetic,
    )


def row(
    number: int,
    text: str,
    label: Label,
    confidence: float | None,
    *,
    origins=(),
    evidence=(),
    n_self=0,
    n_independent=0,
    n_refuting=0,
    verified=False,
    reason="No passage settles it.",
    backing=(),
) -> CheckedClaim:
    claim_id = f"{number:012x}"
    pieces = tuple(
        piece(claim_id, passage, stance, numbers, independent, rank, *arithmetic)
        for rank, (passage, stance, numbers, independent, *arithmetic) in enumerate(evidence, 1)
    )
    verdict = Verdict(
        claim_id=claim_id,
        label=label,
        confidence=confidence,
        verified=verified,
        evidence=pieces,
        n_self=n_self,
        n_independent=n_independent,
        n_refuting=n_refuting,
        reason=reason,
    )
    claim = Claim(id=claim_id, text=text, origins=tuple(origins), worthiness=0.9, relevance=1 - number / 20)
    return CheckedClaim(number=number, claim=claim, verdict=verdict, backing=backing)


_S, _R = Stance.SUPPORTS, Stance.REFUTES
_AGREE, _NONE, _MISSING, _DISAGREE = NumberCheck.AGREE, NumberCheck.NONE, NumberCheck.MISSING, NumberCheck.DISAGREE

SUM = "79.5 − 78.3 = 1.2 (Table 3, rows Warm | *Up* and <b>Plain</b>, column XNLI)"

CLAIMS = (
    row(
        1,
        "English intermediate-task training improves the zero-shot average over nine target tasks by 5.4 points.",
        Label.SUPPORTED,
        0.9312,
        verified=True,
        n_self=1,
        n_independent=1,
        reason="Another paper and another passage of the same paper support it, and the numbers agree.",
        origins=[
            origin(
                "1501.00001v2",
                "Abstract",
                1,
                "We find that English intermediate-task training improves the "
                "zero-shot average over nine target tasks by 5.4 points.",
            ),
            origin(
                "1502.00002v1", "2 Related Work", 2, "Example and Sample (2020) report an average gain of 5.4 points."
            ),
        ],
        evidence=[("1502.00002v1#0017", _S, _AGREE, True), ("1501.00001v2#0041", _S, _AGREE, False)],
        backing=(
            Backing(
                kind=BackingKind.DIFFERS,
                text="5.4: differs, Table 2 of 1501.00001v2 gives 5.1",
                reference="audit example-2/avg; synth experiment audit",
            ),
            Backing(
                kind=BackingKind.SAME,
                text="XTREME: same direction at mini scale (+1.2, 95% interval 0.3 to 2.1)",
                reference="experiment mini, effect intermediate/all; synth experiment report",
            ),
        ),
    ),
    row(
        2,
        "XNLI sees no benefit from intermediate-task training on English data.",
        Label.SUPPORTED,
        0.8427,
        verified=True,
        n_independent=1,
        reason="Another paper supports it.",
        origins=[
            origin(
                "1501.00001v2",
                "4.2 Results",
                6,
                "XNLI sees no benefit from intermediate-task training on English data.",
            )
        ],
        evidence=[("1502.00002v1#0052", _S, _NONE, True)],
    ),
    row(
        3,
        "Robust training keeps 92% of the clean accuracy on XNLI when the input is noisy.",
        Label.SUPPORTED,
        0.8811,
        verified=True,
        n_self=1,
        reason="Another passage of the same paper supports it, and the numbers agree.",
        origins=[
            origin(
                "1503.00003v1",
                "Abstract",
                0,
                "Robust training keeps 92% of the clean accuracy on XNLI when the input is noisy.",
            )
        ],
        evidence=[("1503.00003v1#0009", _S, _AGREE, False)],
    ),
    row(
        4,
        "Multi-task intermediate training beats every single task, e.g. "
        "MNLI | SQuAD & <i>HellaSwag</i>, by more than 3 points.",
        Label.NOT_ENOUGH_INFO,
        0.4118,
        reason="Passages are close, but a number of the claim is missing in all of them.",
        origins=[
            origin(
                "1502.00002v1",
                "3 Experiments",
                5,
                "Multi-task intermediate training beats every "
                "single task, e.g. MNLI | SQuAD & <i>HellaSwag</i>, by more than 3 points.",
            )
        ],
    ),
    row(
        5,
        "Machine-translated intermediate data helps every target language.",
        Label.CONFLICTING,
        0.6633,
        n_independent=1,
        n_refuting=1,
        reason="One paper supports it and one refutes it.",
        origins=[
            origin("1501.00001v2", "6 Discussion", 9, "Translated intermediate data helps every target language.")
        ],
        evidence=[("file:0123456789ab#0003", _S, _NONE, True), ("1502.00002v1#0052", _R, _NONE, True)],
    ),
    row(
        6,
        "The gain on XNLI is 9.9 points.",
        Label.REFUTED,
        0.7702,
        n_refuting=1,
        reason="The numbers disagree.",
        origins=[origin("file:0123456789ab", "2 Background", 4, "The gain on XNLI is 9.9 points.")],
        evidence=[
            ("1502.00002v1#0017", _R, _DISAGREE, True),
            ("1502.00002v1#0061", _R, _DISAGREE, True, SUM),
        ],
    ),
    row(
        7,
        "=cmd|' /C calc'!A0 is how *one* _footnote_ of `Örnek` [sic] (2022) starts; see www.example.org #1 ~ $5.",
        Label.NOT_CHECKWORTHY,
        None,
        reason="It states nothing that evidence could bear on.",
        origins=[origin("1503.00003v1", "Method", 0, "=cmd|' /C calc'!A0 is how *one* _footnote_ starts.")],
    ),
    row(
        8,
        "Sentence retrieval gains most from intermediate-task training, which the lecture notes, the second "
        "paper and the analysis of the first paper all put down to the absence of training data for retrieval, while "
        "classification tasks with large training sets of their own change little, "
        "and question answering lies between the two.",
        Label.SUPPORTED,
        0.5521,
        n_self=1,
        reason="One other passage supports it, below the threshold of a check mark.",
        origins=[origin("1501.00001v2", "5 Analysis", 8, "Sentence retrieval gains most.")],
        evidence=[("1501.00001v2#0041", _S, _MISSING, False)],
    ),
)
