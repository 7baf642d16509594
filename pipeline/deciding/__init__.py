"""Deciding on proposals: what the planning division looks at and answers to.

In: ``Mail``, what came back so far. Out: the page ``proposals.html``, and what the terminal shows.

``standing`` counts how far every measure has come, ``places`` names places of the inputs, ``differences`` and
``visible`` make texts comparable by eye, ``words`` says what things are called; ``page`` (with page.html and page.css)
puts it on a page.
"""

from pipeline.deciding.page import FILE as PAGE
from pipeline.deciding.page import render
from pipeline.deciding.standing import COLUMNS, UNREAD, Mail, Standing, attentions, opened, refused, standings
from pipeline.deciding.visible import plain
from pipeline.deciding.words import KINDS

__all__ = [
    "COLUMNS",
    "KINDS",
    "PAGE",
    "UNREAD",
    "Mail",
    "Standing",
    "attentions",
    "opened",
    "plain",
    "refused",
    "render",
    "standings",
]
