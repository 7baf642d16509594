"""A sheet whose indicator is judged by an earlier year's actual says so."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec.structs import replace

from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Absence, Amount, Value
from tests.stages.sheets import samples


def in_r3(evaluation: Evaluation) -> Evaluation:
    scheme = evaluation.report.scheme
    by = replace(scheme, method=replace(scheme.method, latest=True))
    return replace(evaluation, report=replace(evaluation.report, year="R3", scheme=by))


def test_the_note_and_the_large_figure_tell_the_year() -> None:
    made = samples.measure(kpis=1)
    shown = made.indicators[0]
    actuals: Mapping[str, Value] = {"R2": Amount(Decimal(2000)), "R3": Absence.NOT_MEASURED}
    late = replace(made, indicators=(replace(shown, indicator=replace(shown.indicator, actuals=actuals)),))
    told = "\n".join(samples.texts(samples.sheet(samples.results(late, change=in_r3))))
    assert "※「第1の指標」は、R3の実績が未測定のため、R2の実績で判定しています。" in told
    assert "2,000 件（R2実績）" in told
    assert "令和2年度の達成率" in told


def test_nothing_is_said_where_the_year_has_its_actual() -> None:
    told = "\n".join(samples.texts(samples.sheet(samples.results(samples.measure(kpis=1)))))
    assert "の実績で判定" not in told
