"""Which paragraphs have an automatic number or bullet (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree
from msgspec import Struct, field

from pipeline.documents.docx.markup import VAL, W, child_value
from pipeline.documents.docx.numbering_xml import read_lists
from pipeline.documents.docx.package import Package

_SYMBOLS = ("Symbol", "Wingdings", "Webdings")
"""Begin the names of fonts in which a bullet's character does not say what it shows."""


class Numbering(Struct, frozen=True):
    """What levels (ilvl) of lists (numId) print before their paragraphs, and styles whose paragraphs do so."""

    levels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    styles: Mapping[str, str] = field(default_factory=dict)

    def mark(self, properties: etree._Element | None, style: str) -> str:
        """Return what stands before a paragraph with these list properties of its own (``w:numPr``) and this style.

        It is the format and text of the level (``bullet ・``); empty where nothing is printed.
        """
        if properties is None:
            return self.styles.get(style, "")
        return _mark_at(properties, self.levels)


def numbering(package: Package) -> Numbering:
    """Read the lists and styles of a docx; programs give headings lists that print nothing."""
    lists, styles = (package.related(package.document, kind) for kind in ("numbering", "styles"))
    found = read_lists(package.xml(lists) if lists else None)
    levels = {number: {depth: _mark(e) for depth, e in one.levels.items()} for number, one in found.items()}
    if styles is None:
        return Numbering(levels)
    items = ((style, style.find(f"{W}pPr/{W}numPr")) for style in package.xml(styles).iter(f"{W}style"))
    named = {style.get(f"{W}styleId", ""): _mark_at(own, levels) for style, own in items if own is not None}
    return Numbering(levels, named)


def _mark_at(properties: etree._Element, levels: Mapping[str, Mapping[str, str]]) -> str:
    level = child_value(properties, "ilvl") or "0"
    return levels.get(child_value(properties, "numId") or "0", {}).get(level, "")


def _mark(level: etree._Element) -> str:
    """Return what a level prints; newer formats stand in alternate content."""
    form = next(level.iter(f"{W}numFmt"), None)
    kind, text = (form.get(VAL, "") if form is not None else "decimal"), child_value(level, "lvlText") or ""
    if kind == "none" or not text:
        return ""
    fonts = level.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(f"{W}ascii", "")
    return f"{kind} {text} {font}" if font.startswith(_SYMBOLS) else f"{kind} {text}"
