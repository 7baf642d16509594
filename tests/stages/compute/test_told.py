"""What is told of a rating is true: rates and bands agree, steps can be recomputed, nothing undefined is judged bad."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.comparison import Relation
from pipeline.model.results import Assessment
from pipeline.model.scheme import Aim, Band, Formula, Judged, Method, Rounding, Scheme, Tone
from pipeline.model.strategy import Absence, Amount, Direction, Goal, Judgement, Kind, Places, Rebased, Shown
from pipeline.stages import compute as achievement
from pipeline.stages.compute.assess import assess
from pipeline.stages.compute.checks import check_made
from pipeline.stages.compute.step_text import exactly
from tests.examples import tried
from tests.stages.compute.examples import YEARS, Given, evaluation, indicator, measure
from tests.stages.compute.schemes import READY, of_guide, ready

UP, DOWN = Direction.INCREASE, Direction.DECREASE
figures = st.decimals("-999", "999", places=1, allow_nan=False)
positive = st.decimals("0.1", "999", places=1, allow_nan=False)
SIGNS = str.maketrans("（）－÷×", "()-/*", "約,")


def judged(
    by: Scheme,
    baseline: str | int | None,
    targets: Given,
    actuals: Given,
    year: str = "R2",
    *,
    direction: Direction = UP,
    kind: Kind = Kind.CUMULATIVE,
    since: str = "R1",
) -> Assessment:
    one = replace(indicator(baseline, targets, actuals, direction=direction, kind=kind), baseline_year=since)
    return assess(Shown(one, one.name), year, by, YEARS)


def with_method(by: Scheme, **changes: object) -> Scheme:
    return replace(by, method=replace(by.method, **changes))


def label(found: Assessment) -> str:
    printed = found.rating or found.unrated
    assert printed is not None
    return printed.label


# The elapsed share


@pytest.mark.parametrize("actual", [85, 86])
def test_a_plan_that_does_not_start_from_zero_is_held_to_the_way_from_its_baseline(actual: int) -> None:
    found = judged(ready("経過割合"), 67, {"R2": 98, "R6": 160}, {"R2": actual})
    assert found.rate == Decimal("96.8" if actual == 85 else "102.2")
    assert (found.met, label(found)) == (actual == 86, "順調" if actual == 86 else "やや遅れ")


def test_the_same_holds_where_the_rate_of_the_final_target_is_held_against_the_elapsed_share() -> None:
    by = with_method(of_guide("経過割合に見合う進捗"), formula=Formula.RATIO)
    assert (judged(by, 67, {"R6": 160}, {"R2": 85}).rate, label(judged(by, 67, {"R6": 160}, {"R2": 85}))) == (
        Decimal("19.4"),
        "B",
    )
    assert label(judged(by, 143, {"R6": 30}, {"R2": 143}, direction=DOWN, kind=Kind.POINT)) == "B"
    assert judged(by, 0, {"R6": 160}, {"R2": 32}).rate == Decimal("20.0")


def test_a_comparison_with_the_elapsed_share_starts_from_the_baseline_too() -> None:
    by = with_method(of_guide("目標の達成"), target=Aim.SHARE)
    assert [judged(by, 67, {"R6": 160}, {"R2": actual}).met for actual in (85, 86)] == [False, True]


def test_without_a_baseline_only_what_is_counted_from_the_start_has_a_share() -> None:
    by = with_method(ready("年度達成率"), target=Aim.SHARE)
    assert judged(by, None, {"R6": 100}, {"R2": 20}).rate == Decimal("100.0")
    found = judged(by, None, {"R6": 120}, {"R2": 100}, kind=Kind.ANNUAL)
    assert (found.rate, found.rating, found.rating_reason) == (None, None, "基準値がなく、比べる値が求められないため")


def test_a_baseline_later_than_the_plan_has_no_elapsed_share() -> None:
    found = judged(with_method(ready("年度達成率"), target=Aim.EXPECTED), 10, {"R6": 40}, {"R4": 20}, "R4", since="R3")
    assert (found.rating, found.reason) == (None, "基準年度（R3）が計画の始まりより後で、経過割合と比べられないため")


# Progress


@tried(200)
@given(figures, figures, figures, st.sampled_from(Direction))
def test_progress_is_whole_exactly_where_the_target_is_met(
    baseline: Decimal, target: Decimal, actual: Decimal, direction: Direction
) -> None:
    found = judged(ready("年度達成率"), str(baseline), {"R2": str(target)}, {"R2": str(actual)}, direction=direction)
    assert (found.progress is None) == (found.progress_reason is not None)
    assert found.progress is None or (found.progress >= 100) == found.met


# Rates and bands


def over(limit: int, *, relation: bool, by: Judged = Judged.RATE) -> Scheme:
    top = Band("s", "超える", "◎", Tone.GOOD, met=False, at_least=None, over=None if relation else Decimal(limit))
    top = replace(top, target=Relation.ABOVE) if relation else top
    return with_method(ready("年度達成率"), bands=(top, *ready("年度達成率").method.bands), judged=by)


@pytest.mark.parametrize(
    "by", [over(100, relation=False), over(100, relation=True), over(100, relation=True, by=Judged.PRINTED)]
)
def test_what_exceeds_prints_more(by: Scheme) -> None:
    found = judged(by, 1, {"R2": 10000}, {"R2": 10001})
    assert (found.rate, label(found)) == (Decimal("100.1"), "超える")
    assert "（区分の境を超えているため、切り上げる）" in next(s.text for s in found.steps if s.name == "端数処理")
    assert label(judged(by, 1, {"R2": 10000}, {"R2": 10000})) == "A"


limits = st.sampled_from([Decimal(50), Decimal(80), Decimal("99.95"), Decimal(100), Decimal(120)])


@tried(300)
@given(
    st.lists(st.tuples(limits, st.booleans()), min_size=1, max_size=3, unique_by=lambda one: one[0]),
    st.sampled_from(Rounding),
    st.sampled_from(list(Judged)[:2]),
    st.integers(1, 400_000),
    st.sampled_from([UP, DOWN]),
)
def test_the_printed_rate_lies_within_the_limits_of_its_band(
    chosen: list[tuple[Decimal, bool]], rounding: Rounding, by: Judged, actual: int, direction: Direction
) -> None:
    bands = [
        Band(
            f"b{n}", f"b{n}", "", Tone.NEAR, met=False, at_least=None if above else limit, over=limit if above else None
        )
        for n, (limit, above) in enumerate(sorted(chosen, reverse=True))
    ]
    rest = Band("rest", "rest", "", Tone.POOR, met=False, at_least=None)
    method = Method(Formula.RATIO, (*bands, rest), judged=by, rounding=rounding)
    found = judged(replace(ready("年度達成率"), method=method), 1, {"R2": 200_000}, {"R2": actual}, direction=direction)
    assert found.rate is not None
    first = next((b for b in bands if found.rate >= (b.at_least or 10**9) or found.rate > (b.over or 10**9)), rest)
    assert found.rating == first


@pytest.mark.parametrize(
    ("name", "baseline", "target", "actual", "direction"),
    [
        ("進捗率", 12, 12, 10, UP),
        ("進捗率", 520, 500, 460, UP),
        ("進捗率", 268607, 210000, 195757, UP),
        ("進捗率", 30, 50, 60, DOWN),
        ("年度達成率", -5, -10, -5, DOWN),
        ("年度達成率", 1, 0, -1, UP),
    ],
)
def test_an_undefined_rate_earns_no_bad_rating(
    name: str, baseline: int, target: int, actual: int, direction: Direction
) -> None:
    found = judged(ready(name), baseline, {"R2": target}, {"R2": actual}, direction=direction)
    assert (found.rate, found.met, found.rating) == (None, False, None)
    assert found.rating_reason == found.rate_reason
    assert found.rating_reason is not None


def test_what_needs_no_rate_is_judged_without_one() -> None:
    letters = ready("年度達成率").method.bands
    by = with_method(ready("進捗率"), bands=(letters[0], letters[3]))
    assert label(judged(by, 12, {"R2": 12}, {"R2": 10})) == "C"


def test_the_reason_for_no_rate_is_none_for_the_rating() -> None:
    found = judged(ready("年度達成率"), -10, {"R2": -5}, {"R2": -4}, kind=Kind.POINT)
    assert (found.rate_reason, found.rating_reason) == ("目標が負の値のため", None)


# Steps


@tried(200)
@given(
    st.sampled_from(["年度達成率", "進捗率", "経過割合"]),
    st.tuples(positive, positive, positive),
    positive,
    st.sampled_from([UP, DOWN]),
)
def test_the_steps_recomputed_give_the_printed_rate(
    name: str, plan: tuple[Decimal, Decimal, Decimal], actual: Decimal, direction: Direction
) -> None:
    baseline, target, last = map(str, plan)
    targets: Given = {"R2": target, "R6": last}
    found = judged(replace(ready(name), shares={}), baseline, targets, {"R2": str(actual)}, direction=direction)
    told = next((s.text for s in found.steps if s.name == "計算" and "＝" in s.text), None)
    if told is None:
        assert found.rate is None
        return
    division, result = told.split(" ＝ ")
    python = division.translate(SIGNS)
    python = re.sub(r"[0-9.]+", lambda number: f"Fraction('{number[0]}')", python)
    value = eval(python, {"Fraction": Fraction})
    assert "約" in division or exactly(value) == result.removesuffix("%")
    assert found.rate is not None
    plain = Decimal(value.numerator) / Decimal(value.denominator)
    assert abs(plain.quantize(Decimal("0.1"), ROUND_HALF_UP) - found.rate) <= Decimal("0.1")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2, 3), "約0.6667"),
        (Fraction(-2, 3), "約-0.6667"),
        (Fraction(9999996, 100000), "約99.99996"),
        (Fraction(1, 30000), "約0.0000333"),
        (Fraction(1, 3 * 10**15), "約0.000000000000000333"),
        (Decimal("0.000012"), "0.000012"),
        (Decimal("1234.50"), "1,234.5"),
        (Fraction(1250, 3), "約416.6667"),
    ],
)
def test_a_number_in_a_step_is_rounded_and_never_looks_a_round_one(value: Decimal | Fraction, text: str) -> None:
    assert exactly(value) == text


# Entered ratings


def entered(code: str, targets: Given, actuals: Given, kind: Kind = Kind.POINT) -> Assessment:
    one = replace(indicator(5, targets, actuals, kind=kind), judgement=Judgement(code, "災害のため"))
    return assess(Shown(one, one.name), "R2", ready("所管課の判定"), YEARS)


@pytest.mark.parametrize("absent", [Absence.NOT_MEASURED, Absence.PENDING, Absence.ENDED])
def test_an_entered_rating_stands_without_a_number(absent: Absence) -> None:
    found = entered("d", {"R2": 10}, {"R2": absent})
    assert (label(found), found.met, found.rate) == ("D", None, None)
    assert "理由: 災害のため" in found.steps[-1].text
    assert label(entered("d", {"R2": Absence.NOT_SET}, {"R2": 7})) == "D"


def test_an_entered_rating_whose_limit_cannot_be_checked_is_an_error_at_its_line() -> None:
    one = replace(indicator(5, {"R2": 10}, {"R2": Absence.PENDING}), judgement=Judgement("b", "順調"))
    given = evaluation((Goal("1", "目標", ()),), (measure("1-1", one),), ready("所管課の判定"))
    (found,) = achievement.compute(given).diagnostics
    assert found.id == "judgement-above-limit"
    assert "実績が集計中で、記入された判定「B」の限度（達成率が80％以上）を確かめられない" in found.message


def test_an_entered_rating_that_the_indicators_method_does_not_take_is_an_error() -> None:
    one = replace(indicator(5, {"R2": 10}, {"R2": 9}, kind=Kind.ACTION), judgement=Judgement("d", "順調"))
    by = ready("所管課の判定")
    special = replace(of_guide("経過割合に見合う進捗").specials[0])
    given = evaluation((Goal("1", "目標", ()),), (measure("1-1", one),), replace(by, specials=(special,)))
    assert [d.id for d in achievement.compute(given).diagnostics] == ["judgement-not-expected"]


# Counts


def test_rated_met_and_without_data_are_counted_apart() -> None:
    by = replace(ready("所管課の判定"), specials=of_guide("経過割合に見合う進捗").specials)
    free = Judgement("c", "課題が残る")
    made = (
        replace(indicator(5, {"R2": 10}, {"R2": 12}, identifier="met"), judgement=free),
        replace(indicator(5, {"R2": 10}, {"R2": 9}, identifier="unmet"), judgement=free),
        indicator(5, {"R2": 10}, {"R2": 9}, identifier="letterless"),
        indicator(5, {"R2": 10}, {"R2": Absence.PENDING}, identifier="pending"),
        indicator(None, {}, {}, identifier="action", kind=Kind.ACTION),
    )
    results = achievement.compute(evaluation((Goal("1", "目標", ()),), (measure("1-1", *made),), by)).value
    assert results is not None
    count = results.indicators
    assert (count.met, count.unmet, count.other, count.undecided, count.no_data) == (1, 1, 1, 1, 1)
    assert (count.total, count.judged, count.unrated) == (5, 2, 2)
    assert {d.id for d in check_made(results)} == {"judgement-missing"}


# Revised baselines


def test_a_revision_is_told_fully() -> None:
    given = indicator(100, {"R2": 120, "R6": 200}, {"R2": 116})
    lines = Places(Place("strategy.yaml", 20), {"R2": Place("strategy.yaml", 21)})
    rebased = Rebased(Amount(Decimal(110)), {"R2": Amount(Decimal(130))}, "統計の改定", lines)
    found = assess(Shown(replace(given, rebased=rebased), "指標"), "R2", ready("進捗率"), YEARS).conditional
    assert found is not None
    assert found.condition == "基準値を110人、R2の目標を130人に改めた場合（統計の改定）"
    assert (found.rate, found.met) == (Decimal("30.0"), False)
    told = {step.name: step.place for step in found.steps}
    assert (told["基準値"], told["目標"]) == (lines.baseline, lines.targets["R2"])


everything = [replace(ready(name), shares={}) for name in READY] + [
    with_method(ready(name), target=aim) for name in ("年度達成率", "進捗率") for aim in Aim
]


@tried(150)
@given(
    st.sampled_from([*everything, of_guide("経過割合に見合う進捗"), of_guide("重点指標の達成度")]),
    st.tuples(figures, figures, figures),
    st.one_of(figures, st.sampled_from(Absence)),
    st.tuples(st.sampled_from(Direction), st.sampled_from([Kind.CUMULATIVE, Kind.ANNUAL, Kind.POINT, Kind.ACTION])),
    st.sampled_from(YEARS[1:]),
)
def test_results_never_contradict_themselves_and_are_counted_once(
    by: Scheme,
    plan: tuple[Decimal, Decimal, Decimal],
    actual: Decimal | Absence,
    sort: tuple[Direction, Kind],
    year: str,
) -> None:
    baseline, target, last = map(str, plan)
    targets: Given = {"R6": last, year: target}
    one = indicator(
        baseline,
        targets,
        {year: str(actual) if isinstance(actual, Decimal) else actual},
        direction=sort[0],
        kind=sort[1],
    )
    given = evaluation((Goal("1", "目標", ()),), (measure("1-1", one),), by)
    made = achievement.compute(replace(given, report=replace(given.report, year=year)))
    assert made.value is not None
    assert {d.id for d in made.diagnostics} <= {"judgement-missing"}
    assert made.value.indicators.total == 1
