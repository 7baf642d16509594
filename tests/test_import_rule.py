"""The contracts between the packages hold, and bite when somebody breaks them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).parent / "lint-imports"
    return subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("charts/__init__.py", "import pipeline.sheets"),
        ("pdf/__init__.py", "import pipeline.model.results"),
        ("model/results.py", "import pipeline.achievement"),
        ("inputs/__init__.py", "import pipeline.build"),
    ],
)
def test_a_breach_is_found(copy: Path, module: str, line: str) -> None:
    path = copy / "pipeline" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert lint(copy).returncode != 0
