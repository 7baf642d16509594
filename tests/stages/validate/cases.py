"""The example folders under tests/cases: ``accept/small`` is complete, all others lie over it."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.diagnostics import Checked
from pipeline.model.evaluation import Evaluation
from pipeline.stages import validate
from tests.project import ROOT

CASES = ROOT / "tests" / "cases"
SMALL = CASES / "accept" / "small"
YEAR = Path("inputs") / "R3"


def names(kind: str) -> list[str]:
    """List the cases of a kind: accept or reject."""
    return sorted(path.name for path in (CASES / kind).iterdir())


def lay_out(target: Path, *overlay: Path) -> Path:
    """Copy the small example, and another case over it, into a folder."""
    for case in (SMALL, *overlay):
        shutil.copytree(case, target, dirs_exist_ok=True)
    return target


def read(root: Path) -> Checked[Evaluation]:
    """Read a case."""
    return validate.read(root / YEAR, root)


def change(root: Path, file: str, old: str, new: str) -> Path:
    """Replace a text that stands in a file once."""
    path = root / YEAR / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path
