"""From an assessed indicator to a drawn chart."""

from __future__ import annotations

from pipeline.documents.units import MM
from pipeline.model.documents import Chart
from pipeline.model.results import Assessment
from pipeline.stages.charts.alt import alt_text
from pipeline.stages.charts.layout import layout
from pipeline.stages.charts.paint import paint
from pipeline.stages.charts.series import series
from pipeline.stages.charts.shapes import Picture
from pipeline.stages.charts.svg import write


def draw(assessment: Assessment, years: tuple[str, ...], year: str, width: float, height: float) -> Chart:
    """Draw an indicator as evaluated in ``year``, ``width`` by ``height`` mm; the caption stands in the document."""
    laid_out, alt = picture(assessment, years, year, width, height), alt_text(assessment, years, year)
    indicator, png, svg = assessment.shown.indicator.id, paint(laid_out), write(laid_out, alt)
    return Chart(indicator=indicator, width=width, height=height, png=png, svg=svg, alt=alt)


def picture(assessment: Assessment, years: tuple[str, ...], year: str, width: float, height: float) -> Picture:
    """Lay out the chart that ``draw`` paints and writes."""
    return layout(series(assessment, years, year), width * MM, height * MM)
