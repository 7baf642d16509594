"""Tracked changes (17.13.5), taken as accepted: what was inserted stays, what was deleted goes."""

from __future__ import annotations

from lxml import etree

from pipeline.documents.docx.markup import W, remove
from pipeline.documents.docx.walk import DELETED, INSERTED

_FORMER = tuple(
    f"{W}{part}Change"
    for part in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "numbering")
)  # fmt: skip
_MARK, _ROW = f"{W}rPr", f"{W}trPr"


def accept_changes(root: etree._Element) -> None:
    """Change a part so that it reads as if all changes in it had been accepted."""
    for element in list(root.iter(*_FORMER, f"{W}cellIns")):
        remove(element)
    for element in list(root.iter(*DELETED)):
        _delete(element)
    for element in list(root.iter(*INSERTED)):
        _keep(element)


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
