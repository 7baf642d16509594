"""The filled Word files to PDF with our converter, every check made: a PDF of each sheet, and the book on top of that.

Only ``compare`` runs it, beside LibreOffice, which is given the sheets alone.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from pipeline.documents import parallel, pdf

INFO = pdf.PdfInfo("まち・ひと・しごと創生総合戦略に関する評価", "周南市")
Fields = tuple[bytes, str, int | None, str, bool]


def main(folder: Path) -> None:
    """Write the PDFs beside the Word files."""
    parts: list[Fields] = pickle.loads((folder / "parts.pickle").read_bytes())
    sheets = {path.stem for path in folder.glob("*.docx")}

    def one(part: Fields) -> pdf.DrawnDocument:
        drawn = pdf.draw_document(part[0], part[1])
        if part[1] in sheets:
            write(folder / f"{part[1]}.pdf", [pdf.PdfPart(drawn, part[1])])
        return drawn

    drawn = parallel.each(one, parts, lambda *_: None)
    write(folder / "book.pdf", [pdf.PdfPart(own, *part[1:]) for own, part in zip(drawn, parts, strict=True)])


def write(path: Path, parts: list[pdf.PdfPart]) -> None:
    data = pdf.draw(parts, INFO)
    if pdf.check(parts, data):
        sys.exit(f"{path.name} の文字が欠けています。")
    path.write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
