"""One indicator at one place: rate, progress, met or not, rating, the reasons for what is not stated, and every step.

The steps are written where the figures are decided, so that an explanation cannot tell another story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pipeline.model.results import Assessment, Conditional, Count, Step
from pipeline.model.scheme import Band, Formula, Judged, Lower, Missing, NoRating, Relation, Scheme, Width
from pipeline.model.strategy import Amount, Direction, Indicator, Kind, Revision, Shown
from pipeline.stages.compute import figures, steps
from pipeline.stages.compute.bands import BOUNDLESS, NO_BASELINE, Facts, Level, choose, holds
from pipeline.stages.compute.case import Case, Gap, Goal, aim, by_way, case, elapsed, gap, goal, previous
from pipeline.stages.compute.figures import Quotient
from pipeline.stages.compute.wording import exactly, with_unit
from pipeline.wording import ratings
from pipeline.wording.numbers import number

_EXACT = (Relation.ABOVE, Relation.EQUAL, Relation.NOT_ABOVE)
"""What tells exactly the target from more than it."""

WHOLE = (Kind.MILESTONE, Kind.ACTION)
"""Kinds of which half is no share: they are reached or not."""

_NO_RATE = "率を使わない判定のため"


@dataclass(frozen=True, slots=True)
class _Rate:
    """The rate of a case: exact within its bounds or None with the reason, and the steps that led there."""

    exact: Fraction | None
    reason: str | None
    steps: tuple[Step, ...]


def assess(shown: Shown, year: str, scheme: Scheme, years: tuple[str, ...] = ()) -> Assessment:
    """Assess an indicator in a year of the plan's ``years`` by a scheme; absent figures are never treated as zero."""
    assessment = _assess(shown, case(shown.indicator, year, years, scheme))
    return replace(assessment, conditional=_conditional(shown, year, scheme, years))


def count(assessments: Iterable[Assessment]) -> Count:
    """Return how many places have which judgement."""
    found = Counter(map(_counted, assessments))
    return Count(found["met"], found["unmet"], found["no_data"], found["undecided"], found["other"])


def _counted(assessment: Assessment) -> str:
    """Return which of the counts a place belongs to: what prints no rating is neither met nor unmet."""
    if assessment.rating is None:
        return "no_data" if assessment.without_data else "undecided"
    return "other" if assessment.met is None else "met" if assessment.met else "unmet"


def is_met(indicator: Indicator, goal: Goal, actual: Amount, tolerance: Width | None = None) -> bool:
    """Return whether the target is met: the number by the direction, and of a milestone the target's state or a later.

    With a tolerance an indicator to be maintained is met within it, and only there.
    """
    if tolerance is not None and indicator.direction is Direction.MAINTAIN:
        return figures.standing(actual.number, goal.number, indicator.direction, tolerance) == 0
    if not figures.reaches(actual.number, goal.number, indicator.direction):
        return False
    return goal.state is None or _rank(indicator, actual.state) >= _rank(indicator, goal.state)


def _conditional(shown: Shown, year: str, scheme: Scheme, years: tuple[str, ...]) -> Conditional | None:
    """Judge once more by the revised baseline, where there is one."""
    indicator, revision = shown.indicator, shown.indicator.revision
    if revision is None:
        return None
    targets = {**indicator.targets, **revision.targets}
    lines = {**indicator.places.targets, **revision.places.targets}
    places = replace(indicator.places, baseline=revision.places.baseline, targets=lines)
    revised = replace(indicator, baseline=revision.baseline, targets=targets, revision=None, places=places)
    again = _assess(shown, case(revised, year, years, scheme))
    condition = f"{'、'.join(_changes(indicator, revision))}に改めた場合（{revision.reason}）"
    return Conditional(condition, again.rate, again.rating, again.steps, again.unrated, again.met, again.reason)


def _changes(indicator: Indicator, revision: Revision) -> Iterator[str]:
    """Yield what is revised: the baseline, and every target that moves with it."""
    yield f"基準値を{with_unit(revision.baseline, indicator)}"
    for year, target in revision.targets.items():
        yield f"{year}の目標を{with_unit(target, indicator)}"


def _assess(shown: Shown, case: Case) -> Assessment:
    given = (*steps.given(case), steps.method(case))
    lacking, actual = gap(case), case.actual
    if case.method.formula is Formula.FIXED:
        return _fixed(shown, case, given)
    if lacking or not isinstance(actual, Amount):
        return _without_data(shown, case, lacking, given)
    target = goal(case)
    if isinstance(target, str):
        return replace(_without_data(shown, case, Gap(None, target), given), without_data=False)
    return _judged(shown, case, target, actual, given)


def _judged(shown: Shown, case: Case, target: Goal | None, actual: Amount, given: tuple[Step, ...]) -> Assessment:
    met = None if target is None else is_met(case.indicator, target, actual, case.method.tolerance)
    rate = _rate(case, target, actual, met is True)
    way = _progress(case, target, actual)
    decision = _decide(case, _facts(case, target, actual, met is True, rate), rate.exact)
    unfinished = _is_unfinished(case, met is True) and decision.band and not case.method.entered
    reached = () if target is None or met is None else (steps.met(case, target, actual, met),)
    return Assessment(
        shown,
        rate=None if rate.exact is None else printed(rate.exact, case),
        progress=None if isinstance(way, str) else _way_printed(way, case),
        met=met,
        rating=decision.band,
        rate_reason=rate.reason,
        rating_reason=rate.reason if unfinished else decision.reason,
        progress_reason=way if isinstance(way, str) else None,
        unrated=decision.unrated,
        aim=aim(case),
        steps=(*given, *(target.steps if target else ()), *rate.steps, *reached, decision.step),
    )


def _fixed(shown: Shown, case: Case, given: tuple[Step, ...]) -> Assessment:
    """Return the rating that needs no figures; met is told where it can be."""
    decision = _decide(case, Facts(case.indicator.direction, met=False), None)
    told, none = (*given, decision.step), decision.unrated
    return Assessment(shown, None, None, None, decision.band, None, decision.reason, _NO_RATE, none, steps=told)


def _without_data(shown: Shown, case: Case, lacking: Gap | None, given: tuple[Step, ...]) -> Assessment:
    """Return what can be said without figures: a person may have entered a rating that needs none."""
    unknown = lacking or Gap(Missing.BLANK, "実績が未記入のため")
    entered = case.method.entered and case.indicator.judgement
    facts = Facts(case.indicator.direction, met=unknown, level=unknown)
    decision = _entered(case, facts) if entered else _undecided(case, unknown)
    return Assessment(
        shown,
        rate=None,
        progress=None,
        met=None,
        rating=decision.band,
        rate_reason=unknown.reason,
        rating_reason=decision.reason,
        progress_reason=unknown.reason,
        unrated=decision.unrated,
        without_data=True,
        aim=aim(case),
        steps=(*given, decision.step),
    )


def _rate(case: Case, target: Goal | None, actual: Amount, met: bool) -> _Rate:
    """Return the exact rate within its bounds, or the reason why none is stated."""
    if target is None or not ratings.rated(case.method):
        return _Rate(None, None, ())
    found = _quotient(case, target, actual, met)
    if isinstance(found, str):
        return _Rate(None, found, (steps.no_rate(case, found),))
    exact = _bounded(found.value, case)
    return _Rate(exact, None, steps.rate(case, found, exact, printed(exact, case)))


def _quotient(case: Case, target: Goal, actual: Amount, met: bool) -> Quotient | str:
    """Divide as the formula says: half a milestone is no share of it, and a range has no rate."""
    indicator, lower = case.indicator, case.method.lower
    if _is_unfinished(case, met):
        return _unfinished(indicator, target, actual)
    if _is_range(case):
        return "維持する範囲に入っているかで判断するため"
    if by_way(case):
        return _way(case, target, actual)
    if indicator.direction is not Direction.DECREASE:
        return figures.ratio(actual.number, target.number)
    return (figures.mirror if lower is Lower.MIRROR else figures.inverse)(actual.number, target.number)


def _way(case: Case, target: Goal, actual: Amount) -> Quotient | str:
    if case.indicator.baseline is None:
        return "基準値がないため"
    baseline = case.indicator.baseline.number
    return figures.way(actual.number, target.number, baseline, case.indicator.direction)


def _progress(case: Case, target: Goal | None, actual: Amount) -> Fraction | str:
    """Return the exact progress as it is told beside any rate, or the reason why none is stated."""
    if target is None:
        return "目標がないため"
    if case.indicator.states:
        return "状態で判断する指標のため"
    if case.indicator.baseline is None:
        return "基準値がないため"
    found = figures.way(actual.number, target.number, case.indicator.baseline.number, case.indicator.direction)
    return found if isinstance(found, str) else found.value


def _bounded(exact: Fraction, case: Case) -> Fraction:
    method = case.method
    upper = exact if method.cap is None else min(exact, Fraction(method.cap))
    return upper if method.floor is None else max(upper, Fraction(method.floor))


def printed(exact: Fraction, case: Case) -> Decimal:
    """Round a rate as it is printed, never across a limit of the bands unless they judge what is printed."""
    rounding, decimals, bands = case.method.rounding, case.method.decimals, case.method.bands
    full = Fraction(figures.FULL)
    beyond = [full for band in bands if band.target in _EXACT and band.tolerance is None]
    if case.method.judged is Judged.PRINTED:
        return figures.printed(exact, rounding, decimals, (full,), beyond)
    share = _pace(case)
    at_least = [Fraction(band.at_least) * share for band in bands if band.at_least is not None]
    over = [Fraction(band.over) * share for band in bands if band.over is not None]
    return figures.printed(exact, rounding, decimals, (full, *at_least), (*over, *beyond))


def _way_printed(exact: Fraction, case: Case) -> Decimal:
    return figures.printed(exact, case.method.rounding, case.method.decimals, (figures.FULL,))


def _pace(case: Case) -> Fraction:
    """Return what the limits of the bands are to be multiplied with for a rate: the elapsed share, or 1."""
    return (elapsed(case) or Fraction(1)) if case.method.judged is Judged.PACE else Fraction(1)


def _facts(case: Case, target: Goal | None, actual: Amount, met: bool, rate: _Rate) -> Facts:
    baseline, before = case.indicator.baseline, previous(case)
    return Facts(
        case.indicator.direction,
        met,
        _level(case, target, actual, met, rate.reason) if rate.exact is None else _judged_rate(rate.exact, case),
        below=BOUNDLESS if met or case.method.judged is Judged.PACE else figures.FULL,
        actual=actual.number,
        target=target.number if target else None,
        baseline=baseline.number if baseline else None,
        previous=before.amount.number if before else None,
    )


def _judged_rate(exact: Fraction, case: Case) -> Fraction:
    return Fraction(printed(exact, case)) if case.method.judged is Judged.PRINTED else exact / _pace(case)


def _level(case: Case, target: Goal | None, actual: Amount, met: bool, reason: str | None) -> Level:
    """Return what the limits of the bands are held against where there is no rate.

    Met stands for 100 %. Where lower is better the rate grows beyond all limits as the actual comes to zero. Unmet
    reaches no band that asks for a rate where none is used, or where it is zero or less: an unfinished milestone is
    未達成, however near its number. Where a formula says nothing, nothing is known but that the target is not met.
    """
    falling = case.indicator.direction is Direction.DECREASE and not by_way(case)
    if falling and target and actual.number <= 0 < target.number:
        return BOUNDLESS
    if met:
        return Fraction(figures.FULL)
    if target is None or reason is None or _is_unfinished(case, met) or _is_range(case):
        return -BOUNDLESS
    if by_way(case):
        return NO_BASELINE if case.indicator.baseline is None else Gap(None, reason)
    return _unprinted(case, target, actual, reason)


def _unprinted(case: Case, target: Goal, actual: Amount, reason: str) -> Level:
    """Return the ratio that is zero or less and not printed, of what misses its target; or why there is none."""
    falling = case.indicator.direction is Direction.DECREASE
    if actual.number < 0 < target.number:
        return Fraction(100 * actual.number) / Fraction(target.number)
    if falling and target.number == 0 < actual.number and case.method.lower is Lower.INVERSE:
        return Fraction(0)
    return Gap(None, reason)


@dataclass(frozen=True, slots=True)
class _Decision:
    """The rating, or None with the reason and what prints in its place; and the step that tells it."""

    band: Band | None
    reason: str | None
    step: Step
    unrated: NoRating | None = None


def _decide(case: Case, facts: Facts, exact: Fraction | None) -> _Decision:
    if case.method.entered:
        return _entered(case, facts)
    found = choose(case.method.bands, facts)
    if isinstance(found, Gap):
        return _undecided(case, found)
    if found is None:
        return _open(case, "当てはまる区分がないため")
    return _Decision(found, None, steps.decided(case, found, facts, exact))


def _undecided(case: Case, lacking: Gap) -> _Decision:
    """Return what the scheme says for a missing figure: a band, or what prints where there is no rating."""
    printed = case.scheme.missing.get(lacking.cause, case.scheme.none) if lacking.cause else case.scheme.none
    told = steps.undecided(printed, lacking.reason)
    if isinstance(printed, Band):
        return _Decision(printed, lacking.reason, told)
    return _Decision(None, lacking.reason, told, printed)


def _open(case: Case, reason: str) -> _Decision:
    return _Decision(None, reason, steps.undecided(case.scheme.none, reason), case.scheme.none)


def _entered(case: Case, facts: Facts) -> _Decision:
    """Take the rating that a person entered, as far as its conditions allow it."""
    judgement = case.indicator.judgement
    if judgement is None:
        return _open(case, "判定が記入されていないため")
    band = next((band for band in case.method.bands if band.code == judgement.code), None)
    if band is None:
        return _open(case, f"記入された判定「{judgement.code}」が、この指標の判定の区分にないため")
    found = holds(band, facts)
    if found is True:
        return _Decision(band, None, steps.entered(case, band, judgement))
    return _open(case, _refusal(case, band, found))


def _refusal(case: Case, band: Band, found: bool | Gap) -> str:
    """Return why a rating that was entered cannot stand."""
    asked = "、".join(ratings.conditions(band, case.method, case.scheme.rate_name)).removesuffix("の")
    if isinstance(found, Gap):
        unknown = found.reason.removesuffix("ため").removesuffix("の")
        return f"{unknown}で、記入された判定「{band.label}」の限度（{asked}）を確かめられないため"
    return f"記入された判定「{band.label}」の限度（{asked}）に当てはまらないため"


def _is_unfinished(case: Case, met: bool) -> bool:
    """Return whether what is reached or not is not reached."""
    return case.indicator.kind in WHOLE and not met


def _is_range(case: Case) -> bool:
    """Return whether the target is a range, in which the actual is or is not."""
    return case.method.tolerance is not None and case.indicator.direction is Direction.MAINTAIN


def _rank(indicator: Indicator, state: str | None) -> int:
    """Return the place of a milestone's state in its order; -1 where none is stated."""
    return indicator.states.index(state) if state else -1


def _unfinished(indicator: Indicator, target: Goal, actual: Amount) -> str:
    if target.state and _rank(indicator, actual.state) < _rank(indicator, target.state):
        return f"{actual.state or '状態の記入なし'}（目標は{target.state}）"
    aim, unit = target.number, indicator.unit
    shown = number(aim, indicator.decimals) if isinstance(aim, Decimal) else exactly(aim)
    return f"{number(actual.number, indicator.decimals)}{unit}（目標は{shown}{unit}）"
