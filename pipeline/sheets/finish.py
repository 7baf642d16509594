"""What departs by year or edition, applied to the filled template: no look is made here, only moved or named."""

from __future__ import annotations

from docx.oxml.parser import OxmlElement
from lxml import etree

from pipeline.house import anchor
from pipeline.model.evaluation import Measure
from pipeline.model.report import Report
from pipeline.ooxml.markup import WP, W
from pipeline.sheets import wml
from pipeline.sheets.indicators import HIDDEN
from pipeline.templating.looks import emphasise_year, subdue_absences


def finish(document: etree._Element, measure: Measure, report: Report) -> None:
    """Emphasise the evaluated year, drop columns that are not shown, mark what is not set, and set the bookmark."""
    _drop_empty_runs(document)
    for table in wml.tables(document, wml.INDICATORS):
        emphasise_year(table, report.year)
        _drop_hidden(table)
        subdue_absences(table)
    _bookmark(document, anchor(measure))


def _drop_empty_runs(document: etree._Element) -> None:
    """docxtpl leaves empty runs around whatever replaced a run."""
    for run in list(document.iter(f"{W}r")):
        held = [e for e in run if e.tag != f"{W}rPr"]
        if all(e.tag == f"{W}t" and not e.text for e in held):
            wml.remove(run)


def _drop_hidden(table: etree._Element) -> None:
    """Take columns out that are not to be shown; the first column takes their width."""
    rows, widths = wml.rows(table), wml.widths(table)
    hidden = sorted({i for row in rows for i, cell in enumerate(wml.cells(row)) if HIDDEN in wml.text(cell)})
    if not hidden:
        return
    grid = table.findall(f"{W}tblGrid/{W}gridCol")
    for holder in (grid, *(wml.cells(row) for row in rows)):
        for i in hidden:
            wml.remove(holder[i])
    kept = [width for i, width in enumerate(widths) if i not in hidden]
    wml.set_widths(table, [kept[0] + sum(widths) - sum(kept), *kept[1:]])


def _bookmark(document: etree._Element, name: str) -> None:
    heading = next((p for p in document.iter(f"{W}p") if wml.style_of(p) == "Heading1"), None)
    if heading is None:
        return
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(f"{W}id", "1")
    start.set(f"{W}name", name)
    heading.insert(1, start)
    heading.append(end)


def number_pictures(document: etree._Element, texts: dict[str, str]) -> None:
    """Give every picture an id of its own, and every chart the text that is read out in its place, by its name."""
    for number, picture in enumerate(document.iter(f"{WP}docPr"), 1):
        picture.set("id", str(number))
    for chart in wml.charts(document):
        chart.set("descr", texts[chart.get("name", "")])
