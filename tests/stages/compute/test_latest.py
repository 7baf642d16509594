"""Indicators of a tag, and those judged by the latest actual there is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.model.results import Assessment
from pipeline.model.scheme import Aim, Scheme, Special
from pipeline.model.strategy import Absence, Indicator, Shown
from pipeline.stages.compute.assess import assess
from tests.stages.compute.examples import YEARS, Given, indicator, scheme
from tests.stages.compute.schemes import written

SURVEY = """name: 達成率
formula: ratio
bands:
- {code: met, label: 達成, mark: ●, tone: good, met: true}
- {code: unmet, label: 未達成, mark: ■, tone: poor}
none: {mark: ―, label: 判定なし}
special:
- {name: 隔年の調査, tags: [隔年], latest: true}
"""


def biennial(actuals: Given, targets: Given | None = None, *tags: str) -> Indicator:
    made = indicator(60, targets or {"R2": 62, "R3": 65}, actuals, unit="%")
    return replace(made, tags=tags or ("隔年",))


def found(given: Indicator, year: str = "R3", by: Scheme | None = None) -> Assessment:
    return assess(Shown(given, "満足度"), year, by or written(SURVEY), YEARS)


@pytest.mark.parametrize("missing", [Absence.NOT_MEASURED, Absence.PENDING])
def test_a_figure_of_the_year_before_is_held_against_that_years_target(missing: Absence) -> None:
    told = found(biennial({"R2": 62, "R3": missing}))
    assert (told.year, told.actual_year, told.target_year) == ("R3", "R2", "R2")
    assert (told.rate, told.met, told.without_data) == (Decimal("100.0"), True, False)
    step = next(step for step in told.steps if step.name == "判定する年度")
    assert step.text == f"R3 の実績が{missing}のため、実績のある最も新しい年度 R2 で判定する"


def test_only_indicators_of_the_tag_are_judged_so() -> None:
    told = found(biennial({"R2": 62, "R3": Absence.NOT_MEASURED}, None, "意識調査"))
    assert (told.actual_year, told.rating, told.without_data) == ("R3", None, True)


def test_an_actual_of_the_year_itself_goes_before() -> None:
    told = found(biennial({"R2": 62, "R3": 60}))
    assert (told.actual_year, told.rate, told.met) == ("R3", Decimal("92.3"), False)  # 60 / 65


@pytest.mark.parametrize("last", [{}, {"R3": Absence.ENDED}])
def test_what_is_not_filled_in_or_has_ended_is_not_replaced(last: Given) -> None:
    told = found(biennial({"R2": 62, **last}))
    assert (told.actual_year, told.rating, told.without_data) == ("R3", None, True)


def test_without_any_actual_the_year_itself_lacks_it() -> None:
    told = found(biennial({"R2": Absence.PENDING, "R3": Absence.NOT_MEASURED}))
    assert (told.actual_year, told.rating_reason) == ("R3", "実績が未測定のため")


def test_a_year_without_a_target_is_not_judged_by_another_years() -> None:
    told = found(biennial({"R2": 62, "R3": Absence.PENDING}, {"R2": Absence.NOT_SET, "R3": 65}))
    assert (told.actual_year, told.rating, told.rating_reason) == ("R2", None, "目標が未設定のため")


def test_the_elapsed_share_is_that_of_the_figures_year() -> None:
    by = scheme()
    expected = replace(by, method=replace(by.method, target=Aim.EXPECTED, latest=True))
    told = found(biennial({"R2": 64, "R4": Absence.PENDING}, {"R6": 80}), "R4", expected)
    assert (told.rate, told.met) == (Decimal("100.0"), True)  # 60 + (80 - 60) x 20 %, not x 60 %


def test_a_tag_is_one_of_several() -> None:
    by = scheme()
    kept = Special("意識調査", (), (), (), False, replace(by.method, decimals=0), tags=("意識調査", "市民"))
    given = biennial({"R3": 64}, None, "隔年", "市民")
    assert found(given, by=replace(by, specials=(kept,))).rate == Decimal(98)  # 98.46
