"""Filling a template with docxtpl, without letting a typed text become a command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from pipeline.documents.docx.parts import unpacked
from pipeline.documents.memory import FORGETFUL, Memory
from pipeline.documents.template.files import Template
from pipeline.documents.template.recipes import lift
from pipeline.documents.template.rich import GUARD

_OPEN_CELL = re.compile(rb"(<w:tc>|</w:tcPr>|<w:tcPr/>|</w:tbl>)\s*</w:tc>")
Parts: TypeAlias = dict[str, bytes]
"""The parts of a docx by their names (word/document.xml)."""


def render(template: Template, context: Mapping[str, object], memory: Memory = FORGETFUL) -> Parts:
    """Fill a checked template and give its parts; pictures are only referred to until ``pack`` adds them.

    ``memory`` has what was read of the template before.
    """
    from pipeline.documents.template.prepared import filled  # noqa: PLC0415 - docxtpl, which a check does without

    return dict(_parts(template.data, template.file)) | {
        name: lift(_closed(data.replace(GUARD.encode(), b"_"))) for name, data in filled(template, context, memory)
    }


@lru_cache(maxsize=16)  # the parts that stay as they are, of a template for all that it is filled with
def _parts(data: bytes, file: str) -> Mapping[str, bytes]:
    return unpacked(data, file)


def _closed(data: bytes) -> bytes:
    """End every cell in a paragraph (ISO/IEC 29500-1, 17.4.65), where nothing came of the commands in it."""
    return _OPEN_CELL.sub(rb"\1<w:p/></w:tc>", data)
