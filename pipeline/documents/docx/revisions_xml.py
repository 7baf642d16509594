"""Tracked changes (17.13.5): taken as accepted, so that what was deleted goes, or shown as Word marks them."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import VAL, W, remove
from pipeline.documents.docx.walk import DELETED, INSERTED

_FORMER = tuple(
    f"{W}{part}Change"
    for part in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "numbering")
)  # fmt: skip
_OF_CELLS = (f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge")
_DELETED_TEXT = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}
_COLOUR = "C00000"
_MARK, _ROW = f"{W}rPr", f"{W}trPr"


def accept_changes(root: etree._Element) -> None:
    """Change a part so that it reads as if all changes in it had been accepted."""
    for element in list(root.iter(*_FORMER, f"{W}cellIns")):
        remove(element)
    for element in list(root.iter(*DELETED)):
        _delete(element)
    for element in list(root.iter(*INSERTED)):
        _keep(element)


def show_changes(root: etree._Element) -> bool:
    """Mark what was inserted and what was deleted, in a part, as Word shows both; return whether there was any."""
    for element in list(root.iter(*_FORMER, *_OF_CELLS)):
        remove(element)
    found = list(root.iter(*DELETED, *INSERTED))
    for element in found:
        line = "strike" if element.tag in DELETED else "u"
        for run in element.iter(f"{W}r"):
            _mark(run, line)
        for deleted in element.iter(*_DELETED_TEXT):
            deleted.tag = _DELETED_TEXT[deleted.tag]
        _keep(element)
    return bool(found)


def _mark(run: etree._Element, line: str) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    for name, value in ((line, "single" if line == "u" else "1"), ("color", _COLOUR)):
        own = properties.find(W + name)
        own = etree.SubElement(properties, W + name) if own is None else own
        own.set(VAL, value)


def _keep(element: etree._Element) -> None:
    """Put what an element holds in its place; that of a paragraph's mark or a row holds nothing."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _delete(element: etree._Element) -> None:
    holder = element.getparent()
    if holder is None:
        return
    remove(element)
    if holder.tag == _MARK:
        _join(next(holder.iterancestors(f"{W}p"), None))
    elif holder.tag == _ROW:
        _delete_row(holder.getparent())


def _join(paragraph: etree._Element | None) -> None:
    """Join a paragraph whose mark was deleted to the next one, whose properties hold for both."""
    following = None if paragraph is None else paragraph.getnext()
    if paragraph is None or following is None or following.tag != f"{W}p":
        return
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    properties = following.find(f"{W}pPr")
    at = 0 if properties is None else following.index(properties) + 1
    following[at:at] = content
    remove(paragraph)


def _delete_row(row: etree._Element | None) -> None:
    table = None if row is None else row.getparent()
    if row is None or table is None:
        return
    table.remove(row)
    if table.find(f".//{W}tr") is None:
        remove(table)
