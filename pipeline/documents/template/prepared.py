"""A template as docxtpl fills it: made ready for Jinja and read by it only once."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from lxml import etree
from markupsafe import Markup, escape
from msgspec import Struct

from pipeline.documents.docx.markup import W
from pipeline.documents.marked import Marked, Paragraphs
from pipeline.documents.memory import Memory, once
from pipeline.documents.template import columns
from pipeline.documents.template.files import Template
from pipeline.documents.template.rich import guarded
from pipeline.documents.template.statements import Piece, Statements, jinja, pieces, statements

_SIGNS = re.compile("[\t\n\a\f]")
"""What docxtpl makes tabs, line ends, paragraphs and pages of."""

_TAGS = r"((?:<[^<>]*>)*)"
_IN_BRACKETS = re.compile(rf"([（(]){_TAGS}\{{\{{\s*([\w.]*\.単位)\s*\}}\}}{_TAGS}([）)])")


class _Prepared(Struct, frozen=True):
    """A part that is filled: its name, what its text says, and the document that the text is the body of, if any."""

    name: str
    text: Statements
    around: bytes


class _Read(Struct, frozen=True):
    """Stands for Jinja, and for what Jinja makes of a part: it was read before."""

    text: Statements

    def from_string(self, _source: str) -> _Read:
        """Return what was read."""
        return self

    def render(self, context: Mapping[str, object]) -> str:
        """Return the part as XML: texts come out as typed."""
        return "".join(map(_written, pieces(self.text, context)))


class _Document(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template, however often it is filled."""

    def fill(self, part: _Prepared, context: Mapping[str, object]) -> bytes:
        """Return a part filled."""
        xml = self.render_xml_part("", None, context, _Read(part.text))
        if not part.around:
            return serialize_part_xml(parse_xml(xml))
        body = self.fix_tables(xml)
        self.docx_ids_index = 1000
        self.fix_docpr_ids(body)
        root = parse_xml(part.around)
        for empty in root.findall(f"{W}body"):
            root.replace(empty, body)
        return serialize_part_xml(root)

    def fix_tables(self, xml: str) -> etree._Element:
        """Give repeated columns their place in the grid; docxtpl would only count the cells of a row."""
        root: etree._Element
        if columns.MARK not in xml:
            root = super().fix_tables(xml)
            return root
        root = etree.fromstring(xml.encode(), etree.XMLParser(recover=True))
        columns.spread(root)
        return root

    def resolve_listing(self, xml: str) -> str:
        """Make elements of the signs in texts that stand for them; docxtpl would go through all runs for none."""
        resolved: str = super().resolve_listing(xml) if _SIGNS.search(xml) else xml
        return resolved


def filled(template: Template, context: Mapping[str, object], memory: Memory) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that docxtpl fills; the others stay byte for byte as the template has them."""
    document = _Document(None)
    for part in _prepared(template, memory):
        yield part.name, document.fill(part, context)


@lru_cache(maxsize=16)
def _prepared(template: Template, memory: Memory) -> tuple[_Prepared, ...]:
    return once(memory, ("下ごしらえ", template), lambda: tuple(_made_ready(template)))


def _made_ready(template: Template) -> Iterator[_Prepared]:
    """Yield the text, the headers and the footers of a template, read."""
    document = DocxTemplate(io.BytesIO(template.data))
    document.init_docx()
    main = document.docx.part
    text, body = document.get_xml(), main.element.body
    body.getparent().replace(body, etree.Element(body.tag))
    yield _Prepared(_name(main), _read(document, text), main.blob)
    for relationship in main.rels.values():
        if relationship.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            part = relationship.target_part
            yield _Prepared(_name(part), _read(document, document.get_part_xml(part)), b"")


def _read(document: DocxTemplate, xml: str) -> Statements:
    return statements(jinja().parse(_only_with_unit(document.patch_xml(columns.marked(xml)))).body)


def _only_with_unit(source: str) -> str:
    """Let brackets around a unit go where there is none; a program may have put them into runs of their own."""
    return _IN_BRACKETS.sub(r"{% if \3 %}\1{% endif %}\2{{ \3 }}\4{% if \3 %}\5{% endif %}", source)


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")


def _written(piece: Piece) -> str:
    """Return what is printed as XML: a typed text becomes no element and no command."""
    if isinstance(piece, str):
        return piece
    value = piece.value.printed if isinstance(piece.value, Marked | Paragraphs) else piece.value
    return escape(guarded(value) if isinstance(value, str) and not isinstance(value, Markup) else value)
