from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

KNOWN: dict[tuple[str, ...], frozenset[str]] = {
    (): frozenset({"--help", "--version"}),
    ("report",): frozenset({"--help", "--offline", "--out"}),
    ("library",): frozenset({"--help"}),
    ("library", "add"): frozenset({"--help"}),
}


@pytest.mark.parametrize(
    "line",
    [
        "synth report --offline “How …?”",
        'synth report "What about --nothing?" --out DIR',
        "synth library add PATH\\|ARXIV_ID",
        "synth --help",
        "synth library",
        "synth …",
        "synth.toml",
        "synth/types.py",
        "synth COMMAND --help",
        "synth report QUESTION | head",
    ],
)
def test_right_commands_pass(script: Callable[[str], ModuleType], line: str) -> None:
    assert script("check_docs").wrong_command(line, KNOWN) is None


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("synth summarise QUESTION", "'synth summarise'"),
        ("synth library burn ID", "'synth library burn'"),
        ("synth report QUESTION --online", "--online of 'synth report'"),
        ("synth report QUESTION --out=DIR --ofline", "--ofline"),
    ],
)
def test_wrong_commands_are_named(script: Callable[[str], ModuleType], line: str, problem: str) -> None:
    assert problem in script("check_docs").wrong_command(line, KNOWN)


def test_links(script: Callable[[str], ModuleType], tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A heading, `with` [a link](x.md)\n\n```\n# no heading\n```\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[1](there.md) [2](there.md#a-heading-with-a-link) [3](https://example.org/x) [4](#here)\n# Here\n"
        "[a](absent.md) [b](there.md#no-heading) [c](../outside.md) ![d](absent.png)\n`[code](not-a-link.md)`\n"
    )
    found = [line.split(",")[0] for line in script("check_docs").broken_links(page, tmp_path)]
    assert found == [f"link to {one}" for one in ("absent.md", "there.md#no-heading", "../outside.md", "absent.png")]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("python3 scripts/test.py -k x", True),
        ("python3 scripts/nothing.py", False),
        ("make bench", True),
        ("make coffee", False),
        (".ci/run", True),
        (".ci/walk", False),
    ],
)
def test_scripts_and_verbs(script: Callable[[str], ModuleType], line: str, right: bool) -> None:
    assert (script("check_docs").wrong_tool(line, ROOT, {"bench", "test"}) is None) is right


def test_code_is_found_in_spans_and_blocks(script: Callable[[str], ModuleType]) -> None:
    text = "Run `synth a`.\n\n```sh\n$ synth b \\\n  --x\nsynth c\n```\n\nand ``not `this` `` but `synth d`.\n"
    found = list(script("check_docs").code(text))
    assert [" ".join(line.split()) for line in found if line.startswith("synth")] == [
        "synth b --x",
        "synth c",
        "synth a",
        "synth d",
    ]
