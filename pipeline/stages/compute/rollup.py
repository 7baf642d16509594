"""From the indicators to the measure and the goal: averages, rounded and rated as the scheme says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.model.results import Assessment, Score
from pipeline.model.scheme import Averaged, Band, RollUp
from pipeline.model.strategy import Direction
from pipeline.stages.compute.bands import Facts, choose
from pipeline.stages.compute.figures import printed
from pipeline.stages.compute.wording import exactly
from pipeline.wording import ratings


@dataclass(frozen=True, slots=True)
class Average:
    """An exact average with what it was made of; None where nothing could be judged."""

    value: Fraction | None
    text: str


def of_indicators(assessments: Iterable[Assessment], roll_up: RollUp) -> Average:
    """Average what the scheme averages over the indicators that have it; the others count neither way."""
    found = [number for one in assessments if (number := _number(one, roll_up.of)) is not None]
    if roll_up.of is Averaged.MET:
        text = f"判定できる{len(found)}指標のうち達成{sum(1 for number in found if number)}指標"
        return Average(_mean(found), text)
    what = "点数" if roll_up.of is Averaged.POINTS else "率"
    return Average(_mean(found), f"{len(found)}指標の{what}（{'、'.join(map(exactly, found))}）の平均")


def of_measures(averages: Sequence[Average]) -> Average:
    """Average the measures' own averages, each before it is rounded."""
    found = [one.value for one in averages if one.value is not None]
    return Average(_mean(found), f"{len(found)}施策の評点（{'、'.join(map(exactly, found))}）の平均")


def score(average: Average, roll_up: RollUp) -> Score | None:
    """Round and rate an average."""
    if average.value is None:
        return None
    at_least = [band.at_least for band in roll_up.bands if band.at_least is not None]
    over = [band.over for band in roll_up.bands if band.over is not None]
    number = printed(average.value, roll_up.rounding, roll_up.decimals, at_least, over)
    found = choose(roll_up.bands, Facts(Direction.INCREASE, met=False, level=average.value))
    band = found if isinstance(found, Band) else None
    return Score(number, band, f"{average.text} {number:f}{ratings.UNITS[roll_up.of]}")


def _number(assessment: Assessment, of: Averaged) -> Fraction | None:
    if of is Averaged.MET:
        return None if assessment.met is None else Fraction(100 * assessment.met)
    if of is Averaged.RATE:
        return None if assessment.rate is None else Fraction(assessment.rate)
    points: Decimal | None = assessment.rating.points if assessment.rating else None
    return None if points is None else Fraction(points)


def _mean(numbers: Sequence[Fraction]) -> Fraction | None:
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else None
