"""One indicator at one place: rate, progress, met or not, rating, the reasons for what is not stated, and every step.

The steps are written where the figures are decided, so that an explanation cannot tell another story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.comparison import Relation, Width
from pipeline.model.results import Assessment, Conditional, Count, Step
from pipeline.model.scheme import Formula, Judged, Lower, Missing, Scheme
from pipeline.model.strategy import Amount, Direction, Indicator, Kind, Rebased, Shown
from pipeline.stages.compute import percentages, steps, worded
from pipeline.stages.compute.bands import BOUNDLESS, NO_BASELINE, Facts, Level
from pipeline.stages.compute.decision import decide, entered, undecided
from pipeline.stages.compute.indicator_year import (
    Benchmark,
    Gap,
    IndicatorYear,
    aim,
    benchmark,
    by_way,
    elapsed,
    gap,
    indicator_year,
    previous,
    target_year,
)
from pipeline.stages.compute.on_year import on_year
from pipeline.stages.compute.percentages import Quotient
from pipeline.stages.compute.step_text import exactly, with_unit
from pipeline.wording import ratings
from pipeline.wording.numbers import number
from pipeline.wording.revisions import as_of

_EXACT = (Relation.ABOVE, Relation.EQUAL, Relation.NOT_ABOVE)
"""What tells exactly the target from more than it."""

WHOLE = (Kind.MILESTONE, Kind.ACTION)
"""Kinds of which half is no share: they are reached or not."""

_FALLING = {
    Lower.INVERSE: percentages.inverse,
    Lower.MIRROR: percentages.mirror,
}
"""The ratio where lower is better; the way from the baseline is none."""

_NO_RATE = "率を使わない判定のため"


class _Rate(Struct, frozen=True):
    """The rate of a year: exact within its bounds or None with the reason, and the steps that led there."""

    exact: Fraction | None
    reason: str | None
    steps: tuple[Step, ...]


def assess(shown: Shown, year: str, scheme: Scheme, years: tuple[str, ...] = ()) -> Assessment:
    """Return the assessment of an indicator in a year of the plan's ``years`` by a scheme; absent figures are never
    treated as zero.
    """
    plan = as_of(shown.indicator, year)
    judged = indicator_year(plan, year, years, scheme)
    conditional = _conditional(replace(shown, indicator=plan), year, scheme, years)
    found = replace(_assess(shown, judged), year=year, actual_year=judged.year, target_year=target_year(judged))
    return replace(found, conditional=conditional, plan=plan, on_year=on_year(plan, year))


def assess_by_all(shown: Shown, year: str, schemes: Sequence[Scheme], years: tuple[str, ...]) -> Assessment:
    """Return the assessment of an indicator by the first scheme, and besides by each of the others, with the rating
    entered for that.
    """
    main, *further = schemes
    others = (
        assess(replace(shown, indicator=_entered_for(scheme, shown.indicator)), year, scheme, years)
        for scheme in further
    )
    return replace(assess(shown, year, main, years), others=tuple(others))


def _entered_for(scheme: Scheme, indicator: Indicator) -> Indicator:
    return replace(indicator, judgement=indicator.judgements.get(scheme.name))


def count(assessments: Iterable[Assessment]) -> Count:
    """Return how many places have which judgement."""
    found = Counter(map(_counted, assessments))
    return Count(found["met"], found["unmet"], found["no_data"], found["undecided"], found["other"])


def _counted(assessment: Assessment) -> str:
    """Return which of the counts a place belongs to: what prints no rating is neither met nor unmet."""
    if assessment.rating is None:
        return "no_data" if assessment.without_data else "undecided"
    return "other" if assessment.met is None else "met" if assessment.met else "unmet"


def is_met(indicator: Indicator, benchmark: Benchmark, actual: Amount, tolerance: Width | None = None) -> bool:
    """Return whether the target is met: the number by the direction, and of a milestone the target's state or a later.

    With a tolerance an indicator to be maintained is met within it, and only there.
    """
    if tolerance is not None and indicator.direction is Direction.MAINTAIN:
        return percentages.standing(actual.number, benchmark.number, indicator.direction, tolerance) == 0
    if not percentages.reaches(actual.number, benchmark.number, indicator.direction):
        return False
    return benchmark.state is None or _rank(indicator, actual.state) >= _rank(indicator, benchmark.state)


def _conditional(shown: Shown, year: str, scheme: Scheme, years: tuple[str, ...]) -> Conditional | None:
    """Judge once more by the revised baseline, where there is one."""
    indicator, rebased = shown.indicator, shown.indicator.rebased
    if rebased is None:
        return None
    targets = {**indicator.targets, **rebased.targets}
    lines = {**indicator.places.targets, **rebased.places.targets}
    places = replace(indicator.places, baseline=rebased.places.baseline, targets=lines)
    revised = replace(indicator, baseline=rebased.baseline, targets=targets, rebased=None, places=places)
    again = _assess(shown, indicator_year(revised, year, years, scheme))
    condition = f"{'、'.join(_changes(indicator, rebased))}に改めた場合（{rebased.reason}）"
    return Conditional(condition, again.rate, again.rating, again.steps, again.unrated, again.met, again.reason)


def _changes(indicator: Indicator, rebased: Rebased) -> Iterator[str]:
    """Yield what is revised: the baseline, and every target that moves with it."""
    yield f"基準値を{with_unit(rebased.baseline, indicator)}"
    for year, target in rebased.targets.items():
        yield f"{year}の目標を{with_unit(target, indicator)}"


def _assess(shown: Shown, judged: IndicatorYear) -> Assessment:
    given = (*steps.given(judged), steps.method(judged), *steps.latest(judged))
    lacking, actual, words = gap(judged), judged.actual, worded.in_words(judged)
    if judged.method.formula is Formula.FIXED:
        return _fixed(shown, judged, given)
    if words and not words.is_tested:
        lacking = worded.not_entered(judged)
        return _without_data(shown, judged, lacking, given) if lacking else worded.assess(shown, judged, words, given)
    if lacking or not isinstance(actual, Amount):
        return _without_data(shown, judged, lacking, given)
    if words:
        return worded.assess(shown, judged, words, given)
    target = benchmark(judged)
    if isinstance(target, str):
        return replace(_without_data(shown, judged, Gap(None, target), given), without_data=False)
    return _judged(shown, judged, target, actual, given)


def _judged(
    shown: Shown, judged: IndicatorYear, target: Benchmark | None, actual: Amount, given: tuple[Step, ...]
) -> Assessment:
    met = None if target is None else is_met(judged.indicator, target, actual, judged.method.tolerance)
    rate = _rate(judged, target, actual, met is True)
    way = _progress(judged, target, actual)
    decision = decide(judged, _facts(judged, target, actual, met is True, rate), rate.exact)
    unfinished = _is_unfinished(judged, met is True) and decision.band and not judged.method.entered
    reached = () if target is None or met is None else (steps.met(judged, target, actual, met),)
    return Assessment(
        shown,
        rate=None if rate.exact is None else printed(rate.exact, judged),
        progress=None if isinstance(way, str) else _way_printed(way, judged),
        met=met,
        rating=decision.band,
        rate_reason=rate.reason,
        rating_reason=rate.reason if unfinished else decision.reason,
        progress_reason=way if isinstance(way, str) else None,
        scheme=judged.scheme,
        unrated=decision.unrated,
        aim=aim(judged),
        steps=(*given, *(target.steps if target else ()), *rate.steps, *reached, decision.step),
    )


def _fixed(shown: Shown, judged: IndicatorYear, given: tuple[Step, ...]) -> Assessment:
    """Return the rating that needs no figures; met is told where it can be."""
    decision = decide(judged, Facts(judged.indicator.direction, met=False), None)
    return Assessment(
        shown,
        rate=None,
        progress=None,
        met=None,
        rating=decision.band,
        rate_reason=None,
        rating_reason=decision.reason,
        progress_reason=_NO_RATE,
        scheme=judged.scheme,
        unrated=decision.unrated,
        steps=(*given, decision.step),
    )


def _without_data(shown: Shown, judged: IndicatorYear, lacking: Gap | None, given: tuple[Step, ...]) -> Assessment:
    """Return what can be said without figures: a person may have entered a rating that needs none."""
    unknown = lacking or Gap(Missing.BLANK, "実績が未記入のため")
    by_hand = judged.method.entered and judged.indicator.judgement
    facts = Facts(judged.indicator.direction, met=unknown, level=unknown)
    decision = entered(judged, facts) if by_hand else undecided(judged, unknown)
    return Assessment(
        shown,
        rate=None,
        progress=None,
        met=None,
        rating=decision.band,
        rate_reason=unknown.reason,
        rating_reason=decision.reason,
        progress_reason=unknown.reason,
        scheme=judged.scheme,
        unrated=decision.unrated,
        without_data=True,
        aim=aim(judged),
        steps=(*given, decision.step),
    )


def _rate(judged: IndicatorYear, target: Benchmark | None, actual: Amount, met: bool) -> _Rate:
    """Return the exact rate within its bounds, or the reason why none is stated."""
    if target is None or not ratings.rated(judged.method):
        return _Rate(None, None, ())
    found = _quotient(judged, target, actual, met)
    if isinstance(found, str):
        return _Rate(None, found, (steps.no_rate(judged, found),))
    exact = _bounded(found.value, judged)
    return _Rate(exact, None, steps.rate(judged, found, exact, printed(exact, judged)))


def _quotient(judged: IndicatorYear, target: Benchmark, actual: Amount, met: bool) -> Quotient | str:
    """Divide as the formula says: half a milestone is no share of it, and a range has no rate."""
    indicator = judged.indicator
    if _is_unfinished(judged, met):
        return _unfinished(indicator, target, actual)
    if _is_range(judged):
        return "維持する範囲に入っているかで判断するため"
    if by_way(judged):
        return _way(judged, target, actual)
    if indicator.direction is not Direction.DECREASE:
        return percentages.ratio(actual.number, target.number)
    return _FALLING[judged.method.lower](actual.number, target.number)


def _way(judged: IndicatorYear, target: Benchmark, actual: Amount) -> Quotient | str:
    if judged.indicator.baseline is None:
        return "基準値がないため"
    baseline = judged.indicator.baseline.number
    return percentages.way(actual.number, target.number, baseline, judged.indicator.direction)


def _progress(judged: IndicatorYear, target: Benchmark | None, actual: Amount) -> Fraction | str:
    """Return the exact progress as it is told beside any rate, or the reason why none is stated."""
    if target is None:
        return "目標がないため"
    if judged.indicator.states:
        return "状態で判断する指標のため"
    if judged.indicator.baseline is None:
        return "基準値がないため"
    found = percentages.way(actual.number, target.number, judged.indicator.baseline.number, judged.indicator.direction)
    return found if isinstance(found, str) else found.value


def _bounded(exact: Fraction, judged: IndicatorYear) -> Fraction:
    method = judged.method
    upper = exact if method.cap is None else min(exact, Fraction(method.cap))
    return upper if method.floor is None else max(upper, Fraction(method.floor))


def printed(exact: Fraction, judged: IndicatorYear) -> Decimal:
    """Return a rate as printed (%), never rounded across a limit of the bands unless they judge what is printed."""
    rounding, decimals, bands = judged.method.rounding, judged.method.decimals, judged.method.bands
    full = Fraction(percentages.FULL)
    beyond = [full for band in bands if band.target in _EXACT and band.tolerance is None]
    if judged.method.judged is Judged.PRINTED:
        return percentages.printed(exact, rounding, decimals, (full,), beyond)
    share = _pace(judged)
    at_least = [Fraction(band.at_least) * share for band in bands if band.at_least is not None]
    over = [Fraction(band.over) * share for band in bands if band.over is not None]
    return percentages.printed(exact, rounding, decimals, (full, *at_least), (*over, *beyond))


def _way_printed(exact: Fraction, judged: IndicatorYear) -> Decimal:
    return percentages.printed(exact, judged.method.rounding, judged.method.decimals, (percentages.FULL,))


def _pace(judged: IndicatorYear) -> Fraction:
    """Return what the limits of the bands are to be multiplied with for a rate: the elapsed share, or 1."""
    return (elapsed(judged) or Fraction(1)) if judged.method.judged is Judged.PACE else Fraction(1)


def _facts(judged: IndicatorYear, target: Benchmark | None, actual: Amount, met: bool, rate: _Rate) -> Facts:
    baseline, before = judged.indicator.baseline, previous(judged)
    return Facts(
        judged.indicator.direction,
        met,
        _level(judged, target, actual, met, rate.reason) if rate.exact is None else _judged_rate(rate.exact, judged),
        below=BOUNDLESS if met or judged.method.judged is Judged.PACE else percentages.FULL,
        actual=actual.number,
        target=target.number if target else None,
        baseline=baseline.number if baseline else None,
        previous=before.amount.number if before else None,
    )


def _judged_rate(exact: Fraction, judged: IndicatorYear) -> Fraction:
    return Fraction(printed(exact, judged)) if judged.method.judged is Judged.PRINTED else exact / _pace(judged)


def _level(judged: IndicatorYear, target: Benchmark | None, actual: Amount, met: bool, reason: str | None) -> Level:
    """Return what the limits of the bands are held against where there is no rate.

    Met stands for 100 %. Where lower is better the rate grows beyond all limits as the actual comes to zero. Unmet
    reaches no band that asks for a rate where none is used, or where it is zero or less: an unfinished milestone is
    未達成, however near its number. Where a formula says nothing, nothing is known but that the target is not met.
    """
    falling = judged.indicator.direction is Direction.DECREASE and not by_way(judged)
    if falling and target and actual.number <= 0 < target.number:
        return BOUNDLESS
    if met:
        return Fraction(percentages.FULL)
    if target is None or reason is None or _is_unfinished(judged, met) or _is_range(judged):
        return -BOUNDLESS
    if by_way(judged):
        return NO_BASELINE if judged.indicator.baseline is None else Gap(None, reason)
    return _unprinted(judged, target, actual, reason)


def _unprinted(judged: IndicatorYear, target: Benchmark, actual: Amount, reason: str) -> Level:
    """Return the ratio that is zero or less and not printed, of what misses its target; or why there is none."""
    falling = judged.indicator.direction is Direction.DECREASE
    if actual.number < 0 < target.number:
        return Fraction(100 * actual.number) / Fraction(target.number)
    if falling and target.number == 0 < actual.number and judged.method.lower is Lower.INVERSE:
        return Fraction(0)
    return Gap(None, reason)


def _is_unfinished(judged: IndicatorYear, met: bool) -> bool:
    """Return whether what is reached or not is not reached."""
    return judged.indicator.kind in WHOLE and not met


def _is_range(judged: IndicatorYear) -> bool:
    """Return whether the target is a range, in which the actual is or is not."""
    return judged.method.tolerance is not None and judged.indicator.direction is Direction.MAINTAIN


def _rank(indicator: Indicator, state: str | None) -> int:
    """Return the place of a milestone's state in its order; -1 where none is stated."""
    return indicator.states.index(state) if state else -1


def _unfinished(indicator: Indicator, target: Benchmark, actual: Amount) -> str:
    if target.state and _rank(indicator, actual.state) < _rank(indicator, target.state):
        return f"{actual.state or '状態の記入なし'}（目標は{target.state}）"
    aim, unit = target.number, indicator.unit
    shown = number(aim, indicator.decimals) if isinstance(aim, Decimal) else exactly(aim)
    return f"{number(actual.number, indicator.decimals)}{unit}（目標は{shown}{unit}）"
