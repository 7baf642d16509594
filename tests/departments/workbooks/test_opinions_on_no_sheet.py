"""Opinions that stand on no department's sheet, about a goal or the whole, are asked of who answers them in a workbook.

The year after, what was answered and chosen stands beside for reference, in workbooks and on sheets.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from pipeline.departments.deciding.standing import standings
from pipeline.departments.issued.workbook import ALL
from pipeline.model.correspondence import Kind
from pipeline.workflows import collect, figures, send
from pipeline.workflows.send import Order
from tests.departments.returned.post import Quiet, begun, sent_project
from tests.departments.workbooks.books import cell
from tests.departments.workbooks.test_references import NextYear
from tests.project import BASE, FIXTURES, NEXT, copy_project

OPINIONS = """\
opinions:
  1-2: [{id: desk, text: 窓口が遠い。, answer: 出張を検討する。, handling: 今後検討する}]
  "1": [{id: jobs, text: 職種も示すこと。, department: 商工課, answer: 内訳を示した。, handling: 反映した}]
  all:
  - {id: terms, text: 用語の説明を付けること。, department: 広報課, answer: 巻末に付ける。, handling: 今後検討する}
  - {id: date, text: 公表を早めること。, answer: 早める。, handling: 反映した}
"""
ANSWER, SHEET = "用語集を付けた。", "意見"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All are asked by Word, and one department has no measure."""
    root = copy_project(tmp_path_factory.mktemp("above"), FIXTURES / "small")
    (root / BASE / "opinions.yaml").write_text(OPINIONS, encoding="utf-8")
    return sent_project(begun(root), NEXT)


@pytest.fixture
def books(sent: Path, tmp_path: Path) -> NextYear:
    return NextYear(Path(shutil.copytree(sent, tmp_path / "city")))


def test_each_has_its_workbook_with_last_years_answer_and_choice(books: NextYear) -> None:
    for department, key, about, answer, choice in (
        ("商工課", "1/意見/jobs", "働く場のあるまち", "内訳を示した。", "反映した"),
        ("広報課", "all/意見/terms", "全体について", "巻末に付ける。", "今後検討する"),
    ):
        [path] = (books.project.outputs / "send" / department).glob("意見への回答の記入表_*.xlsx")
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == [SHEET]
        headings = ("施策", "意見への回答", "参考：前年度の意見への回答", "対応区分", "参考：前年度の対応区分")
        assert [cell(book, key, heading, SHEET).value for heading in headings] == [about, None, answer, None, choice]


def test_the_letter_names_the_answers_that_are_asked_for(books: NextYear) -> None:
    letter = docx.Document(str(books.project.outputs / "send" / "広報課" / "送付状.docx"))
    texts = [one.text for one in letter.paragraphs]
    texts += [c.text for table in letter.tables for row in table.rows for c in row.cells]
    assert "評価についての意見への回答について（依頼）" in texts
    assert "意見3の意見への回答、意見3の対応区分" in texts
    assert "意見への回答の記入表（Excel）" in "\n".join(texts)


def test_an_answer_comes_back_is_shown_under_what_it_is_about_and_written(books: NextYear) -> None:
    books.filled(lambda book: setattr(cell(book, "all/意見/terms", "意見への回答", SHEET), "value", ANSWER), "広報課")
    found = [p for p in books.collect() if p.path]
    assert [(p.path, p.kind, p.new) for p in found] == [
        ("opinions.yaml#opinions.all.terms.answer", Kind.CHANGE, ANSWER)
    ]
    mail = collect.board(books.project, Quiet()).mail
    assert mail is not None
    rows = {row.title: row for row in standings(mail)}
    assert (rows["全体について"].departments, rows["全体について"].open) == (("広報課",), 1)
    assert rows["基本目標「働く場のあるまち」"].departments == ("商工課",)
    books.decide("accept")
    assert books.apply().stale == ("all",)
    assert ANSWER in books.inputs("opinions.yaml")
    again = send.send(books.project, Order(again=frozenset({"all"})), Quiet())
    assert [(one.department, one.identity.number) for one in again.new] == [("広報課", 2)]


def test_a_choice_on_a_sheet_is_asked_anew_with_last_years_beside_it(books: NextYear) -> None:
    [path] = (books.project.outputs / "send" / "商工課").glob("1-2_*.docx")
    texts = {c.text for table in docx.Document(str(path)).tables for row in table.rows for c in row.cells}
    assert any(
        text.startswith("【記入】（反映した・") and text.endswith("（前年度は「今後検討する」）") for text in texts
    )


def test_the_planning_divisions_workbook_has_all_with_what_was_answered(books: NextYear) -> None:
    made = figures.figures(books.project, Quiet())
    assert made.file is not None and made.file.stem.endswith(ALL)
    book = openpyxl.load_workbook(io.BytesIO(made.file.read_bytes()))
    told = {
        key: cell(book, key, "参考：前年度の意見への回答", SHEET).value for key in ("1-2/意見/desk", "all/意見/date")
    }
    assert told == {"1-2/意見/desk": "出張を検討する。", "all/意見/date": "早める。"}
