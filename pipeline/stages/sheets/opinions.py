"""What templates print of opinions: those of this year, and those that earlier years left open."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.documents.marked import Paragraphs
from pipeline.model.evaluation import Evaluation, Measure, Opinion
from pipeline.model.form import Holder
from pipeline.stages.sheets.entries import Entries
from pipeline.stages.sheets.pens import opinion_at
from pipeline.wording.era import in_text
from pipeline.wording.opinions import LISTS, list_of
from pipeline.wording.terms import is_draft

NOTHING = "特になし"
_NOT_YET = "（会議の後に記載します）"


def instead(evaluation: Evaluation) -> str:
    """Return what prints where there are no opinions: none yet, or in a final edition none at all."""
    told = (field.meanwhile for field in evaluation.form.of_council(Holder.MEASURE) if field.meanwhile)
    return next(told, _NOT_YET) if is_draft(evaluation.report) else NOTHING


def lists(measure: Measure, written: Entries) -> Mapping[str, object]:
    """Return the opinions about a measure, by the names that templates have for their two lists."""
    made: dict[str, list[Mapping[str, object]]] = {name: [] for name in LISTS}
    for opinion in measure.opinions:
        made[list_of(opinion, written.evaluation.report)].append(_printed(opinion, written))
    return made


def _printed(opinion: Opinion, written: Entries) -> Mapping[str, object]:
    path = opinion_at(opinion)
    return {
        "番号": str(opinion.number),
        "意見": Paragraphs(written.pen.paragraphs(opinion.text, f"{path}.text")),
        "発言者": opinion.said_by,
        "回答する課": opinion.department,
        "年度": in_text(opinion.raised),
        **written.of(written.evaluation.form.on(Holder.OPINION), opinion.fields, lambda field: f"{path}.{field.id}"),
    }
