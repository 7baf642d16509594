"""What is entered and stands on no sheet, because the template does not name it: said once, for all sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.diagnostics import Diagnostic, info, warning
from pipeline.documents.template import Template
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import Field, FieldKind, FieldValue, Holder
from pipeline.stages.sheets.words import names_of
from pipeline.wording import plan
from pipeline.wording.opinions import list_of
from pipeline.wording.terms import YEARS

_INDICATORS = ("指標一覧.", "単独の指標.", "グラフの段.", "三列のグラフの段.")
_PARTS = ("施策の指標一覧.", "取組一覧.指標一覧.")
"""The indicators of a measure as a whole, and those of its initiatives: each may be listed by itself."""
_IN_BOOK = ("階層一覧", "数値目標.基本目標", "総括.基本目標")
"""What the book prints goals and groups by, besides the names of the sheet."""


def unprinted(evaluation: Evaluation, template: Template, named: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield what is entered and not ``named`` on any sheet, nor, of goals and groups, anywhere in the book."""
    entered = {title: name for m in evaluation.measures for name, title in _entered(m, evaluation)}
    entered |= {title: name for name, title in _of_nodes(evaluation, named)}
    lost = [title for title, name in entered.items() if not _is_named(name, named)]
    if lost:
        message = f"入力されていて、様式に項目がないため評価シートに印刷しないもの: {'、'.join(lost)}"
        first = next(name for title, name in entered.items() if title == lost[0]).rstrip(".")
        cure = f"印刷するときは、Wordで{template.file}に {{{{ {first} }}}} のように書いてください。"
        hint = f"{cure}しないときは、このままで構いません。"
        yield info("sheet-not-printed", template.place, message, hint)
    yield from _years(evaluation.years, template, named)


def _is_named(name: str, named: frozenset[str]) -> bool:
    head, dot, rest = name.partition(".")
    shown = [one.removeprefix(place) for one in named for place in (*_INDICATORS, *_PARTS) if one.startswith(place)]
    if any(one.startswith(_INDICATORS) for one in named) and name in _PARTS:
        return True
    if f"{head}{dot}" == _INDICATORS[0]:
        return any(one.startswith(rest) if rest.endswith(".") or not rest else one.endswith(rest) for one in shown)
    return any(one.startswith(name) if name.endswith(".") else one == name for one in named)


def _entered(measure: Measure, evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Yield the names that templates have for what is entered of a measure, and what people call it."""
    if measure.sdgs:
        yield "SDGs", "関連するSDGs"
    rows = [measure.row(shown.indicator.id) for shown in measure.indicators]
    if None in rows:
        yield _PARTS[0] if any(rows) else _INDICATORS[0], "指標の目標と実績"
    if any(rows):
        yield _PARTS[1], f"{evaluation.form.rows.short}の指標の目標と実績"
    if any(shown.indicator.revisions for shown in measure.indicators):
        yield "指標の注記", "計画の改定の注"
    if measure.indicators and evaluation.report.further and evaluation.report.show_rates:
        yield "指標一覧.判定一覧.", f"ほかの判定（{'、'.join(one.name for one in evaluation.report.further)}）"
    if measure.initiatives:
        yield "取組一覧.名称", evaluation.form.rows.name
    if any(item.activities for item in measure.initiatives):
        yield "取組一覧.具体的な取組", "具体的な取組"
    form = evaluation.form
    held = (
        (Holder.MEASURE, "施策", [measure.fields]),
        (Holder.INDICATOR, "指標一覧", [shown.indicator.fields for shown in measure.indicators]),
        (Holder.INITIATIVE, "取組一覧", [item.fields for item in measure.initiatives]),
    )
    for holder, name, entered in held:
        yield from _of_fields(form.on(holder), name, entered)
    for opinion in measure.opinions:
        name = list_of(opinion, evaluation.report)
        yield f"{name}.意見", "意見"
        yield from _of_fields(form.on(Holder.OPINION), name, [opinion.fields])


def _of_fields(
    fields: Sequence[Field], name: str, entered: Sequence[Mapping[str, FieldValue]]
) -> Iterator[tuple[str, str]]:
    """Yield the fields in which something is entered, by the name that templates have for their holder."""
    for field in fields:
        if any(values[field.id] not in ("", None, {}) for values in entered):
            years = "." if field.kind is FieldKind.SERIES else ""
            yield f"{name}.{field.in_template}{years}", field.name


def _of_nodes(evaluation: Evaluation, named: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the fields of goals and groups in which something is entered, by the first name that prints them."""
    for level, node in plan.nodes(evaluation):
        for field in evaluation.form.on(node.holder):
            if node.fields[field.id] not in ("", None, {}):
                years = "." if field.kind is FieldKind.SERIES else ""
                told = [f"{name}.{field.in_template}{years}" for name in (*names_of(level, node.holder), *_IN_BOOK)]
                yield next((name for name in told if _is_named(name, named)), told[0]), f"{level.name}の{field.name}"


def _years(years: Sequence[str], template: Template, named: frozenset[str]) -> Iterator[Diagnostic]:
    """Warn of years of the plan for which a table of years has no column."""
    later = dict(zip(YEARS[1:], years[1:], strict=False))
    for kind in ("目標", "実績"):
        told = [year for name, year in later.items() if f"指標一覧.{kind}.{name}" in named]
        missing = [year for year in later.values() if year not in told]
        if len(told) > 1 and missing:
            message = f"指標の{kind}の表に、{'、'.join(missing)}の列がありません。この年度の{kind}は印刷しません。"
            hint = f"印刷するときは、Wordで{template.file}の表に列を加えてください。"
            yield warning("sheet-years-missing", template.place, message, hint)
