"""The card as Markdown and HTML with its plots: the one module here that writes files."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from synth.experiment.findings import Audit
from synth.experiment.rerun_card.card import RunCard, run_cards
from synth.experiment.rerun_card.plots import draw, plots_at_hand
from synth.experiment.rerun_card.scoring import Measured
from synth.experiment.rerun_card.words import arm_title, task_title
from synth.experiment.results import Results
from synth.report.files import write_files
from synth.report.templating import environment, styles

NAMES = ("experiment.md", "experiment.html")
CAPTIONS = {
    "effects": "Differences in points with 95% intervals, against zero; a star is what is published, quoted or follows"
    " from published scores, for another encoder.",
    "languages": "Gain from intermediate training in each language that a task was tested on; grey was not tested.",
    "tatoeba": "Accuracy of Tatoeba in each language, by intermediate task; bars span the seeds.",
    "noise": "Change of the scores by noise in the input, with 95% intervals.",
    "sizes": "Gain from intermediate training by size of the encoder, with 95% intervals.",
}


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot in its two forms."""

    name: str
    """Of its file."""
    caption: str
    svg: str

    @property
    def address(self) -> Markup:
        """The plot itself as the address of a picture: a page's policy on styles does not reach into it."""
        return Markup("data:image/svg+xml;base64," + base64.b64encode(self.svg.encode()).decode())


def card_markdown(cards: Sequence[RunCard], plots: Mapping[str, Sequence[Plot]]) -> str:
    """The card as Markdown, which names the files of the plots."""
    return environment("md").get_template("experiment.md.j2").render(**_shown(cards, plots))


def card_html(cards: Sequence[RunCard], plots: Mapping[str, Sequence[Plot]]) -> str:
    """The card as one HTML file that asks for nothing else: the plots are in it."""
    css = styles(["report.css", "audit.css", "experiment.css"])
    return environment("html").get_template("experiment.html.j2").render(**_shown(cards, plots), **css)


def write_pages(runs: Sequence[Results], audited: Audit, folder: Path) -> tuple[Path, ...]:
    """Writes experiment.md, experiment.html and the plots, all whole or none; the same runs give the same bytes.

    Without matplotlib the card comes without plots, and says so.

    Args:
        runs: The runs, in the order in which they are shown.
        audited: The audit of the published numbers.
        folder: Where to.

    Raises:
        OutputError: If the folder cannot be made or written, or the disk is full.
    """
    cards = run_cards(runs, audited)
    plots = {card.key: plots_of(card.key, run) for card, run in zip(cards, runs, strict=True)}
    bodies = dict(zip(NAMES, (card_markdown(cards, plots), card_html(cards, plots)), strict=True))
    bodies.update({plot.name: plot.svg for some in plots.values() for plot in some})
    return write_files(bodies, folder)


def plots_of(key: str, run: Results) -> tuple[Plot, ...]:
    """The plots of a run, named for it."""
    return tuple(Plot(f"experiment-{key}-{name}.svg", CAPTIONS[name], svg) for name, svg in draw(run).items())


def measured_said(one: Measured | None) -> str:
    """``41.3 ± 0.6``, or ``41.3`` of one seed."""
    if one is None:
        return "–"
    return f"{one.mean:.1f}" if one.spread is None else f"{one.mean:.1f} ± {one.spread:.1f}"


def _shown(cards: Sequence[RunCard], plots: Mapping[str, Sequence[Plot]]) -> dict[str, object]:
    return {
        "cards": cards,
        "plots": plots,
        "drawn": plots_at_hand(),
        "task_title": task_title,
        "arm_title": arm_title,
        "said": measured_said,
    }
