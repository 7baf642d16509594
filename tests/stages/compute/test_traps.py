"""Cases in which a naive computation gives a wrong or senseless figure, most of them from real evaluations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.results import Assessment
from pipeline.model.scheme import Band, Rounding, Tone
from pipeline.model.strategy import Absence, Amount, Direction, Kind
from tests.stages.compute.examples import MET, NEARLY, UNMET, assessed, indicator, judged, scheme

BELOW = "目標が基準値を下回っており、進捗率では良し悪しが逆になるため"


def test_a_target_below_the_baseline_is_met_though_higher_is_better() -> None:
    result = judged(47000, 47331, baseline=47383)
    assert (result.rate, result.progress, result.met, result.rating) == (Decimal("100.7"), None, True, MET)
    assert result.progress_reason == BELOW


def test_an_actual_below_target_is_not_met_whatever_progress_says() -> None:
    result = judged(210000, 195757, baseline=268607)
    assert (result.rate, result.progress, result.rating) == (Decimal("93.2"), None, NEARLY)
    assert result.progress_reason == BELOW


def test_progress_beyond_a_falling_target_does_not_mend_the_rate() -> None:
    result = judged(500, 460, baseline=520)
    assert (result.rate, result.progress, result.met) == (Decimal("92.0"), None, False)
    assert result.progress_reason == BELOW


def test_a_target_equal_to_the_baseline_has_a_rate_but_no_progress() -> None:
    result = judged(12, 10, baseline=12)
    assert result.rate == Decimal("83.3")
    assert (result.progress, result.progress_reason) == (None, "目標が基準値と同じため")


def test_lower_is_better_turns_the_ratio_round() -> None:
    result = judged(50, 103, baseline=143, direction=Direction.DECREASE)
    assert (result.rate, result.met, result.rating) == (Decimal("48.5"), False, UNMET)


def test_lower_is_better_is_met_at_the_target_and_below() -> None:
    assert judged(50, 50, direction=Direction.DECREASE).rate == Decimal("100.0")
    assert judged(50, 40, direction=Direction.DECREASE).rate == Decimal("125.0")


def route(target_state: str, number: int, actual_state: str) -> Assessment:
    return assessed(
        indicator(
            Amount(Decimal(2), "整備中"),
            {"R2": Amount(Decimal(2), target_state)},
            {"R2": Amount(Decimal(number), actual_state)},
            kind=Kind.MILESTONE,
            unit="航路",
            states=("整備中", "完成", "供用"),
        )
    )


def test_the_same_number_in_an_earlier_state_is_no_achievement() -> None:
    result = route("完成", 2, "整備中")
    assert (result.met, result.rate, result.rating) == (False, None, UNMET)
    assert result.reason == "整備中（目標は完成）"


@pytest.mark.parametrize("state", ["完成", "供用"])
def test_a_milestone_is_met_in_its_state_or_a_later_one(state: str) -> None:
    result = route("完成", 2, state)
    assert (result.met, result.rate, result.rating) == (True, Decimal("100.0"), MET)


def test_a_milestone_needs_its_number_too() -> None:
    result = route("完成", 1, "完成")
    assert (result.met, result.rate, result.reason) == (False, None, "1航路（目標は2航路）")


def test_a_milestone_without_states_is_reached_or_not() -> None:
    plan = indicator(0, {"R2": 2}, {"R2": 1}, kind=Kind.MILESTONE, unit="件")
    assert (assessed(plan).rate, assessed(plan).rating, assessed(plan).reason) == (None, UNMET, "1件（目標は2件）")
    done = indicator(0, {"R2": 1}, {"R2": 1}, kind=Kind.MILESTONE, unit="件")
    assert (assessed(done).rate, assessed(done).rating) == (Decimal("100.0"), MET)


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        (Absence.NOT_SET, Absence.NOT_MEASURED, "目標が未設定、実績が未測定のため"),
        (Absence.NOT_SET, 5, "目標が未設定のため"),
        (5, Absence.NOT_MEASURED, "実績が未測定のため"),
        (5, Absence.PENDING, "実績が集計中のため"),
        (5, None, "実績が未記入のため"),
        (None, 5, "目標が未記入のため"),
    ],
)
def test_absent_figures_give_a_reason_and_no_judgement(
    target: int | Absence | None, actual: int | Absence | None, reason: str
) -> None:
    result = judged(target, actual, baseline=1)
    assert (result.rate, result.progress, result.met, result.rating) == (None, None, None, None)
    assert (result.reason, result.progress_reason) == (reason, reason)


def test_without_a_baseline_there_is_a_rate_but_no_progress() -> None:
    result = judged(20, 3)
    assert (result.rate, result.rating) == (Decimal("15.0"), UNMET)
    assert (result.progress, result.progress_reason) == (None, "基準値がないため")


UP, DOWN = Direction.INCREASE, Direction.DECREASE


@pytest.mark.parametrize(
    ("target", "actual", "direction", "met", "reason"),
    [
        (0, 5, UP, True, "目標が0のため"),
        (0, 0, UP, True, "目標が0のため"),
        (0, 5, DOWN, False, "目標が0のため"),
        (0, 0, DOWN, True, "目標が0のため"),
        (5, 0, DOWN, True, "実績が0のため"),
        (-10, -5, UP, True, "目標が負の値のため"),
        (-10, 5, UP, True, "目標が負の値のため"),
        (10, -5, UP, False, "実績が負の値のため"),
        (10, -5, DOWN, True, "実績が負の値のため"),
        (-10, -5, DOWN, False, "目標が負の値のため"),
        (0, -1, UP, False, "実績が負の値のため"),
    ],
)
def test_zero_and_negative_values_are_judged_without_a_senseless_rate(
    target: int, actual: int, direction: Direction, met: bool, reason: str
) -> None:
    result = judged(target, actual, baseline=1, direction=direction)
    assert (result.rate, result.met, result.rate_reason) == (None, met, reason)
    known = (target, direction) not in ((-10, DOWN), (0, UP)) or met
    assert result.rating == ((MET if met else UNMET) if known else None)
    assert (result.rating_reason is None) == known


def test_an_actual_of_zero_is_a_rate_of_zero_where_higher_is_better() -> None:
    assert judged(5, 0).rate == Decimal("0.0")


def test_a_negative_way_still_has_a_progress() -> None:
    assert judged(-10, -15, baseline=-20).progress == Decimal("50.0")


def test_to_maintain_is_not_to_fall_below() -> None:
    assert judged(100, 120, direction=Direction.MAINTAIN).met
    assert not judged(100, 99, direction=Direction.MAINTAIN).met


def test_a_rate_never_rounds_up_to_what_was_not_reached() -> None:
    assert judged(10000, 9996).rate == Decimal("99.9")
    assert judged(10000, 9996).rating == NEARLY
    assert judged(10000, 7997).rate == Decimal("79.9")
    assert judged(10000, 7997).rating == UNMET
    assert judged(10000, 9996, by=scheme(decimals=0)).rate == Decimal(99)
    assert judged(100000, 99999, by=scheme(decimals=2)).rate == Decimal("99.99")


def test_a_rate_just_reached_is_stated_as_such() -> None:
    assert judged(3, 3).rate == Decimal("100.0")
    assert judged(100000, 100001).rate == Decimal("100.0")
    assert judged(10000, 8000).rating == NEARLY


def test_half_goes_up_unless_the_scheme_truncates() -> None:
    assert judged(2000, 1865).rate == Decimal("93.3")
    assert judged(2000, 1865, by=scheme(rounding=Rounding.TRUNCATE)).rate == Decimal("93.2")
    assert judged(2000, -1865, baseline=0).progress == Decimal("-93.3")


def test_a_scheme_of_letters_needs_no_band_for_met() -> None:
    letters = scheme(
        Band("A", "A", "A", Tone.GOOD, met=False, at_least=Decimal(100)),
        Band("B", "B", "B", Tone.NEAR, met=False, at_least=Decimal(50)),
        Band("C", "C", "C", Tone.POOR, met=False, at_least=None),
    )
    codes = [judged(100, actual, by=letters).rating for actual in (100, 99, 50, 49)]
    assert [band.code for band in codes if band] == ["A", "B", "B", "C"]
    without_rate = judged(0, 5, by=letters).rating
    assert without_rate is not None
    assert without_rate.code == "A"
