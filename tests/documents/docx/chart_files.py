"""Charts for tests, as Word keeps them."""

from __future__ import annotations

from tests.documents.docx.docx_files import docx, p

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_AXES = "<c:axId val='1'/><c:axId val='2'/>"


def _texts(words: list[str]) -> str:
    points = "".join(f"<c:pt idx='{at}'><c:v>{word}</c:v></c:pt>" for at, word in enumerate(words))
    return f"<c:strRef><c:strCache>{points}</c:strCache></c:strRef>"


def numbers(values: list[float | None], code: str = "General") -> str:
    """Return numbers that a chart keeps; None for one that is wanting."""
    known = ((at, value) for at, value in enumerate(values) if value is not None)
    points = "".join(f"<c:pt idx='{at}'><c:v>{value}</c:v></c:pt>" for at, value in known)
    return f"<c:numRef><c:numCache><c:formatCode>{code}</c:formatCode>{points}</c:numCache></c:numRef>"


def series(at: int, title: str, names: list[str], values: list[float | None], extra: str = "") -> str:
    """Return a series with its categories."""
    return (
        f"<c:ser><c:idx val='{at}'/><c:tx>{_texts([title])}</c:tx>{extra}<c:cat>{_texts(names)}</c:cat>"
        f"<c:val>{numbers(values)}</c:val></c:ser>"
    )


def plot(kind: str, *held: str, extra: str = "", axes: str = _AXES) -> str:
    """Return series that are drawn alike."""
    return f"<c:{kind}>{extra}{''.join(held)}{axes}</c:{kind}>"


def axes(extra: str = "", *, lies: bool = False, value: str = "", category: str = "") -> str:
    """Return an axis of categories and one of values."""
    across, along = ("l", "b") if lies else ("b", "l")
    return (
        f"<c:catAx><c:axId val='1'/><c:scaling/>{category}<c:axPos val='{across}'/></c:catAx><c:valAx><c:axId val='2'/>"
        f"<c:scaling>{extra}</c:scaling><c:axPos val='{along}'/><c:majorGridlines/>{value}</c:valAx>"
    )


def chart(area: str, *, title: str = "", legend: str = "r") -> str:
    """Return a chart with a plot area."""
    said = f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>" if title else ""
    key = f"<c:legend><c:legendPos val='{legend}'/></c:legend>" if legend else ""
    deleted = f"<c:autoTitleDeleted val='{int(not title)}'/>"
    return (
        f"<c:chartSpace xmlns:c='{_C}' xmlns:a='{_A}'><c:chart>{said}{deleted}<c:plotArea>{area}</c:plotArea>{key}"
        "</c:chart></c:chartSpace>"
    )


def charted(*charts: str, size: tuple[int, int] = (360, 200), end: str | None = None) -> bytes:
    """Return a document with charts, one a paragraph."""
    width, height = (round(side * 12700) for side in size)
    body = "".join(
        p(
            "",
            "<w:spacing w:line='240' w:lineRule='auto'/>",
            extra=f"<w:r><w:drawing><wp:inline><wp:extent cx='{width}' cy='{height}'/><wp:docPr id='{at}' name='x'/>"
            f"<a:graphic><a:graphicData uri='{_C}'><c:chart xmlns:c='{_C}' r:id='c{at}'/></a:graphicData></a:graphic>"
            "</wp:inline></w:drawing></w:r>",
        )
        for at in range(len(charts))
    )
    related = {f"c{at}": ("chart", f"charts/chart{at}.xml") for at in range(len(charts))}
    return docx(body, related=related, end=end, parts={f"charts/chart{at}.xml": one for at, one in enumerate(charts)})


YEARS = ["令和3年度", "令和4年度", "令和5年度"]
VALUES = "<c:dLbls><c:showVal val='1'/></c:dLbls>"
TWO = (series(0, "達成", YEARS, [12, 15, 18], VALUES), series(1, "未達成", YEARS, [5, None, 3.5]))
SHARES = "<c:dLbls><c:showCatName val='1'/><c:showPercent val='1'/></c:dLbls>"
CHARTS = {
    "columns": chart(plot("barChart", *TWO, extra="<c:barDir val='col'/>") + axes(), title="達成状況"),
    "bars": chart(
        plot("barChart", *TWO, extra="<c:barDir val='bar'/><c:grouping val='stacked'/>") + axes(lies=True), legend="b"
    ),
    "line": chart(plot("lineChart", *TWO) + axes(), legend="t"),
    "area": chart(plot("areaChart", *TWO, extra="<c:grouping val='percentStacked'/>") + axes()),
    "pie": chart(plot("pieChart", series(0, "割合", YEARS, [1, 1, 2], SHARES), axes="")),
    "ring": chart(plot("doughnutChart", series(0, "割合", YEARS, [1, 1, 2], SHARES), axes="")),
}
