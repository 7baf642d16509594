"""How figures are written in the steps of an explanation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import count

from pipeline.model.strategy import Absence, Amount, Indicator, Value, Worded
from pipeline.wording.numbers import marks, number

_PLACES = 4
"""Decimals that are told of a number that does not end, at the least."""
_ENOUGH = 100
"""A number told with three digits or more."""


def exactly(value: Decimal | Fraction) -> str:
    """Write a number with thousands separators and all its decimals; 約 and some of them where it has too many.

    A number that was given is written as it was given. Another is rounded to four decimals, or as many more as it
    takes to tell it from a shorter number: 99.99996 is 約99.99996, and 1/30000 is 約0.0000333.
    """
    exact = Fraction(value)
    given = max(_PLACES, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else _PLACES
    for decimals in range(given + 1):
        if (exact * 10**decimals).denominator == 1:
            return number(_rounded(exact, decimals), decimals)
    places = next(n for n in count(_PLACES) if _tells(exact, n))
    return f"約{number(_rounded(exact, places), places)}"


def _tells(exact: Fraction, decimals: int) -> bool:
    """Return whether rounding to so many decimals leaves digits enough, and a number that does not look a round one."""
    steps = _steps(exact, decimals)
    return steps >= _ENOUGH and steps % 10 ** (_PLACES - 1) != 0


def _rounded(exact: Fraction, decimals: int) -> Decimal:
    """Round half up (四捨五入), away from zero, to so many decimals."""
    steps = _steps(exact, decimals)
    return Decimal(steps if exact >= 0 else -steps).scaleb(-decimals)


def _steps(exact: Fraction, decimals: int) -> int:
    return int(abs(exact) * 10**decimals + Fraction(1, 2))


def with_unit(value: Value | None, indicator: Indicator) -> str:
    """Write a figure of the inputs with its unit and what is said of it: 2航路（整備中）, 未設定, 未記入."""
    if isinstance(value, Worded):
        return f"「{value.words}」"
    if not isinstance(value, Amount):
        return value.value if isinstance(value, Absence) else "未記入"
    return f"{number(value.number, indicator.decimals)}{indicator.unit}{marks(value)}"
