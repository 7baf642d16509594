"""The shape of opinions.yaml: what was said of the evaluation, by the node of the plan that it is about."""

from functools import lru_cache
from typing import Any

from pipeline.model.evaluation import WHOLE
from pipeline.model.form import Form, Holder
from pipeline.stages.validate.base import File, Shape, key
from pipeline.stages.validate.field_values import with_fields, worded
from pipeline.stages.validate.identifiers import Name, NodeId, Slug
from pipeline.stages.validate.quantities import Year
from pipeline.stages.validate.scalars import Prose
from pipeline.stages.validate.strategy_file import ID
from pipeline.storage import naming


class OpinionShape(Shape):
    """An opinion; its answer is a field of the form."""

    prefix = "opinion"
    called = "意見"
    holder = Holder.OPINION
    id: Slug = key("識別名", ID, "support-desk", written="id: support-desk")
    text: Prose = key("意見", "意見の文章です。1行が1段落になります。", written="text: |- と書き、次の行に字下げして")
    said_by: Name | None = key("発言者", "誰の意見かです（学識経験者、公募委員など）。", "学識経験者", default=None)
    department: Name | None = key(
        "回答する課",
        "回答する課です。省略すると、施策の所管課です（基本目標と全体では、企画課が書きます）。",
        "商工課",
        default=None,
    )
    raised: Year | None = key("意見の出た年度", "前の年度に出た意見のとき、その年度を書きます。", "R7", default=None)
    closed: Year | None = key(
        "終えた年度", "対応が終わった年度を書くと、次の年度に引き継ぎません。", "R8", default=None
    )


class OpinionsFile(File):
    """opinions.yaml. The file may be missing."""

    prefix = "opinions"
    called = "意見の一覧"
    kind = "opinions"
    file = naming.OPINIONS
    opinions: dict[NodeId, list[OpinionShape]] = key(
        "意見",
        f"施策や基本目標の識別名ごとに、意見を並べます。全体についての意見は、{WHOLE} の下に書きます。",
        written="opinions: と書き、次の行から「  1-2:」のように識別名を、その下に意見を並べて",
        default={},
    )


@lru_cache(maxsize=8)
def opinions_file(form: Form) -> type[OpinionsFile]:
    """Return the shape with the form's fields of opinions."""
    opinion: Any = worded(with_fields(OpinionShape, form.on(Holder.OPINION)), form)
    opinions = (dict[NodeId, list[opinion]], OpinionsFile.model_fields["opinions"])
    return worded(with_fields(OpinionsFile, (), opinions=opinions), form)
