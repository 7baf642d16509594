"""Several judgements of one indicator, each by its own bands, and scores that add their points up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.model.results import Results
from pipeline.model.strategy import Absence, Goal, Indicator, Judgement
from pipeline.stages.compute import compute, to_csv, to_json
from pipeline.stages.compute.checks import check_made
from tests.stages.compute.examples import Given, evaluation, indicator, measure
from tests.stages.compute.schemes import written

RATE = """name: 達成度
formula: ratio
bands:
- {code: met, label: 達成, mark: ●, tone: good, met: true, points: 7}
- {code: near, label: もう少し, mark: ▲, tone: near, at_least: 80, points: 5}
- {code: unmet, label: 未達成, mark: ■, tone: poor, points: 1}
none: {mark: ―, label: 判定なし}
"""
ROLL_UP = """roll_up:
  of: points
  total: true
  plus: [推移]
  decimals: 0
  bands:
  - {code: good, label: 良好, mark: ◎, tone: good, at_least: 16}
  - {code: poor, label: 要改善, mark: △, tone: poor}
"""
COURSE = """name: 推移
formula: compare
bands:
- {code: up, label: 上昇, mark: ↗, tone: good, previous: above, points: 3}
- {code: flat, label: 横ばい, mark: →, tone: near, previous: equal, points: 2}
- {code: down, label: 下降, mark: ↘, tone: poor, points: 1}
none: {mark: ―, label: 比較なし}
"""
BY_HAND = """name: 所管課の評価
formula: compare
entered: true
bands:
- {code: a, label: A, mark: A, tone: good}
- {code: b, label: B, mark: B, tone: poor}
none: {mark: ―, label: 評価なし}
"""


def kpi(number: int, actual: int | Absence, baseline: int | None = 100) -> Indicator:
    actuals: Given = {"R2": actual}
    return indicator(baseline, {"R2": 120}, actuals, identifier=f"kpi-{number}", name=f"指標{number}")


def results(*schemes: str, entered: str = "", total: bool = True) -> Results:
    """Two measures; by hand: 7＋3 and 5＋1 and nothing without a year before; 1＋1."""
    main, *further = (written(text) for text in schemes)
    if main.roll_up and not total:
        main = replace(main, roll_up=replace(main.roll_up, total=False, decimals=1))
    first = kpi(1, 130)
    if entered:
        first = replace(first, judgements={"所管課の評価": Judgement(entered, "理由を書いた。")})
    measures = (measure("1-1", first, kpi(2, 99), kpi(3, 120, None)), measure("1-2", kpi(4, 60)))
    made = evaluation((Goal("1", "目標", ()),), measures, main)
    found = compute(replace(made, report=replace(made.report, further=tuple(further)))).value
    assert found is not None
    return found


def ratings(found: Results, number: int) -> Iterator[str]:
    for one in found.measures:
        yield from (place.judgements[number].printed.label for place in one.assessments)


def test_every_judgement_has_its_own_bands_and_name() -> None:
    found = results(RATE, COURSE)
    assert [*ratings(found, 0)] == ["達成", "もう少し", "達成", "未達成"]
    assert [*ratings(found, 1)] == ["上昇", "下降", "比較なし", "下降"]
    assert [one.scheme and one.scheme.name for one in found.measures[0].assessments[0].judgements] == ["達成度", "推移"]
    assert check_made(found) == ()


def test_counts_are_of_each_judgements_bands() -> None:
    told = json.loads(to_json(results(RATE, COURSE)))["summary"]
    assert told["judgements"]["推移"] == {
        "total": 4,
        "rated": 3,
        "unrated": 1,
        "no_data": 0,
        "ratings": {"up": 1, "flat": 0, "down": 2},
    }
    assert told["judgements"]["達成度"]["met"] == told["all"]["indicators"]["met"] == 2


def test_a_sum_adds_the_points_of_several_judgements() -> None:
    found = results(RATE + ROLL_UP, COURSE)
    first, second = (one.scores[0] for one in found.measures)
    assert (first.number, first.rating and first.rating.label) == (Decimal(16), "良好")
    assert first.text == "3指標のうち点数のある2指標の点数（7＋3、5＋1）の合計 16点"
    assert (second.number, second.rating and second.rating.label) == (Decimal(2), "要改善")
    goal = found.goals[0].scores[0]
    assert (goal.number, goal.text) == (Decimal(18), "2施策の評点（16、2）の合計 18点")


def test_a_mean_takes_the_same_points() -> None:
    found = results(RATE + ROLL_UP, COURSE, total=False)
    first = found.measures[0].scores[0]
    assert (first.number, first.text) == (Decimal("8.0"), "2指標の点数（7＋3、5＋1）の平均 8.0点")
    assert found.goals[0].scores[0].number == Decimal("5.0")  # (8 + 2) / 2


def test_two_scores_stand_side_by_side() -> None:
    own = COURSE + ROLL_UP.replace("  plus: [推移]\n", "").replace("16", "3")
    told = json.loads(to_json(results(RATE + ROLL_UP, own)))["measures"][0]
    assert {name: one["value"] for name, one in told["scores"].items()} == {"達成度": "16", "推移": "4"}
    assert told["score"] == told["scores"]["達成度"]


@pytest.mark.parametrize(("entered", "label"), [("a", "A"), ("b", "B")])
def test_a_person_enters_one_beside_the_rule(entered: str, label: str) -> None:
    found = results(RATE, BY_HAND, entered=entered)
    assert [*ratings(found, 1)] == [label, "評価なし", "評価なし", "評価なし"]
    assert [one.id for one in check_made(found)] == ["judgement-missing"] * 3
    judged = json.loads(to_json(found))["measures"][0]["indicators"][0]["judgements"]["所管課の評価"]
    assert (judged["rating"], judged["entered"]) == (entered, "理由を書いた。")


def test_the_table_has_a_column_for_each() -> None:
    head, first, *_ = to_csv(results(RATE, COURSE)).decode("utf-8-sig").splitlines()
    assert head.endswith("推移,推移の理由")
    assert first.endswith("上昇,")


def test_one_scheme_alone_changes_no_file() -> None:
    told = json.loads(to_json(results(RATE)))
    assert "judgements" not in told["summary"]
    assert "judgements" not in told["measures"][0]["indicators"][0]


def test_a_judgement_in_anothers_stead_is_a_fault() -> None:
    found = results(RATE, COURSE)
    first = found.measures[0]
    place = first.assessments[0]
    wrong = replace(place, others=(replace(place.others[0], scheme=place.scheme),))
    bare = replace(first, assessments=(wrong, *first.assessments[1:]))
    changed = replace(found, measures=(bare, found.measures[1]))
    assert "achievement-judgements" in {one.id for one in check_made(changed)}
