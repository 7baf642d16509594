"""Sentences of other fields than this year's report, each with what is to come of its figures."""

from __future__ import annotations

import pytest

from pipeline.model.strategy import Direction, Indicator, Kind
from pipeline.stages.audit.numerals import figures, narrow
from tests.stages.audit.cities import audited, city
from tests.stages.compute.examples import indicator

BIRTHS = indicator("412", {"R2": "420", "R6": "450"}, {"R2": "389"}, name="年間出生数", unit="人", kind=Kind.ANNUAL)
GROUPS = indicator(
    "38",
    {"R2": "42", "R3": "46", "R6": "60"},
    {"R2": "41"},
    name="自主防災組織の結成数",
    unit="組織",
    kind=Kind.CUMULATIVE,
)
FARMLAND = indicator(
    "12.5", {"R2": "13.0", "R6": "15.0"}, {"R2": "12.1"}, name="認定農業者への農地集積率", unit="%", decimals=1
)
BUS = indicator(
    "182340",
    {"R2": "185000", "R6": "190000"},
    {"R2": "121050"},
    name="コミュニティバスの年間利用者数",
    unit="人",
    kind=Kind.ANNUAL,
)
WAITING = indicator(
    "15", {"R2": "5", "R6": "0"}, {"R2": "3"}, name="保育所の待機児童数", unit="人", direction=Direction.DECREASE
)
HOUSES = indicator(
    "120",
    {"R2": "150", "R3": "180", "R6": "270"},
    {"R2": "147"},
    name="空き家バンクの登録件数",
    unit="件",
    kind=Kind.CUMULATIVE,
)
SALES = indicator(
    "8.4", {"R2": "8.8", "R6": "10.0"}, {"R2": "7.9"}, name="道の駅の売上額", unit="億円", decimals=1, kind=Kind.ANNUAL
)
WIFI = indicator("21", {"R2": "25"}, {"R2": "26"}, name="公衆無線LANの設置箇所数", unit="箇所", kind=Kind.CUMULATIVE)
CARBON = indicator(
    "5.21",
    {"R2": "5.00"},
    {"R2": "4.87"},
    name="市民1人当たりの二酸化炭素排出量",
    unit="t",
    decimals=2,
    direction=Direction.DECREASE,
)

CONFIRMED, DIFFERS, NOTHING = "c", "d", "-"
"""What comes of a figure: recorded, warned of, left alone; one letter for each figure of a sentence."""


@pytest.mark.parametrize(
    ("given", "sentence", "expected"),
    [
        (BIRTHS, "令和2年度の出生数は389人で、前年度から23人減少した。", "cc"),
        (BIRTHS, "出生数は389人と、目標の420人に届かなかった。", "cc"),
        (BIRTHS, "出生数は398人にとどまった。", "d"),
        (BIRTHS, "出生祝金は延べ350人に交付した。", "-"),
        (BIRTHS, "産後ケアは12人が利用し、満足度は98%であった。", "--"),
        (GROUPS, "自主防災組織は新たに3組織が結成され、41組織となった。", "cc"),
        (GROUPS, "自主防災組織は新たに4組織が結成された。", "d"),
        (GROUPS, "防災訓練には38組織、1,200人が参加した。", "--"),
        (FARMLAND, "農地集積率は12.1%で、前年度を0.4ポイント下回った。", "cc"),
        (FARMLAND, "農地集積率は目標の13%に対し、12.1%となった。", "cc"),
        (FARMLAND, "新規の補助により、農業者の3割が規模を拡大した。", "-"),
        (BUS, "コミュニティバスの利用者は、121,050人（前年度比33.6%減）であった。", "cc"),
        (BUS, "バス停を12か所に増やし、運行を1日8便とした。", "--"),
        (BUS, "コミュニティバスの利用者数は121,500人であった。", "d"),
        (WAITING, "待機児童は15人から3人に減った。", "cc"),
        (WAITING, "待機児童は3人で、目標の5人を下回ることができた。", "cc"),
        (WAITING, "保育士を5人採用し、定員を30人増やした。", "--"),
        (HOUSES, "空き家バンクには新たに27件が登録され、登録件数は累計147件となった。", "cc"),
        (HOUSES, "空き家バンクの新規登録は27件で、年間目標の30件に届かなかった。", "cc"),
        (HOUSES, "空き家バンクを通じて12件が成約した。", "-"),
        (SALES, "道の駅の売上額は7億9千万円で、前年度に比べ5,000万円減った。", "cc"),
        (SALES, "道の駅の売上額は7.9億円（達成率89.8%）となった。", "cc"),
        (SALES, "道の駅の売上額は前年度比94.0%であった。", "c"),
        (SALES, "道の駅の売上額は前年度比95.0%であった。", "d"),
        (SALES, "道の駅の改修に3億2千万円を投じた。", "-"),
        (WIFI, "公衆無線LANを新たに5か所に設置し、26か所となった。", "cc"),
        (WIFI, "公衆無線LANの設置は26箇所で、目標の25箇所を上回った。", "cc"),
        (CARBON, "市民1人当たりの二酸化炭素排出量は4.87tであった。", "c"),
        (CARBON, "住宅用蓄電池の補助は45件、電気自動車は12台であった。", "--"),
        (BIRTHS, "出生数は前年度に比べ23人（5.6%）減少した。", "cc"),
        (BIRTHS, "出生数は前年度に比べ23人、率にして5.6%減少した。", "cc"),
        (BIRTHS, "出生数は389人で、前年度より32人減少した。", "cd"),
        (BIRTHS, "出生数のうち、第1子は198人、第2子は382人であった。", "--"),
        (BIRTHS, "出生数は、目標の420人を31人下回った。", "cc"),
        (BIRTHS, "出生数は、目標の420人には31人及ばなかった。", "cc"),
        (BIRTHS, "令和元年度の出生数は421人であった。", "d"),
        (BIRTHS, "令和元年度の出生数は412人であった。", "c"),
        (BIRTHS, "令和6年度までに出生数450人を目指す。", "c"),
        (BIRTHS, "令和6年度に出生数を450人とすることを目標とする。", "c"),
        (BIRTHS, "出生数は389人（目標420人）であった。", "cc"),
        (GROUPS, "自主防災組織は累計14組織となった。", "d"),
        (BUS, "コミュニティバスの利用者数は前年度の7割程度に減った。", "c"),
        (FARMLAND, "備蓄は2万3千食で、目標の2万5千食の14%である。", "-"),
        (SALES, "道の駅の売上額は790.0百万円であった。", "c"),
    ],
)  # fmt: skip
def test_what_comes_of_the_figures_of_a_sentence(given: Indicator, sentence: str, expected: str) -> None:
    name = f"{given.name.removesuffix('数')}に関する取組"
    found = {
        d.place.column - 5: d.id for d in audited(city(given, results=sentence, name=name)) if "内訳" not in d.message
    }
    marks = {"figure-confirmed": CONFIRMED, "figure-differs": DIFFERS}
    read = figures(narrow(sentence), (given.unit,))
    assert "".join(marks.get(found.get(figure.start, ""), NOTHING) for figure in read) == expected
