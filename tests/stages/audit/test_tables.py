"""Figures of the tables that can hardly be meant."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.strategy import Direction, Indicator, Kind
from tests.project import BASE
from tests.stages.audit.cities import audited, city, found
from tests.stages.compute.examples import indicator

Values = dict[str, str]


def targets(*values: str) -> Values:
    return {f"R{n}": value for n, value in enumerate(values, 2)}


@pytest.mark.parametrize(
    ("direction", "values", "told"),
    [
        (Direction.INCREASE, targets("12400", "12400", "13100", "13000"), "目標R4の13,100人から目標R5の13,000人"),
        (Direction.DECREASE, targets("50", "40", "45", "30"), "目標R3の40人から目標R4の45人"),
        (Direction.INCREASE, targets("48.2", "48.0", "47.8", "47.5"), None),
        (Direction.DECREASE, targets("50", "45", "40", "35"), None),
        (Direction.INCREASE, targets("10", "10", "12", "12"), None),
    ],
)
def test_targets_fall_back(direction: Direction, values: Values, told: str | None) -> None:
    messages = found(city(indicator("5", values, direction=direction)), "target-falls-back")
    assert len(messages) == (told is not None)
    assert all(str(told) in message for message in messages)


@pytest.mark.parametrize(
    ("kind", "unit", "actual", "warned"),
    [
        (Kind.CUMULATIVE, "件", "60", True),
        (Kind.CUMULATIVE, "件", "67", False),
        (Kind.ANNUAL, "件", "60", False),
        (Kind.CUMULATIVE, "%", "60", False),
    ],
)
def test_a_cumulative_actual_falls(kind: Kind, unit: str, actual: str, warned: bool) -> None:
    given = indicator("67", {"R2": "78"}, {"R2": actual}, kind=kind, unit=unit)
    assert bool(found(city(given), "cumulative-fell")) == warned


@pytest.mark.parametrize(
    ("name", "actual", "warned"),
    [
        ("受診率", "143.9", True),
        ("受診率", "100.0", False),
        ("経常収支比率", "101.2", False),
        ("前年度からの増加率", "120.0", False),
        ("保育士の充足率", "104.0", False),
    ],
)
def test_a_percentage_is_above_100(name: str, actual: str, warned: bool) -> None:
    given = indicator("90", {"R2": "95"}, {"R2": actual}, name=name, unit="%", decimals=1)
    assert bool(found(city(given), "percentage-above-100")) == warned


@pytest.mark.parametrize(
    ("name", "unit", "kind", "warned"),
    [
        ("整備率", "%", Kind.CUMULATIVE, True),
        ("人口密度", "人/ha", Kind.CUMULATIVE, True),
        ("整備率", "%", Kind.POINT, False),
        ("整備件数", "件", Kind.CUMULATIVE, False),
    ],
)
def test_a_kind_does_not_fit_its_unit(name: str, unit: str, kind: Kind, warned: bool) -> None:
    assert bool(found(city(indicator("1", name=name, unit=unit, kind=kind)), "kind-unlike-unit")) == warned


@pytest.mark.parametrize(
    ("baseline", "aims", "actual", "told"),
    [
        ("268607", targets("210000", "300000"), "19576", "前後（268,607人、210,000人）のおよそ10分の1"),
        ("12176", targets("12400"), "11681000", "およそ1000倍"),
        ("67", targets("78", "89"), "9000", "およそ100倍"),
        ("12176", targets("12400", "124000", "12400"), "12000", "目標R3（124,000人）"),
        ("1", targets("10", "20", "30"), "10", None),
        ("143", targets("50", "45"), "103", None),
        (None, targets("20", "40"), "3", None),
        ("100", targets("100"), "0", None),
    ],
)  # fmt: skip
def test_a_figure_leaps(baseline: str | None, aims: Values, actual: str, told: str | None) -> None:
    messages = found(city(indicator(baseline, aims, {"R2": actual})), "figure-leaps")
    assert len(messages) == (told is not None)
    assert all(str(told) in message for message in messages)


def test_a_unit_changed_since_the_year_before() -> None:
    now, before = indicator("165", unit="千人"), indicator("165", unit="万人")
    (message,) = found(city(now), "unit-changed", previous=city(before))
    assert "「万人」から「千人」" in message
    assert found(city(now), "unit-changed", previous=city(now)) == []


def test_a_finding_stands_at_the_figure() -> None:
    given: Indicator = indicator("90", {"R2": "95"}, {"R2": "143"}, name="受診率", unit="%")
    place = Place(f"{BASE}/measures/1-1.yaml", 4, 18)
    whole = replace(city(given), spots={("indicator", "actuals", "R2"): place})
    assert [d.place for d in audited(whole) if d.id == "percentage-above-100"] == [place]
