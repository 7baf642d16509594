"""Pages for browsers, filled from templates that staff edit: text (HTML) with the commands of the Word templates.

In: a template's bytes and the same plain dicts that Word templates print, in which looks are runs of Word. Out:
diagnostics that name the line of the template, and the filled page; ``faults`` reads pages as browsers do and says what
does not hold in them. ``publication`` calls.
"""

from pipeline.documents.html.checks import Site, faults
from pipeline.documents.html.files import load, unbalanced
from pipeline.documents.html.render import render
from pipeline.documents.html.values import Drawing, in_html

__all__ = ["Drawing", "Site", "faults", "in_html", "load", "render", "unbalanced"]
