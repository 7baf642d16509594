"""What is read out in a chart's place."""

from __future__ import annotations

import pytest

from pipeline.stages.charts.alt import alt_text
from tests.stages.charts.examples import CASES, EVALUATED
from tests.stages.compute.examples import YEARS


def alt(name: str) -> str:
    return alt_text(CASES[name], YEARS, EVALUATED.get(name, "R2"))


def test_every_figure_is_told_a_sentence_a_fact() -> None:
    assert alt("out-migration") == (
        "転出超過数の目標と実績の推移です。"
        "令和元年度の基準値は143人です。"
        "令和2年度の目標は50人、実績は103人です。"
        "今後の目標は、令和3年度が45人、令和4年度が40人、令和5年度が35人、令和6年度が30人です。"
        "数値が小さいほど良い指標です。"
        "令和2年度は目標を達成していません。"
    )


def test_absence_is_told_and_nothing_judged() -> None:
    assert alt("no-data") == (
        "住みたいと思う人の割合の目標と実績の推移です。"
        "令和元年度の基準値は42.3％です。"
        "令和2年度の目標は設定なし、実績はなしです。"
        "今後の目標は、令和3年度が設定なし、令和4年度が設定なし、令和5年度が設定なし、令和6年度が60.0％です。"
    )


def test_a_milestone_tells_its_states() -> None:
    assert "令和2年度の目標は2航路（完成）、実績は2航路（整備中）です。" in alt("milestone")


def test_past_years_are_told_with_both_figures() -> None:
    assert "令和3年度の目標は50.0％、実績は48.2％です。" in alt("past-years")


@pytest.mark.parametrize("name", CASES)
def test_a_listener_is_not_told_that_it_is_a_picture(name: str) -> None:
    assert "画像" not in alt(name)
