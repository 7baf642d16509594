"""What templates print of the form's fields, each by its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from pipeline.documents.marked import Paragraphs
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import Field, FieldKind, FieldValue
from pipeline.stages.sheets.pens import Pen
from pipeline.wording import fields as wording
from pipeline.wording.numbers import number

EVALUATED, ALL = "評価年度", "一覧"
"""What a series has besides its years: the evaluated year's number, and all years for a loop."""
LISTED = "記入欄"
"""All fields of something, each with its name."""


class Entries(Struct, frozen=True):
    """Writes what is entered in the fields of an evaluation's form with a pen."""

    pen: Pen
    evaluation: Evaluation

    def of(
        self, fields: Iterable[Field], values: Mapping[str, FieldValue], path: Callable[[Field], str]
    ) -> Mapping[str, object]:
        """Return what is entered in fields, by their names in templates; ``path`` is the place of a field.

        A text is a list of its paragraphs that may also be printed as it is. 記入欄 lists all that is entered.
        """
        fields = [*fields]
        entries = {field.in_template: self._entry(field, values[field.id], path(field)) for field in fields}
        return {**entries, LISTED: [*self._listed(fields, entries)]}

    def _listed(self, fields: Iterable[Field], entries: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        """Yield the fields with their names, as a template has them that does not know the form."""
        for field in fields:
            entry = entries[field.in_template]
            years = entry[ALL] if isinstance(entry, Mapping) else []
            lines = entry if isinstance(entry, list) else [entry] if isinstance(entry, str) and entry else []
            shown = years if any(one["値"] for one in years) else []
            yield wording.listed(field, lines, shown, council=field in self.evaluation.form.of_council(field.on))

    def blank(self, fields: Iterable[Field]) -> Mapping[str, object]:
        """Return the fields of what there is not: nothing is entered, nor asked for."""
        years = dict.fromkeys((*self.evaluation.years, EVALUATED), "")
        nothing = {FieldKind.TEXT: Paragraphs([]), FieldKind.SERIES: {**years, ALL: []}}
        return {**{field.in_template: nothing.get(field.kind, "") for field in fields}, LISTED: []}

    def _entry(self, field: Field, value: FieldValue, path: str) -> object:
        year = self.evaluation.report.year
        if field.kind is FieldKind.TEXT:
            return Paragraphs(self.pen.paragraphs(wording.printed(field, value, year), path))
        if field.kind is FieldKind.SERIES:
            return self._series(field, value if isinstance(value, Mapping) else {}, path)
        return self.pen.write(wording.printed(field, value, year), path)

    def _series(self, field: Field, value: Mapping[str, Decimal], path: str) -> Mapping[str, object]:
        evaluated = self.evaluation.report.year
        amounts = {year: value.get(year) for year in self.evaluation.years}
        cells = {
            year: self.pen.write("" if amount is None else number(amount, field.decimals), f"{path}.{year}")
            for year, amount in amounts.items()
        }
        return {
            **cells,
            EVALUATED: cells[evaluated],
            ALL: [{"年度": year, "評価": year == evaluated, "値": cell} for year, cell in cells.items()],
        }
