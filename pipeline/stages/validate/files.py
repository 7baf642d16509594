"""The kinds of input file, and the shapes of the two small ones. A shape is checked by itself; the rest is for checks.

Every shape has a ``prefix`` that begins the ids of its diagnostics and is ``called`` something in Japanese; its fields
say what their keys are called, are for, and look like.
"""

from typing import Annotated

from pydantic import Field

from pipeline.stages.validate.base import File, Shape, key, shapes
from pipeline.stages.validate.form_file import FormFile
from pipeline.stages.validate.identifiers import Slug
from pipeline.stages.validate.join_form import standard_form
from pipeline.stages.validate.measure_file import GoalsFile, MeasureFile
from pipeline.stages.validate.opinions_file import OpinionsFile
from pipeline.stages.validate.quantities import Whole
from pipeline.stages.validate.report_file import ReportFile
from pipeline.stages.validate.revisions_file import RevisionsFile
from pipeline.stages.validate.scalars import Line
from pipeline.stages.validate.scheme_file import SchemeShape
from pipeline.stages.validate.strategy_file import StrategyFile


class SilenceShape(Shape):
    """A warning of the audit that is to be kept quiet."""

    prefix = "silence"
    called = "省く注意"
    id: Slug = key("識別名", "省く注意の識別名です。注意の最後に [ ] で囲んで表示されます。", "figure-differs")
    at: Line = key(
        "注意の出る所",
        "注意の出るファイルです。「#」の後ろに注意の文にある言葉を書くと、その言葉を含む注意だけを省きます。",
        "measures/1-2.yaml#23件",
    )
    reason: Line = key("理由", "そのままにする理由です。点検の記録（checks.json）に残ります。", "原本のとおり")


class AuditFile(File):
    """audit.yaml: how the audit is set. The file may be missing."""

    prefix = "audit"
    called = "点検の設定"
    kind = "audit"
    file = "audit.yaml"
    far_below: Annotated[Whole, Field(ge=0, le=100)] = key(
        "説明を求める達成率",
        "達成率がこれより低い指標（%）について、施策の文章で触れているかを確かめます。",
        60,
        default=60,
    )
    silence: list[SilenceShape] = key(
        "省く注意", "点検の注意のうち、確かめた上でそのままにするものの一覧です。", default=[]
    )


class SpellingShape(Shape):
    """Spellings of one word, the one to use first."""

    prefix = "spelling"
    called = "表記"
    spellings: list[Line] = key(
        "同じ言葉の書き方",
        "同じ言葉の書き方です。2通り以上が使われていると注意し、最初のものにそろえるよう案内します。",
        ["取組", "取り組み", "取組み"],
        min_length=2,
    )
    allowed: list[Line] = key(
        "そのままでよい言い方",
        "その書き方のままでよい、より長い言い方です（動詞や固有の名称など）。",
        ["取り組みます"],
        default=[],
    )


class WordsFile(File):
    """words.yaml: words whose spelling is to be the same throughout. The file may be missing."""

    prefix = "words"
    called = "表記の一覧"
    kind = "words"
    file = "words.yaml"
    words: list[SpellingShape] = key("表記をそろえる言葉", "報告書の中で書き方をそろえる言葉の一覧です。")


FILES: tuple[type[File], ...] = (
    ReportFile,
    FormFile,
    StrategyFile,
    GoalsFile,
    MeasureFile,
    OpinionsFile,
    RevisionsFile,
    AuditFile,
    WordsFile,
    SchemeShape,
)
"""The kinds of file that a year's folder, and the folder of schemes, is made of."""

KEYS = frozenset(name for shape in shapes() for name in shape.model_fields) | {
    field.id for field in standard_form().fields
}
"""Every key that some file may have."""
