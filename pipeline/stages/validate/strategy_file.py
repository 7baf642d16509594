"""The shape of strategy.yaml: what the strategy fixes for its years."""

from functools import lru_cache
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from pipeline.model.form import Form, Holder, Writer
from pipeline.stages.validate.base import File, Shape, key, mapping_or_text
from pipeline.stages.validate.choices import DirectionWord, KindWord, RelationWord
from pipeline.stages.validate.field_values import called, parted, with_fields, worded
from pipeline.stages.validate.identifiers import Departments, FileName, Name, NodeId, Slug
from pipeline.stages.validate.quantities import Number, TargetFigure, Whole, Year
from pipeline.stages.validate.scalars import Line, OptionalLine, OptionalProse, Prose, Unit
from pipeline.storage import naming
from pipeline.wording.era import after, alike, following

NODE_ID = "半角の英数字と「-」で付ける識別名です（16字まで）。"
ABOVE = "すぐ上の階層の id です。id の始めの部分で分かるとき（1-2 なら 1）は省略できます。"
DEPARTMENTS = (
    "所管課の名称です。複数あるときは [ ] の中に並べます。"
    "初めの課が取りまとめて提出し、ほかの課にも同じシートを送ります。"
)
ID = "ほかの所から呼び出すための識別名です。半角の英小文字で始め、英小文字、数字、「-」だけで書きます。印刷はしません。"
SHOWN = "ここで示す指標の識別名の一覧です。違う名前で印刷するときは {id: 識別名, name: 名前} と書きます。"


class YearsShape(Shape):
    """The year of the strategy's baselines, its first (the one after, unless written) and its last year."""

    prefix = "years"
    called = "計画期間"
    baseline: Year = key(
        "基準年度",
        "総合戦略の基準年度です。表の基準値の列に、見出しとして印刷します。ほかの年度の基準値には、その年度が付きます。",
        "R1",
    )
    first: Year | None = key(
        "最初の年度", "計画の最初の年度です。基準年度の翌年度なら、省略できます。", "R2", default=None
    )
    last: Year = key("最終年度", "総合戦略の最終年度です。計画は10年度までです。", "R6")

    @property
    def of_plan(self) -> tuple[str, ...]:
        """The years of the plan; none where they are not in order."""
        return following(self.first or after(self.baseline), self.last)

    @property
    def all(self) -> tuple[str, ...]:
        """The years of the tables, the baseline's, then the plan's; none where they are not in order."""
        return (alike(self.baseline, self.last), *self.of_plan) if self.of_plan else ()


class ShownShape(Shape):
    """An indicator shown under a name of its own."""

    prefix = "shown"
    called = "指標の表示"
    id: Slug = key("識別名", "指標の識別名です。下の indicators にあるものを書きます。", "visitors")
    name: Name = key("名称", "ここで印刷する名前です。", "年間観光客数")


ShownEntry = Annotated[
    Annotated[Slug, Tag("<text>")] | Annotated[ShownShape, Tag("<ShownShape>")], mapping_or_text("<ShownShape>")
]


class GoalShape(Shape):
    """A basic goal."""

    prefix = "goal"
    called = "基本目標"
    holder = Holder.GOAL
    id: NodeId = key("識別名", NODE_ID, "1")
    number: OptionalLine | None = key(
        "印刷する番号",
        '印刷する番号です。自由に書けます。付けないときは "" と書きます。省略すると id から決まります。',
        "Ⅰ",
        default=None,
    )
    name: Name = key("名称", "印刷する名称です。", written="name: 企業立地の促進")
    indicators: list[ShownEntry] = key("指標", f"{SHOWN}なければ省略できます。", ["startups", "visitors"], default=[])


class GroupShape(Shape):
    """A node between the goals and the measures."""

    prefix = "group"
    called = "中間の階層"
    holder = Holder.GROUP
    id: NodeId = key("識別名", NODE_ID, "1-1")
    goal: NodeId | None = key("上の階層", ABOVE, "1", default=None)
    number: OptionalLine | None = key(
        "印刷する番号",
        '印刷する番号です。自由に書けます。付けないときは "" と書きます。省略すると id から決まります。',
        "1-1",
        default=None,
    )
    name: Name = key("名称", "印刷する名称です。", written="name: 企業立地の促進")


class MeasureShape(Shape):
    """A measure as the strategy fixes it."""

    prefix = "measure"
    called = "推進施策"
    holder = Holder.MEASURE
    id: NodeId = key("識別名", f"{NODE_ID}ファイルの名前（measures/1-2.yaml）にもなります。", "1-2")
    goal: NodeId | None = key("上の階層", ABOVE, "1", default=None)
    number: OptionalLine | None = key(
        "印刷する番号",
        '印刷する番号です。自由に書けます。付けないときは "" と書きます。省略すると id から決まります。',
        "1-1-1",
        default=None,
    )
    name: FileName = key(
        "名称", '推進施策の名称です。ファイル名にもなるため、半角の / \\ : * ? " < > | は使えません。', "企業立地の促進"
    )
    department: Departments = key(
        "所管課",
        DEPARTMENTS,
        "商工振興課",
        ["商工振興課", "農林課"],
    )
    sdgs: list[Whole] = key(
        "SDGs",
        "関連するSDGsの目標の番号です。",
        [8, 9, 17],
        written="関係する目標がないときは sdgs: [] 、あるときは [ ] の中に番号を「,」で区切って並べて",
    )
    indicators: list[ShownEntry] = key("指標", SHOWN, ["startups", "visitors"])


class AmountShape(Shape):
    """A milestone's figure: a number and the state reached."""

    prefix = "amount"
    called = "数値と段階"
    number: Number = key("数", "数値です。桁区切りの「,」を付けず、半角の数字で書きます。", 2)
    state: Line = key("段階", "達した段階です。指標の states にある言葉を書きます。", "完成")


class WordsShape(Shape):
    """A target in words, with its test."""

    prefix = "words"
    called = "言葉の目標"
    words: Line = key("言葉", "印刷する言葉です。", "前年度より増加", written="words: 前年度より増加")
    baseline: RelationWord | None = key("基準値との比較", "実績を基準値と比べて、こうなら達成とします。", default=None)
    previous: RelationWord | None = key(
        "前年度の実績との比較", "実績を前年度の実績と比べて、こうなら達成とします。", default=None
    )
    at_least: Number | None = key("範囲の下限", "実績がこの数以上なら達成とします。", 50, default=None)
    at_most: Number | None = key("範囲の上限", "実績がこの数以下なら達成とします。", 60, default=None)
    tolerance: Annotated[Number, Field(ge=0)] | None = key(
        "同じとみなす幅", "比べるときに「同じ」とみなす幅です（比べる値の±何%）。", 3, default=None
    )
    margin: Annotated[Number, Field(ge=0)] | None = key(
        "同じとみなす幅（単位のまま）", "比べるときに「同じ」とみなす幅です（指標の単位のまま）。", 3, default=None
    )

    @property
    def is_tested(self) -> bool:
        """Whether figures tell that the target is met; otherwise a person enters the rating."""
        return (self.baseline, self.previous, self.at_least, self.at_most) != (None,) * 4


def _amount_or_words(value: object) -> str:
    if not isinstance(value, dict):
        return "<text>"
    return "<AmountShape>" if {"number", "state"} & {*value} else "<WordsShape>"


Amounts = Annotated[AmountShape, Tag("<AmountShape>")]
BaselineValue = Annotated[Annotated[Number, Tag("<text>")] | Amounts, mapping_or_text("<AmountShape>")]
TargetValue = Annotated[
    Annotated[TargetFigure, Tag("<text>")] | Amounts | Annotated[WordsShape, Tag("<WordsShape>")],
    Discriminator(_amount_or_words),
]


class BaselineShape(Shape):
    """An indicator's baseline; without a value where the strategy gives no figure."""

    prefix = "kpi-baseline"
    called = "基準値"
    year: Year = key("年度", "基準となる年度です。", "R1")
    value: BaselineValue | None = key("値", "基準年度の値です。値がないときは省略できます。", 67, default=None)


class RevisedShape(Shape):
    """A baseline that was revised later."""

    prefix = "kpi-revised"
    called = "改めた基準値"
    value: BaselineValue = key("値", "改めた後の基準値", 67)
    reason: Line = key("理由", "改めた理由（例: 国の統計の改定）", "原本のとおり")
    targets: dict[Year, TargetValue] = key(
        "目標値", "基準値とともに改めた目標値。改めない年度は書きません", {"R7": 78, "R8": "未設定"}, default={}
    )


class IndicatorShape(Shape):
    """A KPI as the strategy fixes it."""

    prefix = "kpi"
    called = "指標"
    holder = Holder.INDICATOR
    id: Slug = key("識別名", ID, "startup-support", written="id: new-hires")
    name: Name = key("名称", "印刷する名称です。", written="name: 新規雇用者数")
    note: OptionalProse = key(
        "補足", "指標の名称の下に印刷する補足です。なければ省略できます。", written="note: 説明の文", default=""
    )
    suffix: Line | None = key(
        "数え方の表示",
        "単位の後に印刷する数え方です。省略すると kind から決まります。付けないときは なし と書きます。",
        "累計",
        "なし",
        default=None,
    )
    unit: Unit = key(
        "単位",
        "数値の単位です。単位のない指標（合計特殊出生率、指数など）は なし と書くと、どこにも印刷しません。",
        "件",
        "%",
        "なし",
        written="unit: 件（単位のない指標は unit: なし）と書いて",
    )
    direction: DirectionWord = key(
        "望ましい方向",
        "数値がどちらに動くと良い指標かを書きます。目標値の増減からは判断しません。",
        written="direction: increase",
    )
    kind: KindWord = key(
        "数え方の種類",
        "数値の数え方です。累計、年間、時点のどれかで、完成などの段階で判断する指標は milestone と書きます。",
        written="kind: cumulative",
    )
    decimals: Annotated[Whole, Field(ge=0, le=6)] = key(
        "小数点以下の桁数", "この指標の数値の小数点以下の桁数です（0～6）。省略すると整数です。", 0, 1, default=0
    )
    states: list[Line] = key(
        "段階の一覧",
        "段階で判断する指標（kind: milestone）の、段階の一覧です。早い順に書きます。",
        ["整備中", "完成"],
        default=[],
    )
    tags: list[Line] = key(
        "分類",
        "指標の分類です。判定の方法の特例（special の tags）を当てはめるために、自由に付けます。印刷はしません。",
        ["意識調査"],
        default=[],
    )
    baseline: BaselineShape = key("基準値", "総合戦略の基準となる年度の値です。", {"year": "R1", "value": 67})
    targets: dict[Year, TargetValue] = key(
        "目標値",
        "年度ごとの目標値です。目標を定めない年度は 未設定 と書くか、どの指標も定めないなら省略します。",
        {"R7": 78, "R8": "未設定"},
    )
    revised: RevisedShape | None = key(
        "改めた基準値", "後から改めた基準値。元の基準値による判定に、条件付きの判定を添えます", default=None
    )


class SdgShape(Shape):
    """One of the 17 SDGs."""

    prefix = "sdg"
    called = "SDGs"
    number: Annotated[Whole, Field(ge=1, le=17)] = key("数", "SDGsの目標の番号です（1～17）。", 8)
    name: Name = key("名称", "印刷する名称です。", written="name: 貧困をなくそう")
    text: Prose = key("本文", "本文です。", written="text: 本文の文章")


class StrategyFile(File):
    """strategy.yaml."""

    prefix = "strategy"
    called = "総合戦略"
    kind = "strategy"
    file = naming.STRATEGY
    years: YearsShape = key(
        "計画期間",
        "計画期間です。基準年度と最終年度を書きます。基準年度の翌年度から始まらない計画は、最初の年度（first）も書きます。",
        {"baseline": "R1", "last": "R6"},
    )
    goals: list[GoalShape] = key(
        "基本目標",
        "一番上の階層（基本目標など）の一覧です。印刷する順に書きます。階層が一つだけの計画では省略します。",
        written='goals: と書き、次の行から「- id: "1"」で始まる基本目標を並べて',
        default=[],
    )
    groups: list[GroupShape] = key(
        "中間の階層",
        "階層が三段以上の計画で、一番上と、評価シートを作る階層との間にあるもの（基本施策など）の一覧です。印刷する順に書きます。",
        written="groups: と書き、次の行から「- id: 1-1」で始まる中間の階層を並べて",
        default=[],
    )
    measures: list[MeasureShape] = key(
        "推進施策",
        "評価シートを作るもの（推進施策など）の一覧です。上の階層の順に書きます。",
        written="measures: と書き、次の行から「- id: 1-1」で始まる施策を並べて",
        min_length=1,
    )
    indicators: list[IndicatorShape] = key(
        "指標",
        "指標の一覧です。ここに一度だけ書き、基本目標や推進施策からは識別名（id）で呼び出します。",
        written="indicators: と書き、次の行から「- id: startups」で始まる指標を並べて",
        min_length=1,
    )
    sdgs: list[SdgShape] = key(
        "SDGs",
        "SDGsの17の目標の名称と説明です。",
        written="sdgs: と書き、次の行から「- number: 1」で始まる目標を並べて",
    )


_OTHERS = (Writer.DEPARTMENT, Writer.COUNCIL)


@lru_cache(maxsize=8)
def strategy_file(form: Form) -> type[StrategyFile]:
    """Return the shape with the form's fields that the planning division writes of what stands in it.

    A form has one, by which files that stay the same are not read again.
    """
    measure = called(with_fields(MeasureShape, form.on(Holder.MEASURE, Writer.PLANNING)), form.lowest.name)
    goal = called(with_fields(GoalShape, form.on(Holder.GOAL)), form.top.name)
    between = "・".join(level.name for level in form.between) or GroupShape.called
    group = called(with_fields(GroupShape, form.on(Holder.GROUP)), between)
    indicator = with_fields(IndicatorShape, form.on(Holder.INDICATOR, Writer.PLANNING))
    for shape in (measure, goal, group):
        worded(shape, form)
    parted(measure, form.on(Holder.MEASURE, *_OTHERS), "measures/ のファイル")
    parted(indicator, form.on(Holder.INDICATOR, *_OTHERS), "measures/ のファイルの indicators ")
    goals = (list[goal], StrategyFile.model_fields["goals"])  # type: ignore[valid-type]
    groups = (list[group], StrategyFile.model_fields["groups"])  # type: ignore[valid-type]
    measures = (list[measure], StrategyFile.model_fields["measures"])  # type: ignore[valid-type]
    indicators = (list[indicator], StrategyFile.model_fields["indicators"])  # type: ignore[valid-type]
    made = with_fields(StrategyFile, (), goals=goals, groups=groups, measures=measures, indicators=indicators)
    return worded(made, form)
