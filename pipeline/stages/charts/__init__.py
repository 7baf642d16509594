"""Charts: one chart an indicator.

In: an assessed indicator, the strategy's years, the evaluated year and a size in mm. Out: a ``Chart``, the same
drawing as PNG and as SVG bytes, with the text read out in its place. On the way ``series`` (what to show) becomes a
``Picture`` (shapes in pt, laid out by ``layout``), which ``check`` measures; ``marks`` takes it apart for ``paint``
(PNG) and ``svg``. ``workflows.report`` calls.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from pipeline.stages.charts.colours import STYLES, Palette, palette

if TYPE_CHECKING:
    from pipeline.stages.charts.alt import alt_text
    from pipeline.stages.charts.checks import check
    from pipeline.stages.charts.render import draw

__all__ = ["STYLES", "Palette", "alt_text", "check", "draw", "palette"]
_HOMES = {"alt_text": "alt", "check": "checks", "draw": "render"}


def __getattr__(name: str) -> object:
    """Load what draws with what is first asked of it: in most runs earlier ones drew every chart."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
