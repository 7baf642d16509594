"""Filling the parts of the book, numbering its pages, and binding it in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.diagnostics import Checked, Diagnostic, error, has_errors, warning
from pipeline.documents.docx.markup import W, parse, serialize
from pipeline.documents.docx.parts import DOCUMENT, STYLES
from pipeline.documents.memory import FORGETFUL, Memory
from pipeline.documents.parallel import EachOnce
from pipeline.documents.template import (
    Parts,
    Picture,
    Properties,
    Template,
    check,
    load,
    names,
    pack,
    render,
)
from pipeline.documents.template.looks import drop_hidden, emphasise_year, subdue
from pipeline.documents.template.numbers import broken, keep_whole, widen_labels
from pipeline.documents.template.pages import number_from
from pipeline.model.documents import Book, Chart, Nodes, Part, Sheet
from pipeline.model.form import BookPart
from pipeline.model.report import Report
from pipeline.model.results import Assessment, Results
from pipeline.stages.book import contents, cover, explanation, judged, opinions, revisions, summary, targets
from pipeline.stages.book.checks import Bound, check_book
from pipeline.stages.book.numbering import Pages, Span, number
from pipeline.stages.book.words import common
from pipeline.wording import terms
from pipeline.wording.numbers import NONE
from pipeline.wording.terms import DRAFT, figures_broken, is_draft

CountPages = Callable[[bytes, str], int]
Variables = Mapping[str, object]

PLANNED = {
    BookPart.COVER: 1,
    BookPart.CONTENTS: 1,
    BookPart.EXPLANATION: 2,
    BookPart.TARGETS: 1,
    BookPart.OPINIONS: 1,
    BookPart.REVISIONS: 1,
    BookPart.SUMMARY: 1,
}
"""The parts made here, and how many pages each is meant to take."""

_LISTS = (BookPart.OPINIONS, BookPart.REVISIONS)
"""Parts that take as many pages as there is to list."""


class Filled(Struct, frozen=True):
    """A filled part, how many pages it takes, the numbers that its tables break, and the names of what it prints."""

    docx: bytes
    pages: int
    broken: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


class BookTemplates(Struct, frozen=True):
    """The book's checked templates, by part in the book's order, with the results to be printed into them; ``nodes``
    are those of the plan, with what came of them.

    ``variables`` are what each part prints while charts are not drawn and pages not counted, ``names`` how the
    templates name what they print of it; ``memory`` has what was read of them.
    """

    templates: Mapping[str, Template]
    results: Results
    nodes: Nodes
    variables: Mapping[str, Variables] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    memory: Memory = FORGETFUL

    @property
    def common(self) -> Variables:
        """What every part may print."""
        shared = common(self.results.evaluation.report, self.results.indicators)
        return {**shared, "階層一覧": [*self.nodes.above.values()]}

    @property
    def named(self) -> frozenset[str]:
        """The names of what the templates print of goals and groups."""
        return frozenset[str]().union(*self.names.values())

    @property
    def before_sheets(self) -> tuple[str, ...]:
        """The parts that stand before the sheets; all of them in a book without sheets."""
        parts = self.results.evaluation.form.parts
        return parts[: parts.index(BookPart.SHEETS)] if BookPart.SHEETS in parts else parts


class _PartOrder(Struct, frozen=True):
    """A part to be filled: what its template prints, and its first page's number, None where pages print none."""

    template: Template
    variables: Variables
    pictures: tuple[Picture, ...]
    page: int | None

    @property
    def basis(self) -> Mapping[str, object]:
        """All that the part rests on beside what parts share."""
        return {**self.variables, "様式": self.template, "図": self.pictures, "ページの番号": self.page}

    def __str__(self) -> str:
        return self.template.file


class Press:
    """Fills the templates of one book."""

    def __init__(self, forms: BookTemplates, count: CountPages, each: EachOnce) -> None:
        report = forms.results.evaluation.report
        self.templates = forms.templates
        self.common = forms.common
        self.year = report.year
        self.properties = Properties(title(report), report.author, report.date)
        self.memory = forms.memory
        self.count = count
        self.each = each

    def fill(
        self, name: str, variables: Variables, pictures: tuple[Picture, ...] = (), page: int | None = None
    ) -> Filled:
        """Return a template filled and measured; ``page`` is its first, None where pages print no numbers."""
        order = _PartOrder(self.templates[name], {**self.common, **variables}, pictures, page)
        return self.each(self._fill, [order], {"年度": self.year, "文書の情報": self.properties})[0]

    def _fill(self, order: _PartOrder) -> Filled:
        parts, numbers = _dressed(render(order.template, order.variables, self.memory), self.year, order.page)
        docx = pack(parts, self.properties, order.pictures)
        pages = self.count(docx, order.template.file)
        return Filled(docx, pages, numbers, names(order.template, order.variables, self.memory))


class Front(Struct, frozen=True):
    """What stands before the sheets, by part, with what the book is filled with."""

    forms: BookTemplates
    press: Press
    variables: Mapping[str, Variables]
    filled: Mapping[str, Filled]
    figures: tuple[targets.GoalChart, ...]

    @property
    def sheets(self) -> int:
        """The printed number of the first sheet's first page."""
        pages = self.number({"": 1})
        return pages.sheets[""].first if pages.sheets else 1

    def number(self, sheets: Mapping[str, int], filled: Mapping[str, Filled] | None = None) -> Pages:
        """Return the page numbers of the parts that are filled, and of sheets of so many pages."""
        taken = {name: one.pages for name, one in (filled or self.filled).items()}
        return number(self.forms.results.evaluation.form, taken, sheets)


def inspect(
    results: Results, holding: Callable[[str], Path], nodes: Nodes, memory: Memory = FORGETFUL
) -> Checked[BookTemplates]:
    """Return the book's templates, checked against what is to be printed; errors leave nothing to go on with.

    ``holding`` gives the folder in which a template lies, ``nodes`` are the nodes of the plan as templates print them;
    ``memory`` as for ``template.load``.
    """
    parts = [part for part in results.evaluation.form.parts if part is not BookPart.SHEETS]
    files = {name: f"{name}.docx" for name in parts}
    loaded: dict[str, Checked[Template]] = {name: load(holding(file), file, memory) for name, file in files.items()}
    unreadable = tuple(d for checked in loaded.values() for d in checked.diagnostics)
    readable = {name: checked.value for name, checked in loaded.items() if checked.value}
    if len(readable) < len(loaded):
        return Checked(None, unreadable)
    forms = BookTemplates(readable, results, judged.with_results(nodes, results), memory=memory)
    variables = _variables(forms, targets.figures(results, _blank), _planned(forms))
    contexts = {name: {**forms.common, **own} for name, own in variables.items()}
    wrong = tuple(d for name, context in contexts.items() for d in check(readable[name], [context], memory))
    if wrong:
        return Checked(None, (*unreadable, *wrong))
    named = {name: names(readable[name], context, memory) for name, context in contexts.items()}
    forms = replace(forms, variables=variables, names=named)
    found = (*unreadable, *_nameless(forms))
    return Checked(None if has_errors(found) else forms, found)


def _nameless(forms: BookTemplates) -> Iterator[Diagnostic]:
    """Report templates that print a name which the inputs leave out, or not all years."""
    report = forms.results.evaluation.report
    lacking = {"sdgs": ("SDGs.題名", report.sdgs_title), "council": ("冊子.会議", report.council)}
    for part, template in forms.templates.items():
        named = forms.names[part]
        yield from terms.years_lacking(named, forms.results.evaluation.years, template.place)
        for key, (name, text) in lacking.items():
            if name in named and not text:
                message = f"様式に {{{{ {name} }}}} がありますが、report.yaml に {key} がありません。"
                hint = f"report.yaml に {key} を書くか、Wordで{template.file}からこの項目と、その周りを消してください。"
                yield error("book-text-unknown", template.place, message, hint)


def begin(forms: BookTemplates, draw_chart: targets.Draw, count: CountPages, each: EachOnce) -> Front:
    """Return what stands before the sheets, filled, each with the page numbers that the one before leaves to it."""
    press = Press(forms, count, each)
    figures = _figures(forms, draw_chart)
    variables = {**forms.variables, **_drawn(forms, figures)}
    front = Front(forms, press, variables, {}, figures)
    return replace(front, filled=_filled(front, forms.before_sheets, {}))


def assemble(front: Front, sheets: Sequence[Sheet]) -> Checked[Book]:
    """Return the book: what stands before the sheets, them, given in the measures' order, and what comes after.

    A part that takes more pages than it is meant to moves what follows, which is a warning.
    """
    results, press = front.forms.results, front.press
    report = results.evaluation.report
    taken = {sheet.measure: sheet.extent.pages for sheet in sheets} if BookPart.SHEETS in _parts_of(front) else {}
    filled = _filled(front, tuple(part for part in _parts_of(front) if part is not BookPart.SHEETS), taken)
    pages = front.number(taken, filled)
    lines, variables = contents.lines(results, pages), dict(front.variables)
    if BookPart.CONTENTS in filled:
        variables[BookPart.CONTENTS] = contents.variables(lines)
        filled[BookPart.CONTENTS] = _refilled(front, variables, pages)
    book = Book(
        title(report),
        report.author,
        tuple(_bound(front, filled, sheets, pages)),
        contents.entries(lines),
        {path: data for figure in front.figures for path, data in figure.files.items()},
    )
    named = {name: one.named for name, one in filled.items()}
    goals = results.goal_assessments
    wide = figures_broken(goals, filled[BookPart.TARGETS].broken) if BookPart.TARGETS in filled else ()
    found = check_book(Bound(results, sheets if taken else (), pages, book, named))
    return Checked(book, (*_longer(filled, press.templates), *wide, *found))


def _parts_of(front: Front) -> tuple[BookPart, ...]:
    return front.forms.results.evaluation.form.parts


def _filled(front: Front, names: Sequence[str], sheets: Mapping[str, int]) -> dict[str, Filled]:
    """Fill parts in their order, as far as that is not done yet, each numbered on from what stands before it."""
    filled = dict(front.filled)
    for name in names:
        if name not in filled:
            pages = front.number(sheets, {**filled, name: Filled(b"", 1)})
            page = pages.parts[name].first if name in pages.parts else None
            filled[name] = front.press.fill(name, front.variables[name], _pictures(front, name), page)
    return filled


def _refilled(front: Front, variables: Mapping[str, Variables], pages: Pages) -> Filled:
    """Fill the contents again, now that all page numbers are known."""
    span = pages.parts.get(BookPart.CONTENTS)
    return front.press.fill(BookPart.CONTENTS, variables[BookPart.CONTENTS], page=span.first if span else None)


def _pictures(front: Front, name: str) -> tuple[Picture, ...]:
    return tuple(figure.picture for figure in front.figures) if name == BookPart.TARGETS else ()


def _planned(forms: BookTemplates) -> Pages:
    """Number the pages as they are planned, where only the lines of the contents matter."""
    evaluation = forms.results.evaluation
    sheets = {m.measure.id: evaluation.form.sheet.pages or 1 for m in forms.results.measures}
    return number(evaluation.form, {name: PLANNED[BookPart(name)] for name in forms.templates}, sheets)


def _figures(forms: BookTemplates, draw_chart: targets.Draw) -> tuple[targets.GoalChart, ...]:
    """Draw the charts of the goal-level targets, where the template shows them."""
    if BookPart.TARGETS not in forms.templates:
        return ()
    template = forms.templates[BookPart.TARGETS]
    shown = any(name.endswith(targets.CHART) for name in forms.names[BookPart.TARGETS])
    return targets.figures(forms.results, draw_chart, targets.width(template)) if shown else ()


def _drawn(forms: BookTemplates, figures: Sequence[targets.GoalChart]) -> Mapping[str, Variables]:
    """Return what is printed with charts, now that they are drawn."""
    if BookPart.TARGETS not in forms.templates:
        return {}
    return {BookPart.TARGETS: targets.variables(forms.results, figures, forms.nodes.above)}


def _blank(assessment: Assessment, width: float, height: float) -> Chart:
    """Stand for a chart where only its place matters."""
    return Chart(assessment.shown.indicator.id, width, height, b"", b"", "")


def _dressed(parts: Parts, year: str, page: int | None) -> tuple[Parts, frozenset[str]]:
    """Return the evaluated year's column its look, and absences and wide numbers theirs; drop what is not shown, and
    number the pages.

    Gives the numbers that break all the same, too.
    """
    document, styles = (parse(parts[name], name, name) for name in (DOCUMENT, STYLES))
    for table in document.iter(f"{W}tbl"):
        emphasise_year(table, year)
        drop_hidden(table)
        subdue(table, NONE)
    widen_labels(document, styles)
    keep_whole(document, styles)
    if page is not None:
        number_from(document, page)
    return {**parts, DOCUMENT: serialize(document)}, broken(document, styles)


def title(report: Report) -> str:
    """Return the document's title, which says that a draft is one."""
    return report.book_title + (DRAFT if is_draft(report) else "")


def _variables(forms: BookTemplates, figures: Sequence[targets.GoalChart], pages: Pages) -> dict[str, Variables]:
    """Return what each part of the book is filled with."""
    results, templates = forms.results, forms.templates
    made: Mapping[str, Callable[[], Variables]] = {
        BookPart.COVER: lambda: cover.variables(results, forms.nodes.above),
        BookPart.CONTENTS: lambda: contents.variables(contents.lines(results, pages)),
        BookPart.EXPLANATION: lambda: explanation.variables(results.evaluation),
        BookPart.TARGETS: lambda: targets.variables(results, figures, forms.nodes.above),
        BookPart.OPINIONS: lambda: opinions.variables(results.evaluation),
        BookPart.REVISIONS: lambda: revisions.variables(results.evaluation),
        BookPart.SUMMARY: lambda: summary.variables(results, templates[BookPart.SUMMARY], forms.nodes),
    }
    return {name: made[name]() for name in templates}


def _bound(front: Front, filled: Mapping[str, Filled], sheets: Sequence[Sheet], pages: Pages) -> Iterator[Part]:
    """Yield the parts in reading order; an empty leaf before page 1 stands before the first of them with a number."""
    leaf = pages.leaf
    for part in _parts_of(front):
        if part is BookPart.SHEETS:
            for sheet in sheets:
                yield _part(sheet.measure, sheet.docx, pages.sheets[sheet.measure], leaf=leaf)
                leaf = False
        elif part in pages.parts:
            yield _part(part, filled[part].docx, pages.parts[part], leaf=leaf)
            leaf = False
        else:
            yield Part(part, filled[part].docx, None, part.called, False)


def _part(name: str, docx: bytes, span: Span, *, leaf: bool) -> Part:
    return Part(name, docx, span.first, "", span.blank or leaf)


def _longer(filled: Mapping[str, Filled], templates: Mapping[str, Template]) -> Iterator[Diagnostic]:
    """Warn of parts that take more pages than they are meant to."""
    for name, one in filled.items():
        part, taken = BookPart(name), one.pages
        planned = PLANNED[part]
        if taken > planned and part not in _LISTS:
            message = f"冊子の「{part.called}」が{taken}ページになりました（予定は{planned}ページ）。"
            hint = "ページ番号と目次は、実際のページ数に合わせてあります。収めるには、文章や名称を短くしてください。"
            yield warning("book-part-too-long", templates[name].place, message, hint)
