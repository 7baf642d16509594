"""c:chart (21.2.2.27) in a drawing: it names the part that holds the chart."""

from __future__ import annotations

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.charts.chart_xml import read_chart
from pipeline.documents.docx.charts.drawn import members
from pipeline.documents.docx.charts.model import Beyond
from pipeline.documents.docx.context import Context
from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.docx.groups import Frame, grouped
from pipeline.documents.docx.markup import R, nearby
from pipeline.documents.docx.plainer_xml import make_plainer
from pipeline.documents.docx.tree import Drawing

_NAME = "グラフ"


def charted(reference: etree._Element, frame: Frame, run: RunFormat, context: Context) -> Drawing:
    """Return a chart drawn from its figures, which is told; its title is read in its place. Raises Unsupported."""
    relationship = context.relationships.get(reference.get(f"{R}id", ""))
    if relationship is None or relationship.external or context.plainer is None:
        raise context.refuse(_NAME, reference)
    root = context.package.xml(relationship.target)
    make_plainer(root, context.common.colours, context.plainer)
    try:
        chart = read_chart(root, context.common.colours)
        drawn = members(chart, frame.size, run)
    except (Beyond, ValueError, ArithmeticError) as beyond:
        raise context.refuse(_NAME, reference) from beyond
    context.plainer.add("グラフ（保存されている値から描き直して）", nearby(reference))
    return replace(grouped(drawn, frame, run), alt=chart.alt)
