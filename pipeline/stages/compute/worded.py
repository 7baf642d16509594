"""An indicator whose target is set in words (前年度より増加): no rate; met by the words' own test, or as entered."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.model.results import Assessment, Step
from pipeline.model.scheme import Missing
from pipeline.model.strategy import Absence, Amount, Shown, Worded
from pipeline.stages.compute.bands import BOUNDLESS, NO_BASELINE, NO_PREVIOUS, Facts, all_hold, stands
from pipeline.stages.compute.decision import Decision, decide, entered, undecided
from pipeline.stages.compute.indicator_year import Gap, IndicatorYear, aim, needs_target, previous, target_year
from pipeline.stages.compute.percentages import FULL
from pipeline.stages.compute.step_text import with_unit
from pipeline.wording import ratings


def in_words(judged: IndicatorYear) -> Worded | None:
    """Return the target that counts, where it is in words."""
    target = judged.indicator.targets.get(target_year(judged))
    return target if isinstance(target, Worded) and needs_target(judged.method) else None


def is_entered(judged: IndicatorYear) -> bool:
    """Return whether a person is to enter the rating: the method says so, or nothing else can tell."""
    target = in_words(judged)
    return judged.method.entered or (target is not None and not target.is_tested)


def assess(shown: Shown, judged: IndicatorYear, target: Worded, given: tuple[Step, ...]) -> Assessment:
    """Assess what has an actual, or a rating that was entered."""
    facts = _facts(judged)
    found = all_hold(_conditions(target, facts)) if target.is_tested else None
    decision = _decision(judged, facts, found)
    met = found if isinstance(found, bool) else _as_entered(judged, decision)
    reason = f"目標が「{target.words}」と言葉で定められているため"
    tested = (_told(judged, target, found),) if isinstance(found, bool) else ()
    return Assessment(
        shown,
        rate=None,
        progress=None,
        met=met,
        rating=decision.band,
        rate_reason=reason if ratings.rated(judged.method) else None,
        rating_reason=decision.reason,
        progress_reason=reason,
        scheme=judged.scheme,
        unrated=decision.unrated,
        without_data=isinstance(found, Gap),
        aim=aim(judged),
        steps=(*given, *tested, decision.step),
    )


def not_entered(judged: IndicatorYear) -> Gap | None:
    """Return why there is no rating, where a person is to enter it and no figure stands for anything, either."""
    actual = judged.actual
    if judged.indicator.judgement or isinstance(actual, Amount):
        return None
    cause = Missing.ENDED if actual is Absence.ENDED else Missing.BLANK
    return Gap(cause, "目標が言葉で定められており、判定が記入されていないため")


def _facts(judged: IndicatorYear) -> Facts:
    indicator, before = judged.indicator, previous(judged)
    return Facts(
        indicator.direction,
        met=True,
        level=BOUNDLESS,
        actual=judged.actual.number if isinstance(judged.actual, Amount) else None,
        baseline=indicator.baseline.number if indicator.baseline else None,
        previous=before.amount.number if before else None,
        worded=True,
    )


def _conditions(target: Worded, facts: Facts) -> Iterator[bool | Gap]:
    """Yield what the words ask for: whether the actual is so, or what is missing to know it."""
    if target.baseline:
        yield stands(target.baseline, facts.baseline, target.tolerance, facts, NO_BASELINE)
    if target.previous:
        yield stands(target.previous, facts.previous, target.tolerance, facts, NO_PREVIOUS)
    if target.at_least is not None and facts.actual is not None:
        yield facts.actual >= target.at_least
    if target.at_most is not None and facts.actual is not None:
        yield facts.actual <= target.at_most


def _decision(judged: IndicatorYear, facts: Facts, found: bool | Gap | None) -> Decision:
    """Limits of a rate limit nothing where a person rates what has none; else met is 100 %, not met reaches none."""
    if isinstance(found, Gap):
        return undecided(judged, found)
    if found is None:
        return entered(judged, facts)
    level = BOUNDLESS if judged.method.entered else Fraction(FULL) if found else -BOUNDLESS
    return decide(judged, facts.that(met=found, level=level), None)


def _as_entered(judged: IndicatorYear, decision: Decision) -> bool | None:
    """Return whether the target is met as the rating says that was entered; None where ratings do not say so."""
    if decision.band is None or not any(band.met for band in judged.method.bands):
        return None
    return decision.band.met


def _told(judged: IndicatorYear, target: Worded, met: bool) -> Step:
    test = ratings.test(target)
    verdict = "当てはまる" if met else "当てはまらない"
    text = f"実績 {with_unit(judged.actual, judged.indicator)} は、「{target.words}」（{test}）に{verdict}"
    return Step(
        "達成", f"{'達成' if met else '未達成'}。{text}", judged.indicator.places.targets.get(target_year(judged))
    )
