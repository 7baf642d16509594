"""Filling a template with docxtpl, without letting a typed text become a command."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.environment import Template as Compiled
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from pipeline.documents.docx.parts import unpacked
from pipeline.documents.marked import Marked, Paragraphs
from pipeline.documents.template import columns
from pipeline.documents.template.files import Template
from pipeline.documents.template.recipes import lift
from pipeline.documents.template.rich import GUARD, guarded

_OPEN_CELL = re.compile(rb"(<w:tc>|</w:tcPr>|<w:tcPr/>|</w:tbl>)\s*</w:tc>")
Parts: TypeAlias = dict[str, bytes]
"""The parts of a docx by their names (word/document.xml)."""


class Environment(SandboxedEnvironment):
    """Jinja for templates: texts come out as typed, an unknown name is a fault, and a template compiles only once."""

    def __init__(self) -> None:
        """Switch escaping on; ``check`` has found every unknown name before."""
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_finalize)
        self._compiled: dict[str, Compiled] = {}
        self.prepared: dict[str, str] = {}

    def from_string(self, source: Any, *_: Any, **__: Any) -> Compiled:  # noqa: ANN401 - Jinja's own signature
        """Compile a template once."""
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source)
        return self._compiled[source]


class _Document(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template that is prepared for Jinja only once, however often it is filled."""

    def patch_xml(self, src_xml: str) -> str:
        prepared = environment().prepared
        if src_xml not in prepared:
            prepared[src_xml] = super().patch_xml(columns.marked(src_xml))
        return prepared[src_xml]

    def fix_tables(self, xml: str) -> etree._Element:
        """Give repeated columns their place in the grid; docxtpl would only count the cells of a row."""
        root: etree._Element
        if columns.MARK not in xml:
            root = super().fix_tables(xml)
            return root
        root = etree.fromstring(xml.encode(), etree.XMLParser(recover=True))
        columns.spread(root)
        return root

    def render_properties(self, context: Mapping[str, object], jinja_env: Environment | None = None) -> None:
        """Leave the template's own properties alone: ``pack`` writes others in their place."""


def render(template: Template, context: Mapping[str, object]) -> Parts:
    """Fill a checked template and give its parts; pictures are only referred to until ``pack`` adds them."""
    document = _Document(io.BytesIO(template.data))
    document.render(dict(context), environment())
    return unpacked(template.data, template.file) | {
        name: lift(_closed(data.replace(GUARD.encode(), b"_"))) for name, data in _filled(document.docx.part)
    }


def _filled(document: Part) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that docxtpl fills; the others stay byte for byte as the template has them."""
    yield _name(document), document.blob
    for relationship in document.rels.values():
        if relationship.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            yield _name(relationship.target_part), relationship.target_part.blob


def _closed(data: bytes) -> bytes:
    """End every cell in a paragraph (ISO/IEC 29500-1, 17.4.65), where nothing came of the commands in it."""
    return _OPEN_CELL.sub(rb"\1<w:p/></w:tc>", data)


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")


@cache
def environment() -> Environment:
    """Return the one environment of this process."""
    return Environment()


def _finalize(value: object) -> object:
    if isinstance(value, Marked | Paragraphs):
        return guarded(value.printed)
    return guarded(value) if isinstance(value, str) and not isinstance(value, Markup) else value
