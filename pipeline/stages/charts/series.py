"""An assessed indicator as columns of a chart: what each year has to show, before any geometry."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from pipeline.model.results import Assessment
from pipeline.model.strategy import Absence, Amount, Direction, Indicator, Value, Worded
from pipeline.wording import revisions
from pipeline.wording.era import gregorian
from pipeline.wording.numbers import PRELIMINARY, number, value


class Role(Enum):
    """Which of the years a column stands for."""

    BASELINE = 1
    PAST = 2
    EVALUATED = 3
    FUTURE = 4


class Column(Struct, frozen=True):
    """A year: its figures (None where there are none) as numbers to draw and as texts to print.

    ``state`` is a milestone's state reached, ``word`` stands where an actual is missing, with ``untargeted``, the
    strategy sets no target for the year; ``aim`` is a target in words, which has no line; ``mark`` that of a revision.
    """

    year: str
    role: Role
    actual: float | None
    target: float | None
    actual_text: str
    target_text: str
    state: str
    word: str
    untargeted: bool
    aim: str = ""
    mark: str = ""


class Series(Struct, frozen=True):
    """All columns of a chart; ``notes`` are what their marks stand for, in few words."""

    unit: str
    lower_is_better: bool
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()


def series(assessment: Assessment, years: tuple[str, ...], year: str) -> Series:
    """Return an indicator by years, up to the evaluated ``year`` (actuals) and beyond (targets only)."""
    indicator = assessment.shown.indicator
    return Series(
        unit=indicator.unit,
        lower_is_better=indicator.direction is Direction.DECREASE,
        columns=tuple(_column(indicator, one, _role(one, years, year)) for one in years),
        notes=tuple(revisions.short(indicator, one) for one in indicator.revisions),
    )


def _role(one: str, years: tuple[str, ...], year: str) -> Role:
    """Return which part ``one`` of the years plays when ``year`` is evaluated; the plan's first is the baseline's."""
    if one == year:
        return Role.EVALUATED
    if one == years[0]:
        return Role.BASELINE
    return Role.PAST if years.index(one) < years.index(year) else Role.FUTURE


def _actual(indicator: Indicator, year: str, role: Role) -> Value | None:
    """Return a year's actual: in the first column the baseline, none yet in the future."""
    if role is Role.FUTURE:
        return None
    return indicator.baseline if role is Role.BASELINE else indicator.actuals.get(year)


def _column(indicator: Indicator, year: str, role: Role) -> Column:
    actual, target = _actual(indicator, year, role), indicator.targets.get(year)
    own = role is Role.BASELINE and indicator.baseline is not None and indicator.baseline_year
    begun = not indicator.baseline_year or gregorian(year) > gregorian(indicator.baseline_year)
    return Column(
        year=own or year,
        role=role,
        actual=_height(actual),
        target=_height(target),
        actual_text=number(actual.number, indicator.decimals) if isinstance(actual, Amount) else "",
        target_text=value(target, indicator.decimals) if isinstance(target, Amount) else "",
        state=_state(actual),
        word=""
        if isinstance(actual, Amount) or role is Role.FUTURE or not (begun or role is Role.BASELINE)
        else _word(actual),
        untargeted=not isinstance(target, Amount | Worded) and role is not Role.BASELINE and begun,
        aim=target.words if isinstance(target, Worded) else "",
        mark=revisions.mark(indicator, "" if role is Role.BASELINE else year),
    )


def _state(actual: Value | None) -> str:
    """Return what is printed with an actual: a milestone's state, or that it is preliminary."""
    if not isinstance(actual, Amount):
        return ""
    return actual.state or (PRELIMINARY.strip("（）") if actual.preliminary else "")


def _height(given: Value | None) -> float | None:
    return float(given.number) if isinstance(given, Amount) else None


def _word(actual: Value | None) -> str:
    return actual.value if actual in (Absence.PENDING, Absence.ENDED) else "実績なし"
