"""推移: how every year that the project has was judged, where a template prints it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from pipeline.workflows import earlier, inspecting, new_year
from pipeline.workflows.explain import results_of
from pipeline.workflows.project import Project
from pipeline.workflows.run_log import Log
from tests.departments.returned.post import Quiet
from tests.project import FIXTURES, NEXT, YEAR, copy_project

FORM = "前年度比と推移"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("trend"), FIXTURES / "small")
    assert new_year.begin(Project(root, YEAR), Quiet()).project is not None
    path = root / "inputs" / NEXT / "measures" / "1-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{R2: 195}", "{R2: 195, R3: 150}"), encoding="utf-8")
    return root


def rows(root: Path, year: str) -> list[tuple[object, ...]]:
    """Return the years of the indicator of the sheet 1-2 as the template gets them."""
    project = Project(root, year)
    results = results_of(project).value
    assert results
    forms = inspecting.inspect(results, project, Log(Quiet()))
    listed: Any = forms.sheet.contexts[1]["指標一覧"]
    told = ("年度の略", "目標", "実績", "達成率")
    return [(*(one[name] for name in told), _text(one["判定"])) for one in listed[0]["推移"]]


def _text(printed: object) -> str:
    return str(Markup(str(printed)).striptags())


def test_the_years_before_stand_with_their_own_targets_and_ratings(city: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(city, tmp_path / "city"))
    shutil.copyfile(root / "templates" / "gallery" / FORM / "sheet.docx", root / "templates" / "sheet.docx")
    assert rows(root, NEXT) == [
        ("R2", "180", "195", "108.3%", "達成"),
        ("R3", "200", "150", "75.0%", "一部達成"),
    ]
    assert [row[0] for row in rows(root, YEAR)] == ["R2"]


@pytest.mark.parametrize("then", ["{number: 170, preliminary: true}", "集計中"])
def test_a_figure_that_was_open_stands_as_it_was_settled(city: Path, tmp_path: Path, then: str) -> None:
    root = Path(shutil.copytree(city, tmp_path / "city"))
    shutil.copyfile(root / "templates" / "gallery" / FORM / "sheet.docx", root / "templates" / "sheet.docx")
    path = root / "inputs" / YEAR / "measures" / "1-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{R2: 195}", f"{{R2: {then}}}"), encoding="utf-8")
    assert rows(root, NEXT)[0] == ("R2", "180", "195", "108.3%", "達成")


def test_a_template_that_does_not_print_them_reads_no_other_year(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "results", lambda *_: pytest.fail("read"))
    assert [row[0] for row in rows(city, NEXT)] == ["R3"]
