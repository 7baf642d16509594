"""The city's own figures: what the evaluation of 令和2年度 comes to."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache

import pytest

from pipeline.model.results import Assessment, Count, Results
from pipeline.stages import compute as achievement
from pipeline.stages import validate
from tests.project import CITY, INPUTS


@cache
def results() -> Results:
    evaluation = validate.read(INPUTS, CITY).value
    assert evaluation is not None
    checked = achievement.compute(evaluation)
    assert checked.value is not None
    assert checked.diagnostics == ()
    return checked.value


def of(identifier: str) -> Assessment:
    groups = [*(g.assessments for g in results().goals), *(m.assessments for m in results().measures)]
    return next(a for group in groups for a in group if a.shown.indicator.id == identifier)


def test_17_of_31_indicators_meet_their_target() -> None:
    assert results().indicators == Count(met=17, unmet=14, no_data=0)
    assert results().targets == Count(met=1, unmet=4, no_data=1)
    assert json.loads(achievement.to_json(results()))["summary"]["all"]["distinct_indicators"] == 30


@pytest.mark.parametrize(
    ("identifier", "rate", "rating"),
    [
        ("insured-workers", "100.7", "met"),
        ("zoo-visitors", "93.2", "nearly"),
        ("care-visits", "92.0", "nearly"),
        ("net-outmigration", "48.5", "unmet"),
        ("siting-designations", "115.4", "met"),
        ("residential-density", "99.0", "nearly"),
        ("visitors", "57.5", "unmet"),
        ("rpa-tasks", "15.0", "unmet"),
        ("smart-city-plan", "100.0", "met"),
    ],
)
def test_a_rate_is_the_sources_by_hand(identifier: str, rate: str, rating: str) -> None:
    found = of(identifier)
    assert found.rate == Decimal(rate)
    assert found.rating is not None
    assert found.rating.code == rating


def test_the_route_is_not_met_though_its_number_is() -> None:
    assert (of("port-routes").met, of("port-routes").reason) == (False, "整備中（目標は完成）")


def test_a_target_that_stays_at_its_baseline_has_no_progress() -> None:
    equal = [a.shown.indicator.id for m in results().measures for a in m.assessments if same(a)]
    assert equal == ["sixth-industry", "rural-groups", "new-farmers"]
    assert of("port-routes").progress is None


def same(assessment: Assessment) -> bool:
    return assessment.progress_reason == "目標が基準値と同じため"
