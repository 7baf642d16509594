"""Charts can be read whatever the figures are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.model.results import Assessment
from pipeline.model.strategy import Absence, Direction
from pipeline.stages.charts import checks
from pipeline.stages.charts.colours import EVALUATED as EVALUATED_COLOUR
from pipeline.stages.charts.colours import TARGET
from pipeline.stages.charts.render import picture
from pipeline.stages.charts.shapes import Box, Label, Line, Picture, hatching
from tests.examples import tried
from tests.stages.charts.examples import CASES, EVALUATED, SIZES
from tests.stages.compute.examples import PLACE, YEARS, assessed, indicator

LEAST_TYPE = 7.5
"""The least size (pt) of letters that can be read."""


def drawn(name: str, size: tuple[float, float] = (84, 54)) -> Picture:
    return picture(CASES[name], YEARS, EVALUATED.get(name, "R2"), *size)


def texts(shown: Picture) -> list[str]:
    return [shape.text for shape in shown.shapes if isinstance(shape, Label)]


def found(shown: Picture) -> list[str]:
    return [d.message for check in checks.CHECKS for d in check(shown, "指標", PLACE)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_every_case_can_be_read_at_every_size(name: str, size: tuple[float, float]) -> None:
    assert found(drawn(name, size)) == []


figures = st.one_of(
    st.integers(-999_999, 999_999), st.integers(0, 30), st.sampled_from([Absence.NOT_SET, Absence.NOT_MEASURED])
)


@st.composite
def series(draw: st.DrawFn) -> tuple[Assessment, str]:
    year = draw(st.sampled_from(YEARS[1:]))
    targets = {y: draw(figures) for y in YEARS[1:]}
    actuals = {y: draw(figures) for y in YEARS[1 : YEARS.index(year) + 1]}
    baseline = draw(st.one_of(st.none(), st.integers(0, 999_999)))
    one = indicator(baseline, targets, actuals, direction=draw(st.sampled_from(Direction)))
    return assessed(one, year=year), year


def _crowded_below() -> tuple[Assessment, str]:
    """A deep fall among small figures: the values have no place left that is free."""
    one = indicator(None, {"R2": 14, "R3": -110, "R4": Absence.NOT_SET, "R5": 0, "R6": 0}, {"R2": 0, "R3": 0, "R4": 11})
    return assessed(one, year="R4"), "R4"


@tried(60)
@given(series(), st.sampled_from(SIZES))
@example(_crowded_below(), (54.6, 48))
def test_no_figures_push_a_text_out_of_the_picture(given_: tuple[Assessment, str], size: tuple[float, float]) -> None:
    shown = picture(given_[0], YEARS, given_[1], *size)
    assert not list(checks.texts_lie_inside(shown, "指標", PLACE))
    assert all(shape.size >= LEAST_TYPE for shape in shown.shapes if isinstance(shape, Label))


def test_every_bar_and_the_targets_that_change_carry_their_figure() -> None:
    assert {"143", "103", "50", "45", "40", "35", "30"} <= set(texts(drawn("out-migration")))
    assert {"37.7", "45.7", "48.2", "49.1", "45.5", "50.0"} <= set(texts(drawn("past-years")))
    assert {"268,607", "195,757", "210,000", "360,000"} <= set(texts(drawn("long-numbers", (54.6, 38))))


def test_a_target_that_stays_is_named_once_more_in_the_last_year_only() -> None:
    assert texts(drawn("past-years")).count("50.0") == 3  # where it begins, in the evaluated year, in the last


def test_an_actual_below_its_target_stands_below_the_line() -> None:
    shown = drawn("past-years", (84, 46))
    actual = next(s for s in shown.shapes if isinstance(s, Label) and s.text == "48.2")
    lines = [s.points[0][1] for s in shown.shapes if isinstance(s, Line) and s.colour == TARGET and not s.dashes]
    assert actual.area.top < max(lines[:-1])


def test_direction_absence_and_state_are_said_in_words() -> None:
    assert "単位：人　▼小さいほど良い" in texts(drawn("out-migration"))
    assert {"実績なし", "目標設定なし"} <= set(texts(drawn("no-data")))
    assert "集計中" in texts(drawn("pending"))
    assert texts(drawn("milestone")).count("整備中") == 2
    assert "2（完成）" in texts(drawn("milestone"))


def test_the_legend_names_only_what_is_drawn() -> None:
    assert "R2実績" in texts(drawn("out-migration"))
    assert "過年度" not in texts(drawn("out-migration"))
    assert "過年度" in texts(drawn("past-years"))
    assert "R2実績" not in texts(drawn("no-data"))


def test_the_legend_begins_within_a_narrow_chart() -> None:
    assert min(s.area.left for s in drawn("past-years", (49, 44)).shapes if isinstance(s, Box)) >= 0


def test_bars_start_at_zero_and_stand_in_proportion() -> None:
    bars = [s for s in drawn("out-migration").shapes if isinstance(s, Box) and s.edge and s.area.bottom < 100]
    bars = [bar for bar in bars if bar.area.top - bar.area.bottom > 10]
    heights = [bar.area.top - bar.area.bottom for bar in bars]
    assert heights[1] / heights[0] == pytest.approx(103 / 143)
    assert bars[0].area.bottom == bars[1].area.bottom


def test_negative_bars_hang_below_the_axis() -> None:
    bar = next(s for s in drawn("negative").shapes if isinstance(s, Box) and s.fill == EVALUATED_COLOUR)
    axis = next(s for s in drawn("negative").shapes if isinstance(s, Line))
    assert bar.area.top == axis.points[0][1]


def test_each_year_with_a_target_has_a_step() -> None:
    steps = [s for s in drawn("no-data").shapes if isinstance(s, Line) and s.colour == TARGET and not s.dashes]
    assert len(steps) == 2  # the last year's, and the legend's


def test_hatching_stays_within_its_area() -> None:
    box = next(s for s in drawn("out-migration").shapes if isinstance(s, Box) and s.hatched)
    area = box.area
    for start, end in hatching(area, 4):
        for x, y in (start, end):
            assert area.left - 0.01 <= x <= area.right + 0.01
            assert area.bottom - 0.01 <= y <= area.top + 0.01
        assert end[0] - start[0] == pytest.approx(end[1] - start[1])
