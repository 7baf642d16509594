"""This year's folder against last year's: what changed or is gone without a word."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Absence, Amount, Direction, Indicator, Kind, Places, Rebased, Revision
from tests.project import BASE, ROOT, YEAR, run
from tests.stages.audit.cities import audited, city, found
from tests.stages.compute.examples import amount, indicator
from tests.stages.validate.cases import SMALL

THEN = indicator("67", {"R2": "78", "R3": "89"}, {"R2": "90"}, kind=Kind.CUMULATIVE, unit="件", name="指定件数")


def at(given: Indicator, **changes: object) -> Indicator:
    return replace(given, **changes)


def year(of: Evaluation, evaluated: str) -> Evaluation:
    return replace(of, report=replace(of.report, year=evaluated))


def told(now: Indicator, then: Indicator = THEN, *identifiers: str) -> list[str]:
    """What is told of R3 beside the report of R2."""
    kept = Places(actuals={y: Place(f"{BASE}/measures/1-1.yaml", 5) for y in then.actuals})
    last = year(city(replace(then, places=kept)), "R2")
    ids = identifiers or ("history-changed", "history-lost", "unit-changed", "actual-missing", "actual-unsettled")
    return found(year(city(now), "R3"), *ids, previous=last)


NEXT = at(THEN, actuals={"R2": amount("90"), "R3": amount("95")})


def test_nothing_is_told_where_a_year_was_added() -> None:
    assert told(NEXT) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"targets": {**THEN.targets, "R2": amount("88")}}, ("R2の目標", "78", "88")),
        ({"targets": {**THEN.targets, "R3": amount("98")}}, ("R3の目標", "89", "98")),
        ({"targets": {"R2": amount("78")}}, ("R3の目標", "89", "書かれなくなって")),
        ({"targets": {**THEN.targets, "R3": Absence.NOT_SET}}, ("R3の目標", "89", "未設定")),
        ({"actuals": {"R2": amount("91"), "R3": amount("95")}}, ("R2の実績", "90", "91")),
        ({"actuals": {"R2": Absence.NOT_MEASURED, "R3": amount("95")}}, ("R2の実績", "90", "未測定")),
        ({"baseline": amount("76")}, ("基準値", "67", "76")),
        ({"baseline": None}, ("基準値", "67", "なし")),
        ({"baseline_year": "R2"}, ("基準値", "R1", "R2")),
        ({"direction": Direction.MAINTAIN}, ("望ましい方向", "increase", "maintain")),
        ({"kind": Kind.ANNUAL}, ("数え方", "cumulative", "annual")),
        ({"unit": "社"}, ("単位", "件", "社")),
        ({"name": "認定件数"}, ("名称", "指定件数", "認定件数")),
        ({"note": "市内"}, ("名称", "指定件数", "指定件数（市内）")),
    ],
)
def test_a_change_is_told_with_both_values_and_the_other_file(
    changes: dict[str, object], words: tuple[str, ...]
) -> None:
    (message,) = told(at(NEXT, **changes))
    assert all(word in message for word in words)
    assert re.search(rf"前年度は {BASE}/\S+ \d+行目", message)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (Amount(amount("90").number, preliminary=True), amount("88")),  # type: ignore[union-attr]
        (Absence.PENDING, amount("90")),
        (Absence.PENDING, Absence.NOT_MEASURED),
    ],
)
def test_what_was_open_may_be_settled(was: Amount | Absence, now: Amount | Absence) -> None:
    assert told(at(NEXT, actuals={**NEXT.actuals, "R2": now}), at(THEN, actuals={"R2": was})) == []


def test_a_declared_revision_is_no_change_but_a_changed_one_is() -> None:
    start = amount("70")
    assert isinstance(start, Amount)
    revised = at(NEXT, rebased=Rebased(start, {"R3": amount("92")}, "統計の改定"))
    assert told(revised) == []
    other = at(NEXT, rebased=Rebased(start, {"R3": amount("93")}, "統計の改定"))
    (message,) = told(other, at(revised, actuals=THEN.actuals))
    assert "改めたR3の目標" in message


def test_a_revised_figure_of_the_plan_is_told_with_how_to_declare_it_until_it_is_declared() -> None:
    now = at(NEXT, targets={**NEXT.targets, "R3": amount("98")})
    last = year(city(THEN), "R2")
    [changed] = [d for d in audited(year(city(now), "R3"), last) if d.id == "history-changed"]
    assert f"indicator: {THEN.id}, figure: R3, before: 89, after: 98, " in changed.hint
    before, after = amount("89"), amount("98")
    declared = Revision(1, "R3", before, after, datetime.date(2021, 10, 1), "R3", "拡充", THEN.place, THEN.place)
    assert told(at(now, revisions=(declared,))) == []
    other = replace(declared, before=amount("88"))
    mistaken = year(city(at(now, revisions=(other,))), "R3")
    [changed] = [d for d in audited(mistaken, last) if d.id == "history-changed"]
    assert "R3の目標が、前年度の「89」から「98」に" in changed.message
    assert changed.hint.endswith("この改定の before を、89 に直してください")
    (message,) = told(at(now, targets=THEN.targets), at(THEN, revisions=(declared,)))
    assert "R3の目標の改定" in message


@pytest.mark.parametrize("value", [Amount(amount("90").number, preliminary=True), Absence.PENDING])  # type: ignore[union-attr]
def test_what_is_open_may_not_stay(value: Amount | Absence) -> None:
    for then in (THEN, at(THEN, actuals={"R2": value})):
        (message,) = told(at(NEXT, actuals={**NEXT.actuals, "R2": value}), then, "actual-unsettled")
        assert "R2の実績" in message
    assert told(at(NEXT, actuals={**NEXT.actuals, "R3": value}), THEN, "actual-unsettled") == []


def test_a_lost_actual_is_told_with_its_value_and_file() -> None:
    (message,) = told(at(NEXT, actuals={"R3": amount("95")}))
    assert "R2の実績がありません" in message
    assert f"R2 90（{BASE}/measures/1-1.yaml 5行目）" in message


def test_an_earlier_year_without_a_word_is_told_without_last_years_folder_too() -> None:
    (message,) = found(year(city(at(NEXT, actuals={"R3": amount("95")})), "R3"), "actual-missing")
    assert "R2の実績がありません" in message
    assert found(year(city(at(NEXT, baseline_year="R2", actuals={"R3": amount("95")})), "R3"), "actual-missing") == []


def test_a_dropped_indicator_and_another_name_of_a_measure_are_told() -> None:
    last = city(THEN, at(THEN, id="other", name="別の件数"))
    (message,) = found(city(THEN), "history-lost", previous=last)
    assert "別の件数" in message
    now = replace(last, measures=tuple(replace(m, name="改めた施策") for m in last.measures))
    (message,) = found(now, "history-changed", previous=last)
    assert "「施策1-1」から「改めた施策」" in message


def test_one_slip_against_last_year_is_one_finding() -> None:
    now = at(NEXT, targets={**NEXT.targets, "R3": amount("8900")})
    last = year(city(THEN), "R2")
    ids = [d.id for d in audited(year(city(now), "R3"), last) if d.id != "far-miss-unmentioned"]
    assert ids == ["history-changed"]


def folder(root: Path, evaluated: str, name: str, unit: str = "人") -> None:
    """Lay out the small city in a year's folder of its own."""
    for path in (SMALL / BASE).rglob("*.yaml"):
        copy = root / "inputs" / name / path.relative_to(SMALL / BASE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace("year: R2\n", f"year: {evaluated}\n")
        text = text.replace(f"evaluated_in: {YEAR}", f"evaluated_in: {name}").replace("unit: 人", f"unit: {unit}")
        copy.write_text(text, encoding="utf-8")


def checked(root: Path) -> str:
    """Check R5 beside what lies there; the templates are those of the project."""
    shutil.copytree(ROOT / "templates", root / "templates", ignore=shutil.ignore_patterns("fonts"))
    folder(root, "R4", "R5")
    return run(root, "check", "--year", "R5", "--format", "line").stdout


@pytest.mark.parametrize(("evaluated", "name", "compared"), [("R3", "R4", True), ("R2", "R3", False)])
def test_only_the_folder_of_the_year_before_is_last_years(
    tmp_path: Path, evaluated: str, name: str, compared: bool
) -> None:
    folder(tmp_path, evaluated, name, unit="万人")
    assert ("(unit-changed)" in checked(tmp_path)) is compared


def test_a_folder_of_the_year_before_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder(tmp_path, "R3", "R4")
    (tmp_path / "inputs" / "R4" / "goals.yaml").unlink()
    shown = checked(tmp_path)
    assert "inputs/R4:1:1: [warning]" in shown
    assert "(previous-unread)" in shown
