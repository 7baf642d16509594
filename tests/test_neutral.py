"""The program knows no city: what one calls its council, and the years it is in, come from its data alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.project import ROOT, YEAR

OF_A_CITY = re.compile(rf"周南|戦略会議|(?<![A-Za-z0-9]){YEAR}(?![A-Za-z0-9])")
SOURCES = sorted((ROOT / "pipeline").rglob("*.py"))
TEXTS = [ROOT / "Makefile", *sorted(p for p in (ROOT / "pipeline").rglob("*") if p.suffix in (".html", ".css"))]


def words(path: Path) -> list[str]:
    """Return the texts of a module that has something of a city, but for what only its maintainers read."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source if OF_A_CITY.search(source) else "")
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
    ]


def test_no_text_of_the_program_is_of_one_city() -> None:
    assert len(SOURCES) > 100
    assert [(p.name, word) for p in SOURCES for word in words(p) if OF_A_CITY.search(word)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_file_beside_is_either(path: Path) -> None:
    assert OF_A_CITY.findall(path.read_text(encoding="utf-8")) == []
