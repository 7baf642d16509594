"""The files that other programs read."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

from pipeline.model.evaluation import Activity, Evaluation
from pipeline.model.results import Results
from pipeline.model.strategy import Absence, Amount, Direction, Goal, Indicator, Kind, Shown
from pipeline.stages import compute as achievement
from tests.stages.compute.examples import evaluation, indicator, initiative, measure

SURPLUS = indicator(
    "-1.50",
    {"R2": "-1.0", "R3": "2.50"},
    {"R2": "-0.75"},
    identifier="surplus",
    name="=収支",
    unit="+百万円",
    decimals=2,
)
SURVEY = indicator(
    "42.3",
    {"R2": Absence.NOT_SET, "R6": "60.0"},
    {"R2": Absence.NOT_MEASURED},
    identifier="survey",
    name="住みたいと思う人の割合",
    unit="％",
)
OUT = indicator(
    143, {"R2": 50}, {"R2": 103}, identifier="out", name="転出超過数", direction=Direction.DECREASE, kind=Kind.ANNUAL
)
ROUTES = indicator(
    Amount(Decimal(2), "整備中"),
    {"R2": Amount(Decimal(2), "完成")},
    {"R2": Amount(Decimal(2), "整備中")},
    identifier="routes",
    kind=Kind.MILESTONE,
    states=("整備中", "完成"),
)


def example() -> Evaluation:
    goals = (
        Goal("1", "雇用", (Shown(OUT, "若い人の転出超過数"),)),
        Goal("2", "@子育て", (Shown(SURVEY, SURVEY.name),)),
    )
    own = initiative("a", Activity("補助"), Activity("見学会", "2-1/b/tour"))
    repeated = initiative("b", repeated_from="1-2/a")
    measures = (
        measure("1-1", SURPLUS, OUT, initiatives=(own,)),
        measure("1-2", ROUTES),
        measure("2-1", SURPLUS, initiatives=(repeated,)),
    )
    return evaluation(goals, measures)


def computed() -> Results:
    checked = achievement.compute(example())
    assert checked.value is not None
    assert checked.diagnostics == ()
    return checked.value


def content() -> dict[str, Any]:
    read = json.loads(achievement.to_json(computed()))
    assert isinstance(read, dict)
    return read


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(achievement.to_csv(computed()).decode("utf-8-sig"), newline="")))


def test_an_indicator_is_written_as_exactly_as_it_was_given() -> None:
    assert content()["measures"][0]["indicators"][0] == {
        "id": "surplus",
        "name": "=収支",
        "unit": "+百万円",
        "direction": "increase",
        "kind": "point",
        "baseline": {"year": "R1", "value": "-1.50"},
        "targets": {"R2": "-1.0", "R3": "2.50"},
        "actuals": {"R2": "-0.75"},
        "rate": None,
        "progress": "150.0",
        "met": True,
        "rating": "met",
        "reason": "目標が負の値のため",
        "rate_reason": "目標が負の値のため",
        "rating_reason": None,
        "progress_reason": None,
    }


def test_words_become_null_and_future_years_are_left_out() -> None:
    survey = content()["goals"][1]["indicators"][0]
    assert survey["targets"] == {"R2": None, "R6": "60.0"}
    assert survey["actuals"] == {"R2": None}
    assert (survey["met"], survey["rating"], survey["reason"]) == (None, None, "目標が未設定、実績が未測定のため")


def test_a_place_prints_its_own_name() -> None:
    assert content()["goals"][0]["indicators"][0]["name"] == "若い人の転出超過数"
    assert content()["measures"][0]["indicators"][1]["name"] == "転出超過数"


def test_repeated_initiatives_and_activities_are_told() -> None:
    first, _, third = content()["measures"]
    assert first["initiatives"][0] == {
        "id": "a",
        "name": "取組a",
        "repeated_from": None,
        "activities": ["補助", "見学会（再掲）"],
        "fields": {"results": "成果", "evaluation": "評価"},
    }
    assert third["initiatives"][0]["repeated_from"] == "1-2/a"


def test_the_summary_counts_places_targets_and_distinct_indicators() -> None:
    summary = content()["summary"]
    assert summary["all"] == {
        "indicators": count(4, 2, 2, 0, (2, 0, 2)),
        "targets": count(2, 0, 1, 1, (0, 0, 1)),
        "distinct_indicators": 3,
    }
    assert summary["goals"]["2"] == {
        "indicators": count(1, 1, 0, 0, (1, 0, 0)),
        "targets": count(1, 0, 0, 1, (0, 0, 0)),
    }


def count(total: int, met: int, unmet: int, no_data: int, ratings: tuple[int, int, int]) -> dict[str, object]:
    by_code = dict(zip(("met", "nearly", "unmet"), ratings, strict=True))
    counts = {"total": total, "rated": met + unmet, "met": met, "unmet": unmet, "other": 0, "unrated": no_data}
    return {**counts, "no_data": no_data, "ratings": by_code}


def test_the_csv_opens_in_excel() -> None:
    data = achievement.to_csv(computed())
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 7


def test_the_csv_has_a_row_a_place_with_goal_level_targets_first() -> None:
    assert [(row["区分"], row["指標ID"]) for row in rows()] == [
        ("数値目標", "out"),
        ("数値目標", "survey"),
        ("重要業績評価指標", "surplus"),
        ("重要業績評価指標", "out"),
        ("重要業績評価指標", "routes"),
        ("重要業績評価指標", "surplus"),
    ]


def test_texts_cannot_become_formulas_while_negative_numbers_stay_numbers() -> None:
    row = rows()[2]
    assert (row["指標"], row["単位"]) == ("'=収支", "'+百万円")
    assert (row["基準値"], row["R2目標"], row["R2実績"]) == ("-1.50", "-1.0", "-0.75")


def test_nothing_in_the_csv_is_taken_for_a_date() -> None:
    assert rows()[2]["施策"] == "1-1 施策1-1"


def test_the_csv_says_in_words_what_has_no_number() -> None:
    survey, routes = rows()[1], rows()[4]
    assert (survey["R2目標"], survey["R2実績"], survey["R3目標"]) == ("未設定", "未測定", "")
    assert (routes["R2目標"], routes["R2実績"]) == ("2（完成）", "2（整備中）")
    assert (routes["達成率（％）"], routes["判定"], routes["達成率がない理由"]) == (
        "",
        "未達成",
        "整備中（目標は完成）",
    )


def test_an_unmet_indicator_is_the_same_wherever_it_is_shown() -> None:
    both: list[Indicator] = [a.shown.indicator for m in computed().measures for a in m.assessments]
    assert both[0] is both[3]
