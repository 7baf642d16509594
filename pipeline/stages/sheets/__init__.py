"""Sheets: one Word sheet per measure, each on exactly two pages where its texts allow.

``inspect`` checks the template against the ``Results`` and gives a ``SheetTemplate``; ``fill`` makes the sheets of
it, with functions of other stages: one draws a chart at a size (mm), one measures the paper a docx takes. Out:
``Checked[tuple[Sheet, ...]]`` in the strategy's order. ``workflows.report`` calls.

``context`` puts the results into the clerks' vocabulary with a pen (``pens``), ``documents.template`` fills the
template, ``finish`` applies what departs by year, ``levels`` holds the steps of tightening, ``layout`` applies one and
``fit`` finds the first that fits; ``checks`` looks at what was made. ``nodes`` are also for the book.
"""

from pipeline.stages.sheets.fill import PLAIN, SheetTemplate, charts_named, fill, inspect
from pipeline.stages.sheets.nodes import nodes
from pipeline.stages.sheets.pens import Pen

__all__ = ["PLAIN", "Pen", "SheetTemplate", "charts_named", "fill", "inspect", "nodes"]
