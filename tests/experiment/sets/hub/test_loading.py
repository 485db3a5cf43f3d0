"""The library `datasets`: what it is asked for, what its errors become, and, where it is installed, itself."""

from __future__ import annotations

import importlib.util
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from synth.errors import ConfigError, SourceError
from synth.experiment.sets.hub.fetching import fetch
from synth.experiment.sets.hub.loading import loader, local_files
from synth.experiment.sets.hub.sources import Source
from synth.experiment.sets.pairs import xnli

XNLI = Source("google/xtreme", "XNLI", "test")
COPA = Source("aps/super_glue", "copa", "train")
INSTALLED = importlib.util.find_spec("datasets") is not None


class Library(SimpleNamespace):
    """Stands for `datasets`: gives rows, or raises."""

    def __init__(self, *given: Any, version: str = "5.2.0") -> None:
        super().__init__(__version__=version, disable_progress_bars=lambda: None)
        self.given = list(given)
        self.asked: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def load_dataset(self, *args: Any, **named: Any) -> Any:
        self.asked.append((args, named))
        one = self.given.pop(0)
        if isinstance(one, Exception):
            raise one
        return one


class Rows(list[dict[str, Any]]):
    features: Any = None


@pytest.fixture
def library(monkeypatch):
    def put(*given: Any, **named: Any) -> Library:
        made = Library(*given, **named)
        monkeypatch.setitem(sys.modules, "datasets", made)
        return made

    return put


def test_a_source_is_asked_for_by_name_and_never_with_its_code(library):
    rows = Rows([{"a": 1}])
    classes = SimpleNamespace(names=["no", "yes"])
    rows.features = {"label": classes, "tags": SimpleNamespace(feature=classes), "a": SimpleNamespace()}
    made = library(rows)
    part = loader()(XNLI)
    assert made.asked == [(("google/xtreme", "XNLI"), {"split": "test"})]
    assert list(part.rows) == [{"a": 1}] and part.names == {"label": ("no", "yes"), "tags": ("no", "yes")}


def test_of_a_set_with_a_script_the_copy_in_parquet_is_read(library):
    made = library(RuntimeError("Dataset scripts are no longer supported, but found super_glue.py"), Rows())
    loader()(COPA)
    assert made.asked[1] == (
        ("aps/super_glue",), {"data_dir": "copa", "split": "train", "revision": "refs/convert/parquet"}
    )  # fmt: skip


def test_other_errors_of_the_library_become_one_line(library):
    library(RuntimeError("out\n  of luck"), ValueError(""), ValueError("x" * 900))
    load = loader()
    for expected in (r"^aps/super_glue copa \(train\): out of luck$", "ValueError$", "x…$"):
        with pytest.raises(SourceError, match=expected):
            load(COPA)


def test_an_error_on_the_way_is_one_too(library):
    class Broken:
        features = None

        def __iter__(self) -> Any:
            yield {"a": 1}
            raise OSError("cut off")

    library(Broken())
    rows = iter(loader()(COPA).rows)
    assert next(rows) == {"a": 1}
    with pytest.raises(SourceError, match="cut off"):
        next(rows)


def test_a_hub_out_of_reach_is_asked_once(library):
    made = library(ConnectionError("no line"))
    load = loader()
    for source, expected in ((COPA, "no line"), (XNLI, "could not be reached")):
        with pytest.raises(SourceError, match=expected):
            load(source)
    assert len(made.asked) == 1


@pytest.mark.parametrize(
    ("version", "expected"), [(None, "not installed.*synth\\[experiment\\]"), ("3.6.0", "3.6.0 may run code")]
)
def test_without_the_library_or_with_one_that_runs_code_the_extra_is_named(library, monkeypatch, version, expected):
    if version:
        library(version=version)
    else:
        monkeypatch.setitem(sys.modules, "datasets", None)
    load = loader()
    with pytest.raises(ConfigError, match=expected):
        load(COPA)


def test_what_is_there_needs_no_library(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    (tmp_path / "xnli").mkdir()
    (tmp_path / "xnli/train-en.tsv").write_text("a\tb\tneutral\n")
    assert fetch(tmp_path, ["xnli-train"], loader()).there == ("xnli-train",)


def test_the_files_of_a_place(tmp_path, library):
    folder = tmp_path / "google/xtreme/XNLI"
    folder.mkdir(parents=True)
    with pytest.raises(SourceError, match=r"has no google/xtreme/XNLI/test.parquet"):
        library() and loader(tmp_path)(XNLI)
    (folder / "test").mkdir()
    (folder / "test/0000.parquet").touch()
    assert [one.name for one in local_files(tmp_path, XNLI)] == ["0000.parquet"]
    for name in ("test-00001-of-00002.parquet", "test-00000-of-00002.parquet", "tests.parquet"):
        (folder / name).touch()
    assert [one.name[:10] for one in local_files(tmp_path, XNLI)] == ["test-00000", "test-00001"]
    (folder / "test.parquet").touch()
    made = library(Rows())
    loader(tmp_path)(XNLI)
    files = {"test": [str(folder / "test.parquet")]}
    assert made.asked == [(("parquet",), {"data_files": files, "split": "test", "streaming": True})]
    (tmp_path / "allenai/cosmos_qa/default").mkdir(parents=True)
    (tmp_path / "allenai/cosmos_qa/default/validation.parquet").touch()
    assert len(local_files(tmp_path, Source("allenai/cosmos_qa", None, "validation"))) == 1


def test_a_place_that_is_no_folder_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"--from .*nowhere is no folder"):
        loader(tmp_path / "nowhere")


@pytest.mark.skipif(not INSTALLED, reason="the library datasets is not installed (extra experiment)")
def test_the_library_itself_reads_parquet_with_the_names_of_its_classes(tmp_path, monkeypatch):
    import importlib

    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    real: Any = importlib.import_module("datasets")
    features = real.Features(
        {"premise": real.Value("string"), "hypothesis": real.Value("string"),
         "label": real.ClassLabel(names=["contradiction", "entailment", "neutral"])}
    )  # fmt: skip
    rows = [{"premise": f"p{n}", "hypothesis": f"h{n}", "label": n} for n in range(3)]
    path = tmp_path / "place/nyu-mll/glue/mnli/train.parquet"
    path.parent.mkdir(parents=True)
    real.Dataset.from_list(rows, features=features).to_parquet(str(path))
    assert fetch(tmp_path / "data", ["xnli-train"], loader(tmp_path / "place")).written == ("xnli-train",)
    assert [(one.first, one.label) for one in xnli(tmp_path / "data", "en", "train")] == [
        ("p0", 2),
        ("p1", 0),
        ("p2", 1),
    ]
