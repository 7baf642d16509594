"""A drawn document: all of it but what depends on where in a PDF it stands. Small, and quick to hand on."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.settings_xml import Settings
from pipeline.documents.docx.tree import Section
from pipeline.documents.pdf.frame import Frame
from pipeline.documents.pdf.pictures import Embedded
from pipeline.documents.pdf.structure import Area
from pipeline.documents.pdf.tags import Record


class Spot(Struct, frozen=True):
    """What links or the outline lead to: a bookmark's name or a heading's text, its height (pt) on the page, and the
    number of its element; ``level`` is that of a heading, from 0.
    """

    text: str
    y: float
    element: int
    level: int = 0


class DrawnPage(Struct, frozen=True):
    """A page: the stream of its content, compressed, and for every mark in it the number of the element it belongs to.

    ``vector_texts`` are those that each picture drawn as vectors shows, ``hidden`` are those that readers do not see
    whole; the rest is as in ``boxes.Page``.
    """

    width: float
    height: float
    content: bytes
    owners: tuple[int, ...]
    vector_texts: tuple[tuple[str, ...], ...]
    hidden: str
    anchors: tuple[Spot, ...]
    headings: tuple[Spot, ...]
    section: Section
    opens_section: bool


class DrawnDocument(Struct, frozen=True):
    """A document, drawn.

    ``records`` and ``areas`` are those of its ``Structure``. ``characters`` are those of each font, ``pictures`` the
    pictures by name. ``texts`` is all that must be read on its pages, in reading order; ``comments`` counts its
    comments, which are not drawn; ``substituted`` names typefaces, each with those that drew it; ``title`` is its own.
    ``dates`` counts fields that show another day whenever Word opens the document, ``plainer`` tells what is drawn more
    plainly than there.
    """

    frame: Frame
    settings: Settings
    comments: int
    pages: tuple[DrawnPage, ...]
    records: tuple[Record, ...]
    areas: tuple[Area, ...]
    characters: Mapping[str, str]
    pictures: Mapping[str, Embedded]
    texts: tuple[str, ...]
    substituted: tuple[tuple[str, str], ...]
    plainer: Plainer
    title: str = ""
    dates: int = 0

    @property
    def name(self) -> str:
        """The file's name for messages."""
        return self.frame.name

    @property
    def undescribed(self) -> int:
        """How many figures have no words in their place."""
        return sum(record.tag == "Figure" and not record.alt for record in self.records)
