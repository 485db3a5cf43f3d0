"""``synth verify``: a reader's own claims against the library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth.cli.options import Json, Offline, Quiet, Risk, Verifier, Workspace, opened
from synth.cli.output import put


def verify(
    claim: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM|FILE",
            help="One claim in a sentence, or a file of claims: one a line, CSV with a claim column, or JSONL.",
            show_default=False,
        ),
    ],
    offline: Offline = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the result as CSV.")] = False,
    risk: Risk = None,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check your own claims against the library.

    The library is what `synth library add` and earlier reports have read; --offline adds the embedded digests.
    """
    from synth.cli.show import verified_csv, verified_json, verified_text
    from synth.errors import ConfigError
    from synth.pipeline.verify import claims_in
    from synth.pipeline.verify import verify as check

    if csv and json:
        raise ConfigError("--csv and --json exclude each other; choose one")
    texts = claims_in(Path(claim)) if _is_file(claim) else (_one(claim),)
    with opened(workspace=workspace, quiet=quiet, verifier=verifier, risk=risk, offline=offline) as parts:
        verified = check(texts, parts, offline=offline)
    shape = verified_json if json else verified_csv if csv else verified_text
    put(shape(verified), as_json=json, nl=not csv)
    for note in verified.notes:
        typer.echo(f"note: {note}", err=True)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # a claim can be longer than any file's name
        return False


def _one(text: str) -> str:
    """A claim as typed; what looks like a file that is not there is an error, not a claim."""
    from synth.errors import ConfigError

    bare = text.strip()
    if bare and " " not in bare and (Path(bare).suffix[1:].isalpha() or "/" in bare or _is_folder(bare)):
        raise ConfigError(
            f"{bare} is no file that can be read; name a file of claims, or write the claim as a sentence"
        )
    return text


def _is_folder(text: str) -> bool:
    try:
        return Path(text).is_dir()
    except (OSError, ValueError):
        return False
