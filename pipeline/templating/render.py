"""Filling a template with docxtpl, without letting a typed text become a command."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.environment import Template as Compiled
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.templating.files import Template
from pipeline.templating.rich import GUARD, guarded

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
            prepared[src_xml] = super().patch_xml(src_xml)
        return prepared[src_xml]


def render(template: Template, context: Mapping[str, object]) -> Parts:
    """Fill a checked template and give its parts; pictures are only referred to until ``pack`` adds them."""
    document = _Document(io.BytesIO(template.data))
    document.render(dict(context), environment())
    filled = io.BytesIO()
    document.save(filled)
    with zipfile.ZipFile(filled) as package:
        return {name: package.read(name).replace(GUARD.encode(), b"_") for name in package.namelist()}


@cache
def environment() -> Environment:
    """Give the one environment of this process."""
    return Environment()


def _finalize(value: object) -> object:
    return guarded(value) if isinstance(value, str) and not isinstance(value, Markup) else value
