"""Word templates that staff edit: checking them before use, filling them, and packing the result.

In: a template's bytes and plain dicts in the clerks' vocabulary (Japanese names). Out: diagnostics that name the place
in the template, and the filled docx as parts, then as bytes, the same on every run. ``sheets`` and ``book`` call.

A template holds ``{{ name }}`` (text), ``{{r name }}`` (text or picture with its own look: see ``rich``) and the loops
and conditions of docxtpl, ``{%p ... %}`` for paragraphs and ``{%tr ... %}`` for table rows.
"""

from pipeline.documents.template.check import check
from pipeline.documents.template.colours import style_colours
from pipeline.documents.template.files import Page, Template, load, read
from pipeline.documents.template.lines import shown, source
from pipeline.documents.template.package import Properties, pack
from pipeline.documents.template.printing import names, printed
from pipeline.documents.template.recipes import RECIPE, Recipe
from pipeline.documents.template.render import Parts, render
from pipeline.documents.template.rich import TILE_END, Picture, line_break, picture, run, tile, unguarded
from pipeline.documents.template.statements import Printed

__all__ = [
    "RECIPE",
    "TILE_END",
    "Page",
    "Parts",
    "Picture",
    "Printed",
    "Properties",
    "Recipe",
    "Template",
    "check",
    "line_break",
    "load",
    "names",
    "pack",
    "picture",
    "printed",
    "read",
    "render",
    "run",
    "shown",
    "source",
    "style_colours",
    "tile",
    "unguarded",
]
