"""Which fields of form.yaml the shapes of the other files can have; the rules tell what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace
from pydantic import BaseModel

from pipeline.model.form import Field, FieldKind, Form, Holder, Writer
from pipeline.stages.validate.base import Shape
from pipeline.stages.validate.form_file import FormFile
from pipeline.stages.validate.join_form import form
from pipeline.stages.validate.measure_file import EnteredShape, InitiativeShape, MeasureFile, RepeatedInitiative
from pipeline.stages.validate.opinions_file import OpinionShape
from pipeline.stages.validate.strategy_file import GoalShape, GroupShape, IndicatorShape, MeasureShape

_IN_STRATEGY = (Holder.GOAL, Holder.GROUP)
"""What has no place but in strategy.yaml."""

_DEPTHS = {Holder.GOAL: 2, Holder.GROUP: 3}
"""How many levels a plan has at the least that has such a node."""

_SHAPES: Mapping[Holder, tuple[type[Shape], ...]] = {
    Holder.GOAL: (GoalShape,),
    Holder.GROUP: (GroupShape,),
    Holder.MEASURE: (MeasureFile, MeasureShape),
    Holder.INITIATIVE: (InitiativeShape, RepeatedInitiative),
    Holder.INDICATOR: (IndicatorShape, EnteredShape),
    Holder.OPINION: (OpinionShape,),
}


def taken(holder: Holder) -> frozenset[str]:
    """Return the ids that no field of a holder can have: its other keys, and what the shapes are made with."""
    keys = {key for shape in _SHAPES[holder] for key in shape.model_fields}
    return frozenset({*keys, "file", "kind", "prefix", "called", *dir(BaseModel)})


def usable(file: FormFile) -> Form:
    """Return the form of a file that may have errors, with the fields that the files can have."""
    whole, fields = form(file), dict[tuple[Holder, str], Field]()
    for field in whole.fields:
        if not lacks_level(field, whole) and not lacks_place(field) and field.id not in taken(field.on):
            fields.setdefault((field.on, field.id), field)
    return replace(whole, fields=tuple(fields.values()))


def lacks_level(field: Field, form: Form) -> bool:
    """Return whether the plan has no node of the level that a field is on."""
    return len(form.levels) < _DEPTHS.get(field.on, 0)


def lacks_place(field: Field) -> bool:
    """Return whether no file has a place for what its writer would enter: some holders stand in strategy.yaml alone."""
    return field.on in _IN_STRATEGY and field.writer is not Writer.PLANNING


def lacks_choices(field: Field) -> bool:
    """Return whether a field is one of choices and has none, or fewer than two."""
    return field.kind is FieldKind.CHOICE and len(field.choices) < 2
