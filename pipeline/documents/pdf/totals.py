"""NUMPAGES in the text of a document (17.16.5.42): how many pages that takes may depend on what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from msgspec.structs import replace

from pipeline.documents.docx.errors import Unsupported
from pipeline.documents.docx.paragraphs import paragraphs
from pipeline.documents.docx.tree import (
    Cell,
    Document,
    Group,
    Member,
    Note,
    PageField,
    Paragraph,
    Row,
    Section,
    Shape,
    Table,
    Text,
)
from pipeline.documents.pdf.layout import fill_pages
from pipeline.documents.pdf.shaping import PageNumbers

_MOST = 4
"""How often a document is laid out to know its pages: two numbers by turns never come to an end."""
_HELD: Mapping[type, str] = {
    Document: "sections", Section: "blocks", Table: "rows", Row: "cells", Cell: "blocks", Paragraph: "content",
    Shape: "blocks", Group: "members", Member: "item", Note: "blocks",
}  # fmt: skip
"""What text stands in, by the kind of what holds it."""


def with_total(document: Document) -> Document:
    """Return a document whose text says how many pages it has; raises Unsupported where it cannot be laid out."""
    blocks = (block for section in document.sections for block in section.blocks)
    fields = (held for one in paragraphs(blocks) for held in one.content if isinstance(held, PageField))
    if not any(field.kind == "pages" for field in fields):
        return document
    total = 1
    for _ in range(_MOST):
        made = saying(document, total)
        count = sum(1 for _ in fill_pages(made))
        if count == total:
            return made
        total = count
    raise Unsupported("ページ数によって変わるページ数", "", document.name)


def saying(document: Document, total: int) -> Document:
    """Return a document whose text says that it has so many pages."""
    return cast("Document", _said(document, PageNumbers(pages=total)))


def _said(node: object, numbers: PageNumbers) -> object:
    if isinstance(node, tuple):
        return tuple(_said(one, numbers) for one in node)
    if isinstance(node, PageField) and node.kind == "pages":
        return Text(numbers.text(node), node.format, node.link)
    held, whole = _HELD.get(type(node)), cast("Any", node)
    return node if held is None else replace(whole, **{held: _said(getattr(whole, held), numbers)})
