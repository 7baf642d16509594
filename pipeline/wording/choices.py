"""How many chose what in the form's fields of choices, as the book tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from pipeline.model.evaluation import Evaluation
from pipeline.model.form import Field, FieldValue, Form, Holder
from pipeline.wording.fields import printed, words
from pipeline.wording.tally import in_a_line

BLANK = "未記入"
"""Stands for what nobody has chosen yet."""


class Chosen(Struct, frozen=True):
    """A field with its choices, each with how many there are of it, and last those without one, if there are any."""

    field: Field
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(count for _, count in self.counts)

    @property
    def told(self) -> str:
        """Write in a line what was chosen: A 3　B 1　未記入 2."""
        return in_a_line([(word, count) for word, count in self.counts if count])


def fields(form: Form) -> tuple[Field, ...]:
    """List the fields whose entries can be counted: a choice, yes or no."""
    return tuple(field for field in form.fields if words(field))


def of(field: Field, form: Form) -> str:
    """Name what a field is of, as this plan calls it: 施策, 取組, 基本目標."""
    names = {
        Holder.GOAL: form.top.name,
        Holder.GROUP: "・".join(level.name for level in form.between),
        Holder.MEASURE: form.lowest.short,
        Holder.INITIATIVE: form.rows.short,
        Holder.INDICATOR: "指標",
        Holder.OPINION: "意見",
    }
    return names[field.on]


def chosen(evaluation: Evaluation, node: str = "") -> Iterator[Chosen]:
    """Yield the counts of every field, in the whole plan or below a goal or a group (and of itself)."""
    for field in fields(evaluation.form):
        found = Counter(printed(field, value, evaluation.report.year) for value in entered(field, evaluation, node))
        counts = [(word, found[word]) for word in words(field)]
        if found.total():
            yield Chosen(field, (*counts, *([(BLANK, found[""])] if found[""] else [])))


def entered(field: Field, evaluation: Evaluation, node: str = "") -> Iterator[FieldValue]:
    """Yield what is entered in a field, once for all that has it: a repeated row is told where it stands first, and an
    indicator that several show is one.
    """
    measures = [m for m in evaluation.measures if not node or m.is_below(node)]
    match field.on:
        case Holder.GOAL | Holder.GROUP:
            below = {one.id: one for m in measures for one in evaluation.above(m) if one.holder is field.on}
            yield from (one.fields[field.id] for one in below.values())
        case Holder.MEASURE:
            yield from (m.fields[field.id] for m in measures)
        case Holder.INITIATIVE:
            rows = (row for m in measures for row in m.initiatives if row.repeated_from is None)
            yield from (row.fields[field.id] for row in rows)
        case Holder.INDICATOR:
            shown = {one.indicator.id: one.indicator for m in measures for one in m.indicators}
            yield from (one.fields[field.id] for one in shown.values())
        case Holder.OPINION:
            nodes = {m.id for m in measures} | ({node} if node else {one.node for one in evaluation.opinions})
            yield from (one.fields[field.id] for one in evaluation.opinions if one.node in nodes)
