"""What a table says about an indicator, so that sentences can be held to it: values, steps, differences and shares.

Every fact carries the formula a reader can follow: 実績R2 − 実績R1 = 90 − 67 = 23.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import Enum, auto
from fractions import Fraction
from itertools import pairwise

from pipeline.model.strategy import Amount, Direction, Indicator, Kind, Value
from pipeline.stages.audit.numerals import Figure, scaled
from pipeline.wording.era import gregorian
from pipeline.wording.numbers import number


class Role(Enum):
    """What a figure in a sentence can be."""

    VALUE = auto()
    """An actual."""
    STEP = auto()
    """What a year added to a cumulative actual."""
    TARGET = auto()
    """A target."""
    AIM = auto()
    """What a year was to add to a cumulative one."""
    GAP = auto()
    """How far the actual is from the target."""
    CHANGE = auto()
    """How far the actual is from the year before."""
    CHANGE_RATE = auto()
    """The same in per cent."""
    YEAR_RATIO = auto()
    """The actual in per cent of the year before."""
    ACHIEVED = auto()
    """The actual in per cent of the target."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity of an indicator, in ``unit``; ``year`` is the year it is told of, ``formula`` how it comes about."""

    role: Role
    year: str
    unit: str
    value: Fraction
    formula: str


@dataclass(frozen=True, slots=True)
class _Series:
    indicator: Indicator
    unit: str
    scale: int
    actuals: Mapping[str, Decimal]
    targets: Mapping[str, Decimal]


def facts(indicator: Indicator, year: str) -> tuple[Fact, ...]:
    """List what the table says, the evaluated ``year`` first, then the last target, then all others."""
    unit, scale = scaled(indicator.unit)
    actuals = {**_baseline(indicator), **_numbers(indicator.actuals)}
    found = list(_facts(_Series(indicator, unit, scale, actuals, _numbers(indicator.targets))))
    last = max((fact.year for fact in found if fact.role is Role.TARGET), default=year, key=gregorian)
    order = {year: 0, last: 1}
    return tuple(sorted(found, key=lambda fact: order.get(fact.year, 2)))


def agrees(figure: Figure, fact: Fact) -> bool:
    """Tell whether a figure is the fact as far as it is written out; a rough one may be off by its last place."""
    if figure.unit != fact.unit:
        return False
    step = Fraction(figure.step)
    if figure.rough:
        return abs(_absolute(figure) - abs(fact.value)) <= max(step, abs(fact.value) / 20)
    return any(_rounded(fact.value, figure.step, way) == abs(figure.value) for way in (ROUND_HALF_UP, ROUND_DOWN))


def as_written(figure: Figure, fact: Fact) -> Decimal:
    """Give a fact with as many places as a figure is written with."""
    return _rounded(fact.value, figure.step, ROUND_HALF_UP)


def distance(figure: Figure, fact: Fact) -> Fraction:
    """Tell how far a figure is from a fact."""
    return abs(_absolute(figure) - abs(fact.value))


def _absolute(figure: Figure) -> Fraction:
    return abs(Fraction(figure.value))


def _rounded(value: Fraction, step: Decimal, rounding: str) -> Decimal:
    quotient = abs(value) / Fraction(step)
    whole = Decimal(quotient.numerator) / Decimal(quotient.denominator)
    return whole.quantize(Decimal(1), rounding=rounding) * step


def _baseline(indicator: Indicator) -> Mapping[str, Decimal]:
    return {indicator.baseline_year: indicator.baseline.number} if indicator.baseline else {}


def _numbers(values: Mapping[str, Value]) -> Mapping[str, Decimal]:
    return {year: value.number for year, value in values.items() if isinstance(value, Amount)}


def _facts(series: _Series) -> Iterator[Fact]:
    for year, value in series.actuals.items():
        yield _plain(series, Role.VALUE, year, value, f"実績{year}")
    for year, value in series.targets.items():
        yield _plain(series, Role.TARGET, year, value, f"目標{year}")
    for before, year in pairwise(series.actuals):
        yield from _change(series, before, year)
    if series.indicator.kind is Kind.CUMULATIVE:
        yield from _aims(series)
    for year in series.targets:
        if year in series.actuals:
            yield from _achieved(series, year)


def _plain(series: _Series, role: Role, year: str, value: Decimal, label: str) -> Fact:
    return Fact(role, year, series.unit, Fraction(value) * series.scale, f"{label} = {_shown(series, value)}")


def _change(series: _Series, before: str, year: str) -> Iterator[Fact]:
    now, then = series.actuals[year], series.actuals[before]
    names = f"実績{year}", f"実績{before}"
    role = Role.STEP if series.indicator.kind is Kind.CUMULATIVE and series.unit != "%" else Role.CHANGE
    yield _difference(series, role, year, (now, then), names)
    if then > 0:
        yield from _shares(series, year, (now, then), names)


def _aims(series: _Series) -> Iterator[Fact]:
    """What the target asks of one year, seen from the year before's target or actual."""
    years = dict.fromkeys((*series.actuals, *series.targets))
    for before, year in pairwise(years):
        if year not in series.targets:
            continue
        for label, values in (("目標", series.targets), ("実績", series.actuals)):
            if before in values:
                pair = series.targets[year], values[before]
                yield _difference(series, Role.AIM, year, pair, (f"目標{year}", f"{label}{before}"))


def _achieved(series: _Series, year: str) -> Iterator[Fact]:
    actual, target = series.actuals[year], series.targets[year]
    names = f"実績{year}", f"目標{year}"
    yield _difference(series, Role.GAP, year, (actual, target), names)
    pair = (target, actual) if series.indicator.direction is Direction.DECREASE else (actual, target)
    if pair[1] > 0:
        names = names[::-1] if series.indicator.direction is Direction.DECREASE else names
        yield _share(series, Role.ACHIEVED, year, pair, names)


def _difference(series: _Series, role: Role, year: str, pair: tuple[Decimal, Decimal], names: tuple[str, str]) -> Fact:
    unit = "ポイント" if series.unit == "%" and role is not Role.AIM else series.unit
    formula = f"{names[0]} − {names[1]} = {_shown(series, pair[0])} − {_shown(series, pair[1])}"
    value = Fraction(pair[0] - pair[1])
    return Fact(role, year, unit, value * series.scale, f"{formula} = {_shown(series, pair[0] - pair[1])}")


def _shares(series: _Series, year: str, pair: tuple[Decimal, Decimal], names: tuple[str, str]) -> Iterator[Fact]:
    yield _share(series, Role.YEAR_RATIO, year, pair, names)
    ratio = Fraction(pair[0]) / Fraction(pair[1])
    formula = f"{names[0]} ÷ {names[1]} = {_shown(series, pair[0])} ÷ {_shown(series, pair[1])}"
    change = (ratio - 1) * 100
    yield Fact(Role.CHANGE_RATE, year, "%", change, f"（{formula}） − 1 = {_percent(change)}")
    yield Fact(Role.YEAR_RATIO, year, "倍", ratio, f"{formula} = {_percent(ratio)[:-1]}倍")


def _share(series: _Series, role: Role, year: str, pair: tuple[Decimal, Decimal], names: tuple[str, str]) -> Fact:
    value = Fraction(pair[0]) / Fraction(pair[1]) * 100
    formula = f"{names[0]} ÷ {names[1]} = {_shown(series, pair[0])} ÷ {_shown(series, pair[1])}"
    return Fact(role, year, "%", value, f"{formula} = {_percent(value)}")


def _percent(value: Fraction) -> str:
    return f"{number(Decimal(value.numerator) / Decimal(value.denominator), 1)}%"


def _shown(series: _Series, value: Decimal) -> str:
    return number(value, series.indicator.decimals)
