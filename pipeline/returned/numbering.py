"""Which paragraphs have an automatic number or bullet (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.ooxml.markup import VAL, W, child_value
from pipeline.ooxml.package import Package


@dataclass(frozen=True, slots=True)
class Numbering:
    """Levels of lists (numId, ilvl) that print something, and styles whose paragraphs belong to such a level."""

    levels: frozenset[tuple[str, str]] = frozenset()
    styles: frozenset[str] = frozenset()

    def shows(self, properties: etree._Element | None, style: str) -> bool:
        """Tell whether a paragraph with these list properties of its own (``w:numPr``) and this style has a number."""
        if properties is None:
            return style in self.styles
        return _level(properties) in self.levels


def numbering(package: Package) -> Numbering:
    """Read the lists and styles of a docx; programs give headings lists that print nothing."""
    lists, styles = (package.related(package.document, kind) for kind in ("numbering", "styles"))
    levels = frozenset(_levels(package.xml(lists))) if lists else frozenset()
    if styles is None:
        return Numbering(levels)
    found = ((style, style.find(f"{W}pPr/{W}numPr")) for style in package.xml(styles).iter(f"{W}style"))
    named = (style.get(f"{W}styleId", "") for style, own in found if own is not None and _level(own) in levels)
    return Numbering(levels, frozenset(named))


def _level(properties: etree._Element) -> tuple[str, str]:
    return child_value(properties, "numId") or "0", child_value(properties, "ilvl") or "0"


def _levels(root: etree._Element) -> list[tuple[str, str]]:
    shown = {
        abstract.get(f"{W}abstractNumId", ""): [level.get(f"{W}ilvl", "0") for level in abstract if _prints(level)]
        for abstract in root.iter(f"{W}abstractNum")
    }
    numbers = {n.get(f"{W}numId", ""): child_value(n, "abstractNumId") or "" for n in root.iter(f"{W}num")}
    return [(number, level) for number, abstract in numbers.items() for level in shown.get(abstract, ())]


def _prints(level: etree._Element) -> bool:
    text = level.find(f"{W}lvlText")
    is_level = level.tag == f"{W}lvl"
    return is_level and child_value(level, "numFmt") != "none" and text is not None and bool(text.get(VAL))
