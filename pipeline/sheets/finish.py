"""What departs by year or edition, applied to the filled template: no look is made here, only moved or named."""

from __future__ import annotations

from docx.oxml.parser import OxmlElement
from lxml import etree

from pipeline import formatting
from pipeline.model.evaluation import Measure
from pipeline.model.report import Report
from pipeline.ooxml.markup import VAL, WP, W
from pipeline.sheets import wml
from pipeline.sheets.indicators import HIDDEN


def finish(document: etree._Element, measure: Measure, report: Report) -> None:
    """Emphasise the evaluated year, drop columns that are not shown, mark what is not set, and set the bookmark."""
    _drop_empty_runs(document)
    for table in wml.tables(document, wml.INDICATORS):
        _emphasise(table, report.year)
        _drop_hidden(table)
        _subdue_absences(table)
    _bookmark(document, anchor(measure))


def anchor(measure: Measure) -> str:
    """Name the bookmark of a measure's heading, the target of the contents' links: measure_1_2."""
    return f"measure_{measure.id.replace('-', '_')}"


def _drop_empty_runs(document: etree._Element) -> None:
    """docxtpl leaves empty runs around whatever replaced a run."""
    for run in list(document.iter(f"{W}r")):
        held = [e for e in run if e.tag != f"{W}rPr"]
        if all(e.tag == f"{W}t" and not e.text for e in held):
            wml.remove(run)


def _emphasise(table: etree._Element, year: str) -> None:
    """Move the look of the template's shaded column to the evaluated year's column; the texts stay."""
    head = wml.cells(wml.rows(table)[0])
    shaded = next((i for i, cell in enumerate(head) if cell.find(f"{W}tcPr/{W}shd") is not None), None)
    wanted = next((i for i, cell in enumerate(head) if wml.text(cell).startswith(year)), None)
    if shaded is None or wanted is None or shaded == wanted:
        return
    for row in wml.rows(table):
        cells = wml.cells(row)
        _swap_looks(cells[shaded], cells[wanted])


def _swap_looks(one: etree._Element, other: etree._Element) -> None:
    """Exchange the properties of two cells and of the runs in them."""
    first, second = wml.at(one, "tcPr"), wml.at(other, "tcPr")
    one.insert(0, second)
    other.insert(0, first)
    looks = [_run_look(cell) for cell in (one, other)]
    for cell, look in zip((one, other), reversed(looks), strict=True):
        for run in cell.iter(f"{W}r"):
            _set_look(run, look)


def _run_look(cell: etree._Element) -> str | None:
    style = cell.find(f".//{W}r/{W}rPr/{W}rStyle")
    return None if style is None else style.get(VAL)


def _set_look(run: etree._Element, style: str | None) -> None:
    properties = run.find(f"{W}rPr")
    if properties is not None:
        run.remove(properties)
    if style:
        properties = OxmlElement("w:rPr")
        wml.child(properties, "rStyle").set(VAL, style)
        run.insert(0, properties)


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


def _subdue_absences(table: etree._Element) -> None:
    """Print ― in the quieter character style."""
    for cell in table.iter(f"{W}tc"):
        if wml.text(cell) == formatting.NONE:
            for run in cell.iter(f"{W}r"):
                if run.find(f"{W}rPr/{W}rStyle") is None or _run_look(cell) == "Strong":
                    _set_look(run, "Sub")


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
    """Give every picture an id of its own and the text that is read out in its place, by its name."""
    for number, picture in enumerate(document.iter(f"{WP}docPr"), 1):
        picture.set("id", str(number))
        picture.set("descr", texts[picture.get("name", "")])
