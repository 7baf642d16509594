"""The nodes of the plan, as templates print them: their numbers, names and fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.model.documents import Nodes
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import Holder, Level
from pipeline.model.strategy import Goal
from pipeline.stages.sheets import pens
from pipeline.stages.sheets.entries import Entries
from pipeline.stages.sheets.pens import Places, PlainPen
from pipeline.wording import plan

NO_NODE: Mapping[str, object] = {"番号": "", "識別名": "", "見出し": "", "階層": "", "名称": "", "記入欄": []}
"""The node above a measure of a plan that has no level above."""


def above(measure: Measure, written: Entries) -> Iterator[Mapping[str, object]]:
    """Yield the nodes that a measure stands below, from the top."""
    evaluation = written.evaluation
    for level, node in zip(evaluation.form.upper, evaluation.above(measure), strict=True):
        yield _node(level, node, written)


def nodes(evaluation: Evaluation) -> Nodes:
    """Return all nodes for the book; those above the measures all have the same names."""
    written, form = Entries(PlainPen(), evaluation), evaluation.form
    blank = written.blank((*form.on(Holder.GOAL), *form.on(Holder.GROUP)))
    return Nodes(
        {node.id: {**blank, **_node(level, node, written)} for level, node in plan.nodes(evaluation)},
        {measure.id: _measure(measure, written) for measure in evaluation.measures},
    )


def _measure(measure: Measure, written: Entries) -> Mapping[str, object]:
    evaluation = written.evaluation
    fields = evaluation.form.on(Holder.MEASURE)
    return {
        "番号": plan.place(measure, evaluation),
        "識別名": measure.id,
        "基本目標の識別名": measure.goal,
        "名称": measure.name,
        "所管課": "、".join(measure.departments),
        **written.of(fields, measure.fields, Places(measure, evaluation).field),
    }


def _node(level: Level, node: Goal, written: Entries) -> Mapping[str, object]:
    path, fields = pens.node(node), written.evaluation.form.on(node.holder)
    return {
        "番号": node.number,
        "識別名": node.id,
        "見出し": plan.heading(level, node.number),
        "階層": level.name,
        "名称": written.pen.write(node.name, f"{path}.name"),
        **written.of(fields, node.fields, lambda field: f"{path}.{field.id}"),
    }
