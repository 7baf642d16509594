"""What the words around a figure claim: year, direction, bounds, units, shares, sums, and what is said without one."""

from __future__ import annotations

import pytest

from pipeline.model.strategy import Direction, Indicator, Kind
from pipeline.stages.audit.numerals import narrow
from pipeline.stages.audit.years import Calendar
from tests.stages.audit.cities import city, found
from tests.stages.compute.examples import indicator

VISITS = indicator(
    "268607", {"R2": "210000", "R6": "360000"}, {"R2": "195757"}, name="博物館の入館者数", unit="人", kind=Kind.ANNUAL
)
WASTE = indicator("968", {"R2": "950"}, {"R2": "955"}, name="家庭ごみの排出量", unit="t", direction=Direction.DECREASE)
HOURS = indicator("18.5", {"R2": "16"}, {"R2": "15.0"}, name="月平均の残業時間", unit="時間", decimals=1)
RATE = indicator("44.8", {"R2": "47.0", "R6": "60.0"}, {"R2": "36.2"}, name="歯科健診の受診率", unit="%", decimals=1)
BASELESS = indicator(None, {"R2": "20"}, {"R2": "3"}, name="自動化した事務の件数", unit="件")


@pytest.mark.parametrize(
    ("given", "right", "wrong"),
    [
        (VISITS, "入館者数は20万人を下回った。", "入館者数は20万人を超えた。"),
        (VISITS, "入館者数は20万人弱であった。", "入館者数は20万人余りであった。"),
        (VISITS, "入館者数は19万人台であった。", "入館者数は20万人台であった。"),
        (VISITS, "入館者数は20万人に達しなかった。", "入館者数は20万人に達した。"),
        (VISITS, "令和元年度の入館者数は268,607人であった。", "令和2年度の入館者数は268,607人であった。"),
        (VISITS, "入館者数は、平成31年度は268,607人であった。", "入館者数は、今年度は268,607人であった。"),
        (VISITS, "入館者数は目標の21万人に届かなかった。", "入館者数は目標の36万人に届かなかった。"),
        (VISITS, "入館者数は前年度から72,850人減少した。", "入館者数は前年度から72,850人増加した。"),
        (VISITS, "入館者数の達成率は93.2%であった。", "入館者数の達成率は124.3%であった。"),
        (VISITS, "入館者数は前年度の約4分の3となった。", "入館者数は前年度の約3分の1となった。"),
        (VISITS, "入館者数は前年度より3割近く減った。", "入館者数は前年度より7割近く減った。"),
        (WASTE, "家庭ごみの排出量は955tで、目標の950tを上回った。", "家庭ごみの排出量は955tで、目標の950tを下回った。"),
        (WASTE, "家庭ごみの排出量は955,000kgであった。", "家庭ごみの排出量は95,500kgであった。"),
        (HOURS, "月平均の残業時間は900分であった。", "月平均の残業時間は90分であった。"),
        (HOURS, "月平均の残業時間は、3時間30分短縮した。", "月平均の残業時間は、3時間50分短縮した。"),
        (RATE, "歯科健診を受診していない人は63.8%である。", "歯科健診を受診していない人は36.2%である。"),
        (RATE, "歯科健診の受診率は8.6ポイント低下した。", "歯科健診の受診率は8.6%低下した。"),
        (RATE, "歯科健診の受診率は過半数に遠く、36.2%であった。", "歯科健診の受診率は過半数となった。"),
    ],
)
def test_a_claim_is_true_in_full_or_a_warning(given: Indicator, right: str, wrong: str) -> None:
    assert found(city(given, results=right, name=given.name), "figure-differs") == []
    told = city(given, results=wrong, name=given.name)
    assert found(told, "figure-differs")
    assert not [m for m in found(told, "figure-confirmed") if m[1:].partition("」")[0] not in right]


@pytest.mark.parametrize(
    ("given", "right", "wrong"),
    [
        (VISITS, "入館者数は前年度を下回った。", "入館者数は前年度を上回った。"),
        (VISITS, "入館者数は目標を達成できなかった。", "入館者数は目標を達成した。"),
        (VISITS, "入館者数は減少傾向にある。", "入館者数は増加傾向にある。"),
        (VISITS, "入館者数は、これまで最も少なかった。", "入館者数は、過去最多であった。"),
        (WASTE, "家庭ごみの排出量は前年度より改善した。", "家庭ごみの排出量は前年度より悪化した。"),
        (VISITS, "入館者数が目標を達成できるよう努める。", "入館者数が目標を達成したため、事業を見直す。"),
    ],
)
def test_what_is_said_without_a_figure_is_held_to_the_table_too(given: Indicator, right: str, wrong: str) -> None:
    assert found(city(given, results=right, name=given.name), "figure-differs") == []
    assert found(city(given, results=wrong, name=given.name), "figure-differs")


@pytest.mark.parametrize(
    ("sentence", "warned"),
    [
        ("相談は窓口で14件、電話で9件、合わせて23件であった。", False),
        ("相談は窓口で14件、電話で9件、合わせて24件であった。", True),
        ("相談は窓口で14件、電話で9件、累計120件であった。", False),
    ],
)
def test_sums_in_words_add_up(sentence: str, warned: bool) -> None:
    assert bool(found(city(VISITS, results=sentence), "figure-parts-differ")) is warned


@pytest.mark.parametrize(
    "sentence",
    [
        "自動化した事務は3件で、前年度の2件を上回った。",
        "達成率は98.0%であった。",
        "自動化した事務の件数の進捗率は15.0%である。",
    ],
)
def test_what_the_table_does_not_say_is_neither_confirmed_nor_denied(sentence: str) -> None:
    told = city(BASELESS, results=sentence, name="自動化した事務の件数")
    assert all("「3件」" in message for message in found(told, "figure-confirmed"))


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("令和元年度の12人から前年度", ["R1", "R1"]),
        ("平成31年度と平成30年度", ["R1", "H30"]),
        ("令和２年４月に開館し、R2の実績は", ["R2"]),
        ("基準年度から最終年度まで", ["R1", "R6"]),
        ("令和二年度、本年度", ["R2", "R2"]),
        ("V2H方式、H2ブロック、令和0年度", []),
    ],
)
def test_years_are_read_as_they_are_meant(words: str, years: list[str]) -> None:
    assert [named.year for named in Calendar("R2", "R1", "R6").named(narrow(words))] == years
