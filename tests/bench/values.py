"""What the documents of the report are filled with, written down for ``usual``, which knows nothing of the program."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline.documents import pdf
from pipeline.documents.docx.completion import Completion
from pipeline.documents.memory import Memory
from pipeline.documents.template import Template, prepared
from pipeline.model.documents import Chart
from pipeline.model.results import Assessment
from pipeline.model.strategy import Amount
from pipeline.stages import book, sheets
from pipeline.stages.sheets.fill import charts_named
from tests.bench.filled import inspected
from tests.stages.sheets.samples import as_planned, one_by_one, planned

LAST = "summary.docx"
"""The template of what stands behind the sheets."""


class Notes:
    """Takes every document to fit its pages, and notes what each is filled with and which charts are drawn."""

    def __init__(self) -> None:
        """Begin with nothing noted."""
        self.fillings: list[tuple[Template, Mapping[str, object]]] = []
        self.sizes: dict[str, tuple[float, float]] = {}
        self.drawn: dict[str, Assessment] = {}

    def pages(self, docx: bytes, name: str) -> int:
        """Return the pages that are planned for a template."""
        return 2 if "explanation" in name else 1

    def measure(self, docx: bytes, name: str) -> pdf.Measured:
        """Return what is planned for a sheet."""
        return planned(name, 2, 500.0)

    def complete(self, docx: bytes, measured: pdf.Measured, completion: Completion) -> pdf.Pagination:
        """Return it for what is completed."""
        return as_planned(measured)

    def draw(self, assessment: Assessment, width: float, height: float) -> Chart:
        """Note a chart and its size on paper (mm)."""
        self.drawn[assessment.shown.indicator.id] = assessment
        self.sizes[assessment.shown.indicator.id] = width, height
        return Chart(assessment.shown.indicator.id, width, height, b"", b"", assessment.shown.name)

    def filled(self, template: Template, values: Mapping[str, object], memory: Memory) -> Iterator[tuple[str, bytes]]:
        """Note what a document is filled with, and fill it."""
        self.fillings.append((template, values))
        return _filled(template, values, memory)

    def chart(self, assessment: Assessment) -> dict[str, Any]:
        """Return a chart as plain values: its title, its figures by years and its size (mm)."""
        indicator, shown = assessment.shown.indicator, assessment.shown
        numbers = {
            label: {year: float(value.number) for year, value in values.items() if isinstance(value, Amount)}
            for label, values in (("実績", indicator.actuals), ("目標", indicator.targets))
        }
        return {"title": shown.name, "numbers": numbers, "size": self.sizes[indicator.id]}


_filled = prepared.filled


def fillings() -> Iterator[dict[str, Any]]:
    """Yield every document in the book's order: its template's bytes, its values, and its charts by their names."""
    results, sheet, front = inspected()
    notes = Notes()
    with patch.object(prepared, "filled", notes.filled):
        begun = book.begin(front, notes.draw, notes.pages, one_by_one)
        figures = list(notes.drawn.values())
        book.assemble(begun, sheets.fill(sheet, begun.sheets, notes.draw, notes, one_by_one).value or ())
    others = {t.file: (t, values) for t, values in notes.fillings if t is not sheet.template}  # the last of each counts
    named = {f"figure{number}": notes.chart(one) for number, one in enumerate(figures, 1)}
    parts = [_plain(*one, named) for file, one in others.items() if Path(file).name != LAST]
    of_sheets = [values for template, values in notes.fillings if template is sheet.template]
    for result, values in zip(results.measures, of_sheets, strict=True):
        charts = {name: notes.chart(one) for name, one in charts_named(result).items()}
        parts.append(_plain(sheet.template, values, charts))
    parts += [_plain(*one, named) for file, one in others.items() if Path(file).name == LAST]
    yield from parts


def _plain(template: Template, values: Mapping[str, object], charts: Mapping[str, object]) -> dict[str, Any]:
    return {"template": template.data, "values": _unmarked(values), "charts": charts}


def _unmarked(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Return a value without what is ours: a text of an input is a text."""
    if isinstance(value, Mapping):
        return {name: _unmarked(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_unmarked(one) for one in value]
    return str(value) if type(value).__name__ == "Marked" else value


def main(file: Path) -> None:
    """Write all of it as one pickle."""
    file.write_bytes(pickle.dumps(list(fillings())))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
