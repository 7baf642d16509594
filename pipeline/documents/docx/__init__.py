"""Reading Word files.

In: the bytes of a docx (ISO/IEC 29500 Part 1, transitional). Out: ``tree.Document``, a plain frozen tree with every
property resolved through defaults, styles and direct formatting, lengths in points. Called by ``pdf`` and ``returned``.

One module reads one part of the format: ``package`` the zip, ``styles_xml``, ``numbering_xml``, ``settings_xml``,
``section_xml``, ``body_xml`` with ``paragraph_xml`` (``run_xml``), ``table_xml`` (``column_widths_xml``,
``table_regions_xml``) and ``drawing_xml``; ``typefaces`` and ``scripts`` tell what draws which character. What a
reader does not know it refuses with ``Unsupported``. ``common`` keeps what documents of one template share. ``walk``
goes through what wraps content, ``alternatives`` chooses in alternate content, ``fields`` knows which fields are open:
for this package, and for the reader of returned sheets. ``parts`` is the one writer: it zips parts and adds to them.
``markup`` holds what all of them, and others that edit a docx, need of XML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.documents.docx.errors import Damaged, DocxError, Unsupported

if TYPE_CHECKING:
    from pipeline.documents.docx.reader import dated, examine, read
    from pipeline.documents.docx.tree import Document

__all__ = ["Damaged", "Document", "DocxError", "Unsupported", "dated", "examine", "read"]


def __getattr__(name: str) -> object:
    """Load the reader with what is first asked of it: whoever asks for the errors alone need not wait for it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipeline.documents.docx import reader  # noqa: PLC0415

    return getattr(reader, name)
