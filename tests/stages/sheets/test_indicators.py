"""What a sheet's table says of an indicator."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.strategy import Shown
from tests.stages.compute import examples
from tests.stages.sheets.samples import measure, results, sheet, table


@pytest.mark.parametrize(
    ("since", "printed"), [("R1", "12"), ("H31", "12"), ("R3", "12\n（R3）"), ("H28", "12\n（H28）")]
)
def test_a_baseline_of_another_year_says_so(since: str, printed: str) -> None:
    one = replace(examples.indicator(12, {"R4": 20}, {}), baseline_year=since)
    made = sheet(results(replace(measure(kpis=0), indicators=(Shown(one, one.name),))))
    assert [cell.text for cell in table(made, "IndicatorTable").rows[2].cells][2:8] == [printed, "", "", "", "", ""]
