"""Figures in sentences against the tables, in cities of several domains."""

from __future__ import annotations

import pytest

from pipeline.model.evaluation import Evaluation
from pipeline.model.strategy import Direction, Indicator, Kind
from tests.stages.audit.cities import audited, city, found, silences
from tests.stages.compute.examples import indicator

CHECKUP = indicator("41.2", {"R2": "45", "R6": "60"}, {"R2": "43.9"}, name="特定健康診査の受診率", unit="%", decimals=1)
LIBRARY = indicator(
    "120345", {"R2": "125000"}, {"R2": "98765"}, name="市立図書館の貸出冊数", unit="冊", kind=Kind.ANNUAL
)
SOLAR = indicator(
    "210",
    {"R2": "240", "R3": "280"},
    {"R2": "251"},
    name="太陽光発電設備の設置補助件数",
    unit="件",
    kind=Kind.CUMULATIVE,
)
TAX = indicator(
    "3.2", {"R2": "3.5"}, {"R2": "2.81"}, name="ふるさと納税の寄附額", unit="億円", kind=Kind.ANNUAL, decimals=2
)
WASTE = indicator(
    "820", {"R2": "800"}, {"R2": "835"}, name="1人1日当たりのごみ排出量", unit="g", direction=Direction.DECREASE
)
BIRTHS = indicator("1.31", {"R2": "1.33", "R6": "1.45"}, {"R2": "1.29"}, name="合計特殊出生率", unit="", decimals=2)


def told(sentence: str, *indicators: Indicator) -> Evaluation:
    return city(*indicators, results=sentence)


@pytest.mark.parametrize(
    ("sentence", "given", "formula"),
    [
        ("特定健康診査の受診率は43.9%であった。", CHECKUP, "実績R2 = 43.9"),
        ("特定健康診査の受診率は41.2%から上がった。", CHECKUP, "実績R1 = 41.2"),
        ("特定健康診査の受診率は、前年度より2.7ポイント上昇した。", CHECKUP, "実績R2 − 実績R1 = 43.9 − 41.2 = 2.7"),
        ("特定健康診査の受診率は、目標を1.1ポイント下回った。", CHECKUP, "実績R2 − 目標R2 = 43.9 − 45.0 = -1.1"),
        ("特定健康診査の受診率は約４割であった。", CHECKUP, "実績R2 = 43.9"),
        ("令和6年度に特定健康診査の受診率60%を目指す。", CHECKUP, "目標R6 = 60.0"),
        ("図書館の貸出冊数は９８，７６５冊であった。", LIBRARY, "実績R2 = 98,765"),
        ("図書館の貸出冊数は9万8千冊であった。", LIBRARY, "実績R2 = 98,765"),
        ("図書館の貸出冊数は約10万冊であった。", LIBRARY, "実績R2 = 98,765"),
        ("図書館の貸出冊数は前年度比17.9%減であった。", LIBRARY, "（実績R2 ÷ 実績R1 = 98,765 ÷ 120,345） − 1 = -17.9%"),
        ("図書館の貸出冊数は前年度の82.1%に減った。", LIBRARY, "実績R2 ÷ 実績R1 = 98,765 ÷ 120,345 = 82.1%"),
        ("図書館の貸出冊数は、目標の79.0%であった。", LIBRARY, "実績R2 ÷ 目標R2 = 98,765 ÷ 125,000 = 79.0%"),
        ("太陽光発電設備の設置補助は四十一件であった。", SOLAR, "実績R2 − 実績R1 = 251 − 210 = 41"),
        ("太陽光発電設備の設置補助は、目標の30件を上回った。", SOLAR, "目標R2 − 実績R1 = 240 − 210 = 30"),
        ("ふるさと納税の寄附額は2億8,100万円であった。", TAX, "実績R2 = 2.81"),
        ("図書館の貸出冊数の達成率は79.0%であった。", LIBRARY, "実績R2 ÷ 目標R2 = 98,765 ÷ 125,000 = 79.0%"),
        ("ごみの排出量は1人1日当たり835gとなった。", WASTE, "実績R2 = 835"),
        ("合計特殊出生率は1.29となった。", BIRTHS, "実績R2 = 1.29"),
        ("合計特殊出生率は、前年度より0.02低下した。", BIRTHS, "実績R2 − 実績R1 = 1.29 − 1.31 = -0.02"),
        ("合計特殊出生率は、前年度より0.02ポイント低下した。", BIRTHS, "実績R2 − 実績R1 = 1.29 − 1.31 = -0.02"),
    ],
)  # fmt: skip
def test_a_figure_that_agrees_is_recorded_with_its_formula(sentence: str, given: Indicator, formula: str) -> None:
    (message,) = found(told(sentence, given), "figure-confirmed", "figure-differs")
    assert f"の {formula} と合っています" in message


@pytest.mark.parametrize(
    ("sentence", "given", "formula"),
    [
        ("特定健康診査の受診率は43.6%であった。", CHECKUP, "実績R2 = 43.9"),
        ("特定健康診査の受診率は、前年度より2.9ポイント上昇した。", CHECKUP, "43.9 − 41.2 = 2.7"),
        ("図書館の貸出冊数は98,675冊であった。", LIBRARY, "実績R2 = 98,765"),
        ("図書館の貸出冊数は9,876冊であった。", LIBRARY, "実績R2 = 98,765"),
        ("図書館の貸出冊数は前年度比19.7%減であった。", LIBRARY, "-17.9%"),
        ("太陽光発電設備の設置補助は41件で、目標の40件を上回った。", SOLAR, "240 − 210 = 30"),
        ("合計特殊出生率は1.92となった。", BIRTHS, "実績R2 = 1.29"),
    ],
)
def test_a_figure_that_nearly_agrees_is_a_warning_with_both(sentence: str, given: Indicator, formula: str) -> None:
    (message,) = found(told(sentence, given), "figure-differs")
    assert formula in message
    assert "と違います" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "令和43年9月に図書館の貸出しを再開した。",
        "図書館の蔵書98,764点を点検し、貸出しに備えた。",
        "図書館では、貸出冊数のうち98,000冊が児童書であった。",
        "第98回の読み聞かせ会を開き、12名が参加した。",
        "図書館の貸出しについて、電話098-765-4321で受け付けた。",
        "図書館法第12条に基づき、5歳から98歳までの利用者に貸出カードを配った。",
        "広報紙を98,700部配った。",
        "講演会には120人が参加し、定員の100人を超えた。",
    ],
)
def test_a_figure_of_something_else_is_left_alone(sentence: str) -> None:
    assert found(told(sentence, LIBRARY, CHECKUP), "figure-confirmed", "figure-differs") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "国の合計特殊出生率は1.33である。",
        "合計特殊出生率については、国が1.33、県は1.34、全国平均1.36である。",
        "合計特殊出生率の向上に向け、2.5haの公園を1.5倍に広げ、1.5歳児の健診を行った。",
        "合計特殊出生率の向上に向け、第3次の計画に5つの柱を立て、5に分けた。",
    ],
)
def test_a_number_beside_an_indicator_without_a_unit_may_be_of_something_else(sentence: str) -> None:
    assert found(told(sentence, BIRTHS), "figure-confirmed", "figure-differs") == []


def test_parts_in_brackets_add_up_to_the_whole() -> None:
    right = told("相談は23件（窓口14件、電話9件）であった。", LIBRARY)
    wrong = told("相談は24件（窓口14件、電話9件）であった。", LIBRARY)
    assert found(right, "figure-confirmed") == ["「23件」は、内訳の合計（14 + 9 = 23）と合っています"]
    assert found(wrong, "figure-parts-differ") == ["「24件」が、括弧の中の内訳の合計（14 + 9 = 23）と違います"]


def test_an_initiative_that_is_about_an_indicator_need_not_name_it() -> None:
    given = city(SOLAR, results="交付は41件であった。", name="太陽光発電設備の設置補助")
    assert len(found(given, "figure-confirmed")) == 1


def test_a_sentence_on_another_activity_is_not_about_the_indicator() -> None:
    activities = ("太陽光発電設備の設置補助", "省エネルギー家電の買換え支援")
    given = city(
        SOLAR, results="省エネルギー家電の買換えは41件を支援した。", name="再生可能エネルギー", activities=activities
    )
    assert found(given, "figure-confirmed") == []


def test_a_finding_stands_at_its_character() -> None:
    given = told("図書館を改装した。\n図書館の貸出冊数は98,675冊であった。", LIBRARY)
    (warned,) = (d for d in audited(given) if d.id == "figure-differs")
    assert (warned.place.line, warned.place.column) == (11, 5 + len("図書館の貸出冊数は"))


def test_a_warning_is_silenced_with_its_reason() -> None:
    rules = silences(("figure-differs", "measures/1-1.yaml", "98,675冊"))
    given = city(LIBRARY, results="図書館の貸出冊数は98,675冊であった。", rules=rules)
    assert found(given, "figure-differs", "silence-unused") == []
    (kept,) = found(given, "audit-silenced")
    assert kept.endswith("[figure-differs]（省いた理由：原本のとおり）")


@pytest.mark.parametrize("words", ["98,676冊", "別の言葉"])
def test_a_silence_that_matches_nothing_is_a_warning(words: str) -> None:
    given = city(
        LIBRARY,
        results="図書館の貸出冊数は98,675冊であった。",
        rules=silences(("figure-differs", "measures/1-1.yaml", words)),
    )
    assert len(found(given, "figure-differs")) == 1
    assert len(found(given, "silence-unused")) == 1


def test_a_list_of_figures_without_a_sentence_between_claims_nothing() -> None:
    listed = "特定健康診査の受診率は43.5%、" * 101
    assert not found(told(f"{listed}であった。", CHECKUP), "figure-differs")
    assert len(found(told("特定健康診査の受診率は43.5%であった。", CHECKUP), "figure-differs")) == 1


def test_what_stands_beyond_all_that_a_sheet_holds_is_not_read() -> None:
    wrong = "特定健康診査の受診率は43.5%であった。"
    assert len(found(told("あ。" * 9_900 + wrong, CHECKUP), "figure-differs")) == 1
    assert not found(told("あ。" * 10_000 + wrong, CHECKUP), "figure-differs")
