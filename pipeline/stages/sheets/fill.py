"""Filling the sheets of all measures, one after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Checked, Diagnostic, error, has_errors, warning
from pipeline.documents.docx.completion import Completion, Drawn
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.memory import FORGETFUL, Memory
from pipeline.documents.parallel import EachOnce
from pipeline.documents.template import Picture, Properties, Template, check, load, names, pack, render
from pipeline.documents.template.numbers import broken
from pipeline.documents.template.pages import number_from
from pipeline.model.audit import AuditRules
from pipeline.model.documents import Chart, Extent, Sheet
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import Form, Holder, SheetForm
from pipeline.model.results import Assessment, MeasureResult, Results
from pipeline.model.strategy import Goal
from pipeline.stages.sheets import wml, words
from pipeline.stages.sheets.checks import by_name, check_sheet, told_once
from pipeline.stages.sheets.context import Context, by_chart, context
from pipeline.stages.sheets.finish import finish, number_pictures
from pipeline.stages.sheets.fit import Fitted, as_it_is, fit, fit_for_notes
from pipeline.stages.sheets.layout import Filled, chart_sizes
from pipeline.stages.sheets.pens import Pen, PlainPen
from pipeline.stages.sheets.unprinted import unprinted
from pipeline.wording import terms

if TYPE_CHECKING:  # sheets are looked over without drawing anything
    from pipeline.documents import pdf

PLAIN = PlainPen()
_LONGEST = 3
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c636800000082"
    "0081772dda650000000049454e44ae426082"
)
"""Stands for every chart while a sheet is measured, with its name for vectors: only a chart's size matters then."""

Draw = Callable[[Assessment, float, float], Chart]


class Paper(Protocol):
    """Tells how much paper docx files take, which have names for messages."""

    def measure(self, docx: bytes, name: str) -> pdf.Measured:
        """Return the paper a docx takes that is going to be completed."""

    def complete(self, docx: bytes, measured: pdf.Measured, completion: Completion) -> pdf.Pagination:
        """Return the paper a docx takes that has been completed since it was measured: it is not read again."""


class SheetTemplate(Struct, frozen=True):
    """A checked ``sheet.docx`` with what is to be printed into it, measure by measure."""

    template: Template
    results: Results
    contexts: tuple[Context, ...]
    named: frozenset[str]
    """The names of what the template prints on some sheet."""
    memory: Memory
    """Has what was read of the template."""


class Turn(Struct, frozen=True):
    """A measure whose sheet is to be made, and the sheet's first page; ``str`` names it for progress."""

    result: MeasureResult
    variables: Context
    page: int

    @property
    def basis(self) -> Mapping[str, object]:
        """All that the sheet rests on beside what sheets share."""
        return {**self.variables, "入力データ": self.result, "ページの番号": self.page}

    def __str__(self) -> str:
        return f"{self.result.measure.id} {self.result.measure.name}"


class _Work(Struct, frozen=True):
    """What every sheet needs."""

    template: Template
    evaluation: Evaluation
    memory: Memory
    draw: Draw
    paper: Paper

    @property
    def pages(self) -> int | None:
        """How many pages a sheet is to have; None leaves that to what stands in it."""
        return self.evaluation.form.sheet.pages

    def make(self, turn: Turn) -> Checked[Sheet]:
        """Make and check a sheet; none where the template holds what no page can show (another typeface)."""
        try:
            fitted = _fitted(turn, self)
            sheet = _sheet(turn.result, fitted, self)
        except DocxError as refused:
            return Checked(None, (_refused(turn.result.measure, refused, self.template),))
        named = by_name(self.template, turn.variables, self.memory)
        found = check_sheet(sheet, turn.result, self.template, self.evaluation, named)
        numbers = broken(fitted.filled.document, fitted.filled.styles)
        wide = terms.figures_broken(turn.result.assessments, numbers)
        return Checked(sheet, (*_overflow(turn.result.measure, self.evaluation, fitted, self.pages), *wide, *found))


def inspect(
    results: Results,
    templates: Path,
    pen: Pen = PLAIN,
    elsewhere: frozenset[str] = frozenset(),
    memory: Memory = FORGETFUL,
) -> Checked[SheetTemplate]:
    """Return ``sheet.docx`` of the templates' folder, checked against what is to be printed; ``pen`` writes the inputs'
    texts.

    ``elsewhere`` are the names of what the book prints besides the sheets; ``memory`` as for ``template.load``.
    """
    loaded = load(templates, "sheet.docx", memory)
    if loaded.value is None:
        return Checked(None, loaded.diagnostics)
    contexts = tuple(context(result, results.evaluation, pen) for result in results.measures)
    found = (*loaded.diagnostics, *check(loaded.value, contexts, memory))
    if has_errors(found):
        return Checked(None, found)
    named = frozenset[str]().union(*(names(loaded.value, variables, memory) for variables in contexts))
    ready = SheetTemplate(loaded.value, results, contexts, named, memory)
    few = terms.years_lacking(named, results.evaluation.years, ready.template.place)
    return Checked(ready, (*found, *few, *unprinted(results.evaluation, ready.template, named | elsewhere)))


def fill(ready: SheetTemplate, first: int, draw: Draw, paper: Paper, each: EachOnce) -> Checked[tuple[Sheet, ...]]:
    """Return a filled sheet for every measure; ``first`` is the first sheet's first page.

    ``draw`` gives an indicator's chart at a width and height (mm); ``each`` does the work on all ``Turn``s.
    """
    work = _Work(ready.template, _shared(ready.results.evaluation), ready.memory, draw, paper)
    turns = [
        Turn(replace(result, goal=None), variables, first + (work.pages or 1) * n)
        for n, (result, variables) in enumerate(zip(ready.results.measures, ready.contexts, strict=True))
    ]
    made = each(work.make, turns, {"様式": work.template, "共通の設定": work.evaluation})
    moved = _moved(turns, [one.value.extent.pages for one in made if one.value], first, work.evaluation.form.sheet)
    made = [work.make(moved[n]) if n in moved else one for n, one in enumerate(made)]
    sheets = tuple(one.value for one in made if one.value)
    found = told_once(d for one in made for d in one.diagnostics)
    return Checked(sheets if len(sheets) == len(turns) else None, found)


def _shared(evaluation: Evaluation) -> Evaluation:
    """Return what sheets may know beside their own measure: no sheet rests on what stands in another, nor on a goal's
    figures, which other parts of the book print.
    """
    goals, groups = _without_figures(evaluation.goals), _without_figures(evaluation.groups)
    plan = replace(evaluation, goals=goals, groups=groups, measures=(), indicators=(), opinions=())
    return replace(plan, texts=(), spots={}, rules=AuditRules())


def _without_figures(nodes: Sequence[Goal]) -> tuple[Goal, ...]:
    return tuple(replace(node, indicators=()) for node in nodes)


def _moved(turns: Sequence[Turn], pages: Sequence[int], first: int, form: SheetForm) -> dict[int, Turn]:
    """Return the turns that start on another page than planned, as sheets before them take more or fewer pages.

    None where not every sheet could be made.
    """
    if len(pages) < len(turns):
        return {}
    moved, page = {}, first
    for n, (turn, taken) in enumerate(zip(turns, pages, strict=True)):
        if turn.page != page:
            moved[n] = replace(turn, page=page)
        page += taken + (taken % 2 if form.is_spread else 0)
    return moved


def _fitted(turn: Turn, work: _Work) -> Fitted:
    measure, report = turn.result.measure, work.evaluation.report
    filled = Filled.of(render(work.template, turn.variables, work.memory), len(turn.result.assessments))
    finish(filled.document, filled.styles, measure, report)
    number_pictures(filled.document, {_picture(n): "" for n in range(1, filled.charts + 1)})
    number_from(filled.document, turn.page)
    blanks = tuple(Picture(name, _PIXEL, name.encode(), 1, 1, "") for name in chart_sizes(filled.document))
    properties, name = _properties(measure, work), words.file_name(measure)

    def paper(attempt: Filled) -> pdf.Measured:
        return work.paper.measure(pack(attempt.packed(), properties, blanks), name)

    if work.pages is None:
        return as_it_is(filled, paper)
    if not terms.is_draft(report):
        return fit(filled, paper, work.pages)
    return fit_for_notes(filled, paper, work.pages, answered=_is_answered(measure, work.evaluation.form))


def _is_answered(measure: Measure, form: Form) -> bool:
    """Return whether the council has spoken, or the city has answered."""
    return bool(measure.opinions) or any(measure.fields[field.id] for field in form.of_council(Holder.MEASURE))


def _sheet(result: MeasureResult, fitted: Fitted, work: _Work) -> Sheet:
    """Draw the charts that stand there at the size they now have, and pack."""
    measure, filled = result.measure, fitted.filled
    by_name = charts_named(result)
    drawn = {name: work.draw(by_name[name], *size) for name, size in chart_sizes(filled.document).items()}
    pictures = tuple(Picture(name, c.png, c.svg, c.width, c.height, c.alt) for name, c in drawn.items())
    number_pictures(filled.document, {p.name: p.alt for p in pictures})
    docx = pack(filled.packed(), _properties(measure, work), pictures)
    completion = Completion(
        {p.name.encode(): Drawn(p.png, p.svg, p.alt) for p in pictures},
        {} if fitted.grown is None else {wml.OPINIONS: fitted.grown},
    )
    taken = work.paper.complete(docx, fitted.paper, completion)
    extent = Extent(taken.lines, taken.free)
    return Sheet(measure.id, words.file_name(measure), docx, tuple(drawn.values()), fitted.level.number, extent)


def charts_named(result: MeasureResult) -> dict[str, Assessment]:
    """Return a measure's indicators by the names of their charts in its variables."""
    return {_picture(n): assessment for n, assessment in enumerate(by_chart(result), 1)}


def _picture(number: int) -> str:
    return f"chart{number}"


def _properties(measure: Measure, work: _Work) -> Properties:
    report = work.evaluation.report
    return Properties(words.title(measure, work.evaluation), report.author, report.date)


def _refused(measure: Measure, refused: DocxError, template: Template) -> Diagnostic:
    message = f"シート{measure.id}: {refused.message}"
    hint = f"Wordで{template.file}を開き、{refused.cure or 'その箇所を直してください。'}"
    return error("sheet-refused", template.place, message, hint)


def _overflow(measure: Measure, evaluation: Evaluation, fitted: Fitted, pages: int | None) -> tuple[Diagnostic, ...]:
    if pages is None or fitted.paper.pages <= pages:
        return ()
    fields = sorted(words.fields(measure, evaluation), key=lambda field: -len(field.text))[:_LONGEST]
    longest = "、".join(f"{field.title}（{len(field.text)}文字）" for field in fields)
    return (
        warning(
            "sheet-too-long",
            measure.place,
            f"{measure.id}「{measure.name}」のシートが{pages}ページに収まりません（約{fitted.excess(pages)}行の超過）。"
            f"長い欄: {longest}",
            f"長い欄の文章を短くしてください。このままでも、{pages + 1}ページ以上のシートとして印刷します。",
        ),
    )
