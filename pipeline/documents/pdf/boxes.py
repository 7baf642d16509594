"""What a layout is made of: pages of boxes with absolute positions.

Lengths are points, x to the right and y down from the top left corner of the page.

A drawer turns each box into marks on paper and decides nothing. ``node`` ties a box to the logical structure
(ISO 32000-1, 14.7), so that a drawer may tag what it draws; boxes without a node, and those of
running matter, are artifacts (14.8.2.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.formats import Underline
from pipeline.documents.docx.placement import UPRIGHT, WHOLE, Cap, Crop, Join, Turn
from pipeline.documents.docx.tree import Link, Section, VerticalAlignment
from pipeline.documents.fonts import FAMILY
from pipeline.documents.paths import Point, Segment, moved
from pipeline.documents.pdf.faces import ASCENT, DESCENT

Kind: TypeAlias = Literal[
    "paragraph", "heading", "item", "toc_item", "caption", "label", "picture", "formula", "ruby", "ruby_base",
    "ruby_text", "table", "row", "cell", "group", "note", "header", "footer", "repeated",
]  # fmt: skip
"""What a node is: ``toc_item`` is a line of the contents, ``group`` what is read together without being a table."""
RUNNING = frozenset({"header", "footer", "repeated"})
"""The kinds of running matter: read aloud on every page, it would be in the way."""
Scope: TypeAlias = Literal["", "Column", "Row"]


class Node(Struct, frozen=True, eq=False):
    """A part of the logical structure; pieces of one paragraph on two pages share one node.

    ``level`` is that of a heading (from 0) or list item, ``numbering`` the kind of its list; ``alt`` is the text read
    out for a figure, formula or table. ``scope``, ``columns``, ``rows`` and ``headers`` describe a cell: which way a
    header heads, how far the cell spans, and its header cells where their place alone does not tell them.
    """

    kind: Kind
    parent: Node | None = None
    level: int = 0
    alt: str = ""
    numbering: str = ""
    scope: Scope = ""
    columns: int = 1
    rows: int = 1
    headers: tuple[Node, ...] = ()


class Turned(NamedTuple):
    """How a box is turned, and the point about which it is."""

    turn: Turn
    middle: Point


class TextBox(Struct, frozen=True):
    """Characters on one baseline in one face, ``stretch`` times as wide; ``spacing`` is added after each of them, and
    so many ``strikes`` go through them.

    ``language`` is that of foreign words, "" for what is in the document's own. Where it ``is_vertical``, its line goes
    down from (x, baseline), ``width`` is how long it is, and the foot of letters lying on their side is at x. It may be
    ``turned``.
    """

    x: float
    baseline: float
    width: float
    text: str
    bold: bool
    size: float
    color: str
    spacing: float = 0.0
    stretch: float = 1.0
    underline: Underline = ""
    strikes: int = 0
    link: Link | None = None
    node: Node | None = None
    family: str = FAMILY
    italic: bool = False
    language: str = ""
    turned: Turned | None = None
    is_vertical: bool = False

    @property
    def area(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of what it takes on paper."""
        above, below = ASCENT * self.size, DESCENT * self.size
        if self.is_vertical:
            return self.x - below, self.baseline, self.x + above, self.baseline + self.width
        return self.x, self.baseline - above, self.x + self.width, self.baseline + below


class FillBox(Struct, frozen=True):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    color: str


class RuleBox(Struct, frozen=True):
    """A straight line of a thickness, centred on its two ends' line; ``dashes`` are strokes and gaps (pt), if any."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    color: str
    dashes: tuple[float, ...] = ()


class PictureBox(Struct, frozen=True):
    """A picture, its top left corner at (x, y); ``svg`` is the same as vectors, if not empty.

    Nothing is seen of it above ``top``, if that is given, nor of what ``crop`` cuts off, nor outside of a path to
    ``clip`` it with. It is turned about its middle.
    """

    x: float
    y: float
    width: float
    height: float
    data: bytes
    svg: bytes
    node: Node | None = None
    top: float | None = None
    crop: Crop = WHOLE
    turn: Turn = UPRIGHT
    clip: tuple[Segment, ...] = ()

    @property
    def middle(self) -> Point:
        """The point about which it is turned."""
        return self.x + self.width / 2, self.y + self.height / 2


class PathBox(Struct, frozen=True):
    """A path that is filled, and drawn with a line of a thickness; one of both may be wanting."""

    path: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.0
    dashes: tuple[float, ...] = ()
    join: Join = "miter"
    cap: Cap = "flat"
    node: Node | None = None


Box: TypeAlias = TextBox | FillBox | RuleBox | PathBox | PictureBox


SHARES: Mapping[VerticalAlignment, float] = {"top": 0.0, "center": 0.5, "bottom": 1.0}
"""How much of the height that is left stands above what is aligned."""


def lowered(box: Box, by: float) -> Box:
    """Return the same, that far (pt) down the page."""
    match box:
        case TextBox():
            turned = box.turned
            if turned is not None:
                turned = turned._replace(middle=(turned.middle[0], turned.middle[1] + by))
            return replace(box, baseline=box.baseline + by, turned=turned)
        case RuleBox():
            return replace(box, y1=box.y1 + by, y2=box.y2 + by)
        case PathBox():
            return replace(box, path=moved(box.path, 0.0, by))
        case PictureBox():
            top = None if box.top is None else box.top + by
            return replace(box, y=box.y + by, top=top, clip=moved(box.clip, 0.0, by))
    return replace(box, y=box.y + by)


class Anchor(Struct, frozen=True):
    """A bookmark at a height on a page, and the paragraph that it stands in."""

    name: str
    y: float
    node: Node


class Heading(Struct, frozen=True):
    """An item of the outline: its level from 0, its text, its height on the page, and its paragraph."""

    level: int
    text: str
    y: float
    node: Node


class Page(Struct, frozen=True):
    """A page of body content; header and footer are laid out when its number is known.

    ``nodes`` gives the structure of every block that begins here, in reading order, and at times of one that begins on
    the next page; all blocks but the last of a page and what is ``open`` end on it. ``lines`` counts the lines of text,
    ``free`` is the height left below the last block. ``section``, without its blocks, and ``opens_section`` tell which
    header it gets.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    anchors: tuple[Anchor, ...]
    headings: tuple[Heading, ...]
    nodes: tuple[tuple[Node, ...], ...]
    lines: int
    free: float
    section: Section
    opens_section: bool
    open: tuple[Node, ...] = ()
