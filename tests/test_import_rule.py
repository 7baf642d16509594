"""The contracts between the packages bite when somebody breaks them; that they hold is seen by ``make lint``."""

from __future__ import annotations

import re
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


BREACHES = {
    "desk/desk.py": "pipeline.stages.audit",
    "workflows/report.py": "pipeline.desk.news",
    "stages/charts/__init__.py": "pipeline.stages.sheets",
    "documents/pdf/__init__.py": "pipeline.model.results",
    "documents/docx/__init__.py": "pipeline.documents.pdf",
    "departments/sending/__init__.py": "pipeline.departments.returned",
    "publication/digest.py": "pipeline.departments.issued",
    "model/results.py": "pipeline.stages.compute",
    "stages/validate/__init__.py": "pipeline.workflows.report",
    "storage/atomic.py": "pipeline.storage.outputs",
}
"""Modules, each with an import that a contract forbids."""
LOOSE = ["loose.py", "departments/loose.py", "documents/loose.py", "storage/loose.py"]
"""Modules that stand nowhere."""


def copied(folder: Path) -> Path:
    shutil.copytree(ROOT / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the contracts say of a copy with all breaches: one run tells them all."""
    folder = copied(tmp_path_factory.mktemp("breached"))
    for module, forbidden in BREACHES.items():
        with (folder / "pipeline" / module).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {forbidden}\n")
    for module in LOOSE:
        (folder / "pipeline" / module).write_text('"""Nobody knows where this belongs."""\n', encoding="utf-8")
    done = lint(folder)
    assert done.returncode != 0
    return re.sub(r"\s+", " ", done.stdout)


@pytest.mark.parametrize("module", BREACHES)
def test_a_breach_is_found(told: str, module: str) -> None:
    name = "pipeline." + module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert f"- {name} -> {BREACHES[module]} (l." in told


@pytest.mark.parametrize("module", LOOSE)
def test_a_module_on_no_floor_is_found(told: str, module: str) -> None:
    assert f"- pipeline.{module.removesuffix('.py').replace('/', '.')} " in told


def test_every_stage_is_listed() -> None:
    assert sorted(STAGES) == sorted(path.parent.name for path in (ROOT / "pipeline" / "stages").glob("*/__init__.py"))
