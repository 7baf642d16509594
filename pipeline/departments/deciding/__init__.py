"""Deciding on proposals: what the planning division looks at, answers to and replies.

In: ``Mail``, what came back so far. Out: the page ``proposals.html``, and what the terminal shows.

``board`` counts how far all has come, for whoever shows it, by the ``standing`` of every measure; ``place_names``
names places of the inputs, ``visible`` shows what cannot be seen, ``freshness`` tells whose every figure is and as of
which day, ``words`` says what things are called, ``grouping`` what belongs together;
``page`` (with page.html and page.css) puts it on a page. ``answers`` takes decisions: ``walk`` goes through what is
open and asks, with ``cards`` for the terminal; ``rows`` are the same for the browser. ``replies`` words what
departments are told.
"""

from pipeline.departments.deciding import rows
from pipeline.departments.deciding.answers import Answers, NewRow, RowWriter, is_addable
from pipeline.departments.deciding.board import Board, Row, board
from pipeline.departments.deciding.grouping import beside
from pipeline.departments.deciding.page import FILE as PAGE
from pipeline.departments.deciding.page import render
from pipeline.departments.deciding.place_names import Names
from pipeline.departments.deciding.replies import BY_COMMENT, BY_REMARK, reply
from pipeline.departments.deciding.standing import Mail, Standing
from pipeline.departments.deciding.visible import plain
from pipeline.departments.deciding.walk import Interaction, Walked, summary, walk
from pipeline.departments.deciding.words import KINDS

__all__ = [
    "BY_COMMENT",
    "BY_REMARK",
    "KINDS",
    "PAGE",
    "Answers",
    "Board",
    "Interaction",
    "Mail",
    "Names",
    "NewRow",
    "Row",
    "RowWriter",
    "Standing",
    "Walked",
    "beside",
    "board",
    "is_addable",
    "plain",
    "render",
    "reply",
    "rows",
    "summary",
    "walk",
]
