"""Placing the characters of a line: alignment, justification, tabs, tiles. Line in, boxes out."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from operator import itemgetter

from msgspec import Struct, field

from pipeline.documents.docx.formats import UNNAMED, Border, ParagraphFormat, RunFormat, TabStop, Typeface
from pipeline.documents.docx.formula import Formula, FormulaAlignment
from pipeline.documents.docx.geometry import RECTANGLE
from pipeline.documents.docx.tree import Group, Picture, Shape
from pipeline.documents.paths import Point
from pipeline.documents.pdf.border_lines import border_lines
from pipeline.documents.pdf.boxes import Box, FillBox, Node, PictureBox, RuleBox, TextBox
from pipeline.documents.pdf.characters import stretch_points
from pipeline.documents.pdf.faces import ASCENT, DESCENT, Families, narrowing, widths
from pipeline.documents.pdf.forms import clip_path, form_boxes
from pipeline.documents.pdf.languages import spoken
from pipeline.documents.pdf.lines import Line
from pipeline.documents.pdf.shaping import LEADERS, ShapedText, Span
from pipeline.documents.pdf.text_lines import emphasis_mark, strikes

_SHARES = {"left": 0.0, "both": 0.0, "distribute": 0.0, "center": 0.5, "right": 1.0}
_GRAIN = 0.004
"""Difference of spacing (pt) that still counts as the same."""


class Nodes(Struct, frozen=True):
    """The structure that a paragraph's marks belong to: text, list label, pictures and pieces by index."""

    text: Node
    label: Node
    pictures: Mapping[int, Node]
    pieces: Mapping[int, tuple[Node, ...]] = field(default_factory=dict)

    @classmethod
    def of_one(cls, node: Node, label: Node, shaped: ShapedText) -> Nodes:
        """Return the structure of a paragraph in which all but the label is read as one."""
        pieces = {at: (node,) * len(piece.parts) for at, piece in shaped.pieces.items()}
        return cls(node, label, dict.fromkeys(shaped.pictures, node), pieces)


def place_line(
    shaped: ShapedText, line: Line, format_: ParagraphFormat, origin: tuple[float, float], nodes: Nodes
) -> Iterator[Box]:
    """Yield the boxes of a line whose column begins at ``origin`` (left edge, top of the line)."""
    if line.start == line.end:
        return
    placed = _Placed(shaped, line, format_, origin)
    for span in shaped.spans_in(line.start, line.end):
        yield from _span_boxes(placed, span, nodes)


class _Placed:
    """Where the characters of a line stand."""

    def __init__(self, shaped: ShapedText, line: Line, format_: ParagraphFormat, origin: tuple[float, float]) -> None:
        self.shaped = shaped
        self.line = line
        self._origin = shaped.ends[line.start] + shaped.leads.get(line.start, 0.0)
        self._tabs = sorted(line.tabs)
        self._tabbed = [0.0, *accumulate(line.tabs[at][0] for at in self._tabs)]
        self.gaps: list[int] = []
        self.stretched: frozenset[int] = frozenset()
        self.stretch = 0.0
        self.top, self.is_exact = origin[1], format_.line.rule == "exact"
        self.baseline = origin[1] + line.baseline
        self._left = origin[0] + format_.left + line.indent + self._align(format_) - self._origin

    def _align(self, format_: ParagraphFormat) -> float:
        """Return how far the line moves to the right (17.3.1.13)."""
        line = self.line
        piece = self.shaped.pieces.get(line.start)
        if piece is not None and isinstance(piece.inline, Formula) and piece.inline.stands_alone:
            return self._align_formula(piece.inline.alignment)
        if line.squeezed:
            self._squeeze()
            return 0.0
        hanging = self._hanging_width()
        free = line.room - (line.width - hanging)
        fills = format_.alignment == "distribute" or (format_.alignment == "both" and not line.is_last)
        if fills and free > 0:
            self._justify(free)
        return free * _SHARES[format_.alignment]

    def _align_formula(self, alignment: FormulaAlignment) -> float:
        """Return how far a formula on a line of its own moves: those of a group begin at one place (22.1.2.49)."""
        is_group = alignment == "centerGroup"
        free = max(0.0, self.line.room - (self.shaped.widest_formula if is_group else self.line.width))
        return free * (0.5 if is_group else _SHARES[alignment])

    def _hanging_width(self) -> float:
        ends, end = self.shaped.ends, self.line.end
        return ends[end] - ends[end - 1] if self.line.hangs else 0.0

    def _justify(self, free: float) -> None:
        """Spread free width equally (6.4 in JIS X 4051); after a tab, only what follows it is spread."""
        line = self.line
        start = self._tabs[-1] + 1 if self._tabs else line.start
        last = line.end - 1 if line.hangs else line.end
        self.gaps = [start + gap for gap in stretch_points(self.shaped.kinds[start : line.end]) if start + gap < last]
        if self.gaps:
            self.stretch = free / len(self.gaps)
            self.stretched = frozenset(self.gaps)

    def _squeeze(self) -> None:
        """Let marks give way equally; after a tab, only what follows it."""
        line = self.line
        self.gaps, _ = self.shaped.squeezes(self._tabs[-1] if self._tabs else line.start, line.end)
        self.stretch = -line.squeezed / len(self.gaps)
        self.stretched = frozenset(self.gaps)

    def x(self, index: int) -> float:
        """Return where a character's own box begins: after automatic space and stretching before it."""
        x = self._left + self.shaped.ends[index] + self.shaped.leads.get(index, 0.0)
        x += self._tabbed[bisect_left(self._tabs, index)]
        x += self.line.shift if index >= self.line.joint else 0.0
        return x + self.stretch * bisect_right(self.gaps, index) if self.gaps else x


def corner(
    shaped: ShapedText, line: Line, format_: ParagraphFormat, origin: tuple[float, float], index: int
) -> tuple[float, float]:
    """Return where a character of a line begins, and the line's baseline."""
    placed = _Placed(shaped, line, format_, origin)
    return placed.x(index), placed.baseline


def _span_boxes(placed: _Placed, span: Span, nodes: Nodes) -> Iterator[Box]:
    start, end = max(span.start, placed.line.start), min(span.end, placed.line.end)
    picture = placed.shaped.pictures.get(start)
    tab = placed.line.tabs.get(start)
    if isinstance(picture, (Shape, Group)):
        return
    if picture is not None:
        corner = placed.x(start), placed.baseline - picture.height
        yield from picture_boxes(picture, corner, nodes.pictures[start], placed.top if placed.is_exact else None)
    elif start in placed.shaped.pieces:
        for box, node in zip(placed.shaped.pieces[start].parts, nodes.pieces[start], strict=True):
            yield from box.boxes(placed.x(start), placed.baseline, node)
    elif tab is not None:
        yield from _leader(placed, start, tab, span)
    elif placed.shaped.kinds[start] not in "tb":
        if span.format.shading or span.format.border:
            yield from _tile(placed, span, start, end)
        yield from _texts(placed, span, start, end, nodes)


def picture_boxes(picture: Picture, corner: Point, node: Node, top: float | None = None) -> Iterator[Box]:
    """Yield a picture at its top left corner and the line around it; nothing is seen of it above ``top``."""
    outline, size = picture.outline, (picture.width, picture.height)
    clip = () if outline.geometry == RECTANGLE else clip_path(outline.geometry, corner, size)
    yield PictureBox(*corner, *size, picture.data, picture.svg, node, top=top, crop=picture.crop, clip=clip)
    yield from form_boxes(outline, corner, size)


def _leader(placed: _Placed, index: int, tab: tuple[float, TabStop], span: Span) -> Iterator[Box]:
    width, stop = tab
    if stop.leader == "none":
        return
    run = span.format
    (_, typeface), *_ = span.families
    sign = LEADERS[stop.leader]
    dot = widths(sign, run, ((0, typeface),), "", "")[0]
    start = math.ceil(placed.x(index) / dot)  # dots stand on a grid, so that those of lines below each other align
    count = math.floor((placed.x(index) + width) / dot) - start
    if count > 0:
        x = start * dot
        yield TextBox(
            x=x,
            baseline=placed.baseline,
            width=count * dot,
            text=sign * count,
            bold=run.bold,
            size=run.size,
            color=run.color,
            stretch=narrowing(sign, run, typeface),
            family=typeface.family,
        )


def _tile(placed: _Placed, span: Span, start: int, end: int) -> Iterator[Box]:
    """Yield the shading (17.3.2.32) and border (17.3.2.4) behind a run: its box, widened by the border's space."""
    run, inset, baseline = span.format, span.inset, placed.baseline - span.format.rise
    x1 = placed.x(start)
    x2 = placed.x(end - 1) + placed.shaped.ends[end] - _begin(placed.shaped, end - 1)
    top, bottom = baseline - ASCENT * run.size - inset, baseline + DESCENT * run.size + inset
    if run.shading:
        yield FillBox(x1, top, x2 - x1, bottom - top, run.shading)
    if run.border is not None and run.border.width:
        yield from _outline(x1, top, x2, bottom, run.border)


def _begin(shaped: ShapedText, index: int) -> float:
    return shaped.ends[index] + shaped.leads.get(index, 0.0)


def _outline(x1: float, y1: float, x2: float, y2: float, border: Border) -> Iterator[RuleBox]:
    """Yield four rules just inside a rectangle."""
    half = border.width / 2
    yield from border_lines(x1, y1 + half, x2, y1 + half, border)
    yield from border_lines(x1, y2 - half, x2, y2 - half, border)
    yield from border_lines(x1 + half, y1, x1 + half, y2, border)
    yield from border_lines(x2 - half, y1, x2 - half, y2, border)


def _texts(placed: _Placed, span: Span, start: int, end: int, nodes: Nodes) -> Iterator[Box]:
    run, shaped = span.format, placed.shaped
    node = nodes.label if span.is_label else nodes.text
    pieces = _of_one_face(_pieces(placed, start, end), span.families)
    for first, last, spacing, typeface, language in _of_one_language(pieces, shaped.text, run):
        x = placed.x(first)
        if span.inset and first == span.start:
            x += span.inset
        text = shaped.text[first:last]
        width = placed.x(last - 1) + shaped.ends[last] - _begin(shaped, last - 1) - x
        if span.inset and last == span.end:
            width -= span.inset
        yield TextBox(
            x=x,
            baseline=placed.baseline - run.rise,
            width=width,
            text=text,
            bold=run.bold,
            size=run.size,
            color=run.color,
            spacing=spacing + run.spacing,
            stretch=run.stretch * narrowing(text, run, typeface),
            underline=run.underline,
            strikes=strikes(run),
            link=span.link,
            node=node,
            family=typeface.family,
            italic=run.italic,
            language=language,
        )
        if run.emphasis:
            yield from _emphasis(placed, run, first, last)


def _emphasis(placed: _Placed, run: RunFormat, first: int, last: int) -> Iterator[Box]:
    """Yield the mark of each character that is seen."""
    for at in range(first, last):
        if placed.shaped.text[at].strip():
            end = placed.x(at) + placed.shaped.ends[at + 1] - _begin(placed.shaped, at) - run.spacing
            yield from emphasis_mark(run, (placed.x(at) + end) / 2, placed.baseline - run.rise)


def _pieces(placed: _Placed, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Cut a span where the spacing between characters changes; a piece has one spacing throughout."""
    leads, gaps = placed.shaped.leads, placed.stretched
    if not gaps:
        cuts = [at for at in range(start + 1, end) if at in leads] if leads else []
        yield from ((first, last, 0.0) for first, last in zip([start, *cuts], [*cuts, end], strict=True))
        return
    first, spacing = start, 0.0
    for at in range(start + 1, end):
        step = leads.get(at, 0.0) + (placed.stretch if at in gaps else 0.0)
        if at == first + 1:
            spacing = step
        elif abs(step - spacing) > _GRAIN:
            yield first, at, spacing
            first, spacing = at, 0.0
    yield first, end, spacing if end - first > 1 else 0.0


def _of_one_face(
    pieces: Iterable[tuple[int, int, float]], families: Families
) -> Iterator[tuple[int, int, float, Typeface]]:
    """Cut pieces where the typeface changes."""
    if len(families) == 1:
        yield from ((first, last, spacing, families[0][1]) for first, last, spacing in pieces)
        return
    for first, last, spacing in pieces:
        own = families[
            bisect_right(families, first, key=itemgetter(0)) - 1 : bisect_left(families, last, key=itemgetter(0))
        ]
        for (start, typeface), (end, _) in pairwise((*own, (last, UNNAMED))):
            yield max(start, first), end, spacing, typeface


def _of_one_language(
    pieces: Iterable[tuple[int, int, float, Typeface]], text: str, run: RunFormat
) -> Iterator[tuple[int, int, float, Typeface, str]]:
    """Cut pieces where foreign words begin and end."""
    for start, end, spacing, typeface in pieces:
        for first, last, language in spoken(text[start:end], run):
            yield start + first, start + last, spacing, typeface, language
