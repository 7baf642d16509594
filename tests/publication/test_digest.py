"""The digest: the same figures as the book, what is furthest behind first, nothing that is not to be shown."""

from __future__ import annotations

import io

import docx
import pytest
from msgspec.structs import replace

from pipeline.model.results import Results
from pipeline.publication.digest import digest
from tests.project import FIXTURES, ROOT
from tests.publication.test_changes import results


@pytest.fixture(scope="module")
def city() -> Results:
    return results(FIXTURES / "city")


def tables(made: Results, *earlier: Results) -> dict[str, list[list[str]]]:
    """Return the rows of each table, by the first cell of its head and the number of its columns."""
    checked = digest(made, earlier, ROOT / "templates")
    assert checked.value is not None, checked.diagnostics
    found = docx.Document(io.BytesIO(checked.value)).tables
    return {t.rows[0].cells[0].text: [[c.text for c in r.cells] for r in t.rows] for t in found}


def test_goals_add_up_to_all_indicators(city: Results) -> None:
    rows = tables(city)["基本目標"][1:]
    assert sum(int(row[1]) for row in rows) == city.indicators.total
    assert rows[0][1:] == ["8", "達成 6　概ね達成 1　未達成 1"]


def test_what_missed_its_target_stands_with_the_furthest_behind_first(city: Results) -> None:
    rows = tables(city)["施策"][1:]
    assert len(rows) == city.indicators.unmet
    rates = [float(row[4].rstrip("%")) for row in rows if row[4] != "―"]
    assert rates == sorted(rates)
    assert rows[1][2:] == ["20", "3", "15.0%", "■ 未達成"]


def test_years_before_stand_beside_this_one(city: Results) -> None:
    assert "年度" not in tables(city)
    report = city.evaluation.report
    before = replace(city, evaluation=replace(city.evaluation, report=replace(report, year="R1")))
    assert [row[0] for row in tables(city, before)["年度"]] == ["年度", "令和元年度", "令和2年度"]


def test_ratings_that_are_not_to_be_shown_are_not(city: Results) -> None:
    report = replace(city.evaluation.report, show_rates=False)
    found = tables(replace(city, evaluation=replace(city.evaluation, report=report)))
    assert list(found) == ["基本目標"]
    assert found["基本目標"][0] == ["基本目標", "指標数"]
