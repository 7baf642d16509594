"""Filling the parts of the book, numbering its pages, and binding it in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.diagnostics import Checked, Diagnostic, error, has_errors, warning
from pipeline.documents.docx.markup import W, parse, serialize
from pipeline.documents.template import Parts, Picture, Properties, Template, check, load, pack, render
from pipeline.documents.template.looks import drop_hidden, emphasise_year, subdue
from pipeline.documents.template.numbers import broken, keep_whole
from pipeline.documents.template.pages import number_from
from pipeline.model.documents import Book, Chart, Extent, Part, Sheet
from pipeline.model.evaluation import Evaluation
from pipeline.model.report import Report
from pipeline.model.results import Assessment, Results
from pipeline.stages.book import contents, cover, explanation, summary, targets
from pipeline.stages.book.checks import Bound, check_book
from pipeline.stages.book.numbering import Pages, Span, before_sheets, number
from pipeline.stages.book.words import common
from pipeline.wording.numbers import NONE
from pipeline.wording.terms import DRAFT, figures_broken, is_draft

Measure = Callable[[bytes, str], Extent]
Variables = Mapping[str, object]

PLANNED = {"cover": 1, "contents": 1, "explanation": 2, "targets": 1, "summary": 1}
"""The parts made here, and how many pages each is meant to take."""

_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_TITLES = {
    "cover": "表紙",
    "contents": "目次",
    "explanation": "評価・検証について",
    "targets": "数値目標の一覧",
    "summary": "総括",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled part, how many pages it takes, and the numbers that its tables break."""

    docx: bytes
    pages: int
    broken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Forms:
    """The book's checked templates, by part, with the results to be printed into them."""

    templates: Mapping[str, Template]
    results: Results


class Press:
    """Fills the templates of one book."""

    def __init__(self, templates: Mapping[str, Template], report: Report, measure: Measure) -> None:
        self.templates = templates
        self.common = common(report)
        self.year = report.year
        self.properties = Properties(title(report), author(report), report.date)
        self.measure = measure

    def fill(
        self, name: str, variables: Variables, pictures: tuple[Picture, ...] = (), page: int | None = None
    ) -> Filled:
        """Fill a template and measure the result; ``page`` is its first, None where pages print no numbers."""
        parts, numbers = _dressed(render(self.templates[name], {**self.common, **variables}), self.year, page)
        docx = pack(parts, self.properties, pictures)
        return Filled(docx, self.measure(docx, self.templates[name].file).pages, numbers)


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the sheets, by part, with what it was filled with."""

    forms: Forms
    press: Press
    filled: Mapping[str, Filled]
    figures: tuple[targets.GoalChart, ...]

    @property
    def sheets(self) -> int:
        """The printed number of the first sheet's first page."""
        return before_sheets(self.filled["explanation"].pages, self.filled["targets"].pages).first


def inspect(results: Results, templates: Path) -> Checked[Forms]:
    """Check the book's templates in a folder against what is to be printed; errors leave nothing to go on with."""
    evaluation = results.evaluation
    if len(evaluation.years) > len(targets.YEARS):
        return Checked(None, (_too_many_years(evaluation),))
    loaded = {name: load(templates, f"{name}.docx") for name in PLANNED}
    unreadable = tuple(d for checked in loaded.values() for d in checked.diagnostics)
    readable = {name: checked.value for name, checked in loaded.items() if checked.value}
    if len(readable) < len(loaded):
        return Checked(None, unreadable)
    wrong = _misfits(results, readable)
    return Checked(None if has_errors(wrong) else Forms(readable, results), (*unreadable, *wrong))


def begin(forms: Forms, draw_chart: targets.Draw, measure: Measure) -> Front:
    """Fill what stands before the sheets, each part with the page numbers that the part before leaves to it."""
    results = forms.results
    press = Press(forms.templates, results.evaluation.report, measure)
    figures = targets.figures(results, draw_chart)
    variables = _unnumbered(results, figures, forms.templates)
    explained = press.fill("explanation", variables["explanation"], page=1)
    listed = press.fill(
        "targets", variables["targets"], tuple(figure.picture for figure in figures), page=explained.pages + 1
    )
    filled = {"cover": press.fill("cover", variables["cover"]), "explanation": explained, "targets": listed}
    return Front(forms, press, filled, figures)


def assemble(front: Front, sheets: Sequence[Sheet]) -> Checked[Book]:
    """Bind what stands before the sheets with them, given in the measures' order, and what comes after.

    A part that takes more pages than it is meant to moves what follows, which is a warning.
    """
    results, press = front.forms.results, front.press
    variables = summary.variables(results, press.templates["summary"])
    after = _number(front.filled, sheets, PLANNED["summary"]).summary.first
    filled = {**front.filled, "summary": press.fill("summary", variables, page=after)}
    pages = _number(filled, sheets, filled["summary"].pages)
    lines = contents.lines(results, pages)
    filled["contents"] = press.fill("contents", contents.variables(lines))
    book = Book(
        title(results.evaluation.report),
        author(results.evaluation.report),
        tuple(_parts(filled, sheets, pages)),
        contents.entries(lines),
        {path: data for figure in front.figures for path, data in figure.files.items()},
    )
    goals = [assessment for goal in results.goals for assessment in goal.assessments]
    wide = figures_broken(goals, filled["targets"].broken)
    return Checked(book, (*_longer(filled, press.templates), *wide, *check_book(Bound(results, sheets, pages, book))))


def _misfits(results: Results, templates: Mapping[str, Template]) -> tuple[Diagnostic, ...]:
    """Check every template against what will be printed into it, with blank charts and the planned pages."""
    figures = targets.figures(
        results, lambda a, width, height: Chart(a.shown.indicator.id, width, height, b"", b"", "")
    )
    planned = number(
        PLANNED["explanation"], PLANNED["targets"], {m.measure.id: 2 for m in results.measures}, PLANNED["summary"]
    )
    variables = {
        **_unnumbered(results, figures, templates),
        "contents": contents.variables(contents.lines(results, planned)),
    }
    shared = common(results.evaluation.report)
    return tuple(d for name, own in variables.items() for d in check(templates[name], [{**shared, **own}]))


def _blank(assessment: Assessment, width: float, height: float) -> Chart:
    """Stand for a chart where only its place matters."""
    return Chart(assessment.shown.indicator.id, width, height, b"", b"", "")


def _dressed(parts: Parts, year: str, page: int | None) -> tuple[Parts, frozenset[str]]:
    """Return the evaluated year's column its look, and absences and wide numbers theirs; drop what is not shown, and
    number the pages.

    Gives the numbers that break all the same, too.
    """
    document, styles = (parse(parts[name], name, name) for name in (_DOCUMENT, _STYLES))
    for table in document.iter(f"{W}tbl"):
        emphasise_year(table, year)
        drop_hidden(table)
        subdue(table, NONE)
    keep_whole(document, styles)
    if page is not None:
        number_from(document, page)
    return {**parts, _DOCUMENT: serialize(document)}, broken(document, styles)


def title(report: Report) -> str:
    """Return the document's title, which says that a draft is one."""
    return report.book_title + (DRAFT if is_draft(report) else "")


def author(report: Report) -> str:
    """Return the document's author: the city and its division."""
    return f"{report.city}　{report.division}"


def _too_many_years(evaluation: Evaluation) -> Diagnostic:
    message = f"総合戦略の年度が{len(evaluation.years)}年度分あり、様式の表（{len(targets.YEARS)}年度分）に入りません。"
    hint = "strategy.yamlのyearsを確かめてください。"
    return error("book-too-many-years", evaluation.report.place, message, hint)


def _unnumbered(
    results: Results, figures: Sequence[targets.GoalChart], templates: Mapping[str, Template]
) -> dict[str, Variables]:
    """Return the variables of the parts that print no page number of another part."""
    return {
        "cover": cover.variables(results),
        "explanation": explanation.variables(results.evaluation),
        "targets": targets.variables(results, figures),
        "summary": summary.variables(results, templates["summary"]),
    }


def _number(filled: Mapping[str, Filled], sheets: Sequence[Sheet], after: int) -> Pages:
    """Number all pages; ``after`` are those of the summary."""
    taken = {sheet.measure: sheet.extent.pages for sheet in sheets}
    return number(filled["explanation"].pages, filled["targets"].pages, taken, after)


def _parts(filled: Mapping[str, Filled], sheets: Sequence[Sheet], pages: Pages) -> Iterator[Part]:
    """List the parts in reading order. Page 1 is a right-hand page, so the leaves before it come in pairs of pages."""
    unnumbered = filled["cover"].pages + filled["contents"].pages
    yield Part("cover", filled["cover"].docx, None, "表紙", False)
    yield Part("contents", filled["contents"].docx, None, "目次", False)
    yield Part("explanation", filled["explanation"].docx, pages.explanation.first, "", unnumbered % 2 == 1)
    yield _part("targets", filled["targets"].docx, pages.targets)
    for sheet in sheets:
        yield _part(sheet.measure, sheet.docx, pages.sheets[sheet.measure])
    yield _part("summary", filled["summary"].docx, pages.summary)


def _part(name: str, docx: bytes, span: Span) -> Part:
    return Part(name, docx, span.first, "", span.blank)


def _longer(filled: Mapping[str, Filled], templates: Mapping[str, Template]) -> Iterator[Diagnostic]:
    """Warn of parts that take more pages than they are meant to."""
    for name, planned in PLANNED.items():
        taken = filled[name].pages
        if taken > planned:
            message = f"冊子の「{_TITLES[name]}」が{taken}ページになりました（予定は{planned}ページ）。"
            hint = "ページ番号と目次は、実際のページ数に合わせてあります。収めるには、文章や名称を短くしてください。"
            yield warning("book-part-too-long", templates[name].place, message, hint)
