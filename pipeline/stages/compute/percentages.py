"""Percentages of one indicator: exact as fractions, then as printed.

A comparison is always made on the exact values; rounding only serves the eye. Where a formula would say nothing, the
reason in Japanese stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from pipeline.model.comparison import Width
from pipeline.model.scheme import Rounding
from pipeline.model.strategy import Direction
from pipeline.stages.compute.step_text import exactly

FULL = Decimal(100)
"""The rate (%) at which a target is met."""

Exact = Decimal | Fraction


class Quotient(Struct, frozen=True):
    """A rate before it is rounded: its exact value in %, and the division with its figures as a reader can check it."""

    value: Fraction
    division: str


def reaches(actual: Exact, target: Exact, direction: Direction) -> bool:
    """Return whether an actual meets its target.

    To maintain (維持) means not to fall below the target, as cities practise it: more than enough is no failure.
    """
    return standing(actual, target, direction) >= 0


def standing(actual: Exact, other: Exact, direction: Direction, tolerance: Width | None = None) -> int:
    """Return how an actual is to another figure: 1 better, -1 worse, 0 the same within the tolerance."""
    gain = Fraction(actual) - Fraction(other)
    if direction is Direction.DECREASE:
        gain = -gain
    room = _room(Fraction(other), tolerance) if tolerance else 0
    return 0 if abs(gain) <= room else 1 if gain > 0 else -1


def _room(other: Fraction, tolerance: Width) -> Fraction:
    return Fraction(tolerance.number) * (1 if tolerance.of_unit else abs(other) / 100)


def ratio(actual: Exact, target: Exact) -> Quotient | str:
    """Return the actual divided by the target (%), where higher is better."""
    reason = _unfit(actual, target)
    return reason or _quotient(actual, target, f"{exactly(actual)} ÷ {exactly(target)}")


def inverse(actual: Exact, target: Exact) -> Quotient | str:
    """Return the target divided by the actual (%), where lower is better."""
    reason = _unfit(actual, target) or ("実績が0のため" if actual == 0 else "")
    return reason or _quotient(target, actual, f"{exactly(target)} ÷ {exactly(actual)}")


def mirror(actual: Exact, target: Exact) -> Quotient | str:
    """Return (2 x target - actual) / target (%), where lower is better: what is above the target counts against it."""
    reason = _unfit(actual, target)
    top = 2 * Fraction(target) - Fraction(actual)
    return reason or _quotient(top, target, f"（{exactly(target)}×2 － {exactly(actual)}）÷ {exactly(target)}")


def way(actual: Exact, target: Exact, baseline: Exact, direction: Direction) -> Quotient | str:
    """Return the part of the way from baseline to target that is done.

    A target on the worse side of its baseline would turn good into bad: such a way is none.
    """
    if Fraction(target) == Fraction(baseline):
        return "目標が基準値と同じため"
    if standing(target, baseline, direction) < 0:
        side = "上回って" if direction is Direction.DECREASE else "下回って"
        return f"目標が基準値を{side}おり、進捗率では良し悪しが逆になるため"
    return walked(actual, target, baseline)


def walked(actual: Exact, target: Exact, baseline: Exact) -> Quotient:
    """Return the part of the way from baseline to target, whichever way is better; they must differ."""
    top, bottom = (Fraction(value) - Fraction(baseline) for value in (actual, target))
    start = exactly(baseline)
    return _quotient(top, bottom, f"（{exactly(actual)} － {start}）÷（{exactly(target)} － {start}）")


def printed(
    exact: Fraction, rounding: Rounding, decimals: int, limits: Iterable[Exact], over: Iterable[Exact] = ()
) -> Decimal:
    """Return an exact percentage rounded for print, never across a limit, to whichever side it lies.

    99.96 prints 99.9, not 100.0, and 79.97 prints 79.9 where a rating begins at 80: a printed rate must not
    contradict the rating beside it, which is decided on the exact value. A limit finer than the printed decimals
    counts from the first printable number above it. ``over`` are limits that must be exceeded: 100.04 prints 100.1
    where a rating begins over 100. Of two limits closer than the printed decimals the upper is kept.
    """
    steps, scale = exact * 10**decimals, 10**decimals
    at_least = [(ceil(Fraction(limit) * scale), exact >= Fraction(limit)) for limit in limits]
    above = [(floor(Fraction(limit) * scale) + 1, exact > Fraction(limit)) for limit in over]
    lowest = [first for first, reached in (*at_least, *above) if reached]
    highest = [first - 1 for first, reached in (*at_least, *above) if not reached]
    return Decimal(min([max([_whole(steps, rounding), *lowest]), *highest])) * Decimal(1).scaleb(-decimals)


def _quotient(top: Exact, bottom: Exact, division: str) -> Quotient:
    return Quotient(100 * Fraction(top) / Fraction(bottom), f"{division} × 100")


def _unfit(actual: Exact, target: Exact) -> str:
    """Return why a ratio would say nothing: zero or negative values."""
    if target < 0 or actual < 0:
        return f"{'目標' if target < 0 else '実績'}が負の値のため"
    return "目標が0のため" if target == 0 else ""


def _whole(steps: Fraction, rounding: Rounding) -> int:
    """Round to a whole number; a half goes away from zero (四捨五入), truncation towards it (切り捨て)."""
    size = int(abs(steps) + (Fraction(1, 2) if rounding is Rounding.HALF_UP else 0))
    return size if steps >= 0 else -size
