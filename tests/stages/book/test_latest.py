"""A figure of an earlier year is never printed as that of the evaluated one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec.structs import replace

from pipeline.model.results import Results
from pipeline.model.strategy import Absence, Amount, Value
from tests.stages.book import samples
from tests.stages.compute import examples


def late() -> Results:
    """A city evaluated in R3, in which the second indicator was last surveyed in R2, and one goal's too."""
    made = samples.city(1, 1, (100, 90))
    by = replace(examples.scheme(), method=replace(examples.scheme().method, latest=True))
    own, survey = made.evaluation.measures[0].indicators
    pending: Mapping[str, Value] = {"R2": Amount(Decimal(90)), "R3": Absence.PENDING}
    shown = (
        replace(own, indicator=replace(own.indicator, actuals={"R3": Amount(Decimal(100))})),
        replace(survey, indicator=replace(survey.indicator, actuals=pending)),
    )
    measure = replace(made.evaluation.measures[0], indicators=shown)
    return samples.with_measures(made, measure, year="R3", scheme=by)


def test_the_summary_marks_the_figure_with_its_year_and_says_why() -> None:
    made = samples.book(late())
    told = samples.text(made, "summary")
    assert "90（R1実績）" not in told
    assert told.count("（R2実績）") == 2  # at the figure, and in the note
    assert "「（R2実績）」は、R3の実績が未測定か集計中のため、実績のある最も新しい年度で判定したものです。" in told
    assert "（R2目標）" in told


def test_the_legend_says_which_year_is_judged() -> None:
    told = samples.text(samples.book(late()), "explanation")
    assert "評価年度の実績が未測定か集計中のときは、実績のある最も新しい年度で判定します。" in told


def test_a_goal_level_target_says_so_beside_its_name() -> None:
    results = late()
    goal = results.evaluation.goals[0]
    pending: Mapping[str, Value] = {"R2": Amount(Decimal(90)), "R3": Absence.PENDING}
    shown = tuple(replace(one, indicator=replace(one.indicator, actuals=pending)) for one in goal.indicators)
    changed = replace(results.evaluation, goals=(replace(goal, indicators=shown),))
    report = results.evaluation.report
    made = samples.book(samples.computed(changed, year="R3", scheme=report.scheme))
    assert "※判定はR2の実績によります" in samples.text(made, "targets")
