"""What templates print of the form's fields, each by its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from pipeline.documents.template import Paragraphs
from pipeline.model.form import Field, FieldKind, FieldValue
from pipeline.stages.sheets.indicators import Script
from pipeline.wording import fields as wording
from pipeline.wording.numbers import number

EVALUATED, ALL = "評価年度", "一覧"
"""What a series has besides its years: the evaluated year's number, and all years for a loop."""


def entries(
    fields: Iterable[Field], values: Mapping[str, FieldValue], path: Callable[[Field], str], script: Script
) -> Mapping[str, object]:
    """Return what is entered in fields, by their names in templates; ``path`` is the place of a field.

    A text is a list of its paragraphs that may also be printed as it is.
    """
    return {field.in_template: _entry(field, values[field.id], path(field), script) for field in fields}


def _entry(field: Field, value: FieldValue, path: str, script: Script) -> object:
    year = script.places.evaluation.report.year
    if field.kind is FieldKind.TEXT:
        return Paragraphs(script.pen.paragraphs(wording.printed(field, value, year), path))
    if field.kind is FieldKind.SERIES:
        return _series(field, value if isinstance(value, Mapping) else {}, path, script)
    return script.pen.write(wording.printed(field, value, year), path)


def _series(field: Field, value: Mapping[str, Decimal], path: str, script: Script) -> Mapping[str, object]:
    evaluation = script.places.evaluation
    amounts = {year: value.get(year) for year in evaluation.years}
    cells = {
        year: script.pen.write("" if amount is None else number(amount, field.decimals), f"{path}.{year}")
        for year, amount in amounts.items()
    }
    return {
        **cells,
        EVALUATED: cells[evaluation.report.year],
        ALL: [{"年度": year, "値": cell} for year, cell in cells.items()],
    }
