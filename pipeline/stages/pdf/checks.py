"""What is said of a book whose PDF lacks something: a fault of whatever drew it, as the parts themselves are whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.documents import pdf
from pipeline.model.options import Engine

_LOST = "プログラムの不具合です。入力ファイルとテンプレートの一式を添えて、担当者に連絡してください。"
_BY_OFFICE = "LibreOffice の描き方によるものです。ENGINE=libreoffice を付けずに、もう一度実行してください。"
_UNTAGGED = (
    "LibreOffice で作った冊子には、読み上げのための情報（タグ）がありません。",
    "公表し、保存する冊子は、ENGINE=libreoffice を付けずに作ってください。",
)


def check(parts: Sequence[pdf.PdfPart], data: bytes, engine: Engine, memory: pdf.Memory) -> Iterator[Diagnostic]:
    """Yield what a PDF lacks of the parts that it was drawn from; ``memory`` has what this program drew before."""
    if engine is Engine.LIBREOFFICE:
        yield from _found_of_office(pdf.check(parts, data))
    else:
        yield from (error(f.id, Place(f.name), f.message, _LOST) for f in pdf.check(parts, data, memory))


def _found_of_office(findings: Sequence[pdf.Finding]) -> Iterator[Diagnostic]:
    """Let no text and no page go: only a mark that hangs at a line's end is known to be lost without harm."""
    yield warning("pdf-untagged", Place("report.pdf"), *_UNTAGGED)
    for f in findings:
        tell = warning if f.id == "pdf-mark-missing" else error
        yield tell(f.id, Place(f.name or "report.pdf"), f.message, _BY_OFFICE)
