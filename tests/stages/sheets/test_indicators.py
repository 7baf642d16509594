"""What a sheet's table says of an indicator."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.model.scheme import Aim
from pipeline.model.strategy import Shown
from tests.stages.compute import examples
from tests.stages.compute.schemes import ready
from tests.stages.sheets.samples import measure, results, sheet, table, texts


@pytest.mark.parametrize(
    ("since", "printed"), [("R1", "12"), ("H31", "12"), ("R3", "12\n（R3）"), ("H28", "12\n（H28）")]
)
def test_a_baseline_of_another_year_says_so(since: str, printed: str) -> None:
    one = replace(examples.indicator(12, {"R4": 20}, {}), baseline_year=since)
    made = sheet(results(replace(measure(kpis=0), indicators=(Shown(one, one.name),))))
    assert [cell.text for cell in table(made, "IndicatorTable").rows[2].cells][2:8] == [printed, "", "", "", "", ""]


def test_the_target_of_another_year_that_was_compared_is_named() -> None:
    one = replace(examples.indicator(80, {"R6": 120}, {"R2": 90}, unit="件"), decimals=0)
    scheme = replace(ready("年度達成率"), method=replace(ready("年度達成率").method, target=Aim.LAST))
    shown = replace(measure(kpis=0), indicators=(Shown(one, one.name),))
    made = sheet(results(shown, change=lambda e: replace(e, report=replace(e.report, scheme=scheme))))
    told = "\n".join(texts(made))
    assert "※判定は、R6の目標と比べたものです。" in told
    assert "120 件（R6目標）" in told
    assert "KPI 1指標（B 1）" in told
