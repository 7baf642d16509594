"""What is unlikely about an actual: far from the one before and from its target, or not what adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.stages.audit.plausibility.row import DIGITS, Doubt, Path, Row, adds_up, called, leap
from pipeline.wording.era import gregorian

_ABOVE, _BELOW = 3, 5
"""An actual is less than so many times the figures it is held to, and more than such a part of them."""

_ABOVE_ONE = 5
"""The same where it can be held to one figure alone."""

_PLANNED = 5
"""A cumulative actual grows by less than so many times what a year is to add."""

_LEAST = 1000
"""A small actual that can only be held to one figure is doubted from this size of it on: 20 may become 3."""


def actuals_are_as_expected(row: Row) -> Iterator[Doubt]:
    """An actual is like the one before it and like its target, and adds about as much as planned."""
    for year, value in row.of("actuals").items():
        path = ("actuals", year)
        before, near = _before(row, year), [v for v in (_before(row, year), _aim(row, year)) if v is not None]
        if value <= 0 or not near:
            continue
        if _is_beyond(row, value, near):
            yield leap(row, path, near)
        elif before is not None and adds_up(row):
            yield from _step(row, path, value, before)


def _before(row: Row, year: str) -> Decimal | None:
    """Return the last number before a year: an actual, or else the baseline."""
    earlier = [value for y, value in row.of("actuals").items() if gregorian(y) < gregorian(year)]
    return earlier[-1] if earlier else row.baseline


def _aim(row: Row, year: str) -> Decimal | None:
    """Return the target of a year; the next one where it has none."""
    return next((v for y, v in row.of("targets").items() if gregorian(y) >= gregorian(year)), None)


def _is_beyond(row: Row, value: Decimal, near: Sequence[Decimal]) -> bool:
    low, high = min(near), max(near)
    above = _ABOVE if len(near) > 1 else _ABOVE_ONE
    if high > 0 and value >= above * high and value - high >= row.few:
        return True
    known = len(near) > 1 or low >= _LEAST
    return known and low > 0 and _BELOW * value <= low and low - value >= row.few


def _step(row: Row, path: Path, value: Decimal, before: Decimal) -> Iterator[Doubt]:
    """What is counted from the beginning cannot become less, nor grow by many times what is planned."""
    planned = max((b - a for a, b in pairwise(row.planned)), default=Decimal(0))
    if value < before:
        was = _written_before(row, path[1])
        message = (
            f"累計の指標「{row.indicator.name}」の実績が減っています"
            f"（{was}の{row.shown(before)}から{called(path)}の{row.shown(value)}）"
        )
        hint = "累計ではなくその年度だけの数を書いていないかを確かめてください"
        yield Doubt("cumulative-fell", path, message, hint)
    elif planned > 0 and value - before > _PLANNED * planned and value - before >= row.few:
        message = (
            f"累計の指標「{row.indicator.name}」の{called(path)}が、{row.shown(before)}から{row.shown(value)}へ、"
            f"計画の1年の伸び（{row.shown(planned)}）の{_PLANNED}倍より大きく伸びています"
        )
        yield Doubt("figure-leaps", path, message, DIGITS)


def _written_before(row: Row, year: str) -> str:
    earlier = [y for y in row.of("actuals") if gregorian(y) < gregorian(year)]
    return f"実績{earlier[-1] if earlier else row.indicator.baseline_year}"
