"""Templates made by hand."""

from __future__ import annotations

import io

import docx
from docx.oxml.parser import parse_xml

from pipeline.documents.template import Template

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:p><w:r><w:t xml:space="preserve">{escaped}</w:t></w:r></w:p>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


def template(*body: str) -> Template:
    """Make a template whose text has the given elements."""
    document = docx.Document()
    for element in reversed(parse_xml(f"<w:body {_W}>{''.join(body)}</w:body>")):
        document.element.body.insert(0, element)
    data = io.BytesIO()
    document.save(data)
    return Template("templates/test.docx", data.getvalue())
