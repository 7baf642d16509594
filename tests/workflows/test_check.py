"""``check`` says of a template what ``report`` would say of it, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.documents.docx.cures import STRICT
from pipeline.workflows import report
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action, Run, RunOptions
from tests.departments.returned.post import Quiet, trimmed
from tests.project import BASE, FIXTURES, YEAR, copy_project

pytestmark = pytest.mark.slow


def run(action: Action, root: Path, *, strict_fonts: bool = False) -> Run:
    return report.run(action, Project(root, YEAR), Quiet(), RunOptions(strict_fonts=strict_fonts))


def typefaces(run: Run) -> list[tuple[str, str]]:
    return [(str(d.place), d.message) for d in run.diagnostics if d.id == "template-typeface"]


def errors(run: Run) -> list[tuple[str, str, str]]:
    return [(str(d.place), d.id, d.message) for d in run.diagnostics if d.severity.value == "error"]


def write_in_another_typeface(template: Path, text: str) -> None:
    document = docx.Document(str(template))
    added = document.add_paragraph().add_run(text)
    fonts = added._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{script}"), "ＭＳ 明朝")
    document.save(str(template))


@pytest.mark.parametrize("name", ["cover", "sheet"])
def test_a_typeface_that_is_not_at_hand_is_told_by_check_as_by_report(name: str, tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path / "project"))
    write_in_another_typeface(root / "templates" / f"{name}.docx", "追記")
    checked = run(Action.CHECK, root)
    assert errors(checked) == []
    assert typefaces(checked) == typefaces(run(Action.REPORT, root))
    ((place, message),) = typefaces(checked)
    assert place == f"templates/{name}.docx"
    assert "ＭＳ 明朝→BIZ UD明朝" in message


def test_strict_fonts_stop_check_and_report_alike(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path / "project"))
    write_in_another_typeface(root / "templates" / "cover.docx", "追記")
    checked, reported = (run(action, root, strict_fonts=True) for action in (Action.CHECK, Action.REPORT))
    assert errors(checked) == errors(reported)
    assert [identifier for _, identifier, _ in errors(checked)] == ["template-typeface"]
    assert [d.hint for d in checked.diagnostics if d.id == "template-typeface"] == [STRICT]
    assert not (root / "outputs" / YEAR).exists()


def test_a_typeface_that_nothing_is_printed_in_is_no_fault(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path / "project"))
    write_in_another_typeface(root / "templates" / "cover.docx", "{%p if 案 %}")
    write_in_another_typeface(root / "templates" / "cover.docx", "{%p endif %}")
    checked = run(Action.CHECK, root)
    assert errors(checked) == []
    assert typefaces(checked) == []
    assert checked.made is not None
    assert not list((root / "outputs").rglob("*.pdf"))


def test_a_part_that_is_younger_than_the_project_is_made_with_the_programs_template(tmp_path: Path) -> None:
    root = copy_project(tmp_path, FIXTURES / "small")
    (root / BASE / "form.yaml").write_text("parts: [cover, contents, sheets, opinions, summary]\n", encoding="utf-8")
    (root / BASE / "opinions.yaml").write_text("opinions:\n  1-2:\n  - {id: a, text: 意見。}\n", encoding="utf-8")
    (root / "templates" / "opinions.docx").unlink()
    checked = run(Action.CHECK, root)
    assert errors(checked) == []
    assert [d.place.file for d in checked.diagnostics if d.id == "template-of-program"] == ["templates/opinions.docx"]
