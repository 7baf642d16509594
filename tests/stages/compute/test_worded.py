"""Targets in words: no rate, met by their own test or as a person entered it, and never by accident."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.model.comparison import Relation, Width
from pipeline.model.results import Assessment
from pipeline.model.scheme import Scheme
from pipeline.model.strategy import Absence, Amount, Direction, Judgement, Shown, Worded
from pipeline.stages.compute.assess import assess, count
from tests.stages.compute.examples import YEARS, indicator, scheme
from tests.stages.compute.schemes import of_guide, ready

RISING = Worded("増加", baseline=Relation.ABOVE)
KEPT = Worded("維持", baseline=Relation.EQUAL, tolerance=Width(Decimal(3), of_unit=True))
NOT_LESS = Worded("前年以上", previous=Relation.REACHED)
RANGE = Worded("50～60", at_least=Decimal(50), at_most=Decimal(60))
RANK = Worded("10位以内", at_most=Decimal(10))
FOUNDED = Worded("制度の創設")


def judged(
    words: Worded,
    actual: int | str | Absence | None,
    baseline: int | None = 100,
    before: int | None = None,
    *,
    by: Scheme | None = None,
    direction: Direction = Direction.INCREASE,
    entered: str = "",
    year: str = "R3",
) -> Assessment:
    actuals: dict[str, int | str | Absence | Amount] = {} if before is None else {"R2": before}
    if actual is not None:
        actuals[year] = actual
    made = indicator(baseline, {}, actuals, direction=direction)
    judgement = Judgement(entered, "要綱を定めた") if entered else None
    given = replace(made, targets={year: words}, judgement=judgement)
    return assess(Shown(given, "指標"), year, by or scheme(), YEARS)


@pytest.mark.parametrize(
    ("words", "actual", "before", "met"),
    [
        (RISING, 101, None, True),
        (RISING, 100, None, False),
        (KEPT, 97, None, True),
        (KEPT, "96.9", None, False),
        (NOT_LESS, 90, 90, True),
        (NOT_LESS, 89, 90, False),
        (RANGE, 50, None, True),
        (RANGE, 60, None, True),
        (RANGE, "60.1", None, False),
        (RANK, 10, None, True),
        (RANK, 11, None, False),
    ],
)
def test_the_words_own_test_tells(words: Worded, actual: int | str, before: int | None, met: bool) -> None:
    found = judged(words, actual, before=before)
    assert (found.rate, found.progress, found.met) == (None, None, met)
    assert found.rating and found.rating.label == ("達成" if met else "未達成")
    assert found.rate_reason == f"目標が「{words.words}」と言葉で定められているため"


def test_lower_is_better_rises_downwards() -> None:
    assert judged(RISING, 99, direction=Direction.DECREASE).met is True
    assert judged(RISING, 101, direction=Direction.DECREASE).met is False


@pytest.mark.parametrize(("words", "reason"), [(RISING, "基準値がないため"), (NOT_LESS, "前年度の実績がないため")])
def test_what_it_is_compared_with_may_be_missing(words: Worded, reason: str) -> None:
    found = judged(words, 101, None)
    assert (found.met, found.rating, found.rating_reason, found.without_data) == (None, None, reason, True)


def test_without_an_actual_there_is_no_data() -> None:
    found = judged(RISING, Absence.PENDING)
    assert (found.met, found.rating, found.rating_reason) == (None, None, "実績が集計中のため")


def test_words_are_reached_and_never_exceeded() -> None:
    assert judged(RISING, 101, by=of_guide("目標との比較")).rating == of_guide("目標との比較").method.bands[1]
    found = judged(NOT_LESS, 105, before=110, by=of_guide("目標との比較"))
    assert found.rating and found.rating.label == "下回る"
    high = judged(RISING, 200, by=ready("年度達成率")).rating
    assert high and high.label == "A"  # 100 % and more


def test_the_test_stands_among_the_steps() -> None:
    step = next(step for step in judged(NOT_LESS, 89, before=90).steps if step.name == "達成")
    assert step.text == "未達成。実績 89人 は、「前年以上」（実績が前年度の実績に届いた）に当てはまらない"
    assert any(step.name == "前年度の実績" and step.text == "R2 90人" for step in judged(NOT_LESS, 89, before=90).steps)


@pytest.mark.parametrize(("entered", "met"), [("met", True), ("nearly", False), ("unmet", False)])
def test_without_a_test_a_person_judges_and_needs_no_figure(entered: str, met: bool) -> None:
    found = judged(FOUNDED, None, entered=entered)
    assert (found.rating and found.rating.code, found.met, found.without_data) == (entered, met, False)
    assert found.steps[-1].text.endswith("理由: 要綱を定めた")


def test_where_ratings_do_not_say_met_the_count_is_of_the_rated_alone() -> None:
    by = ready("年度達成率")
    code = by.method.bands[0].code
    found = judged(FOUNDED, None, by=by, entered=code)
    assert (found.rating and found.rating.code, found.met) == (code, None)
    told = count([found, judged(FOUNDED, None, by=by), judged(FOUNDED, 5, by=by)])
    assert (told.total, told.other, told.no_data, told.undecided) == (3, 1, 1, 1)


def test_rated_met_and_without_data_are_three_counts() -> None:
    every = [
        judged(RISING, 101),
        judged(RISING, 99),
        judged(RISING, Absence.NOT_MEASURED),
        judged(FOUNDED, None, entered="met"),
        judged(FOUNDED, None),
        judged(FOUNDED, 1),
    ]
    told = count(every)
    assert (told.met, told.unmet, told.other, told.no_data, told.undecided) == (2, 1, 0, 2, 1)
