"""Fields of indicators that departments write (要因分析, 見通し): on the sheet of the measure that owns the indicator,
out to the department, back beside the actuals, and empty in the next year.
"""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import docx
import pytest
from docx.document import Document

from pipeline.diagnostics import Severity
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from pipeline.stages.validate.join_form import standard_text
from pipeline.workflows import new_year
from pipeline.workflows.project import Project
from tests.departments.returned.post import Post, Quiet, sent_project, write
from tests.project import BASE, FIXTURES, YEAR, copy_project, run
from tests.stages.validate.cases import change

pytestmark = pytest.mark.slow

OWN = """\
- {id: basis, on: indicator, name: 設定根拠, writer: planning}
- {id: causes, on: indicator, name: 要因分析, each_year: true, needed: draft}
- {id: outlook, on: indicator, name: 見通し, kind: choice, choices: [達成見込み, 困難], each_year: true}
- {id: spent, on: indicator, name: 事業費, kind: series, unit: 千円}
"""
FIELDS = ("要因分析", "見通し", "事業費.R2")
TABLE = 5
FILE = "measures/1-2.yaml"
ENTERED = """\
indicators:
  startups:
    causes: 相談が増えた。
    outlook: 達成見込み
    spent: {R2: 1500}
initiatives:
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city with the fields: 創業した件数 belongs to 1-2, and 2-1 shows it, too. Not to be changed."""
    root = copy_project(tmp_path_factory.mktemp("reports"), FIXTURES / "small")
    (root / BASE / "form.yaml").write_text(standard_text().replace("\nparts:", f"\n{OWN}parts:"), encoding="utf-8")
    path = root / "templates" / "sheet.docx"
    document = docx.Document(str(path))
    table = document.add_table(3, 1 + len(FIELDS))
    table.rows[0].cells[0].text = "{%tr for 指標 in 指標一覧 %}"
    for cell, field in zip(table.rows[1].cells, ("名称", *FIELDS), strict=True):
        cell.text = f"{{{{ 指標.{field} }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.save(str(path))
    return root


@pytest.fixture(scope="module")
def sent(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sent_project(shutil.copytree(city, tmp_path_factory.mktemp("sent") / "project"))


@pytest.fixture
def root(city: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city, tmp_path / "project")


@pytest.fixture
def post(sent: Path, tmp_path: Path) -> Post:
    return Post(shutil.copytree(sent, tmp_path / "project"))


def row(document: Document, indicator: str) -> list[str]:
    """Return what stands beside an indicator's name."""
    found = next(row for row in document.tables[TABLE].rows if row.cells[0].text.startswith(indicator))
    return [cell.text for cell in found.cells[1:]]


def answer(document: Document, texts: tuple[str, ...], place: int = 0) -> None:
    for cell, text in zip(document.tables[TABLE].rows[place].cells[1:], texts, strict=True):
        write(cell.paragraphs[0], text)


def test_what_is_entered_is_printed_wherever_the_indicator_is_shown(root: Path) -> None:
    change(root, FILE, "initiatives:\n", ENTERED)
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    for measure in ("1-2", "2-1"):
        (path,) = (root / "outputs" / YEAR / "sheets").glob(f"{measure}_*.docx")
        assert row(docx.Document(str(path)), "創業した件数") == ["相談が増えた。", "達成見込み", "1,500"]
    told = json.loads((root / "outputs" / YEAR / "achievement.json").read_text(encoding="utf-8"))["measures"][1]
    assert told["indicators"][0]["fields"] == {
        "basis": "",
        "causes": "相談が増えた。",
        "outlook": "達成見込み",
        "spent": {"R2": "1500"},
    }
    checks = json.loads((root / "outputs" / YEAR / "checks.json").read_text(encoding="utf-8"))["diagnostics"]
    empty = [d["message"] for d in checks if d["id"] == "indicator-causes-empty"]
    assert empty  # of the other indicators, in their own files
    assert not [message for message in empty if "創業した件数" in message]


def test_the_owner_alone_is_asked(post: Post) -> None:
    own, other = (docx.Document(io.BytesIO(post.sheet(measure))) for measure in ("1-2", "2-1"))
    asked = ["【ここに記入してください】", "【記入】（達成見込み・困難）", "【記入】"]
    assert row(own, "創業した件数") == asked
    assert row(other, "創業した件数") == ["（1-2のシートに記入します）"] * 3
    shades = own.tables[TABLE].rows[0]._tr.xml.count('w:fill="FFF2CC"')
    assert shades == len(FIELDS)
    (letter,) = (post.project.outputs / "send").glob("商工課/*送付状*.docx")
    cells = (cell.text for table in docx.Document(str(letter)).tables for row_ in table.rows for cell in row_.cells)
    assert "「創業した件数」の要因分析" in "".join(cells)


def test_what_is_typed_in_word_is_written_beside_the_actuals(post: Post) -> None:
    post.edited(lambda document: answer(document, ("相談が増えた。\n制度も変わった。", "困難", "1,500千円")))
    found = {p.path: p for p in post.collect() if p.path}
    assert set(found) == {f"{FILE}#indicators.startups.{key}" for key in ("causes", "outlook", "spent.R2")}
    assert {p.kind for p in found.values()} == {Kind.CHANGE}, [p.why for p in found.values()]
    post.decide("accept")
    post.apply()
    assert post.inputs(FILE).endswith(
        "indicators:\n  startups:\n    causes: |-\n      相談が増えた。\n      制度も変わった。\n"
        "    outlook: 困難\n    spent: {R2: 1500}\n"
    )
    read = validate.read(post.project.inputs, post.root)
    assert read.value is not None, read.diagnostics
    assert not [p for p in post.collect() if p.path and "accept" not in str(p.decision.verdict)]


def test_another_sheet_that_shows_it_is_asked_about(post: Post) -> None:
    def edit(document: Document) -> None:
        place = next(n for n, r in enumerate(document.tables[TABLE].rows) if r.cells[0].text.startswith("創業"))
        write(document.tables[TABLE].rows[place].cells[2].paragraphs[0], "困難")

    post.edited(edit, "2-1")
    (found,) = (p for p in post.collect() if p.path)
    assert (found.kind, found.path) == (Kind.QUESTION, f"{FILE}#indicators.startups.outlook")
    assert "1-2のシートの所管課が直す欄です" in found.why


def test_the_next_year_begins_without_what_is_written_every_year(root: Path) -> None:
    change(root, FILE, "initiatives:\n", ENTERED)
    begun = new_year.begin(Project(root, YEAR), Quiet())
    assert begun.project is not None, begun.diagnostics
    text = (begun.project.inputs / FILE).read_text(encoding="utf-8")
    assert 'causes: ""\n    outlook: ""\n    spent: {R2: 1500}' in text


def test_editors_know_them(root: Path) -> None:
    assert run(root, "schema").returncode == 0
    for kind in ("measure", "goals"):
        path = root / "inputs" / "schema" / f"{kind}.schema.json"
        known = json.loads(path.read_text(encoding="utf-8"))["$defs"]["EnteredShape"]["properties"]
        assert list(known) == ["causes", "outlook", "spent"]


@pytest.mark.parametrize(
    ("old", "new", "identifier"),
    [
        ("outlook: 達成見込み", "outlook: 達成", "indicator-outlook-unknown"),
        ("  startups:\n    causes", "  startup:\n    causes", "kpi-unknown"),
        ("  startups:\n    causes", "  visitors:\n    causes", "indicator-fields-misplaced"),
        ("    outlook:", "    outlok:", "indicator-key-unknown"),
        ("    outlook:", "    basis: 国の目標\n    outlook:", "indicator-key-unknown"),
    ],
)
def test_a_mistake_is_told_once_where_it_stands(old: str, new: str, identifier: str, root: Path) -> None:
    change(root, FILE, "initiatives:\n", ENTERED)
    change(root, FILE, old, new)
    (found,) = (d for d in validate.read(root / BASE, root).diagnostics if d.severity is Severity.ERROR)
    assert (found.id, found.place.file) == (identifier, f"{BASE}/{FILE}")
