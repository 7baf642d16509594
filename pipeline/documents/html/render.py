"""Filling a page with Jinja: typed texts are escaped, an unknown name is a fault, nothing of Python can be reached."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import StrictUndefined
from jinja2 import Template as Compiled
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.documents.marked import Paragraphs
from pipeline.documents.template import Page, source


def render(page: Page, variables: Mapping[str, object]) -> str:
    """Fill a checked template; ``variables`` are as ``in_html`` gives them."""
    return _compiled(page).render(variables)


@cache
def _compiled(page: Page) -> Compiled:
    return _environment().from_string(source(page))


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, finalize=_finalize)


def _finalize(value: object) -> object:
    return Markup("<br>").join(value) if isinstance(value, Paragraphs) else value
