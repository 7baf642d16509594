"""What stands beside the text of a document (11.3): styles, lists, fonts, theme and settings, and what comes of them.

Documents that are made of one template have the same, to the byte: it is read once for all of them. What is kept serves
documents all of which can be drawn; of others it is read anew, so that each is told its own refusals.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import TypeAlias

from lxml import etree

from pipeline.documents.docx.colours_xml import scheme
from pipeline.documents.docx.markup import W, parse
from pipeline.documents.docx.numbering_xml import Levels
from pipeline.documents.docx.package import Package
from pipeline.documents.docx.styles_xml import InTable, Look, Styles
from pipeline.documents.docx.table_regions_xml import Region
from pipeline.documents.docx.theme_xml import ShapeStyles, read_shape_styles, read_theme
from pipeline.documents.docx.tree import Cell, Paragraph
from pipeline.documents.docx.typefaces import Typefaces, read_font_table

_KINDS = ("numbering", "styles", "settings", "theme", "fontTable")
_MOST, _LARGEST = 8, 20_000
"""Of how many templates it is kept, and how much of each."""

Parts: TypeAlias = tuple[tuple[str, bytes] | None, ...]
"""The parts beside the text, each by its name with its bytes, None for those that there are not."""

EmptyCells: TypeAlias = dict[tuple[bytes, tuple[Region, ...]], Cell]
"""Cells without text, by how their properties are written and the regions of a table that they lie in."""


class Common:
    """The parts beside the text, each read when it is first asked for.

    ``looks`` are those of paragraphs, by how their properties are written and where in a table they stand,
    ``paragraphs`` those that are all text, by how they are written.
    """

    def __init__(self, parts: Parts, name: str) -> None:
        """Parse the parts; ``name`` is the file's for messages. Raises Damaged."""
        self._name = name
        roots = (None if part is None else parse(part[1], name, part[0]) for part in parts)
        self.roots: Mapping[str, etree._Element | None] = dict(zip(_KINDS, roots, strict=True))
        self.looks: dict[tuple[bytes, InTable | None], Look] = {}
        self._cells: dict[tuple[Hashable, ...], EmptyCells] = {}
        self.paragraphs: dict[tuple[Hashable, ...], Paragraph] = {}

    @property
    def size(self) -> int:
        """How much has come of the parts so far."""
        return len(self.looks) + len(self.paragraphs) + sum(map(len, self._cells.values()))

    def cells_of(self, *shared: Hashable) -> EmptyCells:
        """Return the cells without text of all tables whose cells ``shared`` the same, to be added to."""
        return self._cells.setdefault(shared, {})

    @cached_property
    def levels(self) -> Levels:
        """The levels of the lists."""
        return Levels(self.roots["numbering"], self._name)

    @cached_property
    def styles(self) -> Styles:
        """The styles."""
        theme, root = read_theme(self.roots["theme"], self.roots["settings"]), self.roots["styles"]
        typefaces = Typefaces(theme, read_font_table(self.roots["fontTable"]))
        return Styles(etree.Element(f"{W}styles") if root is None else root, self.levels, typefaces, self._name)

    @cached_property
    def colours(self) -> Mapping[str, str]:
        """The colours of the theme by name."""
        return scheme(self.roots["theme"])

    @cached_property
    def shape_styles(self) -> ShapeStyles:
        """What the theme has for shapes."""
        return read_shape_styles(self.roots["theme"])


_kept: OrderedDict[Parts, Common] = OrderedDict()


def parts_beside(package: Package) -> Parts:
    """Return the parts beside the text of a package; raises Damaged."""
    found = (package.related(package.document, kind) for kind in _KINDS)
    return tuple(None if part is None else (part, package.part(part)) for part in found)


def taken(parts: Parts) -> Common | None:
    """Take what was kept of the same parts, None where there is nothing: it is nobody else's until it is kept again."""
    return _kept.pop(parts, None)


def keep(parts: Parts, common: Common) -> None:
    """Keep what came of parts for other documents that have the same; nothing may be in it that was refused."""
    if common.size <= _LARGEST:
        _kept[parts] = common
    if len(_kept) > _MOST:
        _kept.popitem(last=False)
