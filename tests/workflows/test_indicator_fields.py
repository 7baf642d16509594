"""Fields of indicators (設定根拠, 計算方法): entries in form.yaml and strategy.yaml, ``{{ }}`` in Word."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from docx.document import Document

from pipeline.diagnostics import Severity
from pipeline.model.correspondence import Kind
from pipeline.stages import validate
from pipeline.workflows import new_year
from pipeline.workflows.project import Project
from tests.departments.returned.post import Post, Quiet, sent_project, write
from tests.project import BASE, FIXTURES, ROOT, YEAR, copy_project, run
from tests.stages.validate.cases import change

pytestmark = pytest.mark.slow

OWN = """\
- {id: basis, on: indicator, name: 設定根拠, writer: planning, needed: draft}
- {id: weight, on: indicator, name: 重み, kind: number, writer: planning}
- {id: fixed, on: indicator, name: 確定時期, writer: planning, each_year: true}
"""
OWN_TABLE = 5


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("own"), FIXTURES / "small")
    standard = (ROOT / "pipeline" / "stages" / "validate" / "form.yaml").read_text(encoding="utf-8")
    (root / BASE / "form.yaml").write_text(standard.replace("\nparts:", f"\n{OWN}parts:"), encoding="utf-8")
    name = "  name: 創業した件数\n"
    change(root, "strategy.yaml", name, f"{name}  basis: 過去3年の伸び\n  weight: 2\n  fixed: 翌年度の4月\n")
    path = root / "templates" / "sheet.docx"
    document = docx.Document(str(path))
    table = document.add_table(3, 3)
    table.rows[0].cells[0].text = "{%tr for 指標 in 指標一覧 %}"
    for cell, field in zip(table.rows[1].cells, ("設定根拠", "重み", "確定時期"), strict=True):
        cell.text = f"{{{{ 指標.{field} }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.save(str(path))
    return root


@pytest.fixture
def root(city: Path, tmp_path: Path) -> Path:
    return shutil.copytree(city, tmp_path / "project")


def printed(document: Document) -> list[str]:
    return [cell.text for cell in document.tables[OWN_TABLE].rows[0].cells]


def test_the_sheet_prints_them_and_what_is_needed_is_missed(root: Path) -> None:
    done = run(root, "report")
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (root / "outputs" / YEAR / "sheets").glob("1-2_*.docx")
    assert printed(docx.Document(str(path))) == ["過去3年の伸び", "2", "翌年度の4月"]
    found = [d for d in validate.read(root / BASE, root).diagnostics if d.id == "indicator-basis-empty"]
    assert len(found) == 5
    assert "指標「市内就業者数」の『basis』（設定根拠）が空です" in {d.message for d in found}


def test_a_misspelt_key_is_told_with_the_fields_name(root: Path) -> None:
    change(root, "strategy.yaml", "  basis: 過", "  bases: 過")
    found = next(d for d in validate.read(root / BASE, root).diagnostics if d.id == "kpi-key-unknown")
    assert "もしかして「basis（設定根拠）」" in found.hint


def test_what_a_department_changes_is_asked_about_and_can_be_taken(root: Path) -> None:
    post = Post(sent_project(root))
    post.edited(lambda d: write(d.tables[OWN_TABLE].rows[0].cells[0].paragraphs[0], "過去5年の伸び"))
    (found,) = (p for p in post.collect() if p.path)
    assert (found.kind, found.path) == (Kind.QUESTION, "strategy.yaml#indicators.startups.basis")
    assert "設定根拠は、取りまとめの課が strategy.yaml に書きます" in found.why
    post.decide("accept")
    post.apply()
    assert "basis: 過去5年の伸び" in post.inputs("strategy.yaml")


def test_the_next_year_begins_without_what_is_written_every_year(root: Path) -> None:
    begun = new_year.begin(Project(root, YEAR), Quiet())
    assert begun.project is not None, begun.diagnostics
    text = (begun.project.inputs / "strategy.yaml").read_text(encoding="utf-8")
    assert "basis: 過去3年の伸び" in text
    assert 'fixed: ""' in text


def test_who_writes_a_field_tells_in_which_file_it_stands(root: Path) -> None:
    change(root, "form.yaml", "name: 設定根拠, writer: planning", "name: 設定根拠, writer: department")
    (found,) = (d for d in validate.read(root / BASE, root).diagnostics if d.severity is Severity.ERROR)
    assert (found.id, found.place.file) == ("kpi-key-unknown", f"{BASE}/strategy.yaml")
    assert "設定根拠は所管課が書く欄です。measures/ のファイルの indicators に書いてください" in found.hint


CAUSE = "- {id: cause, on: indicator, name: 要因分析, writer: department, each_year: true, needed: final}\n"


def test_a_departments_field_is_named_once_with_what_to_write(root: Path) -> None:
    change(root, "form.yaml", "\nparts:", f"\n{CAUSE}parts:")
    path = root / BASE / "measures/1-1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}indicators:\n  plan: {{cause: 会場を増やした。}}\n", encoding="utf-8")
    found = validate.read(root / BASE, root).diagnostics
    lost = [d.message for d in found if d.id == "indicator-cause-missing"]
    assert lost
    assert all(message.count("指標「") == 1 for message in lost)
    change(root, "report.yaml", "edition: draft", "edition: final")
    hints = {d.hint for d in validate.read(root / BASE, root).diagnostics if d.id == "indicator-cause-empty"}
    assert "indicators: の下に「routes: {cause: 内容}」のように書いてください" in hints
