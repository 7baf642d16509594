"""Running the pipeline as a user would, in a project folder of one's own.

The evaluated year of the frozen cities is written here and in their files alone: tests name it and its folders by
``YEAR``, ``NEXT``, ``BASE`` and ``MADE``. Years stand as they are where they are what a test is about: the columns of a
plan (targets and actuals of R2 to R6, with the keys of indicators), years that are read, counted or compared (eras,
baselines, a year beside the one before), and texts that say one.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import cast

from pipeline.cli.main import main
from pipeline.wording.era import after

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
CITY = FIXTURES / "city"
"""A whole city, frozen: what is done to inputs/ in a year does not reach it."""
YEAR = "R3"
"""The year of the frozen cities' inputs."""
NEXT = after(YEAR)
"""The year after."""
BASE = f"inputs/{YEAR}"
"""Their folder of inputs, as findings name it."""
MADE = f"outputs/{YEAR}"
"""Where their outputs go."""
INPUTS = CITY / BASE


def command(*arguments: str) -> list[str]:
    """Return the command line that runs the pipeline."""
    return [sys.executable, "-m", "pipeline", *arguments]


def environment() -> dict[str, str]:
    """Return the environment that finds this checkout's pipeline from any folder, compiled once as for every user."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the pipeline in a project folder, within this process: starting one takes longer than the work."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.chdir(project), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as left:
            code = int(left.code or 0)
    said = _written(err)
    if "outputs/error.txt" in said:  # a fault of the program: a test that did not ask for it shows where it arose
        said += (project / "outputs" / "error.txt").read_text(encoding="utf-8")
    return subprocess.CompletedProcess(arguments, code, _written(out), said)


def _written(stream: io.TextIOWrapper) -> str:
    """Return what was written to a stream."""
    stream.flush()
    return cast(io.BytesIO, stream.buffer).getvalue().decode()


def started(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the pipeline in a project folder as a user would, in a process of its own."""
    return subprocess.run(
        command(*arguments), cwd=project, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )


def copy_project(target: Path, city: Path = CITY) -> Path:
    """Copy a frozen city's inputs and the templates into a folder."""
    shutil.copytree(city / "inputs", target / "inputs")
    shutil.copytree(ROOT / "templates", target / "templates")
    return target
