"""Figures of the tables that hardly can be meant: they fall back, leap, exceed all there is, or changed their unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.model.strategy import Amount, Direction, Indicator, Kind, Value
from pipeline.stages.audit.finding import Case, Finding, warn
from pipeline.wording.numbers import number

_RATE = re.compile(r"(?:率|割合|密度|平均)$")
_MAY_EXCEED = re.compile(r"比率|比$|増減|増加率|伸び率|上昇率|成長率|達成率|達成度|充足率|自給率|倍率|回転率|指数")
_PERCENT = ("%", "％")
_POWERS = (10, 100, 1000)
_HALF = Decimal("0.5")
_LEAST = 1000
"""A figure with only one neighbour is held to it where one of the two is at least this large: 1, 10 is no leap."""


def targets_do_not_fall_back(case: Case) -> Iterator[Finding]:
    """Targets that get better do not get worse on the way; a decline planned from the first year on is none."""
    for indicator in case.evaluation.indicators:
        years = _numbers(indicator.targets)
        steps = [(before, year, _better(indicator, years[before], years[year])) for before, year in pairwise(years)]
        if not any(better > 0 for *_, better in steps):
            continue
        for before, year in ((before, year) for before, year, better in steps if better < 0):
            values = _fall(indicator, "目標", (before, year), years)
            message = f"指標「{indicator.name}」の目標が、途中で後戻りしています（{values}）"
            hint = "目標値の書き間違いでないかを、総合戦略で確かめてください"
            yield warn("target-falls-back", [case.at(indicator, "targets", year)], message, hint)


def cumulative_actuals_do_not_fall(case: Case) -> Iterator[Finding]:
    """What is counted from the beginning cannot become less."""
    for indicator in case.evaluation.indicators:
        if indicator.kind is not Kind.CUMULATIVE or _is_rate(indicator):
            continue
        years = _actuals(indicator)
        for before, year in pairwise(years):
            if years[year] < years[before]:
                values = _fall(indicator, "実績", (before, year), years)
                message = f"累計の指標「{indicator.name}」の実績が減っています（{values}）"
                hint = "累計ではなくその年度だけの数を書いていないかを確かめてください"
                yield warn("cumulative-fell", [case.at(indicator, "actuals", year)], message, hint)


def percentages_are_at_most_100(case: Case) -> Iterator[Finding]:
    """A share of something is no more than all of it; ratios and growth may be."""
    for indicator in case.evaluation.indicators:
        if indicator.unit not in _PERCENT or _MAY_EXCEED.search(indicator.name):
            continue
        for key, values in (("targets", indicator.targets), ("actuals", indicator.actuals)):
            for year, value in _numbers(values).items():
                if value > 100:
                    message = (
                        f"指標「{indicator.name}」の {year} の値が 100% を超えています（{_shown(indicator, value)}）"
                    )
                    hint = "小数点の位置や単位を確かめてください"
                    yield warn("percentage-above-100", [case.at(indicator, key, year)], message, hint)


def kinds_fit_their_units(case: Case) -> Iterator[Finding]:
    """A rate is of a year or a moment; it does not add up over the years."""
    for indicator in case.evaluation.indicators:
        if indicator.kind is Kind.CUMULATIVE and _is_rate(indicator):
            message = f"指標「{indicator.name}」は割合（{indicator.unit}）なのに、数え方が累計になっています"
            hint = "kind を point（時点）か annual（年間）に直すか、累計と書く理由があるかを確かめてください"
            yield warn("kind-unlike-unit", [case.at(indicator, "kind")], message, hint)


def figures_are_like_their_neighbours(case: Case) -> Iterator[Finding]:
    """A figure ten, a hundred or a thousand times those around it, or such a part of them, has its digits wrong."""
    for indicator in case.evaluation.indicators:
        targets, actuals = _numbers(indicator.targets), _actuals(indicator)
        for year, value in targets.items():
            yield from _leap(case, indicator, ("targets", year), value, _around(targets, year))
        for year, value in _numbers(indicator.actuals).items():
            before = list(actuals.values())[: list(actuals).index(year)][-1:]
            aim = [targets[year]] if year in targets else []
            yield from _leap(case, indicator, ("actuals", year), value, [*before, *aim])


def units_stay_as_they_were(case: Case) -> Iterator[Finding]:
    """An indicator is counted as in the report of the year before."""
    earlier = {i.id: i for i in case.previous.indicators} if case.previous else {}
    for indicator in case.evaluation.indicators:
        before = earlier.get(indicator.id)
        if before and before.unit != indicator.unit:
            message = (
                f"指標「{indicator.name}」の単位が、前年度の「{before.unit}」から「{indicator.unit}」に変わっています"
            )
            hint = "基準値と目標値も新しい単位に直っているかを確かめてください"
            yield warn("unit-changed", [case.at(indicator, "unit")], message, hint)


def _leap(
    case: Case, indicator: Indicator, path: tuple[str, str], value: Decimal, around: Sequence[Decimal]
) -> Iterator[Finding]:
    for power in _POWERS:
        for times, words in ((Decimal(power), f"およそ{power}倍"), (1 / Decimal(power), f"およそ{power}分の1")):
            if _all_near(value, around, times):
                what = f"{'目標' if path[0] == 'targets' else '実績'}{path[1]}"
                near = "、".join(_shown(indicator, other) for other in around)
                message = (
                    f"指標「{indicator.name}」の{what}（{_shown(indicator, value)}）が、前後（{near}）の{words}です"
                )
                hint = "桁の書き間違いでないか、単位が変わっていないかを確かめてください"
                yield warn("figure-leaps", [case.at(indicator, *path)], message, hint)


def _all_near(value: Decimal, around: Sequence[Decimal], times: Decimal) -> bool:
    if not around or any(other <= 0 for other in around) or value <= 0:
        return False
    if len(around) == 1 and max(value, around[0]) < _LEAST:
        return False
    mean = sum(around, Decimal(0)) / len(around)
    ratios = [value / other / times for other in around]
    return Decimal("0.7") <= value / mean / times <= Decimal("1.4") and all(_HALF <= ratio <= 2 for ratio in ratios)


def _around(values: Mapping[str, Decimal], year: str) -> list[Decimal]:
    """Give the values before and after a year; at either end of the table the two nearest."""
    years = list(values)
    at = years.index(year)
    first = min(max(0, at - 1), max(0, len(years) - 3))
    return [values[y] for y in years[first : first + 3] if y != year]


def _better(indicator: Indicator, before: Decimal, now: Decimal) -> Decimal:
    return before - now if indicator.direction is Direction.DECREASE else now - before


def _is_rate(indicator: Indicator) -> bool:
    return indicator.unit in _PERCENT or "/" in indicator.unit or bool(_RATE.search(indicator.name))


def _actuals(indicator: Indicator) -> Mapping[str, Decimal]:
    start = {indicator.baseline_year: indicator.baseline.number} if indicator.baseline else {}
    return {**start, **_numbers(indicator.actuals)}


def _numbers(values: Mapping[str, Value]) -> Mapping[str, Decimal]:
    return {year: value.number for year, value in values.items() if isinstance(value, Amount)}


def _fall(indicator: Indicator, what: str, pair: tuple[str, str], values: Mapping[str, Decimal]) -> str:
    return "から".join(f"{what}{year}の{_shown(indicator, values[year])}" for year in pair)


def _shown(indicator: Indicator, value: Decimal) -> str:
    return f"{number(value, indicator.decimals)}{indicator.unit}"
