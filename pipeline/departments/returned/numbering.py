"""Which paragraphs have an automatic number or bullet (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, child_value
from pipeline.documents.docx.package import Package


@dataclass(frozen=True, slots=True)
class Numbering:
    """Levels (ilvl) of lists (numId) that print something, and styles whose paragraphs belong to such a level."""

    levels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    styles: frozenset[str] = frozenset()

    def shows(self, properties: etree._Element | None, style: str) -> bool:
        """Tell whether a paragraph with these list properties of its own (``w:numPr``) and this style has a number."""
        if properties is None:
            return style in self.styles
        return _prints_at(properties, self.levels)


def numbering(package: Package) -> Numbering:
    """Read the lists and styles of a docx; programs give headings lists that print nothing."""
    lists, styles = (package.related(package.document, kind) for kind in ("numbering", "styles"))
    levels = _levels(package.xml(lists)) if lists else {}
    if styles is None:
        return Numbering(levels)
    found = ((style, style.find(f"{W}pPr/{W}numPr")) for style in package.xml(styles).iter(f"{W}style"))
    named = (style.get(f"{W}styleId", "") for style, own in found if own is not None and _prints_at(own, levels))
    return Numbering(levels, frozenset(named))


def _prints_at(properties: etree._Element, levels: Mapping[str, frozenset[str]]) -> bool:
    level = child_value(properties, "ilvl") or "0"
    return level in levels.get(child_value(properties, "numId") or "0", frozenset())


def _levels(root: etree._Element) -> Mapping[str, frozenset[str]]:
    shown = {
        abstract.get(f"{W}abstractNumId", ""): frozenset(e.get(f"{W}ilvl", "0") for e in abstract if _prints(e))
        for abstract in root.iter(f"{W}abstractNum")
    }
    numbers = {n.get(f"{W}numId", ""): child_value(n, "abstractNumId") or "" for n in root.iter(f"{W}num")}
    return {number: shown.get(abstract, frozenset()) for number, abstract in numbers.items()}


def _prints(level: etree._Element) -> bool:
    text = level.find(f"{W}lvlText")
    is_level = level.tag == f"{W}lvl"
    return is_level and child_value(level, "numFmt") != "none" and text is not None and bool(text.get(VAL))
