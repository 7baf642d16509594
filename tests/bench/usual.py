"""The usual way to make the book: docxtpl, pyplot, one LibreOffice call, one merge. Only ``compare`` runs it.

It is given the values that the documents are filled with (``values``), and nothing of the program: what makes the
program faster must not make this faster.
"""

from __future__ import annotations

import io
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
import pypdfium2
from docx.shared import Mm
from docxtpl import DocxTemplate
from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.font_manager import fontManager

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{0}</dir></fontconfig>"""
DPI = 300
"""The resolution of the report's own charts."""
_MM = 25.4
_DRAWING = re.compile(r'<w:drawing>.*?<pic:cNvPr id="1" name="(\w+)"/>.*?</w:drawing>')


def draw(title: str, numbers: dict[str, dict[str, float]], size: tuple[float, float]) -> bytes:
    """Draw bars and targets as most people would; return the PNG."""
    width, height = size
    figure, axes = plt.subplots(figsize=(width / _MM, height / _MM), dpi=DPI)
    plots: tuple[Callable[..., object], ...] = (axes.bar, axes.step)
    for (label, of_years), plot in zip(numbers.items(), plots, strict=True):
        plot(list(of_years), list(of_years.values()), label=label)
        for year, value in of_years.items():
            axes.annotate(f"{Decimal(value):,.1f}", (year, value))
    axes.set_title(title)
    axes.legend()
    stream = io.BytesIO()
    figure.savefig(stream)
    plt.close(figure)
    return stream.getvalue()


def fill(template: bytes, values: Any, charts: dict[str, Any]) -> bytes:  # noqa: ANN401 - whatever a template prints
    """Fill a template as most people would; return the docx."""
    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()

    def with_pictures(value: Any) -> Any:  # noqa: ANN401 - as above
        if isinstance(value, dict):
            return {name: with_pictures(one) for name, one in value.items()}
        if isinstance(value, list):
            return [with_pictures(one) for one in value]
        return Markup(_DRAWING.sub(picture, value)) if isinstance(value, Markup) else value

    drawn: dict[str, str] = {}

    def picture(found: re.Match[str]) -> str:
        if found[1] not in drawn:
            chart = charts[found[1]]
            width, height = map(Mm, chart["size"])
            inline = document.docx.part.new_pic_inline(io.BytesIO(draw(**chart)), width, height)
            drawn[found[1]] = f"<w:drawing>{inline.xml}</w:drawing>"
        return drawn[found[1]]

    language = jinja2.Environment(autoescape=True, finalize=lambda v: "\n".join(v) if isinstance(v, list) else v)
    document.render(with_pictures(values), language)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def main(office: str, values: Path, fonts: Path, work: Path) -> None:
    """Make the documents and one PDF in ``work``, of the values in a file, with the typefaces of a folder."""
    for path in fonts.glob("*.ttf"):
        fontManager.addfont(path)
    plt.rcParams["font.family"] = "BIZ UDPGothic"
    work.mkdir(parents=True, exist_ok=True)
    (work / "fonts.conf").write_text(FONTS.format(fonts))
    files = []
    for number, part in enumerate(pickle.loads(values.read_bytes())):
        files.append(work / f"{number}.docx")
        files[-1].write_bytes(fill(part["template"], part["values"], part["charts"]))
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
    main(sys.argv[1], *map(Path, sys.argv[2:]))
