"""Applying a level to a filled sheet: styles, margins, columns, charts. Works on copies; the filled sheet stays."""

from __future__ import annotations

from copy import deepcopy
from typing import cast

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.styles import CT_Style
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import WP, A, W, parse, remove, serialize
from pipeline.documents.docx.parts import DOCUMENT, STYLES
from pipeline.documents.template import Parts
from pipeline.documents.units import MM, emu_to_mm, mm_to_emu, mm_to_twips, twips_to_pt
from pipeline.stages.sheets import names, wml
from pipeline.stages.sheets.levels import ChartSize, Level, ParagraphChange, figures

_SNUG = 1.15
"""How much wider than a level's chart its cell may be, and still be the one that the level is made for."""


class Filled(Struct, frozen=True):
    """A filled sheet: its parts, its text and styles as trees, and how many charts it has."""

    parts: Parts
    document: etree._Element
    styles: etree._Element
    charts: int

    @classmethod
    def of(cls, parts: Parts, charts: int) -> Filled:
        """Return the trees of a filled sheet's parts."""
        return cls(parts, parse(parts[DOCUMENT], DOCUMENT, DOCUMENT), parse_xml(parts[STYLES]), charts)

    def packed(self) -> Parts:
        """Return the parts with the trees as they now are."""
        trees = {DOCUMENT: self.document, STYLES: self.styles}
        return {**self.parts, **{name: serialize(tree) for name, tree in trees.items()}}


def laid_out(filled: Filled, level: Level) -> Filled:
    """Return a copy of the sheet as a level has it."""
    document, styles = deepcopy(filled.document), deepcopy(filled.styles)
    for identifier, look in level.looks.items():
        _restyle(styles, identifier, look)
    for identifier, margin in level.margins.items():
        _set_margins(styles, identifier, margin)
    _lay_charts(document, figures(filled.charts, level.number))
    if not level.spread or not filled.charts:  # a page without indicators has room for what follows
        _join_pages(document)
    _set_initiatives(document, level)
    for table in wml.tables(document, wml.INDICATORS):
        names.settle(table, _metrics(styles))
    if level.opinions:
        set_opinions(document, level.opinions * MM)
    return Filled(filled.parts, document, styles, filled.charts)


def set_opinions(document: etree._Element, points: float) -> None:
    """Give the council's row a least height (pt)."""
    for table in wml.tables(document, wml.OPINIONS):
        wml.set_height(wml.rows(table)[-1], points)


def text_height(document: etree._Element) -> float:
    """Return the height (pt) that a page has for text."""
    size, margins = document.find(f".//{W}pgSz"), document.find(f".//{W}pgMar")
    return (wml.number(size, "h") - wml.number(margins, "top") - wml.number(margins, "bottom")) / 20


def _restyle(styles: etree._Element, identifier: str, look: ParagraphChange) -> None:
    element = _style(styles, identifier)
    if element is None:
        return
    style = ParagraphStyle(element)
    if look.pitch is not None:
        style.paragraph_format.line_spacing = Pt(look.pitch)
    if look.before is not None:
        style.paragraph_format.space_before = Pt(look.before)
    if look.after is not None:
        style.paragraph_format.space_after = Pt(look.after)
    if look.size is not None:
        style.font.size = Pt(look.size)


def _set_margins(styles: etree._Element, identifier: str, margin: float) -> None:
    """Set the margin (mm) above and below each row of the tables of a style."""
    style = _style(styles, identifier)
    if style is not None:
        for side in ("top", "bottom"):
            edge = style.find(f"{W}tblPr/{W}tblCellMar/{W}{side}")
            if edge is not None:
                edge.set(qn("w:w"), str(mm_to_twips(margin)))


def _lay_charts(document: etree._Element, size: ChartSize) -> None:
    """Keep the chart table with the wanted number of columns where the template has several, and size its charts."""
    found = [t for t in document.iter(f"{W}tbl") if wml.charts(t)]
    wanted = [t for t in found if len(wml.widths(t)) == size.columns] or found
    for table in found:
        if table is not wanted[0]:
            remove(table)
    for picture in filter(wml.charts, document.iter(f"{WP}inline")):
        width = _width(picture, size.width)
        for extent in (*picture.iter(f"{WP}extent"), *picture.iter(f"{A}ext")):
            if extent.get("cx"):
                extent.set("cx", str(mm_to_emu(width)))
                extent.set("cy", str(mm_to_emu(size.height)))


def _width(picture: etree._Element, wanted: float) -> float:
    """Return how wide (mm) a chart is: as its level has it where the cell is made for that, else as the cell."""
    cell = next(picture.iterancestors(f"{W}tc"), None)
    room = twips_to_pt(wml.inner_width(cell)) / MM if cell is not None else wanted
    return wanted if wanted <= room <= wanted * _SNUG else round(room, 1)


def chart_sizes(document: etree._Element) -> dict[str, tuple[float, float]]:
    """Return the width and height (mm) that the charts have, by name."""
    sizes = {}
    for picture in document.iter(f"{WP}inline"):
        for chart in wml.charts(picture):
            extent = picture.find(f"{WP}extent")
            if extent is not None:
                width, height = (emu_to_mm(int(extent.get(side, "0"))) for side in ("cx", "cy"))
                sizes[chart.get("name", "")] = width, height
    return sizes


def _join_pages(document: etree._Element) -> None:
    """Let the heading that starts the right page follow on; it then has its style's spacing."""
    for properties in list(document.iter(f"{W}pPr")):
        if properties.find(f"{W}pageBreakBefore") is not None:
            for name in ("pageBreakBefore", "spacing"):
                for element in properties.findall(W + name):
                    remove(element)


def _set_initiatives(document: etree._Element, level: Level) -> None:
    for table in wml.tables(document, wml.INITIATIVES):
        if level.columns and wml.has_columns(table, len(level.columns)):
            wml.set_widths(table, wml.scaled(level.columns, sum(wml.widths(table))))
        if level.rows_split:
            for row in wml.rows(table)[1:]:
                for whole in row.findall(f"{W}trPr/{W}cantSplit"):
                    remove(whole)


def _metrics(styles: etree._Element) -> names.Metrics:
    """Read what indicator names are set with: the style of their text, and the margins of their table."""
    text, table = _style(styles, names.STYLE), _style(styles, wml.INDICATORS)
    if text is None or table is None:
        return names.Metrics(0, 0, 0)
    return names.Metrics(
        wml.number(text.find(f"{W}rPr/{W}sz"), "val") / 2,
        wml.number(text.find(f"{W}pPr/{W}spacing"), "line") / 20,
        wml.number(table.find(f"{W}tblPr/{W}tblCellMar/{W}top"), "w") / 20,
    )


def _style(styles: etree._Element, identifier: str) -> CT_Style | None:
    found = (s for s in styles.iter(f"{W}style") if s.get(qn("w:styleId")) == identifier)
    return cast(CT_Style | None, next(found, None))
