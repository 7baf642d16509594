"""What marked texts leave on the table cells in which they are printed.

``lift`` takes their signs out of a filled document and writes on every cell, or paragraph outside tables, the recipe of
what is printed there: fixed words and places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree
from msgspec import Struct, field

from pipeline.documents.docx.markup import XML_SPACE, W, serialize
from pipeline.documents.marked import CLOSE, OPEN, TEXT

RECIPE = "{urn:sougou-senryaku-hyouka:marked}recipe"
"""The attribute of a cell or paragraph that holds its recipe, as JSON."""
_SIGNS = re.compile(f"{OPEN}([^{TEXT}]*){TEXT}|{CLOSE}")

Recipe: TypeAlias = list[str | dict[str, str]]
"""Fixed words, and ``{"path", "shown"}`` for every marked text, in the order of the cell."""


class _Scan(Struct):
    """What has been read of a cell, and the place whose text is being read."""

    recipe: Recipe = field(default_factory=list)
    path: str | None = None

    def add(self, text: str) -> None:
        """Take up text: of the open place, or else fixed."""
        last = self.recipe[-1] if self.recipe else None
        if self.path is not None and isinstance(last, dict):
            last["shown"] += text
        elif isinstance(last, str):
            self.recipe[-1] = last + text
        else:
            self.recipe.append(text)

    def open(self, path: str) -> None:
        """Begin a place; a second paragraph of the same place goes on with it."""
        self.path = path
        if len(self.recipe) > 1 and self.recipe[-1] == "\n":
            before = self.recipe[-2]
            if isinstance(before, dict) and before["path"] == path:
                before["shown"] += "\n"
                self.recipe.pop()
                return
        self.recipe.append({"path": path, "shown": ""})


def lift(data: bytes) -> bytes:
    """Take the marks out of a part of a docx; the main part keeps the recipes. The same bytes where there are no
    marks.
    """
    if OPEN.encode() not in data:
        return data
    root = etree.fromstring(data)
    for holder in _holders(root):
        scan = _scanned(holder)
        if root.tag == f"{W}document" and any(isinstance(piece, dict) for piece in scan.recipe):
            holder.set(RECIPE, json.dumps(scan.recipe, ensure_ascii=False))
    return serialize(root)


def _holders(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells, and the paragraphs outside of tables."""
    yield from root.iter(f"{W}tc")
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(f"{W}tc"), None) is None:
            yield paragraph


def _scanned(holder: etree._Element) -> _Scan:
    scan = _Scan()
    paragraphs = holder.findall(f"{W}p") if holder.tag == f"{W}tc" else [holder]
    for number, paragraph in enumerate(paragraphs):
        if number:
            scan.add("\n")
        for element in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
            if element.tag == f"{W}t":
                element.text = _cleared(element.text or "", scan)
                element.set(XML_SPACE, "preserve")
            elif (parent := element.getparent()) is not None and parent.tag == f"{W}r":
                scan.add("\n" if element.tag == f"{W}br" else "\t")
    return scan


def _cleared(text: str, scan: _Scan) -> str:
    """Take the marks out of a text, and note what they hold."""
    kept, position = [], 0
    for sign in _SIGNS.finditer(text):
        kept.append(text[position : sign.start()])
        if kept[-1]:
            scan.add(kept[-1])
        if sign[1] is None:
            scan.path = None
        else:
            scan.open(sign[1])
        position = sign.end()
    kept.append(text[position:])
    if kept[-1]:
        scan.add(kept[-1])
    return "".join(kept)
