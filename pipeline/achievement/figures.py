"""Percentages of one indicator: exact as fractions, then as printed.

A comparison is always made on the exact values; rounding only serves the eye.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil

from pipeline.model.report import Rounding
from pipeline.model.strategy import Direction

FULL = Decimal(100)
"""The rate (%) at which a target is met."""


def reaches(actual: Decimal, target: Decimal, direction: Direction) -> bool:
    """Tell whether an actual meets its target.

    To maintain (維持) means not to fall below the target, as cities practise it: more than enough is no failure.
    """
    return actual <= target if direction is Direction.DECREASE else actual >= target


def ratio(actual: Decimal, target: Decimal, direction: Direction) -> Fraction | str:
    """Give the rate in %, exactly: actual / target, where lower is better target / actual.

    Where a ratio would say nothing (zero or negative values) the reason in Japanese is given instead.
    """
    if target < 0 or actual < 0:
        return f"{'目標' if target < 0 else '実績'}が負の値のため"
    if target == 0:
        return "目標が0のため"
    if direction is not Direction.DECREASE:
        return 100 * Fraction(actual) / Fraction(target)
    return "実績が0のため" if actual == 0 else 100 * Fraction(target) / Fraction(actual)


def progress(actual: Decimal, target: Decimal, baseline: Decimal) -> Fraction | None:
    """Give the part of the way from baseline to target in %, exactly; None when target and baseline are equal."""
    if target == baseline:
        return None
    return 100 * (Fraction(actual) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))


def printed(exact: Fraction, rounding: Rounding, decimals: int, limits: Iterable[Decimal]) -> Decimal:
    """Round an exact percentage for print, never up across a limit that it does not reach.

    99.96 prints 99.9, not 100.0, and 79.97 prints 79.9 where a rating begins at 80: a printed rate must not
    contradict the rating beside it, which is decided on the exact value. A limit finer than the printed decimals
    counts from the first printable number above it.
    """
    steps = exact * 10**decimals
    below = [ceil(Fraction(limit) * 10**decimals) - 1 for limit in limits if exact < Fraction(limit)]
    return Decimal(min([_whole(steps, rounding), *below])) * Decimal(1).scaleb(-decimals)


def _whole(steps: Fraction, rounding: Rounding) -> int:
    """Round to a whole number; a half goes away from zero (四捨五入), truncation towards it (切り捨て)."""
    size = int(abs(steps) + (Fraction(1, 2) if rounding is Rounding.HALF_UP else 0))
    return size if steps >= 0 else -size
