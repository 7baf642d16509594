"""w:drawing (20.4): pictures, shapes and groups of both, in their line or floating. Everything else is refused."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.alternatives import DRAWN
from pipeline.documents.docx.anchor_xml import read_placement
from pipeline.documents.docx.context import Context, ReadText
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.groups import Frame, grouped, one_drawing
from pipeline.documents.docx.markup import CHART, DIAGRAM, PIC, WP, WPC, WPG, WPS, A, local, number
from pipeline.documents.docx.paint_xml import read_fill, read_line
from pipeline.documents.docx.picture_xml import read_picture
from pipeline.documents.docx.placement import Clear, Outline, Turn
from pipeline.documents.docx.tree import Drawing, Member, Shape
from pipeline.documents.docx.walk import ALTERNATIVES, elements
from pipeline.documents.paths import Point
from pipeline.documents.units import emu_to_pt

_GROUPS = frozenset({f"{WPG}wgp", f"{WPG}grpSp", f"{WPC}wpc"})
_WHOLE = f"{WPC}whole"
_SILENT = frozenset({
    "grpSpPr", "cNvPr", "cNvGrpSpPr", "cNvFrPr", "bg", "extLst",
})  # fmt: skip
_OTHERS = (
    ("chart", "グラフ"), ("contentPart", "手書き（インク）"), ("Ink", "手書き（インク）"),
    ("graphicFrame", "グラフ"), ("lockedCanvas", "ほかのソフトから貼り付けた図"),
)  # fmt: skip
_DEGREE = 60_000


def read_drawing(element: etree._Element, run: RunFormat, context: Context, read_text: ReadText) -> Drawing:
    """Read what is drawn with its size and its alternative text (20.4.2.5); raises Unsupported for the rest."""
    holder = element.find(f"{WP}inline")
    holder = element.find(f"{WP}anchor") if holder is None else holder
    graphic = None if holder is None else holder.find(f"{A}graphic/{A}graphicData/*")
    if holder is None or graphic is None:
        raise context.refuse(_refused(""), element)
    extent, properties = holder.find(f"{WP}extent"), holder.find(f"{WP}docPr")
    if extent is None:
        raise context.refuse("大きさのない図", element)
    frame = Frame(0.0, 0.0, *_pair(extent, "cx", "cy"), _turn(graphic))
    alt = "" if properties is None else properties.get("descr", "")
    more = _more(holder, frame.turn)
    if graphic.tag == f"{CHART}chart" and context.plainer is not None:
        drawn = _charted(graphic, frame, run, context)
        drawn = replace(drawn, alt=alt or drawn.alt)
    elif graphic.tag == f"{DIAGRAM}relIds":
        drawn = replace(_diagram(graphic, frame, run, context), alt=alt)
    elif graphic.tag in _GROUPS:
        members = tuple(_Reading(run, context, read_text).members(graphic, frame))
        drawn = replace(grouped(members, frame, run, more), alt=alt)
    else:
        members = tuple(_Reading(run, context, read_text).members(graphic, frame))
        drawn = one_drawing(members, frame, alt, run, more)
    return replace(drawn, place=read_placement(holder, context)) if holder.tag == f"{WP}anchor" else drawn


def _charted(graphic: etree._Element, frame: Frame, run: RunFormat, context: Context) -> Drawing:
    from pipeline.documents.docx.charts.reference_xml import charted  # noqa: PLC0415 - late: few documents have one

    return charted(graphic, frame, run, context)


def _diagram(graphic: etree._Element, frame: Frame, run: RunFormat, context: Context) -> Drawing:
    from pipeline.documents.docx.diagram_xml import diagram_members  # noqa: PLC0415 - late, as charts

    return grouped(diagram_members(graphic, run, context), frame, run)


class _Reading(Struct, frozen=True):
    """What all members of a drawing are read with."""

    run: RunFormat
    context: Context
    read_text: ReadText

    def members(self, element: etree._Element, frame: Frame) -> Iterator[Member]:
        """Yield what is drawn for an element in the room of a frame."""
        if element.tag in _GROUPS:
            yield from self._group(element, frame)
        elif element.tag == f"{WPS}wsp":
            yield self._shape(element, frame)
        elif element.tag == f"{PIC}pic":
            picture = read_picture(element, frame.size, self.run, self.context)
            yield Member(replace(picture, alt=_alt(element, f"*/{PIC}cNvPr")), frame.x, frame.y, frame.turn)
        elif element.tag == _WHOLE:
            yield self._ground(element, frame)
        else:
            raise self.context.refuse(_refused(str(element.tag)), element)

    def _shape(self, element: etree._Element, frame: Frame) -> Member:
        from pipeline.documents.docx.shape_xml import read_shape  # noqa: PLC0415 - late, as charts

        shape = read_shape(element, frame.size, self.run, self.context, self.read_text)
        return Member(replace(shape, alt=_alt(element, f"{WPS}cNvPr")), frame.x, frame.y, frame.turn)

    def _group(self, group: etree._Element, frame: Frame) -> Iterator[Member]:
        if any(len(effects) for effects in group.iterfind(f"{WPG}grpSpPr/{A}effectLst")):
            raise self.context.refuse("影や光彩などの効果を付けた図形", group)
        inner = _transform(group)
        begin, extent = (0.0, 0.0), frame.size
        if inner is not None:
            begin, extent = _child(inner, "chOff", "x", "y"), _child(inner, "chExt", "cx", "cy")
        for child in elements(group, frozenset({ALTERNATIVES}), DRAWN):
            if local(child) not in _SILENT:
                own = Frame(*begin, *extent) if child.tag == _WHOLE else _frame(child)
                yield from (frame.placed(member, begin, extent) for member in self.members(child, own))

    def _ground(self, whole: etree._Element, frame: Frame) -> Member:
        """Return the ground of a drawing canvas."""
        canvas = whole.getparent()
        ground = None if canvas is None else canvas.find(f"{WPC}bg")
        fill = None if ground is None else read_fill(ground, None, whole, self.context)
        line = read_line(whole.find(f"{A}ln"), None, whole, self.context)
        return Member(Shape(*frame.size, Outline(fill=fill, line=line), self.run), frame.x, frame.y)


def _refused(tag: str) -> str:
    """Return what Word calls a drawing that is neither a picture nor a shape."""
    return next((name for word, name in _OTHERS if word in tag), "図形・グラフ・SmartArtなど、写真や画像でない図")


def _alt(element: etree._Element, path: str) -> str:
    properties = element.find(path)
    return "" if properties is None else properties.get("descr", "")


def _transform(element: etree._Element) -> etree._Element | None:
    """Return how a member of a group stands (20.1.7.6)."""
    held = next(element.iterchildren(f"{WPS}spPr", f"{PIC}spPr", f"{WPG}grpSpPr"), None)
    return None if held is None else held.find(f"{A}xfrm")


def _frame(element: etree._Element) -> Frame:
    transform = _transform(element)
    if transform is None:
        return Frame(0.0, 0.0, 0.0, 0.0)
    return Frame(*_child(transform, "off", "x", "y"), *_child(transform, "ext", "cx", "cy"), _turn(element))


def _turn(element: etree._Element) -> Turn:
    transform = _transform(element)
    if transform is None:
        return Turn()
    across, down = (transform.get(way, "0") in ("1", "true") for way in ("flipH", "flipV"))
    return Turn(number(transform.get("rot", "0")) / _DEGREE % 360, across, down)


def _more(holder: etree._Element, turn: Turn) -> Clear:
    """Return the room that something turned takes beside its own in its line (20.4.2.6)."""
    effects = holder.find(f"{WP}effectExtent")
    if effects is None or turn.angle % 90 == 0 or holder.tag != f"{WP}inline":
        return Clear()
    return Clear(*(emu_to_pt(number(effects.get(side, "0"))) for side in "trbl"))


def _child(element: etree._Element, name: str, first: str, second: str) -> Point:
    found = element.find(A + name)
    return (0.0, 0.0) if found is None else _pair(found, first, second)


def _pair(element: etree._Element, first: str, second: str) -> Point:
    return emu_to_pt(number(element.get(first, "0"))), emu_to_pt(number(element.get(second, "0")))
