"""The shape of a bare table of indicators, on which a rating scheme is tried."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.model.strategy import Kind
from pipeline.stages.validate.base import Shape
from pipeline.stages.validate.files import (
    ActualValue,
    BaselineValue,
    JudgementShape,
    RevisedShape,
    TargetValue,
    YearsShape,
)
from pipeline.stages.validate.scalars import Line, Whole, Year
from pipeline.stages.validate.scheme_file import DirectionWord, KindWord


class TableIndicatorShape(Shape):
    """An indicator of a table."""

    prefix = "table-kpi"
    called = "指標"
    name: Line = Field(description="指標の名称です")
    measure: Line | None = Field(None, description="施策の名称や番号です。評点は、施策ごとに平均します")
    goal: Line | None = Field(None, description="基本目標の名称や番号です。施策の評点を、基本目標ごとに平均します")
    unit: Line | None = Field(None, description="数値の単位です")
    direction: DirectionWord = Field(description="数値がどちらに動くと良い指標かを書きます")
    kind: KindWord = Field(Kind.POINT, description="数値の数え方です")
    decimals: Annotated[Whole, Field(ge=0, le=6)] | None = Field(
        None, description="小数点以下の桁数です。省略すると、書かれた数値から決めます"
    )
    states: list[Line] = Field(default=[], description="段階で判断する指標の、段階の一覧です。早い順に書きます")
    baseline: BaselineValue | None = Field(None, description="基準値です")
    target: TargetValue | None = Field(None, description="評価年度の目標です")
    final_target: TargetValue | None = Field(None, description="最終年度の目標です。years も書いてください")
    targets: dict[Year, TargetValue] = Field(default={}, description="年度ごとの目標です（target の代わりに書けます）")
    actual: ActualValue | None = Field(None, description="評価年度の実績です")
    actuals: dict[Year, ActualValue] = Field(default={}, description="年度ごとの実績です（actual の代わりに書けます）")
    revised: RevisedShape | None = Field(None, description="後から改めた基準値です")
    judgement: JudgementShape | None = Field(None, description="担当者が記入する判定です")


class TableFile(Shape):
    """A table of indicators."""

    prefix = "table"
    called = "指標の表"
    year: Year = Field(description="評価する年度です（例: R2）")
    years: YearsShape | None = Field(
        None, description="計画期間です（例: {baseline: R1, last: R6}）。経過割合や最終年度の目標を使うときに書きます"
    )
    indicators: list[TableIndicatorShape] = Field(min_length=1, description="指標の一覧です")
