"""The levels: the first that fits is taken, and what is tightened is what the level says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.model.documents import Sheet
from pipeline.model.results import Results
from pipeline.stages.sheets.fit import RESERVE
from pipeline.stages.sheets.levels import LEVELS, figures
from tests.stages.compute.examples import entered
from tests.stages.sheets import samples
from tests.stages.sheets.samples import Paper, measure, opened, part, results, table


def sheet(given: Results) -> Sheet:
    return samples.sheet(given, Paper)


def level(characters: int) -> int:
    return sheet(results(measure(items=4, text="あ" * characters))).level


def test_longer_texts_are_tightened_more() -> None:
    levels = [level(characters) for characters in (20, 140, 200, 300, 360)]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[-1] == LEVELS[-1].number


def test_the_roomiest_level_puts_the_words_on_the_right_page() -> None:
    roomy, tight = sheet(results(measure())), sheet(results(measure(items=4, text="あ" * 300)))
    assert part(roomy, "word/document.xml").count("<w:pageBreakBefore/>") == 1
    assert "<w:pageBreakBefore/>" not in part(tight, "word/document.xml")


def test_the_last_level_lets_rows_split_and_narrows_the_first_column() -> None:
    made = sheet(results(measure(items=4, text="あ" * 360)))
    shown = table(made, "InitiativeTable")
    assert not shown._tbl.xpath("./w:tr[position() > 1]/w:trPr/w:cantSplit")
    assert [round(column.width.mm, 1) for column in shown.columns if column.width] == [31.0, 71.5, 69.5]
    font = opened(made).styles["表 文章"].font
    assert font.size is not None
    assert font.size.pt == 8.5


def test_three_charts_stand_in_a_row_when_space_is_short() -> None:
    made = sheet(results(measure(kpis=3, items=4, text="あ" * 230)))
    assert made.level > 1
    assert {round(shape.width.mm, 1) for shape in opened(made).inline_shapes} == {54.6}


@pytest.mark.parametrize("text", ["", "短い意見。", "長い意見です。" * 30])
def test_the_councils_row_grows_to_the_foot_of_the_page(text: str) -> None:
    made = sheet(results(entered(measure(), opinions=text, response=text)))
    assert made.extent.pages == 2
    assert made.extent.free == pytest.approx(RESERVE, abs=1.5)


def test_an_indicator_with_a_long_name_has_two_rows_of_one_height() -> None:
    long = measure(kpis=1)
    shown = replace(long.indicators[0], name="市の支援制度による進出事業所での新規雇用者数と定着した者の割合")
    rows = table(sheet(results(replace(long, indicators=(shown,)))), "IndicatorTable").rows
    heights = [row.height for row in rows[1:]]
    assert heights[0] is not None
    assert heights[0] == heights[1]


def test_every_level_has_a_layout_for_every_number_of_charts() -> None:
    for count in range(1, 12):
        assert [figures(count, one.number).columns in (2, 3) for one in LEVELS] == [True] * len(LEVELS)
