"""The four files: golden, byte-identical, whole or not there at all, and free of the samples' defects."""

import base64
import dataclasses
import errno
import hashlib
import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synth.errors import OutputError
from synth.report.export import report_from_json, report_to_json
from synth.report.files import NAMES, check_folder, render_html, render_markdown, write_report
from synth.report.plain import one_line
from synth.types import Label, Role
from tests.report import golden
from tests.report.example import empty, example, taking_sides
from tests.report.example_claims import origin, row
from tests.report.reading import Page, markdown_text, markdown_tokens
from tests.report.test_export import cells

ALL = pytest.mark.parametrize("make", [example, empty, taking_sides])


def test_golden_files() -> None:
    assert golden.differing() == [], "look at the change, then run: python -m tests.report.golden --write"


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    one = [path.read_bytes() for path in write_report(example(), tmp_path / "one")]
    two = [path.read_bytes() for path in write_report(example(), tmp_path / "two")]
    assert one == two


def test_the_folder_holds_the_four_files_and_nothing_else(tmp_path: Path) -> None:
    paths = write_report(example(), tmp_path / "a" / "b")
    assert [path.name for path in paths] == list(NAMES)
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(NAMES)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


# No defect of the samples


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400))
def test_every_claim_stands_whole_in_all_four_files(text: str) -> None:
    claim = row(1, text, Label.NOT_ENOUGH_INFO, 0.5, origins=[origin("1501.00001v2", "Results", 3, text)])
    report = example(claims=(claim,))
    shown = " ".join(one_line(text).split())
    assert shown in " ".join(markdown_text(render_markdown(report)).split())
    assert shown in Page(render_html(report)).text
    assert cells(report)[0]["claim"].removeprefix("'") == text.removeprefix("'")
    assert report_from_json(report_to_json(report)).claims[0].claim.text == text


@ALL
def test_no_raw_tags_in_markdown(make) -> None:
    body = render_markdown(make())
    assert not {token.type for token in markdown_tokens(body)} & {"html_inline", "html_block"}


@ALL
def test_sections_in_the_samples_order(make) -> None:
    order = [
        "Abstract",
        "1 Introduction",
        "2 Methodology",
        "3 Results",
        "4 Limitations",
        "5 Extracted Claims",
        "References",
        "Appendix A: Evidence",
        "Appendix B: Retrieved Papers",
    ]
    report = make()
    assert re.findall(r"^## (.+)$", render_markdown(report), re.MULTILINE) == order
    assert re.findall(r"<h2>(.+?)</h2>", render_html(report)) == order


def test_title_author_and_date_come_first() -> None:
    report = example()
    assert render_markdown(report).splitlines()[:5:2] == [f"# {report.title}", report.setting, "July 7, 2026"]


def test_every_retrieved_paper_is_listed_with_its_role() -> None:
    report = example()
    seen = markdown_text(render_markdown(report).split("## Appendix B")[1])
    page = Page(render_html(report)).text.split("Appendix B: Retrieved Papers")[-1]
    for paper in report.papers:
        for place in (seen, page):
            assert one_line(paper.paper.title) in place
            assert one_line(paper.reason) in place
    references = markdown_text(render_markdown(report).split("## References")[1].split("## Appendix A")[0])
    for paper in report.papers:
        assert (one_line(paper.paper.title) in references) is (paper.role is Role.USED)


def test_every_claim_leads_to_a_page() -> None:
    report = example()
    page = Page(render_html(report))
    body = render_markdown(report)
    for claim in report.claims:
        assert f"claim-{claim.number}" in page.ids
        assert f"#claim-{claim.number}" in page.links
        assert f"### Claim {claim.number}\n" in body
    assert "https://arxiv.org/pdf/1502.00002v1#page=4" in page.links
    assert "https://arxiv.org/pdf/1502.00002v1#page=4" in body
    table = render_html(report).split('<table class="claims"')[1].split("</table>")[0]
    for line in table.split("<tr ")[2:]:
        assert re.search(r'class="where">.*href="(#reference|https://arxiv\.org)', line), line


def test_a_digest_has_no_page_but_a_section() -> None:
    body = render_markdown(example())
    assert "[digest, section Results](https://arxiv.org/abs/1503.00003v1)" in body
    assert "page 0" not in body
    assert "#page=0" not in render_html(example())


def test_file_papers_name_no_place_on_this_machine(tmp_path: Path) -> None:
    for path in write_report(example(), tmp_path / "out"):
        assert "private" not in path.read_text(encoding="utf-8")


@ALL
def test_links_and_ids_of_the_page_fit(make) -> None:
    page = Page(render_html(make()))
    assert len(page.ids) == len(set(page.ids))
    for target in page.links:
        assert target.startswith(("#", "https://arxiv.org/"))
        if target.startswith("#"):
            assert target[1:] in page.ids


@ALL
def test_markdown_links_lead_to_headings(make) -> None:
    body = render_markdown(make())
    titles = [line.lstrip("# ").lower() for line in body.splitlines() if line.startswith("#")]
    headings = {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}
    for target in re.findall(r"\]\(#([^)]+)\)", body):
        assert target in headings


@ALL
def test_the_page_runs_and_loads_nothing(make) -> None:
    page = Page(render_html(make()))
    assert not set(page.tags) & {"script", "iframe", "img", "link", "object", "embed", "form", "svg"}
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "style")]
    policy = next(value for name, value in page.attributes if name == "content" and "default-src" in value)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_the_policy_admits_the_very_style_sheet() -> None:
    body = render_html(example())
    css = body.split("<style>")[1].split("</style>")[0]
    assert base64.b64encode(hashlib.sha256(css.encode()).digest()).decode() in body


@ALL
def test_headings_go_down_one_level_at_a_time(make) -> None:
    levels = [int(tag[1]) for tag in Page(render_html(make())).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_offline_reports_say_so_in_the_header() -> None:
    for render in (render_markdown, render_html):
        assert "Offline report." in render(taking_sides()).split("Abstract</h2>")[0].split("## Abstract")[0]
        assert "Offline report." not in render(example())


def test_uncalibrated_confidences_say_so() -> None:
    assert "0.93 (uncalibrated)" in render_html(taking_sides())
    assert "(uncalibrated)" not in render_html(example())


# Faults


def test_a_file_where_a_folder_was_expected(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match=r"cannot write the report to .*; a file stands where a folder"):
        write_report(example(), tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_is_checked_before_the_work(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "out").mkdir()
    check_folder(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    (tmp_path / "file").write_text("mine")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputError, match="a file stands where a folder was expected"):
            check_folder(folder)


def disk_full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_keeps_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {path: path.read_bytes() for path in write_report(empty(), tmp_path / "out")}
    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OutputError, match=r"No space left on device; free some space") as caught:
        write_report(example(), tmp_path / "out")
    assert caught.value.exit_code == 8
    assert {path: path.read_bytes() for path in old} == old
    assert sorted((tmp_path / "out").iterdir()) == sorted(old)


def test_a_full_disk_leaves_no_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OutputError):
        write_report(example(), tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("failing", [0, 1, 3])
def test_a_move_that_fails_is_undone(tmp_path, monkeypatch, failing: int, before: bool) -> None:
    out = tmp_path / "out"
    out.mkdir()
    old = {path: path.read_bytes() for path in write_report(empty(), out)} if before else {}
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == NAMES[failing] and self.parent.name != "old":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OutputError, match="Permission denied; choose a folder that you may write to"):
        write_report(example(), out)
    assert {path: path.read_bytes() for path in out.iterdir()} == old


def test_the_date_moves_nothing_but_what_it_must(tmp_path: Path) -> None:
    later = dataclasses.replace(example(), date=example().date.replace(day=8))
    one, two = render_markdown(example()).splitlines(), render_markdown(later).splitlines()
    assert [(a, b) for a, b in zip(one, two, strict=True) if a != b] == [("July 7, 2026", "July 8, 2026")]
    first = json.loads(report_to_json(example()))
    assert {k for k, v in json.loads(report_to_json(later)).items() if first[k] != v} == {"date"}
