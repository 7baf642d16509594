"""Which column of a chart stands for what."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.stages.charts.alt import alt_text
from pipeline.stages.charts.series import Role, series
from tests.stages.compute.examples import YEARS, assessed, indicator


@pytest.mark.parametrize(("since", "evaluated"), [("R3", "R2"), ("R3", "R5"), ("H28", "R2")])
def test_a_baseline_of_another_year_stands_first_under_its_own(since: str, evaluated: str) -> None:
    one = replace(indicator(12, {"R4": 20, "R6": 30}, {"R4": 15, "R5": 21}), baseline_year=since)
    found = assessed(one, year=evaluated)
    first, *others = series(found, YEARS, evaluated).columns
    assert (first.year, first.role, first.actual_text) == (since, Role.BASELINE, "12")
    assert [column.year for column in others] == list(YEARS[1:])
    assert [column.actual_text for column in others if column.actual_text] == (
        ["15", "21"] if evaluated == "R5" else []
    )
    year = {"R3": "令和3年度", "H28": "平成28年度"}[since]
    assert f"{year}の基準値は12人です。" in alt_text(found, YEARS, evaluated)


def test_a_year_up_to_the_baselines_is_not_yet_evaluated() -> None:
    for year in ("R2", "R3"):
        found = assessed(replace(indicator(12, {"R4": 20}, {}), baseline_year="R3"), year=year)
        assert found.reason == f"{year}が基準年度（R3）以前で、評価の対象でないため"
    assert "基準年度" not in (assessed(indicator(12, {"R4": 20}, {}), year="R3").reason or "")
