"""The shape of a rating scheme: a file of its own under inputs/schemes, or written out in report.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from pipeline.model.scheme import Aim, Averaged, Formula, Judged, Lower, Relation, Rounding
from pipeline.model.strategy import Direction, Kind
from pipeline.stages.validate.base import WORD, Shape, listed, mapping_or_text
from pipeline.stages.validate.scalars import Line, Number, OptionalLine, Slug, Whole, Year

RelationWord = Annotated[Relation, WORD, listed(Relation)]
FormulaWord = Annotated[Formula, WORD, listed(Formula)]
AimWord = Annotated[Aim, WORD, listed(Aim)]
LowerWord = Annotated[Lower, WORD, listed(Lower)]
JudgedWord = Annotated[Judged, WORD, listed(Judged)]
RoundingWord = Annotated[Rounding, WORD, listed(Rounding)]
KindWord = Annotated[Kind, WORD, listed(Kind)]
DirectionWord = Annotated[Direction, WORD, listed(Direction)]
Decimals = Annotated[Whole, Field(ge=0, le=3)]
Percent = Annotated[Number, Field(ge=0, le=1000)]
Room = Annotated[Number, Field(ge=0)]
UNIT = "指標の単位のまま。割合ならポイント。tolerance の代わりに書きます"


class BandShape(Shape):
    """A rating."""

    prefix = "band"
    called = "判定の区分"
    code: Slug = Field(description="区分の識別名（半角の英小文字）。achievement.json に書かれます")
    label: Line = Field(description="印刷する言葉（例: 達成）")
    mark: Line = Field(description="印刷する記号（例: ●）")
    tone: Literal["good", "near", "poor", "plain"] = Field(
        description="文字の色調。good（良い）、near（もう少し）、poor（良くない）、plain（色を付けない）"
    )
    met: bool = Field(False, description="true は、目標に届いたものの区分")
    at_least: Number | None = Field(None, description="率の下限（%）。この数以上のものの区分")
    over: Number | None = Field(None, description="率の下限（%）。この数を超えるものの区分（ちょうどは含みません）")
    target: RelationWord | None = Field(None, description="実績を目標と比べたときの条件（上回る、届く、同じ など）")
    baseline: RelationWord | None = Field(None, description="実績を基準値と比べたときの条件")
    previous: RelationWord | None = Field(None, description="実績を前年度の実績と比べたときの条件")
    tolerance: Percent | None = Field(None, description="比べるときに「同じ」とみなす幅（比べる値の±何%）")
    margin: Room | None = Field(None, description=f"比べるときに「同じ」とみなす幅（{UNIT}）")
    points: Number | None = Field(None, description="区分の点数。施策や基本目標の評点に使います")


class NoRatingShape(Shape):
    """What prints where there is no rating."""

    prefix = "no-rating"
    called = "判定なしの表示"
    mark: OptionalLine = Field(description='印刷する記号（例: ―）。"" とすると空欄になります')
    label: OptionalLine = Field(description='印刷する言葉（例: 判定なし）。"" とすると空欄になります')


class MissingBandShape(Shape):
    """A cause of missing data that has a rating of its own."""

    prefix = "missing-band"
    called = "数値がないときの区分"
    band: Slug = Field(description="当てはめる区分の識別名（code）")


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
    target: MissingEntry | None = Field(None, description="目標が未設定のとき")
    not_measured: MissingEntry | None = Field(None, description="実績が未測定のとき")
    pending: MissingEntry | None = Field(None, description="実績が集計中のとき")
    ended: MissingEntry | None = Field(None, description="事業が終了したとき")
    blank: MissingEntry | None = Field(None, description="実績が未記入のとき")
    baseline: MissingEntry | None = Field(None, description="判定に要る基準値がないとき")
    previous: MissingEntry | None = Field(None, description="判定に要る前年度の実績がないとき")


SHARES = "年度ごとの経過割合（%）。例: {R2: 20, R3: 40}。省略した年度は、計画期間を等分した割合になります"


class RollUpShape(Shape):
    """How measures and goals are rated from their indicators."""

    prefix = "roll-up"
    called = "施策と基本目標の評点"
    of: Annotated[Averaged, WORD, listed(Averaged)] = Field(
        description="平均するもの。points（区分の点数）、rate（率）、met（達成した指標の割合）"
    )
    goal: Literal["indicators", "measures"] = Field(
        "measures", description="基本目標の評点のもと。indicators（指標）又は measures（施策の評点）"
    )
    rounding: RoundingWord = Field(Rounding.HALF_UP, description="評点の端数処理")
    decimals: Decimals = Field(1, description="評点の小数点以下の桁数")
    bands: list[BandShape] = Field([], description="評点による区分。at_least（以上）か over（超）で定めます")


class SpecialShape(Shape):
    """A method of its own for some indicators; what is left out is as in the scheme."""

    prefix = "special"
    called = "特例"
    name: Line = Field(description="特例の名称（例: 節目の指標）")
    kinds: list[KindWord] = Field([], description="この種類の指標に当てはめます")
    directions: list[DirectionWord] = Field([], description="この方向の指標に当てはめます")
    units: list[Line] = Field([], description='この単位の指標に当てはめます（例: ["%"]）')
    final_year: bool = Field(False, description="true は、計画の最終年度だけに当てはめます")
    formula: FormulaWord | None = Field(None, description="計算方法を変えるときに書きます")
    target: AimWord | None = Field(None, description="比べる目標を変えるときに書きます")
    lower: LowerWord | None = Field(None, description="小さいほど良い指標の計算方法を変えるときに書きます")
    judged: JudgedWord | None = Field(None, description="判定に使う率")
    rounding: RoundingWord | None = Field(None, description="端数処理を変えるときに書きます")
    decimals: Decimals | None = Field(None, description="率の小数点以下の桁数")
    cap: Number | None = Field(None, description="率の上限（%）")
    floor: Number | None = Field(None, description="率の下限（%）")
    tolerance: Percent | None = Field(None, description="維持する指標で、達成とみなす幅（目標の±何%）")
    margin: Room | None = Field(None, description=f"維持する指標で、達成とみなす幅（{UNIT}）")
    entered: bool | None = Field(None, description="true は、判定を担当者が記入します")
    bands: list[BandShape] | None = Field(None, min_length=1, description="判定の区分")


class SchemeShape(Shape):
    """A rating scheme."""

    prefix = "scheme"
    called = "判定の方法"
    name: Line = Field(description="判定の方法の名称")
    rate_name: Line | None = Field(None, description="率の呼び名。省略すると、達成率（progress は進捗率）")
    formula: FormulaWord = Field(
        description="計算方法。ratio（実績÷目標）、progress（（実績−基準値）÷（目標−基準値））、"
        "compare（率を使わず比べる）、fixed（計算しない）"
    )
    target: AimWord = Field(
        Aim.YEAR,
        description="比べる目標。year（評価年度の目標）、last（最終年度の目標）、"
        "year-or-last（評価年度の目標、なければ最終年度の目標）、"
        "expected（期待値。基準値から最終年度の目標までを経過割合で按分した値）、share（最終年度の目標×経過割合）",
    )
    lower: LowerWord = Field(
        Lower.INVERSE,
        description="小さいほど良い指標の ratio。inverse（目標÷実績）、mirror（（目標×2−実績）÷目標）、"
        "progress（（基準値−実績）÷（基準値−目標））",
    )
    judged: JudgedWord = Field(
        Judged.RATE, description="判定に使う率。rate（丸める前の率）、printed（丸めた後の率）、pace（率÷経過割合）"
    )
    rounding: RoundingWord = Field(Rounding.HALF_UP, description="端数処理。half-up（四捨五入）又は truncate（切捨て）")
    decimals: Decimals = Field(1, description="率の小数点以下の桁数")
    cap: Number | None = Field(None, description="率の上限（%）。省略すると上限なし")
    floor: Number | None = Field(None, description="率の下限（%）。0 とすると、マイナスを0%とします")
    tolerance: Percent | None = Field(
        None, description="維持する指標で、達成とみなす幅（目標の±何%）。省略すると、目標以上を達成とします"
    )
    margin: Room | None = Field(None, description=f"維持する指標で、達成とみなす幅（{UNIT}）")
    entered: bool = Field(False, description="true は、判定を担当者が記入し、区分の条件はその限度になります")
    bands: list[BandShape] = Field(
        min_length=1, description="判定の区分。上から順に当てはめ、条件のない区分は残りの全てに当てはまります"
    )
    special: list[SpecialShape] = Field(
        [], description="一部の指標や最終年度の特例。上から順に、最初に当たるものを使います"
    )
    none: NoRatingShape = Field(description="判定がないときの表示")
    missing: MissingShape | None = Field(
        None, description="数値がない理由ごとの表示。省略した理由は none の表示になります"
    )
    shares: dict[Year, Percent] = Field({}, description=SHARES)
    roll_up: RollUpShape | None = Field(None, description="施策と基本目標の評点")


SchemeEntry = Annotated[
    Annotated[Line, Tag("<text>")] | Annotated[SchemeShape, Tag("<SchemeShape>")],
    mapping_or_text("<SchemeShape>"),
]
"""The name of a file under inputs/schemes, or a scheme written out."""
