"""Scenarios: what is typed into cells."""

from __future__ import annotations

from tests.departments.workbooks.scenarios.hands import AS_OF, REMARK, STATE, SURE, Book, constant

NEW, HIRES, SHARE = "siting-designations", "new-hires", "infant-visits"


def nothing_but_saved(book: Book) -> None:
    book.sheet()


def a_number(book: Book) -> None:
    book.cell(NEW).Value = 95


def a_number_with_decimals(book: Book) -> None:
    book.cell(SHARE).Value = 98.55


def a_number_that_binary_cannot_say(book: Book) -> None:
    book.cell(SHARE).Formula = "=ROUND(0.1+0.2;17)*300"
    book.cell(SHARE).Value = book.cell(SHARE).Value


def several_numbers(book: Book) -> None:
    book.cell(NEW).Value = 95
    book.cell(HIRES).Value = 86
    book.cell("sns-followers").Value = 112200


def full_width_with_unit(book: Book) -> None:
    book.cell(NEW).String = "９５件"


def separators_as_text(book: Book) -> None:
    book.cell(HIRES).String = "1,198"


def triangle_for_minus(book: Book) -> None:
    book.cell(HIRES).String = "▲3"


def other_unit(book: Book) -> None:
    book.cell(HIRES).String = "85件"


def pending(book: Book) -> None:
    book.cell(NEW).String = "集計中"


def pending_with_remark(book: Book) -> None:
    book.cell(NEW).String = "集計中（9月確定）"


def not_measured(book: Book) -> None:
    book.cell(NEW).String = "未測定"


def words(book: Book) -> None:
    book.cell(NEW).String = "別紙のとおり"


def emptied(book: Book) -> None:
    book.cell(NEW).String = ""


def zero(book: Book) -> None:
    book.cell(NEW).Value = 0


def negative(book: Book) -> None:
    book.cell(NEW).Value = -3


def tenfold(book: Book) -> None:
    book.cell(NEW).Value = 900


def percentage_format(book: Book) -> None:
    cell = book.cell(SHARE)
    cell.Value = 0.985
    book.show(cell, "0.0%")


def percentage_format_on_other_unit(book: Book) -> None:
    cell = book.cell(NEW)
    cell.Value = 0.95
    book.show(cell, "0.0%")


def date_for_a_number(book: Book) -> None:
    cell = book.cell(NEW)
    cell.Value = 44287
    book.show(cell, "YYYY/MM/DD")


def shown_in_thousands(book: Book) -> None:
    cell = book.cell("sns-followers")
    cell.Value = 112200
    book.show(cell, "#,##0,")


def shown_rounded(book: Book) -> None:
    cell = book.cell(NEW)
    cell.Value = 94.6
    book.show(cell, "0")


def shown_as_words(book: Book) -> None:
    cell = book.cell(NEW)
    cell.Value = 95
    book.show(cell, '"集計中"')


def shown_with_its_unit(book: Book) -> None:
    cell = book.cell(NEW)
    cell.Value = 95
    book.show(cell, '#,##0"件";"▲ "#,##0"件"')


def a_raised_note(book: Book) -> None:
    cell = book.cell(SHARE)
    cell.String = "98.71"
    cursor = cell.createTextCursor()
    cursor.gotoEnd(False)
    cursor.goLeft(1, True)
    cursor.CharEscapement, cursor.CharEscapementHeight = 33, 58


def struck_out_in_part(book: Book) -> None:
    cell = book.cell(NEW)
    cell.String = "9095"
    cursor = cell.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(2, True)
    cursor.CharStrikeout = constant("awt.FontStrikeout.SINGLE")


def formula(book: Book) -> None:
    book.cell(NEW).Formula = "=90+5"


def formula_that_gives_the_same(book: Book) -> None:
    book.cell(NEW).Formula = "=89+1"


def formula_of_a_neighbour(book: Book) -> None:
    _, row = book.find(NEW)
    book.cell(NEW).Formula = f"=K{row + 1}*1.1"


def formula_with_an_error(book: Book) -> None:
    book.cell(NEW).Formula = "=1/0"


def preliminary(book: Book) -> None:
    book.cell(NEW).Value = 95
    book.cell(NEW, SURE).String = "速報値"


def preliminary_alone(book: Book) -> None:
    book.cell(NEW, SURE).String = "速報値"


def preliminary_with_a_tick(book: Book) -> None:
    book.cell(NEW).Value = 95
    book.cell(NEW, SURE).String = "○"


def preliminary_with_other_words(book: Book) -> None:
    book.cell(NEW).Value = 95
    book.cell(NEW, SURE).String = "7月末まで"


def a_state_reached(book: Book) -> None:
    book.cell("port-routes", STATE).String = "完成"


def a_state_that_is_none(book: Book) -> None:
    book.cell("port-routes", STATE).String = "ほぼ完成"


def a_state_emptied(book: Book) -> None:
    book.cell("port-routes", STATE).String = ""


def as_of(book: Book) -> None:
    book.cell(NEW, AS_OF).String = "令和3年3月末"


def remark(book: Book) -> None:
    book.cell(NEW, REMARK).String = "国の統計による"


def remark_with_a_link(book: Book) -> None:
    link = book.document.createInstance("com.sun.star.text.TextField.URL")
    link.URL, link.Representation = "http://example.com/statistics", "統計のページ"
    cell = book.cell(NEW, REMARK)
    cell.insertTextContent(cell.createTextCursor(), link, False)


def remark_of_two_lines(book: Book) -> None:
    book.cell(NEW, REMARK).String = "国の統計による。\n確定は9月。"


def target_changed(book: Book) -> None:
    book.cell(NEW, "目標").Value = 80


def last_year_changed(book: Book) -> None:
    book.cell(NEW, "前年度の実績").Value = 66


def unit_changed(book: Book) -> None:
    book.cell(NEW, "単位").String = "社"


def figure_in_another_unit(book: Book) -> None:
    book.cell(NEW, "単位").String = "社"
    book.cell(NEW).Value = 95


def figure_of_another_year(book: Book) -> None:
    book.cell(NEW, "年度").String = "R3"
    book.cell(NEW).Value = 95


def name_changed(book: Book) -> None:
    cell = book.cell(NEW, "指標")
    cell.String = cell.String.replace("指定件数", "指定の件数")


def number_as_text(book: Book) -> None:
    book.cell(NEW).String = "95"


def with_a_space(book: Book) -> None:
    book.cell(NEW).String = " 95 "


def two_numbers(book: Book) -> None:
    book.cell(NEW).String = "95 96"


def a_range(book: Book) -> None:
    book.cell(NEW).String = "90～95"


def about(book: Book) -> None:
    book.cell(NEW).String = "約95"


def a_dash(book: Book) -> None:
    book.cell(NEW).String = "－"


def an_injection(book: Book) -> None:
    book.cell(NEW, REMARK).String = '=HYPERLINK("http://example.com";"x")'


def logical(book: Book) -> None:
    book.cell(NEW).Formula = "=TRUE()"


def a_cost_and_a_direction(book: Book) -> None:
    book.cell("1-2/siting", "決算額（千円）", "取組").Value = 1234.5
    book.cell("1-2/siting", "今後の方向性", "取組").String = "拡充"


def a_direction_that_is_none(book: Book) -> None:
    book.cell("1-2/siting", "今後の方向性", "取組").String = "がんばる"


def a_day(book: Book) -> None:
    cell = book.cell("1-2/siting", "完了日", "取組")
    cell.Value = 44286
    book.show(cell, "YYYY-MM-DD")


def a_day_in_words(book: Book) -> None:
    book.cell("1-2/siting", "完了日", "取組").String = "令和3年3月31日"


def money_of_the_year(book: Book) -> None:
    book.cell("1-2/siting", "事業費（R2、千円）", "取組").Value = 5600


def an_answer_to_an_opinion(book: Book) -> None:
    book.cell("1-2/意見/desk", "意見への回答", "意見").String = "案内板を増やす。\n広報紙でも知らせる。"
    book.cell("1-2/意見/desk", "対応区分", "意見").String = "反映した"


def an_answer_rewritten(book: Book) -> None:
    book.cell("1-2/意見/figures", "意見への回答", "意見").String = "3年後と5年後の継続率を示す。"


def an_opinion_rewritten(book: Book) -> None:
    cell = book.cell("1-2/意見/desk", "意見", "意見")
    cell.String = cell.String.replace("分かりにくい", "分かりやすい")


def opinions_exchanged(book: Book) -> None:
    one, other = (book.row(f"1-2/意見/{name}", "意見").RangeAddress for name in ("desk", "figures"))
    sheet = book.sheet("意見")
    sheet.Rows.insertByIndex(other.EndRow + 1, 1)
    sheet.moveRange(sheet.getCellByPosition(0, other.EndRow + 1).CellAddress, one)
    book.cell("1-2/意見/desk", "意見への回答", "意見").String = "案内板を増やす。"


def sentences(book: Book) -> None:
    book.cell("1-2/siting", "取組・成果", "取組").String = "訪問を始めた。\n次は説明会を開く。"


def sentences_of_another_row(book: Book) -> None:
    one, other = (book.cell(f"1-2/{name}", "進捗状況の評価／今後の対応", "取組") for name in ("siting", "head-office"))
    one.String, other.String = other.String, one.String


def filled_in_and_out_again(book: Book) -> None:
    cell = book.cell(NEW)
    cell.Value = 91
    cell.Value = 90


def everything(book: Book) -> None:
    for key in (NEW, HIRES, SHARE, "startups", "care-visits"):
        book.cell(key).Value = 77
        book.cell(key, SURE).String = "速報値"
        book.cell(key, AS_OF).String = "3月末"
