"""How figures are written in the steps of an explanation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pipeline.model.strategy import Absence, Amount, Indicator, Value
from pipeline.wording.numbers import number

_PLACES = 4
"""Decimals that are told of a number that does not end."""


def exactly(value: Decimal | Fraction) -> str:
    """Write a number with thousands separators and all its decimals, or 約 and four of them where it has too many."""
    exact = Fraction(value)
    for decimals in range(_PLACES + 1):
        if (exact * 10**decimals).denominator == 1:
            return number(_decimal(exact, decimals), decimals)
    return f"約{number(_decimal(exact, _PLACES), _PLACES)}"


def _decimal(exact: Fraction, decimals: int) -> Decimal:
    """Cut a number off behind so many decimals."""
    return Decimal(int(exact * 10**decimals)).scaleb(-decimals)


def with_unit(value: Value | None, indicator: Indicator) -> str:
    """Write a figure of the inputs with its unit and what is said of it: 2航路（整備中）, 未設定, 未記入."""
    if not isinstance(value, Amount):
        return value.value if isinstance(value, Absence) else "未記入"
    state = f"（{value.state}）" if value.state else ""
    preliminary = "（速報値）" if value.preliminary else ""
    return f"{number(value.number, indicator.decimals)}{indicator.unit}{state}{preliminary}"
