"""Word files to PDF files, one each, with either engine. ``cli`` calls; knows nothing of the report.

In: paths of docx files, a folder or file to write, the engine. Out: what was found. Each PDF is written beside its
place and renamed into it, so that a failure leaves an earlier file as it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from pipeline import office, pdf
from pipeline.diagnostics import Checked, Diagnostic, Place, error, warning
from pipeline.ooxml.errors import DocxError

SECONDS = 120.0
"""The time LibreOffice gets for all files of a call."""
_REFUSED = "Wordで、その箇所をふつうの段落、表、行内の図に直してください。"
_LOST = "Wordで開いたときの見た目と、できたPDFとを見比べてください。"


class Engine(StrEnum):
    """What draws the PDF: this program, or LibreOffice where it is installed."""

    EMBEDDED = "embedded"
    LIBREOFFICE = "libreoffice"


def convert(files: Sequence[Path], target: Path, engine: Engine, done: Callable[[str], None]) -> tuple[Diagnostic, ...]:
    """Convert files to ``target`` (a PDF for one file, else a folder) and tell each that is written.

    Raises ``OSError``, and ``office.OfficeFault`` when LibreOffice is missing or fails.
    """
    targets = [target if target.suffix.lower() == ".pdf" else target / f"{file.stem}.pdf" for file in files]
    with tempfile.TemporaryDirectory() as folder:
        made = office.convert(files, Path(folder), SECONDS) if engine is Engine.LIBREOFFICE else ()
        drawn = [path.read_bytes() for path in made]
    found: list[Diagnostic] = []
    for n, (file, path) in enumerate(zip(files, targets, strict=True)):
        checked = _checked(file, drawn[n]) if drawn else _drawn(file)
        found += checked.diagnostics
        if checked.value is not None:
            _write(path, checked.value)
            done(str(path))
    return tuple(found)


def _drawn(file: Path) -> Checked[bytes]:
    """Draw a file with this program; what it cannot draw whole it refuses."""
    try:
        part = pdf.PdfPart(pdf.measure(file.read_bytes(), file.name).layout, file.name)
        data = pdf.draw([part], pdf.PdfInfo(file.stem, ""))
    except DocxError as refused:
        return Checked(None, (error("docx-refused", Place(str(file)), refused.message, refused.cure or _REFUSED),))
    lost = tuple(error(f.id, Place(str(file)), f.message, _LOST) for f in pdf.check([part], data))
    return Checked(None if lost else data, lost)


def _checked(file: Path, data: bytes) -> Checked[bytes]:
    """Look for every text of a file in what LibreOffice made of it; pages may break elsewhere."""
    try:
        part = pdf.PdfPart(file.read_bytes(), file.name)
        found = pdf.check([part], data)
    except DocxError as refused:
        return Checked(data, (warning("pdf-unchecked", Place(str(file)), refused.message, _LOST),))
    return Checked(data, tuple(warning(f.id, Place(str(file)), f.message, _LOST) for f in found))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)
