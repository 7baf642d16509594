"""xlsx -> ``Workbook``: every cell of every sheet, or ``Damaged`` with the reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from pipeline.documents.docx.errors import Damaged
from pipeline.documents.docx.markup import R, S
from pipeline.documents.docx.package import Package
from pipeline.documents.xlsx import formats, guards, remarks, values
from pipeline.documents.xlsx.guards import check_filled, check_sheet
from pipeline.documents.xlsx.styles import Style, letters, styles
from pipeline.documents.xlsx.tree import Area, Cell, Sheet, Sort, Workbook

_BROKEN = "ブックの中の表が壊れていて、読めません。"
_NO_BOOK = "Excelのブックの中身が見つかりません。"
_TWICE = "同じ番地（{}）のセルが二つあります。"
_ON = ("1", "true")
"""What transitional and strict packages call the relationship to custom properties."""
_SORTS = {"b": Sort.LOGICAL, "e": Sort.ERROR, "d": Sort.DATE}
_BOOKS = "xl/externallinks/"
_BESIDE = re.compile(r"xl/(?:media/|embeddings/|charts/chart|diagrams/data).*[^/]", re.IGNORECASE)
"""Pictures, embedded files, charts, drawings of SmartArt."""
_PLAIN = Style()


def read(data: bytes, name: str) -> Workbook:
    """Read a workbook; raises ``Damaged``."""
    package = Package(data, name)
    guards.check(package)
    try:
        return _workbook(package)
    except (ValueError, IndexError, KeyError, TypeError, OverflowError, RecursionError) as fault:
        raise Damaged(name, _BROKEN) from fault


def _workbook(package: Package) -> Workbook:
    if package.related("", "officeDocument") is None:
        raise Damaged(package.name, _NO_BOOK)
    root = package.xml(package.document)
    listed = root.findall(f"{S}sheets/{S}sheet")
    if not listed:
        raise Damaged(package.name, _NO_BOOK)
    if len(listed) > guards.MAX_SHEETS:
        raise Damaged(package.name, guards.LARGE)
    shared = _Shared.of(package, root)
    parts = package.relationships(package.document)
    sheets = tuple(_sheet(package, e, parts[e.get(f"{R}id", "")].target, shared) for e in listed)
    check_filled(package.name, [cell.text for sheet in sheets for cell in sheet.cells.values()])
    beside = (part for part in package.parts if _BESIDE.fullmatch(part))
    return Workbook(
        package.name,
        sheets,
        {e.get("name", ""): e.text or "" for e in root.iterfind(f"{S}definedNames/{S}definedName")},
        package.custom_properties,
        package.core_properties.get("lastModifiedBy", ""),
        _links(package),
        {part: hashlib.sha256(package.part(part)).hexdigest() for part in beside},
        frozenset(look for style in shared.styles for look in style.look),
        package.core_properties.get("modified", ""),
    )


class _Shared(Struct, frozen=True):
    """What all sheets draw on: texts, styles, and from when days are counted."""

    texts: Sequence[Cell]
    styles: Sequence[Style]
    from_1904: bool

    @classmethod
    def of(cls, package: Package, root: etree._Element) -> _Shared:
        strings, looks = (package.related(package.document, kind) for kind in ("sharedStrings", "styles"))
        texts = [_rich(e) for e in package.xml(strings).iterfind(f"{S}si")] if strings else []
        settings = root.find(f"{S}workbookPr")
        since = settings is not None and settings.get("date1904", "0") in _ON
        return cls(texts, styles(package.xml(looks) if looks else None), since)

    def cell(self, element: etree._Element) -> Cell | None:
        """Return what a cell holds; None where it is empty."""
        formula, sort = element.find(f"{S}f"), element.get("t", "n")
        style = self._style(_index(element.get("s", "0")))
        found = self._text(element, sort, style)
        if formula is not None:
            text = found.text if found else ""
            return Cell(text, found.sort if found else Sort.TEXT, "", f"={formula.text or ''}", style.look)
        return found

    def _style(self, number: int) -> Style:
        return self.styles[number] if number < len(self.styles) else _PLAIN

    def _text(self, element: etree._Element, sort: str, style: Style) -> Cell | None:
        if sort == "inlineStr":
            inline = element.find(f"{S}is")
            return None if inline is None else _styled(_rich(inline), style)
        value = element.findtext(f"{S}v")
        if value is None or not value.strip():
            return None
        if sort == "s":
            return _styled(self.texts[_index(value)], style)
        return self._number(value, style) if sort == "n" else Cell(_plainly(value, sort), _SORTS.get(sort, Sort.TEXT))

    def _number(self, value: str, style: Style) -> Cell:
        number = values.number(value)
        if number is None:
            return Cell(value, Sort.TEXT, look=style.look)
        text = values.shown(number, style.sort, from_1904=self.from_1904)
        shown = formats.shown(number, style.code) if style.sort is Sort.NUMBER else text
        return Cell(text, style.sort, values.plain(number), look=style.look, shown=shown)


def _index(text: str) -> int:
    """Return a place in a list; raises ``ValueError`` where it would count from the end."""
    if (number := int(text)) < 0:
        raise ValueError(text)
    return number


def _rich(element: etree._Element) -> Cell:
    """Return a text whose runs may stand out each by itself."""
    looks = (look for run in element.iterfind(f"{S}r/{S}rPr") for look in letters(run))
    return Cell(values.rich_text(element), look=tuple(dict.fromkeys(looks)))


def _styled(text: Cell, style: Style) -> Cell | None:
    if not text.text:
        return None
    look = tuple(dict.fromkeys((*style.look, *text.look)))
    return replace(text, look=look, shown=formats.shown(text.text, style.code))


def _plainly(value: str, sort: str) -> str:
    if sort == "b":
        return "TRUE" if value.strip() in _ON else "FALSE"
    return value[:10] if sort == "d" else values.unescaped(value)


def _sheet(package: Package, listed: etree._Element, part: str, shared: _Shared) -> Sheet:
    root, name = package.xml(part), listed.get("name", "")
    cells = {place: cell for place, cell in _cells(root, shared, package.name) if cell is not None}
    for place, address in dict(remarks.links(package, part, root)).items():
        if (cell := cells.get(place)) and address.removeprefix("mailto:") != cell.text:
            cells[place] = replace(cell, look=(*cell.look, f"リンク（{address}）"))
    areas = [_area(e.get("ref", "")) for e in root.iterfind(f"{S}mergeCells/{S}mergeCell")]
    check_sheet(package.name, 0, len(areas))
    return Sheet(
        name,
        cells,
        tuple(areas),
        frozenset(_hidden(root)),
        remarks.comments(package, part),
        remarks.texts(package, part, root),
        listed.get("state", "visible") == "visible",
    )


def _cells(root: etree._Element, shared: _Shared, name: str) -> Iterator[tuple[tuple[int, int], Cell | None]]:
    """Yield every cell with its place; where the file names none, it follows the one before (18.3.1.4)."""
    seen: set[tuple[int, int]] = set()
    row = -1
    for line in root.iterfind(f"{S}sheetData/{S}row"):
        row = int(line.get("r", row + 2)) - 1
        column = -1
        for element in line.iterfind(f"{S}c"):
            reference = element.get("r")
            at = remarks.place(reference) if reference else (row, column + 1)
            column = at[1]
            if at in seen:
                raise Damaged(name, f"{_BROKEN}{_TWICE.format(reference or at)}")
            seen.add(at)
            yield at, shared.cell(element)
        check_sheet(name, len(seen), 0)


def _hidden(root: etree._Element) -> Iterator[int]:
    row = -1
    for line in root.iterfind(f"{S}sheetData/{S}row"):
        row = int(line.get("r", row + 2)) - 1
        if line.get("hidden", "0") in _ON:
            yield row


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = remarks.place(first), remarks.place(last or first)
    return Area(top, left, bottom, right)


def _links(package: Package) -> tuple[str, ...]:
    """Return the addresses of what Excel would fetch: other workbooks, pictures, data connections."""
    rels = [part for part in package.parts if part.lower().endswith(".rels")]
    sources = {part.replace("_rels/", "").removesuffix(".rels") for part in rels}
    found = (link for source in sources for link in package.relationships(source).values())
    links = {link.target for link in found if link.external and link.kind != "hyperlink"}
    links |= {part for part in package.parts if part.lower() == "xl/connections.xml"}
    return tuple(sorted(links | set(_exchanges(package))))


def _exchanges(package: Package) -> Iterator[str]:
    """Yield the programs that Excel would ask for data (DDE, 18.14.4), with what they would be asked."""
    for part in (part for part in package.parts if part.lower().startswith(_BOOKS)):
        if part.lower().endswith(".xml"):
            for link in package.xml(part).iterfind(f"{S}ddeLink"):
                yield f"{link.get('ddeService', '')}|{link.get('ddeTopic', '')}"
