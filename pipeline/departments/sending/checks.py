"""What must hold of an issue: every field that the template has can be found again when the sheet comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.model.correspondence import Issue
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import Field, FieldKind, FieldValue, Holder, Writer
from pipeline.storage.naming import OPINIONS, of_measure
from pipeline.wording.opinions import list_of

_SHEET = Place("templates/sheet.docx")
_SHOWN = 3


def check(issue: Issue, measure: Measure, evaluation: Evaluation, named: Collection[str]) -> Iterator[Diagnostic]:
    """Report fields that the template names (``named``) and does not print as they are: what is written there would be
    lost.
    """
    expected = _expected(measure, evaluation)
    missing = [title for name, path, title in expected if name in named and path not in issue.values]
    if missing:
        names = "、".join(missing[:_SHOWN]) + (f"など{len(missing)}欄" if len(missing) > _SHOWN else "")
        message = f"シート{measure.id}: {names}の場所が分かりません。戻ったシートからこの欄を読み取れなくなります。"
        hint = "様式で、その欄を {{ 段落 }} のように、加工せず、条件（if）で隠さずに印刷してください。"
        yield error("send-field-missing", _SHEET, message, hint)


def _expected(measure: Measure, evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    """Yield a field's name in templates, its place, and what it is called."""
    file, form, year = f"{of_measure(measure.id)}#", evaluation.form, evaluation.report.year
    for number, item in enumerate(measure.initiatives, 1):
        if item.repeated_from is None:
            path = f"{file}initiatives.{item.id}"
            fields = _looked_for(form.on(Holder.INITIATIVE), item.fields)
            yield from _fields(fields, ("取組一覧", f"{path}.", f"取組{number}の"), year)
            yield "取組一覧.名称", f"{path}.name", f"取組{number}の名称"
            if item.activities:
                yield "取組一覧.具体的な取組", f"{path}.activities", f"取組{number}の具体的な取組"
    for opinion in measure.opinions:
        path = f"{OPINIONS}#opinions.{measure.id}.{opinion.id}."
        holder = (list_of(opinion, evaluation.report), path, f"意見{opinion.number}の")
        yield from _fields(form.on(Holder.OPINION, Writer.DEPARTMENT), holder, year)
    for shown in (s for s in measure.indicators if evaluation.owner(s.indicator.id) == measure.id):
        of_indicator = form.on(Holder.INDICATOR, Writer.DEPARTMENT, Writer.COUNCIL)
        path, fields = f"{file}indicators.{shown.indicator.id}.", _looked_for(of_indicator, shown.indicator.fields)
        row, own = measure.row(shown.indicator.id), [*fields]
        for name in ("指標一覧", "施策の指標一覧" if row is None else "取組一覧.指標一覧"):
            yield from _fields(own, (name, path, f"「{shown.name}」の"), year)
    of_list = form.of_council(Holder.MEASURE) if measure.opinions else ()
    plain = (f for f in form.on(Holder.MEASURE, Writer.DEPARTMENT, Writer.COUNCIL) if f not in of_list)
    yield from _fields(_looked_for(plain, measure.fields), ("施策", file, ""), year)


def _looked_for(fields: Iterable[Field], values: Mapping[str, FieldValue]) -> Iterator[Field]:
    """Yield the fields that a department writes or that say something; a template may leave out others while empty."""
    return (f for f in fields if f.writer is Writer.DEPARTMENT or values[f.id] not in ("", None, {}))


def _fields(fields: Iterable[Field], holder: tuple[str, str, str], year: str) -> Iterator[tuple[str, str, str]]:
    """Yield the fields of a holder, of which are given its name in templates, its place, and what it is called."""
    name, path, title = holder
    for field in fields:
        keys = f"{field.id}.{year}" if field.kind is FieldKind.SERIES else field.id
        yield f"{name}.{field.in_template}", f"{path}{keys}", f"{title}{field.name}"
