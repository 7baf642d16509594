"""Rules of what is entered in the form's fields: what is needed is there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, error, info, warning
from pipeline.model.form import Field, FieldKind, Holder, Needed, Writer
from pipeline.stages.validate.base import Shape
from pipeline.stages.validate.document import Document
from pipeline.stages.validate.field_values import entered
from pipeline.stages.validate.measure_file import GoalsFile, InitiativeShape, MeasureFile, entered_shape
from pipeline.stages.validate.opinions_file import OpinionsFile
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.strategy_file import StrategyFile
from pipeline.stages.validate.tree import find
from pipeline.stages.validate.views import actual_documents, owners
from pipeline.stages.validate.vocabulary import vocabulary
from pipeline.wording.fields import TO_FILL_IN

_ASK = "所管課に記入を依頼してください"


class _Sheet(Struct, frozen=True):
    """What has fields: a measure in the strategy, in its file, or an initiative, with its place and its ``name``."""

    data: Shape
    document: Document[StrategyFile] | Document[GoalsFile] | Document[MeasureFile] | Document[OpinionsFile]
    path: tuple[str | int, ...]
    fields: tuple[Field, ...]
    name: str = ""

    def place(self, field: Field) -> Place:
        """Return the place of a field's key; of its holder where it has none."""
        return self.document.key(*self.path, field.id) if self.has(field) else self.document.at(*self.path)

    def has(self, field: Field) -> bool:
        """Return whether the field's key is written."""
        return find(self.document.kept, (*self.path, field.id)) is not None

    def called(self, field: Field) -> str:
        """Return the field as messages name it."""
        return self.name + vocabulary(type(self.data))[field.id].quoted


def needed_fields_are_filled_in(sources: Sources) -> Iterator[Diagnostic]:
    """What a draft needs is asked for; a final edition does not go out without what it needs."""
    report = sources.report.data
    final, year = report is not None and report.edition == "final", report.year if report else ""
    for sheet in _sheets(sources):
        for field in sheet.fields:
            value = entered(sheet.data, (field,))[field.id]
            nothing = field.is_nothing(value, year) and (sheet.has(field) or sheet.document.whole)
            if nothing and (field.needed is Needed.DRAFT or (final and field.needed is Needed.FINAL)):
                yield _empty(sheet, field, year, final=final)
            elif final and field.needed is not Needed.NEVER and TO_FILL_IN in str(value):
                message = f"確定版（final）なのに、{sheet.called(field)}に {TO_FILL_IN} が残っています"
                yield error(_id(field), sheet.place(field), message, _cure(sheet, field))


def _empty(sheet: _Sheet, field: Field, year: str, *, final: bool) -> Diagnostic:
    comma, part = "、" if sheet.name else "", f"の{year}の値" if field.kind is FieldKind.SERIES else ""
    message = f"{f'確定版（final）なのに{comma}' if final else ''}{sheet.called(field)}{part}が空です"
    blank = field.name if field.writer is Writer.DEPARTMENT and field.needed is Needed.DRAFT else ""
    return (error if final else warning)(_id(field), sheet.place(field), message, _cure(sheet, field), blank)


def _id(field: Field) -> str:
    return f"{field.on.value}-{field.id}-empty"


def _cure(sheet: _Sheet, field: Field) -> str:
    if field.on is Holder.INDICATOR and field.writer is not Writer.PLANNING and not sheet.has(field):
        key, identifier = sheet.path
        return f"{key}: の下に「{identifier}: {{{field.id}: 内容}}」のように書いてください"
    if field.on is Holder.INITIATIVE and field.writer is Writer.DEPARTMENT:
        return _ASK
    if field.kind is FieldKind.TEXT:
        return "文章を書いてください。なければ「特になし」のように書いてください"
    return "値を書いてください"


def keys_are_not_lost(sources: Sources) -> Iterator[Diagnostic]:
    """A needed field that the other files have a key for is missed where it is lacking: lines may have been lost."""
    sheets = [sheet for sheet in _sheets(sources) if sheet.document.whole]
    known = {(field.on, field.id) for sheet in sheets for field in sheet.fields if sheet.has(field)}
    for sheet in sheets:
        for field in sheet.fields:
            if field.needed is Needed.FINAL and (field.on, field.id) in known and not sheet.has(field):
                message = f"{'' if sheet.name else f'{type(sheet.data).called}に'}{sheet.called(field)}の行がありません"
                hint = f'行が抜けていないかを確かめてください。まだないときは {field.id}: "" と書きます'
                yield info(f"{field.on.value}-{field.id}-missing", sheet.place(field), message, hint)


def _sheets(sources: Sources) -> Iterator[_Sheet]:
    fields = sources.form
    strategy = sources.strategy
    yield from _nodes(sources)
    for index, measure in enumerate(strategy.data.measures if strategy.data else ()):
        own = fields.on(Holder.MEASURE, Writer.PLANNING)
        yield _Sheet(measure, strategy, ("measures", index), own, f"{fields.lowest.name}「{measure.id}」の")
    for index, indicator in enumerate(strategy.data.indicators if strategy.data else ()):
        own = fields.on(Holder.INDICATOR, Writer.PLANNING)
        yield _Sheet(indicator, strategy, ("indicators", index), own, f"指標「{indicator.name}」の")
    yield from _indicators(sources)
    yield from _opinions(sources)
    has_list = sources.opinions.tree is not None
    for document in sources.measures.values():
        if document.data is None:
            continue
        others = fields.of_council(Holder.MEASURE) if has_list else ()
        own = tuple(f for f in fields.on(Holder.MEASURE, Writer.DEPARTMENT, Writer.COUNCIL) if f not in others)
        yield _Sheet(document.data, document, (), own)
        for index, entry in enumerate(document.data.initiatives):
            if isinstance(entry, InitiativeShape):
                path = ("initiatives", index)
                yield _Sheet(
                    entry, document, path, fields.on(Holder.INITIATIVE), f"{fields.rows.short}「{entry.name}」の"
                )


def _indicators(sources: Sources) -> Iterator[_Sheet]:
    """Yield what is entered beside the actuals of indicators, be it nothing."""
    own = sources.form.on(Holder.INDICATOR, Writer.DEPARTMENT, Writer.COUNCIL)
    names = (
        {shape.id: shape.name for shape in sources.strategy.data.indicators} if own and sources.strategy.data else {}
    )
    documents = actual_documents(sources)
    for identifier, owner in owners(sources).items():
        document = documents.get(owner)
        if document and document.data and identifier in names:
            told = document.data.indicators.get(identifier) or entered_shape(sources.form)()
            yield _Sheet(told, document, ("indicators", identifier), own, f"指標「{names[identifier]}」の")


def _opinions(sources: Sources) -> Iterator[_Sheet]:
    """Yield the opinions, each with its answer."""
    document, own = sources.opinions, sources.form.on(Holder.OPINION)
    for node, opinions in (document.data.opinions if document.data else {}).items():
        for index, opinion in enumerate(opinions):
            yield _Sheet(opinion, document, ("opinions", node, index), own, f"意見「{opinion.id}」の")


def _nodes(sources: Sources) -> Iterator[_Sheet]:
    """Yield the nodes of the plan above those with sheets."""
    form, strategy = sources.form, sources.strategy
    for index, goal in enumerate(strategy.data.goals if strategy.data else ()):
        yield _Sheet(goal, strategy, ("goals", index), form.on(Holder.GOAL), f"{form.top.name}「{goal.id}」の")
    for index, group in enumerate(strategy.data.groups if strategy.data else ()):
        name = f"{type(group).called}「{group.id}」の"
        yield _Sheet(group, strategy, ("groups", index), form.on(Holder.GROUP), name)
