"""Choices that departments made, counted for the summary: as the form lists them, by goal, and those not made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.results import Results
from pipeline.stages import validate
from pipeline.stages.book.choices import counted
from pipeline.stages.compute import compute
from tests.project import FIXTURES

AKANE = FIXTURES / "akane"


@pytest.fixture(scope="module")
def results() -> Results:
    evaluation = validate.read(AKANE / "inputs" / "R9", AKANE).value
    assert evaluation is not None
    made = compute(evaluation).value
    assert made is not None
    return made


def test_every_field_of_choices_is_counted_in_the_order_of_the_form(results: Results) -> None:
    told = {str(one["名称"]): one for one in counted(results)}
    assert [*told] == ["進捗状況", "妥当性", "効率性", "有効性", "今後の方向性"]
    rows = sum(len(m.measure.initiatives) for m in results.measures)
    for one in told.values():
        columns, goals = one["区分"], one["基本目標"]
        assert isinstance(columns, list) and isinstance(goals, list)
        assert sum(int(column["数"]) for column in columns) == rows
        for number, column in enumerate(columns):
            assert sum(int(goal["区分"][number]["数"]) for goal in goals) == int(column["数"])
            assert {goal["区分"][number]["語"] for goal in goals} == {column["語"]}


def test_what_was_not_chosen_is_a_count_of_its_own(results: Results) -> None:
    first = next(m for m in results.measures if m.measure.initiatives)
    item = first.measure.initiatives[0]
    emptied = replace(item, fields={**item.fields, "validity": ""})
    measure = replace(first.measure, initiatives=(emptied, *first.measure.initiatives[1:]))
    some = replace(results, measures=(replace(first, measure=measure),))
    columns = next(one["区分"] for one in counted(some) if one["名称"] == "妥当性")
    assert isinstance(columns, list) and columns[-1] == {"語": "未記入", "数": "1"}
