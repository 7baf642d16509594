"""A template as docxtpl fills it, prepared for Jinja only once."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docxtpl import DocxTemplate
from lxml import etree

from pipeline.documents.template import columns
from pipeline.documents.template.files import Template
from pipeline.documents.template.render import Environment, environment

_SIGNS = re.compile("[\t\n\a\f]")
"""What docxtpl makes tabs, line ends, paragraphs and pages of."""

_TAGS = r"((?:<[^<>]*>)*)"
_IN_BRACKETS = re.compile(rf"([（(]){_TAGS}\{{\{{\s*([\w.]*\.単位)\s*\}}\}}{_TAGS}([）)])")


class _Document(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template, however often it is filled."""

    def patch_xml(self, src_xml: str) -> str:
        prepared = environment().prepared
        if src_xml not in prepared:
            prepared[src_xml] = _only_with_unit(super().patch_xml(columns.marked(src_xml)))
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

    def resolve_listing(self, xml: str) -> str:
        """Make elements of the signs in texts that stand for them; docxtpl would go through all runs for none."""
        resolved: str = super().resolve_listing(xml) if _SIGNS.search(xml) else xml
        return resolved

    def render_properties(self, context: Mapping[str, object], jinja_env: Environment | None = None) -> None:
        """Leave the template's own properties alone: ``pack`` writes others in their place."""


def _only_with_unit(source: str) -> str:
    """Let brackets around a unit go where there is none; a program may have put them into runs of their own."""
    return _IN_BRACKETS.sub(r"{% if \3 %}\1{% endif %}\2{{ \3 }}\4{% if \3 %}\5{% endif %}", source)


def filled(template: Template, context: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that docxtpl fills; the others stay byte for byte as the template has them."""
    document = _Document(io.BytesIO(template.data))
    document.render(dict(context), environment())
    main = document.docx.part
    yield _name(main), main.blob
    for relationship in main.rels.values():
        if relationship.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            yield _name(relationship.target_part), relationship.target_part.blob


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")
