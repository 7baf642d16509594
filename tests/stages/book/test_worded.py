"""The book prints a target in words, counts it as rated or not, and says how it is judged."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.comparison import Relation
from pipeline.model.strategy import Worded
from tests.stages.book import samples


def test_the_summary_and_the_legend_tell_of_words() -> None:
    made = samples.city(1, 1, (100, 90))
    own, second = made.evaluation.measures[0].indicators
    words = Worded("基準値より増加", baseline=Relation.ABOVE)
    rising = replace(second, indicator=replace(second.indicator, targets={"R2": words}))
    measure = replace(made.evaluation.measures[0], indicators=(own, rising))
    changed = replace(made.evaluation, measures=(measure,), indicators=(own.indicator, rising.indicator))
    results = samples.computed(changed)
    book = samples.book(results)
    assert (results.indicators.met, results.indicators.unmet) == (2, 0)  # 90 is above the baseline of 80
    assert "基準値より増加" in samples.text(book, "summary")
    assert "目標が言葉で定められた指標は、達成率を示さず" in samples.text(book, "explanation")
