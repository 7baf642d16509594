"""Stage 3, render: one chart an indicator.

In: an assessed indicator, the strategy's years, the evaluated year and a size in mm. Out: a ``Chart``, PNG bytes with
the text read out in its place. On the way ``series`` (what to show) becomes a ``Picture`` (shapes in pt, laid out by
``layout``), which ``paint`` draws and ``check`` measures. ``build`` calls.
"""

from pipeline.charts.alt import alt_text
from pipeline.charts.checks import check
from pipeline.charts.render import draw

__all__ = ["alt_text", "check", "draw"]
