"""A year's actual against the one of the year before (前年度比): exact difference and ratio, or why there is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pipeline.model.results import OnYear
from pipeline.model.scheme import Rounding
from pipeline.model.strategy import Absence, Amount, Indicator
from pipeline.stages.compute import percentages
from pipeline.stages.compute.indicator_year import figure_before
from pipeline.wording.era import before

_DECIMALS = 1
_ALIKE = (percentages.FULL,)
"""A ratio that is not 100 % does not print as 100 %."""


def on_year(indicator: Indicator, year: str) -> OnYear:
    """Return the actual of a year against the one of the year before, the baseline where that is of the year before."""
    earlier, now = before(year), indicator.actuals.get(year)
    found = figure_before(indicator, year)
    amount = found.amount if found else None
    if reason := _reason(indicator, year, amount):
        return OnYear(earlier, amount, None, None, reason)
    assert isinstance(now, Amount) and amount
    unfit = _unfit(now, amount)
    ratio = None if unfit else _ratio(now, amount)
    return OnYear(earlier, amount, now.number - amount.number, ratio, unfit, now.preliminary or amount.preliminary)


def _unfit(now: Amount, amount: Amount) -> str:
    """Return why a ratio would say nothing."""
    if min(now.number, amount.number) < 0:
        return "負の値があるため"
    return "" if amount.number else "前年度の実績が0のため"


def _ratio(now: Amount, amount: Amount) -> Decimal:
    exact = 100 * Fraction(now.number) / Fraction(amount.number)
    return percentages.printed(exact, Rounding.HALF_UP, _DECIMALS, _ALIKE, _ALIKE)


def _reason(indicator: Indicator, year: str, amount: Amount | None) -> str:
    """Return why nothing can be compared; empty where both figures are there."""
    now, earlier = indicator.actuals.get(year), before(year)
    if indicator.states:
        return "段階で判断する指標のため"
    if not isinstance(now, Amount):
        return f"{year}の実績が{now.value if isinstance(now, Absence) else '未記入'}のため"
    if amount is None:
        missing = indicator.actuals.get(earlier)
        return f"{earlier}の実績が{missing.value if isinstance(missing, Absence) else '未記入'}のため"
    return ""
