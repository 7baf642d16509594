"""The book as one Word file takes the pages of the book, has its contents as a field, and is the same each time."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from pipeline.documents import pdf
from pipeline.documents.docx.markup import WP, W
from tests.conftest import Shared
from tests.project import FIXTURES, MADE, copy_project, run


@pytest.fixture(scope="module")
def made(shared: Shared) -> Path:
    def make(folder: Path) -> None:
        project = copy_project(folder, FIXTURES / "small")
        done = run(project, "word")
        assert done.returncode == 0, done.stdout + done.stderr

    return shared("whole", make) / MADE / "word/report.docx"


def test_it_takes_the_pages_that_the_book_takes(made: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path, FIXTURES / "small")
    assert run(project, "report").returncode == 0
    pages = len(pdf.paginate(made.read_bytes(), made.name).lines)
    assert pages == pdf.count_pages((project / MADE / "report.pdf").read_bytes())


def test_the_contents_are_a_field_whose_links_lead_somewhere(made: Path) -> None:
    body = docx.Document(str(made)).element.body
    signs = [e.get(f"{W}fldCharType") for e in body.iter(f"{W}fldChar")]
    assert signs[:3] == ["begin", "separate", "end"]
    assert "TOC" in "".join(e.text or "" for e in body.iter(f"{W}instrText"))
    marks = {e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")}
    assert {e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink")} <= marks


def test_no_two_things_have_one_number(made: Path) -> None:
    body = docx.Document(str(made)).element.body
    for tag, name in ((f"{WP}docPr", "id"), (f"{W}bookmarkStart", f"{W}id")):
        numbers = [e.get(name) for e in body.iter(tag)]
        assert len(numbers) == len(set(numbers))


def test_it_is_the_same_each_time(made: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path, FIXTURES / "small")
    assert run(project, "word").returncode == 0
    assert (project / MADE / "word/report.docx").read_bytes() == made.read_bytes()
