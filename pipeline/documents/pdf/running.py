"""Running matter: what the pages of a part show beside its text, drawn once their numbers are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.pdf import header_footer
from pipeline.documents.pdf.boxes import Box
from pipeline.documents.pdf.canvas import PageCanvas
from pipeline.documents.pdf.parts import Sheet
from pipeline.documents.pdf.pictures import Embedded, PictureFault
from pipeline.documents.pdf.structure import Area, Structure

Linking: TypeAlias = Callable[[Iterable[Box]], Iterable[Box]]
"""Makes links that lead nowhere plain text, where they may."""


class Running(Struct, frozen=True):
    """The running matter of a part: the stream of each page, compressed, empty where there is none, and what all of
    them take.
    """

    streams: tuple[bytes, ...]
    areas: tuple[Area, ...]
    characters: Mapping[str, str]
    pictures: Mapping[str, Embedded]


def basis(sheets: Sequence[Sheet], total: int, empty: str) -> object:
    """Return what the running matter of a part rests on beside its source."""
    return "柱", [(sheet.number, sheet.page is None) for sheet in sheets], total, empty


def draw(sheets: Sequence[Sheet], total: int, empty: str, linking: Linking) -> Running:
    """Draw headers and footers of the pages of a part, and the words ``empty`` on empty ones.

    ``total`` counts all pages of the PDF.
    """
    structure, characters, pictures = Structure(), dict[str, set[str]](), dict[str, Embedded]()
    streams: list[bytes] = []
    for sheet in sheets:
        canvas = PageCanvas(sheet.size.height, structure, pictures)
        try:
            canvas.draw(linking(_beside(sheet, total, empty, structure)))
        except PictureFault as fault:
            raise Unsupported(str(fault), "", sheet.document.name) from fault
        for font, used in canvas.content.characters.items():
            characters.setdefault(font, set()).update(used)
        streams.append(b"" if canvas.content.is_empty else canvas.content.apart())
    letters = {font: "".join(sorted(used)) for font, used in characters.items()}
    return Running(tuple(streams), tuple(structure.areas), letters, pictures)


def _beside(sheet: Sheet, total: int, empty: str, structure: Structure) -> Iterator[Box]:
    """Yield what a page shows beside its document's text."""
    if sheet.page is None:
        yield from header_footer.empty(sheet.size, empty)
        return
    structure.open_page((), ())
    yield from header_footer.boxes(sheet.page, sheet.document.settings, sheet.document.frame, sheet.number, total)
