"""Figures that the plan was changed in: declared once, marked wherever they stand, and rating only what they may."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.evaluation import Evaluation
from pipeline.model.scheme import Aim
from pipeline.model.strategy import Amount, Indicator, Revision, Shown
from pipeline.publication import opendata
from pipeline.publication.changes import compare
from pipeline.stages import compute
from pipeline.stages.book import revisions
from pipeline.stages.charts.alt import alt_text
from pipeline.stages.charts.render import picture
from pipeline.stages.charts.shapes import Label
from pipeline.stages.compute.assess import assess
from pipeline.wording import terms
from pipeline.workflows.explain import results_of
from pipeline.workflows.new_plan import replanned
from pipeline.workflows.project import Project
from tests.project import BASE, FIXTURES, MADE, YEAR, copy_project, run
from tests.stages.audit.cities import city as audit_city
from tests.stages.audit.cities import found
from tests.stages.compute.examples import YEARS, indicator, scheme

DECLARED = """\
revisions:
- {indicator: visitors, figure: R2, before: 70, after: 71.5, date: 2021-03-22, since: R2, reason: 観光計画の改定}
- {indicator: startups, figure: R6, before: 250, after: 260, date: 2021-10-01, since: R3, reason: 創業支援の拡充}
- {indicator: workers, figure: 基準値, before: 47210, after: 47383, date: 2021-10-01, since: R3, reason: 統計の改定}
"""
NOTE = (
    "※2「創業した件数」のR6の目標は、令和3年10月1日に250件から260件に改めました（創業支援の拡充）。"
    "R3の評価から用い、それより前の年度は改める前の値で判定しています。"
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("revisions"), FIXTURES / "small")
    (root / BASE / "revisions.yaml").write_text(DECLARED, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def book(city: Path) -> Path:
    made = run(city, "report")
    assert made.returncode == 0, made.stderr
    return city / MADE


def revised(to: str = "200", since: str = "R4") -> Indicator:
    """Return an indicator whose final target was raised from 100."""
    given = indicator("0", {"R4": "40", "R6": to}, {"R3": "50", "R4": "50"})
    day, place = datetime.date(2022, 10, 1), Place("revisions.yaml", 2, 3)
    before, after = Amount(Decimal(100)), Amount(Decimal(to))
    return replace(given, revisions=(Revision(1, "R6", before, after, day, since, "拡充", place, place),))


@pytest.mark.parametrize(("year", "rate", "line"), [("R3", "50.0", 2), ("R4", "25.0", None)])
def test_the_plan_of_before_rates_the_years_before(year: str, rate: str, line: int | None) -> None:
    by_last = replace(scheme(), method=replace(scheme().method, target=Aim.LAST))
    found = assess(Shown(revised(), "指標"), year, by_last, YEARS)
    assert str(found.rate) == rate
    assert found.target == Amount(Decimal(100 if line else 200))
    [target] = [step for step in found.steps if step.name == "目標"]
    assert (target.place.line if target.place else None) == line
    [told] = [step for step in found.steps if step.name == "計画の改定"]
    assert told.place == Place("revisions.yaml", 2, 3)
    assert told.text.endswith(f"{year} は改める{'前' if line else '後'}の値")


def test_explain_leads_to_the_line_of_the_revision(city: Path) -> None:
    told = run(city, "explain", "2-1/visitors").stdout
    assert f"（{BASE}/revisions.yaml:2）" in told
    assert "R2の目標を令和3年3月22日に70.00万人から71.50万人に改めた" in told


def test_a_chart_has_the_mark_and_its_note_for_eyes_and_ears() -> None:
    found = assess(Shown(revised(), "指標"), "R3", scheme(), YEARS)
    texts = [one.text for one in picture(found, YEARS, "R3", 84, 54).shapes if isinstance(one, Label)]
    assert "R6※1" in texts
    assert "※1 R6の目標は改定後（改定前は100人）" in texts
    assert "※1 R6の目標は改定後（改定前は100人）。" in alt_text(found, YEARS, "R3")


def test_every_page_that_has_the_figure_marks_it_and_says_why(book: Path) -> None:
    [sheet] = (book / "sheets").glob("1-2_*.docx")
    document = docx.Document(str(sheet))
    assert "260\n※2" in [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert NOTE in [paragraph.text for paragraph in document.paragraphs]


def test_the_files_for_others_have_it(book: Path, city: Path) -> None:
    rows = [*csv.DictReader((book / "achievement.csv").read_text(encoding="utf-8-sig").splitlines())]
    assert {row["計画の改定"] for row in rows if row["指標ID"] == "startups"} == {NOTE}
    told = json.loads((book / "achievement.json").read_text(encoding="utf-8"))["measures"][1]["indicators"][0]
    assert told["revisions"][0] == {
        "number": 2,
        "target": "R6",
        "before": "250",
        "after": "260",
        "date": "2021-10-01",
        "since": "R3",
        "reason": "創業支援の拡充",
    }
    results = results_of(Project(city, YEAR)).value
    assert results
    opened = opendata.csv(results).decode("utf-8-sig")
    assert "2021-10-01改定（改定前は250）" in opened
    assert "2021-10-01改定（改定前は47210）" in opened


def test_the_list_of_revisions_is_held_to_what_was_declared(city: Path) -> None:
    results = results_of(Project(city, YEAR)).value
    assert results
    named = {f"{revisions.LIST}.{name}" for name in ("指標", "改定前", "改定後")}
    printed = "".join(f"{row['指標']}{row['改定前']}{row['改定後']}" for row in revisions.rows(results.evaluation))
    assert revisions.lost(results.evaluation, printed, named) == ""
    assert "250件" in revisions.lost(results.evaluation, printed.replace("250件", "251件"), named)
    assert revisions.title(results.evaluation) == "目標と基準値の改定"


def test_a_new_plan_begins_without_the_revisions_of_the_old_one(city: Path) -> None:
    evaluation = results_of(Project(city, YEAR)).value
    assert evaluation
    texts = {path.name: path.read_text(encoding="utf-8") for path in (city / BASE).glob("*.yaml")}
    assert "revisions.yaml" not in replanned(texts, evaluation.evaluation, ("R7", "R11"))


def test_a_comparison_says_why_and_the_digest_which_plan(city: Path) -> None:
    results = results_of(Project(city, YEAR)).value
    assert results
    plain = {one.id: replace(one, revisions=()) for one in results.evaluation.indicators}
    plain["startups"] = replace(plain["startups"], targets={**plain["startups"].targets, "R6": Amount(Decimal(250))})
    before = compute.compute(with_indicators(results.evaluation, plain)).value
    assert before
    [change] = compare(before, results).figures
    assert (change.before, change.after, change.remark) == ("250", "260", "令和3年10月1日改定（創業支援の拡充）")
    by_last = replace(scheme(), method=replace(scheme().method, target=Aim.LAST))
    told = [terms.revised(assess(Shown(revised(), "指標"), year, by_last, YEARS)) for year in ("R3", "R4")]
    assert told == ["（改定前）", "（改定）"]


def with_indicators(evaluation: Evaluation, indicators: Mapping[str, Indicator]) -> Evaluation:
    """Return a city with other figures of its indicators."""
    measures = tuple(
        replace(m, indicators=tuple(replace(s, indicator=indicators[s.indicator.id]) for s in m.indicators))
        for m in evaluation.measures
    )
    goals = tuple(
        replace(g, indicators=tuple(replace(s, indicator=indicators[s.indicator.id]) for s in g.indicators))
        for g in evaluation.goals
    )
    return replace(evaluation, indicators=tuple(indicators.values()), measures=measures, goals=goals)


def test_a_sentence_about_the_revision_is_no_wrong_figure() -> None:
    given = indicator("163", {"R2": "180", "R6": "260"}, {"R2": "195"}, name="創業した件数", unit="件")
    [other] = revised().revisions
    declared = replace(other, before=Amount(Decimal(250)), after=Amount(Decimal(260)))
    sentence = "創業した件数の目標を250件から260件に改めた。"
    assert found(audit_city(given, results=sentence), "figure-differs") != []
    now = replace(given, revisions=(declared,))
    assert found(audit_city(now, results=sentence), "figure-differs") == []
    assert found(audit_city(now, results="創業した件数の目標は250件である。"), "figure-differs") != []
