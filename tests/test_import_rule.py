"""The contracts between the packages hold, and bite when somebody breaks them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.stages import STAGES
from tests.project import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("stages/charts/__init__.py", "import pipeline.stages.sheets"),
        ("documents/pdf/__init__.py", "import pipeline.model.results"),
        ("documents/docx/__init__.py", "import pipeline.documents.pdf"),
        ("departments/sending/__init__.py", "import pipeline.departments.returned"),
        ("model/results.py", "import pipeline.stages.compute"),
        ("stages/validate/__init__.py", "import pipeline.workflows.report"),
        ("storage/atomic.py", "import pipeline.storage.outputs"),
    ],
)
def test_a_breach_is_found(copy: Path, module: str, line: str) -> None:
    path = copy / "pipeline" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert lint(copy).returncode != 0


@pytest.mark.parametrize("module", ["loose.py", "departments/loose.py", "documents/loose.py", "storage/loose.py"])
def test_a_module_on_no_floor_is_found(copy: Path, module: str) -> None:
    (copy / "pipeline" / module).write_text('"""Nobody knows where this belongs."""\n', encoding="utf-8")
    assert lint(copy).returncode != 0


def test_every_stage_is_listed() -> None:
    assert sorted(STAGES) == sorted(path.parent.name for path in (ROOT / "pipeline" / "stages").glob("*/__init__.py"))
