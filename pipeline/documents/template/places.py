"""The paragraphs of a template with words by which a clerk finds them: 表3の2行目, ヘッダー; of a page its lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree
from msgspec import Struct

from pipeline.diagnostics import Place
from pipeline.documents.docx.markup import W
from pipeline.documents.docx.package import Package
from pipeline.documents.template.files import Template

_LONG = 24
_PARTS = (("document", ""), ("header", "ヘッダー"), ("footer", "フッター"))


class Paragraph(Struct, frozen=True):
    """A paragraph's text, where it is, and the texts that share its table row and cell (empty outside tables);
    ``place`` is that of its diagnostics.
    """

    text: str
    where: str
    row: tuple[str, ...]
    cell: tuple[str, ...]
    place: Place

    def __str__(self) -> str:
        """Name the place and quote the text, shortened."""
        quoted = self.text if len(self.text) <= _LONG else f"{self.text[:_LONG]}…"
        return f"{self.where}「{quoted}」" if self.where else f"「{quoted}」"


@lru_cache(maxsize=16)  # read to be checked, and again for what it prints
def parts(template: Template) -> tuple[tuple[Paragraph, ...], ...]:
    """Return the paragraphs of the text, of each header and of each footer; each is filled by itself."""
    if not template.is_word:
        return (tuple(_lines(template)),)
    package = Package(template.data, template.file)
    names = ((name, title) for kind, title in _PARTS for name in _names(package, kind))
    return tuple(tuple(_paragraphs(package.xml(name), title, template.place)) for name, title in names)


def _names(package: Package, kind: str) -> Iterator[str]:
    if kind == "document":
        yield package.document
        return
    for relationship in package.relationships(package.document).values():
        if relationship.kind == kind:
            yield relationship.target


def _lines(template: Template) -> Iterator[Paragraph]:
    for number, line in enumerate(template.data.decode().splitlines(), 1):
        yield Paragraph(line.strip(), "", (), (), Place(template.file, number))


def _paragraphs(root: etree._Element, title: str, place: Place) -> Iterator[Paragraph]:
    tables = {table: number for number, table in enumerate(root.iter(f"{W}tbl"), 1)}
    texts: dict[etree._Element | None, tuple[str, ...]] = {None: ()}
    texts |= {holder: _texts(holder) for holder in root.iter(f"{W}tr", f"{W}tc")}
    for element in root.iter(f"{W}p"):
        row = next(element.iterancestors(f"{W}tr"), None)
        cell = next(element.iterancestors(f"{W}tc"), None)
        where = title if row is None else _position(row, tables, title)
        yield Paragraph(_text(element), where, texts[row], texts[cell], place)


def _texts(holder: etree._Element) -> tuple[str, ...]:
    return tuple(_text(paragraph) for paragraph in holder.iter(f"{W}p"))


def _position(row: etree._Element, tables: dict[etree._Element, int], title: str) -> str:
    table = next(row.iterancestors(f"{W}tbl"))
    return f"{title}表{tables[table]}の{table.findall(f'{W}tr').index(row) + 1}行目"


def _text(paragraph: etree._Element) -> str:
    return "".join(_character(e) for e in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br") if _is_own(e, paragraph))


def _character(element: etree._Element) -> str:
    return (element.text or "") if element.tag == f"{W}t" else " "


def _is_own(element: etree._Element, paragraph: etree._Element) -> bool:
    """Return whether a run's child belongs to this paragraph; tab stops (w:pPr/w:tabs/w:tab) are no characters."""
    parent = element.getparent()
    return parent is not None and parent.tag == f"{W}r" and next(element.iterancestors(f"{W}p")) is paragraph
