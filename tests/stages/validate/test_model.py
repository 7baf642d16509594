"""What the small example becomes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.diagnostics import Place
from pipeline.model.evaluation import Activity, Evaluation
from pipeline.model.report import Edition
from pipeline.model.scheme import Formula, Rounding
from pipeline.model.strategy import Absence, Amount, Direction, Indicator, Kind
from pipeline.wording import plan
from tests.project import BASE, YEAR
from tests.stages.validate.cases import SMALL, lay_out_final, read


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    value = read(SMALL).value
    assert value is not None
    return value


def indicator(evaluation: Evaluation, identifier: str) -> Indicator:
    return next(i for i in evaluation.indicators if i.id == identifier)


def test_years_goals_and_measures_keep_their_order(evaluation: Evaluation) -> None:
    assert evaluation.years == ("R1", "R2", "R3", "R4", "R5", "R6")
    assert [goal.id for goal in evaluation.goals] == ["1", "2"]
    assert [(m.id, m.goal, plan.number(m)) for m in evaluation.measures] == [
        ("1-1", "1", "1"),
        ("1-2", "1", "2"),
        ("2-1", "2", "1"),
    ]


def test_numbers_stay_as_they_are_written(evaluation: Evaluation) -> None:
    visitors = indicator(evaluation, "visitors")
    assert visitors.baseline is not None
    assert str(visitors.baseline.number) == "71.50"
    assert visitors.targets["R2"] == Amount(Decimal("71.5"))
    assert visitors.decimals == 2
    assert indicator(evaluation, "outflow").targets["R6"] == Amount(Decimal(-30))


def test_actuals_are_joined_without_the_baseline(evaluation: Evaluation) -> None:
    assert indicator(evaluation, "startups").actuals == {"R2": Amount(Decimal(195))}
    assert indicator(evaluation, "workers").actuals == {"R2": Absence.PENDING}
    assert indicator(evaluation, "outflow").actuals == {"R2": Absence.NOT_MEASURED}


def test_a_milestone_has_states_and_may_have_no_baseline(evaluation: Evaluation) -> None:
    routes, plan = indicator(evaluation, "routes"), indicator(evaluation, "plan")
    assert routes.states == ("整備中", "完成")
    assert routes.baseline == Amount(Decimal(2), "整備中")
    assert routes.targets["R2"] == Amount(Decimal(2), "完成")
    assert routes.targets["R3"] is Absence.NOT_SET
    assert (plan.baseline_year, plan.baseline, plan.states) == ("R1", None, ())


@pytest.mark.parametrize(
    ("identifier", "suffix"),
    [
        ("startups", "累計"),
        ("outflow", "年間"),
        ("workers", "時点"),
        ("plan", ""),
        ("routes", "累計"),
        ("visitors", ""),
    ],
)
def test_the_suffix_follows_from_the_kind_unless_written(evaluation: Evaluation, identifier: str, suffix: str) -> None:
    assert indicator(evaluation, identifier).suffix == suffix


def test_direction_and_kind_are_those_written(evaluation: Evaluation) -> None:
    assert (indicator(evaluation, "outflow").direction, indicator(evaluation, "outflow").kind) == (
        Direction.DECREASE,
        Kind.ANNUAL,
    )


def test_a_goal_may_show_an_indicator_under_another_name(evaluation: Evaluation) -> None:
    shown = evaluation.goals[1].indicators[0]
    assert (shown.name, shown.indicator.name) == ("年間観光客数", "観光客数")
    assert shown.indicator is evaluation.measures[2].indicators[0].indicator


def test_a_repeated_initiative_carries_the_text_of_its_original(evaluation: Evaluation) -> None:
    original, repeated = evaluation.measures[1].initiatives[0], evaluation.measures[2].initiatives[0]
    assert repeated.repeated_from == "1-2/desk"
    assert (repeated.id, repeated.name, repeated.fields) == (original.id, original.name, original.fields)
    assert repeated.activities == original.activities
    assert repeated.place == Place(f"{BASE}/measures/2-1.yaml", 6, 3)


def test_a_repeated_activity_carries_its_name(evaluation: Evaluation) -> None:
    assert evaluation.measures[2].initiatives[1].activities == (
        Activity("港まつりの開催"),
        Activity("岸壁の改良", "1-1/dredging/berth"),
    )


def test_paragraphs_are_lines_without_indents_or_gaps(evaluation: Evaluation) -> None:
    assert evaluation.measures[0].fields["description"] == "航路の整備を進めます。\n国や県と力を合わせます。"
    assert evaluation.measures[0].initiatives[0].fields["results"] == "12:30から説明会を開いた。\n翌月に工事を始めた。"
    assert evaluation.measures[1].initiatives[1].fields["results"] == "2020"


def test_the_report_is_read(evaluation: Evaluation) -> None:
    report = evaluation.report
    assert (report.edition, report.date, report.year, report.evaluated_in) == (Edition.DRAFT, None, "R2", YEAR)
    assert (report.scheme.method.formula, report.scheme.method.rounding) == (Formula.RATIO, Rounding.HALF_UP)
    assert [band.at_least for band in report.scheme.method.bands] == [None, Decimal(80), Decimal(50), None]
    assert [section.id for section in report.sections] == ["strategy", "flow", "viewpoints"]
    assert report.sections[1].items[0].heading == "自己評価"


def test_a_final_edition_has_its_date_and_opinions(tmp_path: Path) -> None:
    final = read(lay_out_final(tmp_path)).value
    assert final is not None
    assert (final.report.edition, final.report.date) == (Edition.FINAL, datetime.date(2021, 8, 1))
    assert [measure.fields["opinions"] for measure in final.measures] == ["評価は妥当である。"] * 3


def test_places_lead_to_the_files(evaluation: Evaluation) -> None:
    assert indicator(evaluation, "startups").place == Place(f"{BASE}/strategy.yaml", 57, 3)
    assert evaluation.measures[0].place == Place(f"{BASE}/measures/1-1.yaml", 1, 1)
