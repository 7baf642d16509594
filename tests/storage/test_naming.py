"""Names of files: whatever somebody writes, every system takes it, and it stays in its folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.diagnostics import Diagnostic
from pipeline.stages import validate
from pipeline.storage import naming, outputs
from tests.project import BASE
from tests.stages.validate.cases import SMALL, change, lay_out, read

Write = Callable[[Path, Mapping[str, bytes]], object]
NASTY = [
    "...",
    "..",
    ".",
    "",
    "CON",
    "nul.txt",
    "com1",
    "Lpt9.課",
    "con .x",
    "CONIN$",
    "conout$.課",
    "課.",
    " 課 ",
    ".課",
    "a/b\\c:d*e?f",
    "\u202e課",
]
WIDE = ["商工振興課", "農林課、水産課", "商工／振興課", "ＣＯＮ", "9.11課", "①"]


@given(st.text(), st.sampled_from(["", ".docx", "_1a2b3c4d.docx"]))
@example("con" + " " * 300 + "x", "")
@example("課" * 200, ".docx")
@example("con.tar", ".docx")
def test_a_name_can_be_made_of_any_text(text: str, ending: str) -> None:
    name = naming.safe(text, ending)
    assert naming.is_safe(name)
    assert name.endswith(ending)
    assert not set(name) & set('/\\:*?"<>|')
    assert len(name.encode()) < 255
    assert Path(name).name == name
    assert not any(unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs") for character in name)
    assert naming.safe(name) == name


@pytest.mark.parametrize("name", NASTY)
def test_what_some_system_does_not_take_is_no_name(name: str) -> None:
    assert not naming.is_safe(name)


@pytest.mark.parametrize("name", WIDE)
def test_names_of_departments_stay_as_they_are(name: str) -> None:
    assert naming.safe(name) == name


def wrong(tmp_path: Path, old: str, new: str, file: str = "strategy.yaml") -> list[tuple[str, int]]:
    """Return ids and lines of what is found when a text of the small example is exchanged."""
    root = lay_out(tmp_path)
    path = change(root, file, old, new)
    line = path.read_text(encoding="utf-8").partition(new.strip())[0].count("\n") + 1
    found: tuple[Diagnostic, ...] = validate.read(root / BASE, root).diagnostics
    assert [(d.place.file, d.place.line) for d in found] == [(f"{BASE}/{file}", line)], found
    return [(d.id, d.place.line) for d in found]


SIGNS = ["商工/課", "a\\\\b", "課:1", "課*", "課?", '\\"課', "<課", "課>", "課|課"]
DEVICES = ["CON", "con", "Prn", "AUX", "NUL", "COM1", "lpt9", "nul.課", "com¹", "conin$"]
MARKS = ["課\\u202e課", "課\\u200b", "\\u200e課", "課\\ufeff課", "課\\u0007", "課\\u2066課", "課\\t課"]


@pytest.mark.parametrize("name", ["...", "..", ".", ".課", "課.", *SIGNS, *DEVICES, *MARKS, "課" * 86, "課" * 3000])
def test_a_department_that_makes_no_folder_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    ((found, _),) = wrong(tmp_path, "department: 商工課", f'department: "{name}"')
    assert found in ("measure-department-not-file-name", "glyph-missing")


@pytest.mark.parametrize("name", ["..", "CON", "計画/1", "計画\\u202e", "計画.", "計" * 3000])
def test_a_measure_that_makes_no_file_is_told_at_its_line(name: str, tmp_path: Path) -> None:
    ((found, _),) = wrong(tmp_path, "name: 創業の支援", f'name: "{name}"')
    assert found in ("measure-name-not-file-name", "glyph-missing")


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
def test_an_id_that_makes_no_file_of_a_chart_is_told(name: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    for path in (root / BASE).rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("routes", name), encoding="utf-8")
    assert "kpi-id-not-file-name" in {d.id for d in read(root).diagnostics}


@pytest.mark.parametrize("key", ["title", "book_title", "city", "division", "council"])
def test_a_title_longer_than_any_is_told_at_its_line(key: str, tmp_path: Path) -> None:
    text = (SMALL / BASE / "report.yaml").read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith(f"{key}: "))
    ((found, _),) = wrong(tmp_path, f"\n{old}", f"\n{key}: {'あ' * 3000}", "report.yaml")
    assert found == f"report-{key.replace('_', '-')}-too-long"


def test_departments_that_would_share_a_folder_are_told(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    change(root, "strategy.yaml", "department: 港湾課", "department: DX課")
    change(root, "strategy.yaml", "department: 商工課", "department: dx課")
    (found,) = read(root).diagnostics
    assert (found.id, found.place.line) == ("measure-department-alike", 22)


PATHS = [
    "/etc/x",
    "../x",
    "a/../../x",
    "a//x",
    "",
    "C:/x",
    "C:x",
    "a\\..\\x",
    "sheets/...",
    "con",
    "a/nul.docx",
    "x.",
    " x",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("write", [outputs.put, lambda folder, files: outputs.publish(folder, files, {}, whole=True)])
def test_outputs_stay_in_their_folder(write: Write, path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no path"):
        write(tmp_path / "a" / "b", {path: b""})
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


@pytest.mark.parametrize(("one", "other"), [("a/X.docx", "a/x.docx"), ("か\u3099", "が"), ("A/x", "a/x")])
def test_outputs_that_some_system_takes_for_one_are_refused(one: str, other: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no path"):
        outputs.publish(tmp_path / "a", {one: b"", other: b""}, {}, whole=True)
