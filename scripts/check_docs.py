"""Checks what the documents say against what is there: ``python scripts/check_docs.py``.

Relative links lead to a file and a heading; commands and options named as code exist; scripts and verbs of the
Makefile exist; the two commands of a new user are in the README, and ``.ci/run`` runs the second.
Run it in the project's environment; ``make lint`` does.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import cli_docs

ROOT = Path(__file__).resolve().parents[1]
DEMO = "python3 scripts/demo.py"
TEST = "python3 scripts/test.py"

_FENCE = re.compile(r"^(```|~~~)[^\n]*\n(.*?)^\1\s*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_VERB = re.compile(r"^([a-z]+):", re.MULTILINE)


def documents(root: Path) -> list[Path]:
    """The Markdown files that people read, without what the program itself writes."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("data/**/README.md")])


def anchors(text: str) -> set[str]:
    """The anchors that a Markdown page gets from its headings."""
    found = set()
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        found.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return found


def broken_links(path: Path, root: Path) -> Iterator[str]:
    """One line for every relative link that leads nowhere."""
    text = path.read_text(encoding="utf-8")
    for target in _LINK.findall(_SPAN.sub("", _FENCE.sub("", text))):
        if _ELSEWHERE.match(target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.is_relative_to(root) or not there.exists():
            yield f"link to {target}, which is not there"
        elif anchor and there.suffix == ".md" and anchor not in anchors(there.read_text(encoding="utf-8")):
            yield f"link to {target}, but {there.name} has no such heading"


def code(text: str) -> Iterator[str]:
    """What a page shows as code: every span, and every line of a fenced block."""
    for _, block in _FENCE.findall(text):
        yield from (line.strip().removeprefix("$ ") for line in block.replace("\\\n", " ").splitlines())
    yield from _SPAN.findall(_FENCE.sub("", text))


def wrong_command(line: str, known: Mapping[tuple[str, ...], frozenset[str]]) -> str | None:
    """What is wrong with a line of code that starts with ``synth``; None if nothing is.

    Args:
        line: As it stands in the document.
        known: The options of every command, by its words.
    """
    try:
        words = shlex.split(line.replace("\\|", "|"), comments=True)
    except ValueError:  # a quote that the page leaves open
        words = line.split()
    if len(words) < 2 or words[0] != "synth" or not re.fullmatch(r"-.*|[a-z]+", words[1]):
        return None
    path: tuple[str, ...] = ()
    rest = words[1:]
    while rest and (*path, rest[0]) in known:
        path, rest = (*path, rest[0]), rest[1:]
    groups = {words[:-1] for words in known if words}
    if path in groups and rest and not rest[0].startswith("-") and rest[0].islower():
        return f"command {' '.join(('synth', *path, rest[0]))!r} does not exist"
    for word in rest:
        option = word.partition("=")[0].strip("[]")
        if re.fullmatch(r"--[a-z][a-z-]+", option) and option not in known[path]:
            return f"option {option} of {' '.join(('synth', *path))!r} does not exist"
    return None


def wrong_tool(line: str, root: Path, verbs: set[str]) -> str | None:
    """What is wrong with a line of code that names a script or a verb of the Makefile."""
    for script in re.findall(r"(?<![\w./])((?:scripts|benchmarks)/[\w/]+\.py|\.ci/\w+)", line):
        if not (root / script).is_file():
            return f"{script} is not there"
    words = line.split()
    if len(words) > 1 and words[0] == "make" and re.fullmatch(r"[a-z]+", words[1]) and words[1] not in verbs:
        return f"make {words[1]} is not in the Makefile"
    return None


def options() -> dict[tuple[str, ...], frozenset[str]]:
    """The options of every command, by its words."""
    return {
        words: frozenset(option for one in command.params for option in (*one.opts, *one.secondary_opts)) | {"--help"}
        for words, command in cli_docs.commands().items()
    }


def problems(root: Path) -> Iterator[str]:
    """One line for everything that a document says wrongly."""
    known = options()
    verbs = set(_VERB.findall((root / "Makefile").read_text(encoding="utf-8")))
    for path in documents(root):
        where = path.relative_to(root).as_posix()
        yield from (f"{where}: {problem}" for problem in broken_links(path, root))
        for line in code(path.read_text(encoding="utf-8")):
            for problem in (wrong_command(line, known), wrong_tool(line, root, verbs)):
                if problem:
                    yield f"{where}: {problem}"
    shown = set(code((root / "README.md").read_text(encoding="utf-8")))
    yield from (f"README.md: the command `{command}` is missing" for command in (DEMO, TEST) if command not in shown)
    if TEST not in (root / ".ci" / "run").read_text(encoding="utf-8"):
        yield f".ci/run: does not run `{TEST}`"


def main() -> int:
    """Print every problem; gives the exit code."""
    found = list(problems(ROOT))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
