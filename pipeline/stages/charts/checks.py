"""What must hold of every chart: it can be read, and the file is as large as the paper asks for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import combinations

from PIL import Image

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.documents import fonts
from pipeline.documents.units import MM
from pipeline.model.documents import Chart
from pipeline.model.results import Assessment
from pipeline.stages.charts.paint import DPI, pixels
from pipeline.stages.charts.render import picture
from pipeline.stages.charts.shapes import Area, Label, Picture

LEAST_TYPE = 6.0
FAULT = "プログラムの不具合です。入力ファイル一式を添えて担当者に連絡してください。"

Check = Callable[[Picture, str, Place], Iterator[Diagnostic]]


def check(chart: Chart, assessment: Assessment, years: tuple[str, ...], year: str) -> tuple[Diagnostic, ...]:
    """Find what is wrong with a drawn chart; places name the indicator in strategy.yaml."""
    indicator = assessment.shown.indicator
    drawn = picture(assessment, years, year, chart.width, chart.height)
    found = [d for one in CHECKS for d in one(drawn, indicator.name, indicator.place)]
    return (*found, *png_has_its_size(chart, indicator.place))


def texts_lie_inside(drawn: Picture, name: str, place: Place) -> Iterator[Diagnostic]:
    """No text is cut off by the picture's edge."""
    paper = Area(-0.1, -0.1, drawn.width + 0.1, drawn.height + 0.1)
    for label in _labels(drawn):
        if not label.area.within(paper):
            yield warning(
                "chart-text-outside",
                place,
                f"「{name}」のグラフで「{label.text}」が枠からはみ出します。",
                "単位や状態の言葉を短くしてください。",
            )


def texts_stay_apart(drawn: Picture, name: str, place: Place) -> Iterator[Diagnostic]:
    """No text lies on another."""
    placed = [(label, label.area) for label in _labels(drawn)]
    for (one, first), (two, second) in combinations(placed, 2):
        if first.touches(second):
            yield warning(
                "chart-texts-overlap",
                place,
                f"「{name}」のグラフで「{one.text}」と「{two.text}」が重なります。",
                "桁数の多い数値は、単位を変えて（人を千人にするなど）短くしてください。",
            )


def texts_are_large_enough(drawn: Picture, name: str, place: Place) -> Iterator[Diagnostic]:
    """No text is smaller than 6 pt."""
    if any(label.size < LEAST_TYPE for label in _labels(drawn)):
        yield error("chart-text-small", place, f"「{name}」のグラフの文字が小さすぎます。", FAULT)


def letters_are_in_the_font(drawn: Picture, name: str, place: Place) -> Iterator[Diagnostic]:
    """Every character can be drawn."""
    lacking = fonts.missing("".join(label.text for label in _labels(drawn)))
    if lacking:
        yield error(
            "chart-letter-missing",
            place,
            f"「{name}」のグラフに、書体にない文字{'、'.join(map(fonts.described, lacking))}があります。",
            "単位や状態の言葉を、別の文字で書いてください。",
        )


def png_has_its_size(chart: Chart, place: Place) -> Iterator[Diagnostic]:
    """The file has the pixels and the resolution of the size on paper."""
    with Image.open(io.BytesIO(chart.png)) as image:
        resolution = tuple(round(each) for each in image.info["dpi"])
        wanted = pixels(chart.width * MM), pixels(chart.height * MM)
        if image.size != wanted or resolution != (DPI, DPI):
            yield error("chart-size", place, f"「{chart.indicator}」のグラフの大きさが指定と違います。", FAULT)


CHECKS: tuple[Check, ...] = (
    texts_lie_inside,
    texts_stay_apart,
    texts_are_large_enough,
    letters_are_in_the_font,
)


def _labels(drawn: Picture) -> list[Label]:
    return [shape for shape in drawn.shapes if isinstance(shape, Label)]
