"""前年度比: done by hand, exact to the last place, and with a reason wherever it would say nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.model.strategy import Absence, Amount
from pipeline.stages.compute.on_year import on_year
from pipeline.stages.sheets.courses import against_the_year_before
from tests.stages.compute.examples import amount, assessed, indicator


@pytest.mark.parametrize(
    ("before", "now", "decimals", "difference", "ratio"),
    [
        ("195", "205", 0, "+10", "105.1%"),
        ("70.15", "72.3", 2, "+2.15", "103.1%"),
        ("0.1", "0.3", 1, "+0.2", "300.0%"),  # in binary fractions 0.19999999999999998
        ("100000", "99999", 0, "-1", "99.9%"),  # not 100.0 where it fell
        ("100000", "100001", 0, "+1", "100.1%"),
        ("5", "5", 0, "±0", "100.0%"),
        ("12", "0", 0, "-12", "0.0%"),
        ("0", "3", 0, "+3", "―"),
        ("-4", "-5", 0, "-1", "―"),
    ],
)
def test_difference_and_ratio(before: str, now: str, decimals: int, difference: str, ratio: str) -> None:
    given = indicator("1", {"R3": "1"}, {"R2": before, "R3": now}, decimals=decimals, unit="件")
    told = against_the_year_before(assessed(given, year="R3"))
    assert (told["差"], told["比"], told["差の単位"]) == (difference, ratio, "件")
    assert bool(told["理由"]) == (ratio == "―")


@pytest.mark.parametrize(
    ("actuals", "reason"),
    [
        ({"R2": "5"}, "R3の実績が未記入のため"),
        ({"R2": "5", "R3": Absence.PENDING}, "R3の実績が集計中のため"),
        ({"R2": Absence.NOT_MEASURED, "R3": "5"}, "R2の実績が未測定のため"),
        ({"R3": "5"}, "R2の実績が未記入のため"),
    ],
)
def test_why_there_is_none(actuals: dict[str, str | int | Absence | Amount], reason: str) -> None:
    found = on_year(indicator("1", {"R3": "1"}, actuals), "R3")
    assert (found.difference, found.ratio, found.reason) == (None, None, reason)


def test_the_baseline_is_the_year_before_the_first_and_points_are_points() -> None:
    given = indicator("40", {"R2": "50"}, {"R2": "41.5"}, unit="%", decimals=1)
    told = against_the_year_before(assessed(given))
    assert (told["年度"], told["前年度"], told["差"], told["差の単位"]) == ("R1", "40.0", "+1.5", "ポイント")


def test_a_milestone_is_not_compared_and_a_preliminary_figure_says_so() -> None:
    staged = indicator("1", {"R3": "1"}, {"R2": "1", "R3": "2"}, states=("整備中", "完成"))
    assert on_year(staged, "R3").reason == "段階で判断する指標のため"
    figure = amount("6")
    assert isinstance(figure, Amount)
    given = indicator("1", {"R3": "1"}, {"R2": "5", "R3": replace(figure, preliminary=True)})
    assert against_the_year_before(assessed(given, year="R3"))["差"] == "+1（速報値）"
