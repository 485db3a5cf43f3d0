"""The card's plots as SVG: the only import of matplotlib in the experiment."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from textwrap import fill
from typing import Any

from synth.experiment.rerun_card.panels import (
    Cells,
    Panel,
    Series,
    effect_panels,
    language_cells,
    noise_panel,
    retrieval_panel,
    size_panels,
)
from synth.experiment.rerun_card.words import signed
from synth.experiment.results import Results

_STYLE: dict[Any, Any] = {
    "font.size": 9,
    "font.family": ["DejaVu Sans"],
    "svg.hashsalt": "synth",  # ids in the file would differ from run to run
    "svg.fonttype": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titleweight": "bold",
    "axes.titlesize": 9.5,
    "figure.facecolor": "white",
}
_GREY, _LIGHT = "#6b6b6b", "#d5d5d5"
_LOOKS = {
    "intermediate": ("#000000", "o"),
    "none": (_GREY, "|"),
    "nli": ("#0072b2", "s"),
    "qa": ("#d55e00", "^"),
    "commonsense": ("#009e73", "v"),
    "multi": ("#cc79a7", "D"),
    "robust": ("#0072b2", "s"),
    "typos": ("#0072b2", "s"),
    "accents": ("#d55e00", "^"),
    "case": ("#009e73", "v"),
}
"""Colours of Okabe and Ito, which stay apart for colour-blind readers, each with a mark of its own for print."""
_OTHER = ("#56b4e9", "P")
_DARK = 0.4
"""Luminance of a cell below which its figure is white."""


def plots_at_hand() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def draw(results: Results) -> dict[str, str]:
    """All plots that a run has something for, as SVG by name; empty without matplotlib.

    Args:
        results: The run. The same gives the same bytes with the same matplotlib.
    """
    if not plots_at_hand():
        return {}
    import matplotlib

    made: dict[str, str] = {}
    with matplotlib.rc_context(_STYLE):
        if effects := effect_panels(results):
            made["effects"] = _dots(effects, "points gained")
        if cells := language_cells(results):
            made["languages"] = _map(cells)
        if retrieval := retrieval_panel(results):
            made["tatoeba"] = _dots((retrieval,), "accuracy", spread=0.0, row=0.2, zero=False)
        if noise := noise_panel(results):
            made["noise"] = _dots((noise,), "points against clean input")
        if sizes := size_panels(results):
            made["sizes"] = _growth(sizes)
    return made


def _figure(width: float, height: float) -> Any:
    from matplotlib.figure import Figure  # not pyplot, which keeps figures and chooses a window system

    return Figure(figsize=(width, height), layout="constrained")


def _svg(figure: Any) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _look(key: str) -> tuple[str, str]:
    return _LOOKS.get(key, _OTHER)


def _dots(panels: Sequence[Panel], label: str, *, spread: float = 0.62, row: float = 0.0, zero: bool = True) -> str:
    """Rows of points with error bars; the series of a row stand under each other, or on one line without ``spread``."""
    heights = [len(one.rows) * (row or 0.16 + 0.115 * len(one.series)) + 0.75 for one in panels]
    figure = _figure(7.0, sum(heights) + 0.25)
    grid = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights, sharex=zero)[:, 0]
    for axes, panel in zip(grid, panels, strict=True):
        _rows(axes, panel, spread)
        if zero:
            axes.axvline(0, color="black", linewidth=0.8, zorder=1)
            axes.tick_params(labelbottom=True)
        else:
            axes.set_xlim(left=0)
        axes.set_title(panel.title, loc="left")
        axes.set_xlabel(label)
        axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=8, borderaxespad=0)
    return _svg(figure)


def _rows(axes: Any, panel: Panel, spread: float) -> None:
    places = {key: place for place, (key, _) in enumerate(panel.rows)}
    for number, series in enumerate(panel.series):
        shift = (number / (len(panel.series) - 1) - 0.5) * spread if len(panel.series) > 1 else 0.0
        keys = [key for key in places if key in series.points]
        _bars(axes, series, keys, [places[key] + shift for key in keys], across=True)
    if panel.published:
        known = [key for key in places if key in panel.published]
        axes.plot(
            [panel.published[key] for key in known],
            [places[key] - (spread / 2 if len(panel.series) > 1 else 0.0) for key in known],  # beside the first series
            linestyle="",
            marker="*",
            markersize=10,
            markerfacecolor="#f0e442",
            markeredgecolor="black",
            markeredgewidth=0.7,
            label="published or quoted",
            zorder=2,
        )
    axes.set_yticks(list(places.values()), [name for _, name in panel.rows])
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    for place in range(len(places) - 1):
        axes.axhline(place + 0.5, color=_LIGHT, linewidth=0.6, zorder=0)


def _bars(axes: Any, series: Series, keys: Sequence[str], places: Sequence[float], *, across: bool) -> None:
    colour, mark = _look(series.key)
    points = [series.points[key] for key in keys]
    values = [one.value for one in points]
    below = [one.value - one.low if one.low is not None else 0.0 for one in points]
    above = [one.high - one.value if one.high is not None else 0.0 for one in points]
    bars = [[max(0.0, one) for one in side] for side in (below, above)]  # an interval may leave its estimate outside
    chosen = {"x": values, "y": places, "xerr": bars} if across else {"x": places, "y": values, "yerr": bars}
    axes.errorbar(
        **chosen,
        linestyle="" if across else "-",
        linewidth=1.0,
        marker=mark,
        markersize=9 if mark == "|" else 4.5,
        markeredgewidth=1.6 if mark == "|" else 0.5,
        color=colour,
        ecolor=colour,
        elinewidth=1.1,
        capsize=0 if across else 3,
        label=series.title,
        zorder=3,
    )


def _map(cells: Cells) -> str:
    """Languages by tasks, each cell with its figure: the colours need not be told apart to read it."""
    import matplotlib
    from matplotlib.colors import Normalize

    most = max((abs(value) for value in cells.values.values()), default=0.0) or 1.0
    norm, colours = Normalize(-most, most), matplotlib.colormaps["PuOr_r"]
    figure = _figure(max(3.2, 0.72 * len(cells.columns) + 1.2), 0.19 * len(cells.rows) + 1.1)
    axes = figure.subplots()
    for y, row in enumerate(cells.rows):
        for x, (column, _) in enumerate(cells.columns):
            value = cells.values.get((row, column))
            if value is None:
                continue
            colour = colours(norm(value))
            axes.add_patch(_square(x, y, colour))
            ink = "white" if _luminance(colour) < _DARK else "black"
            axes.text(x, y, signed(value), ha="center", va="center", fontsize=6.5, color=ink)
    axes.set_xlim(-0.5, len(cells.columns) - 0.5)
    axes.set_ylim(len(cells.rows) - 0.5, -0.5)
    axes.set_yticks(range(len(cells.rows)), cells.rows, fontsize=7)
    axes.set_xticks(range(len(cells.columns)), [name for _, name in cells.columns], fontsize=8)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_facecolor("#f2f2f2")
    title = f"Gain in points by language: {cells.title}"
    # a run of few tasks gives a narrow map: about a dozen letters of the title fit over an inch
    figure.suptitle(fill(title, max(16, int(figure.get_figwidth() * 11))), fontsize=9.5, fontweight="bold")
    return _svg(figure)


def _luminance(colour: Sequence[float]) -> float:
    red, green, blue = colour[:3]
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _square(x: int, y: int, colour: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="white", linewidth=0.8)


def _growth(panels: Sequence[Panel]) -> str:
    """A panel for each task: the gain against the size of the encoder."""
    figure = _figure(max(3.4, 3.3 * len(panels)), 2.9)
    for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        keys = [key for key, _ in panel.rows]
        for series in panel.series:
            _bars(axes, series, keys, list(range(len(keys))), across=False)
        axes.axhline(0, color="black", linewidth=0.8, zorder=1)
        axes.set_xticks(range(len(keys)), [name for _, name in panel.rows])
        axes.set_xlim(-0.4, len(keys) - 0.6)
        axes.set(title=f"{panel.title}: gain from {panel.series[0].title}", xlabel="encoder", ylabel="points gained")
    return _svg(figure)
