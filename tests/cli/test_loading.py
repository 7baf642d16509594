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
        (["rate", BASE, "--scheme", "進捗率"], HEAVY),
        (["explain", "1-1/routes"], HEAVY),
        (["board"], ("docxtpl", "matplotlib", "pikepdf", "pypdfium2", "reportlab")),
    ],
    ids=lambda value: value[0],
)
def test_a_command_loads_what_it_needs(arguments: list[str], unneeded: tuple[str, ...], checked: Path) -> None:
    program = [sys.executable, "-c", _LOADED, *arguments]
    done = subprocess.run(program, cwd=checked, env=environment(), capture_output=True, text=True, check=True)
    assert not {*done.stderr.split()} & {*unneeded}
