"""What programs write otherwise when they save a template, set back to what the pipeline knows.

Styles go by their names: Word in Japanese gives 番号札 the id ``a3``, LibreOffice ``Style11``; only ``w:name`` stays as
the clerk knows it (ISO/IEC 29500-1, 17.7.4.9 and 17.7.4.17). LibreOffice moves the page break before a paragraph to the
end of the one before, where it would be lost with a command's paragraph. A relationship that leads to no part, as
programs leave one where a picture was (``NULL``), is taken out, and a link to a bookmark (``#…``) that is written as
one to a part becomes an address; a part without a content type gets one: what opens the filled file would stop at each.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, child_value, remove, serialize, text_of
from pipeline.documents.docx.package import Package
from pipeline.documents.docx.parts import DOCUMENT, STYLES, TYPES, UNKNOWN, content_type, declare, packed, unpacked
from pipeline.documents.docx.properties import properties

IDS: Mapping[str, str] = {
    "heading 1": "Heading1",
    "heading 2": "Heading2",
    "Strong": "Strong",
    "番号札": "Tile",
    "番号札（他の目標）": "TileIdle",
    "番号札の後": "TileEnd",
    "案の印": "DraftMark",
    "判定 達成": "Good",
    "判定 概ね達成": "Near",
    "判定 未達成": "Poor",
    "判定なし": "NoRating",
    "補足": "Sub",
    "点線": "Leader",
    "間隔": "Gap",
    "施策の概要": "Summary",
    "表 文字": "TableText",
    "表 文章": "CellText",
    "達成率の帯": "RateBar",
    "達成率の帯 達成": "RateBarMet",
    "達成率の帯 未達成": "RateBarUnmet",
    "一覧 数値": "SummaryNumber",
    "一覧 数値（小数と並ぶ整数）": "SummaryNumberWhole",
    "指標の表": "IndicatorTable",
    "取組の表": "InitiativeTable",
    "評価の表": "OpinionTable",
}
"""The ids by which the pipeline calls styles, by their names in the templates."""

_ID = f"{W}styleId"
_REFERENCES = tuple(W + name for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"))
_BEFORE_BREAK = tuple(W + name for name in ("pStyle", "keepNext", "keepLines"))
"""What stands before ``w:pageBreakBefore`` in a paragraph's properties (17.3.1.26)."""


def normalized(data: bytes, file: str) -> bytes:
    """Return the template as the pipeline knows it; the same bytes where nothing differs. Raises ``Damaged``."""
    package = Package(data, file)
    renamed = _renamed(package.xml(STYLES)) if STYLES in package else {}
    changed = {name: part for name in package.parts if (part := _changed(package, name, renamed)) is not None}
    return packed({**unpacked(data, file), **changed}) if changed else data


def _changed(package: Package, name: str, renamed: Mapping[str, str]) -> bytes | None:
    """Return the part as it is to be; None where it may stay."""
    if name.endswith(".rels"):
        return _without_lost(package, name)
    if name == TYPES:
        return _with_all_types(package)
    if not (name.startswith("word/") and name.endswith(".xml")):
        return None
    root = package.xml(name)
    done = [_rename(root, renamed), name == DOCUMENT and _give_back_breaks(root)]
    return serialize(root) if any(done) else None


def _without_lost(package: Package, name: str) -> bytes | None:
    """Return relationships without those that lead to no part; one that something refers to is that of an address."""
    folder, file = posixpath.split(name.replace("_rels/", ""))
    source = posixpath.join(folder, file.removesuffix(".rels"))
    found = package.relationships(source)
    lost = {key for key, one in found.items() if not one.external and one.target not in package}
    if not lost:
        return None
    named = {value for e in package.xml(source).iter() for value in e.attrib.values()} if source else set()
    root = package.xml(name)
    for relation in [one for one in root if one.get("Id") in lost]:
        if relation.get("Id") in named:
            relation.set("TargetMode", "External")
        else:
            remove(relation)
    return serialize(root)


def _with_all_types(package: Package) -> bytes | None:
    """Return the content types with one for each part; None where none lacks."""
    types = package.xml(TYPES)
    lacking = [part for part in package.parts if part != TYPES and content_type(types, part) is None]
    for part in lacking:
        declare(types, part, UNKNOWN)
    return serialize(types) if lacking else None


def _renamed(styles: etree._Element) -> Mapping[str, str]:
    """Return new ids by old ones. A style that goes by another's id takes that one's id in exchange."""
    ids = {_name(style): style.get(_ID, "") for style in styles.iter(f"{W}style")}
    renamed = {ids[name]: wanted for name, wanted in IDS.items() if ids.get(name, wanted) != wanted}
    freed = [old for old in renamed if old not in renamed.values()]
    taken = [wanted for wanted in renamed.values() if wanted in ids.values() and wanted not in renamed]
    return renamed | dict(zip(taken, freed, strict=False))


def _name(style: etree._Element) -> str:
    return (child_value(style, "name") or "").replace("Heading", "heading")  # LibreOffice writes a capital


def _rename(root: etree._Element, renamed: Mapping[str, str]) -> bool:
    """Exchange the ids of styles and all that refers to them; return whether anything changed."""
    found = [(style, _ID) for style in root.iter(f"{W}style")]
    found += [(reference, VAL) for reference in root.iter(*_REFERENCES)]
    changed = [(element, key) for element, key in found if element.get(key) in renamed]
    for element, key in changed:
        element.set(key, renamed[element.get(key, "")])
    return bool(changed)


def _give_back_breaks(root: etree._Element) -> bool:
    """Move a page break that ends a command's paragraph to the paragraph after it; return whether there was any."""
    moved = list(_breaks(root))
    for mark, after in moved:
        remove(mark)
        own = properties(after, "pPr")
        place = sum(1 for element in own if element.tag in _BEFORE_BREAK)
        own.insert(place, etree.Element(f"{W}pageBreakBefore"))
    return bool(moved)


def _breaks(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield each break that ends a command's paragraph, with the next paragraph that is printed."""
    for paragraph in root.iter(f"{W}p"):
        held = list(paragraph.iter(f"{W}t", f"{W}br"))
        ends = bool(held) and held[-1].get(f"{W}type") == "page"
        after = next((one for one in paragraph.itersiblings() if not _is_command(one)), None)
        if ends and _is_command(paragraph) and after is not None and after.tag == f"{W}p":
            yield held[-1], after


def _is_command(element: etree._Element) -> bool:
    """Return whether a paragraph is a command's own, and goes when the template is filled."""
    return element.tag == f"{W}p" and text_of(element).strip().startswith("{%p")
