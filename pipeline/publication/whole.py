"""The whole book as one Word file, which councils amend.

In: the book. Out: a docx with its parts in their order, the contents as a field, and what of them is not in it.
``workflows.whole`` calls.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Checked, Diagnostic, Place, error, has_errors, squeezed
from pipeline.documents.docx.markup import parse, text_of
from pipeline.documents.docx.parts import DOCUMENT, unpacked
from pipeline.documents.joining import Piece, join
from pipeline.model.documents import Book
from pipeline.model.form import BookPart
from pipeline.wording.terms import EMPTY

FILE = "report.docx"
_FAULT = "プログラムの不具合です。入力データとテンプレートの一式を添えて、担当者に連絡してください。"


def whole(book: Book) -> Checked[bytes]:
    """Return the docx."""
    anchors = {entry.anchor for entry in book.entries}
    pieces = [
        Piece(
            f"{part.name}.docx",
            part.docx,
            part.name if part.name in anchors else "",
            EMPTY if part.blank_before else "",
            part.name == BookPart.CONTENTS,
        )
        for part in book.parts
    ]
    docx = join(pieces)
    found = tuple(_wrong(book, docx))
    return Checked(None if has_errors(found) else docx, found)


def _wrong(book: Book, docx: bytes) -> Iterator[Diagnostic]:
    """Every text of every part stands there once, in the order of the book."""
    text, position = _text(docx, FILE), 0
    for part in book.parts:
        own = (EMPTY if part.blank_before else "") + _text(part.docx, part.name)
        if not text.startswith(own, position):
            message = f"「{part.name}」の文章が、そのままの順で入っていません。"
            yield error("whole-text-differs", Place(FILE), message, _FAULT)
        position += len(own)
    if position != len(text):
        yield error("whole-text-differs", Place(FILE), "冊子にない文章が入っています。", _FAULT)


def _text(docx: bytes, name: str) -> str:
    return squeezed(text_of(parse(unpacked(docx, name)[DOCUMENT], name, DOCUMENT)))
