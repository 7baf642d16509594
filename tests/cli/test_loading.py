"""A command loads what it needs: what draws charts, Word files and PDF only where something is made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import BASE, copy_project, environment, started
from tests.stages.validate.cases import SMALL

pytestmark = pytest.mark.slow

HEAVY = ("docx", "docxtpl", "jinja2", "lxml", "matplotlib", "numpy", "pikepdf", "pypdfium2", "reportlab")
SELDOM = (
    *("PIL", "matplotlib", "numpy", "pikepdf", "reportlab", "rich"),
    *(f"pipeline.documents.docx.{name}" for name in ("charts.chart_xml", "diagram_xml", "formula_parts", "vml_xml")),
    *(f"pipeline.{name}" for name in ("documents.metafiles.playing", "model.trial", "stages.charts.shapes")),
)
_LOADED = "import sys; from pipeline.cli.main import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was checked and reported before."""
    project = copy_project(tmp_path_factory.mktemp("checked"), SMALL)
    for command in ("report", "check"):
        assert started(project, command).returncode == 0
    return project


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["check"], HEAVY),
        (["report"], HEAVY),
        (["report", "--clean"], ("matplotlib.backend_bases", "pikepdf")),
        (["rate", BASE, "--scheme", "進捗率"], HEAVY),
        (["explain", "1-1/routes"], HEAVY),
        (["board"], ("docxtpl", "matplotlib", "pikepdf", "pypdfium2", "reportlab")),
    ],
    ids=lambda value: value[0],
)
def test_a_command_loads_what_it_needs(arguments: list[str], unneeded: tuple[str, ...], checked: Path) -> None:
    assert not _loaded(checked, arguments) & {*unneeded}


def test_a_changed_sentence_loads_nothing_of_what_its_sheet_does_not_hold(checked: Path) -> None:
    (path,) = checked.glob("inputs/*/measures/2-1.yaml")
    path.write_text(path.read_text("utf-8").replace("開いた。", "改めて開いた。"), "utf-8")
    assert not _loaded(checked, ["report"]) & {*SELDOM}


def _loaded(project: Path, arguments: list[str]) -> set[str]:
    program = [sys.executable, "-c", _LOADED, *arguments]
    done = subprocess.run(program, cwd=project, env=environment(), capture_output=True, text=True, check=True)
    return {*done.stderr.split()}
