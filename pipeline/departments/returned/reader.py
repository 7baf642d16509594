"""The one reader for sheets as sent and as returned: bytes -> ``Reading``, or ``Refused`` with the reason."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from lxml import etree

from pipeline.departments.returned.appearance import appearance
from pipeline.departments.returned.body import BodyReader
from pipeline.departments.returned.comments import comments
from pipeline.departments.returned.furniture import lines
from pipeline.departments.returned.guards import (
    MEDIA,
    Refused,
    check_covered,
    check_kind,
    check_package,
    check_size,
    sources,
)
from pipeline.departments.returned.numbering import numbering
from pipeline.departments.returned.tree import Reading
from pipeline.documents.docx.alternatives import is_shown
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.docx.markup import WP, R, W, child_value
from pipeline.documents.docx.package import Package
from pipeline.storage.outputs import sha256

_NOTES = ("footnotes", "endnotes")
_SHAPES = tuple(f"{{urn:schemas-microsoft-com:vml}}{name}" for name in ("shape", "rect", "oval", "group", "line"))
"""What transitional and strict documents call the relationship to custom properties."""


def read(data: bytes, name: str) -> Reading:
    """Read a docx; raises ``Refused``."""
    check_kind(data)
    try:
        return _read(Package(data, name), data)
    except DocxError as fault:
        raise Refused(fault.message) from fault
    except RecursionError as fault:
        raise Refused("文書の入れ子が深すぎるため、安全のため読みません。") from fault


def _read(package: Package, data: bytes) -> Reading:
    check_package(package)
    root = package.xml(package.document)
    body = root.find(f"{W}body")
    if body is None:
        raise Refused("Word文書の本文が見つかりません。")
    around = {part: package.xml(part) for part in _furniture(package, root)}
    remarks = package.related(package.document, "comments")
    check_size([root, *around.values(), *([package.xml(remarks)] if remarks else ())], body)
    reader = BodyReader(_pictures(package), numbering(package), appearance(package))
    blocks = tuple(reader.blocks(body))
    check_covered(reader.covered)
    if unread := reader.unread(root):
        raise Refused(f"読み取れない所に文字があります（「{unread[0][:20]}」など{len(unread)}か所）。")
    return Reading(
        name=package.name,
        sha256=sha256(data),
        blocks=blocks,
        boxes=tuple(reader.boxes),
        bookmarks=frozenset(mark.get(f"{W}name", "") for mark in root.iter(f"{W}bookmarkStart")),
        comments=comments(package),
        furniture={part: lines(element) for part, element in around.items()},
        properties=package.custom_properties,
        media={part: sha256(package.part(part)) for part in set(_targets(package, sources(package), MEDIA))},
        links=_links(package),
        unknown=tuple(dict.fromkeys(reader.unknown)),
        described=tuple(text for element in (root, *around.values()) for text in _described(element)),
        saved=package.core_properties.get("modified", ""),
    )


def _described(root: etree._Element) -> Iterator[str]:
    """Yield the alternative texts of graphics, and those of tables that have any: LibreOffice drops these (17.4.59)."""
    for element in filter(is_shown, root.iter(f"{WP}docPr", *_SHAPES)):
        yield _lines(element.get(name) for name in ("title", "descr", "alt"))
    for table in root.iter(f"{W}tblPr"):
        if text := _lines(child_value(table, name) for name in ("tblCaption", "tblDescription")):
            yield text


def _lines(texts: Iterable[str | None]) -> str:
    return "\n".join(text.strip() for text in texts if text and text.strip())


def _furniture(package: Package, root: etree._Element) -> Iterator[str]:
    """Yield the parts of the headers and footers that sections refer to (17.10), and of the notes."""
    links = package.relationships(package.document)
    for reference in root.iter(f"{W}headerReference", f"{W}footerReference"):
        link = links.get(reference.get(f"{R}id", ""))
        if link is not None and link.target in package:
            yield link.target
    yield from _targets(package, (package.document,), _NOTES)


def _targets(package: Package, parts: Iterable[str], kinds: Container[str]) -> Iterator[str]:
    """Return the parts that others name by kinds of relationships."""
    links = (link for part in parts for link in package.relationships(part).values())
    return (link.target for link in links if link.kind in kinds and not link.external and link.target in package)


def _pictures(package: Package) -> dict[str, str]:
    """Return short hashes of what the text shows as pictures, by the ids of the relationships."""
    links = package.relationships(package.document).items()
    shown = {name: link.target for name, link in links if link.kind == "image" and not link.external}
    known = {target: sha256(package.part(target))[:8] for target in set(shown.values()) if target in package}
    return {name: known[target] for name, target in shown.items() if target in known}


def _links(package: Package) -> tuple[str, ...]:
    """Return the addresses of what Word would fetch when it opens the file; links that wait for a click are none."""
    found = (link for part in sources(package) for link in package.relationships(part).values())
    return tuple(sorted({link.target for link in found if link.external and link.kind != "hyperlink"}))
