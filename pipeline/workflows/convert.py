"""Word files to PDF files, one each, with either engine. ``cli`` calls; knows nothing of the report.

In: paths of docx files, a folder or file to write, the engine. Out: what was found. Each PDF is written beside its
place and renamed into it, so that a failure leaves an earlier file as it was.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Checked, Diagnostic, Place, error, info, warning
from pipeline.documents import libreoffice, parallel, pdf
from pipeline.documents.docx import examine, plainer
from pipeline.documents.docx.cures import PLAINLY, STRICT
from pipeline.documents.docx.errors import DocxError, Unsupported
from pipeline.documents.docx.typefaces import CURE, LOOK, substituted, told
from pipeline.documents.fonts import OTHER_NAMES
from pipeline.documents.standard import Standard
from pipeline.model.options import Engine
from pipeline.storage import atomic

_DAMAGED = "Wordで開き、「Word文書（docx）」として保存し直してください。"
_LOST = "Wordで開いたときの見た目と、できたPDFとを見比べてください。"
_UNCHECKED = "PDFにしました。文がすべて入っているかは、一部を確かめていません。"
_TYPEFACE = "docx-typeface"
_STORED = "最後に保存した日の日付のままPDFにしました。"
_DATE = "PDFの日付を確かめてください。Wordで日付を選び、Ctrl＋Shift＋F9 で文字に変えると、日付が変わらなくなります。"
_ALT = "Wordで図を右クリックし、「代替テキストの編集」で、図の説明を書いてください。"
_FAULT = "このファイルだけ、--engine libreoffice で変換できるか試してください。"


class Conversion(Struct, frozen=True):
    """Word files the user wants as PDF, where to (a PDF for one file, else a folder), and how."""

    files: tuple[Path, ...]
    target: Path
    engine: Engine
    accept_changes: bool = False
    strict_fonts: bool = False
    standard: Standard = Standard.UA1

    def place(self, file: Path) -> Path:
        """Return where a file's PDF goes."""
        return self.target if self.target.suffix.lower() == ".pdf" else self.target / f"{file.stem}.pdf"


class Converted(Struct, frozen=True):
    """What came of it: the PDFs written, what was found, and the last fault of the program, if there was one."""

    made: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]
    fault: Exception | None


class _Done(Struct, frozen=True):
    """What came of one file: its PDF if it was written, what was found, and the program's fault, if there was one."""

    made: Path | None
    diagnostics: tuple[Diagnostic, ...]
    fault: Exception | None


def convert(wanted: Conversion, done: Callable[[Path, Path | None], None]) -> Converted:
    """Convert files on all processors, each whatever comes of the others; tell of each, with its PDF or None.

    Raises ``OSError`` for PDFs that cannot be written, and ``OfficeFault`` where LibreOffice fails.
    """
    drawn = _by_office(wanted) if wanted.engine is Engine.LIBREOFFICE else {}
    results = parallel.each(
        lambda file: _convert_one(wanted, file, drawn.get(file)),
        wanted.files,
        lambda file, result: done(file, result.made),
    )
    made = tuple(result.made for result in results if result.made is not None)
    found = tuple(diagnostic for result in results for diagnostic in result.diagnostics)
    return Converted(made, found, next((result.fault for result in reversed(results) if result.fault), None))


def _convert_one(wanted: Conversion, file: Path, drawn: bytes | None) -> _Done:
    checked, fault = _converted(file, drawn, wanted)
    if checked.value is None:
        return _Done(None, checked.diagnostics, fault)
    path = wanted.place(file)
    atomic.write(path, checked.value)
    return _Done(path, checked.diagnostics, fault)


def _by_office(wanted: Conversion) -> dict[Path, bytes]:
    made = libreoffice.convert([(file.name, file.read_bytes()) for file in wanted.files])
    return dict(zip(wanted.files, made, strict=True))


def _converted(file: Path, drawn: bytes | None, wanted: Conversion) -> tuple[Checked[bytes], Exception | None]:
    """Convert one file; a fault of the program ends this file alone."""
    place = Place(str(file))
    try:
        return (_drawn(file, wanted) if drawn is None else _checked(file, drawn)), None
    except OSError as refused:
        message = f"ファイルを読めませんでした（{refused.strerror or refused}）。"
        return Checked(None, (error("docx-unreadable", place, message),)), None
    except Exception as fault:
        fault.add_note("".join(traceback.format_exception(fault)))  # another process hands over no more than notes
        message = f"プログラムの不具合で、PDFにできませんでした（{type(fault).__name__}）。"
        return Checked(None, (error("docx-fault", place, message, _FAULT),)), fault


def _drawn(file: Path, wanted: Conversion) -> Checked[bytes]:
    """Draw a file with this program; what it cannot draw whole it refuses."""
    place = Place(str(file))
    try:
        drawn = pdf.draw_document(atomic.read(file), file.name, is_alone=True, accept_changes=wanted.accept_changes)
        if wanted.strict_fonts and drawn.substituted:
            return Checked(None, (error(_TYPEFACE, place, told(drawn.substituted), STRICT),))
        part = pdf.PdfPart(drawn, file.name)
        data = pdf.draw([part], pdf.PdfInfo(drawn.title or file.stem, "", standard=wanted.standard))
    except DocxError as refused:
        return Checked(None, tuple(_refusals(refused, place)))
    lost = tuple(error(f.id, place, f.message, _LOST) for f in pdf.check([part], data))
    return Checked(None, lost) if lost else Checked(data, tuple(_told(drawn, place)))


def _refusals(refused: DocxError, place: Place) -> Iterator[Diagnostic]:
    others = refused.others if isinstance(refused, Unsupported) else ()
    usual = PLAINLY if isinstance(refused, Unsupported) else _DAMAGED
    for one in (refused, *others):
        yield error("docx-refused", place, one.message, one.cure or usual)


def _told(drawn: pdf.DrawnDocument, place: Place) -> Iterator[Diagnostic]:
    """Yield what a PDF shows otherwise than Word does."""
    if drawn.substituted:
        yield warning(_TYPEFACE, place, told(drawn.substituted), CURE)
    if drawn.dates:
        yield warning("docx-date", place, f"開いた日の日付に変わるフィールド（{drawn.dates}か所）は、{_STORED}", _DATE)
    if drawn.plainer.found:
        yield warning("docx-plainer", place, plainer.told(drawn.plainer.found), plainer.LOOK)
    if drawn.undescribed:
        message = f"代替テキストのない図（{drawn.undescribed}個）があるため、PDF/UA（読み上げの規格）に沿いません。"
        yield warning("docx-undescribed", place, message, _ALT)
    if drawn.comments:
        message = f"コメント（{drawn.comments}件）はPDFに入れていません。"
        yield warning("docx-comments", place, message, "PDFに載せる必要がある内容は、本文に書いてください。")


def _checked(file: Path, data: bytes) -> Checked[bytes]:
    """Look for every text of a file in what LibreOffice made of it; pages may break elsewhere."""
    place = Place(str(file))
    try:
        document, refused = examine(atomic.read(file), file.name)
    except DocxError as fault:
        return Checked(data, (_unchecked(place, fault),))
    lost = pdf.lost(pdf.texts_of(document), data, file.name)
    drawn = [(name, OTHER_NAMES[libreoffice.face(name)][0]) for name, _ in substituted(document)]
    found = [warning(f.id, place, f.message, _LOST) for f in lost]
    found += [warning(_TYPEFACE, place, told(drawn), LOOK)] if drawn else []
    found += [_unchecked(place, one) for one in refused[:1]]
    return Checked(data, tuple(found))


def _unchecked(place: Place, refused: DocxError) -> Diagnostic:
    return info("pdf-unchecked", place, f"{_UNCHECKED}{refused.message}", _LOST)
