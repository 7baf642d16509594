"""Which field of the form stands at a place of the inputs."""

from __future__ import annotations

from pipeline.model.form import IN_STRATEGY, Field, FieldKind, Form, Holder, Writer
from pipeline.storage.naming import OPINIONS, STRATEGY

FIXED = {"activities": "具体的な取組", "name": "名称", "text": "意見"}
"""What is written of an initiative or an opinion besides the form's fields, by its names."""
AS_OF = Field("as_of", Holder.INDICATOR, "実績の時点", "実績の時点", FieldKind.DATE)
"""The day as of which an actual is: departments enter it in any form."""


def field_at(form: Form, path: str) -> Field | None:
    """Return the field of a place: ``measures/1-2.yaml#initiatives.siting.results``; of a series' year the series."""
    file, _, keys = path.partition("#")
    if file in (STRATEGY, OPINIONS):
        return _of_planning(form, keys.split("."))
    match keys.split("."):
        case ["initiatives", _, identifier, *year]:
            return _known(form.field(Holder.INITIATIVE, identifier), year)
        case ["indicators", _, identifier, *year]:
            return _of_departments(form.field(Holder.INDICATOR, identifier), year)
        case [AS_OF.id, _, _]:
            return AS_OF
        case [identifier, *year]:
            return _of_departments(form.field(Holder.MEASURE, identifier), year)
    return None


def _of_planning(form: Form, keys: list[str]) -> Field | None:
    """Return the field of a place in a file of the planning division; what departments write of a node is not there."""
    match keys:
        case ["opinions", _, _, identifier, *year]:
            return _known(form.field(Holder.OPINION, identifier), year)
        case [part, _, identifier, *year] if part in IN_STRATEGY:
            found = _known(form.field(IN_STRATEGY[part], identifier), year)
            return found if found and found.writer is Writer.PLANNING else None
    return None


def _of_departments(field: Field | None, year: list[str]) -> Field | None:
    found = _known(field, year)
    return found if found and found.writer is not Writer.PLANNING else None


def year_at(path: str) -> str:
    """Return the year of a place in a series."""
    return path.rpartition(".")[2]


def _known(field: Field | None, year: list[str]) -> Field | None:
    """Return the field if so many keys lead to a value of it."""
    return field if field and len(year) == (field.kind is FieldKind.SERIES) else None
