"""The shape of a rating scheme: a file of its own under inputs/schemes, or written out in report.yaml."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from pipeline.model.scheme import Aim, Judged, Lower, Rounding
from pipeline.stages.validate.base import File, Shape, key, mapping_or_text
from pipeline.stages.validate.choices import (
    AimWord,
    AveragedWord,
    Basis,
    BasisWord,
    DirectionWord,
    FormulaWord,
    JudgedWord,
    KindWord,
    LowerWord,
    RelationWord,
    RoundingWord,
    ToneWord,
)
from pipeline.stages.validate.identifiers import Slug
from pipeline.stages.validate.quantities import Number, Whole, Year
from pipeline.stages.validate.scalars import Line, OptionalLine, Unit

Decimals = Annotated[Whole, Field(ge=0, le=3)]
Percent = Annotated[Number, Field(ge=0, le=1000)]
Room = Annotated[Number, Field(ge=0)]
UNIT = "指標の単位のまま。割合ならポイント。tolerance の代わりに書きます"
LATEST = "評価年度の実績が未測定か集計中のとき、実績のある最も新しい年度で判定します（その年度を印刷します）"
BANDS = "bands: と書き、次の行から「- {code: met, label: 達成, mark: ●, tone: good}」などの区分を並べて"


class BandShape(Shape):
    """A rating."""

    prefix = "band"
    called = "判定の区分"
    code: Slug = key("区分の識別名", "区分の識別名（半角の英小文字）。achievement.json に書かれます", "met")
    label: Line = key("表示する言葉", "印刷する言葉（例: 達成）", "達成")
    mark: Line = key("記号", "印刷する記号（例: ●）", "●")
    tone: ToneWord = key(
        "色調",
        "文字の色調。good（良い）、near（もう少し）、poor（良くない）、plain（色を付けない）",
        written="tone: good",
    )
    met: bool = key("目標達成の区分か", "true は、目標に届いたものの区分", default=False)
    at_least: Number | None = key("達成率の下限", "率の下限（%）。この数以上のものの区分", 80, default=None)
    over: Number | None = key(
        "達成率の下限（超）", "率の下限（%）。この数を超えるものの区分（ちょうどは含みません）", default=None
    )
    target: RelationWord | None = key(
        "目標と比べたときの条件", "実績を目標と比べたときの条件（上回る、届く、同じ など）", default=None
    )
    baseline: RelationWord | None = key("基準値と比べたときの条件", "実績を基準値と比べたときの条件", default=None)
    previous: RelationWord | None = key("前年度の実績との比較", "実績を前年度の実績と比べたときの条件", default=None)
    tolerance: Percent | None = key("同じとみなす幅", "比べるときに「同じ」とみなす幅（比べる値の±何%）", default=None)
    margin: Room | None = key("同じとみなす幅（単位のまま）", f"比べるときに「同じ」とみなす幅（{UNIT}）", default=None)
    points: Number | None = key("点数", "区分の点数。施策や基本目標の評点に使います", default=None)


class NoRatingShape(Shape):
    """What prints where there is no rating."""

    prefix = "no-rating"
    called = "判定なしの表示"
    mark: OptionalLine = key("記号", '印刷する記号（例: ―）。"" とすると空欄になります', "●")
    label: OptionalLine = key("表示する言葉", '印刷する言葉（例: 判定なし）。"" とすると空欄になります', "達成")


class MissingBandShape(Shape):
    """A cause of missing data that has a rating of its own."""

    prefix = "missing-band"
    called = "数値がないときの区分"
    band: Slug = key("判定の区分", "当てはめる区分の識別名（code）")


def _either(value: object) -> str:
    return "<MissingBandShape>" if isinstance(value, dict) and "band" in value else "<NoRatingShape>"


MissingEntry = Annotated[
    Annotated[MissingBandShape, Tag("<MissingBandShape>")] | Annotated[NoRatingShape, Tag("<NoRatingShape>")],
    Discriminator(_either),
]


class MissingShape(Shape):
    """What is printed for each cause of missing data."""

    prefix = "missing"
    called = "数値がないときの表示"
    target: MissingEntry | None = key("目標", "目標が未設定のとき", default=None)
    not_measured: MissingEntry | None = key("実績が未測定のとき", "実績が未測定のとき", default=None)
    pending: MissingEntry | None = key("実績が集計中のとき", "実績が集計中のとき", default=None)
    ended: MissingEntry | None = key("終了したとき", "事業が終了したとき", default=None)
    blank: MissingEntry | None = key("実績が未記入のとき", "実績が未記入のとき", default=None)
    baseline: MissingEntry | None = key("基準値", "判定に要る基準値がないとき", default=None)
    previous: MissingEntry | None = key("前年度の実績との比較", "判定に要る前年度の実績がないとき", default=None)


class RollUpShape(Shape):
    """How measures and goals are rated from their indicators."""

    prefix = "roll-up"
    called = "施策と基本目標の評点"
    of: AveragedWord = key(
        "平均するもの",
        "平均（合計）するもの。points（区分の点数）、rate（率）、met（達成した指標の割合）",
        written="of: points",
    )
    total: bool = key("合計するか", "true は、平均せずに合計します（施策の評点から基本目標の評点も）", default=False)
    plus: list[Line] = key(
        "加える判定", "指標の点数に加える、ほかの判定の方法（further_schemes）の名称。of: points のとき", default=[]
    )
    goal: BasisWord = key(
        "基本目標の評点のもと",
        "基本目標の評点のもと。indicators（指標）又は measures（施策の評点）",
        default=Basis.MEASURES,
    )
    rounding: RoundingWord = key("端数処理", "評点の端数処理", written="rounding: half-up", default=Rounding.HALF_UP)
    decimals: Decimals = key("小数点以下の桁数", "評点の小数点以下の桁数", 0, 1, default=1)
    bands: list[BandShape] = key(
        "判定の区分", "評点による区分。at_least（以上）か over（超）で定めます", written=BANDS, default=[]
    )


class SpecialShape(Shape):
    """A method of its own for some indicators; what is left out is as in the scheme."""

    prefix = "special"
    called = "特例"
    name: Line = key("名称", "特例の名称（例: 節目の指標）", written="name: 企業立地の促進")
    kinds: list[KindWord] = key("当てはめる種類", "この種類の指標に当てはめます", default=[])
    directions: list[DirectionWord] = key("当てはめる方向", "この方向の指標に当てはめます", default=[])
    units: list[Unit] = key("当てはめる単位", 'この単位の指標に当てはめます（例: ["%"]）', default=[])
    indicators: list[Slug] = key("当てはめる指標", "この識別名（id）の指標に当てはめます", default=[])
    tags: list[Line] = key("当てはめる分類", "この分類（tags）の指標に当てはめます（例: [意識調査]）", default=[])
    final_year: bool = key("最終年度だけか", "true は、計画の最終年度だけに当てはめます", default=False)
    formula: FormulaWord | None = key("達成率の計算方法", "計算方法を変えるときに書きます", default=None)
    target: AimWord | None = key("比べる目標", "比べる目標を変えるときに書きます", default=None)
    lower: LowerWord | None = key(
        "小さいほど良い指標の計算方法", "小さいほど良い指標の計算方法を変えるときに書きます", default=None
    )
    judged: JudgedWord | None = key("判定に使う率", "判定に使う率", default=None)
    rounding: RoundingWord | None = key("端数処理", "端数処理を変えるときに書きます", default=None)
    decimals: Decimals | None = key("小数点以下の桁数", "率の小数点以下の桁数", 0, 1, default=None)
    cap: Number | None = key("率の上限", "率の上限（%）", default=None)
    floor: Number | None = key("率の下限", "率の下限（%）", default=None)
    tolerance: Percent | None = key("同じとみなす幅", "維持する指標で、達成とみなす幅（目標の±何%）", default=None)
    margin: Room | None = key("同じとみなす幅（単位のまま）", f"維持する指標で、達成とみなす幅（{UNIT}）", default=None)
    entered: bool | None = key("判定を記入するか", "true は、判定を担当者が記入します", default=None)
    latest: bool | None = key("最も新しい実績で判定するか", f"true は、{LATEST}", default=None)
    bands: list[BandShape] | None = key("判定の区分", "判定の区分", default=None, min_length=1)


class SchemeShape(File):
    """A rating scheme."""

    prefix = "scheme"
    called = "判定の方法"
    kind = "scheme"
    file = "判定の方法（schemes）のファイル"
    name: Line = key("判定の方法の名称", "判定の方法の名称", written="name: 目標に対する達成率")
    rate_name: Line | None = key("率の呼び名", "率の呼び名。省略すると、達成率（progress は進捗率）", default=None)
    formula: FormulaWord = key(
        "達成率の計算方法",
        "計算方法。ratio（実績÷目標）、progress（（実績−基準値）÷（目標−基準値））、"
        "compare（率を使わず比べる）、fixed（計算しない）",
        written="formula: ratio",
    )
    target: AimWord = key(
        "比べる目標",
        "比べる目標。year（評価年度の目標）、last（最終年度の目標）、"
        "year-or-last（評価年度の目標、なければ最終年度の目標）、"
        "expected（期待値。基準値から最終年度の目標までを経過割合で按分した値）、share（最終年度の目標×経過割合）",
        default=Aim.YEAR,
    )
    lower: LowerWord = key(
        "小さいほど良い指標の計算方法",
        "小さいほど良い指標の ratio。inverse（目標÷実績）、mirror（（目標×2−実績）÷目標）、"
        "progress（（基準値−実績）÷（基準値−目標））",
        default=Lower.INVERSE,
    )
    judged: JudgedWord = key(
        "判定に使う率",
        "判定に使う率。rate（丸める前の率）、printed（丸めた後の率）、pace（率÷経過割合）",
        default=Judged.RATE,
    )
    rounding: RoundingWord = key(
        "端数処理",
        "端数処理。half-up（四捨五入）又は truncate（切捨て）",
        written="rounding: half-up",
        default=Rounding.HALF_UP,
    )
    decimals: Decimals = key("小数点以下の桁数", "率の小数点以下の桁数", 1, written="decimals: 0", default=1)
    cap: Number | None = key("率の上限", "率の上限（%）。省略すると上限なし", default=None)
    floor: Number | None = key("率の下限", "率の下限（%）。0 とすると、マイナスを0%とします", default=None)
    tolerance: Percent | None = key(
        "同じとみなす幅",
        "維持する指標で、達成とみなす幅（目標の±何%）。省略すると、目標以上を達成とします",
        default=None,
    )
    margin: Room | None = key("同じとみなす幅（単位のまま）", f"維持する指標で、達成とみなす幅（{UNIT}）", default=None)
    entered: bool = key(
        "判定を記入するか", "true は、判定を担当者が記入し、区分の条件はその限度になります", default=False
    )
    latest: bool = key("最も新しい実績で判定するか", f"true は、{LATEST}", default=False)
    bands: list[BandShape] = key(
        "判定の区分",
        "判定の区分。上から順に当てはめ、条件のない区分は残りの全てに当てはまります",
        written=BANDS,
        min_length=1,
    )
    special: list[SpecialShape] = key(
        "特例", "一部の指標や最終年度の特例。上から順に、最初に当たるものを使います", default=[]
    )
    none: NoRatingShape = key("判定なしの表示", "判定がないときの表示", written="none: {mark: ―, label: 判定なし}")
    missing: MissingShape | None = key(
        "数値がないときの表示", "数値がない理由ごとの表示。省略した理由は none の表示になります", default=None
    )
    shares: dict[Year, Percent] = key(
        "経過割合",
        "年度ごとの経過割合（%）。例: {R7: 20, R8: 40}。省略した年度は、計画期間を等分した割合になります",
        default={},
    )
    roll_up: RollUpShape | None = key("施策と基本目標の評点", "施策と基本目標の評点", default=None)


SchemeEntry = Annotated[
    Annotated[Line, Tag("<text>")] | Annotated[SchemeShape, Tag("<SchemeShape>")],
    mapping_or_text("<SchemeShape>"),
]
"""The name of a file under inputs/schemes, or a scheme written out."""
