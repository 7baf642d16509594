"""The shapes of the six kinds of input file. What stands in them is checked piece by piece; what it means is not.

Every shape has a ``prefix`` that begins the ids of its diagnostics and is ``called`` something in
Japanese. Where a value may take one of several shapes, the tag in the error's path names the shape that was meant.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from pipeline.model.report import Edition
from pipeline.stages.validate.base import WORD, Shape, listed, mapping_or_text
from pipeline.stages.validate.scalars import (
    ActivityRef,
    ActualFigure,
    Date,
    FileName,
    GoalId,
    InitiativeRef,
    Line,
    MeasureId,
    Name,
    Number,
    OptionalProse,
    Prose,
    Slug,
    TargetFigure,
    Whole,
    Year,
)
from pipeline.stages.validate.scheme_file import DirectionWord, KindWord, SchemeEntry


def _repeat_or(shape: str, repeat: str) -> Callable[[Any], str]:
    """Tell a repeated entry (再掲) from one that is written out, even where ``repeat`` is misspelt."""

    def choose(value: Any) -> str:  # noqa: ANN401 (whatever the file holds)
        if not isinstance(value, dict):
            return shape if shape == "<InitiativeShape>" else "<text>"
        repeated = "name" not in value and ("再掲" in value or get_close_matches("repeat", value, cutoff=0.7))
        if len(value) == 1 and shape != "<InitiativeShape>" and not (repeated or {"id", "name", "repeat"} & set(value)):
            return "<text>"  # a colon in a sentence
        return repeat if "repeat" in value or repeated else shape

    return choose


class YearsShape(Shape):
    """The strategy's first (baseline) and last year."""

    prefix = "years"
    called = "計画期間"
    baseline: Year
    last: Year


class ShownShape(Shape):
    """An indicator shown under a name of its own."""

    prefix = "shown"
    called = "指標の表示"
    id: Slug
    name: Name


ShownEntry = Annotated[
    Annotated[Slug, Tag("<text>")] | Annotated[ShownShape, Tag("<ShownShape>")], mapping_or_text("<ShownShape>")
]


class GoalShape(Shape):
    """A basic goal."""

    prefix = "goal"
    called = "基本目標"
    id: GoalId
    name: Name
    indicators: list[ShownEntry]


class MeasureShape(Shape):
    """A measure as the strategy fixes it."""

    prefix = "measure"
    called = "推進施策"
    id: MeasureId
    name: FileName
    department: FileName
    description: Prose
    sdgs: list[Whole]
    indicators: list[ShownEntry] = Field(min_length=1)


class AmountShape(Shape):
    """A milestone's figure: a number and the state reached."""

    prefix = "amount"
    called = "数値と段階"
    number: Number
    state: Line


class ActualShape(Shape):
    """An actual with its state, or marked as preliminary."""

    prefix = "actual"
    called = "実績値"
    number: Number = Field(description="数値です。桁区切りの「,」を付けず、半角の数字で書きます")
    state: Line | None = Field(None, description="達した段階（節目の指標だけ）")
    preliminary: bool = Field(False, description="true は速報値。「（速報値）」と印刷します")


class JudgementShape(Shape):
    """A rating entered by a person."""

    prefix = "judgement"
    called = "記入する判定"
    rating: Slug = Field(description="判定の区分の識別名（code）")
    reason: Line = Field(description="その判定とした理由")


Amounts = Annotated[AmountShape, Tag("<AmountShape>")]
BaselineValue = Annotated[Annotated[Number, Tag("<text>")] | Amounts, mapping_or_text("<AmountShape>")]
TargetValue = Annotated[Annotated[TargetFigure, Tag("<text>")] | Amounts, mapping_or_text("<AmountShape>")]
ActualValue = Annotated[
    Annotated[ActualFigure, Tag("<text>")] | Annotated[ActualShape, Tag("<ActualShape>")],
    mapping_or_text("<ActualShape>"),
]


class BaselineShape(Shape):
    """An indicator's baseline; without a value where the strategy gives no figure."""

    prefix = "kpi-baseline"
    called = "基準値"
    year: Year
    value: BaselineValue | None = None


class RevisedShape(Shape):
    """A baseline that was revised later."""

    prefix = "kpi-revised"
    called = "改めた基準値"
    value: BaselineValue = Field(description="改めた後の基準値")
    reason: Line = Field(description="改めた理由（例: 国の統計の改定）")
    targets: dict[Year, TargetValue] = Field({}, description="基準値とともに改めた目標値。改めない年度は書きません")


class IndicatorShape(Shape):
    """A KPI as the strategy fixes it."""

    prefix = "kpi"
    called = "指標"
    id: Slug
    name: Name
    note: OptionalProse = ""
    suffix: Line | None = None
    unit: Line
    direction: DirectionWord
    kind: KindWord
    decimals: Annotated[Whole, Field(ge=0, le=6)] = 0
    states: list[Line] = Field(default=[])
    baseline: BaselineShape
    targets: dict[Year, TargetValue]
    revised: RevisedShape | None = Field(
        None, description="後から改めた基準値。元の基準値による判定に、条件付きの判定を添えます"
    )


class SdgShape(Shape):
    """One of the 17 SDGs."""

    prefix = "sdg"
    called = "SDGs"
    number: Annotated[Whole, Field(ge=1, le=17)]
    name: Name
    text: Prose


class StrategyFile(Shape):
    """strategy.yaml."""

    prefix = "strategy"
    called = "総合戦略"
    years: YearsShape
    goals: list[GoalShape] = Field(min_length=1)
    measures: list[MeasureShape] = Field(min_length=1)
    indicators: list[IndicatorShape] = Field(min_length=1)
    sdgs: list[SdgShape]


class StepShape(Shape):
    """A step of the evaluation."""

    prefix = "step"
    called = "評価の段階"
    heading: Name
    text: Prose


class SectionShape(Shape):
    """A part of the explanation."""

    prefix = "section"
    called = "説明の節"
    id: Slug
    heading: Name
    paragraphs: list[Prose] = Field(default=[])
    steps: list[StepShape] = Field(default=[])
    list_heading: OptionalProse = ""
    points: list[Line] = Field(default=[])


class ExplanationShape(Shape):
    """The explanation."""

    prefix = "explanation"
    called = "評価・検証の説明"
    title: Name
    sections: list[SectionShape]


class HeadedShape(Shape):
    """A heading with its introduction."""

    prefix = "headed"
    called = "見出しと説明文"
    title: Name
    note: OptionalProse


class SheetsShape(Shape):
    """The heading of the sheets."""

    prefix = "sheets"
    called = "評価シートの見出し"
    title: Name


class ReportFile(Shape):
    """report.yaml."""

    prefix = "report"
    called = "報告書の設定"
    edition: Annotated[Edition, WORD, listed(Edition)]
    year: Year
    evaluated_in: Year
    date: Date
    city: Name
    division: Name
    council: Name
    title: Name
    book_title: Name
    show_rates: bool
    scheme: SchemeEntry = Field(description="達成率と判定の決め方。inputs/schemes のファイルの名前か、決め方そのもの")
    explanation: ExplanationShape
    sdgs: HeadedShape
    targets: HeadedShape
    sheets: SheetsShape


Actuals = dict[str, dict[Year, ActualValue]]
Judgements = dict[str, JudgementShape]


class GoalsFile(Shape):
    """goals.yaml: actuals of indicators that only goals show."""

    prefix = "goals"
    called = "数値目標の実績"
    actuals: Actuals
    judgements: Judgements = Field({}, description="担当者が記入する判定。指標の識別名ごとに書きます")


class NamedActivity(Shape):
    """An activity that another list repeats."""

    prefix = "activity"
    called = "具体的な取組"
    id: Slug
    name: Name


class RepeatedActivity(Shape):
    """An activity of another list."""

    prefix = "activity-repeat"
    called = "再掲の具体的な取組"
    repeat: ActivityRef


ActivityEntry = Annotated[
    Annotated[Line, Tag("<text>")]
    | Annotated[NamedActivity, Tag("<NamedActivity>")]
    | Annotated[RepeatedActivity, Tag("<RepeatedActivity>")],
    Discriminator(_repeat_or("<NamedActivity>", "<RepeatedActivity>")),
]


class InitiativeShape(Shape):
    """An initiative written out."""

    prefix = "initiative"
    called = "取組"
    id: Slug
    name: Name
    activities: list[ActivityEntry]
    results: OptionalProse
    evaluation: OptionalProse


class RepeatedInitiative(Shape):
    """An initiative of another measure."""

    prefix = "initiative-repeat"
    called = "再掲の取組"
    repeat: InitiativeRef


InitiativeEntry = Annotated[
    Annotated[InitiativeShape, Tag("<InitiativeShape>")] | Annotated[RepeatedInitiative, Tag("<RepeatedInitiative>")],
    Discriminator(_repeat_or("<InitiativeShape>", "<RepeatedInitiative>")),
]


class MeasureFile(Shape):
    """measures/1-2.yaml: what a department writes."""

    prefix = "measure"
    called = "推進施策"
    measure: MeasureId
    actuals: Actuals
    judgements: Judgements = Field({}, description="担当者が記入する判定。指標の識別名ごとに書きます")
    initiatives: list[InitiativeEntry] = Field(min_length=1)
    opinions: OptionalProse
    response: OptionalProse


class SilenceShape(Shape):
    """A warning of the audit that is to be kept quiet."""

    prefix = "silence"
    called = "省く注意"
    id: Slug
    at: Line
    reason: Line


class AuditFile(Shape):
    """audit.yaml: how the audit is set. The file may be missing."""

    prefix = "audit"
    called = "点検の設定"
    far_below: Annotated[Whole, Field(ge=0, le=100)] = 60
    silence: list[SilenceShape] = Field(default=[])


class SpellingShape(Shape):
    """Spellings of one word, the one to use first."""

    prefix = "spelling"
    called = "表記"
    spellings: list[Line] = Field(min_length=2)
    allowed: list[Line] = Field(default=[])


class WordsFile(Shape):
    """words.yaml: words whose spelling is to be the same throughout. The file may be missing."""

    prefix = "words"
    called = "表記の一覧"
    words: list[SpellingShape]
