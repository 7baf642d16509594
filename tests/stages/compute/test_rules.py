"""What holds for every figure."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.strategy import Direction
from tests.examples import tried
from tests.stages.compute.examples import MET, NEARLY, UNMET, judged

ORDER = [UNMET, NEARLY, MET]
figures = st.decimals("-99999", "99999", places=2, allow_nan=False)
positive = st.decimals("0.01", "99999", places=2, allow_nan=False)
directions = st.sampled_from(Direction)


def rank(target: Decimal, actual: Decimal, direction: Direction) -> int:
    band = judged(str(target), str(actual), direction=direction).rating
    assert band is not None
    return ORDER.index(band)


@tried(150)
@given(positive, positive, positive, directions)
def test_a_better_actual_never_rates_worse(target: Decimal, one: Decimal, two: Decimal, direction: Direction) -> None:
    worse, better = sorted((one, two), reverse=direction is Direction.DECREASE)
    assert rank(target, worse, direction) <= rank(target, better, direction)


@tried(150)
@given(figures, figures, figures, directions)
def test_a_better_actual_never_unmeets(target: Decimal, one: Decimal, two: Decimal, direction: Direction) -> None:
    worse, better = sorted((one, two), reverse=direction is Direction.DECREASE)
    assert judged(str(target), str(worse), direction=direction).met in (
        False,
        judged(str(target), str(better), direction=direction).met,
    )


@tried(150)
@given(figures, figures, figures, directions, st.sampled_from(["0.001", "0.1", "1000", "12"]))
def test_the_scale_of_the_unit_does_not_matter(
    baseline: Decimal, target: Decimal, actual: Decimal, direction: Direction, scale: str
) -> None:
    plain = judged(str(target), str(actual), str(baseline), direction)
    factor = Decimal(scale)
    scaled = judged(str(target * factor), str(actual * factor), str(baseline * factor), direction)
    assert (plain.rate, plain.progress, plain.met, plain.rating) == (
        scaled.rate,
        scaled.progress,
        scaled.met,
        scaled.rating,
    )


@tried(150)
@given(positive, positive, directions)
def test_met_and_a_full_rate_are_the_same_for_positive_figures(
    target: Decimal, actual: Decimal, direction: Direction
) -> None:
    result = judged(str(target), str(actual), direction=direction)
    assert result.rate is not None
    assert result.met == (result.rate >= 100)


@tried(150)
@given(figures, figures, figures, directions)
def test_every_figure_is_judged_and_every_gap_explained(
    baseline: Decimal, target: Decimal, actual: Decimal, direction: Direction
) -> None:
    result = judged(str(target), str(actual), str(baseline), direction)
    assert result.met is not None
    assert (result.rating is None) == (result.rating_reason is not None)
    assert result.rating is not None or (result.rate is None and result.met is False)
    assert (result.rate is None) == (result.rate_reason is not None)
    assert (result.progress is None) == (result.progress_reason is not None)
