"""The usual way to make the book: docxtpl, pyplot, one LibreOffice call, one merge. Only ``compare`` runs it."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pypdfium2
from matplotlib import pyplot as plt
from matplotlib.font_manager import fontManager

from pipeline.documents import pdf
from pipeline.documents.docx.completion import Completion
from pipeline.documents.fonts import FILES, FOLDER
from pipeline.documents.units import MM
from pipeline.model.documents import Chart
from pipeline.model.results import Assessment
from pipeline.model.strategy import Amount
from pipeline.stages import book, sheets, validate
from pipeline.stages import compute as achievement
from tests.project import CITY, INPUTS
from tests.stages.sheets.samples import as_planned, one_by_one, planned

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{0}</dir></fontconfig>"""


DPI = 300
"""The resolution of the report's own charts."""


def draw(assessment: Assessment, width: float, height: float) -> Chart:
    """Draw bars and targets as most people would."""
    indicator = assessment.shown.indicator
    figure, axes = plt.subplots(figsize=(width * MM / 72, height * MM / 72), dpi=DPI)
    for values, plot, label in ((indicator.actuals, axes.bar, "実績"), (indicator.targets, axes.step, "目標")):
        numbers = {y: float(v.number) for y, v in values.items() if isinstance(v, Amount)}
        plot(list(numbers), list(numbers.values()), label=label)
        for year, value in numbers.items():
            axes.annotate(f"{Decimal(value):,.1f}", (year, value))
    axes.set_title(assessment.shown.name)
    axes.legend()
    stream = io.BytesIO()
    figure.savefig(stream)
    plt.close(figure)
    return Chart(indicator.id, width, height, stream.getvalue(), b"", assessment.shown.name)


class Planned:
    """Takes every document to fit its pages: the usual way looks at the finished PDF instead."""

    def pages(self, docx: bytes, name: str) -> int:
        """Return the pages that are planned for a template."""
        return 2 if "explanation" in name else 1

    def measure(self, docx: bytes, name: str) -> pdf.Measured:
        """Return what is planned for a sheet."""
        return planned(name, 2, 500.0)

    def complete(self, docx: bytes, measured: pdf.Measured, completion: Completion) -> pdf.Pagination:
        """Return it for what is completed."""
        return as_planned(measured)


def parts() -> Iterator[tuple[str, bytes]]:
    """Fill the sheets and the front pages; give them in the book's order."""
    evaluation = validate.read(INPUTS, CITY).value
    results = achievement.compute(evaluation).value if evaluation else None
    sheet = sheets.inspect(results, Path("templates")).value if results else None
    front = (
        book.inspect(results, lambda _: Path("templates"), sheets.nodes(results.evaluation)).value if results else None
    )
    if not isinstance(sheet, sheets.SheetTemplate) or not isinstance(front, book.BookTemplates):
        sys.exit("入力かテンプレートに誤りがあります。")
    begun = book.begin(front, draw, Planned().pages, one_by_one)
    filled = sheets.fill(sheet, begun.sheets, draw, Planned(), one_by_one).value
    bound = book.assemble(begun, filled or ()).value
    if bound is None:
        sys.exit("冊子を作れません。")
    yield from ((part.name, part.docx) for part in bound.parts)


def main(office: str, work: Path) -> None:
    """Make the documents and one PDF in ``work``."""
    for path in FILES.values():
        fontManager.addfont(path)
    plt.rcParams["font.family"] = "BIZ UDPGothic"
    work.mkdir(parents=True, exist_ok=True)
    (work / "fonts.conf").write_text(FONTS.format(FOLDER))
    files = []
    for name, docx in parts():
        files.append(work / f"{name}.docx")
        files[-1].write_bytes(docx)
    profile = f"-env:UserInstallation={(work / 'profile').resolve().as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), *map(str, files)]
    subprocess.run(
        convert,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"FONTCONFIG_FILE": str(work / "fonts.conf")},
    )
    merged = pypdfium2.PdfDocument.new()
    for path in files:
        merged.import_pages(pypdfium2.PdfDocument(path.with_suffix(".pdf")))
    merged.save(work / "report.pdf")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
