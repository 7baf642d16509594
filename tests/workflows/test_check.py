"""``check`` says of a template what ``report`` would say of it, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from pipeline.model.documents import Engine
from pipeline.workflows import report
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action, Run
from tests.departments.returned.post import Quiet, trimmed
from tests.project import YEAR, copy_project


def run(action: Action, root: Path) -> Run:
    return report.run(action, Project(root, YEAR), Engine.EMBEDDED, Quiet())


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
def test_a_typeface_that_report_refuses_is_refused_by_check(name: str, tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path / "project"))
    write_in_another_typeface(root / "templates" / f"{name}.docx", "追記")
    checked = run(Action.CHECK, root)
    assert errors(checked) == errors(run(Action.REPORT, root))
    assert [place for place, _, _ in errors(checked)] == [f"templates/{name}.docx"]
    assert "ＭＳ 明朝" in errors(checked)[0][2]
    assert not (root / "outputs" / YEAR).exists()


def test_a_typeface_that_nothing_is_printed_in_is_no_fault(tmp_path: Path) -> None:
    root = trimmed(copy_project(tmp_path / "project"))
    write_in_another_typeface(root / "templates" / "cover.docx", "{%p if 案 %}")
    write_in_another_typeface(root / "templates" / "cover.docx", "{%p endif %}")
    checked = run(Action.CHECK, root)
    assert errors(checked) == []
    assert checked.made is not None
    assert not list((root / "outputs").rglob("*.pdf"))
