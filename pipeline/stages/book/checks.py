"""What must hold of a bound book; checked in every run. One check is one function in ``CHECKS``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.documents.docx.markup import W, text_of
from pipeline.documents.docx.package import Package
from pipeline.model.documents import Book, Sheet
from pipeline.model.results import Results
from pipeline.model.strategy import Shown, Value
from pipeline.stages.book import tallies
from pipeline.stages.book.numbering import Pages, Span
from pipeline.wording.era import open_month
from pipeline.wording.numbers import value
from pipeline.wording.terms import DRAFT, baseline, is_draft

_BEFORE = ("cover", "contents", "explanation", "targets")
_AFTER = ("summary",)
_SHOWN = 20
"""Characters of a lost text that are told."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound book with what it was made from."""

    results: Results
    sheets: Sequence[Sheet]
    pages: Pages
    book: Book

    def text(self, name: str) -> str:
        """Return the text of a part's body without any white space."""
        return _text(self._body(name))

    def tables(self, name: str) -> list[list[list[str]]]:
        """Return the texts of a part's tables without any white space: tables of rows of cells."""
        return [
            [[_text(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
            for table in self._body(name).iter(f"{W}tbl")
        ]

    def _body(self, name: str) -> etree._Element:
        docx = next(part.docx for part in self.book.parts if part.name == name)
        package = Package(docx, name)
        return package.xml(package.document)


def check_book(bound: Bound) -> tuple[Diagnostic, ...]:
    """Run every check."""
    return tuple(d for check in CHECKS for d in check(bound))


def order(bound: Bound) -> Iterator[Diagnostic]:
    """The parts stand in the source's order, with one sheet for each measure in the strategy's order."""
    measures = tuple(m.measure.id for m in bound.results.measures)
    if tuple(part.name for part in bound.book.parts) != (*_BEFORE, *measures, *_AFTER):
        yield _error("book-order", "冊子の並びが、strategy.yaml の並びと合いません。")


def even(bound: Bound) -> Iterator[Diagnostic]:
    """Every sheet starts on an even page, so that it opens as a spread."""
    for measure, span in bound.pages.sheets.items():
        if span.first % 2:
            yield _error("book-sheet-odd", f"評価シート{measure}が奇数ページ（{span.first}）から始まっています。")


def contiguous(bound: Bound) -> Iterator[Diagnostic]:
    """Pages run on from 1 without gap or overlap, but for the empty pages that are asked for."""
    spans = _spans(bound.pages)
    for before, after in pairwise((Span(0, 0), *spans)):
        if after.first != before.last + 1 + after.blank or after.last < after.first:
            yield _error("book-pages", f"ページ{before.last}の次が{after.first}になっています。")


def paper(bound: Bound) -> Iterator[Diagnostic]:
    """Every sheet is given as many pages as it takes."""
    for sheet in bound.sheets:
        span = bound.pages.sheets[sheet.measure]
        if span.last - span.first + 1 != sheet.extent.pages:
            yield _error("book-pages", f"評価シート{sheet.measure}のページ数が、目次の{span}と合いません。")


def contents(bound: Bound) -> Iterator[Diagnostic]:
    """The contents print every entry with its pages, in order."""
    text, at = bound.text("contents"), 0
    for entry in bound.book.entries:
        line = _squeezed(f"{entry.title}{Span(entry.first, entry.last)}")
        at = text.find(line, at)
        if at < 0:
            hint = "templates/contents.docxの繰返しの中に {{r 行.内容 }} があるか確かめてください。"
            yield _error("book-contents-incomplete", f"目次に「{entry.title}」がありません。", "contents", hint)
            return
        at += len(line)


def counts(bound: Bound) -> Iterator[Diagnostic]:
    """The counts that are printed are those of the ratings that are printed."""
    if bound.results.evaluation.report.show_rates:
        for part, row in tallies.wrong(bound.results, bound.tables("summary"), bound.tables("cover")):
            yield _error("book-counts", f"「{row}」の指標の数が、印刷した判定の数と合いません。", part)


def listed(bound: Bound) -> Iterator[Diagnostic]:
    """The summary prints every indicator with the evaluated year's figures, in order."""
    text, at, year = bound.text("summary"), 0, bound.results.evaluation.report.year
    for shown in (a.shown for m in bound.results.measures for a in m.assessments):
        figures = (_printed(values.get(year), shown) for values in (shown.indicator.targets, shown.indicator.actuals))
        at = text.find(_squeezed(shown.name), at)
        if at < 0 or not _follow(figures, text[at:]):
            hint = "templates/summary.docxの繰返しの中に 指標.名称、指標.目標、指標.実績 があるか確かめてください。"
            yield _error(
                "book-summary-incomplete", f"総括に「{shown.name}」の名称か数値がありません。", "summary", hint
            )
            return
        at += len(_squeezed(shown.name))


def targeted(bound: Bound) -> Iterator[Diagnostic]:
    """The list of goal-level targets prints every figure of every year, in order."""
    text, years = bound.text("targets"), bound.results.evaluation.years
    for shown in (a.shown for goal in bound.results.goals for a in goal.assessments):
        name, indicator = _squeezed(shown.name), shown.indicator
        rest = text[text.find(name) :] if name in text else ""
        for start, values in (("", indicator.targets), (baseline(indicator, years), indicator.actuals)):
            if not _follow([name, start, *(_printed(values.get(year), shown) for year in years[1:])], rest):
                message = f"数値目標「{shown.name}」の名称か数値が、一覧にそろっていません。"
                hint = "templates/targets.docxの表に 指標.名称、指標.目標、指標.実績 がそろっているか確かめてください。"
                yield _error("book-targets-incomplete", message, "targets", hint)
                return


def told(bound: Bound) -> Iterator[Diagnostic]:
    """Every text of the inputs stands in the part that is there to show it."""
    for part, texts in _texts(bound.results).items():
        printed = bound.text(part)
        lost = [text for text in dict.fromkeys(texts) if _squeezed(text) not in printed]
        if lost:
            more = f"ほかに{len(lost) - 1}か所あります。" if lost[1:] else ""
            shown = lost[0] if len(lost[0]) <= _SHOWN else f"{lost[0][:_SHOWN]}…"
            hint = f"templates/{part}.docxから欄を消していないか確かめてください。"
            yield _error("book-text-missing", f"「{shown}」が印刷されていません。{more}", part, hint)


def _texts(results: Results) -> Mapping[str, list[str]]:
    """List what the parts print besides figures."""
    evaluation, report = results.evaluation, results.evaluation.report
    sections = [t for s in report.sections for t in (s.heading, *s.paragraphs, *s.points)]
    steps = [t for s in report.sections for step in s.items for t in (step.heading, step.text)]
    sdgs = [t for sdg in evaluation.sdgs for t in (sdg.name, sdg.text)]
    goals = [goal.goal.name for goal in results.goals if goal.assessments]
    counted = [m.goal.name for m in results.measures if m.goal and m.assessments and report.show_rates]
    return {
        "cover": [report.book_title, report.city, report.division],
        "explanation": [report.explanation_title, *sections, *steps, report.sdgs_title, report.sdgs_note, *sdgs],
        "targets": [report.targets_title, report.targets_note, *goals],
        "summary": counted,
    }


def _follow(texts: Iterable[str], printed: str) -> bool:
    """Return whether the texts stand one after the other, whatever stands between them."""
    at = 0
    for text in map(_squeezed, texts):
        at = printed.find(text, at) + len(text) if text in printed[at:] else -1
        if at < 0:
            return False
    return True


def _printed(figure: Value | None, shown: Shown) -> str:
    return value(figure, shown.indicator.decimals)


def edition(bound: Bound) -> Iterator[Diagnostic]:
    """A final book shows no trace of the draft; a draft says that it is one."""
    cover = bound.text("cover")
    if is_draft(bound.results.evaluation.report):
        if DRAFT not in cover:
            hint = "templates/cover.docxに {{ 案の字 }} があるか確かめてください。"
            yield _error("book-draft-unmarked", "審議用の案ですが、表紙に（案）がありません。", "cover", hint)
    elif DRAFT in cover or open_month(bound.results.evaluation.report.evaluated_in) in cover:
        hint = "templates/cover.docxに直接書いた（案）や●を消してください。"
        yield _error("book-final-marked", "確定版ですが、表紙に（案）又は●が残っています。", "cover", hint)


CHECKS: tuple[Callable[[Bound], Iterator[Diagnostic]], ...] = (
    order,
    even,
    contiguous,
    paper,
    contents,
    counts,
    listed,
    targeted,
    told,
    edition,
)


def _spans(pages: Pages) -> tuple[Span, ...]:
    return (pages.explanation, pages.targets, *pages.sheets.values(), pages.summary)


def _text(element: etree._Element) -> str:
    return _squeezed(text_of(element))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _error(identifier: str, message: str, part: str = "", hint: str = "") -> Diagnostic:
    return error(identifier, Place(f"templates/{part}.docx" if part else "report.pdf"), message, hint)
