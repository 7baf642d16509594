"""The filled Word files of the report, written down for ``compare``: those of the book, and how it is bound."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from pipeline.model.documents import Book, Chart
from pipeline.model.results import Assessment, Results
from pipeline.stages import book, charts, sheets, validate
from pipeline.stages import compute as achievement
from pipeline.workflows.services import pages
from tests.project import CITY, INPUTS
from tests.stages.sheets.samples import Paper, one_by_one


def inspected() -> tuple[Results, sheets.SheetTemplate, book.BookTemplates]:
    """Return the results of the frozen city, and its templates, ready to be filled."""
    evaluation = validate.read(INPUTS, CITY).value
    results = achievement.compute(evaluation).value if evaluation else None
    sheet = sheets.inspect(results, Path("templates")).value if results else None
    front = (
        book.inspect(results, lambda _: Path("templates"), sheets.nodes(results.evaluation)).value if results else None
    )
    if results is None or not isinstance(sheet, sheets.SheetTemplate) or not isinstance(front, book.BookTemplates):
        sys.exit("入力かテンプレートに誤りがあります。")
    return results, sheet, front


def bound() -> Book:
    """Fill and assemble everything, as the report does."""
    results, sheet, front = inspected()
    years, year = results.evaluation.years, results.evaluation.report.year

    def draw(assessment: Assessment, width: float, height: float) -> Chart:
        return charts.draw(assessment, years, year, width, height)[0]

    begun = book.begin(front, draw, pages, one_by_one)
    filled = sheets.fill(sheet, begun.sheets, draw, Paper(), one_by_one).value
    made = book.assemble(begun, filled or ()).value
    return made or sys.exit("冊子を作れません。")


def main(folder: Path) -> None:
    """Write the sheets as Word files, and all parts of the book as one pickle."""
    folder.mkdir(parents=True)
    parts = bound().parts
    for part in parts:
        if part.first_page is not None and part.name[:1].isdigit():
            (folder / f"{part.name}.docx").write_bytes(part.docx)
    fields = [(part.docx, part.name, part.first_page, part.label, part.blank_before) for part in parts]
    (folder / "parts.pickle").write_bytes(pickle.dumps(fields))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
