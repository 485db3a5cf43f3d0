"""The mean of two verifiers: weights, manifest, and what cannot be averaged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from synth.errors import ModelError
from synth.training.averaging import average_verifiers


def verifier(folder: Path, value: float, width: int = 3) -> Path:
    """A folder with one small matrix and a manifest over its files."""
    folder.mkdir()
    save_file({"head": np.full((2, width), value, np.float16)}, folder / "model.safetensors")
    (folder / "config.json").write_text("{}")
    files = sorted(folder.iterdir())
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (folder / "manifest.json").write_text(json.dumps({"sha256": hashes, "seed": int(value), "scores": {"x": 1}}))
    return folder


def test_weights_are_the_weighted_mean_and_the_manifest_says_of_what(tmp_path: Path) -> None:
    one, other = verifier(tmp_path / "one", 1.0), verifier(tmp_path / "other", 3.0)
    average_verifiers(one, other, tmp_path / "out", share=0.25)
    assert load_file(tmp_path / "out" / "model.safetensors")["head"].tolist() == [[1.5] * 3] * 2
    facts = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert facts["seed"] == 3
    assert "scores" not in facts
    assert facts["averaged"]["share_of_the_last_run"] == 0.25
    assert facts["averaged"]["with"] == hashlib.sha256((one / "model.safetensors").read_bytes()).hexdigest()
    for name, digest in facts["sha256"].items():
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_another_architecture_is_refused(tmp_path: Path) -> None:
    one, other = verifier(tmp_path / "one", 1.0), verifier(tmp_path / "other", 3.0, width=4)
    with pytest.raises(ModelError, match="differ in their architecture"):
        average_verifiers(one, other, tmp_path / "out")


def test_an_incomplete_folder_is_refused(tmp_path: Path) -> None:
    one, other = verifier(tmp_path / "one", 1.0), verifier(tmp_path / "other", 3.0)
    (other / "manifest.json").unlink()
    with pytest.raises(ModelError, match="cannot be averaged"):
        average_verifiers(one, other, tmp_path / "out")
