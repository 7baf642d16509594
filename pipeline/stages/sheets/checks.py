"""What must hold of a filled sheet, whatever the template: everything is in it, once, and nothing is left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.documents.docx.markup import W, text_of
from pipeline.documents.docx.package import Package
from pipeline.documents.template import Template
from pipeline.model.documents import Sheet
from pipeline.model.evaluation import Evaluation
from pipeline.model.results import MeasureResult
from pipeline.model.strategy import Indicator, Value
from pipeline.stages.sheets import wml, words
from pipeline.wording.numbers import NONE, value
from pipeline.wording.terms import anchor, baseline

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|\bnan\b", re.IGNORECASE)
_SHORT = 20


@dataclass(frozen=True, slots=True)
class Subject:
    """A filled sheet's text, with what it was made from."""

    body: etree._Element
    result: MeasureResult
    evaluation: Evaluation


Problem = tuple[str, str]
"""A stable id and a sentence."""
Check = Callable[[Subject], Iterator[Problem]]


def check_sheet(
    sheet: Sheet, result: MeasureResult, template: Template, evaluation: Evaluation
) -> tuple[Diagnostic, ...]:
    """Open a sheet as a reader would and report everything that does not hold; the template is to be mended.

    Of each rule the first finding stands for all: one field taken out of the template is missing in many places.
    """
    package = Package(sheet.docx, sheet.file)
    subject = Subject(package.xml(package.document), result, evaluation)
    place = Place(template.file)
    hint = f"様式{template.file}から欄を消していないか確かめてください。"
    found = [problems for rule in CHECKS if (problems := tuple(rule(subject)))]
    return tuple(
        error(identifier, place, f"シート{result.measure.id}: {message}{_more(others)}", hint)
        for (identifier, message), *others in found
    )


def told_once(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the template once for all sheets; what is wrong in a measure's file stays."""
    alike: dict[tuple[str, Place], list[Diagnostic]] = {}
    for finding in found:
        alike.setdefault((finding.id, finding.place), []).append(finding)
    return tuple(
        replace(first, message=f"{first.message}ほかに{len(others)}枚のシートでも同じです。") if others else first
        for first, *others in alike.values()
    )


def _more(others: Sequence[Problem]) -> str:
    return f"ほかに{len(others)}か所あります。" if others else ""


def _expected(subject: Subject) -> Iterator[str]:
    """Every text of the model that a sheet prints, paragraph by paragraph."""
    measure = subject.result.measure
    yield from (measure.name, *(node.name for node in subject.evaluation.above(measure)))
    yield from (sdg.name for sdg in subject.evaluation.sdgs if sdg.number in measure.sdgs)
    yield from (words.indicator_name(a.shown) for a in subject.result.assessments)
    for item in measure.initiatives:
        yield words.repeated(item)
        yield from (words.repeated(activity) for activity in item.activities)
    for _, text in words.fields(measure):
        yield from words.paragraphs(text)


def _texts_missing(subject: Subject) -> Iterator[Problem]:
    printed = "\n".join(_paragraphs(subject.body))
    for text in dict.fromkeys(_expected(subject)):
        if text not in printed:
            shown = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
            yield "sheet-text-missing", f"「{shown}」が印刷されていません。"


def _paragraphs(body: etree._Element) -> Iterator[str]:
    for paragraph in body.iter(f"{W}p"):
        yield "".join(_character(e) for e in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br"))


def _character(element: etree._Element) -> str:
    return (element.text or "") if element.tag == f"{W}t" else "\t"


def _left_over(subject: Subject) -> Iterator[Problem]:
    typed = sorted((text for text in _expected(subject) if _LEFT_OVER.search(text)), key=len, reverse=True)
    for paragraph in _paragraphs(subject.body):
        rest = paragraph
        for text in typed:
            rest = rest.replace(text, "")
        if _LEFT_OVER.search(rest):
            yield "sheet-left-over", f"「{rest[:_SHORT]}」が置き換わらずに残っています。"


def _rows_wrong(subject: Subject) -> Iterator[Problem]:
    result = subject.result
    for style, title, wanted in (
        (wml.INDICATORS, "重要業績評価指標", 1 + 2 * len(result.assessments)),
        (wml.INITIATIVES, "主な取組", 1 + len(result.measure.initiatives)),
        (wml.OPINIONS, "評価", 2),
    ):
        found = [len(wml.rows(table)) for table in wml.tables(subject.body, style)]
        if found != [wanted]:
            yield "sheet-rows-wrong", f"「{title}」の表が、{wanted}行の一つの表になっていません。"


def _indicators_wrong(subject: Subject) -> Iterator[Problem]:
    for table in wml.tables(subject.body, wml.INDICATORS):
        names = [text_of(wml.cells(row)[0]) for row in wml.rows(table)[1::2]]
        wanted = [words.indicator_name(a.shown) + words.counting(a.shown) for a in subject.result.assessments]
        if names != wanted:
            yield "sheet-indicators-wrong", "指標の表に、この施策の指標が順に並んでいません。"


def _figures_wrong(subject: Subject) -> Iterator[Problem]:
    """Every target and actual has its cell, in the order of the years."""
    for table in wml.tables(subject.body, wml.INDICATORS):
        rows = [[text_of(cell) for cell in wml.cells(row)] for row in wml.rows(table)[1:]]
        for assessment, targets, actuals in zip(subject.result.assessments, rows[::2], rows[1::2], strict=False):
            indicator, (first, *years) = assessment.shown.indicator, subject.evaluation.years
            start = baseline(indicator, subject.evaluation.years) or NONE
            for what, cells, before, values in (
                ("目標", targets, NONE, indicator.targets),
                ("実績", actuals, start, indicator.actuals),
            ):
                if not _in_order([before, *(_printed(values.get(year), indicator) for year in years)], cells):
                    message = f"「{assessment.shown.name}」の{what}（{first}～{years[-1]}）が、表にそろっていません。"
                    yield "sheet-figures-wrong", message


def _printed(figure: Value | None, indicator: Indicator) -> str:
    return value(figure, indicator.decimals)


def _in_order(texts: Sequence[str], cells: Sequence[str]) -> bool:
    rest = iter(cells)
    return all(text in rest for text in texts)


def _heading_missing(subject: Subject) -> Iterator[Problem]:
    """The heading carries the bookmark that the contents link to."""
    name = anchor(subject.result.measure)
    if not any(mark.get(f"{W}name") == name for mark in subject.body.iter(f"{W}bookmarkStart")):
        yield "sheet-heading-missing", "スタイル「見出し 1」の見出しがありません。目次からたどれなくなります。"


def _cells_open(subject: Subject) -> Iterator[Problem]:
    """A cell without a last paragraph is a damaged file to Word (ISO/IEC 29500-1, 17.4.65)."""
    for cell in subject.body.iter(f"{W}tc"):
        if cell[-1].tag != f"{W}p":
            yield "sheet-cell-empty", "表の欄が段落で終わっていません。"


def _charts_wrong(subject: Subject) -> Iterator[Problem]:
    texts = [picture.get("descr", "") for picture in wml.charts(subject.body)]
    if len(texts) != len(subject.result.assessments):
        yield "sheet-charts-wrong", f"グラフが{len(texts)}点あります（指標は{len(subject.result.assessments)}件）。"
    if not all(texts):
        yield "sheet-chart-silent", "代替テキストのないグラフがあります。"


CHECKS: tuple[Check, ...] = (
    _texts_missing,
    _left_over,
    _rows_wrong,
    _indicators_wrong,
    _figures_wrong,
    _heading_missing,
    _cells_open,
    _charts_wrong,
)
