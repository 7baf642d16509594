"""What a year adds to the strategy: each measure's initiatives (取組), narrative, and the council's opinions."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from pipeline.diagnostics import Place
from pipeline.model.audit import AuditRules, Text
from pipeline.model.form import FieldValue, Form
from pipeline.model.report import Report
from pipeline.model.strategy import Goal, Indicator, Sdg, Shown


class Activity(Struct, frozen=True):
    """A concrete activity (具体的な取組); ``repeated_from`` is ``measure/initiative/activity`` where it is 再掲."""

    name: str
    repeated_from: str | None = None


class Initiative(Struct, frozen=True):
    """An initiative (主な取組). A repeated one (再掲) has the text of ``repeated_from``, ``measure/initiative``.

    ``fields`` is what is entered in the form's fields, by their ids; a newline separates paragraphs of a text.
    ``indicators`` are the ids of the measure's indicators that are its own.
    """

    id: str
    name: str
    repeated_from: str | None
    activities: tuple[Activity, ...]
    fields: Mapping[str, FieldValue]
    place: Place
    indicators: tuple[str, ...] = ()


WHOLE = "all"
"""What an opinion is about that is about no single node of the plan."""


class Opinion(Struct, frozen=True):
    """An opinion about the ``node`` of an id, or about the whole; ``number`` is its place in the year's list (from 1).

    ``said_by`` (empty: nobody is named), ``department`` is who answers; ``raised`` and ``closed`` are the years in
    which it came up and in which it was done with (empty: it is open). ``fields`` is what is entered in the form's
    fields, the answer among them, by their ids.
    """

    id: str
    number: int
    node: str
    text: str
    said_by: str
    department: str
    raised: str
    closed: str
    fields: Mapping[str, FieldValue]
    place: Place


class Measure(Struct, frozen=True):
    """A node of the plan that has a sheet (推進施策): ``id`` as in ``1-2``, ``goal`` the id of the basic goal that it
    belongs to (empty: the plan has no level above), ``department`` the one that returns the sheet (所管課).

    ``fields`` is what is entered in the form's fields, by their ids. ``own_number`` is printed (1-1-1; empty: nothing
    is); None: its place within its parent is. ``groups`` are the ids of the nodes between it and its goal, from the
    top; ``others`` are further departments that get the sheet; ``opinions`` are about it.
    """

    id: str
    goal: str
    name: str
    department: str
    sdgs: tuple[int, ...]
    indicators: tuple[Shown, ...]
    initiatives: tuple[Initiative, ...]
    fields: Mapping[str, FieldValue]
    place: Place
    own_number: str | None = None
    groups: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    def row(self, indicator: str) -> Initiative | None:
        """Return the initiative that an indicator belongs to; None: it is the measure's as a whole."""
        return next((item for item in self.initiatives if indicator in item.indicators), None)

    def is_below(self, node: str) -> bool:
        """Return whether it stands below a goal or a group."""
        return node in (self.goal, *self.groups)

    @property
    def departments(self) -> tuple[str, ...]:
        """All departments of the measure, first the one that returns the sheet."""
        return self.department, *self.others

    @property
    def receivers(self) -> tuple[str, ...]:
        """All departments that get the sheet: those of the measure, then those that answer an opinion about it."""
        answering = (one.department for one in self.opinions if one.department and not one.closed)
        return tuple(dict.fromkeys((*self.departments, *answering)))


class Evaluation(Struct, frozen=True):
    """Everything a run works on, checked and resolved; goals, measures and SDGs in the strategy's order. ``groups``
    are the nodes between the two, where the plan has more than two levels.

    For the audit alone: ``texts`` are all written texts in the files' order, ``spots`` where figures stand, as in
    ``(indicator, "targets", "R2")``, and ``rules`` how the audit is set.
    """

    report: Report
    form: Form
    years: tuple[str, ...]
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    indicators: tuple[Indicator, ...]
    sdgs: tuple[Sdg, ...]
    texts: tuple[Text, ...] = ()
    spots: Mapping[tuple[str, ...], Place] = field(default_factory=dict)
    rules: AuditRules = field(default_factory=AuditRules)
    groups: tuple[Goal, ...] = ()
    opinions: tuple[Opinion, ...] = ()

    def owner(self, indicator: str) -> str:
        """Return the measure whose file has what is told of an indicator: the first that shows it; empty: none does."""
        shown = (m.id for m in self.measures if any(s.indicator.id == indicator for s in m.indicators))
        return next(shown, "")

    def above(self, measure: Measure) -> tuple[Goal, ...]:
        """Return the nodes above a measure, from the top."""
        nodes = {node.id: node for node in (*self.goals, *self.groups)}
        return tuple(nodes[one] for one in (measure.goal, *measure.groups) if one)
