"""SmartArt ([MS-ODRAWXML] 2.6): the shapes that Word drew of it last, which the file keeps beside what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.colours_xml import opacity, read_colour
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import Alignment, LineSpacing, ParagraphFormat, RunFormat
from pipeline.documents.docx.geometry_xml import read_geometry
from pipeline.documents.docx.markup import A, R, local, nearby, number
from pipeline.documents.docx.paint_xml import has_effects, read_fill, read_line
from pipeline.documents.docx.placement import PLAIN, Outline, Turn
from pipeline.documents.docx.plainer_xml import make_plainer
from pipeline.documents.docx.shape_xml import ANCHORS, read_insets
from pipeline.documents.docx.tree import Break, Inline, Label, Member, Paragraph, Shape, Text
from pipeline.documents.units import emu_to_pt

_NAME = "SmartArt"
_DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
_ALIGNMENTS: Mapping[str, Alignment] = {"ctr": "center", "r": "right", "just": "both", "dist": "distribute"}
_DEGREE, _PERCENT, _HUNDREDTHS = 60_000, 100_000, 100
_SIZE = 1800.0


def diagram_members(reference: etree._Element, run: RunFormat, context: Context) -> tuple[Member, ...]:
    """Return what is drawn of SmartArt, which is told; letters have the typefaces of ``run``.

    Raises Unsupported where the file does not keep it, and where nothing may be drawn otherwise than in Word.
    """
    root = _drawing(reference, context)
    if root is None or context.plainer is None:
        raise context.refuse(_NAME, reference)
    make_plainer(root, context.common.colours, context.plainer)
    shapes = [child for child in root.iterfind(f"{_DSP}spTree/*") if local(child) not in ("nvGrpSpPr", "grpSpPr")]
    if any(local(shape) != "sp" for shape in shapes):
        raise context.refuse(_NAME, reference)
    context.plainer.add(f"{_NAME}（文書に保存されている図形で）", nearby(reference))
    base = RunFormat(run.font, run.high_font, run.east_asian_font)
    return tuple(member for shape in shapes for member in _Diagram(shape, base, context).members())


def _drawing(reference: etree._Element, context: Context) -> etree._Element | None:
    """Return the part with the shapes: what the diagram says names its relationship."""
    said = context.relationships.get(reference.get(f"{R}dm", ""))
    data = None if said is None or said.external else context.package.xml(said.target)
    found = None if data is None else next(data.iter(f"{_DSP}dataModelExt"), None)
    drawn = context.relationships.get("" if found is None else found.get("relId", ""))
    return None if drawn is None or drawn.external else context.package.xml(drawn.target)


class _Diagram(Struct, frozen=True):
    """A shape of it, and what its letters look like where they do not say."""

    shape: etree._Element
    run: RunFormat
    context: Context

    def members(self) -> Iterator[Member]:
        """Yield the shape, and the text, which may stand elsewhere."""
        properties, style = self.shape.find(f"{_DSP}spPr"), self.shape.find(f"{_DSP}style")
        room = None if properties is None else properties.find(f"{A}xfrm")
        if properties is None or room is None:
            return
        if has_effects(properties, style, self.context):
            raise self.context.refuse("影や光彩などの効果を付けた図形", self.shape)
        outline = Outline(
            geometry=read_geometry(properties, self.shape, self.context),
            fill=read_fill(properties, style, self.shape, self.context),
            line=read_line(properties.find(f"{A}ln"), style, self.shape, self.context),
            opacity=opacity(properties.find(f"{A}solidFill")),
        )
        yield self._member(room, Shape(0.0, 0.0, outline, self.run))
        text, body = self.shape.find(f"{_DSP}txXfrm"), self.shape.find(f"{_DSP}txBody")
        if body is not None and "".join(map(str, body.itertext())).strip():
            yield self._member(room if text is None else text, self._text(body, style))

    def _member(self, room: etree._Element, shape: Shape) -> Member:
        place, extent = room.find(f"{A}off"), room.find(f"{A}ext")
        x, y = (emu_to_pt(number("0" if place is None else place.get(name, "0"))) for name in "xy")
        width, height = (emu_to_pt(number("0" if extent is None else extent.get(name, "0"))) for name in ("cx", "cy"))
        across, down = (room.get(way, "0") in ("1", "true") for way in ("flipH", "flipV"))
        turn = Turn(number(room.get("rot", "0")) / _DEGREE % 360, across, down)
        return Member(replace(shape, width=width, height=height), x, y, turn)

    def _text(self, body: etree._Element, style: etree._Element | None) -> Shape:
        said = body.find(f"{A}bodyPr")
        if said is not None and said.get("vert", "horz") != "horz":
            raise self.context.refuse("文字の方向が特殊なテキスト ボックス", self.shape)
        reference = None if style is None else style.find(f"{A}fontRef")
        run = replace(self.run, color=read_colour(reference, self.context.common.colours) or "000000")
        return Shape(
            width=0.0,
            height=0.0,
            outline=PLAIN,
            format=run,
            blocks=tuple(_unspaced([self._paragraph(one, run) for one in body.iterfind(f"{A}p")])),
            insets=read_insets(said),
            vertical_alignment="top" if said is None else ANCHORS.get(said.get("anchor", "t"), "top"),
        )

    def _paragraph(self, paragraph: etree._Element, base: RunFormat) -> Paragraph:
        """Read a paragraph of DrawingML (21.1.2.2.6)."""
        own = paragraph.find(f"{A}pPr")
        said = etree.Element("none") if own is None else own
        content = tuple(inline for child in paragraph for inline in self._inlines(child, base))
        mark = next((one.format for one in content if isinstance(one, Text)), base)
        bullet = said.find(f"{A}buChar")
        spacing = said.find(f"{A}lnSpc/*")
        return Paragraph(
            style="",
            format=ParagraphFormat(
                alignment=_ALIGNMENTS.get(said.get("algn", "l"), "left"),
                left=emu_to_pt(number(said.get("marL", "0"))),
                first_line=emu_to_pt(number(said.get("indent", "0"))),
                before=_space(said.find(f"{A}spcBef/*"), mark.size),
                after=_space(said.find(f"{A}spcAft/*"), mark.size),
                line=LineSpacing() if spacing is None else _line(spacing),
                snap_to_grid=False,
            ),
            mark=mark,
            content=content,
            label=None if bullet is None else Label(bullet.get("char", "•"), mark, "tab"),
        )

    def _inlines(self, child: etree._Element, base: RunFormat) -> Iterator[Inline]:
        properties = child.find(f"{A}rPr")
        said = etree.Element("none") if properties is None else properties
        run = replace(
            base,
            size=number(said.get("sz", str(_SIZE))) / _HUNDREDTHS,
            bold=said.get("b", "0") in ("1", "true"),
            italic=said.get("i", "0") in ("1", "true"),
            color=read_colour(said.find(f"{A}solidFill"), self.context.common.colours) or base.color,
        )
        if local(child) == "br":
            yield Break("line", run)
        elif local(child) in ("r", "fld"):
            yield Text("".join(text.text or "" for text in child.iterfind(f"{A}t")), run)


def _unspaced(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield paragraphs without the space below the last one: Office puts what stands above it in the middle."""
    yield from paragraphs[:-1]
    yield from (replace(last, format=replace(last.format, after=0.0)) for last in paragraphs[-1:])


def _space(spacing: etree._Element | None, size: float) -> float:
    """Return a space between paragraphs (21.1.2.2.9): points, or a share of the letters' size."""
    if spacing is None:
        return 0.0
    value = number(spacing.get("val", "0").rstrip("%"))
    return value / _HUNDREDTHS if local(spacing) == "spcPts" else value / _PERCENT * size


def _line(spacing: etree._Element) -> LineSpacing:
    value = number(spacing.get("val", "0").rstrip("%"))
    if local(spacing) == "spcPts":
        return LineSpacing("exact", value / _HUNDREDTHS)
    return LineSpacing("auto", value / _PERCENT)
