"""How departments are asked is data of the form: by Word, by Excel with its sentences, or by both."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pipeline.departments.issued.workbook import Heading
from pipeline.departments.returned import ledger
from pipeline.documents import xlsx
from pipeline.model.correspondence import OPEN, Decision, Kind, Proposal, Verdict
from pipeline.model.options import Format
from pipeline.stages import validate
from pipeline.stages.validate.join_form import standard_text
from pipeline.workflows import review, send
from pipeline.workflows.project import Project
from pipeline.workflows.send import Order
from tests.conftest import Shared
from tests.departments.returned.post import TODAY, Quiet, write
from tests.departments.returned.post import cell as word_cell
from tests.departments.workbooks.books import SHEET, Books, cell, sent_books
from tests.project import BASE, FIXTURES, YEAR, copy_project

FORMATS = "formats: {観光課: excel, 商工課: both}\n"
OPINIONS = """\
opinions:
  2-1:
  - {id: guide, text: 案内が分かりにくい。, said_by: 学識経験者}
  - {id: done, text: 前の話。, raised: R2, closed: R3}
"""
RESULTS = "measures/2-1.yaml#initiatives.events.results"
STARTUPS = "measures/1-2.yaml#actuals.startups.R2"
GUIDE = "opinions.yaml#opinions.2-1.guide"


def city(root: Path) -> Path:
    folder = copy_project(root, FIXTURES / "small") / BASE
    (folder / "form.yaml").write_text(standard_text() + FORMATS, encoding="utf-8")
    (folder / "opinions.yaml").write_text(OPINIONS, encoding="utf-8")
    found = send.send(Project(root, YEAR), Order(), Quiet())
    assert found.folder is not None, found.diagnostics
    return root


@pytest.fixture(scope="session")
def sent_small(shared: Shared) -> Path:
    return shared("sent-by-format", city)


def test_each_department_gets_what_the_form_says(books: Books) -> None:
    files = sorted(path.relative_to(books.project.outputs / "send").as_posix() for path in _sent(books))
    assert files == [
        "商工課/1-2_創業の支援.docx",
        "商工課/実績の記入表_商工課.xlsx",
        "港湾課/1-1_港の整備.docx",
        "観光課/実績の記入表_観光課.xlsx",
    ]


@pytest.mark.parametrize(("department", "word", "excel"), [("商工課", 1, 1), ("港湾課", 1, 0), ("観光課", 0, 1)])
def test_a_letter_tells_how_to_fill_in_what_comes_with_it(books: Books, department: str, word: int, excel: int) -> None:
    letter = docx.Document(str(books.project.outputs / "send" / department / "送付状.docx"))
    said = "".join(paragraph.text for paragraph in letter.paragraphs)
    told = [said.count(words) for words in ("変更履歴は自動で残ります", "右端の「行の識別」", "実績の記入表（Excel）")]
    assert told == [word, excel, excel]


def test_the_command_wins_over_the_form(books: Books) -> None:
    again = Order(again=frozenset({"2-1"}), format=Format.WORD)
    found = send.send(books.project, again, Quiet())
    assert [one.file for one in found.new] == ["2-1_観光と交流.docx"]


def test_what_is_out_is_laid_out_once_more_as_the_form_says(books: Books) -> None:
    books.filled(lambda book: None)
    found = send.send(books.project, Order(), Quiet())
    assert found.new == ()
    assert sorted(one.identity.measure for one in found.ready) == ["1-1", "1-2", "実績-商工課"]


def test_what_comes_up_after_a_workbook_was_sent_is_told(books: Books) -> None:
    path = books.project.inputs / "opinions.yaml"
    path.write_text(f"{OPINIONS}  all:\n  - {{id: words, text: 言葉の説明。, department: 観光課}}\n", encoding="utf-8")
    found = send.send(books.project, Order(), Quiet())
    assert [d.message for d in found.diagnostics if d.id == "send-added"] == [
        "「all」についての意見は、観光課の記入表を送った後に加わったので、まだ送っていません。"
    ]
    again = send.send(books.project, Order(again=frozenset({"all"})), Quiet())
    assert [one.identity.measure for one in again.new] == ["実績-観光課"]
    assert not [d for d in again.diagnostics if d.id == "send-added"]


def test_a_workbook_waits_until_all_that_it_brought_is_decided(books: Books) -> None:
    path = books.project.inputs / "opinions.yaml"
    path.write_text(f"{OPINIONS}  '2':\n  - {{id: words, text: 言葉の説明。, department: 観光課}}\n", encoding="utf-8")
    send.send(books.project, Order(again=frozenset({"2"})), Quiet())
    books.filled(
        lambda book: setattr(cell(book, "2-1/意見/guide", "意見への回答", "意見"), "value", "看板を増やす。"), "観光課"
    )
    books.collected()
    found = send.send(books.project, Order(again=frozenset({"2"})), Quiet())
    assert [d.message for d in found.diagnostics if d.id == "send-undecided"] == [
        "「2-1 観光と交流」に、まだ決めていない修正があります。",
        "「記入表（観光課）」に、まだ決めていない修正があります。",
    ]


def test_sentences_are_asked_in_excel_alone_where_no_sheet_asks(books: Books) -> None:
    alone, both = (xlsx.read(books.book(name), "a.xlsx") for name in ("観光課", "商工課"))
    assert [sheet.name for sheet in alone.sheets] == ["指標の実績", "取組", "意見"]
    assert [sheet.name for sheet in both.sheets] == ["指標の実績"]


def test_sentences_and_answers_come_back_as_those_of_sheets(books: Books) -> None:
    def fill(book: Workbook) -> None:
        cell(book, "2-1/events", "取組・成果", "取組").value = "二度開いた。\n次は春に。"
        cell(book, "2-1/意見/guide", "意見への回答", "意見").value = "看板を増やす。"
        cell(book, "2-1/意見/guide", "対応区分", "意見").value = "今後検討する"

    books.filled(fill)
    found = {p.path: (p.kind, p.new) for p in books.collect() if p.path}
    assert found == {
        RESULTS: (Kind.CHANGE, "二度開いた。\n次は春に。"),
        f"{GUIDE}.answer": (Kind.CHANGE, "看板を増やす。"),
        f"{GUIDE}.handling": (Kind.CHANGE, "今後検討する"),
    }
    books.decide("accept")
    assert set(books.apply().paths) == set(found)
    assert "看板を増やす。" in books.inputs("opinions.yaml")
    assert validate.read(books.project.inputs, books.root).value is not None


def test_an_opinion_itself_is_not_its_departments(books: Books) -> None:
    books.filled(lambda book: setattr(cell(book, "2-1/意見/guide", "意見", "意見"), "value", "分かりやすい。"))
    (found,) = (p for p in books.collect() if p.new == "分かりやすい。")
    assert (found.kind, found.path) == (Kind.OUTSIDE, None)


def test_the_ledger_has_the_number_of_the_workbook_and_its_measure_is_to_be_made_again(books: Books) -> None:
    books.answer(77)
    books.decide("accept")
    assert books.apply().stale == ("2-1",)
    (entry,) = ledger.load(books.project.inputs, books.root).value or ()
    assert entry.issue.startswith("R3-実績-観光課-01-")


def test_rejected_answers_go_back_in_a_column_with_the_reason(books: Books) -> None:
    def fill(book: Workbook) -> None:
        cell(book).value = 999
        cell(book, "2-1/events", "取組・成果", "取組").value = "開いた。続けた。"
        cell(book, heading=Heading.UNIT).value = "千人"

    books.filled(fill)
    books.collect()
    books.decide({"reject": "前年度の数値です。"})
    found = send.sendback(books.project, Order(), TODAY, Quiet())
    assert [(one.identity.measure, one.identity.number) for one in found.new] == [("実績-観光課", 2)]
    made = openpyxl.load_workbook(io.BytesIO(books.book()))
    told = [cell(made, heading=Heading.REPLY), cell(made, "2-1/events", Heading.REPLY, "取組")]
    assert all("理由: 前年度の数値です。" in str(one.value) for one in told)
    assert "「999」" in str(told[0].value)
    assert cell(made).value == 70.15
    above = [str(row[0].value) for row in made[SHEET].iter_rows(max_row=6)]
    assert any("千人" in line and "理由: 前年度の数値です。" in line for line in above)


def test_a_workbook_that_was_sent_back_is_answered_like_any_other(books: Books) -> None:
    test_rejected_answers_go_back_in_a_column_with_the_reason(books)
    found = books.answer(78)
    assert found is not None
    assert (found.kind, found.new, found.issue[:12]) == (Kind.CHANGE, "78", "R3-実績-観光課-02")
    assert [p.kind for p in books.collect() if p.file == "回答.xlsx" and p.decision == OPEN] == [Kind.CHANGE]


def both_answered(books: Books, by_word: str, by_excel: int) -> tuple[Proposal, ...]:
    """Send the figure of one place back by Word and by Excel; return what is proposed for it."""
    books.edited(lambda sheet: write(word_cell(sheet, 1, 2, 3), by_word), name="回答.docx")
    books.filled(lambda book: setattr(cell(book, "startups"), "value", by_excel), "商工課", "実績.xlsx")
    return tuple(p for p in books.collect() if p.path == STARTUPS)


def test_word_against_excel_shows_both_sides_everywhere(books: Books) -> None:
    word, excel = both_answered(books, "201", 202)
    assert {p.file: (p.kind, p.new) for p in (word, excel)} == {
        "回答.docx": (Kind.CONFLICT, "201"),
        "実績.xlsx": (Kind.CONFLICT, "202"),
    }
    assert "「実績.xlsx」は「202」" in word.why
    assert "「回答.docx」は「201」" in excel.why
    assert (word.issue[:5], excel.issue[:9]) == ("R3-1-", "R3-実績-商工課")
    page = (books.project.outputs / "returned" / "proposals.html").read_text(encoding="utf-8")
    assert "実績.xlsx」は「202" in page
    assert "回答.docx」は「201" in page
    begun = review.begin(books.project, TODAY, Quiet()).value
    assert begun is not None
    assert [p.path for p in begun.answers.waiting()][:2] == [STARTUPS, STARTUPS]
    rows = [begun.row(p) for p in (word, excel)]
    assert [row["kindName"] for row in rows] == ["競合", "競合"]
    assert "指標の実績!J6" in str(rows[1]["facts"])


def test_what_word_and_excel_say_alike_is_answered_once_and_written_once(books: Books) -> None:
    word, excel = both_answered(books, "201", 201)
    assert (word.kind, excel.kind) == (Kind.CHANGE, Kind.CHANGE)
    begun = review.begin(books.project, TODAY, Quiet()).value
    assert begun is not None
    taken = begun.answers.with_alike({word.id: Decision(Verdict.ACCEPT)})
    assert set(taken) == {word.id, excel.id}
    assert begun.answers.record(taken)
    assert books.apply().paths == (STARTUPS,)
    assert [entry.issue[:9] for entry in ledger.load(books.project.inputs, books.root).value or ()] == [
        word.issue[:9],
        excel.issue[:9],
    ]


def test_what_one_of_them_brought_is_no_question_to_the_other_that_left_it(books: Books) -> None:
    books.edited(lambda sheet: write(word_cell(sheet, 1, 2, 3), "201"), name="回答.docx")
    books.collect()
    books.decide("accept")
    assert books.apply().paths == (STARTUPS,)
    books.filled(lambda book: None, "商工課", "実績.xlsx")
    assert [p for p in books.collect() if p.file == "実績.xlsx"] == []


def test_columns_and_sheets_have_names_of_their_own_whatever_the_form_calls_things(tmp_path: Path) -> None:
    text = standard_text().replace("name: 取組・成果", "name: 備考").replace("short: 取組", "short: 施策")
    folder = copy_project(tmp_path, FIXTURES / "small") / BASE
    (folder / "form.yaml").write_text(text.replace("name: 意見への回答", "name: 意見"), encoding="utf-8")
    (folder / "opinions.yaml").write_text(OPINIONS, encoding="utf-8")
    books = Books(sent_books(tmp_path))
    sheets = xlsx.read(books.book(), "a.xlsx").sheets
    assert [sheet.name for sheet in sheets] == ["指標の実績", "主な取組", "意見"]
    for heads in ([one.text for _, one in sheet.lines[4]] for sheet in sheets):
        assert len(set(heads)) == len(heads), heads


def test_a_department_that_returns_nothing_is_not_named(books: Books) -> None:
    form = books.project.inputs / "form.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("観光課: excel", "観光: excel"), encoding="utf-8")
    (found,) = (d for d in validate.read(books.project.inputs, books.root).diagnostics if d.id == "form-format-unknown")
    assert "観光課" in found.hint
    assert (found.place.file, found.place.column) == ("inputs/R3/form.yaml", 11)


def _sent(books: Books) -> list[Path]:
    return [path for path in (books.project.outputs / "send").glob("*/*") if path.stem != "送付状"]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What goes out where two departments have workbooks, and one of them answers opinions about others' measures."""
    root = copy_project(tmp_path_factory.mktemp("excel"), FIXTURES / "small")
    (root / BASE / "form.yaml").write_text(
        standard_text() + "formats: {観光課: excel, 商工課: excel}\n", encoding="utf-8"
    )
    told = "opinions:\n  1-1: [{id: pier, text: 桟橋を直すこと。, department: 観光課}]\n"
    told += "  1-2: [{id: desk, text: 窓口が遠い。, department: 観光課}, {id: own, text: 広報が要る。}]\n"
    (root / BASE / "opinions.yaml").write_text(told, encoding="utf-8")
    assert send.send(Project(root, YEAR), Order(), Quiet()).folder is not None
    return Project(root, YEAR).outputs / "send"


def test_an_opinion_is_asked_of_the_department_that_answers_it(out: Path) -> None:
    """Once: on the sheet where that goes out, though the department has a workbook; else in the workbook."""
    listed = {
        name: {c.value for row in openpyxl.load_workbook(path)["意見"].iter_rows() for c in row}
        for name in ("観光課", "商工課")
        for path in (out / name).glob("*.xlsx")
    }
    assert listed["観光課"] & {"桟橋を直すこと。", "窓口が遠い。"} == {"窓口が遠い。"}
    assert listed["商工課"] & {"窓口が遠い。", "広報が要る。"} == {"広報が要る。"}
    [sheet] = (out / "観光課").glob("1-1_*.docx")
    assert sheet.read_bytes() == (out / "港湾課" / sheet.name).read_bytes()
    texts = [c.text for table in docx.Document(str(sheet)).tables for row in table.rows for c in row.cells]
    assert "【ここに記入してください】（観光課が記入します）" in texts


@pytest.mark.parametrize("other", ["both", "word"])
def test_an_opinion_on_no_sheet_is_asked_in_a_workbook_of_the_department_that_answers(
    tmp_path: Path, other: str
) -> None:
    """However that is asked else: a department that writes on sheets has none with an opinion about another's."""
    folder = copy_project(tmp_path, FIXTURES / "small") / BASE
    formats = f"formats: {{観光課: {other}, 商工課: excel}}\n"
    (folder / "form.yaml").write_text(standard_text() + formats, encoding="utf-8")
    told = "opinions:\n  1-2: [{id: desk, text: 窓口が遠い。, department: 観光課}]\n"
    (folder / "opinions.yaml").write_text(told, encoding="utf-8")
    assert send.send(Project(tmp_path, YEAR), Order(), Quiet()).folder is not None
    [path] = (Project(tmp_path, YEAR).outputs / "send" / "観光課").glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    assert cell(book, "1-2/意見/desk", "意見", "意見").value == "窓口が遠い。"
    assert ("指標の実績" in book.sheetnames) is (other == "both")


def test_what_is_repeated_or_shared_has_a_row_in_its_owners_workbook_alone(out: Path) -> None:
    """The sheet 2-1 repeats an initiative of 1-2 and shows its indicator."""
    owned = {"観光課": {"催しの開催", "観光客数", "転出超過数"}, "商工課": {"創業の相談", "創業した件数"}}
    for name, own in owned.items():
        [path] = (out / name).glob("*.xlsx")
        book = openpyxl.load_workbook(path)
        shown = {c.value for sheet in ("指標の実績", "取組") for row in book[sheet].iter_rows() for c in row}
        assert shown & {*owned["観光課"], *owned["商工課"]} == own
