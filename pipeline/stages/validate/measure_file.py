"""The shapes of measures/1-2.yaml, which departments write, and of goals.yaml: actuals, initiatives, opinions.

Where an entry may take one of several shapes, the tag in the error's path names the shape that was meant.
"""

from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from pipeline.model.form import Form, Holder, Writer
from pipeline.stages.validate.base import File, Shape, key, mapping_or_text
from pipeline.stages.validate.field_values import called, parted, with_fields, worded
from pipeline.stages.validate.identifiers import ActivityRef, InitiativeRef, Name, NodeId, Slug
from pipeline.stages.validate.quantities import ActualFigure, Day, Number, Year
from pipeline.stages.validate.scalars import Line
from pipeline.stages.validate.strategy_file import ID
from pipeline.storage import naming

ACTUALS = (
    "指標の識別名ごとに、年度と実績値を書きます。数値がない年度は、未測定（その年度は調査していない）又は"
    "集計中（後日確定する）と書きます。まだ来ていない年度は書きません。"
)
AS_OF = "実績が何月何日現在の数値かを、指標の識別名ごとに、年度と日付で書きます。印刷は様式によります。"
FURTHER = "further_schemes の判定の方法による記入。方法の名称の下に、judgements と同じように書きます"
ACTUALS_WRITTEN = "actuals: と書き、次の行から「  指標の識別名: {R2: 90}」を並べて"


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


class ActualShape(Shape):
    """An actual with its state, or marked as preliminary."""

    prefix = "actual"
    called = "実績値"
    number: Number = key("数", "数値です。桁区切りの「,」を付けず、半角の数字で書きます", 2)
    state: Line | None = key("段階", "達した段階（節目の指標だけ）", "完成", default=None)
    preliminary: bool = key("速報値か", "true は速報値。「（速報値）」と印刷します", default=False)


class JudgementShape(Shape):
    """A rating entered by a person."""

    prefix = "judgement"
    called = "記入する判定"
    rating: Line = key("判定の区分", "判定の区分の識別名（code）", written="rating: b")
    reason: Line = key("理由", "その判定とした理由", "相談の件数が戻ったため")


ActualValue = Annotated[
    Annotated[ActualFigure, Tag("<text>")] | Annotated[ActualShape, Tag("<ActualShape>")],
    mapping_or_text("<ActualShape>"),
]
Actuals = dict[str, dict[Year, ActualValue]]
AsOf = dict[str, dict[Year, Day]]
Judgements = dict[str, JudgementShape]


class EnteredShape(Shape):
    """What is entered in the form's fields of an indicator besides what the planning division fixes in the strategy."""

    prefix = "indicator"
    called = "指標の記入欄"
    holder = Holder.INDICATOR


Entered = dict[str, EnteredShape]
ENTERED = "指標の記入欄です。指標の識別名ごとに、欄の識別名と内容を書きます。"
ENTERED_WRITTEN = "indicators: と書き、次の行から指標の識別名と欄を字下げして並べて"


class GoalsFile(File):
    """goals.yaml: actuals of indicators that only goals show."""

    prefix = "goals"
    called = "数値目標の実績"
    kind = "goals"
    file = naming.GOALS
    actuals: Actuals = key("実績値", ACTUALS, {"startups": {"R2": 90}}, written=ACTUALS_WRITTEN)
    as_of: AsOf = key("実績の時点", AS_OF, {"startups": {"R2": "2021-03-31"}}, default={})
    judgements: Judgements = key("記入する判定", "担当者が記入する判定。指標の識別名ごとに書きます", default={})
    further_judgements: dict[str, Judgements] = key("ほかの判定の記入", FURTHER, default={})
    indicators: Entered = key("指標の記入欄", ENTERED, written=ENTERED_WRITTEN, default={})


class NamedActivity(Shape):
    """An activity that another list repeats."""

    prefix = "activity"
    called = "具体的な取組"
    id: Slug = key("識別名", ID, "startup-support", written="id: job-fair")
    name: Name = key("名称", "印刷する名称です。", written="name: 創業相談会の開催")


class RepeatedActivity(Shape):
    """An activity of another list."""

    prefix = "activity-repeat"
    called = "再掲の具体的な取組"
    repeat: ActivityRef = key(
        "再掲",
        "ほかの取組から再掲するものを「施策の番号/取組の識別名/具体的な取組の識別名」で指します。",
        "1-5/employment/internship",
    )


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
    holder = Holder.INITIATIVE
    id: Slug = key("識別名", ID, "startup-support")
    name: Name = key("名称", "印刷する名称です。", written="name: 企業立地の促進")
    activities: list[ActivityEntry] = key(
        "具体的な取組",
        "具体的な取組の一覧です。名称だけを書くか、ほかの施策から再掲するものには識別名（id）も付けます。",
        written="activities: と書き、次の行から「- 取組の名称」を並べて",
    )
    indicators: list[Slug] = key(
        "指標",
        "この取組の指標の一覧です。strategy.yaml でこの施策の指標に挙げたものを書きます。なければ省略できます。",
        ["startups"],
        default=[],
    )


class RepeatedInitiative(Shape):
    """An initiative of another measure."""

    prefix = "initiative-repeat"
    called = "再掲の取組"
    holder = Holder.INITIATIVE
    repeat: InitiativeRef = key(
        "再掲", "ほかの施策から再掲するものを「施策の番号/取組の識別名」で指します。", "1-3/startup-support"
    )


InitiativeEntry = Annotated[
    Annotated[InitiativeShape, Tag("<InitiativeShape>")] | Annotated[RepeatedInitiative, Tag("<RepeatedInitiative>")],
    Discriminator(_repeat_or("<InitiativeShape>", "<RepeatedInitiative>")),
]


class MeasureFile(File):
    """measures/1-2.yaml: what a department writes."""

    prefix = "measure"
    called = "推進施策"
    holder = Holder.MEASURE
    kind = "measure"
    file = "推進施策（measures）のファイル"
    measure: NodeId = key("施策の番号", "strategy.yaml の id です。ファイルの名前と同じにします。", "1-2")
    actuals: Actuals = key("実績値", ACTUALS, {"startups": {"R2": 90}}, written=ACTUALS_WRITTEN)
    as_of: AsOf = key("実績の時点", AS_OF, {"startups": {"R2": "2021-03-31"}}, default={})
    judgements: Judgements = key("記入する判定", "担当者が記入する判定。指標の識別名ごとに書きます", default={})
    further_judgements: dict[str, Judgements] = key("ほかの判定の記入", FURTHER, default={})
    indicators: Entered = key("指標の記入欄", ENTERED, written=ENTERED_WRITTEN, default={})
    initiatives: list[InitiativeEntry] = key(
        "主な取組",
        "主な取組の一覧です。ほかの施策の取組を再掲するときは「- repeat: 1-3/startup-support」と書きます。",
        written="initiatives: と書き、次の行から「- id: startup-support」で始まる取組を並べて",
    )


@lru_cache(maxsize=8)
def entered_shape(form: Form) -> type[EnteredShape]:
    """Return the shape of what is entered beside an indicator's actuals, with the form's fields."""
    made = with_fields(EnteredShape, form.on(Holder.INDICATOR, Writer.DEPARTMENT, Writer.COUNCIL))
    return parted(made, form.on(Holder.INDICATOR, Writer.PLANNING), f"{naming.STRATEGY} の indicators ")


@lru_cache(maxsize=8)
def goals_file(form: Form) -> type[GoalsFile]:
    """Return the shape with the form's fields of indicators that goals alone show."""
    indicators = (dict[str, entered_shape(form)], GoalsFile.model_fields["indicators"])  # type: ignore[misc]
    return with_fields(GoalsFile, (), indicators=indicators)


@lru_cache(maxsize=8)
def measure_file(form: Form) -> type[MeasureFile]:
    """Return the shape with the form's fields: of initiatives, and of measures what is not the planning division's.

    A form has one, by which files that stay the same are not read again.
    """
    own = called(with_fields(InitiativeShape, form.on(Holder.INITIATIVE)), form.rows.short)
    initiative: Any = Annotated[worded(own, form), Tag("<InitiativeShape>")]
    entry: Any = Annotated[
        initiative | Annotated[RepeatedInitiative, Tag("<RepeatedInitiative>")],
        Discriminator(_repeat_or("<InitiativeShape>", "<RepeatedInitiative>")),
    ]
    initiatives = (list[entry], MeasureFile.model_fields["initiatives"])
    indicators = (dict[str, entered_shape(form)], MeasureFile.model_fields["indicators"])  # type: ignore[misc]
    fields = form.on(Holder.MEASURE, Writer.DEPARTMENT, Writer.COUNCIL)
    made = called(with_fields(MeasureFile, fields, initiatives=initiatives, indicators=indicators), form.lowest.name)
    return parted(worded(made, form), form.on(Holder.MEASURE, Writer.PLANNING), f"{naming.STRATEGY} の measures ")
