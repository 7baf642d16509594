"""How the texts of the inputs are put on paper: as they are, or each with word of where it comes from.

A place in the inputs is written ``measures/1-2.yaml#initiatives.siting.results``: the file in the year's folder, and
the keys down to the value; an entry of a list goes by its ``id``.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from pipeline.model.evaluation import Evaluation, Initiative, Measure, Opinion
from pipeline.model.form import Field, Holder, Writer
from pipeline.model.strategy import Goal, Indicator, Shown
from pipeline.stages.sheets import words
from pipeline.storage.naming import OPINIONS, STRATEGY, of_measure, of_owner


class Pen(Protocol):
    """Writes the texts that a sheet prints of the inputs."""

    def on(self, measure: str) -> Pen:
        """Return the pen for the sheet of a measure."""

    def write(self, text: str, path: str, after: str = "") -> str:
        """Return a text of a place as it is to be printed, and what follows it."""

    def paragraphs(self, text: str, path: str) -> list[str]:
        """Return the paragraphs of a text of a place."""


class PlainPen:
    """Writes the texts as they are."""

    def on(self, measure: str) -> PlainPen:
        """Return the same pen: it asks nothing of anybody."""
        return self

    def write(self, text: str, path: str, after: str = "") -> str:
        """Return the text."""
        return text + after

    def paragraphs(self, text: str, path: str) -> list[str]:
        """Return the paragraphs; none of an empty text."""
        return words.paragraphs(text)


class Places(Struct, frozen=True):
    """Where the values of a measure stand in the inputs."""

    measure: Measure
    evaluation: Evaluation

    @property
    def strategy(self) -> str:
        """The measure in the strategy."""
        return f"{STRATEGY}#measures.{self.measure.id}"

    @property
    def file(self) -> str:
        """The measure's own file."""
        return f"{of_measure(self.measure.id)}#"

    def field(self, field: Field) -> str:
        """A field of the measure: the planning division's stand in the strategy."""
        return f"{self.strategy}.{field.id}" if field.writer is Writer.PLANNING else f"{self.file}{field.id}"

    def initiative(self, initiative: Initiative) -> str:
        """An initiative; a repeated one (再掲) stands in the measure where it is written out."""
        measure = (initiative.repeated_from or self.measure.id).partition("/")[0]
        return f"{of_measure(measure)}#initiatives.{initiative.id}"

    def name(self, shown: Shown) -> str:
        """An indicator's name: the measure's own one where it has one."""
        own = shown.name != shown.indicator.name
        return f"{self.strategy}.indicators.{shown.indicator.id}.name" if own else f"{indicator(shown.indicator)}.name"

    def actual(self, shown: Indicator, year: str) -> str:
        """An actual: in the file of the first measure that shows the indicator."""
        return f"{of_owner(self.evaluation.owner(shown.id))}#actuals.{shown.id}.{year}"

    def of_indicator(self, shown: Indicator, field: Field) -> str:
        """A field of an indicator: the planning division's stand in the strategy, others beside its actuals."""
        if field.writer is Writer.PLANNING:
            return f"{indicator(shown)}.{field.id}"
        return f"{of_owner(self.evaluation.owner(shown.id))}#indicators.{shown.id}.{field.id}"


def node(shown: Goal) -> str:
    """Return the place of a node above the measures in the strategy."""
    return f"{STRATEGY}#{'groups' if shown.holder is Holder.GROUP else 'goals'}.{shown.id}"


def indicator(shown: Indicator) -> str:
    """Return the place of an indicator in the strategy."""
    return f"{STRATEGY}#indicators.{shown.id}"


def opinion_at(opinion: Opinion) -> str:
    """Return the place of an opinion."""
    return f"{OPINIONS}#opinions.{opinion.node}.{opinion.id}"
