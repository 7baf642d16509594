"""Indicators, schemes and evaluations made by hand, for tests of achievement and charts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.evaluation import Activity, Evaluation, Initiative, Measure
from pipeline.model.form import BookPart, Field, Holder
from pipeline.model.report import Edition, Report
from pipeline.model.results import Assessment
from pipeline.model.scheme import Band, Formula, Method, NoRating, Rounding, Scheme, Tone
from pipeline.model.strategy import Absence, Amount, Direction, Goal, Indicator, Kind, Shown, Value
from pipeline.stages.compute.assess import assess
from pipeline.stages.validate.join_form import standard_form
from tests.project import BASE

YEARS = ("R1", "R2", "R3", "R4", "R5", "R6")
PLACE = Place(f"{BASE}/strategy.yaml", 10, 3)
MET = Band("met", "達成", "●", Tone.GOOD, met=True, at_least=None)
NEARLY = Band("nearly", "概ね達成", "▲", Tone.NEAR, met=False, at_least=Decimal(80))
UNMET = Band("unmet", "未達成", "■", Tone.POOR, met=False, at_least=None)

FORM = replace(standard_form(), parts=tuple(p for p in BookPart if p not in (BookPart.OPINIONS, BookPart.REVISIONS)))
"""The form of a year without a file of its own, and without opinions and revisions."""
H = TypeVar("H", Measure, Initiative)


def field(holder: Holder, identifier: str) -> Field:
    """Return a field of that form."""
    found = FORM.field(holder, identifier)
    assert found
    return found


RESULTS, EVALUATION = field(Holder.INITIATIVE, "results"), field(Holder.INITIATIVE, "evaluation")

Given = Mapping[str, str | int | Absence | Amount]


def scheme(
    *bands: Band, rounding: Rounding = Rounding.HALF_UP, decimals: int = 1, name: str = "単年度目標に対する達成率"
) -> Scheme:
    method = Method(Formula.RATIO, bands or (MET, NEARLY, UNMET), rounding=rounding, decimals=decimals)
    return Scheme(name, "達成率", method, NoRating("―", "判定なし"))


def amount(value: str | int | Absence | Amount) -> Value:
    return Amount(Decimal(value)) if isinstance(value, str | int) and not isinstance(value, Absence) else value


def indicator(
    baseline: str | int | Amount | None = None,
    targets: Given | None = None,
    actuals: Given | None = None,
    *,
    identifier: str = "indicator",
    name: str = "指標",
    unit: str = "人",
    direction: Direction = Direction.INCREASE,
    kind: Kind = Kind.POINT,
    decimals: int = 0,
    states: tuple[str, ...] = (),
) -> Indicator:
    start = None if baseline is None else amount(baseline)
    assert start is None or isinstance(start, Amount)
    return Indicator(
        id=identifier,
        name=name,
        note="",
        unit=unit,
        direction=direction,
        kind=kind,
        suffix="",
        decimals=decimals,
        states=states,
        baseline_year="R1",
        baseline=start,
        targets={year: amount(value) for year, value in (targets or {}).items()},
        actuals={year: amount(value) for year, value in (actuals or {}).items()},
        place=PLACE,
    )


def assessed(given: Indicator, by: Scheme | None = None, year: str = "R2") -> Assessment:
    return assess(Shown(given, given.name), year, by or scheme())


def judged(
    target: str | int | Absence | Amount | None,
    actual: str | int | Absence | Amount | None,
    baseline: str | int | Amount | None = None,
    direction: Direction = Direction.INCREASE,
    by: Scheme | None = None,
) -> Assessment:
    """Assess one year's target and actual; None leaves the year out."""
    targets, actuals = ({} if v is None else {"R2": v} for v in (target, actual))
    return assessed(indicator(baseline, targets, actuals, direction=direction), by)


def initiative(identifier: str, *activities: Activity, repeated_from: str | None = None) -> Initiative:
    return Initiative(
        identifier, f"取組{identifier}", repeated_from, activities, {"results": "成果", "evaluation": "評価"}, PLACE
    )


def measure(identifier: str, *indicators: Indicator, initiatives: tuple[Initiative, ...] = ()) -> Measure:
    goal = identifier.partition("-")[0]
    shown = tuple(Shown(i, i.name) for i in indicators)
    name = f"施策{identifier}"
    fields = {"description": "概要", "opinions": "", "response": ""}
    return Measure(identifier, goal, name, "企画課", (8, 9), shown, initiatives, fields, PLACE)


def entered(holder: H, **fields: str) -> H:
    """Return a measure or an initiative with other texts in its fields."""
    return replace(holder, fields={**holder.fields, **fields})


def evaluation(goals: tuple[Goal, ...], measures: tuple[Measure, ...], by: Scheme | None = None) -> Evaluation:
    shown = [s for goal in goals for s in goal.indicators] + [s for m in measures for s in m.indicators]
    indicators = {s.indicator.id: s.indicator for s in shown}
    return Evaluation(report(by or scheme()), FORM, YEARS, goals, measures, tuple(indicators.values()), ())


def report(by: Scheme) -> Report:
    return Report(
        year="R2",
        evaluated_in="R3",
        edition=Edition.DRAFT,
        date=None,
        city="例市",
        division="企画課",
        council="戦略会議",
        title="総合戦略",
        book_title="総合戦略の評価",
        explanation_title="説明",
        sections=(),
        sdgs_title="SDGs",
        sdgs_note="",
        targets_title="数値目標",
        targets_note="",
        sheets_title="進捗状況",
        show_rates=True,
        scheme=by,
        place=Place(f"{BASE}/report.yaml"),
    )
