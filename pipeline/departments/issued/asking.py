"""What a sheet asks of its department: which places are its own to write, and the words that ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.departments.issued.fields import field_at, year_at
from pipeline.model.correspondence import Issue
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import Field, FieldKind, FieldValue, Form, Holder, Needed, Writer
from pipeline.model.strategy import Absence
from pipeline.storage.naming import OPINIONS, measure_of, of_measure, of_owner
from pipeline.wording.fields import TO_FILL_IN, words

TO_FILL, FIGURE = "【ここに記入してください】", "【記入】"
ASKING = "FFF2CC"
"""The shade of a cell that is to be filled in: light yellow, light grey in a copy."""
_UNFILLED = (TO_FILL, FIGURE, TO_FILL_IN, Absence.PENDING.value)


class Asking(Struct, frozen=True):
    """What departments are asked by: the form, and the evaluated year, of which figures are asked for."""

    form: Form
    year: str

    def is_own(self, path: str, measure: str) -> bool:
        """Return whether who answers for a measure (empty: for the goals) writes a place: its own file, and of actuals
        the evaluated year's; of opinions about the measure what answers them.

        What is repeated from another measure, and what an indicator shares with one, stands in that one's file.
        """
        file, _, keys = path.partition("#")
        field = field_at(self.form, path)
        if field and field.writer is not Writer.DEPARTMENT:
            return False
        if file == OPINIONS:
            return field is not None and owner(path) == measure
        if file != of_owner(measure):
            return False
        return not keys.startswith(("actuals.", "as_of.")) or keys.endswith(f".{self.year}")

    def asks(self, path: str, shown: str, measure: str) -> bool:
        """Return whether the sheet of a measure asks its department to write a place that it prints as ``shown``."""
        return self.is_own(path, measure) and is_to_fill(shown)

    def may_stay_empty(self, path: str) -> bool:
        """Return whether no edition needs what a place says."""
        field = field_at(self.form, path)
        return field is not None and field.needed is Needed.NEVER

    def expects(self, path: str) -> bool:
        """Return whether a place may be written that the inputs do not have yet: an actual of the year, a field."""
        keys = path.partition("#")[2].split(".")
        return (keys[0] == "actuals" and keys[-1] == self.year) or field_at(self.form, path) is not None

    def prompt(self, path: str) -> str:
        """Return what asks to fill in a place; nothing where a series is not asked for that year."""
        field = field_at(self.form, path)
        if field is None:
            return FIGURE if path.partition("#")[2].startswith("actuals.") else TO_FILL
        if field.kind is FieldKind.TEXT:
            return TO_FILL
        if field.kind is FieldKind.SERIES and year_at(path) != self.year:
            return ""
        known = words(field)
        return f"{FIGURE}（{'・'.join(known)}）" if known else FIGURE


class Entered(Struct, frozen=True):
    """A field at a place of the inputs, with what is entered there, and in all fields of the same holder."""

    path: str
    field: Field
    value: FieldValue
    beside: Mapping[str, FieldValue]


def entered(evaluation: Evaluation) -> Iterator[Entered]:
    """Yield all that is entered in the fields of measures, opinions, initiatives and indicators, once each."""
    form = evaluation.form
    for measure in evaluation.measures:
        file = f"{of_measure(measure.id)}#"
        yield from _entered(form.on(Holder.MEASURE), file, measure.fields)
        for item in (item for item in measure.initiatives if item.repeated_from is None):
            yield from _entered(form.on(Holder.INITIATIVE), f"{file}initiatives.{item.id}.", item.fields)
    for opinion in evaluation.opinions:
        path = f"{OPINIONS}#opinions.{opinion.node}.{opinion.id}."
        yield from _entered(form.on(Holder.OPINION), path, opinion.fields)
    for indicator in evaluation.indicators:
        path = f"{of_owner(evaluation.owner(indicator.id))}#indicators.{indicator.id}."
        yield from _entered(form.on(Holder.INDICATOR), path, indicator.fields)


def _entered(fields: tuple[Field, ...], before: str, values: Mapping[str, FieldValue]) -> Iterator[Entered]:
    return (Entered(f"{before}{field.id}", field, values[field.id], values) for field in fields)


def waiting(evaluation: Evaluation) -> frozenset[str]:
    """Return the places of fields that no department is to write yet: the council's, and what comes after another."""
    return frozenset(one.path for one in entered(evaluation) if _waits(one))


def _waits(one: Entered) -> bool:
    after = one.field.after
    is_early = bool(after) and one.beside.get(after) in ("", None, {})
    return one.field.writer is Writer.COUNCIL or is_early


def answering_elsewhere(evaluation: Evaluation) -> Mapping[str, str]:
    """Return the departments that answer opinions about measures of others, by the places of the opinions."""
    return {
        f"{OPINIONS}#opinions.{measure.id}.{one.id}": one.department
        for measure in evaluation.measures
        for one in measure.opinions
        if one.department not in ("", *measure.departments)
    }


def is_to_fill(shown: str) -> bool:
    """Return whether a text asks to be filled in."""
    return any(word in shown for word in _UNFILLED)


def owner(path: str) -> str:
    """Return the measure whose department a place belongs to: in whose file it stands; of an opinion what it is about.

    Empty where there is none.
    """
    file, _, keys = path.partition("#")
    return keys.split(".")[1] if file == OPINIONS else measure_of(file)


def answering(issue: Issue, path: str | None) -> str:
    """Return the measure that a place of a sheet is answered for: the sheet's own; of a workbook that in whose file it
    stands (empty: none's).
    """
    return owner(path or "") if issue.identity.is_workbook else issue.identity.measure
