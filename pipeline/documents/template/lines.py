"""The lines of a page's template: with their commands as Jinja spells them, and without."""

from __future__ import annotations

from pipeline.documents.template.commands import printed, spelled
from pipeline.documents.template.files import Page
from pipeline.documents.template.places import parts


def source(page: Page) -> str:
    """Return a page's template for Jinja, line for line."""
    return "".join(f"{spelled(line)}\n" for lines in parts(page) for line in lines)


def shown(page: Page) -> str:
    """Return a page's template without its commands, line for line."""
    return "".join(f"{printed(line)}\n" for lines in parts(page) for line in lines)
