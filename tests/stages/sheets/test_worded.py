"""A target in words is printed as its words; the chart has no line for it, and says the words where it is read out."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from pipeline.model.comparison import Relation
from pipeline.model.evaluation import Measure
from pipeline.model.results import Results
from pipeline.model.strategy import Amount, Indicator, Judgement, Worded
from pipeline.stages.charts.alt import alt_text
from pipeline.stages.charts.legend import _marks
from pipeline.stages.charts.series import series
from tests.stages.compute.examples import YEARS
from tests.stages.sheets import samples

RISING, FOUNDED = Worded("前年度より増加", baseline=Relation.ABOVE), Worded("制度の創設")


def shown(made: Measure, *indicators: Indicator) -> Measure:
    return replace(
        made, indicators=tuple(replace(made.indicators[n], indicator=one) for n, one in enumerate(indicators))
    )


def given() -> Results:
    """A measure with one target in words that figures test, and one that a person judged."""
    made = samples.measure(kpis=2)
    first, second = (one.indicator for one in made.indicators)
    rising = replace(first, targets=dict.fromkeys(YEARS[1:], RISING), actuals={"R2": Amount(Decimal(950))})
    founded = replace(second, targets={"R2": FOUNDED}, actuals={}, judgement=Judgement("met", "要綱を定めた。"))
    return samples.results(shown(made, rising, founded))


def test_the_sheet_prints_the_words_the_rating_and_why() -> None:
    told = "\n".join(samples.texts(samples.sheet(given())))
    assert told.count("前年度より増加") >= 5
    assert "制度の創設" in told
    assert "※「第1の指標」は達成率を示していません。理由: 目標が「前年度より増加」と言葉で定められているため" in told
    assert "※「第2の指標」の判定「達成」の理由: 要綱を定めた。" in told


def test_the_chart_has_bars_and_no_line() -> None:
    first, second = given().measures[0].assessments
    columns = series(first, YEARS, "R2")
    assert [one.target for one in columns.columns] == [None] * 6
    assert not any(one.untargeted for one in columns.columns)
    assert ("目標", None) not in _marks(columns)
    assert "令和2年度の目標は「前年度より増加」、実績は950件です。" in alt_text(first, YEARS, "R2")
    assert "令和2年度は目標を達成しています。" in alt_text(second, YEARS, "R2")


def test_a_chart_that_would_be_empty_is_left_out() -> None:
    made = samples.measure(kpis=3)
    first, second, third = (one.indicator for one in made.indicators)
    founded = replace(first, targets={"R2": FOUNDED}, actuals={}, judgement=Judgement("met", "要綱を定めた。"))
    sheet = samples.sheet(samples.results(shown(made, founded, second, third)))
    told = samples.texts(sheet)
    captions = [text for text in told if text.startswith("図")]
    assert [text[:2] for text in captions] == ["図1", "図2"]
    assert not any(founded.name in text for text in captions)
    assert [chart.indicator for chart in sheet.charts] == [second.id, third.id]
