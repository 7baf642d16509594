"""The shape of a bare table of indicators, on which a rating scheme is tried."""

from typing import Annotated

from pydantic import Field

from pipeline.model.strategy import Kind
from pipeline.stages.validate.base import Shape, key
from pipeline.stages.validate.choices import DirectionWord, KindWord
from pipeline.stages.validate.measure_file import ActualValue, JudgementShape
from pipeline.stages.validate.quantities import Whole, Year
from pipeline.stages.validate.scalars import Line, Unit
from pipeline.stages.validate.strategy_file import BaselineValue, RevisedShape, TargetValue, YearsShape


class TableIndicatorShape(Shape):
    """An indicator of a table."""

    prefix = "table-kpi"
    called = "指標"
    name: Line = key("名称", "指標の名称です", written="name: 企業立地の促進")
    measure: Line | None = key("施策の番号", "施策の名称や番号です。評点は、施策ごとに平均します", default=None)
    goal: Line | None = key(
        "基本目標の評点のもと", "基本目標の名称や番号です。施策の評点を、基本目標ごとに平均します", default=None
    )
    unit: Unit | None = key("単位", "数値の単位です。なければ省略するか、なし と書きます", default=None)
    direction: DirectionWord = key(
        "望ましい方向", "数値がどちらに動くと良い指標かを書きます", written="direction: increase"
    )
    kind: KindWord = key("数え方の種類", "数値の数え方です", written="kind: cumulative", default=Kind.POINT)
    decimals: Annotated[Whole, Field(ge=0, le=6)] | None = key(
        "小数点以下の桁数", "小数点以下の桁数です。省略すると、書かれた数値から決めます", default=None
    )
    states: list[Line] = key("段階の一覧", "段階で判断する指標の、段階の一覧です。早い順に書きます", default=[])
    tags: list[Line] = key("分類", "指標の分類です。判定の方法の特例（tags）を試すときに書きます", default=[])
    baseline: BaselineValue | None = key("基準値", "基準値です", default=None)
    target: TargetValue | None = key("目標", "評価年度の目標です", default=None)
    final_target: TargetValue | None = key("最終年度の目標", "最終年度の目標です。years も書いてください", default=None)
    targets: dict[Year, TargetValue] = key("目標値", "年度ごとの目標です（target の代わりに書けます）", default={})
    actual: ActualValue | None = key("評価年度の実績", "評価年度の実績です", default=None)
    actuals: dict[Year, ActualValue] = key("実績値", "年度ごとの実績です（actual の代わりに書けます）", default={})
    revised: RevisedShape | None = key("改めた基準値", "後から改めた基準値です", default=None)
    judgement: JudgementShape | None = key("記入する判定", "担当者が記入する判定です", default=None)


class TableFile(Shape):
    """A table of indicators."""

    prefix = "table"
    called = "指標の表"
    year: Year = key("年度", "評価する年度です（例: R2）", written="year: R2")
    years: YearsShape | None = key(
        "計画期間",
        "計画期間です（例: {baseline: R1, last: R6}）。経過割合や最終年度の目標を使うときに書きます",
        default=None,
    )
    indicators: list[TableIndicatorShape] = key(
        "指標",
        "指標の一覧です",
        written="indicators: と書き、次の行から「- name: 新規雇用者数」で始まる指標を並べて",
        min_length=1,
    )
