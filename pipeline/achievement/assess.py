"""One indicator at one place: rate, progress, met or not, rating, and the reasons for what is not stated."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from pipeline.achievement import figures
from pipeline.formatting import number
from pipeline.model.report import Band, Scheme
from pipeline.model.results import Assessment, Count
from pipeline.model.strategy import Absence, Amount, Indicator, Kind, Shown, Value


def assess(shown: Shown, year: str, scheme: Scheme) -> Assessment:
    """Assess an indicator in a year by a scheme; absent figures are never treated as zero."""
    indicator = shown.indicator
    target, actual = indicator.targets.get(year), indicator.actuals.get(year)
    if not isinstance(target, Amount) or not isinstance(actual, Amount):
        reason = _missing(target, actual)
        return Assessment(shown, None, None, None, None, reason, reason)
    met = is_met(indicator, target, actual)
    exact = _rate(indicator, target, actual, met)
    way = _progress(indicator, target, actual)
    return Assessment(
        shown,
        rate=None if isinstance(exact, str) else _printed(exact, scheme, limits(scheme)),
        progress=None if isinstance(way, str) else _printed(way, scheme, (figures.FULL,)),
        met=met,
        rating=rating(scheme, met, None if isinstance(exact, str) else exact),
        reason=exact if isinstance(exact, str) else None,
        progress_reason=way if isinstance(way, str) else None,
    )


def is_met(indicator: Indicator, target: Amount, actual: Amount) -> bool:
    """Tell whether the target is met: the number by the direction, and of a milestone the target's state or a later."""
    if not figures.reaches(actual.number, target.number, indicator.direction):
        return False
    return target.state is None or _rank(indicator, actual) >= _rank(indicator, target)


def rating(scheme: Scheme, met: bool, exact: Fraction | None) -> Band:
    """Choose the first band that is reached, by the exact rate.

    Without a rate (``exact`` is None) met stands for 100 %, and unmet reaches no band that asks for a rate: an
    unfinished milestone is 未達成, however near its number.
    """
    level = exact if exact is not None else Fraction(100) if met else None
    return next((band for band in scheme.bands if _reached(band, met, level)), scheme.bands[-1])


def limits(scheme: Scheme) -> tuple[Decimal, ...]:
    """List the rates (%) at which the judgement changes, which rounding must not cross upwards."""
    return (figures.FULL, *(band.at_least for band in scheme.bands if band.at_least is not None))


def count(assessments: Iterable[Assessment]) -> Count:
    """Count the places met, not met and without data."""
    outcomes = [assessment.met for assessment in assessments]
    return Count(outcomes.count(True), outcomes.count(False), outcomes.count(None))


def _reached(band: Band, met: bool, level: Fraction | None) -> bool:
    if band.met and met:
        return True
    return band.at_least is not None and level is not None and level >= Fraction(band.at_least)


def _rank(indicator: Indicator, amount: Amount) -> int:
    """Give the place of a milestone's state in its order; -1 where none is stated."""
    return indicator.states.index(amount.state) if amount.state else -1


def _rate(indicator: Indicator, target: Amount, actual: Amount, met: bool) -> Fraction | str:
    """Give the exact rate, or the reason why none is stated: half a milestone is no share of it."""
    if indicator.kind is Kind.MILESTONE and not met:
        return _unfinished(indicator, target, actual)
    return figures.ratio(actual.number, target.number, indicator.direction)


def _progress(indicator: Indicator, target: Amount, actual: Amount) -> Fraction | str:
    """Give the exact progress, or the reason why none is stated."""
    if indicator.states:
        return "状態で判断する指標のため"
    if indicator.baseline is None:
        return "基準値がないため"
    way = figures.progress(actual.number, target.number, indicator.baseline.number)
    return "目標が基準値と同じため" if way is None else way


def _printed(exact: Fraction, scheme: Scheme, crossed: tuple[Decimal, ...]) -> Decimal:
    return figures.printed(exact, scheme.rounding, scheme.decimals, crossed)


def _unfinished(indicator: Indicator, target: Amount, actual: Amount) -> str:
    if target.state and _rank(indicator, actual) < _rank(indicator, target):
        return f"{actual.state or '状態の記入なし'}（目標は{target.state}）"
    reached, aim = (number(a.number, indicator.decimals) + indicator.unit for a in (actual, target))
    return f"{reached}（目標は{aim}）"


def _missing(target: Value | None, actual: Value | None) -> str:
    """Say why a year cannot be assessed; target first, as one is set before the other is counted."""
    parts = [f"{name}が{_absence(v)}" for name, v in (("目標", target), ("実績", actual)) if not isinstance(v, Amount)]
    return "、".join(parts) + "のため"


def _absence(value: Absence | Amount | None) -> str:
    return value.value if isinstance(value, Absence) else "未記入"
