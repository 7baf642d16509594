"""What the stage would notice of itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.model.evaluation import Evaluation
from pipeline.model.results import Assessment, Count, Results
from pipeline.model.scheme import Band
from pipeline.model.strategy import Goal
from pipeline.stages import compute as achievement
from pipeline.stages.compute.checks import check_made
from tests.stages.compute.examples import MET, evaluation, indicator, measure, scheme


def example(*bands: Band) -> Evaluation:
    one = indicator(1, {"R2": 10}, {"R2": 9})
    return evaluation((Goal("1", "目標", ()),), (measure("1-1", one),), scheme(*bands))


def computed() -> Results:
    results = achievement.compute(example()).value
    assert results is not None
    return results


def with_assessment(**changes: object) -> Results:
    results = computed()
    first = results.measures[0]
    wrong: Assessment = replace(first.assessments[0], **changes)
    return replace(results, measures=(replace(first, assessments=(wrong,)),))


def test_sound_results_raise_nothing() -> None:
    assert check_made(computed()) == ()


@pytest.mark.parametrize(
    "changes", [{"met": True}, {"rating": MET}, {"rate": Decimal("100.0")}, {"rating": None}, {"met": None}]
)
def test_a_contradiction_is_noticed(changes: dict[str, object]) -> None:
    assert "achievement-contradiction" in [d.id for d in check_made(with_assessment(**changes))]


def test_a_wrong_count_is_noticed() -> None:
    found = check_made(replace(computed(), indicators=Count(1, 0, 0)))
    assert {d.id for d in found} == {"achievement-counts"}


def test_a_place_left_out_is_noticed() -> None:
    results = computed()
    empty = replace(results.measures[0], assessments=())
    assert [d.id for d in check_made(replace(results, measures=(empty,)))] == ["achievement-places"]
