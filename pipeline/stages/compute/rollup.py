"""From the indicators to the measure and the goal: means or sums, rounded and rated as the scheme says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from pipeline.model.results import Assessment, Score
from pipeline.model.scheme import Averaged, Band, RollUp, Scheme
from pipeline.model.strategy import Direction
from pipeline.stages.compute.bands import Facts, choose
from pipeline.stages.compute.percentages import printed
from pipeline.stages.compute.step_text import exactly
from pipeline.wording import ratings


class Average(Struct, frozen=True):
    """An exact average with what it was made of; None where nothing could be judged."""

    value: Fraction | None
    text: str


def scores(schemes: Sequence[Scheme], groups: Sequence[Sequence[Assessment]], *, goal: bool) -> tuple[Score, ...]:
    """Return the score by every scheme that asks for one, of a ``goal``'s places by measure, or of a measure's own."""
    found = (_score(scheme, number, groups, goal=goal) for number, scheme in enumerate(schemes))
    return tuple(one for one in found if one)


def _score(scheme: Scheme, number: int, groups: Sequence[Sequence[Assessment]], *, goal: bool) -> Score | None:
    roll_up = scheme.roll_up
    if roll_up is None:
        return None
    if goal and roll_up.goal_of_measures:
        average = of_measures([of_indicators(one, roll_up, number) for one in groups], roll_up)
    else:
        average = of_indicators([place for one in groups for place in one], roll_up, number)
    return score(average, roll_up, scheme.name)


class _Taken(Struct, frozen=True):
    """What of an indicator is averaged or summed up, and the parts that it was added from: 7＋3."""

    value: Fraction
    text: str


def of_indicators(places: Iterable[Assessment], roll_up: RollUp, number: int = 0) -> Average:
    """Return the score of what the indicators have by the scheme of a ``number``; what lacks it counts neither way."""
    every = [_taken(one, roll_up, number) for one in places]
    found = [one for one in every if one]
    value = _together([one.value for one in found], roll_up)
    if roll_up.of is Averaged.MET:
        return Average(value, f"判定できる{len(found)}指標のうち達成{sum(1 for one in found if one.value)}指標")
    what = "点数" if roll_up.of is Averaged.POINTS else "率"
    among = f"{len(every)}指標のうち{what}のある" if roll_up.total and len(found) < len(every) else ""
    return Average(value, f"{among}{len(found)}指標の{what}（{'、'.join(one.text for one in found)}）の{_how(roll_up)}")


def of_measures(averages: Sequence[Average], roll_up: RollUp) -> Average:
    """Return the score of the measures' own scores, each before it is rounded."""
    found = [one.value for one in averages if one.value is not None]
    among = f"{len(averages)}施策のうち評点のある" if roll_up.total and len(found) < len(averages) else ""
    text = f"{among}{len(found)}施策の評点（{'、'.join(map(exactly, found))}）の{_how(roll_up)}"
    return Average(_together(found, roll_up), text)


def score(average: Average, roll_up: RollUp, name: str = "") -> Score | None:
    """Return a mean or a sum, rounded and rated."""
    if average.value is None:
        return None
    at_least = [band.at_least for band in roll_up.bands if band.at_least is not None]
    over = [band.over for band in roll_up.bands if band.over is not None]
    number = printed(average.value, roll_up.rounding, roll_up.decimals, at_least, over)
    found = choose(roll_up.bands, Facts(Direction.INCREASE, met=False, level=average.value))
    band, unit = found if isinstance(found, Band) else None, ratings.UNITS[roll_up.of]
    return Score(number, band, f"{average.text} {number:f}{unit}", name, unit)


def _how(roll_up: RollUp) -> str:
    return "合計" if roll_up.total else "平均"


def _taken(place: Assessment, roll_up: RollUp, number: int) -> _Taken | None:
    own = place.judgements[number]
    if roll_up.of is Averaged.MET:
        return None if own.met is None else _Taken(Fraction(100 * own.met), "")
    if roll_up.of is Averaged.RATE:
        return None if own.rate is None else _Taken(Fraction(own.rate), exactly(Fraction(own.rate)))
    added = [one for one in place.judgements if one.scheme.name in roll_up.plus]
    points = [one.rating.points for one in (own, *added) if one.rating and one.rating.points is not None]
    if len(points) < 1 + len(roll_up.plus):
        return None
    return _Taken(sum(map(Fraction, points), Fraction(0)), "＋".join(exactly(Fraction(one)) for one in points))


def _together(numbers: Sequence[Fraction], roll_up: RollUp) -> Fraction | None:
    """Return the mean, or the sum where the scheme asks for that; None of nothing."""
    if not numbers:
        return None
    total = sum(numbers, Fraction(0))
    return total if roll_up.total else total / len(numbers)
