"""Charts: one chart an indicator.

In: an assessed indicator, the strategy's years, the evaluated year and a size in mm. Out: a ``Chart``, the same
drawing as PNG and as SVG bytes, with the text read out in its place, and what is wrong with it. On the way ``series``
(what to show) becomes a ``Picture`` (shapes in pt, laid out by ``layout``), which ``checks`` measures; ``marks`` takes
it apart for ``paint`` (PNG) and ``svg``. ``workflows.report`` calls.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.stages.charts.colours import STYLES, Palette, palette

if TYPE_CHECKING:
    from pipeline.stages.charts.render import draw

__all__ = ["STYLES", "Palette", "draw", "palette"]


def __getattr__(name: str) -> object:
    """Load what draws when it is first asked for: in most runs earlier ones drew every chart."""
    if name != "draw":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.render"), name)
