"""Makes data/experiments/facts.json anew: what the audit and the stored runs say of numbers that claims state.

``python scripts/experiment_facts.py`` writes it, ``--check`` only says whether it is what the code makes now.
"""

from __future__ import annotations

import sys

from synth.backing.facts import facts_to_json, shipped_facts
from synth.errors import SynthError
from synth.experiment.backing_facts import experiment_facts
from synth.experiment.published import shipped
from synth.resources import data_path


def main(arguments: list[str]) -> int:
    """Write or check the facts; 0 if all is well."""
    if arguments not in ([], ["--check"]):
        print("usage: python scripts/experiment_facts.py [--check]", file=sys.stderr)
        return 2
    target = shipped_facts()
    results = [path for path in sorted(data_path("experiments").glob("*.json")) if path.name != target.name]
    try:
        body = facts_to_json(experiment_facts(shipped(), results))
    except SynthError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    if arguments:
        if target.is_file() and target.read_text(encoding="utf-8") == body:
            return 0
        print(f"{target} is not what the code makes now; run: python scripts/experiment_facts.py", file=sys.stderr)
        return 1
    part = target.with_suffix(".part")
    part.write_text(body, encoding="utf-8")
    part.replace(target)
    print(f"{target}: {body.count(chr(10)) - 2} facts from the audit and {len(results)} runs")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
