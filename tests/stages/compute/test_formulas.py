"""What holds of every formula, whatever the figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model.results import Assessment
from pipeline.model.scheme import Aim, Band, Formula, Judged, Lower, Method, Rounding, Scheme, Tone
from pipeline.model.strategy import Direction, Shown
from pipeline.stages.compute.assess import assess
from pipeline.stages.compute.percentages import inverse, mirror, printed, ratio, way
from tests.examples import tried
from tests.stages.compute.examples import YEARS, indicator
from tests.stages.compute.schemes import READY, of_guide, ready

figures = st.decimals("-9999", "9999", places=1, allow_nan=False)
positive = st.decimals("0.1", "9999", places=1, allow_nan=False)
actual = st.one_of(figures, positive, st.just(Decimal(0)))
directions = st.sampled_from(Direction)
aims = st.sampled_from([Aim.YEAR, Aim.LAST, Aim.YEAR_OR_LAST, Aim.EXPECTED, Aim.SHARE])
guided = ["目標との比較", "目標の達成", "経過割合に見合う進捗"]
beyond = Band("s", "S", "★", Tone.GOOD, met=False, at_least=Decimal(120))
automatic = [ready(name) for name in READY if not ready(name).method.entered] + [of_guide(name) for name in guided]


@st.composite
def methods(draw: st.DrawFn) -> Scheme:
    """Draw a scheme of any formula, with the bands of a ready one."""
    formula, target = draw(st.sampled_from([Formula.RATIO, Formula.PROGRESS])), draw(aims)
    paced = target is Aim.LAST and draw(st.booleans())
    method = Method(
        formula,
        (*draw(st.sampled_from([(), (beyond,)])), *ready("年度達成率").method.bands),
        target=target,
        lower=draw(st.sampled_from(Lower)),
        judged=Judged.PACE if paced else draw(st.sampled_from([Judged.RATE, Judged.PRINTED])),
        rounding=draw(st.sampled_from(Rounding)),
        decimals=draw(st.integers(0, 2)),
        cap=draw(st.sampled_from([None, Decimal(120), Decimal(200)])),
        floor=draw(st.sampled_from([None, Decimal(0)])),
    )
    return replace(ready("年度達成率"), method=method)


Plan = tuple[Decimal, Decimal, Decimal]
schemes = st.one_of(methods(), st.sampled_from(automatic))


def found(by: Scheme, plan: Plan, actual: Decimal, direction: Direction) -> Assessment:
    """Assess an actual against a plan: baseline, target of the year, final target."""
    baseline, target, last = plan
    one = indicator(str(baseline), {"R3": str(target), "R6": str(last)}, {"R3": str(actual)}, direction=direction)
    return assess(Shown(one, one.name), "R3", by, YEARS)


def rank(by: Scheme, assessment: Assessment) -> int:
    """Order ratings by what they stand for: bands are written from the best to the worst."""
    assert assessment.rating is not None
    order = ["above", "equal", "below", "none"] if by.name == "目標との比較" else [b.code for b in by.method.bands]
    return -order.index(assessment.rating.code)


@tried(300)
@given(schemes, st.tuples(positive, positive, positive), st.tuples(actual, actual), directions)
def test_a_better_actual_never_rates_worse(
    by: Scheme, plan: Plan, actuals: tuple[Decimal, Decimal], direction: Direction
) -> None:
    worse, better = sorted(actuals, reverse=direction is Direction.DECREASE)
    low, high = (found(by, plan, actual, direction) for actual in (worse, better))
    if low.rating is not None and high.rating is not None:
        assert rank(by, low) <= rank(by, high)
    if low.rate is not None and high.rate is not None:
        assert low.rate <= high.rate
    assert (low.met, high.met) != (True, False)


@tried(200)
@given(schemes, st.tuples(figures, figures, figures), figures, directions, st.sampled_from(["0.001", "1000", "12"]))
def test_the_scale_of_the_unit_does_not_matter(
    by: Scheme, plan: Plan, actual: Decimal, direction: Direction, scale: str
) -> None:
    factor = Decimal(scale)
    plain = found(by, plan, actual, direction)
    scaled = found(by, (plan[0] * factor, plan[1] * factor, plan[2] * factor), actual * factor, direction)
    assert (plain.rate, plain.met, plain.rating, plain.reason) == (
        scaled.rate,
        scaled.met,
        scaled.rating,
        scaled.reason,
    )


@tried(200)
@given(st.sampled_from(list(Rounding)), figures, figures, figures)
def test_progress_mirrors_increase_and_decrease(
    rounding: Rounding, baseline: Decimal, target: Decimal, actual: Decimal
) -> None:
    by = replace(ready("進捗率"), method=replace(ready("進捗率").method, rounding=rounding))
    up = found(by, (baseline, target, target), actual, Direction.INCREASE)
    down = found(by, (-baseline, -target, -target), -actual, Direction.DECREASE)
    assert (up.rate, up.met, up.rating) == (down.rate, down.met, down.rating)


@given(positive, positive)
def test_the_inverse_ratio_mirrors_the_ratio(actual: Decimal, target: Decimal) -> None:
    plain, turned = ratio(target, actual), inverse(actual, target)
    assert not isinstance(plain, str)
    assert not isinstance(turned, str)
    assert plain.value == turned.value


@given(positive, positive)
def test_the_mirrored_ratio_is_as_far_above_100_as_the_ratio_is_below(actual: Decimal, target: Decimal) -> None:
    plain, turned = ratio(actual, target), mirror(actual, target)
    assert not isinstance(plain, str)
    assert not isinstance(turned, str)
    assert plain.value + turned.value == 200


@given(figures, figures, figures, directions)
def test_the_way_is_whole_exactly_where_the_target_is_met(
    baseline: Decimal, target: Decimal, actual: Decimal, direction: Direction
) -> None:
    gone = way(actual, target, baseline, direction)
    met = actual <= target if direction is Direction.DECREASE else actual >= target
    assert isinstance(gone, str) or (gone.value >= 100) == met


percentages = st.fractions("-300", "300", max_denominator=10000)
limits = st.lists(st.decimals("-200", "200", places=2, allow_nan=False), max_size=4)


@tried(300)
@given(percentages, st.sampled_from(Rounding), st.integers(0, 3), limits, limits)
def test_rounding_never_crosses_a_limit_upwards(
    exact: Fraction, rounding: Rounding, decimals: int, at_least: list[Decimal], over: list[Decimal]
) -> None:
    shown = printed(exact, rounding, decimals, at_least, over)
    assert all(shown < limit for limit in at_least if exact < Fraction(limit))
    assert all(shown <= limit for limit in over if exact <= Fraction(limit))


@tried(150)
@given(schemes, st.tuples(figures, figures, figures), figures, directions)
def test_every_figure_is_judged_and_the_last_step_tells_the_rating(
    by: Scheme, plan: Plan, actual: Decimal, direction: Direction
) -> None:
    result = found(by, plan, actual, direction)
    assert result.rating is not None or (result.rate is None and result.rating_reason is not None)
    printed = result.rating or result.unrated
    assert printed is not None
    assert result.steps[-1].text.startswith(f"{printed.mark} {printed.label}（")
    assert (result.rate is None) == (not any(step.name == "端数処理" for step in result.steps))
    assert all(f"{result.rate:,f}%" in s.text for s in result.steps if s.name == "端数処理")
