"""Figures read from running text, however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.audit.numerals import figures, narrow, parse, scaled

WIDE = str.maketrans("0123456789,.%", "０１２３４５６７８９，．％")
KANJI = "〇一二三四五六七八九"
COUNTERS = st.sampled_from(["件", "人", "名", "社", "世帯", "団体", "地区", "か所", "回", "%", "円", "台"])


def read(text: str) -> list[tuple[str, str]]:
    return [(str(f.value), f.unit) for f in figures(narrow(text), ("万人", "人/ha", "g"))]


def in_kanji(number: int) -> str:
    """Write a number below 10,000,000 in kanji as documents do: 二百三十万五千."""

    def small(value: int) -> str:
        parts = []
        for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, value = divmod(value, scale)
            if digit:
                parts.append(("" if digit == 1 and sign else KANJI[digit]) + sign)
        return "".join(parts)

    large, rest = divmod(number, 10_000)
    return (f"{small(large)}万" if large else "") + small(rest)


@given(st.integers(0, 10**12), COUNTERS)
def test_thousands_separators_and_widths_change_nothing(number: int, unit: str) -> None:
    plain = read(f"結果は{number}{unit}であった。")
    assert plain == read(f"結果は{number:,}{unit}であった。")
    assert plain == read(f"結果は{number:,}{unit}であった。".translate(WIDE))
    assert Decimal(plain[0][0]) == number


@given(st.integers(1, 9_999_999), COUNTERS)
def test_numbers_in_kanji_are_read_as_those_in_digits(number: int, unit: str) -> None:
    assert read(f"結果は{in_kanji(number)}{unit}") == read(f"結果は{number}{unit}")


@given(st.decimals(0, 1000, places=1))
def test_decimals_are_exact_and_know_their_last_place(number: Decimal) -> None:
    (figure,) = figures(f"率は{number}%となった")
    assert (figure.value, figure.step) == (number, Decimal("0.1"))


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_keeps_its_places(text: str) -> None:
    folded = narrow(text)
    assert len(folded) == len(text)
    for figure in figures(folded):
        assert 0 <= figure.start < figure.end <= len(text)


@given(st.text("0123456789,.一二三十百千万億〇", max_size=12))
def test_any_run_of_numerals_is_read_or_refused(written: str) -> None:
    number = parse(written)
    assert number is None or number[1] > 0


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1万2千人", "12000", "人"),
        ("19万5,757人", "195757", "人"),
        ("1億2,000万円", "120000000", "円"),
        ("100万人", "1000000", "人"),
        ("3割", "30", "%"),
        ("二割五分", "25", "%"),
        ("3分の1", "33.33333333333333333333333333", "%"),
        ("半数", "50", "%"),
        ("半減", "0.5", "倍"),
        ("約12,000人", "12000", "人"),
        ("▲3.2%", "-3.2", "%"),
        ("48.0人/ha", "48.0", "人/ha"),
        ("５箇所", "5", "か所"),
        ("835g", "835", "g"),
    ],
)
def test_ways_of_writing(text: str, value: str, unit: str) -> None:
    assert read(f"結果は{text}である") == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "令和2年度に", "2020年4月1日から", "R2年度の", "9時30分から", "第1次製品", "6次産業化", "第12条に", "5歳児",
        "25～39歳", "10周年", "5か年計画", "20年後", "施策1-2", "0834-22-8411", "V2H方式", "Society5.0", "1人1台の端末",
        "一人ひとり", "一人一人", "第3回", "1人当たり", "三者連携", "一部", "一般", "万全", "十分", "千葉",
        "2丁目", "3つの", "No.5件", "AI2人",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert [f for f in read(f"また、{text}、進める。") if f[1] != "台"] == []


@pytest.mark.parametrize("text", ["約30件", "30件程度", "30件以上", "20～30件", "およそ30件", "30余件", "30件弱"])
def test_an_approximation_is_known_as_one(text: str) -> None:
    assert all(figure.rough for figure in figures(narrow(f"相談は{text}あった")))


def test_the_scale_of_a_unit_is_taken_out() -> None:
    assert (scaled("万人"), scaled("百万円"), scaled("％"), scaled("名")) == (
        ("人", 10_000),
        ("円", 1_000_000),
        ("%", 1),
        ("人", 1),
    )


@pytest.mark.parametrize("text", ["1" * 5_000 + "千人", "1" * 5_000 + "分の1", "百" * 5_000 + "人", "1" * 5_000 + "人"])
def test_what_is_longer_than_any_amount_is_no_figure(text: str) -> None:
    assert figures(text) == ()
