"""The small city of tests/fixtures/, and the faults of tests/cases/reject/: a patch over it, and what must be found.

A patch replaces a text that stands once in a file (``old``, ``new``), or is a whole file (``text``); ``expect`` lists
the findings, each with its place. Files are named from the folder of the evaluated year.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.diagnostics import Checked, Place
from pipeline.model.evaluation import Evaluation
from pipeline.stages import validate
from tests.project import BASE, FIXTURES, ROOT

REJECT = ROOT / "tests" / "cases" / "reject"
REJECTED = sorted(path.stem for path in REJECT.iterdir())
SMALL = FIXTURES / "small"
FINAL = FIXTURES / "small-final"
"""Lies over ``SMALL``: the same city after the council."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A fault: the patches, and the findings with their places, in order."""

    changes: tuple[dict[str, str], ...]
    expected: tuple[tuple[Place, str], ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Return the files that are changed, named from the project's folder."""
        return tuple(dict.fromkeys(f"{BASE}/{change['file']}" for change in self.changes))


def rejected(name: str) -> Rejected:
    """Read a case of tests/cases/reject/."""
    case: dict[str, Any] = yaml.safe_load((REJECT / f"{name}.yaml").read_text(encoding="utf-8"))
    found = sorted((_place(one["at"]), str(one["id"])) for one in case["expect"])
    return Rejected(tuple(case["changes"]), tuple(found))


def _place(text: str) -> Place:
    """Read ``file:line:column``, or a file alone."""
    file, *numbers = text.split(":")
    return Place(f"{BASE}/{file}", *map(int, numbers))


def lay_out(target: Path, name: str = "") -> Path:
    """Copy the small city into a folder, and put a fault into it."""
    shutil.copytree(SMALL, target, dirs_exist_ok=True)
    for patch in rejected(name).changes if name else ():
        path = target / BASE / patch["file"]
        text = patch.get("text")
        if text is None:
            before = path.read_text(encoding="utf-8")
            assert before.count(patch["old"]) == 1
            text = before.replace(patch["old"], patch["new"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return target


def lay_out_final(target: Path) -> Path:
    """Copy the small city after the council into a folder."""
    for city in (SMALL, FINAL):
        shutil.copytree(city, target, dirs_exist_ok=True)
    return target


def read(root: Path) -> Checked[Evaluation]:
    """Read a case."""
    return validate.read(root / BASE, root)


def change(root: Path, file: str, old: str, new: str) -> Path:
    """Replace a text that stands in a file once."""
    path = root / BASE / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path
