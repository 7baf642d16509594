"""What every reader of body content needs to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.documents.docx.common import Common
from pipeline.documents.docx.errors import MOST_REFUSALS, Unsupported, gathered
from pipeline.documents.docx.fields import Field
from pipeline.documents.docx.markup import V, nearby, refuse
from pipeline.documents.docx.numbering_xml import Numbering
from pipeline.documents.docx.package import Package, Relationship
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.tree import Block

_Read = TypeVar("_Read")
_Instead = TypeVar("_Instead")


class Context(Struct, frozen=True):
    """The part being read, and the document-wide tables.

    ``common`` is what stands beside the text; ``refusals`` collects what cannot be drawn; ``fields`` are those of this
    part that are open, the outermost first. ``waiting`` are bookmarks between the rows of a table, which the next
    paragraph takes; ``kinds`` are the shapes of VML by part and name; ``dates`` are the codes of fields that show the
    day on which the document is opened; ``plainer`` notes what is drawn more plainly, None where nothing is. ``notes``
    are the labels of notes by kind and id, ``note`` is that of the one being read, ``note_texts`` are all their texts;
    footnotes stand at the foot of pages that ``has_foot``. ``compatibility`` is the version of Word that the document
    is laid out for.
    """

    package: Package
    relationships: Mapping[str, Relationship]
    common: Common
    numbering: Numbering
    accept_changes: bool = False
    refusals: list[Unsupported] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    kinds: dict[etree._Element, Mapping[str, etree._Element]] = field(default_factory=dict)
    dates: list[str] = field(default_factory=list)
    plainer: Plainer | None = None
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    note: str = ""
    note_texts: Mapping[tuple[str, str], etree._Element] = field(default_factory=dict)
    has_foot: bool = False
    compatibility: int = 0

    @property
    def name(self) -> str:
        """The file's name for messages."""
        return self.package.name

    def of_part(self, part: str) -> Context:
        """Return the context of another part of the same document."""
        return replace(self, relationships=self.package.relationships(part), fields=[], waiting=[])

    def shape_types(self, element: etree._Element) -> Mapping[str, etree._Element]:
        """Return the kinds of shapes of VML that the part of an element holds, wherever it does, by their names."""
        root = element.getroottree().getroot()
        if root not in self.kinds:
            found = root.iter(f"{V}shapetype")
            self.kinds[root] = {kind.get("id", ""): kind for kind in found}
        return self.kinds[root]

    def refuse(self, construct: str, element: etree._Element) -> Unsupported:
        """Make the error for a construct that cannot be drawn; the text nearby is looked for once a construct."""
        if any(construct == known.construct for known in self.refusals):
            return Unsupported(construct, "", self.name)
        return refuse(construct, element, self.name)

    def collect(self, refusal: Unsupported, element: etree._Element) -> None:
        """Keep the first refusal of a construct, to go on reading; raises all of them when they are many."""
        if any(refusal.construct == known.construct for known in self.refusals):
            return
        self.refusals.append(refusal.placed(nearby(element)))
        if len(self.refusals) == MOST_REFUSALS:
            raise gathered(self.refusals)

    def tried(self, read: Callable[[], _Read], instead: _Instead, element: etree._Element) -> _Read | _Instead:
        """Return what a reader gives, or something instead where it refuses; keeps the refusal."""
        try:
            return read()
        except Unsupported as refusal:
            self.collect(refusal, element)
            return instead


ReadText: TypeAlias = Callable[[etree._Element, Context], tuple[Block, ...]]
"""Reads the text of a box (w:txbxContent, 17.17.1)."""
