"""The maintainers' pages name modules, functions and packages that are there; what is imported is declared."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pipeline.stages import STAGES
from tests.project import ROOT

PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("docs/architecture.md", "CONTRIBUTING.md")}
PLANNED = {"cli/years.py", "stages/figures/checks.py", "tests/bytes", "stages/figures/", "tests/stages/figures/"}
"""What the recipes tell how to make."""
MODULES = {p.relative_to(ROOT).as_posix(): p for top in ("pipeline", "tests") for p in (ROOT / top).rglob("*.py")}
NAMED = re.compile(r"`((?:[\w.]+/)*\w+\.py)(?:::([\w.]+))?`")
IMPORT = re.compile(r"^ *(?:import (\w+)|from (\w+)[\w.]* import )", re.MULTILINE)
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_every_module_and_name_is_there(page: str) -> None:
    named = {(file, name) for file, name in NAMED.findall(PAGES[page]) if file not in PLANNED}
    assert len(named) > 15
    assert sorted(f"{file}::{name}" for file, name in named if not _is_there(file, name)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_folder_is_there(page: str) -> None:
    layers = SETTINGS["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = "|".join((*re.findall(r"\w+", " ".join(layers)), "tests", "templates", "docs"))
    named = set(re.findall(rf"`((?:{floors})(?:/\w+)+/?)`", PAGES[page])) - PLANNED
    assert sorted(name for name in named if not ((ROOT / "pipeline" / name).is_dir() or (ROOT / name).is_dir())) == []


def test_every_stage_has_its_paragraph() -> None:
    assert re.findall(r"^\*\*(\w+)\*\* \(`", PAGES["docs/architecture.md"], re.MULTILINE) == list(STAGES)


def test_every_package_that_is_imported_is_declared_and_explained() -> None:
    declared = {re.split(r"[>=]", one)[0] for one in SETTINGS["project"]["dependencies"]}
    known = packages_distributions()
    imported = {name for file, path in MODULES.items() if file.startswith("pipeline/") for name in _imports(path)}
    used = {known[name][0].lower().replace("_", "-").replace(".", "-") for name in imported if name in known}
    assert used == declared
    table = PAGES["docs/architecture.md"].partition("\n## Dependencies\n")[2].partition("\n## ")[0]
    told = {name for row in re.findall(r"^\| (.+?) \|", table, re.MULTILINE) for name in row.split(", ")}
    assert told - {"package"} == declared


def _is_there(file: str, name: str) -> bool:
    found = [path for known, path in MODULES.items() if f"/{known}".endswith(f"/{file}")]
    return any(not name or name in _names(path) for path in found)


@cache
def _names(path: Path) -> set[str]:
    """Return what a module defines at its top, and the methods of its classes."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
            names |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def _imports(path: Path) -> set[str]:
    """Return the first names of what a module imports."""
    return {one or other for one, other in IMPORT.findall(path.read_text(encoding="utf-8"))} - {"pipeline"}
