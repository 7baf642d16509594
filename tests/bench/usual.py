"""The usual way to make the sheets: docxtpl, pyplot, one LibreOffice call, one merge. Only ``compare`` runs it."""

from __future__ import annotations

import io
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pypdfium2
from matplotlib import pyplot as plt
from matplotlib.font_manager import fontManager

from pipeline import achievement, inputs
from pipeline.fonts import FILES, FOLDER
from pipeline.model.documents import Chart, Extent
from pipeline.model.results import Assessment
from pipeline.model.strategy import Amount
from pipeline.sheets import fill, inspect
from pipeline.units import MM

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{0}</dir></fontconfig>"""


def draw(assessment: Assessment, width: float, height: float) -> Chart:
    """Draw bars and targets as most people would."""
    indicator = assessment.shown.indicator
    figure, axes = plt.subplots(figsize=(width * MM / 72, height * MM / 72), dpi=200)
    for values, plot in ((indicator.actuals, axes.bar), (indicator.targets, axes.step)):
        numbers = {y: float(v.number) for y, v in values.items() if isinstance(v, Amount)}
        plot(list(numbers), list(numbers.values()))
        for year, value in numbers.items():
            axes.annotate(f"{Decimal(value):,.1f}", (year, value))
    axes.set_title(assessment.shown.name)
    stream = io.BytesIO()
    figure.savefig(stream)
    plt.close(figure)
    return Chart(indicator.id, width, height, stream.getvalue(), b"", assessment.shown.name)


def main(office: str, work: Path) -> None:
    """Make 19 sheets and one PDF in ``work``."""
    for path in FILES.values():
        fontManager.addfont(path)
    plt.rcParams["font.family"] = "BIZ UDPGothic"
    evaluation = inputs.read(Path("inputs/R3"), Path()).value
    results = achievement.compute(evaluation).value if evaluation else None
    if results is None:
        sys.exit("入力に誤りがあります。")
    form = inspect(results, Path("templates")).value
    if form is None:
        sys.exit("テンプレートに誤りがあります。")
    sheets = fill(form, draw, lambda _data, _name: Extent((1, 1), 500.0), lambda one, items: [one(i) for i in items])
    work.mkdir(parents=True, exist_ok=True)
    (work / "fonts.conf").write_text(FONTS.format(FOLDER))
    files = [work / sheet.file for sheet in sheets.value or ()]
    for path, sheet in zip(files, sheets.value or (), strict=True):
        path.write_bytes(sheet.docx)
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
