"""What stands beside the cells: comments of both sorts, links, texts of shapes, headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.documents.docx.markup import A, R, S, V
from pipeline.documents.docx.package import Package
from pipeline.documents.xlsx.tree import PLACE, Comment, column_of
from pipeline.documents.xlsx.values import rich_text, unescaped

_TC = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_ON = ("1", "true")
_DRAWN = ("chart", "chartEx", "diagramData")
"""What a drawing shows of other parts."""
_DRESS = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+ ?|&[LCRBIUSEXY]')
"""Fonts, sizes and sides within a header's text (18.3.1.46); programs write them in ways of their own."""

_FILLED_IN = re.compile("&[PNDTFAZG]|Page|ページ")


def comments(package: Package, sheet: str) -> tuple[Comment, ...]:
    """Return the comments of a sheet; where a thread stands on a cell, its old form only repeats it ([MS-XLSX] 2.6)."""
    threaded = tuple(_threaded(package, sheet))
    taken = {(one.row, one.column) for one in threaded}
    return (*threaded, *(one for one in _old(package, sheet) if (one.row, one.column) not in taken))


def _old(package: Package, sheet: str) -> Iterator[Comment]:
    part = package.related(sheet, "comments")
    if part is None:
        return
    root = package.xml(part)
    authors = [author.text or "" for author in root.iterfind(f"{S}authors/{S}author")]
    for element in root.iterfind(f"{S}commentList/{S}comment"):
        text, author = element.find(f"{S}text"), int(element.get("authorId", "0"))
        if text is not None:
            row, column = place(element.get("ref", ""))
            name = authors[author] if author < len(authors) else ""
            yield Comment(row, column, name, "", rich_text(text).removeprefix(f"{name}:\n").strip())


def _threaded(package: Package, sheet: str) -> Iterator[Comment]:
    part = package.related(sheet, "threadedComment")
    if part is None:
        return
    people = _people(package)
    for element in package.xml(part).iter(f"{_TC}threadedComment"):
        text = element.find(f"{_TC}text")
        row, column = place(element.get("ref", ""))
        said = "" if text is None else unescaped(text.text or "")
        author = people.get(element.get("personId", ""), "")
        yield Comment(row, column, author, element.get("dT", "")[:19], said, element.get("done") in _ON)


def _people(package: Package) -> dict[str, str]:
    part = package.related(package.document, "person")
    if part is None:
        return {}
    return {one.get("id", ""): one.get("displayName", "") for one in package.xml(part).iter(f"{_TC}person")}


def place(reference: str) -> tuple[int, int]:
    """Return row and column, from 0, of a cell that is called by letters and number (G12); raises ``ValueError``."""
    found = PLACE.fullmatch(reference)
    if found is None or not int(found[2]):
        raise ValueError(reference)
    return int(found[2]) - 1, column_of(found[1])


def texts(package: Package, sheet: str, root: etree._Element) -> tuple[str, ...]:
    """Return the texts of headers, footers and shapes."""
    around = [_bare(e.text or "") for e in root.iterfind(f"{S}headerFooter/*")]
    return tuple(text for text in (*around, *_drawn(package, sheet)) if text.strip())


def _drawn(package: Package, sheet: str) -> Iterator[str]:
    """Yield the texts of shapes, also in charts and diagrams, and of boxes of the old sort that are no comments."""
    drawing, old = (package.related(sheet, kind) for kind in ("drawing", "vmlDrawing"))
    links = package.relationships(drawing).values() if drawing else ()
    shown = [link.target for link in links if link.kind in _DRAWN and link.target in package]
    for body in (body for part in (drawing, *shown) if part for body in package.xml(part).iter(f"{A}p")):
        yield "".join(t.text or "" for t in body.iter(f"{A}t"))
    for box in package.xml(old).iter(f"{V}textbox") if old else ():
        yield "".join(map(str, box.itertext())).strip()


def links(package: Package, sheet: str, root: etree._Element) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the cells that lead elsewhere, with the addresses (18.3.1.47)."""
    known = package.relationships(sheet)
    for element in root.iterfind(f"{S}hyperlinks/{S}hyperlink"):
        link = known.get(element.get(f"{R}id", ""))
        yield place(element.get("ref", "").partition(":")[0]), link.target if link else element.get("location", "")


def _bare(text: str) -> str:
    """Return a header's words in one form: programs write its fonts and sides in ways of their own (18.3.1.46).

    What Excel fills in alone (page, sheet, file, day) says nothing.
    """
    words = unescaped(_DRESS.sub("", text)).strip()
    return words if _FILLED_IN.sub("", words).strip(" /") else ""
