"""Filling the sheets of all measures, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, error, has_errors, warning
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.parallel import Each
from pipeline.documents.template import Picture, Properties, Template, check, load, pack, render
from pipeline.documents.template.numbers import broken
from pipeline.documents.template.pages import number_from
from pipeline.model.documents import Chart, Extent, Sheet
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.results import Assessment, MeasureResult, Results
from pipeline.stages.sheets import words
from pipeline.stages.sheets.checks import check_sheet, told_once
from pipeline.stages.sheets.context import Context, context
from pipeline.stages.sheets.finish import finish, number_pictures
from pipeline.stages.sheets.fit import PAGES, Fitted, fit
from pipeline.stages.sheets.layout import Filled
from pipeline.stages.sheets.levels import figures
from pipeline.stages.sheets.pens import Pen, PlainPen
from pipeline.wording import terms

PLAIN = PlainPen()
_LONGEST = 3
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c636800000082"
    "0081772dda650000000049454e44ae426082"
)
"""Stands for every chart while a sheet is measured: only a chart's size matters then."""

Draw = Callable[[Assessment, float, float], Chart]
MeasurePaper = Callable[[bytes, str], Extent]


@dataclass(frozen=True, slots=True)
class Form:
    """A checked ``sheet.docx`` with what is to be printed into it, measure by measure."""

    template: Template
    results: Results
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A measure whose sheet is to be made, and the sheet's first page; ``str`` names it for progress."""

    result: MeasureResult
    variables: Context
    page: int

    def __str__(self) -> str:
        return f"{self.result.measure.id} {self.result.measure.name}"


@dataclass(frozen=True, slots=True)
class _Work:
    """What every sheet needs."""

    template: Template
    evaluation: Evaluation
    draw: Draw
    measure: MeasurePaper

    def make(self, turn: Turn) -> Checked[Sheet]:
        """Make and check a sheet; none where the template holds what no page can show (another typeface)."""
        try:
            fitted = _fitted(turn.result, turn.variables, self)
            sheet = _sheet(turn.result, fitted, turn.page, self)
        except DocxError as refused:
            return Checked(None, (_refused(turn.result.measure, refused, self.template),))
        found = check_sheet(sheet, turn.result, self.template, self.evaluation)
        numbers = broken(fitted.filled.document, fitted.filled.styles)
        wide = terms.figures_broken(turn.result.assessments, numbers)
        return Checked(sheet, (*_overflow(turn.result.measure, fitted), *wide, *found))


def inspect(results: Results, templates: Path, pen: Pen = PLAIN) -> Checked[Form]:
    """Check ``sheet.docx`` of the templates' folder against what is to be printed; ``pen`` writes the inputs' texts."""
    loaded = load(templates, "sheet.docx")
    if loaded.value is None:
        return Checked(None, loaded.diagnostics)
    contexts = tuple(context(result, results.evaluation, pen) for result in results.measures)
    found = (*loaded.diagnostics, *check(loaded.value, contexts))
    return Checked(None if has_errors(found) else Form(loaded.value, results, contexts), found)


def fill(form: Form, first: int, draw: Draw, measure: MeasurePaper, each: Each) -> Checked[tuple[Sheet, ...]]:
    """Fill a sheet for every measure; ``first`` is the first sheet's first page.

    ``draw`` gives an indicator's chart at a width and height (mm), ``measure`` the paper that a docx of a name takes;
    ``each`` does the work on all ``Turn``s.
    """
    work = _Work(form.template, form.results.evaluation, draw, measure)
    turns = [
        Turn(result, variables, first + PAGES * n)
        for n, (result, variables) in enumerate(zip(form.results.measures, form.contexts, strict=True))
    ]
    made = each(work.make, turns)
    moved = _moved(turns, [one.value.extent.pages for one in made if one.value], first)
    made = [work.make(moved[n]) if n in moved else one for n, one in enumerate(made)]
    sheets = tuple(one.value for one in made if one.value)
    found = told_once(d for one in made for d in one.diagnostics)
    return Checked(sheets if len(sheets) == len(turns) else None, found)


def _moved(turns: Sequence[Turn], pages: Sequence[int], first: int) -> dict[int, Turn]:
    """Return the turns that start on another page than planned, as sheets before them are too long.

    None where not every sheet could be made.
    """
    if len(pages) < len(turns):
        return {}
    moved, page = {}, first
    for n, (turn, taken) in enumerate(zip(turns, pages, strict=True)):
        if turn.page != page:
            moved[n] = replace(turn, page=page)
        page += taken + taken % 2
    return moved


def _fitted(result: MeasureResult, variables: Context, work: _Work) -> Fitted:
    measure, report = result.measure, work.evaluation.report
    filled = Filled.of(render(work.template, variables), len(result.assessments))
    finish(filled.document, filled.styles, measure, report)
    number_pictures(filled.document, {_picture(n): "" for n in range(1, filled.charts + 1)})
    blanks = tuple(Picture(_picture(n), _PIXEL, b"", 1, 1, "") for n in range(1, filled.charts + 1))
    properties, name = _properties(measure, work), words.file_name(measure)

    def paper(attempt: Filled) -> Extent:
        return work.measure(pack(attempt.packed(), properties, blanks), name)

    return fit(filled, paper, answered=bool(measure.opinions or measure.response))


def _sheet(result: MeasureResult, fitted: Fitted, page: int, work: _Work) -> Sheet:
    """Draw the charts at the size they now have, number the pages, and pack."""
    measure, size = result.measure, figures(len(result.assessments), fitted.level.number)
    charts = tuple(work.draw(assessment, size.width, size.height) for assessment in result.assessments)
    pictures = tuple(Picture(_picture(n), c.png, c.svg, c.width, c.height, c.alt) for n, c in enumerate(charts, 1))
    filled = fitted.filled
    number_pictures(filled.document, {p.name: p.alt for p in pictures})
    number_from(filled.document, page)
    docx = pack(filled.packed(), _properties(measure, work), pictures)
    name = words.file_name(measure)
    return Sheet(measure.id, name, docx, charts, fitted.level.number, work.measure(docx, name))


def _picture(number: int) -> str:
    return f"chart{number}"


def _properties(measure: Measure, work: _Work) -> Properties:
    report = work.evaluation.report
    return Properties(words.title(measure, work.evaluation), f"{report.city} {report.division}", report.date)


def _refused(measure: Measure, refused: DocxError, template: Template) -> Diagnostic:
    message = f"シート{measure.id}: {refused.message}"
    hint = f"Wordで{template.file}を開き、{refused.cure or 'その箇所を直してください。'}"
    return error("sheet-refused", template.place, message, hint)


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
