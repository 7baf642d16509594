"""w:pict with VML (ISO/IEC 29500-4, 14): pictures, shapes, text boxes and groups of Word 2007 and older ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.context import Context, ReadText
from pipeline.documents.docx.formats import Margins, RunFormat
from pipeline.documents.docx.groups import Frame, grouped, one_drawing
from pipeline.documents.docx.markup import R, V, W, local
from pipeline.documents.docx.picture_xml import embedded
from pipeline.documents.docx.placement import WHOLE, Turn
from pipeline.documents.docx.tree import Direction, Drawing, Member, Picture, Shape, VerticalAlignment
from pipeline.documents.docx.vml_paint_xml import read_vml_outline
from pipeline.documents.docx.vml_place import read_vml_placement
from pipeline.documents.docx.vml_values import around, declared, fraction, length, plain, points_of

_ANCHORS: Mapping[str, VerticalAlignment] = {"top": "top", "middle": "center", "bottom": "bottom"}
_DIRECTIONS: Mapping[str, Direction] = {"vertical-ideographic": "down", "vertical": "right"}
_NOT_SHAPES = frozenset({
    "shapetype", "OLEObject", "control", "lock", "wrap", "anchorlock", "fill", "stroke", "path", "diagram",
})  # fmt: skip
_GROUP = f"{V}group"
_DEFAULT_SIZE = "1000,1000"


def read_vml(element: etree._Element, run: RunFormat, context: Context, read_text: ReadText) -> Drawing:
    """Read what is drawn in a w:pict; raises Unsupported."""
    shapes = [child for child in element if local(child) not in _NOT_SHAPES]
    if len(shapes) != 1:
        raise context.refuse("図形（古い形式）", element)
    shape = shapes[0]
    style = declared(shape.get("style", ""))
    frame = _frame(shape, style, length)
    members = tuple(_Reading(run, context, read_text).members(shape, replace(frame, x=0.0, y=0.0)))
    alt = shape.get("alt", "")
    if shape.tag == _GROUP:
        drawn: Drawing = replace(grouped(members, replace(frame, x=0.0, y=0.0), run), alt=alt)
    else:
        drawn = one_drawing(members, replace(frame, x=0.0, y=0.0), alt, run)
    if style.get("position") != "absolute":
        return drawn
    x, y = frame.middle
    return replace(drawn, place=read_vml_placement(shape, style, x - drawn.width / 2, y - drawn.height / 2))


class _Reading(Struct, frozen=True):
    """What all members of a drawing are read with."""

    run: RunFormat
    context: Context
    read_text: ReadText

    def members(self, element: etree._Element, frame: Frame) -> Iterator[Member]:
        """Yield what is drawn for an element in the room of a frame."""
        if element.find(f"{V}textpath") is not None:
            raise self.context.refuse("ワードアート・透かし", element)
        if element.tag == _GROUP:
            yield from self._group(element, frame)
            return
        image = element.find(f"{V}imagedata")
        item = self._shape(element, frame) if image is None else self._picture(image, element, frame)
        yield Member(item, frame.x, frame.y, frame.turn)

    def _group(self, group: etree._Element, frame: Frame) -> Iterator[Member]:
        (begin,), (extent,) = (
            points_of(group.get(name, default), plain)
            for name, default in (("coordorigin", "0,0"), ("coordsize", _DEFAULT_SIZE))
        )
        for child in group:
            if local(child) not in _NOT_SHAPES:
                own = _frame(child, declared(child.get("style", "")), plain)
                yield from (frame.placed(member, begin, extent) for member in self.members(child, own))

    def _picture(self, image: etree._Element, shape: etree._Element, frame: Frame) -> Picture:
        left, top, right, bottom = (
            fraction(image.get(f"crop{side}", "0")) for side in ("left", "top", "right", "bottom")
        )
        if any(
            image.get(change) not in (None, "1", "0", "f") for change in ("gain", "blacklevel", "gamma", "grayscale")
        ):
            raise self.context.refuse("色や明るさを変えた図", shape)
        crop = (left, top, right, bottom)
        if crop != WHOLE and not (left + right < 1 and top + bottom < 1):
            raise self.context.refuse("大きくトリミングされた図", shape)
        data = embedded(image.get(f"{R}id", ""), crop, shape, self.context)
        return Picture(data, *frame.size, shape.get("alt", ""), self.run, crop=crop)

    def _shape(self, shape: etree._Element, frame: Frame) -> Shape:
        style, box = declared(shape.get("style", "")), shape.find(f"{V}textbox")
        within = {} if box is None else declared(box.get("style", ""))
        content = None if box is None else box.find(f"{W}txbxContent")
        width, height = frame.size
        return Shape(
            width=width,
            height=height,
            outline=read_vml_outline(shape, self.context),
            format=self.run,
            blocks=() if content is None else self.read_text(content, self.context),
            insets=_insets("" if box is None else box.get("inset", "")),
            direction=_direction(within),
            vertical_alignment=_ANCHORS.get(style.get("v-text-anchor", "top"), "top"),
            grows=within.get("mso-fit-shape-to-text") in ("t", "true"),
            alt=shape.get("alt", ""),
        )


def _frame(shape: etree._Element, style: Mapping[str, str], measure: Callable[[str], float]) -> Frame:
    """Return the room of a shape: in points, or in the coordinates of the group that it is in."""
    flip = style.get("flip", "")
    turn = Turn(_degrees(style.get("rotation", "0")), "x" in flip, "y" in flip)
    if local(shape) == "line" and shape.get("from"):
        (x1, y1), (x2, y2) = (points_of(shape.get(end, "0,0"), measure)[0] for end in ("from", "to"))
        ends = Turn(0.0, x2 < x1, y2 < y1)
        return Frame(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), ends if turn == Turn() else turn)
    if local(shape) == "polyline":
        return Frame(*around(points_of(shape.get("points", ""), measure)), turn)
    left, top, width, height = (measure(style.get(name, "0")) for name in ("left", "top", "width", "height"))
    shift = (measure(style.get(f"margin-{side}", "0")) for side in ("left", "top"))
    return Frame(left + next(shift), top + next(shift), width, height, turn)


def _direction(style: Mapping[str, str]) -> Direction:
    """Return where the lines of a text box run (ISO/IEC 29500-4, 14.1.3)."""
    if "bottom-to-top" in style.get("mso-layout-flow-alt", ""):
        return "left"
    return _DIRECTIONS.get(style.get("layout-flow", ""), "across")


def _degrees(written: str) -> float:
    """Return an angle in degrees, which may be written in 65,536ths."""
    return (fraction(written) if written.endswith("f") else plain(written)) % 360


def _insets(text: str) -> Margins:
    parts = [part.strip() for part in text.split(",")] + [""] * 4
    defaults = ("7.2pt", "3.6pt", "7.2pt", "3.6pt")
    left, top, right, bottom = (length(part or own) for part, own in zip(parts[:4], defaults, strict=True))
    return Margins(top, right, bottom, left)
