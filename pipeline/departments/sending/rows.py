"""Indicators, initiatives, measures and opinions as rows of tables: what is to be filled in, what a row is known by.

A cell knows its place in the inputs, where it has one; an open one what may be entered. ``workbook`` calls.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from typing import assert_never

from msgspec import Struct, field

from pipeline.departments.issued import figure_text
from pipeline.departments.issued.asking import FIGURE
from pipeline.departments.issued.fields import AS_OF
from pipeline.departments.issued.workbook import (
    ABSENCES,
    PRELIMINARY,
    Heading,
    indicator_key,
    initiative_key,
    opinion_key,
)
from pipeline.documents.xlsx import Content, Figure, Free, Listed
from pipeline.documents.xlsx.book import Entry
from pipeline.model.evaluation import WHOLE, Evaluation, Measure, Opinion
from pipeline.model.form import NUMBERS, Field, FieldKind, FieldValue, Holder, Writer
from pipeline.model.strategy import Absence, Amount, Indicator, Shown, Value
from pipeline.stages.sheets.pens import indicator, opinion_at
from pipeline.storage.naming import of_measure, of_owner
from pipeline.wording import era, plan
from pipeline.wording.fields import NO, YES, words
from pipeline.wording.opinions import ABOUT_ALL

DEPARTMENT = "所管課"
OPINION_NUMBER, OPINION = "意見番号", "意見"
FIGURES = frozenset(FieldKind) - {FieldKind.TEXT}
"""What is asked in a workbook where sheets ask for the sentences."""
_ROOM = 4
"""Lines that a cell for sentences has room for."""


class Cell(Struct, frozen=True):
    """A cell to be written, and its place in the inputs (empty: it has none); ``shown`` is what it says, or asks.

    ``reference`` is what the year before said there, where this year says nothing yet.
    """

    content: Content
    path: str = ""
    shown: str = ""
    reference: str = ""


NOTHING = Cell(Content())
Row = Mapping[str, Cell]
"""Cells by the headings of their columns."""


class Rows(Struct, frozen=True):
    """The rows of tables about some measures; with ``goals``, what these alone show is among them.

    ``waiting`` are the places that nobody is asked for yet; fields of ``kinds`` are a column each, of ``opinions`` all:
    they are answered here and nowhere else. ``references`` are the texts of the year before by their places.
    """

    evaluation: Evaluation
    measures: Sequence[Measure]
    goals: bool
    waiting: Set[str]
    kinds: Set[FieldKind] = FIGURES
    opinions: Sequence[Opinion] = ()
    references: Mapping[str, str] = field(default_factory=dict)

    @property
    def year(self) -> str:
        """The evaluated year."""
        return self.evaluation.report.year

    @property
    def about(self) -> Set[str]:
        """The measures, and what the opinions are about."""
        return {measure.id for measure in self.measures} | {opinion.node for opinion in self.opinions}

    @property
    def listed(self) -> str:
        """What the rows of a sheet are called, told apart from the measure and from opinions."""
        rows, taken = self.evaluation.form.rows, (self.evaluation.form.lowest.short, OPINION)
        return next(name for name in (rows.short, rows.name, f"{rows.name}の一覧") if name not in taken)

    def indicators(self) -> Iterator[Row]:
        """Yield a row for every indicator that a measure owns, then for those that goals alone show."""
        for measure in self.measures:
            for shown in measure.indicators:
                if self.evaluation.owner(shown.indicator.id) == measure.id:
                    yield {**self._head(measure), **self._indicator(shown, measure.id)}
        for node in (*self.evaluation.goals, *self.evaluation.groups) if self.goals else ():
            head = self._named(node.number, node.name, "")
            for shown in node.indicators:
                if not self.evaluation.owner(shown.indicator.id):
                    yield {**head, **self._indicator(shown, "")}

    def initiatives(self) -> Iterator[Row]:
        """Yield a row for every initiative, but for those that repeat another one."""
        fields, called = self.asked(Holder.INITIATIVE), self.listed
        for measure in self.measures:
            for item in (item for item in measure.initiatives if item.repeated_from is None):
                key = initiative_key(measure.id, item.id, self.year)
                place = f"{of_measure(measure.id)}#initiatives.{item.id}."
                row = {**self._head(measure), called: _told(item.name), Heading.KEY: _told(key)}
                yield {**row, **self._fields(fields, item.fields, place)}

    def nodes(self) -> Iterator[Row]:
        """Yield a row for every measure."""
        fields = self.asked(Holder.MEASURE)
        for measure in self.measures:
            row = {**self._head(measure), Heading.KEY: _told(initiative_key(measure.id, "", self.year))}
            yield {**row, **self._fields(fields, measure.fields, f"{of_measure(measure.id)}#")}

    def answers(self) -> Iterator[Row]:
        """Yield a row for every opinion."""
        fields, heads = self.asked(Holder.OPINION), self._heads()
        for one in self.opinions:
            words: dict[str, str] = {
                OPINION_NUMBER: str(one.number),
                OPINION: f"{one.text}（{one.said_by}）" if one.said_by else one.text,
                Heading.KEY: opinion_key(one.node, one.id, self.year),
            }
            row = {**heads[one.node], **{heading: _told(text) for heading, text in words.items()}}
            yield {**row, **self._fields(fields, one.fields, f"{opinion_at(one)}.")}

    def _heads(self) -> Mapping[str, Row]:
        """Return the head of a row about anything that an opinion may be about."""
        nodes = {node.id: self._named(node.number, node.name, "") for _, node in plan.nodes(self.evaluation)}
        measures = {measure.id: self._head(measure) for measure in self.evaluation.measures}
        return {WHOLE: self._named("", ABOUT_ALL, ""), **nodes, **measures}

    def asked(self, holder: Holder) -> Mapping[str, Field]:
        """Return the fields of a holder that are a column each, by its heading: what departments write."""
        fields = self.evaluation.form.on(holder, Writer.DEPARTMENT)
        kinds = frozenset(FieldKind) if holder is Holder.OPINION else self.kinds
        return {self._heading(field): field for field in fields if field.kind in kinds}

    def _heading(self, field: Field) -> str:
        """Return the heading of a field's column, which none of ours has."""
        form = self.evaluation.form
        ours = (*Heading, DEPARTMENT, OPINION_NUMBER, OPINION, form.lowest.short, self.listed)
        parts = [part for part in (self.year if field.kind is FieldKind.SERIES else "", field.unit) if part]
        more = "、".join(parts) or ("記入欄" if field.name in ours else "")
        return f"{field.name}（{more}）" if more else field.name

    def _head(self, measure: Measure) -> Row:
        return self._named(plan.spoken(measure), measure.name, measure.department)

    def _named(self, number: str, name: str, department: str) -> Row:
        words: dict[str, str] = {
            Heading.NUMBER: number,
            self.evaluation.form.lowest.short: name,
            DEPARTMENT: department,
        }
        return {heading: _told(text) for heading, text in words.items()}

    def _indicator(self, shown: Shown, owner: str) -> Row:
        one, file = shown.indicator, f"{of_owner(owner)}#"
        words: dict[str, str] = {
            Heading.INDICATOR: f"{shown.name}（{one.note}）" if one.note else shown.name,
            Heading.UNIT: one.unit,
            Heading.DIRECTION: one.direction.called,
            Heading.YEAR: self.year,
            Heading.KEY: indicator_key(one.id, self.year),
        }
        return {
            **{heading: _told(text) for heading, text in words.items()},
            Heading.CALENDAR: Cell(Content(Decimal(era.gregorian(self.year)), plain=True)),
            Heading.TARGET: _given(one.targets.get(self.year), one, f"{indicator(one)}.targets.{self.year}"),
            Heading.LAST: self._last(one, file),
            **_actual(one, self.year, f"{file}actuals.{one.id}.{self.year}"),
            Heading.AS_OF: _as_of(one, self.year, f"{file}{AS_OF.id}.{one.id}.{self.year}"),
            Heading.REMARK: Cell(Content(entry=Free())),
            **self._fields(self.asked(Holder.INDICATOR), one.fields, f"{file}indicators.{one.id}."),
        }

    def _last(self, one: Indicator, file: str) -> Cell:
        """Return the figure of the year before: an actual, or the baseline where this is its year."""
        before = era.before(self.year)
        if before not in one.actuals and one.baseline_year == before:
            return _given(one.baseline, one, f"{indicator(one)}.baseline.value")
        return _given(one.actuals.get(before), one, f"{file}actuals.{one.id}.{before}")

    def _fields(self, fields: Mapping[str, Field], values: Mapping[str, FieldValue], place: str) -> Row:
        return {heading: self._field(field, values.get(field.id), place) for heading, field in fields.items()}

    def _field(self, field: Field, value: FieldValue, place: str) -> Cell:
        path = f"{place}{field.id}"
        if path in self.waiting:
            return _told(field.meanwhile)
        if field.kind is FieldKind.SERIES:
            path, value = f"{path}.{self.year}", value.get(self.year) if isinstance(value, Mapping) else None
        datum = _datum(value)
        shown, reference = (FIGURE, self.references.get(path, "")) if datum is None else (str(datum), "")
        return Cell(Content(datum, _entry(field), field.decimals), path, shown, reference)


def _told(text: str) -> Cell:
    return Cell(Content(text))


def _given(value: Value | None, one: Indicator, path: str) -> Cell:
    """Return a figure that is only to be looked at; what says no number has no place that could be read back."""
    if not isinstance(value, Amount):
        return _told("" if value is None else value.value if isinstance(value, Absence) else value.words)
    plainly = value.state is None and not value.preliminary
    text = str(figure_text.Figure(f"{value.number:f}", value.state or "", value.preliminary))
    return Cell(Content(value.number if plainly else text, decimals=one.decimals), path, text)


def _actual(one: Indicator, year: str, path: str) -> Row:
    """Return the cells that make up the figure of the year: the number or a word, the state, and how sure it is."""
    value = one.actuals.get(year)
    amount = value if isinstance(value, Amount) else None
    datum = amount.number if amount else value.value if isinstance(value, Absence) else None
    shown = _given(value, one, path).shown if amount else datum or FIGURE
    states = Content(amount.state if amount else None, Listed(one.states)) if one.states else Content()
    return {
        Heading.ACTUAL: Cell(Content(datum, Figure(ABSENCES), one.decimals), path, str(shown)),
        Heading.STATE: Cell(states),
        Heading.PRELIMINARY: Cell(
            Content(PRELIMINARY if amount and amount.preliminary else None, Listed((PRELIMINARY,)))
        ),
    }


def _as_of(one: Indicator, year: str, path: str) -> Cell:
    """Return the cell for the day as of which the figure of the year is; nobody is asked to fill it in."""
    shown = _datum(one.as_of.get(year)) or ""
    return Cell(Content(shown, Free()), path, str(shown))


def _datum(value: FieldValue) -> str | Decimal | None:
    """Return what a cell says of a field."""
    match value:
        case bool():
            return YES if value else NO
        case datetime.date():
            return value.isoformat()
        case Decimal():
            return value
        case str():
            return value or None
        case Mapping() | None:
            return None
    assert_never(value)


def _entry(field: Field) -> Entry:
    if known := words(field):
        return Listed(known)
    if field.kind in NUMBERS:
        return Figure()
    return Free(_ROOM) if field.kind is FieldKind.TEXT else Free()
