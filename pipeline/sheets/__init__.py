"""Stage 4, fill: one Word sheet per measure, each on exactly two pages where its texts allow.

In: ``Results``, the folder of templates, and two functions of other stages: one draws a chart at a size (mm), one
measures the paper a docx takes. Out: ``Checked[tuple[Sheet, ...]]`` in the strategy's order. ``build`` calls.

``context`` puts the results into the clerks' vocabulary, ``templating`` fills the template, ``finish`` applies what
departs by year, ``levels`` holds the steps of tightening, ``layout`` applies one and ``fit`` finds the first that fits;
``checks`` looks at what was made.
"""

from pipeline.sheets.fill import fill, inspect

__all__ = ["fill", "inspect"]
