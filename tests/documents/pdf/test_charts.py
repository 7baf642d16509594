"""Charts drawn from the figures that a document keeps of them."""

from __future__ import annotations

import pytest

from pipeline.documents import pdf
from pipeline.documents.docx import Unsupported, examine
from pipeline.documents.docx.charts.figures import shown
from pipeline.documents.docx.charts.model import Axis, Beyond
from pipeline.documents.docx.charts.scale import scaled
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.tree import Paragraph, Shape
from tests.documents.docx.chart_files import CHARTS, TWO, YEARS, axes, chart, charted, plot, series
from tests.documents.docx.docx_files import section
from tests.documents.pdf.pages import page_texts


def members(area: str) -> tuple[Shape, ...]:
    document, refused = examine(charted(area), "通知.docx", plainer=Plainer())
    (paragraph, *_) = document.sections[0].blocks
    assert refused == ()
    assert isinstance(paragraph, Paragraph)
    return tuple(item for item in paragraph.drawn if isinstance(item, Shape))


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_shows_its_names_and_figures(kind: str) -> None:
    data = charted(CHARTS[kind], size=(420, 220), end=section(11906, 16838))
    part = pdf.PdfPart(document := pdf.draw_document(data, "通知.docx", is_alone=True), "通知.docx")
    made = pdf.draw([part], pdf.PdfInfo("通知", ""))
    (text,) = page_texts(made)
    assert pdf.check([part], made) == ()
    assert not document.undescribed
    assert all(year in text for year in YEARS)
    assert ("50%" if kind in ("pie", "ring") else "18") in text


def test_figures_that_lie_over_each_other_in_a_small_chart_are_not_taken_for_lost() -> None:
    """Readers leave out the first digit of 15 where it lies on that of 12."""
    document = pdf.draw_document(charted(CHARTS["line"], size=(20, 20), end=section(11906, 16838)), "a", is_alone=True)
    made = pdf.draw([part := pdf.PdfPart(document, "a")], pdf.PdfInfo("a", ""))
    assert "121518" not in page_texts(made)[0]
    assert pdf.check([part], made) == ()


def test_a_chart_is_told_and_refused_in_a_report() -> None:
    data = charted(CHARTS["line"], size=(150, 100))
    assert ["グラフ" in what for what in pdf.draw_document(data, "通知.docx", is_alone=True).plainer.found] == [True]
    with pytest.raises(Unsupported, match="グラフ"):
        pdf.draw_document(data, "通知.docx")


@pytest.mark.parametrize(("deleted", "count"), [("0", 2), ("1", 1), (None, 1)])
def test_a_single_series_gives_its_title_to_a_chart_without_one(deleted: str | None, count: int) -> None:
    """It stands in the legend, too."""
    said = "" if deleted is None else f"<c:autoTitleDeleted val='{deleted}'/>"
    area = plot("barChart", series(0, "達成率", YEARS, [12, 15, 18])) + axes()
    held = chart(area).replace("<c:autoTitleDeleted val='1'/>", said)
    part = pdf.PdfPart(pdf.draw_document(charted(held, end=section(11906, 16838)), "a.docx", is_alone=True), "a.docx")
    (text,) = page_texts(pdf.draw([part], pdf.PdfInfo("通知", "")))
    assert text.count("達成率") == count


@pytest.mark.parametrize("odd", ["<c:stockChart/>", plot("barChart", *TWO, axes=""), "<c:dTable/>"])
def test_a_chart_that_is_not_drawn_is_refused(odd: str) -> None:
    with pytest.raises(Unsupported, match="グラフ"):
        pdf.draw_document(charted(chart(odd + axes())), "通知.docx", is_alone=True)


def test_bars_are_as_high_as_their_values() -> None:
    shapes = members(chart(plot("barChart", series(0, "数", ["甲", "乙"], [10, 20])) + axes("<c:max val='20'/>")))
    bars = [one for one in shapes if one.outline.fill == "4F81BD"][-2:]
    heights = []
    for bar in bars:
        downs = [float(step.operands[1]) for step in bar.outline.geometry.paths[0].steps if step.operands]
        heights.append(max(downs) - min(downs))
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.01)


def test_series_of_a_deleted_axis_go_by_the_first() -> None:
    second = "<c:axId val='3'/><c:axId val='4'/>"
    hidden = "<c:catAx><c:axId val='3'/></c:catAx><c:valAx><c:axId val='4'/><c:delete val='1'/></c:valAx>"
    line = plot("lineChart", series(1, "乙", YEARS, [40, 40, 40]), axes=second)
    area = plot("lineChart", series(0, "甲", YEARS, [40, 40, 40])) + line + axes("<c:max val='80'/>") + hidden
    lines = [one for one in members(chart(area, legend="")) if one.outline.line and one.outline.line.width == 2.25]
    assert lines[0].outline.geometry == lines[1].outline.geometry


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234.5, "General", "1234.5"),
        (1234.5, "#,##0", "1,235"),
        (0.125, "0.00", "0.13"),
        (0.256, "0.0%", "25.6%"),
        (-1234, '#,##0;"△ "#,##0', "△ 1,234"),
        (12, '0"件"', "12件"),
        (1500000, '#,##0,"千円"', "1,500千円"),
        (1.50, "0.0#", "1.5"),
        (44652, "yyyy/m/d", "2022/4/1"),
        (44652, 'm"月"d"日"', "4月1日"),
    ],
)
def test_numbers_in_formats(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@pytest.mark.parametrize("code", ["0.00E+00", "# ?/?", "0000-0000", "[>90]0"])
def test_a_format_that_is_not_known_is_refused(code: str) -> None:
    with pytest.raises(Beyond):
        shown(95, code)


def test_an_axis_begins_at_zero_where_values_are_not_near_each_other() -> None:
    axis = Axis("1", is_value=True, side="l", is_hidden=False)
    assert (scaled(axis, [12, 22], 200, is_share=False).low, scaled(axis, [12, 22], 200, is_share=False).high) == (
        0,
        25,
    )
    assert scaled(axis, [98, 100], 200, is_share=False).low > 90
