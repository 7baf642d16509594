"""How fresh an indicator's figures are: what is still open (速報値, 集計中), in which years, and as of which day."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Absence, Amount, Indicator, Value
from pipeline.wording.era import date_in_text, gregorian

NOT_GIVEN, SETTLED, PRELIMINARY = "未記入", "確定", "速報値"


def is_open(value: Value) -> bool:
    """Return whether an actual is preliminary, or a word that promises one."""
    return value is Absence.PENDING or (isinstance(value, Amount) and value.preliminary)


def years_over(indicator: Indicator, evaluation: Evaluation) -> tuple[str, ...]:
    """Return the years that are over: after the indicator's baseline and before the evaluated one."""
    first, last = gregorian(indicator.baseline_year), gregorian(evaluation.report.year)
    return tuple(year for year in evaluation.years[1:] if first < gregorian(year) < last)


def unsettled(indicator: Indicator, evaluation: Evaluation) -> Mapping[str, Value]:
    """Return the actuals of years that are over which are open all the same, by their years."""
    found = {year: indicator.actuals.get(year) for year in years_over(indicator, evaluation)}
    return {year: value for year, value in found.items() if value is not None and is_open(value)}


def state(value: Value | None) -> str:
    """Name the state of an actual: 確定, 速報値, 集計中, 未測定, 終了, or 未記入."""
    if isinstance(value, Absence):
        return value.value
    return (PRELIMINARY if is_open(value) else SETTLED) if value is not None else NOT_GIVEN


def as_of(indicator: Indicator, year: str) -> str:
    """Write the day as of which the actual of a year is: 令和4年3月31日; empty where it is not given."""
    day = indicator.as_of.get(year)
    return date_in_text(day, year) if day else ""
