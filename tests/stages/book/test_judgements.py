"""Further judgements and sums in the book: counted by their own bands, with their legend told under their name."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.model.results import Results
from tests.stages.book import samples
from tests.stages.compute.schemes import written
from tests.stages.compute.test_judgements import COURSE, RATE, ROLL_UP


def results(further: str = COURSE) -> Results:
    course = written(further.replace("previous:", "baseline:"))
    made = samples.city(1, 1, (100, 70))
    report = replace(made.evaluation.report, further=(course,))
    return samples.computed(replace(made.evaluation, report=report), scheme=written(RATE + ROLL_UP))


def test_the_summary_counts_them_and_tells_the_sums() -> None:
    told = samples.text(samples.book(results()), "summary")
    assert "「推移」は、上昇 1、下降 1です（全2指標）。" in told
    assert "基本目標の評点は、1が12点（要改善）です。" in told  # (7 + 3) + (1 + 1)


def test_counts_of_a_scale_of_numbers_do_not_run_into_it() -> None:
    scale = COURSE.replace("label: 上昇", 'label: "1"').replace("label: 下降", "label: Ⅱ")
    told = samples.text(samples.book(results(scale)), "summary")
    assert "「推移」は、「1」1、「Ⅱ」1です（全2指標）。" in told


def test_the_legend_explains_each_under_its_name() -> None:
    told = samples.text(samples.book(results()), "explanation")
    assert "「推移」" in told
    assert "↗" in told
    assert "実績が基準値を上回るもの" in told
