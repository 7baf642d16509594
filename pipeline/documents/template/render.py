"""Filling a template with docxtpl, without letting a typed text become a command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, TypeAlias

from jinja2 import StrictUndefined
from jinja2.environment import Template as Compiled
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.documents.docx.parts import unpacked
from pipeline.documents.marked import Marked, Paragraphs
from pipeline.documents.template.files import Template
from pipeline.documents.template.recipes import lift
from pipeline.documents.template.rich import GUARD, guarded

_OPEN_CELL = re.compile(rb"(<w:tc>|</w:tcPr>|<w:tcPr/>|</w:tbl>)\s*</w:tc>")
Parts: TypeAlias = dict[str, bytes]
"""The parts of a docx by their names (word/document.xml)."""


class Environment(SandboxedEnvironment):
    """Jinja for templates: texts come out as typed, an unknown name is a fault, and a template compiles only once."""

    def __init__(self) -> None:
        """Switch escaping on; ``check`` has found every unknown name before, and left nothing to work out ahead."""
        super().__init__(autoescape=True, optimized=False, undefined=StrictUndefined, finalize=_finalize)
        self._compiled: dict[str, Compiled] = {}
        self.prepared: dict[str, str] = {}

    def from_string(self, source: Any, *_: Any, **__: Any) -> Compiled:  # noqa: ANN401 - Jinja's own signature
        """Compile a template once."""
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source)
        return self._compiled[source]


def render(template: Template, context: Mapping[str, object]) -> Parts:
    """Fill a checked template and give its parts; pictures are only referred to until ``pack`` adds them."""
    from pipeline.documents.template.prepared import filled  # noqa: PLC0415 - docxtpl, which a check does without

    return dict(_parts(template.data, template.file)) | {
        name: lift(_closed(data.replace(GUARD.encode(), b"_"))) for name, data in filled(template, context)
    }


@lru_cache(maxsize=16)  # the parts that stay as they are, of a template for all that it is filled with
def _parts(data: bytes, file: str) -> Mapping[str, bytes]:
    return unpacked(data, file)


def _closed(data: bytes) -> bytes:
    """End every cell in a paragraph (ISO/IEC 29500-1, 17.4.65), where nothing came of the commands in it."""
    return _OPEN_CELL.sub(rb"\1<w:p/></w:tc>", data)


@cache
def environment() -> Environment:
    """Return the one environment of this process."""
    return Environment()


def _finalize(value: object) -> object:
    if isinstance(value, Marked | Paragraphs):
        return guarded(value.printed)
    return guarded(value) if isinstance(value, str) and not isinstance(value, Markup) else value
