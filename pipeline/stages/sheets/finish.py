"""What departs by year or edition, applied to the filled template: no look is made here, only moved or named."""

from __future__ import annotations

from docx.oxml.parser import OxmlElement
from lxml import etree

from pipeline.documents.docx.markup import WP, W, remove
from pipeline.documents.template.looks import drop_hidden, emphasise_year, subdue
from pipeline.documents.template.numbers import keep_units, keep_whole
from pipeline.model.evaluation import Measure
from pipeline.model.report import Report
from pipeline.stages.sheets import wml
from pipeline.wording.numbers import NONE
from pipeline.wording.terms import anchor


def finish(document: etree._Element, styles: etree._Element, measure: Measure, report: Report) -> None:
    """Emphasise the evaluated year, drop columns that are not shown, mark what is not set, and set the bookmark."""
    _drop_empty_runs(document)
    for table in wml.tables(document, wml.INDICATORS):
        emphasise_year(table, report.year)
        drop_hidden(table)
        subdue(table, NONE)
    keep_whole(document, styles)
    keep_units(document, styles)
    _bookmark(document, anchor(measure))


def _drop_empty_runs(document: etree._Element) -> None:
    """docxtpl leaves empty runs around whatever replaced a run."""
    for run in list(document.iter(f"{W}r")):
        held = [e for e in run if e.tag != f"{W}rPr"]
        if all(e.tag == f"{W}t" and not e.text for e in held):
            remove(run)


def _bookmark(document: etree._Element, name: str) -> None:
    """Mark the heading, or in a form without one the first paragraph: the contents lead there."""
    paragraphs = list(document.iter(f"{W}p"))
    heading = next((p for p in paragraphs if wml.style_of(p) == "Heading1"), paragraphs[0])
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(f"{W}id", "1")
    start.set(f"{W}name", name)
    heading.insert(1 if heading.find(f"{W}pPr") is not None else 0, start)
    heading.append(end)


def number_pictures(document: etree._Element, texts: dict[str, str]) -> None:
    """Give every picture an id of its own, and every chart the text that is read out in its place, by its name."""
    for number, picture in enumerate(document.iter(f"{WP}docPr"), 1):
        picture.set("id", str(number))
    for chart in wml.charts(document):
        chart.set("descr", texts[chart.get("name", "")])
