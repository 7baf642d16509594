"""What must hold of every chart: all of it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.documents import fonts
from pipeline.model.strategy import Indicator
from pipeline.stages.charts.shapes import Area, Label, Picture

Check = Callable[[Picture, str, Place], Iterator[Diagnostic]]


def check(drawn: Picture, indicator: Indicator) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the picture of an indicator; places name that in strategy.yaml."""
    return tuple(found for rule in CHECKS for found in rule(drawn, indicator.name, indicator.place))


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


def letters_are_in_the_font(drawn: Picture, name: str, place: Place) -> Iterator[Diagnostic]:
    """Every character can be drawn."""
    lacking = sorted(fonts.lacking("".join(label.text for label in _labels(drawn))))
    if lacking:
        yield error(
            "chart-letter-missing",
            place,
            f"「{name}」のグラフに、書体にない文字{'、'.join(map(fonts.described, lacking))}があります。",
            "単位や状態の言葉を、別の文字で書いてください。",
        )


CHECKS: tuple[Check, ...] = (
    texts_lie_inside,
    texts_stay_apart,
    letters_are_in_the_font,
)


def _labels(drawn: Picture) -> list[Label]:
    return [shape for shape in drawn.shapes if isinstance(shape, Label)]
