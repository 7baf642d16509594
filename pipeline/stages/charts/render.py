"""From an assessed indicator to a drawn chart."""

from __future__ import annotations

from pipeline.diagnostics import Diagnostic
from pipeline.documents.units import MM
from pipeline.model.documents import Chart
from pipeline.model.results import Assessment
from pipeline.stages.charts.alt import alt_text
from pipeline.stages.charts.checks import check
from pipeline.stages.charts.colours import Palette
from pipeline.stages.charts.layout import layout
from pipeline.stages.charts.recolouring import recoloured
from pipeline.stages.charts.series import series
from pipeline.stages.charts.shapes import Picture
from pipeline.stages.charts.svg import write


def draw(
    assessment: Assessment,
    years: tuple[str, ...],
    year: str,
    width: float,
    height: float,
    *,
    own: Palette | None = None,
) -> tuple[Chart, tuple[Diagnostic, ...]]:
    """Return the chart of an indicator as evaluated in ``year``, ``width`` by ``height`` mm, in its ``own`` colours
    where it has some, and what is wrong with it; the caption stands in the document.
    """
    from pipeline.stages.charts.paint import paint  # noqa: PLC0415 - matplotlib, for runs that draw nothing new

    own, alt, indicator = own or {}, alt_text(assessment, years, year), assessment.shown.indicator
    laid_out = recoloured(picture(assessment, years, year, width, height), own)
    png, svg = paint(laid_out, own), write(laid_out, alt)
    chart = Chart(indicator=indicator.id, width=width, height=height, png=png, svg=svg, alt=alt)
    return chart, check(laid_out, indicator)


def picture(assessment: Assessment, years: tuple[str, ...], year: str, width: float, height: float) -> Picture:
    """Return the chart that ``draw`` paints and writes, laid out on so many mm."""
    return layout(series(assessment, years, year), width * MM, height * MM)
