"""From claims to verdicts: a run of passages, logits for all pairs at once, evidence, judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from synth.backing.match import backings
from synth.pipeline.parts import Parts
from synth.retrieval.index import PassageIndex
from synth.types import CheckedClaim, Claim, Evidence, Passage
from synth.verification.aggregate import judge
from synth.verification.beside import Beside
from synth.verification.evidence import depth_of, evidence_for, is_origin
from synth.verification.reading import as_read, read_runs


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
    beside = Beside.of(by_id)
    parts.progress.step("Looking for evidence", len(claims))
    index = PassageIndex(passages, parts.encoder.encode([passage.text for passage in passages]))
    vectors = parts.encoder.encode([claim.text for claim in claims])
    runs = []
    read_as = [as_read(claim) for claim in claims]
    for claim, bare, vector in zip(claims, read_as, vectors, strict=True):
        more = partial(beside.more, claim=bare)
        runs.append(index.search(claim.text, vector, k=depth_of(claim), exclude=partial(is_origin, claim), more=more))
        parts.progress.advance()
    logits = read_runs(parts.nli, read_as, runs, by_id, on_reading=parts.progress.step)
    parts.progress.step("Judging", len(claims))
    rows: list[CheckedClaim] = []
    weighed: list[Evidence] = []
    for number, (claim, bare, run, read) in enumerate(zip(claims, read_as, runs, logits, strict=True), start=1):
        evidence = evidence_for(bare, run, by_id, read, beside.grids)
        weighed.extend(evidence)
        calibrator = parts.calibrators.of(claim) if parts.calibrators else None
        verdict = judge(bare, evidence, by_id, calibrator)
        backing = backings(claim.text, parts.facts)
        rows.append(CheckedClaim(number=number, claim=claim, verdict=verdict, backing=backing))
        parts.progress.advance()
    return Checked(claims=tuple(rows), evidence=tuple(weighed))
