"""Running the pipeline as a user would, in a project folder of one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
CITY = FIXTURES / "city"
"""A whole city, frozen: what is done to inputs/ in a year does not reach it."""
YEAR = "R3"
"""The year of the frozen cities' inputs."""
INPUTS = CITY / "inputs" / YEAR


def command(*arguments: str) -> list[str]:
    """Return the command line that runs the pipeline."""
    return [sys.executable, "-m", "pipeline", *arguments]


def environment() -> dict[str, str]:
    """Return the environment that finds this checkout's pipeline from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the pipeline in a project folder as a user would."""
    return subprocess.run(
        command(*arguments), cwd=project, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )


def copy_project(target: Path) -> Path:
    """Copy the frozen city's inputs and the templates into a folder."""
    shutil.copytree(CITY / "inputs", target / "inputs")
    shutil.copytree(ROOT / "templates", target / "templates")
    return target
