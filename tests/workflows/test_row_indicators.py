"""政策 ＞ 施策 ＞ 事務事業, a sheet for each 施策: it lists 事務事業 with indicators and fields of their own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest
from docx.document import Document

from pipeline.diagnostics import Severity
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from pipeline.stages.compute import compute
from pipeline.stages.sheets import inspect
from pipeline.stages.validate.join_form import standard_text
from pipeline.workflows import new_year
from pipeline.workflows.project import Project
from tests.departments.returned.post import Post, Quiet, sent_project, write
from tests.project import BASE, FIXTURES, YEAR, copy_project, run
from tests.stages.validate.cases import change

pytestmark = pytest.mark.slow

LEVELS = """\
levels:
- {id: policy, name: 政策}
- {id: measure, name: 施策, sheet: true}
rows: {name: 事務事業, least: 0}
"""
OWN = """\
- {id: cost, on: initiative, name: 決算額, kind: number, unit: 千円, each_year: true}
- {id: causes, on: indicator, name: 要因分析, each_year: true}
"""
FILE, TABLE = "measures/1-1.yaml", 5
ROWS = (
    ("{%tr for 取組 in 取組一覧 %}", "", ""),
    ("{{ 取組.名称 }}", "{{ 取組.決算額 }}", ""),
    ("{%tr for 指標 in 取組.指標一覧 %}", "", ""),
    ("{{ 指標.名称 }}", "{{ 指標.実績.一年目 }}", "{{ 指標.要因分析 }}"),
    ("{%tr endfor %}", "", ""),
    ("{%tr endfor %}", "", ""),
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("rows"), FIXTURES / "small")
    fields = standard_text().partition("fields:\n")[2].replace("\nparts:", f"\n{OWN}parts:")
    (root / BASE / "form.yaml").write_text(f"{LEVELS}fields:\n{fields}", encoding="utf-8")
    change(root, FILE, "  activities:", "  cost: 1200\n  indicators: [routes]\n  activities:")
    path = root / "templates" / "sheet.docx"
    document = docx.Document(str(path))
    table = document.add_table(len(ROWS), 3)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))
    return root


@pytest.fixture
def root(city: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city, tmp_path / "project")


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[TABLE].rows]


def test_a_row_lists_its_own_indicators(root: Path) -> None:
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (root / "outputs" / YEAR / "sheets").glob("1-1_*.docx")
    project, indicator = rows(docx.Document(str(path)))
    assert project == ["航路の整備", "1,200", ""]
    assert (indicator[0], indicator[1]) == ("航路の整備", "2\n（整備中）")
    told = json.loads((root / "outputs" / YEAR / "achievement.json").read_text(encoding="utf-8"))["measures"][0]
    assert told["initiatives"][0]["indicators"] == ["routes"]


def test_its_figures_and_fields_come_back(root: Path) -> None:
    post = Post(sent_project(root))

    def edit(document: Document) -> None:
        write(document.tables[TABLE].rows[1].cells[2].paragraphs[0], "増便した。")
        write(document.tables[TABLE].rows[0].cells[1].paragraphs[0], "1,300")

    post.edited(edit, "1-1")
    found = {p.path: p for p in post.collect() if p.path}
    assert set(found) == {f"{FILE}#indicators.routes.causes", next(p for p in found if p.endswith(".cost"))}
    assert {p.kind for p in found.values()} == {Kind.CHANGE}, [p.why for p in found.values()]
    post.decide("accept")
    post.apply()
    text = post.inputs(FILE)
    assert "cost: 1300" in text
    assert "indicators:\n  routes:\n    causes: 増便した。\n" in text
    begun = new_year.begin(Project(root, YEAR), Quiet())
    assert begun.project is not None, begun.diagnostics
    text = (begun.project.inputs / FILE).read_text(encoding="utf-8")
    assert 'causes: ""' in text
    assert "  indicators: [routes]\n" in text


def test_what_no_list_has_is_told(root: Path) -> None:
    document = docx.Document()
    for line in ("{%p for 指標 in 施策の指標一覧 %}", "{{ 指標.名称 }}", "{%p endfor %}"):
        document.add_paragraph(line)
    document.save(str(root / "templates" / "sheet.docx"))
    evaluation = validate.read(root / BASE, root).value
    assert evaluation is not None
    results = compute(evaluation).value
    assert results is not None
    found = next(d for d in inspect(results, root / "templates").diagnostics if d.id == "sheet-not-printed")
    assert "事務事業の指標の目標と実績" in found.message
    assert "、指標の目標と実績" not in found.message


@pytest.mark.parametrize(
    ("file", "old", "new", "identifier"),
    [
        (FILE, "indicators: [routes]", "indicators: [route]", "initiative-indicators-unknown"),
        (FILE, "indicators: [routes]", "indicators: [visitors]", "initiative-indicators-unknown"),
        (FILE, "indicators: [routes]", "indicators: [routes, routes]", "initiative-indicators-twice"),
    ],
)
def test_an_indicator_is_one_of_the_measures(file: str, old: str, new: str, identifier: str, root: Path) -> None:
    change(root, file, old, new)
    (found,) = (d for d in validate.read(root / BASE, root).diagnostics if d.severity is Severity.ERROR)
    assert (found.id, found.place.file) == (identifier, f"{BASE}/{file}")


def test_a_level_below_the_sheets_is_led_to_the_rows(root: Path) -> None:
    change(root, "form.yaml", "sheet: true}\n", "sheet: true}\n- {id: project, name: 事務事業}\n")
    found = next(d for d in validate.read(root / BASE, root).diagnostics if d.id == "form-levels-sheet")
    assert "「施策」（sheet: true）の下に、階層「事務事業」があります" in found.message
    assert "rows: {name: 事務事業, least: 0}" in found.hint
