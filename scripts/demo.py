"""Writes a sample report without any network, setting the project up first: ``python3 scripts/demo.py [QUESTION]``."""

import sys

import environment

QUESTION = (
    "How does intermediate-task training on English code generation tasks affect the zero-shot cross-lingual"
    " performance of multilingual models on the XNLI benchmark?"
)
"""One of the five sample questions."""
FOLDER = environment.ROOT / "demo-report"
"""Not reports/, which holds the samples as they are checked in."""


def main() -> int:
    """Sets up, runs the main job offline and says where the report is."""
    words = sys.argv[1:]
    if words and words[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    question = " ".join(words) or QUESTION
    venv = environment.interpreter("demo").parents[1]
    environment.say(f"Question: {question}")
    synth = environment.program(venv, "synth")
    code = environment.run([synth, "report", "--offline", "--out", FOLDER, "--", question])
    if code == 0:
        print(f"\nThe report, from the embedded library: {FOLDER / 'report.html'}")
    return code


if __name__ == "__main__":
    sys.exit(main())
