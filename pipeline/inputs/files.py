"""The shapes of the six kinds of input file. What stands in them is checked piece by piece; what it means is not.

Every shape has a ``prefix`` that begins the ids of its diagnostics and is ``called`` something in
Japanese. Where a value may take one of several shapes, the tag in the error's path names the shape that was meant.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from pipeline.inputs.scalars import (
    ActivityRef,
    ActualFigure,
    Date,
    FileName,
    GoalId,
    InitiativeRef,
    Line,
    MeasureId,
    Number,
    OptionalProse,
    Prose,
    Slug,
    TargetFigure,
    Whole,
    Year,
)


class Shape(BaseModel):
    """What all shapes share: nothing is converted, and no key is unknown."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    prefix: ClassVar[str]
    called: ClassVar[str]


def _mapping_or_text(shape: str) -> Discriminator:
    return Discriminator(lambda value: shape if isinstance(value, dict) else "<text>")


def _repeat_or(shape: str, repeat: str) -> Callable[[Any], str]:
    """Tell a repeated entry (再掲) from one that is written out, even where ``repeat`` is misspelt."""

    def choose(value: Any) -> str:  # noqa: ANN401 (whatever the file holds)
        if not isinstance(value, dict):
            return shape if shape == "<InitiativeShape>" else "<text>"
        repeated = "name" not in value and get_close_matches("repeat", value, cutoff=0.7)
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
    name: Line


ShownEntry = Annotated[
    Annotated[Slug, Tag("<text>")] | Annotated[ShownShape, Tag("<ShownShape>")], _mapping_or_text("<ShownShape>")
]


class GoalShape(Shape):
    """A basic goal."""

    prefix = "goal"
    called = "基本目標"
    id: GoalId
    name: Line
    indicators: list[ShownEntry]


class MeasureShape(Shape):
    """A measure as the strategy fixes it."""

    prefix = "measure"
    called = "推進施策"
    id: MeasureId
    name: FileName
    department: Line
    description: Prose
    sdgs: list[Whole]
    indicators: list[ShownEntry] = Field(min_length=1)


class AmountShape(Shape):
    """A milestone's figure: a number and the state reached."""

    prefix = "amount"
    called = "数値と段階"
    number: Number
    state: Line


Amounts = Annotated[AmountShape, Tag("<AmountShape>")]
BaselineValue = Annotated[Annotated[Number, Tag("<text>")] | Amounts, _mapping_or_text("<AmountShape>")]
TargetValue = Annotated[Annotated[TargetFigure, Tag("<text>")] | Amounts, _mapping_or_text("<AmountShape>")]
ActualValue = Annotated[Annotated[ActualFigure, Tag("<text>")] | Amounts, _mapping_or_text("<AmountShape>")]


class BaselineShape(Shape):
    """An indicator's baseline; without a value where the strategy gives no figure."""

    prefix = "kpi-baseline"
    called = "基準値"
    year: Year
    value: BaselineValue | None = None


class IndicatorShape(Shape):
    """A KPI as the strategy fixes it."""

    prefix = "kpi"
    called = "指標"
    id: Slug
    name: Line
    note: OptionalProse = ""
    suffix: Line | None = None
    unit: Line
    direction: Literal["increase", "decrease", "maintain"]
    kind: Literal["cumulative", "annual", "point", "milestone"]
    decimals: Annotated[Whole, Field(ge=0, le=6)] = 0
    states: list[Line] = []
    baseline: BaselineShape
    targets: dict[Year, TargetValue]


class SdgShape(Shape):
    """One of the 17 SDGs."""

    prefix = "sdg"
    called = "SDGs"
    number: Annotated[Whole, Field(ge=1, le=17)]
    name: Line
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


class BandShape(Shape):
    """A rating."""

    prefix = "band"
    called = "判定の区分"
    code: Slug
    label: Line
    mark: Line
    tone: Literal["good", "near", "poor"]
    met: bool = False
    at_least: Number | None = None


class NoRatingShape(Shape):
    """What prints where there is no rating."""

    prefix = "no-rating"
    called = "判定なしの表示"
    mark: Line
    label: Line


class SchemeShape(Shape):
    """A rating scheme."""

    prefix = "scheme"
    called = "判定の方法"
    name: Line
    formula: Literal["ratio"]
    rounding: Literal["half-up", "truncate"]
    decimals: Annotated[Whole, Field(ge=0, le=3)]
    bands: list[BandShape] = Field(min_length=1)
    none: NoRatingShape


class StepShape(Shape):
    """A step of the evaluation."""

    prefix = "step"
    called = "評価の段階"
    heading: Line
    text: Prose


class SectionShape(Shape):
    """A part of the explanation."""

    prefix = "section"
    called = "説明の節"
    id: Slug
    heading: Line
    paragraphs: list[Prose] = []
    steps: list[StepShape] = []
    list_heading: OptionalProse = ""
    points: list[Line] = []


class ExplanationShape(Shape):
    """The explanation."""

    prefix = "explanation"
    called = "評価・検証の説明"
    title: Line
    sections: list[SectionShape]


class HeadedShape(Shape):
    """A heading with its introduction."""

    prefix = "headed"
    called = "見出しと説明文"
    title: Line
    note: OptionalProse


class SheetsShape(Shape):
    """The heading of the sheets."""

    prefix = "sheets"
    called = "評価シートの見出し"
    title: Line


class ReportFile(Shape):
    """report.yaml."""

    prefix = "report"
    called = "評価書の設定"
    edition: Literal["draft", "final"]
    year: Year
    evaluated_in: Year
    date: Date
    city: Line
    division: Line
    council: Line
    title: Line
    book_title: Line
    show_rates: bool
    scheme: SchemeShape
    explanation: ExplanationShape
    sdgs: HeadedShape
    targets: HeadedShape
    sheets: SheetsShape


Actuals = dict[str, dict[Year, ActualValue]]


class GoalsFile(Shape):
    """goals.yaml: actuals of indicators that only goals show."""

    prefix = "goals"
    called = "数値目標の実績"
    actuals: Actuals


class NamedActivity(Shape):
    """An activity that another list repeats."""

    prefix = "activity"
    called = "具体的な取組"
    id: Slug
    name: Line


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
    name: Line
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
    silence: list[SilenceShape] = []


class SpellingShape(Shape):
    """Spellings of one word, the one to use first."""

    prefix = "spelling"
    called = "表記"
    spellings: list[Line] = Field(min_length=2)
    allowed: list[Line] = []


class WordsFile(Shape):
    """words.yaml: words whose spelling is to be the same throughout. The file may be missing."""

    prefix = "words"
    called = "表記の一覧"
    words: list[SpellingShape]
