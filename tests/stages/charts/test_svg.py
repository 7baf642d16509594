"""The SVG file: well formed, the same drawing as the PNG, and nothing in it but rectangles, lines and text."""

from __future__ import annotations

from lxml import etree

from pipeline.model.documents import Chart
from pipeline.model.results import Assessment
from pipeline.stages import charts
from pipeline.stages.charts.render import picture
from pipeline.stages.charts.shapes import Label
from tests.stages.charts.examples import CASES, EVALUATED
from tests.stages.compute.examples import YEARS, assessed, indicator

SVG = "{http://www.w3.org/2000/svg}"


def draw(name: str) -> Chart:
    return charts.draw(CASES[name], YEARS, EVALUATED.get(name, "R2"), 84, 54)[0]


def root(chart: Chart) -> etree._Element:
    return etree.fromstring(chart.svg)


def labels(case: Assessment, year: str = "R2") -> list[Label]:
    return [shape for shape in picture(case, YEARS, year, 84, 54).shapes if isinstance(shape, Label)]


def test_every_chart_is_made_of_three_kinds_of_elements() -> None:
    for name in CASES:
        assert {each.tag for each in root(draw(name))} == {f"{SVG}{tag}" for tag in ("title", "rect", "path", "text")}


def test_the_size_is_that_on_paper() -> None:
    assert (root(draw("no-data")).get("width"), root(draw("no-data")).get("height")) == ("238.11pt", "153.07pt")
    assert root(draw("no-data")).get("viewBox") == "0 0 238.11 153.07"


def test_all_text_is_text_in_the_order_it_is_painted() -> None:
    for name, case in CASES.items():
        written = [each.text for each in root(draw(name)).iter(f"{SVG}text")]
        assert written == [label.text for label in labels(case, EVALUATED.get(name, "R2"))]


def test_letters_are_narrowed_where_they_stand() -> None:
    narrow = next(label for label in labels(CASES["long-numbers"]) if label.stretch < 1)
    element = next(e for e in root(draw("long-numbers")).iter(f"{SVG}text") if e.text == narrow.text)
    stretch, _, _, upright, x, y = map(float, element.get("transform", "").removeprefix("matrix(")[:-1].split())
    assert (stretch, upright) == (round(narrow.stretch, 4), 1)
    assert abs(x - narrow.x) < 0.006
    assert abs(picture(CASES["long-numbers"], YEARS, "R2", 84, 54).height - y - narrow.y) < 0.006


def test_it_reads_out_what_the_document_does() -> None:
    assert root(draw("no-data")).findtext(f"{SVG}title") == draw("no-data").alt


def test_markup_in_a_name_or_unit_is_text() -> None:
    odd = assessed(indicator(1, {"R2": 1}, {"R2": 1}, name='<b> & "c"', unit="人&<i>"))
    drawn = root(charts.draw(odd, YEARS, "R2", 84, 54)[0])
    assert (drawn.findtext(f"{SVG}title") or "").startswith('<b> & "c"の目標')
    assert drawn.findtext(f"{SVG}text") == "単位：人&<i>"


def test_the_same_figures_give_the_same_small_file() -> None:
    assert draw("past-years").svg == draw("past-years").svg
    assert len(draw("past-years").svg) < 8_000
