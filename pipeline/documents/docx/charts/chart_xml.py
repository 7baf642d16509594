"""c:chartSpace (21.2.2.29): a chart with the figures that its document keeps of it.

What is not drawn raises Beyond; gradients and effects have been made plain before (``plainer_xml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from lxml import etree
from msgspec.structs import replace

from pipeline.documents.docx.charts.figures import shown
from pipeline.documents.docx.charts.model import (
    Axis,
    Beyond,
    Chart,
    Grouping,
    Kind,
    Labels,
    Lettering,
    Marker,
    Plot,
    Room,
    Series,
    Side,
    Values,
)
from pipeline.documents.docx.colours_xml import read_colour
from pipeline.documents.docx.markup import CHART as C
from pipeline.documents.docx.markup import A, local, number
from pipeline.documents.docx.paint_xml import DASHES
from pipeline.documents.docx.placement import Line
from pipeline.documents.units import emu_to_pt

_KINDS: Mapping[str, Kind] = {
    "barChart": "bar", "bar3DChart": "bar", "lineChart": "line", "line3DChart": "line", "areaChart": "area",
    "area3DChart": "area", "pieChart": "pie", "pie3DChart": "pie", "doughnutChart": "pie", "scatterChart": "scatter",
}  # fmt: skip
_SHOWS = {"showVal": "value", "showCatName": "category", "showSerName": "series", "showPercent": "share"}
_AXES = frozenset({"catAx", "valAx", "dateAx", "serAx"})
_NOT_DRAWN = frozenset({"dTable", "trendline", "errBars", "userShapes", "upDownBars", "hiLowLines", "dropLines"})
_ACCENTS = ("4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646")
"""The colours of series in a document without a theme."""
_GREY, _THIN = "868686", 0.75
_THICK = 2.25
_MARKER = 5.0
_MOST = 20_000
"""More values than anybody reads in a chart."""
_Colours = Mapping[str, str]


def read_chart(root: etree._Element, colours: _Colours) -> Chart:
    """Read a chart with the colours of its document's theme; raises Beyond."""
    chart = root.find(f"{C}chart")
    area = None if chart is None else chart.find(f"{C}plotArea")
    if (
        chart is None
        or area is None
        or any(local(one) in _NOT_DRAWN for one in root.iter() if isinstance(one.tag, str))
    ):
        raise Beyond(local(root))
    return _Reading(colours, _letters(root.find(f"{C}txPr"), Lettering(), colours)).chart(root, chart, area)


class _Reading:
    """The colours of the theme and the letters of the chart."""

    def __init__(self, colours: _Colours, letters: Lettering) -> None:
        self._colours = colours
        self._base = letters

    def chart(self, root: etree._Element, chart: etree._Element, area: etree._Element) -> Chart:
        plots = tuple(self._plot(one) for one in area if local(one).endswith("Chart"))
        if not plots or not any(plot.series for plot in plots):
            raise Beyond("plotArea")
        named = (_texts(one) for one in area.iter(f"{C}cat"))
        legend, title = chart.find(f"{C}legend"), chart.find(f"{C}title")
        properties, ground = root.find(f"{C}spPr"), area.find(f"{C}spPr")
        big = replace(self._base, size=self._base.size * 1.2, bold=True)
        return Chart(
            plots=plots,
            axes={axis.key: axis for axis in map(self._axis, (one for one in area if local(one) in _AXES))},
            categories=next(filter(None, named), ()),
            title=self._title(chart, title, plots),
            title_letters=self._lettering(title, big),
            legend="" if legend is None else _value(legend, "legendPos") or "r",
            legend_letters=self._lettering(legend, self._base),
            legend_room=None if legend is None else _room(legend),
            room=_room(area),
            fill=self._fill(properties, "FFFFFF"),
            line=self._line(properties, Line(_THIN, "D9D9D9")),
            ground=self._fill(ground, None),
        )

    def _title(self, chart: etree._Element, title: etree._Element | None, plots: tuple[Plot, ...]) -> str:
        """Return the title; a single series gives its own where none is said, unless that was deleted (21.2.2.7)."""
        text = "" if title is None else _rich(title)
        series = [one for plot in plots for one in plot.series]
        is_left_out = _is_on(chart.find(f"{C}autoTitleDeleted"), absent=title is None)
        return text if text or is_left_out or len(series) > 1 else series[0].title

    # -- series

    def _plot(self, plot: etree._Element) -> Plot:
        kind = _KINDS.get(local(plot))
        if kind is None:
            raise Beyond(local(plot))
        grouping = _value(plot, "grouping") or "clustered"
        grouping = grouping if grouping in ("stacked", "percentStacked") else "clustered"
        shared = self._labels(plot.find(f"{C}dLbls"), Labels(letters=self._base))
        varied = _is_on(plot.find(f"{C}varyColors")) and len(plot.findall(f"{C}ser")) == 1
        series = (self._series(one, kind, shared, varied) for one in plot.iterfind(f"{C}ser"))
        return Plot(
            kind=kind,
            series=tuple(series),
            axes=tuple(axis.get("val", "") for axis in plot.iterfind(f"{C}axId")),
            grouping=cast("Grouping", grouping),
            lies=_value(plot, "barDir") == "bar",
            gap=number(_value(plot, "gapWidth") or "150") / 100,
            overlap=number(_value(plot, "overlap") or "0") / 100,
            hole=number(_value(plot, "holeSize") or "50") / 100 if local(plot) == "doughnutChart" else 0.0,
            begin=number(_value(plot, "firstSliceAng") or "0"),
        )

    def _series(self, series: etree._Element, kind: Kind, shared: Labels, varied: bool) -> Series:
        index, properties = int(_value(series, "idx") or "0"), series.find(f"{C}spPr")
        own = self._accent(index)
        values, code = _numbers(series.find(f"{C}val") if kind != "scatter" else series.find(f"{C}yVal"))
        has_line = kind in ("line", "scatter")
        points = {
            int(_value(one, "idx") or "0"): fill
            for one in series.iterfind(f"{C}dPt")
            if (fill := self._fill(one.find(f"{C}spPr"), None))
        }
        if kind == "pie" or varied:
            points = {at: self._accent(at) for at in range(len(values))} | points
        return Series(
            title="".join(_texts(series.find(f"{C}tx"))[:1]),
            values=values,
            xs=_numbers(series.find(f"{C}xVal"))[0],
            fill=None if has_line else self._fill(properties, own),
            line=self._line(properties, Line(_THICK, own) if has_line else None),
            marker=self._marker(series.find(f"{C}marker"), own) if has_line else None,
            points=points,
            labels=self._labels(series.find(f"{C}dLbls"), shared),
            code=code,
        )

    def _accent(self, index: int) -> str:
        return self._colours.get(f"accent{index % 6 + 1}", _ACCENTS[index % 6])

    def _marker(self, marker: etree._Element | None, own: str) -> Marker | None:
        symbol = "none" if marker is None else _value(marker, "symbol") or "circle"
        if marker is None or symbol == "none":
            return None
        size = number(_value(marker, "size") or str(_MARKER))
        properties = marker.find(f"{C}spPr")
        return Marker(symbol, size, self._fill(properties, own), self._line(properties, Line(_THIN, own)))

    def _labels(self, labels: etree._Element | None, shared: Labels) -> Labels:
        if labels is None:
            return shared
        if labels.find(f"{C}dLbl/{C}tx") is not None:
            raise Beyond("dLbl")  # words of its own beside one value
        shows = frozenset(word for tag, word in _SHOWS.items() if _is_on(labels.find(C + tag)))
        form = labels.find(f"{C}numFmt")
        is_own = form is not None and not _is_on_value(form.get("sourceLinked", "0"))
        return Labels(
            shows=frozenset() if _is_on(labels.find(f"{C}delete")) else shows,
            place=_value(labels, "dLblPos") or "",
            code=form.get("formatCode", "") if form is not None and is_own else "",
            letters=self._lettering(labels, self._base),
        )

    # -- axes

    def _axis(self, axis: etree._Element) -> Axis:
        scaling, form, title = axis.find(f"{C}scaling"), axis.find(f"{C}numFmt"), axis.find(f"{C}title")
        if scaling is not None and scaling.find(f"{C}logBase") is not None:
            raise Beyond("logBase")
        is_value, grid = local(axis) == "valAx", axis.find(f"{C}majorGridlines")
        own = form is not None and not _is_on_value(form.get("sourceLinked", "0"))
        return Axis(
            key=_value(axis, "axId") or "",
            is_value=is_value,
            side=cast("Side", _value(axis, "axPos") or ("l" if is_value else "b")),
            is_hidden=_is_on(axis.find(f"{C}delete")),
            low=_float(scaling, "min"),
            high=_float(scaling, "max"),
            unit=_float(axis, "majorUnit"),
            is_reversed=scaling is not None and _value(scaling, "orientation") == "maxMin",
            at_end=_value(axis, "crosses") == "max",
            has_labels=_value(axis, "tickLblPos") != "none",
            title="" if title is None else _rich(title),
            title_letters=self._lettering(title, replace(self._base, bold=True)),
            code=form.get("formatCode", "") if form is not None and own else "",
            every=int(_value(axis, "tickLblSkip") or "0"),
            line=self._line(axis.find(f"{C}spPr"), Line(_THIN, _GREY)),
            grid=None if grid is None else self._line(grid.find(f"{C}spPr"), Line(_THIN, _GREY)),
            letters=self._lettering(axis, self._base),
        )

    # -- looks

    def _lettering(self, holder: etree._Element | None, default: Lettering) -> Lettering:
        if holder is None:
            return default
        found = _letters(holder.find(f"{C}txPr"), default, self._colours)
        return _letters(holder.find(f"{C}tx/{C}rich"), found, self._colours)

    def _fill(self, properties: etree._Element | None, default: str | None) -> str | None:
        """Return the colour of a fill, None for none, ``default`` where nothing is said of it."""
        if properties is None:
            return default
        if properties.find(f"{A}noFill") is not None:
            return None
        solid = properties.find(f"{A}solidFill")
        return default if solid is None else read_colour(solid, self._colours)

    def _line(self, properties: etree._Element | None, default: Line | None) -> Line | None:
        line = None if properties is None else properties.find(f"{A}ln")
        if line is None:
            return default
        if line.find(f"{A}noFill") is not None:
            return None
        solid, dash = line.find(f"{A}solidFill"), line.find(f"{A}prstDash")
        usual = default or Line(_THIN, "000000")
        color = usual.color if solid is None else read_colour(solid, self._colours)
        width = emu_to_pt(number(line.get("w", "0"))) if "w" in line.attrib else usual.width
        parts = () if dash is None else DASHES.get(dash.get("val", "solid"), ())
        return None if color is None else Line(width, color, tuple(part * width for part in parts))


def _letters(text: etree._Element | None, default: Lettering, colours: _Colours) -> Lettering:
    found = [] if text is None else [*text.iter(f"{A}defRPr"), *text.iter(f"{A}rPr")]
    for properties in found:
        color = read_colour(properties.find(f"{A}solidFill"), colours)
        size, bold = properties.get("sz"), properties.get("b")
        default = Lettering(
            number(size) / 100 if size else default.size,
            color or default.color,
            default.bold if bold is None else _is_on_value(bold),
        )
    return default


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(C + name)
    return None if child is None else child.get("val")


def _float(element: etree._Element | None, name: str) -> float | None:
    written = None if element is None else _value(element, name)
    return None if written is None else number(written)


def _is_on_value(written: str) -> bool:
    return written not in ("0", "false")


def _is_on(element: etree._Element | None, absent: bool = False) -> bool:
    return absent if element is None else _is_on_value(element.get("val", "1"))


def _room(element: etree._Element) -> Room | None:
    """Return where something was put by hand (21.2.2.95)."""
    layout = element.find(f"{C}layout/{C}manualLayout")
    found = [None if layout is None else _float(layout, name) for name in "xywh"]
    x, y, width, height = found
    if x is None or y is None or not width or not height:
        return None
    return x, y, width, height


def _rich(title: etree._Element) -> str:
    paragraphs = title.iterfind(f"{C}tx/{C}rich/{A}p")
    said = ["".join(text.text or "" for text in paragraph.iter(f"{A}t")) for paragraph in paragraphs]
    return "\n".join(said) or "".join(_texts(title.find(f"{C}tx"))[:1])


def _points(holder: etree._Element | None) -> Iterator[tuple[int, str]]:
    for point in () if holder is None else holder.iter(f"{C}pt"):
        index = int(point.get("idx", "0"))
        if not 0 <= index < _MOST:
            raise Beyond("pt")
        yield index, point.findtext(f"{C}v") or ""


def _texts(holder: etree._Element | None) -> tuple[str, ...]:
    """Return texts, or numbers in their format; of several levels the innermost."""
    if holder is None:
        return ()
    direct = holder.findtext(f"{C}v")
    level = holder.find(f"{C}multiLvlStrRef//{C}lvl")
    found = dict(_points(holder if level is None else level))
    code = next((one.text or "General" for one in holder.iter(f"{C}formatCode")), "")
    if code:
        found = {at: shown(number(text), code) for at, text in found.items()}
    return (direct,) if direct else tuple(found.get(at, "") for at in range(max(found, default=-1) + 1))


def _numbers(holder: etree._Element | None) -> tuple[Values, str]:
    """Return numbers, None where one is wanting, and their format."""
    if holder is None:
        return (), "General"
    found = {}
    for at, text in _points(holder):
        try:
            found[at] = number(text)
        except ValueError:
            continue  # what is no number, such as #N/A, is left out
    code = next((one.text for one in holder.iter(f"{C}formatCode")), None)
    return tuple(found.get(at) for at in range(max(found, default=-1) + 1)), code or "General"
