"""From claims to verdicts: a run of passages, logits for all pairs at once, evidence, judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from synth.backing.match import backings
from synth.pipeline.parts import Parts
from synth.retrieval.index import PassageIndex
from synth.types import CheckedClaim, Claim, Evidence, Passage
from synth.verification.aggregate import judge
from synth.verification.weighing import weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The claim table with every piece of evidence that was weighed, shown or not."""

    claims: tuple[CheckedClaim, ...]
    evidence: tuple[Evidence, ...]

    def quoted(self, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """The passages that the shown evidence names, in order of id."""
        named = {piece.passage_id for row in self.claims for piece in row.verdict.evidence}
        return tuple(sorted((one for one in passages if one.id in named), key=lambda one: one.id))


def check(claims: Sequence[Claim], passages: Sequence[Passage], parts: Parts) -> Checked:
    """Check every claim against all the passages; its own origin is left out before inference.

    What experiments say of a claim is put beside its verdict, which knows nothing of it.
    """
    by_id = {passage.id: passage for passage in passages}
    parts.progress.step("Looking for evidence", len(claims))
    index = PassageIndex(passages, parts.encoder.encode([passage.text for passage in passages]))
    vectors = parts.encoder.encode([claim.text for claim in claims])
    weighed = weigh(
        claims, vectors, by_id, index, parts.nli, on_found=parts.progress.advance, on_reading=parts.progress.step
    )
    parts.progress.step("Judging", len(claims))
    rows: list[CheckedClaim] = []
    for number, (claim, (read, evidence)) in enumerate(zip(claims, weighed, strict=True), start=1):
        calibrator = parts.calibrators.of(claim) if parts.calibrators else None
        verdict = judge(read, evidence, by_id, calibrator)
        backing = backings(claim.text, parts.facts)
        rows.append(CheckedClaim(number=number, claim=claim, verdict=verdict, backing=backing))
        parts.progress.advance()
    return Checked(claims=tuple(rows), evidence=tuple(piece for _, evidence in weighed for piece in evidence))
