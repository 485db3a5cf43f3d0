"""A lock says what a report rests on; the report comes out of it again, byte by byte, or what differs is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from synth.errors import ConfigError
from synth.pipeline.batch import run_batch
from synth.pipeline.lock import LOCK, Rebuilt, lock, verify_lock
from synth.pipeline.parts import Parts
from synth.pipeline.refresh import refresh
from synth.report.export import report_from_json, report_to_json
from synth.report.files import write_report
from synth.settings import Settings
from synth.signature import file_sha256
from tests.pipeline.batch_child import orders
from tests.pipeline.fakes import OverlapNli, small_parts


@pytest.fixture
def folder(make_parts, tmp_path):
    order = orders(tmp_path / "reports")[0]
    run_batch([order], make_parts())
    return order.folder


def verified(folder: Path, parts: Parts, make: Callable[[Settings], Parts] = small_parts) -> Rebuilt:
    return verify_lock(folder, parts, make_parts=make)


def test_a_lock_names_papers_with_hashes_models_settings_and_versions(folder, make_parts, tmp_path):
    value = json.loads(lock(folder, make_parts()).read_text(encoding="utf-8"))
    pdf = tmp_path / "workspace" / "pdf" / "2101.00001v1.pdf"
    assert value["papers"]["2101.00001v1"] == {"read_from": "pdf", "sha256": file_sha256(pdf)}
    assert value["papers"]["2104.00004v1"]["read_from"] == "abstract"
    assert value["files"] == {path.name: file_sha256(path) for path in folder.iterdir() if path.name != LOCK}
    assert value["models"]["verifier"] == OverlapNli.signature
    assert value["asked"]["n_papers"] == 4
    assert {"python", "torch", "pymupdf"} <= value["environment"].keys()


def test_locking_twice_gives_the_same_bytes(folder, make_parts):
    assert lock(folder, make_parts()).read_bytes() == lock(folder, make_parts()).read_bytes()


def test_a_report_comes_out_again_without_a_search(folder, make_parts, arxiv):
    lock(folder, make_parts())
    asked = len(arxiv.paths)
    found = verified(folder, make_parts())
    assert found.identical, (found.fields, found.changes)
    assert (found.differing, found.changes, found.fields) == ((), (), ())
    assert arxiv.paths[asked:] == []


def test_a_report_made_at_another_risk_comes_out_again(make_parts, tmp_path, monkeypatch):
    monkeypatch.setenv("SYNTH_RISK", "0.2")
    order = orders(tmp_path / "reports")[0]
    run_batch([order], make_parts())
    monkeypatch.delenv("SYNTH_RISK")
    lock(order.folder, make_parts())
    found = verified(order.folder, make_parts())
    assert found.identical, (found.fields, found.changes)


def test_the_marks_of_changed_papers_come_out_again(folder, make_parts, arxiv):
    arxiv.newer["2101.00001v1"] = "2101.00001v3"
    assert refresh(folder.parent, make_parts()).reports[0].stale
    lock(folder, make_parts())
    found = verified(folder, make_parts())
    assert found.identical, (found.fields, found.changes)


def test_it_is_computed_anew_and_not_taken_from_the_store(folder, make_parts):
    models: list[OverlapNli] = []

    def make(settings):
        models.append(OverlapNli())
        return small_parts(settings, model=models[-1])

    lock(folder, make_parts())
    assert verified(folder, make_parts(), make).identical
    assert models[0].pairs


def test_offline_it_is_computed_offline(folder, make_parts):
    made: list[Parts] = []

    def make(settings):
        made.append(small_parts(settings))
        return made[-1]

    lock(folder, make_parts())
    parts = make_parts()
    parts.offline = True
    assert verified(folder, parts, make).identical
    assert made[0].offline


def test_a_pdf_that_is_gone_is_fetched_again(folder, make_parts, arxiv, tmp_path):
    lock(folder, make_parts())
    (tmp_path / "workspace" / "pdf" / "2101.00001v1.pdf").unlink()
    asked = len(arxiv.paths)
    found = verified(folder, make_parts())
    assert found.identical
    assert arxiv.paths[asked:] == ["/pdf/2101.00001v1"]
    assert any(line.startswith("papers.2101.00001v1.sha256:") for line in found.changes)


def test_an_edited_report_is_found_out(folder, make_parts):
    lock(folder, make_parts())
    report = report_from_json((folder / "report.json").read_text(encoding="utf-8"))
    body = report_to_json(report).replace("4.2 points", "9.2 points")
    (folder / "report.json").write_text(body, encoding="utf-8")
    found = verified(folder, make_parts())
    assert not found.identical
    assert "report.json" in found.differing
    assert found.fields == ("passages",)
    assert any(line.startswith("files.report.json:") for line in found.changes)


def test_another_verifier_is_named(folder, make_parts):
    lock(folder, make_parts())

    class Other(OverlapNli):
        signature = "overlap@2"

        def logits(self, pairs):
            return super().logits(pairs)[:, ::-1]

    parts = make_parts()
    parts.nli.signature = Other.signature
    found = verified(folder, parts, lambda settings: small_parts(settings, model=Other()))
    assert not found.identical
    assert "models.verifier: overlap@1 when it was locked, overlap@2 now" in found.changes


@pytest.mark.parametrize(
    ("body", "said"),
    [(None, "has no synth.lock.json; run synth lock"), ("{", "cannot be read"), ("[]", "no lock of version 1")],
)
def test_a_lock_that_is_none_is_refused(folder, make_parts, body, said):
    if body is not None:
        (folder / LOCK).write_text(body, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        verified(folder, make_parts())


def test_a_folder_without_a_whole_report_is_refused(folder, make_parts, tmp_path):
    (folder / "claims.csv").unlink()
    with pytest.raises(ConfigError, match=r"lacks claims\.csv"):
        lock(folder, make_parts())
    with pytest.raises(ConfigError, match="lacks report"):
        lock(tmp_path, make_parts())


def test_a_report_that_does_not_say_how_it_was_made_is_refused(folder, make_parts):
    data = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    write_report(report_from_json(json.dumps({**data, "asked": None})), folder)
    with pytest.raises(ConfigError, match="does not say how"):
        lock(folder, make_parts())
