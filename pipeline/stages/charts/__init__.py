"""Charts: one chart an indicator.

In: an assessed indicator, the strategy's years, the evaluated year and a size in mm. Out: a ``Chart``, the same
drawing as PNG and as SVG bytes, with the text read out in its place. On the way ``series`` (what to show) becomes a
``Picture`` (shapes in pt, laid out by ``layout``), which ``check`` measures; ``marks`` takes it apart for ``paint``
(PNG) and ``svg``. ``workflows.report`` calls.
"""

from pipeline.stages.charts.alt import alt_text
from pipeline.stages.charts.checks import check
from pipeline.stages.charts.colours import STYLES, Palette, palette
from pipeline.stages.charts.render import draw

__all__ = ["STYLES", "Palette", "alt_text", "check", "draw", "palette"]
