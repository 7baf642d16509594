"""The planning division's guide names only what is there: commands, actions, findings, files and pictures."""

from __future__ import annotations

import ast
import re
import subprocess
import unicodedata

import pytest

from pipeline.stages.audit import TITLES
from tests.project import BASE, CITY, INPUTS, ROOT, run

DOCS = ROOT / "docs"
GUIDE = (DOCS / "手引き.md").read_text(encoding="utf-8")
MARKS = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL))
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "pipeline").rglob("*.py")))
FINDING = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
MADE_UP = {
    "measures/5-5.yaml",
    "inputs/R8",
    "inputs/2027",
    "inputs/R4",
    "inputs/R4/",
    "inputs/R4/report.yaml",
    "inputs/R4/strategy.yaml",
}
"""Files that the guide tells how to make."""
LATER = (
    "outputs/",
    f"{BASE}/returned",
    f"{BASE}/issued",
    f"{BASE}/反映の記録.csv",
    f"{BASE}/editions",
    "inputs/R4/measures/",
)
"""What begins the names of files that commands make."""
LARGEST = 150_000
"""Bytes of a picture."""


def targets() -> set[str]:
    text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  make ([a-z-]+)", text, re.MULTILINE))


def actions() -> set[str]:
    return set(re.findall(r"^    ([a-z]+) ", run(ROOT, "--help").stdout, re.MULTILINE))


def test_every_command_is_a_target() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", GUIDE))
    assert {"check", "send", "collect", "review", "apply", "report"} <= named
    assert named - targets() == set()


def test_every_action_is_one_of_the_pipeline() -> None:
    named = set(re.findall(r"-m pipeline ([a-z]+)", GUIDE)) | set(re.findall(r"`([a-z]+) --", GUIDE))
    assert {"explain", "rate", "convert"} <= named
    assert named - actions() == set()


def test_every_finding_is_reported_somewhere() -> None:
    named = {name for mark in MARKS for name in re.findall(rf"^\[?({FINDING.pattern})\]?$", mark)}
    named |= set(re.findall(rf"\[({FINDING.pattern})\]$", GUIDE, re.MULTILINE))
    assert {"kpi-unknown", "sheet-too-long", "glyph-missing"} <= named
    assert {name for name in named if not any(re.fullmatch(form, name) for form in _identifiers())} == set()


def _identifiers() -> set[str]:
    """Return patterns of the identifiers in the program: some are put together from a key and an ending."""
    written = re.findall(r'"([a-z{}_.]+(?:-[a-z0-9{}_.]+)+)"', SOURCES)
    return {"([a-z]+-)*" + re.sub(r"\{[^}]*\}", "[a-z]+", form) for form in (*written, *TITLES)}


@pytest.mark.parametrize(
    "name", sorted({m for m in MARKS if re.search(r"^(inputs|templates|measures|docs)/[^\s:]*$", m)})
)
def test_every_file_is_there(name: str) -> None:
    if name in MADE_UP or name.startswith(LATER):
        return
    assert any((root / name).exists() for root in (ROOT, CITY, INPUTS))


def test_every_question_and_reason_is_one_that_is_printed() -> None:
    tables = re.search(r"^### 質問の意味.*?^## 5", GUIDE, re.DOTALL | re.MULTILINE)
    assert tables
    rows = [row for row in re.findall(r"^\| (.+?) \|", tables[0], re.MULTILINE) if "初めの部分" not in row]
    assert len(rows) > 20
    assert [row for row in rows if max(re.split("[…（）／「」]", row), key=len) not in SOURCES] == []


def test_every_picture_is_there_small_and_described() -> None:
    pictures = re.findall(r"!\[(.*?)\]\((.+?)\)", GUIDE)
    assert len(pictures) >= 5
    for words, name in pictures:
        assert len(words) > 20
        assert 0 < (DOCS / name).stat().st_size < LARGEST


def test_every_link_leads_somewhere() -> None:
    headings = {_anchor(line) for line in re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)}
    for target in re.findall(r"(?<!!)\[[^\]\n]+\]\(([^)]+)\)", GUIDE):
        file, _, anchor = target.partition("#")
        assert (DOCS / file).exists()
        assert anchor == "" or anchor in headings


def _anchor(heading: str) -> str:
    words = "".join(c for c in heading.lower() if c in "- _" or unicodedata.category(c)[0] in "LN")
    return words.replace(" ", "-")


def constructs() -> set[str]:
    """Return the Japanese of the modules that read and draw Word files, but for what they say is to be done."""
    names = set()
    for package in ("docx", "pdf", "metafiles"):
        for path in (ROOT / "pipeline/documents" / package).glob("*.py"):
            if path.name != "cures.py":
                nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                names |= {
                    node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
    return names


def test_what_stops_the_converter_is_refused_under_that_name() -> None:
    told = GUIDE.partition("**止まるもの**")[2].partition("\n### ")[0]
    named = re.findall("「([^」]+)」", told)
    known = constructs()
    assert len(named) > 12
    assert [name for name in named if not any(construct.startswith(name) for construct in known)] == []
