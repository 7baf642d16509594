"""Where a piece of a page comes from: every place that it may be, none chosen unasked; a warning kept quiet."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml

from pipeline.model.results import Results
from pipeline.stages import compute, validate
from pipeline.workflows.origins import origins
from tests.desk.desks import Served, served
from tests.project import BASE, CITY, FIXTURES, INPUTS, copy_project


@pytest.fixture(scope="module")
def results() -> Results:
    read = validate.read(INPUTS, CITY)
    assert read.value is not None
    found = compute.compute(read.value).value
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("78 ", "indicators.siting-designations.targets.R2"),
        ("90", "actuals.siting-designations.R2"),
        ("事業所等設置奨励補", "indicators.siting-designations.name"),
    ],
)
def test_a_piece_leads_to_its_line(results: Results, words: str, key: str) -> None:
    found = next(one for one in origins(results, "1-2", words) if one.key == key)
    line = (CITY / found.place.file).read_text(encoding="utf-8").splitlines()[found.place.line - 1]
    assert words.strip() in line


def test_a_figure_tells_how_it_came_about(results: Results) -> None:
    (found,) = origins(results, "1-2", "115.4%")
    assert [step.name for step in found.steps][:3] == ["基準値", "目標", "実績"]


def test_of_several_candidates_all_are_told(results: Results) -> None:
    assert len(origins(results, "1-2", "達成")) > 1
    assert {one.title.partition("「")[0] for one in origins(results, "1-2", "企業立地の促進")} == {
        "施策1-2",
        "主な取組",
    }


@pytest.mark.parametrize("words", ["", " ", "①", "どこにもない言葉", "99999"])
def test_what_comes_from_nowhere_has_no_place(results: Results, words: str) -> None:
    assert origins(results, "1-2", words) == ()


def test_a_line_within_a_text_leads_there(results: Results) -> None:
    text = next(t for t in results.evaluation.texts if t.measure == "1-2" and len(t.value) > 80)
    found = origins(results, "1-2", text.value[20:60])
    assert text.value in [one.text for one in found]


def test_the_page_is_told_with_file_and_line(desk: Served) -> None:
    page = next(page for page in desk.get("/state").data["pages"] if page["measure"])
    words = next(t for t, *_ in desk.get(f"/texts?key={page['key']}").data if len(t) > 20)
    told = desk.get(f"/source?key={page['key']}&words={quote(words)}").data
    assert all(Path(one["path"]).is_file() and one["editor"].startswith("vscode:") for one in told["found"])
    assert desk.get("/source?key=x&words=x").data["found"] == []


def quieted(one: Served, **more: object) -> Any:  # noqa: ANN401 - as it came
    found = next(f for f in one.get("/state").data["findings"] if f["maySilence"])
    wanted = {name: found[name] for name in ("id", "file", "message")}
    return one.post("/silence", {**wanted, "reason": "原本のとおり: 確認済み #1", **more})


def test_a_warning_is_kept_quiet_with_a_reason_that_is_shown_before(tmp_path: Path) -> None:
    with served(copy_project(tmp_path, FIXTURES / "small")) as one:
        file = tmp_path / BASE / "audit.yaml"
        file.write_text("far_below: 60  # 確かめる境\n", encoding="utf-8")
        one.desk.make()
        before, count = file.read_text(encoding="utf-8"), len(one.get("/state").data["findings"])
        assert quieted(one, reason=" ").status == 400
        told = quieted(one).data
        assert (told["shown"], file.read_text(encoding="utf-8")) == (before, before)
        assert any("確認済み" in line for line in told["added"])
        assert quieted(one, shown="見ていない内容").data["findings"][0]["id"] == "silence-moved"
        assert quieted(one, shown=before).data["message"]
        assert yaml.safe_load(file.read_text(encoding="utf-8"))["silence"][-1]["reason"] == "原本のとおり: 確認済み #1"
        one.desk.make()
        assert len(one.get("/state").data["findings"]) == count - 1
