"""Table and cell properties, w:tblPr and w:tcPr (17.4): what one element says, on top of a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.documents.docx.border_xml import read_border
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import NO_BORDERS, VERTICAL, Border, Borders, Margins
from pipeline.documents.docx.markup import VAL, W, inside, is_on, local, number, points
from pipeline.documents.docx.placement import ALIGNED, Clear, Placement, Position
from pipeline.documents.docx.run_format_xml import read_shading

_SIDES = {"start": "left", "end": "right", "insideH": "inside_h", "insideV": "inside_v"}
_TABLE_IGNORED = frozenset({
    "tblStyle", "tblLayout", "tblLook", "tblStyleRowBandSize", "tblStyleColBandSize", "tblDescription",
    "tblCaption", "tblOverlap",
})  # fmt: skip
FLOATING = "文字列の折り返しを伴う表"
CELL_SPACING = "罫線や塗りつぶしのあるセルの間の隙間"
_TABLE_REFUSED = {
    "bidiVisual": "右から左への表",
    "shd": "表全体の塗りつぶし",
    "tblPrChange": "変更履歴",
}
_CELL_IGNORED = frozenset({"noWrap", "hideMark", "cnfStyle", "tcW"})
_CELL_REFUSED = {
    "cellIns": "変更履歴（セルの挿入）",
    "cellDel": "変更履歴（セルの削除）",
    "cellMerge": "変更履歴（セルの結合）",
    "tcPrChange": "変更履歴",
    "tcFitText": "セルの幅に合わせた文字",
    "hMerge": "古い形式の横方向の結合",
    "textDirection": "左や下から始まるセルの縦書き",
}
_EDGES = ("top", "right", "bottom", "left")
_FIFTIETHS = 5000
DIAGONALS = ("tl2br", "tr2bl")
"""Lines across a cell (17.4.73, 17.4.79): from its top left corner, and from its top right one."""
_BORDERS = frozenset({*_EDGES, "inside_h", "inside_v", *DIAGONALS})


class TableFormat(Struct, frozen=True):
    """What w:tblPr says, the styles' and the table's own taken together."""

    borders: Borders = NO_BORDERS
    margins: Margins = field(default_factory=Margins)
    alignment: str = "left"
    indent: float = 0.0
    width: float | None = None
    share: float | None = None
    place: Placement | None = None
    spacing: float = 0.0


class CellFormat(Struct, frozen=True):
    """What w:tcPr says."""

    margins: Margins
    columns: int = 1
    merge: str = "none"
    shading: str | None = None
    vertical_alignment: str = "top"
    borders: Mapping[str, Border | None] | None = None
    is_vertical: bool = False


def read_table_format(properties: etree._Element | None, format_: TableFormat, context: Context) -> TableFormat:
    """Return a table's format with what a ``tblPr`` sets; raises Unsupported for what cannot be drawn."""
    if properties is None:
        return format_
    for child in properties:
        if isinstance(child.tag, str) and child.tag.startswith(W):
            format_ = _with_table_property(child, format_, context)
    return format_


def _with_table_property(element: etree._Element, format_: TableFormat, context: Context) -> TableFormat:
    tag = local(element)
    is_harmless = (tag == "bidiVisual" and not is_on(element)) or (tag == "shd" and _is_covered(element))
    if tag in _TABLE_IGNORED or is_harmless:
        return format_
    if tag not in _TABLE_READERS:
        raise context.refuse(_TABLE_REFUSED.get(tag, "そのほかの表の書式"), element)
    return _TABLE_READERS[tag](element, format_, context)


def _is_covered(shading: etree._Element) -> bool:
    """Return whether nothing is seen of the shading of a table, as all its cells say what theirs is."""
    table = next(shading.iterancestors(f"{W}tbl"), None)
    cells = () if table is None else table.iter(f"{W}tc")
    return table is not None and all(inside(cell, "tcPr", "shd") is not None for cell in cells)


_TABLE_READERS: Mapping[str, Callable[[etree._Element, TableFormat, Context], TableFormat]] = {
    "tblBorders": lambda e, found, context: replace(found, borders=replace(found.borders, **_edges(e, context))),
    "tblCellMar": lambda e, found, context: replace(found, margins=_margins(e, found.margins)),
    "jc": lambda e, found, context: replace(found, alignment=_SIDES.get(e.get(VAL, ""), e.get(VAL, "left"))),
    "tblInd": lambda e, found, context: replace(found, indent=read_width(e) or 0.0),
    "tblpPr": lambda e, found, context: replace(found, place=_place(e)),
    "tblCellSpacing": lambda e, found, context: replace(found, spacing=read_width(e) or 0.0),
    "tblW": lambda e, found, context: replace(found, width=read_width(e) or None, share=read_share(e)),
}


def _place(element: etree._Element) -> Placement:
    """Read where a table floats (17.4.57); one that is aligned along the text stands in it as others do."""
    relative = element.get(f"{W}vertAnchor", "page")
    across, down = (ALIGNED.get(element.get(f"{W}tblp{axis}Spec", ""), "") for axis in "XY")
    left, right, top, bottom = (
        points(element.get(f"{W}{side}FromText", "0")) for side in ("left", "right", "top", "bottom")
    )
    return Placement(
        across=Position(element.get(f"{W}horzAnchor", "page"), across, points(element.get(f"{W}tblpX", "0"))),
        down=Position(
            "paragraph" if relative == "text" else relative,
            "" if relative == "text" else down,
            points(element.get(f"{W}tblpY", "0")),
        ),
        wrap="square",
        clear=Clear(top, right, bottom, left),
    )


def read_borders(element: etree._Element, context: Context) -> dict[str, Border | None]:
    """Return the borders that an element names, by side; None for one that it says is none."""
    named = ((_SIDES.get(local(child), local(child)), child) for child in element)
    return {side: read_border(child, context.name) for side, child in named if side in _BORDERS}


def _edges(element: etree._Element, context: Context) -> dict[str, Border | None]:
    """Return the borders of a table, which has no lines across."""
    return {side: border for side, border in read_borders(element, context).items() if side not in DIAGONALS}


def _margins(element: etree._Element, margins: Margins) -> Margins:
    """Return margins (17.4.42); none is below 0, as in Word, where rows would lie over each other."""
    sides = {_SIDES.get(local(child), local(child)): max(0.0, read_width(child) or 0.0) for child in element}
    return replace(margins, **{side: width for side, width in sides.items() if side in _EDGES})


def read_share(element: etree._Element) -> float | None:
    """Read a table width in per cent, or fiftieths of one (17.18.90), as a share; None for another kind."""
    value = element.get(f"{W}w", "0")
    if value.endswith("%"):
        return number(value[:-1]) / 100 or None
    return number(value) / _FIFTIETHS or None if element.get(f"{W}type") == "pct" else None


def read_width(element: etree._Element) -> float | None:
    """Read a table width (17.4.87): points for dxa and nil, None for automatic and per cent."""
    kind = element.get(f"{W}type", "dxa")
    if kind == "nil":
        return 0.0
    if element.get(f"{W}w", "0").endswith("%"):
        return None
    return points(element.get(f"{W}w", "0")) if kind == "dxa" else None


def with_cell_property(element: etree._Element, format_: CellFormat, context: Context) -> CellFormat:
    """Return a cell's format with what an element of its ``tcPr`` sets; raises Unsupported as well."""
    tag = local(element)
    if tag in _CELL_IGNORED or (tag == "textDirection" and element.get(VAL, "lrTb") in ("lrTb", "tb")):
        return format_
    if tag == "textDirection" and element.get(VAL) in VERTICAL:
        return replace(format_, is_vertical=True)
    if tag not in _CELL_READERS:
        raise context.refuse(_CELL_REFUSED.get(tag, "そのほかのセルの書式"), element)
    return _CELL_READERS[tag](element, format_, context)


_CELL_READERS: Mapping[str, Callable[[etree._Element, CellFormat, Context], CellFormat]] = {
    "gridSpan": lambda e, found, context: replace(found, columns=int(e.get(VAL, "1"))),
    "vMerge": lambda e, found, context: replace(found, merge=e.get(VAL, "continue")),
    "shd": lambda e, found, context: replace(found, shading=read_shading(e, context.name)),
    "tcMar": lambda e, found, context: replace(found, margins=_margins(e, found.margins)),
    "tcBorders": lambda e, found, context: replace(
        found, borders={**(found.borders or {}), **read_borders(e, context)}
    ),
    "vAlign": lambda e, found, context: replace(found, vertical_alignment=e.get(VAL, "top")),
}
