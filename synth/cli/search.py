"""``synth search``: the ranked papers, before any PDF is fetched."""

from __future__ import annotations

from typing import Annotated

import typer

from synth.cli.options import Categories, Json, Offline, Papers, Quiet, Since, Until, Workspace, opened
from synth.cli.output import put


def search(
    question: Annotated[str, typer.Argument(help="One research question, in English.", show_default=False)],
    papers: Papers = 15,
    offline: Offline = False,
    since: Since = None,
    until: Until = None,
    categories: Categories = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show the papers that a report would read, and why each was kept or screened out.

    No PDF is fetched.
    """
    from synth.cli.show import search_json, search_text
    from synth.pipeline.options import report_options
    from synth.pipeline.search import search as find

    options = report_options(papers=papers, offline=offline, since=since, until=until, categories=categories)
    with opened(workspace=workspace, quiet=quiet) as parts:
        gathered = find(question, options, parts)
    put(search_json(gathered) if json else search_text(gathered), as_json=json)
