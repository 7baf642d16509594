"""What is built to exhaust the machine is refused within 5 seconds and 300 MB, in a process of its own."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from pipeline.model.correspondence import Kind
from tests.departments.workbooks.books import SHEET, Books, column
from tests.documents.xlsx import test_reading as bombs
from tests.project import ROOT

READ = """
import re, resource, sys
from pipeline.documents import xlsx
try:
    xlsx.read(open(sys.argv[1], "rb").read(), "a.xlsx")
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""
"""Tells the processor time (s) and the most memory (kB) of its own: what ``wait4`` tells begins with the parent's."""
SECONDS, MEGABYTES = 5, 300


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
@pytest.mark.parametrize(
    "spoil",
    [bombs.entity, bombs.million_rows, bombs.many_cells, bombs.zip_bomb, bombs.string_bomb, bombs.many_areas],
)
def test_bombs_are_bounded(spoil: Callable[[dict[str, bytes]], None], tmp_path: Path) -> None:
    content = bombs.parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    spoil(content)
    path = tmp_path / "a.xlsx"
    path.write_bytes(bombs.packed(content))
    done = subprocess.run([sys.executable, "-c", READ, path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Damaged" in done.stderr.splitlines()[-1]
    seconds, kilobytes = map(float, done.stdout.split())
    assert seconds < SECONDS
    assert kilobytes < MEGABYTES * 1024


def beside(book: Workbook) -> None:
    for place in range(20, 2_600):
        book[SHEET].cell(6, place).value = place


def keys(book: Workbook) -> None:
    sheet = book[SHEET]
    for row in range(100, 200):
        sheet.cell(row, 1).value = sheet.cell(6, column(sheet, "行の識別")).value


def comments(book: Workbook) -> None:
    for row in range(100, 2_200):
        book[SHEET].cell(row, 1).comment = Comment("注", "商工 花子")


@pytest.mark.parametrize("fill", [beside, keys, comments])
def test_more_than_people_look_at_is_refused(fill: Callable[[Workbook], None], books: Books) -> None:
    book = openpyxl.load_workbook(io.BytesIO(books.book()))
    fill(book)
    data = io.BytesIO()
    book.save(data)
    books.put(data.getvalue(), "回答.xlsx")
    (found,) = books.collect()
    assert (found.kind, "送付した記入表に" in found.why) == (Kind.REFUSED, True)
