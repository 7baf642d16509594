"""Figures that the plan was changed in: by which plan a year is rated, their marks, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from msgspec.structs import replace

from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Amount, Indicator, Revision, Value, Worded
from pipeline.wording.era import date_in_text, gregorian
from pipeline.wording.numbers import value


def as_of(indicator: Indicator, year: str) -> Indicator:
    """Return an indicator by the plan that rates a year: what was changed only later is as it was before."""
    return reduce(_before, reversed(later(indicator, year)), indicator)


def later(indicator: Indicator, year: str) -> tuple[Revision, ...]:
    """Return the revisions that do not hold yet for the rating of a year."""
    return tuple(one for one in indicator.revisions if gregorian(one.since) > gregorian(year))


def _before(indicator: Indicator, revision: Revision) -> Indicator:
    places, figure = indicator.places, revision.before
    if revision.year:
        lines = {**places.targets, revision.year: revision.before_place}
        targets = {**indicator.targets, revision.year: figure}
        return replace(indicator, targets=targets, places=replace(places, targets=lines))
    start = figure if isinstance(figure, Amount) else None
    return replace(indicator, baseline=start, places=replace(places, baseline=revision.before_place))


def mark(indicator: Indicator, year: str = "") -> str:
    """Return what stands beside the target of a year, or the baseline, where it was revised: ※2; else nothing."""
    return "".join(f"※{one.number}" for one in indicator.revised(year))


def notes(indicators: Iterable[Indicator]) -> list[str]:
    """Return the notes of all marks on some indicators, in the order of their numbers, each once."""
    found = {one.number: note(indicator, one) for indicator in indicators for one in indicator.revisions}
    return [found[number] for number in sorted(found)]


def note(indicator: Indicator, revision: Revision) -> str:
    """Return what a mark stands for: which figure was changed when, from what to what, why, and what it rates."""
    change = f"{figure(indicator, revision.before)}から{figure(indicator, revision.after)}に改めました"
    reason = revision.reason.rstrip("。")
    return (
        f"※{revision.number}「{indicator.name}」の{called(revision)}は、{day(revision)}に{change}（{reason}）。"
        f"{revision.since}の評価から用い、それより前の年度は改める前の値で判定しています。"
    )


def short(indicator: Indicator, revision: Revision) -> str:
    """Return what a mark stands for where there is little room: ※2 R6の目標は改定後（改定前は100件）."""
    return f"※{revision.number} {called(revision)}は改定後（改定前は{figure(indicator, revision.before)}）"


def called(revision: Revision) -> str:
    """Name the figure that was changed: R6の目標, 基準値."""
    return f"{revision.year}の目標" if revision.year else "基準値"


def day(revision: Revision) -> str:
    """Write the day of a revision as the report writes days."""
    return date_in_text(revision.date, revision.since)


def figure(indicator: Indicator, one: Value) -> str:
    """Write a figure of the plan with its unit; なし where there was none."""
    if isinstance(one, Worded):
        return f"「{one.words}」"
    return f"{value(one, indicator.decimals)}{indicator.unit}" if isinstance(one, Amount) else "なし"


def listed(evaluation: Evaluation) -> list[tuple[Indicator, Revision]]:
    """Return all revisions with their indicators, in the order of their numbers."""
    found = [(indicator, one) for indicator in evaluation.indicators for one in indicator.revisions]
    return sorted(found, key=lambda pair: pair[1].number)
