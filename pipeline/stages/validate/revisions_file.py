"""The shape of revisions.yaml: what the plan's own figures were changed in, and why.

The planning division writes it, as it writes the strategy; a department cannot move its own target.
"""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from pipeline.stages.validate.base import File, Shape, key
from pipeline.stages.validate.identifiers import Slug
from pipeline.stages.validate.quantities import Day, Year, as_year
from pipeline.stages.validate.scalars import Line
from pipeline.stages.validate.strategy_file import TargetValue
from pipeline.storage import naming
from pipeline.wording import era

BASELINE = "基準値"


def _figure(value: object) -> str:
    return BASELINE if value == BASELINE else as_year(value)


RevisedFigure = Annotated[
    str,
    PlainValidator(_figure),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^(?:{BASELINE}|{era.PATTERN})$"}),
]


class RevisionShape(Shape):
    """A target or a baseline that was changed."""

    prefix = "revision"
    called = "計画の改定"
    indicator: Slug = key("指標", "改めた指標の識別名です。", "startups")
    figure: RevisedFigure = key(
        "改めたもの", f"目標を改めたときはその目標の年度、基準値を改めたときは {BASELINE} と書きます。", "R6", BASELINE
    )
    before: TargetValue = key("改定前", "改める前の値です。", 100)
    after: TargetValue = key("改定後", "改めた後の値です。strategy.yaml の値と同じにします。", 120)
    date: Day = key("改定日", "改めた日です。", "2021-08-01", written="date: 2021-08-01")
    since: Year = key(
        "適用する年度",
        "この年度の評価から、改めた後の値によります。それより前の年度は、改める前の値で判定します。",
        "R4",
    )
    reason: Line = key("理由", "改めた理由です。冊子に印刷します。", "感染症の影響", written="reason: 感染症の影響")


class RevisionsFile(File):
    """revisions.yaml. The file may be missing."""

    prefix = "revisions"
    called = "計画の改定の一覧"
    kind = "revisions"
    file = naming.REVISIONS
    revisions: list[RevisionShape] = key("計画の改定", "改めた目標と基準値の一覧です。改めた順に書きます。", default=[])
