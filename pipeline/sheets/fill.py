"""Filling the sheets of all measures, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.oxml.ns import qn

from pipeline.diagnostics import Checked, Diagnostic, has_errors, warning
from pipeline.model.documents import Chart, Extent, Sheet
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.results import Assessment, MeasureResult, Results
from pipeline.ooxml.markup import W
from pipeline.sheets import words
from pipeline.sheets.checks import check_sheet
from pipeline.sheets.context import Context, context
from pipeline.sheets.finish import finish, number_pictures
from pipeline.sheets.fit import PAGES, Fitted, fit
from pipeline.sheets.layout import Filled
from pipeline.sheets.levels import figures
from pipeline.templating import Picture, Properties, Template, check, load, pack, render

FIRST_PAGE = 4
"""The first sheet's first page; the explanation (1-2) and the goals' targets (3) come before."""
_LONGEST = 3
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c636800000082"
    "0081772dda650000000049454e44ae426082"
)
"""Stands for every chart while a sheet is measured: only a chart's size matters then."""

Draw = Callable[[Assessment, float, float], Chart]
MeasurePaper = Callable[[bytes, str], Extent]


@dataclass(frozen=True, slots=True)
class _Work:
    """What every sheet needs."""

    template: Template
    evaluation: Evaluation
    draw: Draw
    measure: MeasurePaper


def fill(
    results: Results, templates: Path, draw: Draw, measure: MeasurePaper, progress: Callable[[str], None]
) -> Checked[tuple[Sheet, ...]]:
    """Fill ``sheet.docx`` of the templates' folder for every measure.

    ``draw`` gives an indicator's chart at a width and height (mm), ``measure`` the paper that a docx of a name takes;
    ``progress`` is told each measure before its turn. A template with errors gives no sheets.
    """
    contexts = _contexts(results)
    template = _inspected(templates, contexts)
    if template.value is None:
        return Checked(None, template.diagnostics)
    return _filled(results, contexts, _Work(template.value, results.evaluation, draw, measure), progress)


def inspect(results: Results, templates: Path) -> Checked[Template]:
    """Check ``sheet.docx`` of the templates' folder against what is to be printed, without filling it."""
    return _inspected(templates, _contexts(results))


def _contexts(results: Results) -> list[Context]:
    return [context(result, results.evaluation) for result in results.measures]


def _inspected(templates: Path, contexts: Sequence[Context]) -> Checked[Template]:
    loaded = load(templates, "sheet.docx")
    if loaded.value is None:
        return loaded
    found = check(loaded.value, contexts)
    return Checked(None if has_errors(found) else loaded.value, found)


def _filled(
    results: Results, contexts: Sequence[Context], work: _Work, progress: Callable[[str], None]
) -> Checked[tuple[Sheet, ...]]:
    sheets: list[Sheet] = []
    diagnostics: list[Diagnostic] = []
    page = FIRST_PAGE
    for result, variables in zip(results.measures, contexts, strict=True):
        progress(f"{result.measure.id} {result.measure.name}")
        fitted = _fitted(result, variables, work)
        sheet = _sheet(result, fitted, page, work)
        diagnostics += [*_overflow(result.measure, fitted), *check_sheet(sheet, result, work.template, work.evaluation)]
        sheets.append(sheet)
        page += fitted.extent.pages + fitted.extent.pages % 2
    return Checked(tuple(sheets), tuple(diagnostics))


def _fitted(result: MeasureResult, variables: Context, work: _Work) -> Fitted:
    measure, report = result.measure, work.evaluation.report
    filled = Filled.of(render(work.template, variables), len(result.assessments))
    finish(filled.document, measure, report)
    number_pictures(filled.document, {_picture(n): "" for n in range(1, filled.charts + 1)})
    blanks = tuple(Picture(_picture(n), _PIXEL, 1, 1, "") for n in range(1, filled.charts + 1))
    properties, name = _properties(measure, work), words.file_name(measure)

    def paper(attempt: Filled) -> Extent:
        return work.measure(pack(attempt.packed(), properties, blanks), name)

    return fit(filled, paper, answered=bool(measure.opinions or measure.response))


def _sheet(result: MeasureResult, fitted: Fitted, page: int, work: _Work) -> Sheet:
    """Draw the charts at the size they now have, number the pages, and pack."""
    measure, size = result.measure, figures(len(result.assessments), fitted.level.number)
    charts = tuple(work.draw(assessment, size.width, size.height) for assessment in result.assessments)
    pictures = tuple(Picture(_picture(n), c.png, c.width, c.height, c.alt) for n, c in enumerate(charts, 1))
    filled = fitted.filled
    number_pictures(filled.document, {p.name: p.alt for p in pictures})
    for numbering in filled.document.iter(f"{W}pgNumType"):
        numbering.set(qn("w:start"), str(page))
    docx = pack(filled.packed(), _properties(measure, work), pictures)
    return Sheet(measure.id, words.file_name(measure), docx, charts, fitted.level.number, fitted.extent)


def _picture(number: int) -> str:
    return f"chart{number}"


def _properties(measure: Measure, work: _Work) -> Properties:
    report = work.evaluation.report
    return Properties(words.title(measure, report), f"{report.city} {report.division}", report.date)


def _overflow(measure: Measure, fitted: Fitted) -> tuple[Diagnostic, ...]:
    if fitted.extent.pages <= PAGES:
        return ()
    fields = sorted(words.fields(measure), key=lambda field: -len(field[1]))[:_LONGEST]
    longest = "、".join(f"{name}（{len(text)}文字）" for name, text in fields)
    return (
        warning(
            "sheet-too-long",
            measure.place,
            f"{measure.id}「{measure.name}」のシートが2ページに収まりません（約{fitted.excess}行の超過）。"
            f"長い欄: {longest}",
            "長い欄の文章を短くしてください。このままでも、3ページ以上のシートとして印刷します。",
        ),
    )
