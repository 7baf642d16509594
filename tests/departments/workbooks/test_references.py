"""Last year's texts stand in a workbook beside the cells that ask for this year's, in grey, and answer nothing."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipeline.model.correspondence import Kind, Proposal
from pipeline.stages.validate.join_form import standard_text
from pipeline.workflows.project import Project
from tests.departments.returned.post import begun, sent_project
from tests.departments.workbooks.books import Books, cell, column
from tests.project import BASE, FIXTURES, NEXT, copy_project

RESULTS = "measures/1-2.yaml#initiatives.desk.results"
LAST, NEW, ANSWER = "相談に応じた。", "出張の相談を始めた。", "案内板を増やす。"
EARLIER = "参考：前年度の取組・成果"
OPINIONS = """\
opinions:
  1-2: [{id: desk, text: 窓口が遠い。}]
  2-1: [{id: guide, text: 案内が分かりにくい。}]
"""


class NextYear(Books):
    """The workbooks of the year after."""

    @property
    def project(self) -> Project:
        return Project(self.root, NEXT)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department answers by Excel alone, the others by Word; of both an opinion is to be answered."""
    root = copy_project(tmp_path_factory.mktemp("references"), FIXTURES / "small")
    (root / BASE / "form.yaml").write_text(f"{standard_text()}formats: {{商工課: excel}}\n", encoding="utf-8")
    begun(root)
    (root / "inputs" / NEXT / "opinions.yaml").write_text(OPINIONS, encoding="utf-8")
    return sent_project(root, NEXT)


@pytest.fixture
def books(sent: Path, tmp_path: Path) -> NextYear:
    return NextYear(Path(shutil.copytree(sent, tmp_path / "city")))


def edits(books: NextYear) -> list[Proposal]:
    """Return what was edited; that the figures are still empty is told, too."""
    return [p for p in books.collect() if p.path or p.kind is Kind.OUTSIDE]


def test_last_years_text_stands_beside_in_grey_and_is_locked(books: NextYear) -> None:
    book = openpyxl.load_workbook(io.BytesIO(books.book("商工課")))
    found = cell(book, "1-2/desk", EARLIER, "取組")
    assert (found.value, found.font.color.rgb, found.protection.locked) == (LAST, "FF666666", True)
    assert cell(book, "1-2/desk", "取組・成果", "取組").value is None
    assert column(book["取組"], EARLIER) == column(book["取組"], "取組・成果") + 1


def test_it_is_no_answer_and_how_much_of_it_is_taken_over_is_told(books: NextYear) -> None:
    books.filled(lambda book: None, "商工課")
    assert edits(books) == []
    copied = f"{LAST}{NEW}"
    books.filled(lambda book: setattr(cell(book, "1-2/desk", "取組・成果", "取組"), "value", copied), "商工課")
    (found,) = edits(books)
    assert (found.path, found.kind, found.new) == (RESULTS, Kind.CHANGE, copied)
    assert "%が、前年度の文章と同じです" in found.why


def test_what_is_written_over_it_is_told_and_written_nowhere(books: NextYear) -> None:
    books.filled(lambda book: setattr(cell(book, "1-2/desk", EARLIER, "取組"), "value", NEW), "商工課")
    (found,) = edits(books)
    assert (found.path, found.kind, found.old, found.new) == (None, Kind.OUTSIDE, LAST, NEW)


def test_opinions_are_answered_by_excel_and_by_word(books: NextYear) -> None:
    def fill(book: Workbook) -> None:
        cell(book, "1-2/意見/desk", "意見への回答", "意見").value = ANSWER

    books.filled(fill, "商工課")
    [path] = (books.project.outputs / "send").glob("観光課/2-1_*.docx")
    sheet = docx.Document(str(path))
    cells = [one for table in sheet.tables for row in table.rows for one in row.cells]
    at = next(n for n, one in enumerate(cells) if "案内が分かりにくい" in one.text)
    asks = next(one for one in cells[at:] if "【ここに記入してください】" in one.text)
    asks.paragraphs[0].runs[0].text = ANSWER
    for run in asks.paragraphs[0].runs[1:]:
        run.text = ""
    data = io.BytesIO()
    sheet.save(data)
    books.put(data.getvalue(), "回答.docx")
    answers = {f"opinions.yaml#opinions.{one}.answer": ANSWER for one in ("1-2.desk", "2-1.guide")}
    assert {p.path: p.new for p in books.collect() if p.path} == answers
    books.decide("accept")
    assert set(books.apply().paths) == set(answers)
    assert books.inputs("opinions.yaml").count(ANSWER) == len(answers)
