"""``synth evaluate``: what the verifier is worth on labelled data, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from synth.cli.options import Json, Quiet, Risk, Verifier, Workspace, opened
from synth.cli.output import put

if TYPE_CHECKING:  # the pipeline is loaded when a command runs, not when its help is shown
    from synth.evaluation.texts import TextCalibrator
    from synth.pipeline.parts import Parts

app = typer.Typer(help="Score the verifier on labelled data.", no_args_is_help=True)

Seed = Annotated[int, typer.Option(min=0, help="Seed of the resamples.")]
Plots = Annotated[
    Path | None,
    typer.Option(help="Folder for the reliability diagram and the risk-coverage curve, as SVG and PNG."),
]
Pdfs = Annotated[Path | None, typer.Option("--pdfs", help="Folder with the papers as ARXIVID.pdf.")]


@app.callback()
def evaluate() -> None:
    """Score the verifier on labelled data, each figure with a 95% interval and what the claims alone give away."""


@app.command()
def scifact(
    data: Annotated[
        Path, typer.Option("--data", help="Folder with corpus.jsonl and claims_dev.jsonl (or claims_train.jsonl).")
    ],
    plots: Plots = None,
    seed: Seed = 0,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """SciFact: claims with their cited abstracts, retrieval, and the open way over all abstracts."""
    from synth.evaluation.scifact import read_scifact
    from synth.evaluation.scifact_runs import evaluate_scifact

    name, claims, corpus = read_scifact(data)
    with opened(workspace=workspace, quiet=quiet, verifier=verifier) as parts:
        found = evaluate_scifact(
            claims, corpus, parts.nli, parts.encoder, _texts(parts), seed=seed, on_progress=parts.progress.step
        )
        _show("scifact", found, _signature(parts, seed, [data / name, data / "corpus.jsonl"]), plots, as_json=json)


@app.command()
def pairs(
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            help=(
                "JSONL, CSV or TSV with a text (premise, abstract, evidence), a claim (hypothesis) and a label; the"
                " published forms of HealthVer, Check-COVID, FEVER, MultiNLI, ANLI, NLI4CT, COVID-Fact and the GLUE"
                " diagnostics are read as they are."
            ),
        ),
    ],
    plots: Plots = None,
    seed: Seed = 0,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Pairs of a text and a claim: does the text support the claim, refute it, or neither?"""
    from synth.evaluation.labelled import read_labelled
    from synth.evaluation.pairs import evaluate_pairs

    found_pairs = read_labelled(data)
    with opened(workspace=workspace, quiet=quiet, verifier=verifier) as parts:
        parts.progress.step(f"Reading {len(found_pairs)} pairs")
        found = evaluate_pairs(found_pairs, parts.nli, parts.encoder, _texts(parts), seed=seed)
        _show(data.stem, found, _signature(parts, seed, [data]), plots, as_json=json)


@app.command()
def gold(
    data: Annotated[Path, typer.Option("--data", help="Claims on papers, JSONL with id, claim, label and paper.")],
    pdfs: Pdfs = None,
    plots: Plots = None,
    seed: Seed = 0,
    risk: Risk = None,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Claims on papers, from the PDFs to the verdict; a file named digests* is about the embedded digests."""
    from synth.evaluation.claims_on_papers import evaluate_gold

    _on_papers(evaluate_gold, "gold", data, pdfs, plots, seed, risk, verifier, workspace, json=json, quiet=quiet)


@app.command()
def perturb(
    data: Annotated[
        Path, typer.Option("--data", help="Claims on papers, as for gold, or a report.json: its supported claims.")
    ],
    pdfs: Pdfs = None,
    seed: Seed = 0,
    risk: Risk = None,
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Supported claims with one number, direction, name or quantifier changed: is the check mark withdrawn?"""
    from synth.evaluation.perturb import evaluate_perturbed

    _on_papers(evaluate_perturbed, "perturb", data, pdfs, None, seed, risk, verifier, workspace, json=json, quiet=quiet)


@app.command()
def fit(
    data: Annotated[
        list[Path],
        typer.Option(
            "--data",
            help="Labelled pairs as for pairs, a folder of SciFact or of our claims; none was trained on. Repeatable.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", help="The JSON file to write.")],
    verifier: Verifier = None,
    workspace: Workspace = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fit the probabilities that pairs and scifact report, and score each set with it left out of the fit."""
    from synth.cli.show import evaluated_json, evaluated_text
    from synth.evaluation.pairs import evaluate_left_out
    from synth.evaluation.premises import read
    from synth.evaluation.sources import labelled_pairs
    from synth.evaluation.texts import fit as fit_texts
    from synth.report.files import check_folder

    check_folder(out.parent)
    with opened(workspace=workspace, quiet=quiet, verifier=verifier) as parts:
        sets = {}
        for path in data:
            labelled = labelled_pairs(path)
            parts.progress.step(f"Reading {len(labelled)} pairs of {path.name}")
            readings = read(parts.nli, parts.encoder, [(pair.premise, pair.claim) for pair in labelled])
            sets[path.stem] = (readings, [pair.label for pair in labelled])
        found = fit_texts(sets, parts.nli.signature)
        left_out = evaluate_left_out(sets, parts.nli.signature)
    found.save(out)
    put(evaluated_json(left_out) if json else evaluated_text({**left_out, "signature": out}), as_json=json)


def _texts(parts: Parts) -> TextCalibrator:
    """The fitted probabilities of the verifier in use, or its raw ones."""
    from synth.evaluation.texts import load
    from synth.resources import data_path

    name, _, _ = parts.nli.signature.partition("@")
    return load(data_path("calibration", "texts") / f"{name}.json", parts.nli.signature)


def _on_papers(
    run: Callable[..., dict[str, Any]],
    name: str,
    data: Path,
    pdfs: Path | None,
    plots: Path | None,
    seed: int,
    risk: float | None,
    verifier: str | None,
    workspace: Path | None,
    *,
    json: bool,
    quiet: bool,
) -> None:
    from synth.errors import CalibrationError
    from synth.evaluation.sources import claims_and_passages

    with opened(workspace=workspace, quiet=quiet, verifier=verifier, risk=risk) as parts:
        calibrators = parts.calibrators
        if calibrators is None:
            raise CalibrationError(
                f"{parts.nli.signature} has no calibrator, so its verdicts have no confidence; fit one with:"
                " synth calibrate"
            )
        parts.progress.step("Reading the claims and their papers")
        claims, papers = claims_and_passages(data, pdfs)
        found = run(claims, papers, parts.encoder, parts.nli, calibrators, seed=seed, on_progress=parts.progress.step)
        _show(name, found, _signature(parts, seed, [data], risk=calibrators.risk), plots, as_json=json)


def _signature(parts: Parts, seed: int, files: list[Path], **choices: object) -> str:
    """One line that holds every choice behind the figures."""
    from synth.signature import code_signature, file_sha256, signature_line

    data = "+".join(f"{path.name}@{file_sha256(path)[:12]}" for path in files)
    return signature_line(
        {
            "data": data,
            "nli": parts.nli.signature,
            "dense": parts.encoder.signature,
            "code": code_signature(),
            "seed": seed,
            **choices,
        }
    )


def _show(name: str, found: Mapping[str, Any], signature: str, plots: Path | None, *, as_json: bool) -> None:
    from synth.cli.show import evaluated_json, evaluated_text
    from synth.evaluation.plots import write_plots

    curve = found.get("curve")
    if plots and curve:
        write_plots(plots, name, curve["confidence"], curve["correct"])
    shown = {key: value for key, value in found.items() if key != "curve"} | {"signature": signature}
    put(evaluated_json(shown) if as_json else evaluated_text(shown), as_json=as_json)
