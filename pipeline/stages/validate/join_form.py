"""The form of a year: what form.yaml says, and for the rest the form that comes with the program."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

from pipeline.documents.yaml_reader import texts
from pipeline.model.form import Convention, Field, Form, Holder, Level, Rows, SheetForm
from pipeline.stages.validate.form_file import FREE, ConventionShape, FieldShape, FormFile, LevelShape

_STANDARD = Path(__file__).with_name(FormFile.file)
_WORDS = {"true": True, "false": False}
T = TypeVar("T")


def form(file: FormFile) -> Form:
    """Return the form that a file describes."""
    standard = _standard()
    rows, sheet = _given(file.rows, standard.rows), _given(file.sheet, standard.sheet)
    return Form(
        levels=tuple(_level(level) for level in _given(file.levels, standard.levels)),
        rows=Rows(rows.name, rows.short or rows.name, rows.least),
        indicators=_given(file.indicators, standard.indicators).least,
        fields=tuple(_fields(file, standard)),
        parts=tuple(_given(file.parts, standard.parts)),
        sheet=SheetForm(None if sheet.pages == FREE else int(sheet.pages), sheet.opens),
        comparison=_convention(_given(file.comparison, standard.comparison)),
        formats=tuple(file.formats.items()),
    )


def standard_form() -> Form:
    """Return the form of a year without a file of its own."""
    return form(FormFile())


def standard_text() -> str:
    """Return the program's own form as it is written."""
    return _STANDARD.read_text(encoding="utf-8")


@cache
def _standard() -> FormFile:
    return FormFile.model_validate(_exact(texts(standard_text())))


def _exact(value: object) -> object:
    """Return data of texts as the reader of the city's files gives it (to YAML 1.1, ``on`` is a yes)."""
    if isinstance(value, dict):
        return {key: _exact(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_exact(child) for child in value]
    word = str(value)
    return Decimal(word) if word.isdecimal() else _WORDS.get(word, word)


def _given(value: T | None, standard: T | None) -> T:
    """Return what a file says, or else what the program's form does, which says everything."""
    chosen = standard if value is None else value
    if chosen is None:
        raise ValueError(f"{_STANDARD} is not complete")
    return chosen


def _fields(file: FormFile, standard: FormFile) -> Iterator[Field]:
    """Yield the form's fields; what is said of opinions is as in the program's form where a file says nothing of it."""
    shapes = _given(file.fields, standard.fields)
    yield from map(_field, shapes)
    if not any(shape.on is Holder.OPINION for shape in shapes):
        yield from (_field(shape) for shape in standard.fields or () if shape.on is Holder.OPINION)


def _convention(shape: ConventionShape) -> Convention:
    return Convention(
        new=shape.new,
        heading_new=shape.heading_new,
        heading_old=shape.heading_old,
        underline=shape.underline,
        added=shape.added or "",
        removed=shape.removed or "",
        remarks=shape.remarks,
        unchanged=shape.unchanged,
    )


def _level(shape: LevelShape) -> Level:
    return Level(shape.id, shape.name, shape.short or shape.name, shape.sheet)


def _field(shape: FieldShape) -> Field:
    return Field(
        id=shape.id,
        on=shape.on,
        name=shape.name,
        in_template=shape.in_template or shape.name,
        kind=shape.kind,
        writer=shape.writer,
        each_year=shape.each_year,
        needed=shape.needed,
        unit=shape.unit or "",
        decimals=shape.decimals,
        choices=tuple(shape.choices),
        tense=shape.tense,
        after=shape.after or "",
        meanwhile=shape.meanwhile or "",
    )
