"""What is unlikely about a plan: its baseline, its targets, and the way that it calls better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.model.strategy import Amount, Direction, Kind
from pipeline.stages.audit.plausibility.row import BASELINE, PERCENT, Doubt, Row, adds_up, leap

_MAY_RISE = re.compile(r"費|給付|負担|認定率|高齢化")
"""What is to be kept low and rises all the same, so that its targets rise slowly, too."""

_BETWEEN = Decimal("2.5")
"""A target between two others is within so many times of the nearer."""

_JUMP = 5
"""The first and the last target may be so many times the next to them, and a baseline such a part of its targets."""

_WHOLE_JUMP = 7
"""The same of percentages: what is to be done everywhere may be done in a sixth of all places."""

_STEP = 3
"""The first planned step is within so many times of the largest later one."""


def baseline_is_like_the_targets(row: Row) -> Iterator[Doubt]:
    """The baseline is no small part of the first targets, nor many times them."""
    start, aims = row.baseline, list(row.of("targets").values())
    near = aims[:2]
    if start is None or start <= 0 or not near or min(near) <= 0:
        return
    later = max((b - a for a, b in pairwise(aims)), default=Decimal(0))
    if start >= _JUMP * max(near) or (_starts_low(row, start, near[0], later) and near[-1] > 2 * start):
        if not _is_confirmed(row, start):
            yield leap(row, BASELINE, near)
        elif len(aims) > 1:  # a single one is a target like others
            yield _foreign(row, start)


def _is_confirmed(row: Row, start: Decimal) -> bool:
    """Return whether the first actual is like the baseline, so that rather the targets are wrong."""
    first = next(iter(row.of("actuals").values()), Decimal(0))
    return start <= first * 2 and first <= start * 2


def _foreign(row: Row, start: Decimal) -> Doubt:
    aims = "、".join(row.shown(value) for value in list(row.of("targets").values())[:2])
    actual = row.shown(next(iter(row.of("actuals").values())))
    message = (
        f"指標「{row.indicator.name}」の目標（{aims}など）が、"
        f"基準値（{row.shown(start)}）や実績（{actual}）とかけ離れています"
    )
    hint = "ほかの指標の目標値を写していないか、桁や単位の違いがないかを、総合戦略で確かめてください"
    return Doubt("figure-leaps", ("targets",), message, hint)


def _starts_low(row: Row, start: Decimal, first: Decimal, later: Decimal) -> bool:
    """Return whether it is far to the first target: many times the baseline, or many of the steps that follow."""
    if first - start < row.few:
        return False
    if later <= 0:
        return first > start * (_WHOLE_JUMP if row.indicator.unit in PERCENT else _JUMP)
    far = first > _JUMP * start and first - start > later * Decimal("1.5")
    return far or (first > 2 * start and first - start > _STEP * later)


def plan_leads_the_better_way(row: Row) -> Iterator[Doubt]:
    """The plan leads the way that is better; what can only be slowed down may go a little the other way."""
    given, planned = row.indicator, row.planned
    if row.of("targets") and _leads_astray(row, first := planned[0], last := planned[-1]):
        message = (
            f"指標「{given.name}」の direction（望ましい方向）は {given.direction} なのに、"
            f"{row.shown(first)}から最後の目標の{row.shown(last)}へ進む計画になっています"
        )
        hint = "direction（望ましい方向）が逆でないか、基準値と目標値に書き間違いがないかを確かめてください"
        yield Doubt("direction-unlike", ("direction",), message, hint)


def _leads_astray(row: Row, first: Decimal, last: Decimal) -> bool:
    given, change = row.indicator, last - first
    if given.direction is Direction.MAINTAIN:
        return abs(change) > abs(first) / 5
    if given.direction is Direction.INCREASE:
        return change < 0 and (adds_up(row) or -change > abs(first) / 5)
    if given.kind in (Kind.MILESTONE, Kind.ACTION) or (given.unit in PERCENT and last == 100):
        return True
    slow = Decimal("0.2") if _MAY_RISE.search(given.name) else Decimal("0.05")
    return change > 0 and (adds_up(row) or change > abs(first) * slow)


def states_are_in_order(row: Row) -> Iterator[Doubt]:
    """No target asks for a state before the one that the baseline has."""
    given = row.indicator
    start = given.baseline.state if given.baseline else None
    for year, aim in given.targets.items():
        state = aim.state if isinstance(aim, Amount) else None
        if start and state and given.states.index(state) < given.states.index(start):
            message = f"指標「{given.name}」の目標{year}の段階「{state}」が、基準値の「{start}」より前の段階です"
            hint = "states は早い段階から順に並べます。並びが逆でないか、段階の書き間違いがないかを確かめてください"
            yield Doubt("states-unlike", ("states",), message, hint)


def targets_are_like_their_neighbours(row: Row) -> Iterator[Doubt]:
    """A target is like those before and after it, the first one like the baseline, too."""
    aims = row.of("targets")
    series = row.planned
    offset = len(series) - len(aims)
    for at, (year, value) in enumerate(aims.items(), offset):
        near = _around(series, at)
        if near and min(*near, value) > 0 and _is_outside(row, value, near, _ends(row, at, len(series) - 1)):
            yield leap(row, ("targets", year), near)


def _ends(row: Row, at: int, last: int) -> tuple[Decimal, Decimal]:
    """Return how many times the largest near it a target is at most, and what part of the smallest at least.

    The way that is better, the first step and the last may be larger.
    """
    rises = (at == last) is not (row.indicator.direction is Direction.DECREASE)
    wide = Decimal(_JUMP if at in (0, last) else _BETWEEN)
    return (wide, _BETWEEN) if rises else (_BETWEEN, wide)


def _around(series: Sequence[Decimal], at: int) -> list[Decimal]:
    """Return the values before and after one; at either end of the series the two nearest."""
    first = min(max(0, at - 1), max(0, len(series) - 3))
    return [value for n, value in enumerate(series[first : first + 3], first) if n != at]


def _is_outside(row: Row, value: Decimal, near: Sequence[Decimal], times: tuple[Decimal, Decimal]) -> bool:
    """Return whether a value is so many times the largest of those near it, or such a part of the smallest."""
    (above, below), low, high = times, min(near), max(near)
    return (value >= above * high and value - high >= row.few) or (below * value <= low and low - value >= row.few)


def targets_do_not_fall_back(row: Row) -> Iterator[Doubt]:
    """Targets that get better do not get worse on the way; a decline planned from the first year on is none."""
    aims = row.of("targets")
    years = {row.indicator.baseline_year: row.baseline, **aims} if adds_up(row) and row.baseline is not None else aims
    steps = [(before, year, _better(row, years[before], years[year])) for before, year in pairwise(years)]
    if ("direction",) in row.doubted or not any(better > 0 for *_, better in steps):
        return
    for before, year, better in steps:
        if better < 0:
            was = "目標" if before in aims else "基準値"
            values = f"{was}{before}の{row.shown(years[before])}から目標{year}の{row.shown(years[year])}"
            message = f"指標「{row.indicator.name}」の目標が、途中で後戻りしています（{values}）"
            hint = "目標値の書き間違いでないかを、総合戦略で確かめてください"
            yield Doubt("target-falls-back", ("targets", year), message, hint)


def _better(row: Row, before: Decimal, now: Decimal) -> Decimal:
    return before - now if row.indicator.direction is Direction.DECREASE else now - before
