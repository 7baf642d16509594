"""The plain tree of a Word document. Lengths in points, colours as six hex digits, all properties resolved.

Section numbers in docstrings are those of ISO/IEC 29500-1 (ECMA-376 Part 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.documents.docx.enclosed import Enclosed
from pipeline.documents.docx.formats import (
    Border,
    Borders,
    Leader,
    Margins,
    PageBorders,
    ParagraphFormat,
    RunFormat,
    TabAlignment,
)
from pipeline.documents.docx.formula import Formula
from pipeline.documents.docx.placement import PLAIN, UPRIGHT, WHOLE, Crop, Outline, Placement, Turn
from pipeline.documents.docx.plainer import Plainer
from pipeline.documents.docx.settings_xml import Settings

Begins: TypeAlias = Literal["next", "odd", "even", "same"]
"""Where a section begins (17.18.77): on a new page, one with an odd or an even number, or on the same page."""
Direction: TypeAlias = Literal["across", "down", "right", "left"]
Parting: TypeAlias = Literal["tab", "space", "nothing"]
VerticalAlignment: TypeAlias = Literal["top", "center", "bottom"]


class Link(Struct, frozen=True):
    """Where a hyperlink leads (17.16.22): a bookmark's name (``anchor``) or an outside address (``address``)."""

    anchor: str = ""
    address: str = ""


class Text(Struct, frozen=True):
    """Characters of one format."""

    text: str
    format: RunFormat
    link: Link | None = None


class Tab(Struct, frozen=True):
    """A tab character (17.3.3.32); one with an ``alignment`` goes to that place of its line, whatever stops there are.

    It is measured between the indents where it is ``indented``, else over all of the column (17.3.3.23).
    """

    format: RunFormat
    alignment: TabAlignment | None = None
    leader: Leader = "none"
    indented: bool = False


class Break(Struct, frozen=True):
    """A line, column or page break (17.3.3.1)."""

    kind: Literal["line", "column", "page"]
    format: RunFormat


class PageField(Struct, frozen=True):
    """PAGE (17.16.5.44) or NUMPAGES (17.16.5.42), drawn with the number of the page it stands on.

    ``numerals`` is the format it asks for (17.18.59), "" for that of the section.
    """

    kind: Literal["page", "pages"]
    format: RunFormat
    link: Link | None = None
    numerals: str = ""


class Picture(Struct, frozen=True):
    """A picture (20.4.2.8): PNG or JPEG bytes, its size on paper, and the text read out in its place.

    ``svg`` is the same as vectors, where the document has it; ``place`` is None for one that stands in its line.
    ``crop`` is what is cut off at the left, top, right and bottom, as shares; ``outline`` is what it is seen through,
    with the line around.
    """

    data: bytes
    width: float
    height: float
    alt: str
    format: RunFormat
    svg: bytes = b""
    place: Placement | None = None
    crop: Crop = WHOLE
    outline: Outline = PLAIN


class Shape(Struct, frozen=True):
    """A shape or text box with what stands in it; ``place`` is None for one that stands in its line.

    One that ``grows`` is as high as its text needs, one that ``hugs`` it as wide. The text of one that ``leads`` is the
    beginning of its paragraph; its ``direction`` tells where lines run: down, with upright letters, or all turned.
    """

    width: float
    height: float
    outline: Outline
    format: RunFormat
    blocks: tuple[Block, ...] = ()
    insets: Margins | None = None
    vertical_alignment: VerticalAlignment = "top"
    grows: bool = False
    hugs: bool = False
    leads: bool = False
    direction: Direction = "across"
    place: Placement | None = None
    alt: str = ""


class Member(Struct, frozen=True):
    """What is drawn in a group: where its top left corner stands there before it is turned."""

    item: Picture | Shape
    x: float
    y: float
    turn: Turn = UPRIGHT


class Group(Struct, frozen=True):
    """What is drawn together, the lowest first; also something that is turned, in the room that it takes then."""

    width: float
    height: float
    format: RunFormat
    members: tuple[Member, ...]
    place: Placement | None = None
    alt: str = ""


Drawing: TypeAlias = Picture | Shape | Group


class Bookmark(Struct, frozen=True):
    """A place that links can lead to (17.13.6.2)."""

    name: str


RubyAlignment: TypeAlias = Literal["left", "center", "right", "letters", "spaces"]
"""Where the shorter of two texts stands over the other (17.18.76); its letters may be spread over all of the width."""


class Ruby(Struct, frozen=True):
    """A text with small letters over it (17.3.3.25), the line of which is ``rise`` (pt) above that of the text."""

    base: tuple[Text, ...]
    small: tuple[Text, ...]
    alignment: RubyAlignment
    rise: float
    format: RunFormat

    @property
    def text(self) -> str:
        """All its characters, the small ones last."""
        return "".join(text.text for text in (*self.base, *self.small))


class Note(Struct, frozen=True):
    """What a number in the text refers to (17.11.10), at the foot of its page below the ``separator``."""

    blocks: tuple[Block, ...]
    separator: tuple[Block, ...]
    format: RunFormat


Inline: TypeAlias = Text | Tab | Break | PageField | Drawing | Formula | Ruby | Enclosed | Bookmark | Note


class Label(Struct, frozen=True):
    """The number or bullet of a list item (17.9), what parts it from the text, and the number's format (17.18.59).

    ``before`` is the share of it that stands before the place of the number (17.9.7).
    """

    text: str
    format: RunFormat
    suffix: Parting
    level: int = 0
    numerals: str = "bullet"
    before: float = 0.0


class Paragraph(Struct, frozen=True, cache_hash=True):
    """A paragraph; ``mark`` is the format of its end mark, which gives an empty paragraph its height.

    One that ``begins`` a page or a column opens with a break: at the top of a page it leaves that page empty.
    """

    style: str
    format: ParagraphFormat
    mark: RunFormat
    content: tuple[Inline, ...]
    label: Label | None = None
    begins: Literal["", "column", "page"] = ""

    @property
    def text(self) -> str:
        """The characters of the paragraph, tabs and breaks as such, without list label and fields."""
        return "".join(map(_characters, self.content))

    @property
    def boxed(self) -> Iterator[Block]:
        """What is in the shapes and notes that stand in it or are tied to it."""
        for item in self.drawn:
            yield from item.blocks if isinstance(item, Shape) else ()
        for inline in self.content:
            yield from inline.blocks if isinstance(inline, Note) else ()

    @property
    def drawn(self) -> Iterator[Picture | Shape]:
        """The pictures and shapes that stand in it or are tied to it, those of groups too."""
        for inline in self.content:
            if isinstance(inline, Group):
                yield from (member.item for member in inline.members)
            elif isinstance(inline, (Picture, Shape)):
                yield inline


def _characters(inline: Inline) -> str:
    if isinstance(inline, Text | Formula | Ruby | Enclosed):
        return inline.text
    if isinstance(inline, Tab):
        return "\t"
    return "\n" if isinstance(inline, Break) else ""


class Cell(Struct, frozen=True):
    """A table cell. ``merge`` tells its part in a vertical merge (17.4.84); ``blocks`` ends with a paragraph.

    ``borders`` holds only what the cell itself says; ``silent`` names the sides that it says have no border;
    ``falling`` and ``rising`` are lines across it. The text of one that ``is_vertical`` goes down from its right edge.
    """

    column: int
    columns: int
    merge: Literal["none", "start", "continue"]
    margins: Margins
    borders: Borders
    silent: frozenset[str]
    shading: str | None
    vertical_alignment: VerticalAlignment
    blocks: tuple[Block, ...]
    falling: Border | None = None
    rising: Border | None = None
    is_vertical: bool = False


class Row(Struct, frozen=True):
    """A table row; ``height`` is a minimum, or exact when ``exact_height`` (17.4.80)."""

    cells: tuple[Cell, ...]
    height: float
    exact_height: bool
    can_split: bool
    header: bool


class Table(Struct, frozen=True):
    """A table; its columns are as wide as what they hold where they are all 0. ``caption`` is its alternative text.

    ``first_row`` and ``first_column`` tell whether the table says that they are headers (17.4.56). ``width`` (pt) or
    ``share`` of the text column is what all columns take together, where the table says so (17.4.63). One with a
    ``place`` floats, tied to the paragraph that follows it (17.4.57). ``style`` is the id of the style that it names.
    """

    columns: tuple[float, ...]
    indent: float
    alignment: Literal["left", "center", "right"]
    borders: Borders
    rows: tuple[Row, ...]
    caption: str
    first_row: bool = False
    first_column: bool = False
    width: float | None = None
    share: float | None = None
    place: Placement | None = None
    style: str = ""


Block: TypeAlias = Paragraph | Table


class Furniture(Struct, frozen=True):
    """The headers or the footers of a section (17.10); None means none of that kind."""

    default: tuple[Block, ...] | None = None
    first: tuple[Block, ...] | None = None
    even: tuple[Block, ...] | None = None


class Columns(Struct, frozen=True):
    """The columns of a text (17.6.4): their widths, the gaps between them, and whether there is a line in the gaps."""

    widths: tuple[float, ...]
    gaps: tuple[float, ...] = ()
    has_line: bool = False


class Region(Struct, frozen=True):
    """The blocks of a section from the index ``first`` on that stand in the same columns.

    Pages that begin in it are those of its own ``section`` (without blocks), where that is another.
    """

    first: int
    columns: Columns
    section: Section | None = None


class Section(Struct, frozen=True):
    """A run of pages of one geometry (17.6). ``first_page`` is the number its first page prints, if it says one.

    ``begins`` tells on which page; ``numerals`` is the format of its page numbers (17.18.59); ``grid`` is the distance
    of the lines of its grid (17.6.5), 0 where there is none; ``pitch`` is what it adds to the width of each East Asian
    character. A negative margin at the top or the bottom is as wide as a
    positive one, but a tall header or footer does not move it (17.6.11). One that ``is_vertical`` is as its text sees
    it, whose lines go from the left to the right: the page is turned when it is drawn.
    """

    width: float
    height: float
    margin_top: float
    margin_right: float
    margin_bottom: float
    margin_left: float
    header_distance: float
    footer_distance: float
    title_page: bool
    first_page: int | None
    headers: Furniture
    footers: Furniture
    blocks: tuple[Block, ...]
    regions: tuple[Region, ...]
    begins: Begins = "next"
    numerals: str = "decimal"
    grid: float = 0.0
    pitch: float = 0.0
    vertical_alignment: VerticalAlignment = "top"
    is_vertical: bool = False
    borders: PageBorders | None = None

    @property
    def all(self) -> Iterator[Section]:
        """The section, and those that go on within one of its pages."""
        yield self
        yield from (region.section for region in self.regions if region.section is not None)


class Document(Struct, frozen=True):
    """A Word file: its name for messages, its sections, and the titles of its styles by id.

    ``comments`` counts the comments that say something; they are not drawn. ``title`` is its own, "" where it has none.
    ``dates`` are the codes of its fields that show another day whenever Word opens it; ``plainer`` notes what is drawn
    more plainly than in Word, None where that is refused.
    """

    name: str
    sections: tuple[Section, ...]
    settings: Settings
    style_names: Mapping[str, str]
    comments: int = 0
    title: str = ""
    dates: tuple[str, ...] = ()
    plainer: Plainer | None = None
