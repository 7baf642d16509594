"""Filled sheets: everything is in them, whatever the inputs look like."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from msgspec.structs import replace

from pipeline.diagnostics import Severity
from pipeline.documents.parallel import TTask
from pipeline.model.evaluation import Activity, Evaluation, Measure
from pipeline.model.form import SheetForm, Side
from pipeline.model.report import Edition
from pipeline.model.strategy import Absence, Amount, Kind, Shown
from pipeline.stages.sheets import fill, inspect
from pipeline.stages.sheets.unprinted import unprinted
from tests.project import BASE
from tests.stages.compute import examples
from tests.stages.compute.examples import entered
from tests.stages.sheets.samples import (
    PIXEL,
    TEMPLATES,
    Paper,
    Planned,
    R,
    amount,
    draw,
    edited,
    filled,
    indicators,
    initiatives,
    measure,
    one_by_one,
    opened,
    part,
    results,
    sheet,
    table,
    texts,
)

WITH_A_PAGE_NUMBER = (
    '</w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t>の概要</w:t>'
)
HOSTILE = "<&>{{ 施策.名称 }}{% for %}{_{ }_} ]]> \\1 'a' \"b\""


def with_indicator(**changes: object) -> Measure:
    one = examples.indicator(**changes)  # type: ignore[arg-type]
    return replace(measure(kpis=0), indicators=(Shown(one, one.name),))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
def test_any_number_of_indicators_fits_two_pages(count: int) -> None:
    made = sheet(results(measure(kpis=count)), Paper)
    assert made.extent.pages == 2
    assert len(made.charts) == count
    assert part(made, "word/document.xml").count("<wp:inline") == count
    assert len(table(made, "IndicatorTable").rows) == 1 + 2 * count


def test_a_measure_without_indicators_is_printed_without_charts() -> None:
    made = sheet(results(measure(kpis=0)))
    assert made.charts == ()
    assert not any("KPI" in text for text in texts(made))


@pytest.mark.parametrize(("count", "note"), [(1, True), (3, True), (4, False), (7, False)])
def test_any_number_of_initiatives_is_printed(count: int, note: bool) -> None:
    made = sheet(results(measure(items=count)))
    assert len(table(made, "InitiativeTable").rows) == 1 + count
    assert any(text.startswith("この施策") for text in texts(made)) is note


def test_a_measure_without_initiatives_is_printed_without_their_part() -> None:
    made = sheet(results(measure(items=0)))
    assert not any("主な取組" in text for text in texts(made))


def test_numbers_follow_the_circled_ones() -> None:
    made = sheet(results(measure(items=22, text="済み。")))
    first = [row.cells[0].text for row in table(made, "InitiativeTable").rows]
    assert [first[1][0], first[20][0], first[21][:2]] == ["①", "⑳", "21"]


def test_texts_come_out_as_typed() -> None:
    item = replace(entered(initiatives(1)[0], results=HOSTILE), name=HOSTILE, activities=(Activity(HOSTILE),))
    made = sheet(results(replace(entered(measure(), description=HOSTILE), name=HOSTILE, initiatives=(item,))))
    assert f"（1）{HOSTILE}" in texts(made)
    assert texts(made).count(HOSTILE) == 3
    assert made.file == "1-1_＜&＞{{ 施策.名称 }}{% for %}{_{ }_} ]]＞ ＼1 'a' ”b”.docx"


def test_lines_become_paragraphs() -> None:
    item = entered(initiatives(1)[0], results="一つ目。\n\n 二つ目。\n")
    made = sheet(results(replace(entered(measure(), description="甲\n乙"), initiatives=(item,))))
    cell = table(made, "InitiativeTable").rows[1].cells[1]
    assert [p.text for p in cell.paragraphs] == ["一つ目。", "二つ目。"]
    assert {"甲", "乙"} <= set(texts(made))


def test_repeated_items_are_marked() -> None:
    again = replace(initiatives(1)[0], repeated_from="1-2/x", activities=(Activity("相談会", "1-2/x/y"),))
    made = sheet(results(replace(measure(), initiatives=(again,))))
    assert table(made, "InitiativeTable").rows[1].cells[0].text == "① 取組その1（再掲）\n相談会（再掲）"


def test_numbers_absences_and_signs() -> None:
    one = with_indicator(
        baseline="-1.5", targets={"R2": 0, "R3": Absence.NOT_SET, "R6": 1234567}, actuals={"R2": "-0.25"}, decimals=1
    )
    rows = table(sheet(results(one)), "IndicatorTable").rows
    assert [c.text for c in rows[1].cells][2:8] == ["―", "0.0", "―", "", "", "1,234,567.0"]
    assert [c.text for c in rows[2].cells][2:8] == ["-1.5", "-0.3", "", "", "", ""]


def test_a_milestone_prints_its_states_and_why_it_has_no_rate() -> None:
    states = ("整備中", "完成")
    one = with_indicator(
        targets={"R2": Amount(amount("2"), "完成")},
        actuals={"R2": Amount(amount("2"), "整備中")},
        kind=Kind.MILESTONE,
        states=states,
        unit="航路",
    )
    made = sheet(results(one))
    printed = texts(made)
    assert "2（整備中）" in [t.replace("\n", "") for t in printed]
    assert "2航路" in printed
    assert "■ 未達成" in printed
    assert any(t.startswith("※「指標」は達成率を示していません。理由: ") for t in printed)


def test_charts_have_their_size_and_text() -> None:
    made = sheet(results(measure(kpis=3)))
    pictures = opened(made).inline_shapes
    assert [round(shape.width.mm) for shape in pictures] == [84, 84, 84]
    assert [round(chart.height) for chart in made.charts] == [round(shape.height.mm) for shape in pictures]
    assert 'descr="第1の指標のグラフ。"' in part(made, "word/document.xml")


def test_a_picture_of_the_template_stays_as_it_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("emblem")
    template = docx.Document(str(TEMPLATES / "sheet.docx"))
    template.tables[0].cell(1, 0).paragraphs[0].add_run().add_picture(io.BytesIO(PIXEL), width=Mm(9))
    template.save(str(folder / "sheet.docx"))
    checked = filled(results(measure(kpis=2)), folder)
    assert checked.value is not None
    assert checked.diagnostics == ()
    pictures = opened(checked.value[0]).inline_shapes
    assert [round(shape.width.mm) for shape in pictures] == [9, 84, 84]
    assert "施策の概要" in texts(checked.value[0])


def test_a_draft_says_so_and_the_final_edition_does_not() -> None:
    draft = sheet(results(measure()))
    final = sheet(
        results(
            entered(measure(), opinions="進めてほしい。", response="進める。"),
            change=lambda e: replace(e, report=replace(e.report, edition=Edition.FINAL)),
        )
    )
    for made, marked in ((draft, True), (final, False)):
        around = "".join(part(made, f"word/{name}{n}.xml") for name in ("header", "footer") for n in (1, 2))
        assert ("審議用の案" in around) is marked
        assert ("DraftMark" in around) is marked
        assert ("（案）" in part(made, "docProps/core.xml")) is marked
    assert texts(draft).count("（戦略会議の後に記載します）") == 2
    assert texts(final)[-2:] == ["進めてほしい。", "進める。"]


def test_rates_can_be_left_out() -> None:
    given = results(measure(kpis=1), change=lambda e: replace(e, report=replace(e.report, show_rates=False)))
    made = sheet(given)
    shown = table(made, "IndicatorTable")
    assert [cell.text.partition("\n")[0] for cell in shown.rows[0].cells][-1] == "R6"
    assert {len(row.cells) for row in shown.rows} == {8}
    assert sum(column.width or 0 for column in shown.columns) == sum(
        column.width or 0 for column in table(sheet(results(measure(kpis=1))), "IndicatorTable").columns
    )
    assert not any("達成" in text or "●" in text for text in texts(made))


@pytest.mark.parametrize("year", ["R2", "R4", "R6"])
def test_the_evaluated_year_is_emphasised(year: str) -> None:
    kpi = replace(indicators(1)[0], actuals={"R2": Amount(amount("1")), year: Amount(amount("7"))})
    one = replace(measure(), indicators=(Shown(kpi, kpi.name),))
    made = sheet(results(one, change=lambda e: replace(e, report=replace(e.report, year=year))))
    rows = table(made, "IndicatorTable").rows
    shaded = [[i for i, cell in enumerate(row.cells) if cell._tc.xpath("./w:tcPr/w:shd")] for row in rows]
    assert shaded == [[1 + int(year[1:])]] * 3
    assert [cell.text.partition("\n")[0] for cell in rows[0].cells][2:8] == ["R1", "R2", "R3", "R4", "R5", "R6"]
    bold = [cell.text for cell in rows[2].cells[2:8] if cell._tc.xpath(".//w:rStyle[@w:val='Strong']")]
    assert bold == ["7"]


def test_the_heading_can_be_linked_to() -> None:
    made = sheet(results(measure("2-1")))
    heading = opened(made).element.body.xpath(".//w:p[w:pPr/w:pStyle[@w:val='Heading1']]/w:bookmarkStart/@w:name")
    assert heading == ["measure_2_1"]


def test_sheets_begin_on_even_pages() -> None:
    checked = filled(results(measure("1-1", text="長い文章です。" * 400), measure("1-2"), measure("2-1")), paper=Paper)
    assert checked.value is not None
    first, *_ = checked.value
    starts = [part(made, "word/document.xml").partition('<w:pgNumType w:start="')[2][:2] for made in checked.value]
    after = 4 + first.extent.pages + first.extent.pages % 2
    assert [int(start.strip('"')) for start in starts] == [4, after, after + 2]


def test_a_sheet_that_is_too_long_is_reported_and_printed() -> None:
    checked = filled(results(measure(items=3, text="あ" * 3000)), paper=Paper)
    assert checked.value is not None
    assert checked.value[0].extent.pages > 2
    (found,) = checked.diagnostics
    assert (found.id, found.severity.value) == ("sheet-too-long", "warning")
    assert str(found.place) == f"{BASE}/measures/1-1.yaml:3:1"
    assert re.search(r"約\d{3}行の超過", found.message)
    assert found.message.count("3000文字") == 3


def test_the_same_results_give_the_same_bytes() -> None:
    given = results(measure(), measure("1-2", kpis=3))
    assert filled(given) == filled(given)


def test_each_turn_names_its_measure() -> None:
    told: list[str] = []

    def each(work: Callable[[TTask], R], tasks: Sequence[TTask], shared: Mapping[str, object]) -> list[R]:
        told.extend(map(str, tasks))
        return one_by_one(work, tasks, shared)

    form = inspect(results(measure("1-1"), measure("2-1")), TEMPLATES).value
    assert form is not None
    fill(form, 4, draw, Planned(), each)
    assert told == ["1-1 施策1-1", "2-1 施策2-1"]


def test_a_misspelt_name_is_found_in_its_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = edited(tmp_path_factory.mktemp("misspelt"), "{{ 指標.達成率 }}", "{{ 指標.達成立 }}")
    checked = filled(results(measure()), folder)
    assert checked.value is None
    (found,) = checked.diagnostics
    assert (found.id, str(found.place)) == ("template-unknown-name", "templates/sheet.docx")
    assert "表2の3行目" in found.message
    assert "もしかして「達成率」" in found.message
    assert inspect(results(measure()), folder).diagnostics == (found,)


@pytest.mark.parametrize(
    "field", ["{{ 基本目標.名称 }}", "{{ 取組.名称 }}", "{{r 段.左.グラフ }}", "{{ 段落 }}", "{{r SDGs }}"]
)
def test_a_field_that_the_template_does_not_have_is_not_asked_for(field: str, tmp_path: Path) -> None:
    checked = filled(results(measure(items=4)), edited(tmp_path, field, ""))
    assert checked.value is not None
    assert {d.severity for d in checked.diagnostics} <= {Severity.INFO}


def test_what_is_entered_and_printed_nowhere_is_said_once(tmp_path: Path) -> None:
    folder = edited(tmp_path, "{{ 段落 }}", "")
    (found,) = inspect(results(measure("1-1"), measure("1-2")), folder).diagnostics
    assert (found.id, found.severity) == ("sheet-not-printed", Severity.INFO)
    assert "施策の概要、取組・成果、進捗状況の評価／今後の対応" in found.message


def test_charts_that_no_template_shows_are_not_drawn(tmp_path: Path) -> None:
    folder = edited(tmp_path, "{{r 段.左.グラフ }}", "")
    checked = filled(results(measure(kpis=1)), folder)
    assert checked.value is not None
    assert [chart.indicator for chart in checked.value[0].charts] == ["kpi-0"]
    (sheet_of_two,) = filled(results(measure(kpis=2)), folder).value or ()
    assert [chart.indicator for chart in sheet_of_two.charts] == ["kpi-1"]


def test_a_text_that_is_named_and_lost_is_found(tmp_path: Path) -> None:
    """The column of rates is dropped where none are shown, and the name with it."""
    folder = edited(tmp_path, "{{ 冊子.率の名称 }}", "{{ 冊子.率の名称 }}{{ 施策.所管課 }}")
    unrated = results(
        measure("1-1"), measure("1-2"), change=lambda e: replace(e, report=replace(e.report, show_rates=False))
    )
    (found,) = filled(unrated, folder).diagnostics
    assert (found.id, str(found.place)) == ("sheet-text-missing", "templates/sheet.docx")
    assert found.message == "シート1-1: 「企画課」が印刷されていません。ほかに1枚のシートでも同じです。"


def test_what_a_template_should_not_hold_is_told_of_the_template(tmp_path: Path) -> None:
    folder = edited(tmp_path, "の概要</w:t>", WITH_A_PAGE_NUMBER)
    (found,) = filled(results(measure("1-1"), measure("1-2")), folder, Paper).diagnostics
    assert (found.id, str(found.place)) == ("sheet-refused", "templates/sheet.docx")
    assert "ヘッダー・フッター以外のページ番号" in found.message
    assert found.message.endswith("ほかに1枚のシートでも同じです。")


def test_a_sheet_without_a_heading_is_found_by_its_first_paragraph(tmp_path: Path) -> None:
    folder = edited(tmp_path, '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Body"/>')
    (made,) = filled(results(measure()), folder).value or ()
    first = opened(made)._body._element.xpath(".//w:p")[0]
    assert first.xpath("./w:bookmarkStart/@w:name") == ["measure_1_1"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("{{ 年.実績 }}", "{{ 指標.実績.一年目 }}"), ("{{ 年.目標 }}", "{{ 指標.目標.三年目 }}")],
)
def test_a_figure_under_another_year_is_found(old: str, new: str, tmp_path: Path) -> None:
    (found, *_) = filled(results(measure()), edited(tmp_path, old, new)).diagnostics
    assert found.id == "sheet-figures-wrong"
    assert "「第1の指標」" in found.message


def test_typed_commands_are_not_mistaken_for_those_of_the_template() -> None:
    pieces = ("{{", "%}", f"はじめに{HOSTILE}", HOSTILE)
    item = replace(entered(initiatives(1)[0], results="\n".join(pieces)), activities=tuple(map(Activity, pieces)))
    assert sheet(results(replace(measure(), initiatives=(item,))), Paper).extent.pages == 2


def test_wide_numbers_keep_to_one_line() -> None:
    one = with_indicator(
        baseline=1234567, targets={"R2": 12345678, "R6": 12345678}, actuals={"R2": 1234567}, unit="円", decimals=0
    )
    made = sheet(results(one))
    rows = table(made, "IndicatorTable").rows[1:]
    upper, lower = ([float(size) / 2 for size in row._tr.xpath(".//w:sz/@w:val")] for row in rows)
    assert set(upper) == set(lower) == {7.5}
    narrow, wider = ([int(part) for part in row._tr.xpath(".//w:rPr/w:w/@w:val")] for row in rows)
    assert len(set(narrow)) == len(set(wider)) == 1
    assert 60 <= narrow[0] < wider[0] < 100


def test_a_column_added_by_a_clerk_does_not_stop_the_tightest_layout(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("column")
    template = docx.Document(str(TEMPLATES / "sheet.docx"))
    (initiatives_table,) = (t for t in template.tables if t.style is not None and t.style.style_id == "InitiativeTable")
    initiatives_table.add_column(Mm(5))
    template.save(str(folder / "sheet.docx"))
    checked = filled(results(measure(items=3, text="あ" * 900)), folder, Paper)
    assert checked.value is not None
    assert checked.value[0].level == 5


def test_a_shorter_strategy_has_fewer_columns() -> None:
    made = sheet(results(measure(), change=lambda e: replace(e, years=e.years[:4])))
    rows = table(made, "IndicatorTable").rows
    assert [cell.text.partition("\n")[0] for cell in rows[0].cells][2:] == ["R1", "R2", "R3", "R4", "達成率", "判定"]
    assert {len(row.cells) for row in rows} == {8}


def test_years_for_which_the_template_has_no_column_are_found() -> None:
    form = inspect(results(measure()), TEMPLATES).value
    assert form is not None
    given = frozenset(f"指標一覧.実績.{year}" for year in ("一年目", "二年目", "四年目", "五年目"))
    found = [*unprinted(form.results.evaluation, form.template, form.named | given)]
    assert [(d.id, d.severity) for d in found] == [("sheet-years-missing", Severity.WARNING)]
    assert "R4の列がありません" in found[0].message


def test_a_missing_or_broken_template_is_an_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("broken") / "templates"
    folder.mkdir()
    assert [d.id for d in filled(results(measure()), folder).diagnostics] == ["template-missing"]
    (folder / "sheet.docx").write_bytes(b"PK not a zip")
    assert [d.id for d in filled(results(measure()), folder).diagnostics] == ["template-unreadable"]


@pytest.mark.parametrize(("figure", "ids"), [("123456789", []), ("123456789012", ["figure-broken"])])
def test_a_figure_that_its_column_breaks_is_reported_and_printed(figure: str, ids: list[str]) -> None:
    checked = filled(results(with_indicator(targets={"R2": figure})))
    assert checked.value is not None
    assert f"{int(figure):,}" in texts(checked.value[0])
    assert [found.id for found in checked.diagnostics] == ids


def test_charts_are_as_wide_as_the_cells_of_wider_paper(tmp_path: Path) -> None:
    """A3 in landscape, with the cells of two charts as wide as a clerk would draw them."""
    folder = edited(tmp_path, 'w:w="4876"', 'w:w="10800"')
    template = folder / "sheet.docx"
    opened_template = docx.Document(str(template))
    section = opened_template.sections[0]
    section.page_width, section.page_height = Mm(420), Mm(297)
    opened_template.save(str(template))
    (made,) = filled(results(measure(kpis=2)), folder, Paper).value or ()
    assert [round(chart.width) for chart in made.charts] == [188, 188]
    assert made.extent.pages == 2


def test_free_sheets_are_left_as_the_template_has_them() -> None:
    def free(given: Evaluation) -> Evaluation:
        return replace(given, form=replace(given.form, sheet=SheetForm(None, Side.LEFT)))

    checked = filled(results(measure(items=9, text="あ" * 900), change=free), paper=Paper)
    assert checked.value is not None
    assert checked.diagnostics == ()
    assert (checked.value[0].level, checked.value[0].extent.pages > 3) == (0, True)


def test_nothing_is_said_of_targets_met_where_nothing_is_known_yet() -> None:
    made = sheet(results(with_indicator(actuals={})))
    (line,) = (text for text in texts(made) if text.startswith("基本目標1") and "KPI" in text)
    assert "0指標が達成" not in line
    assert "判定なし 1" in line


def test_a_final_edition_has_no_room_for_notes() -> None:
    def edition(which: Edition) -> Callable[[Evaluation], Evaluation]:
        return lambda one: replace(one, report=replace(one.report, edition=which))

    made = [sheet(results(measure(), change=edition(one)), Paper) for one in (Edition.DRAFT, Edition.FINAL)]
    draft, final = (table(one, "OpinionTable").rows[-1].height for one in made)
    assert draft is not None
    assert final is not None
    assert draft > Mm(36)
    assert final < Mm(2)


def test_what_follows_a_name_begins_one_line_and_not_two() -> None:
    one = replace(examples.indicator(name="認定新規就農者数"), suffix="累計")
    made = sheet(results(replace(measure(kpis=0), indicators=(Shown(one, one.name),))))
    cells = (cell for row in table(made, "IndicatorTable").rows for cell in row.cells)
    named = next(cell for cell in cells if cell.text.startswith("認定新規就農者数"))
    assert "\n\n" not in named.text
    assert "\n" in named.text
