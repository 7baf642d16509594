"""What sentences say without a figure: 前年度を下回った, 目標を達成した, 3年連続で増加した, 過去最多となった.

Only what cannot be true is told, and only of the indicator that the sentence plainly names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from pipeline.stages.audit.agreement import holds
from pipeline.stages.audit.claims import COMPARED_YEAR, GOAL
from pipeline.stages.audit.direction import Sign, compared, found_within
from pipeline.stages.audit.facts import Quantity, Table
from pipeline.stages.audit.numerals import parse
from pipeline.stages.audit.years import Calendar

_ROW = re.compile(r"(?P<years>[2-9]|[二三四五六七八九])(?:か年|年度?)連続(?:で|の|して)?")
_BEST = re.compile(r"(?:過去|これまでで)最(?P<least>少|低|小)?(?:多|高|大)?")
_TREND = re.compile("(?:増加|減少|上昇|低下|改善|悪化)傾向")
_TOPIC = re.compile("^(?:の|は|も|については)")
_GOAL_MET = re.compile(rf"{GOAL}(?P<words>[^◆、。]{{1,14}})")
_WHOLE = ("累計", "合計", "通算")


class Said(Struct, frozen=True):
    """What words at ``start`` to ``end`` say of an indicator; ``wrong`` returns the formula that tells otherwise."""

    start: int
    end: int
    wrong: Callable[[Table], str | None]


def said(masked: str, calendar: Calendar) -> Iterator[Said]:
    """List what a sentence, its figures masked, says without figures."""
    yield from _of_years(masked, calendar)
    yield from _of_targets(masked, calendar)
    yield from _of_rows(masked)
    yield from _of_trends(masked)
    yield from _of_records(masked)


def _of_years(masked: str, calendar: Calendar) -> Iterator[Said]:
    for named in calendar.named(masked):
        against = COMPARED_YEAR.match(masked, named.end)
        found = found_within(masked, against.end() - 1, 20) if against else None
        if found:
            yield Said(named.start, found.end, _since(named.year, found.sign, whole=_is_whole(masked)))


def _of_targets(masked: str, calendar: Calendar) -> Iterator[Said]:
    for match in _GOAL_MET.finditer(masked):
        sign = compared(match["words"]) or compared(f"を{_TOPIC.sub('', match['words'])}")
        years = [
            n.year for n in calendar.named(masked, 0, match.start()) if masked[n.end : match.start()] in ("", "の")
        ]
        if sign:
            yield Said(match.start(), match.end(), _against_target(years[-1] if years else None, sign))


def _of_rows(masked: str) -> Iterator[Said]:
    for match in _ROW.finditer(masked):
        found = found_within(masked, match.end(), 12)
        number = parse(match["years"])
        if found and number and found.sign in (Sign.UP, Sign.DOWN, Sign.BETTER, Sign.WORSE):
            yield Said(match.start(), found.end, _in_a_row(int(number[0]), found.sign, whole=_is_whole(masked)))


def _of_trends(masked: str) -> Iterator[Said]:
    for match in _TREND.finditer(masked):
        found = found_within(masked, match.start(), 2)
        if found:
            yield Said(match.start(), match.end(), _in_a_row(1, found.sign, whole=_is_whole(masked)))


def _of_records(masked: str) -> Iterator[Said]:
    for match in _BEST.finditer(masked):
        yield Said(match.start(), match.end(), _record(least=bool(match["least"])))


def _is_whole(masked: str) -> bool:
    return any(word in masked for word in _WHOLE)


def _refuted(sign: Sign, difference: Quantity, given: Table) -> str | None:
    return None if _holds(sign, difference.value, given) else f"{difference.name} = {difference.shown}"


def _since(year: str, sign: Sign, *, whole: bool) -> Callable[[Table], str | None]:
    def wrong(given: Table) -> str | None:
        now, then = given.actual(given.year), given.actual(year)
        if now is None or then is None or year == given.year or (given.adds_up and not whole):
            return None
        return _refuted(sign, now.less(then, given), given)

    return wrong


def _against_target(year: str | None, sign: Sign) -> Callable[[Table], str | None]:
    def wrong(given: Table) -> str | None:
        now, target = given.actual(given.year), next(given.aims(year or given.year), None)
        if now is None or target is None:
            return None
        return _refuted(sign, now.less(target, given), given)

    return wrong


def _in_a_row(number: int, sign: Sign, *, whole: bool) -> Callable[[Table], str | None]:
    def wrong(given: Table) -> str | None:
        if given.adds_up and not whole:
            return None
        steps = list(pairwise(given.actuals))[-number:]
        broken = [
            (then, now) for then, now in steps if not _holds(sign, given.actuals[now] - given.actuals[then], given)
        ]
        return _step(given, broken[-1]) if broken else None

    return wrong


def _record(*, least: bool) -> Callable[[Table], str | None]:
    def wrong(given: Table) -> str | None:
        if given.year not in given.actuals or given.adds_up:
            return None
        now = given.actuals[given.year]
        beyond = [y for y, value in given.actuals.items() if (value < now if least else value > now)]
        return _step(given, (beyond[-1], given.year)) if beyond else None

    return wrong


def _step(given: Table, years: tuple[str, str]) -> str | None:
    then, now = (given.actual(year) for year in years)
    if then is None or now is None:
        return None
    difference = now.less(then, given)
    return f"{difference.name} = {difference.shown}"


def _holds(sign: Sign, difference: Decimal, given: Table) -> bool:
    return holds(sign, Fraction(difference), given)
