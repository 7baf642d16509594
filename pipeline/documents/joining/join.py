"""Putting documents one behind the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count

from lxml import etree
from msgspec import Struct

from pipeline.documents.docx.markup import VAL, W14, WP, R, W, is_on, parse, remove, serialize
from pipeline.documents.docx.parts import DOCUMENT, STYLES, packed, unpacked
from pipeline.documents.docx.properties import properties
from pipeline.documents.joining import contents
from pipeline.documents.joining.looks import Looks, Names
from pipeline.documents.joining.related import Related, Source, declared

_NUMBERING, _SETTINGS = "word/numbering.xml", "word/settings.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SINGLE = frozenset({"styles", "numbering", "settings", "fontTable", "theme", "webSettings", "customXml"})
"""What a document has one of: the first one's, or what is made of all."""
_KINDS = ("header", "footer")
_SIDES = ("default", "first", "even")


class Piece(Struct, frozen=True):
    """A document to be joined: ``anchor`` is the bookmark of its beginning (empty: none), ``empty`` is what an empty
    page before it says (empty: there is no such page), ``lists`` says that it is the contents.
    """

    name: str
    docx: bytes
    anchor: str = ""
    empty: str = ""
    lists: bool = False


def join(pieces: Sequence[Piece]) -> bytes:
    """Return one docx; its properties and typefaces are those of the first, its settings those of the first that tells
    even pages from odd ones, where one does.
    """
    sources = [Source(piece.name, unpacked(piece.docx, piece.name)) for piece in pieces]
    first = sources[0]
    looks = Looks.begun(_part(first, STYLES), _part(first, _NUMBERING))
    related, bodies = Related(), []
    for piece, source in zip(pieces, sources, strict=True):
        body = _body(source, looks.add(_part(source, STYLES), _part(source, _NUMBERING)), related)
        bodies.append((piece, body if _has_sides(source) else [*map(_with_sides, body)]))
    document = _part(first, DOCUMENT)
    _filled(document, bodies, related)
    related.relate(f"{_OFFICE}/numbering", "numbering.xml")
    kept = {n: d for n, d in first.parts.items() if not n.startswith(("word/header", "word/footer", "word/media/"))}
    made = {
        **kept,
        **related.parts,
        DOCUMENT: serialize(document),
        STYLES: serialize(looks.styles),
        _NUMBERING: serialize(looks.lists),
        **{n: d for n, d in next(filter(_has_sides, sources), first).parts.items() if n == _SETTINGS},
        _RELATIONS: _relations(first, related),
        "[Content_Types].xml": declared(first, related),
    }
    return packed({name: made[name] for name in (*kept, *sorted(made.keys() - kept.keys()))})


def _part(source: Source, name: str) -> etree._Element:
    if name not in source.parts:  # a document without lists
        return etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})
    return parse(source.parts[name], source.name, name)


def _body(source: Source, names: Names, related: Related) -> list[etree._Element]:
    """Return what stands in a document's text, with the names and ids of the whole; last its section's properties."""
    root = _part(source, DOCUMENT)
    names.rewrite(root)
    found = {e.get("Id", ""): e for e in source.relationships(DOCUMENT)}
    ids = {
        name: related.add(source, relation, DOCUMENT, names.rewrite)
        for name, relation in found.items()
        if relation.get("Type", "").rpartition("/")[2] not in _SINGLE
    }
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(R) and value in ids:
                element.set(name, ids[str(value)])
    body = root.find(f"{W}body")
    return list(body) if body is not None else []


def _has_sides(source: Source) -> bool:
    """Return whether a document's even pages have headers and footers of their own (17.10.1)."""
    if _SETTINGS not in source.parts:
        return False
    return is_on(parse(source.parts[_SETTINGS], source.name, _SETTINGS).find(f"{W}evenAndOddHeaders"))


def _with_sides(element: etree._Element) -> etree._Element:
    """Let even pages of the sections in an element have what all pages have, in a whole that may tell them apart."""
    for section in element.iter(f"{W}sectPr"):
        for kind in _KINDS:
            sides = {e.get(f"{W}type", ""): e for e in section.findall(f"{W}{kind}Reference")}
            if "even" in sides:
                section.remove(sides["even"])
            if "default" in sides:
                section.insert(0, deepcopy(sides["default"]))
                section[0].set(f"{W}type", "even")
    return element


def _filled(document: etree._Element, bodies: Sequence[tuple[Piece, list[etree._Element]]], related: Related) -> None:
    """Put the texts one behind the other, each ending with its section."""
    body = document.find(f"{W}body")
    assert body is not None
    body[:] = []
    said: set[tuple[str, str]] = set()
    for number, (piece, elements) in enumerate(bodies):
        sections = [s for element in elements for s in element.iter(f"{W}sectPr")]
        _begun_anew(sections[0], number)
        for section in sections:
            _own_margins(section, said, related)
        if piece.empty:
            body.append(_saying(piece.empty, _ended(deepcopy(sections[0]))))
        if piece.lists:
            contents.marked(elements)
        _anchored(elements, piece.anchor)
        *texts, last = elements
        body.extend(texts)
        if number + 1 < len(bodies):
            _end(body, last)
        else:
            body.append(last)
    _numbered(document)


def _begun_anew(section: etree._Element, number: int) -> None:
    """Let a document begin on a page of its own, as it does by itself."""
    kind = section.find(f"{W}type")
    if number and kind is not None:
        remove(kind)


def _own_margins(section: etree._Element, said: set[tuple[str, str]], related: Related) -> None:
    """Give a section without headers of its own empty ones, where it would have those of a section before it."""
    own = {(k, e.get(f"{W}type", "")) for k in _KINDS for e in section.findall(f"{W}{k}Reference")}
    for kind, side in sorted(said - own):
        reference = etree.Element(f"{W}{kind}Reference")
        reference.set(f"{W}type", side)
        reference.set(f"{R}id", _empty(kind, related))
        section.insert(0, reference)
    said |= own


def _empty(kind: str, related: Related) -> str:
    root = etree.Element(f"{W}{'hdr' if kind == 'header' else 'ftr'}", nsmap={"w": W[1:-1]})
    etree.SubElement(root, f"{W}p")
    name = related.put(f"word/{kind}0.xml", f"{_WML}.{kind}+xml", serialize(root))
    return related.relate(f"{_OFFICE}/{kind}", name.removeprefix("word/"))


def _ended(section: etree._Element) -> etree._Element:
    """Return a paragraph that ends a section."""
    paragraph = etree.Element(f"{W}p")
    etree.SubElement(paragraph, f"{W}pPr").append(section)
    return paragraph


def _saying(words: str, paragraph: etree._Element) -> etree._Element:
    """Return a paragraph with words."""
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}t").text = words
    return paragraph


def _end(body: etree._Element, section: etree._Element) -> None:
    """End a section with the last paragraph, as its properties stand there (17.6.18)."""
    last = body[-1] if len(body) else None
    if last is None or last.tag != f"{W}p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        body.append(_ended(section))
        return
    own = properties(last, "pPr")
    change = own.find(f"{W}pPrChange")
    own.insert(len(own) if change is None else own.index(change), section)


def _anchored(elements: Sequence[etree._Element], anchor: str) -> None:
    """Mark where a document begins, if nothing in it has that mark."""
    marks = (e.get(f"{W}name") for element in elements for e in element.iter(f"{W}bookmarkStart"))
    paragraph = next((p for element in elements for p in element.iter(f"{W}p")), None)
    if not anchor or anchor in marks or paragraph is None:
        return
    start, end = (etree.Element(f"{W}bookmark{side}") for side in ("Start", "End"))
    for element in (start, end):
        element.set(f"{W}id", "0")
    start.set(f"{W}name", anchor)
    place = 1 if paragraph.find(f"{W}pPr") is not None else 0
    paragraph[place:place] = [start, end]


def _numbered(document: etree._Element) -> None:
    """Give bookmarks, drawings and controls numbers of their own; drop what Word counts paragraphs by."""
    ids = count(1)
    open_marks: dict[str, str] = {}
    for element in document.iter():
        if element.tag == f"{W}bookmarkStart":
            open_marks[element.get(f"{W}id", "")] = str(next(ids))
            element.set(f"{W}id", open_marks[element.get(f"{W}id", "")])
        elif element.tag == f"{W}bookmarkEnd":
            element.set(f"{W}id", open_marks.get(element.get(f"{W}id", ""), "0"))
    for number, drawing in enumerate(document.iter(f"{WP}docPr"), 1):
        drawing.set("id", str(number))
    for number, control in enumerate(document.iter(f"{W}sdtPr"), 1):
        for named in control.findall(f"{W}id"):
            named.set(VAL, str(number))
    for paragraph in document.iter(f"{W}p", f"{W}tr"):
        for name in (f"{W14}paraId", f"{W14}textId"):
            paragraph.attrib.pop(name, "")


def _relations(first: Source, related: Related) -> bytes:
    """Return the relationships of the whole's text."""
    root = etree.fromstring(f'<Relationships xmlns="{_PACKAGE}"/>')
    for (kind, target, mode), name in (*related.ids.items(), *_of_one(first)):
        relation = etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", Id=name, Type=kind, Target=target)
        if mode:
            relation.set("TargetMode", mode)
    return serialize(root)


def _of_one(first: Source) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Yield the relationships to what a document has one of, but for lists, which are made anew."""
    for number, relation in enumerate(first.relationships(DOCUMENT), 1):
        kind = relation.get("Type", "")
        if kind.rpartition("/")[2] in _SINGLE - {"numbering"}:
            yield (kind, relation.get("Target", ""), relation.get("TargetMode", "")), f"one{number}"
