"""What must hold of a bound book; checked in every run. One check is one function in ``CHECKS``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from lxml import etree
from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, error, squeezed, warning
from pipeline.documents.docx.markup import W, text_of
from pipeline.documents.docx.package import Package
from pipeline.model.documents import Book, Sheet
from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.model.strategy import Shown, Value
from pipeline.stages.book import recount, revisions, tallies, texts
from pipeline.stages.book.numbering import Pages, Span
from pipeline.wording.era import open_month
from pipeline.wording.numbers import has_figure, value
from pipeline.wording.terms import (
    DRAFT,
    YEARS,
    baseline,
    draft_sentence,
    is_draft,
    other_actual,
    target,
    target_marks,
    year_compared,
)

_SHOWN = 20
"""Characters of a lost text that are told."""


class Bound(Struct, frozen=True):
    """A bound book with what it was made from."""

    results: Results
    sheets: Sequence[Sheet]
    pages: Pages
    book: Book
    named: Mapping[str, frozenset[str]]
    """What the template of each part names; what it does not is not asked for."""

    def names(self, part: str, *names: str) -> bool:
        """Return whether the book has a part whose template names all of these."""
        return part in self.named and self.named[part].issuperset(names)

    def text(self, name: str) -> str:
        """Return the text of a part's body without any white space."""
        return _text(self._body(name))

    def tables(self, name: str) -> list[list[list[str]]]:
        """Return the texts of a part's tables without any white space: tables of rows of cells."""
        return [
            [[_text(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
            for table in self._body(name).iter(f"{W}tbl")
        ]

    def lines(self, name: str) -> list[list[str]]:
        """Return the texts of a part line by line: rows by their cells, and paragraphs outside of tables."""
        body = self._body(name)
        return [
            [text_of(cell) for cell in one.findall(f"{W}tc")] if one.tag == f"{W}tr" else [text_of(one)]
            for one in body.iter(f"{W}tr", f"{W}p")
            if one.tag == f"{W}tr" or next(one.iterancestors(f"{W}tc"), None) is None
        ]

    def _body(self, name: str) -> etree._Element:
        return _read(next(part.docx for part in self.book.parts if part.name == name), name)


@lru_cache(maxsize=16)  # most checks look at the same few parts
def _read(docx: bytes, name: str) -> etree._Element:
    package = Package(docx, name)
    return package.xml(package.document)


def check_book(bound: Bound) -> tuple[Diagnostic, ...]:
    """Return what every check finds."""
    return tuple(d for check in CHECKS for d in check(bound))


def order(bound: Bound) -> Iterator[Diagnostic]:
    """The parts stand in the form's order, with one sheet for each measure in the strategy's order."""
    measures = [m.measure.id for m in bound.results.measures]
    wanted = [n for p in bound.results.evaluation.form.parts for n in (measures if p is BookPart.SHEETS else [p])]
    if [part.name for part in bound.book.parts] != wanted:
        yield _error("book-order", "冊子の並びが、strategy.yaml の並びと合いません。")


def even(bound: Bound) -> Iterator[Diagnostic]:
    """Every sheet that is a spread starts on an even page, so that it opens as one."""
    if not bound.results.evaluation.form.sheet.is_spread:
        return
    for measure, span in bound.pages.sheets.items():
        if span.first % 2:
            yield _error("book-sheet-odd", f"評価シート{measure}が奇数ページ（{span.first}）から始まっています。")


def contiguous(bound: Bound) -> Iterator[Diagnostic]:
    """Pages run on without gap or overlap, but for the empty pages that are asked for."""
    spans = [*_spans(bound)]
    for before, after in pairwise(spans):
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
    if BookPart.CONTENTS not in bound.named:
        return
    text, at = bound.text("contents"), 0
    for entry in bound.book.entries:
        line = squeezed(f"{entry.title}{Span(entry.first, entry.last)}")
        at = text.find(line, at)
        if at < 0:
            hint = "templates/contents.docxの繰返しの中に {{r 行.内容 }} があるか確かめてください。"
            yield _error("book-contents-incomplete", f"目次に「{entry.title}」がありません。", "contents", hint)
            return
        at += len(line)


def counts(bound: Bound) -> Iterator[Diagnostic]:
    """The counts that are printed are those of the ratings that are printed."""
    squares = bound.names(BookPart.COVER, *(f"基本目標.{name}" for name in ("四角", "達成", "指標数")))
    squares |= bound.names(BookPart.COVER, "基本目標.内訳", "基本目標.指標数")
    if bound.results.evaluation.report.show_rates and BookPart.SUMMARY in bound.named:
        cover_page = bound.tables(BookPart.COVER) if squares else ()
        for part, row in tallies.wrong(bound.results, bound.tables(BookPart.SUMMARY), cover_page):
            yield _error("book-counts", f"「{row}」の指標の数が、印刷した判定の数と合いません。", part)


def told_counts(bound: Bound) -> Iterator[Diagnostic]:
    """The counts of several judgements and of choices are those of what is listed, or was entered."""
    if BookPart.SUMMARY in bound.named:
        lines, tables = bound.lines(BookPart.SUMMARY), bound.tables(BookPart.SUMMARY)
        for name in dict.fromkeys(recount.wrong(bound.results, lines, tables, bound.named[BookPart.SUMMARY])):
            message = f"「{name}」の数が、印刷した判定か記入された選択肢の数と合いません。"
            hint = "templates/summary.docxの、この数のある所を確かめてください。"
            yield _error("book-counts", message, BookPart.SUMMARY, hint)


def listed(bound: Bound) -> Iterator[Diagnostic]:
    """The summary prints every indicator with the evaluated year's figures, in order."""
    if not bound.names(BookPart.SUMMARY, "総括.指標.名称"):
        return
    kinds = [kind for kind in ("目標", "実績") if bound.names(BookPart.SUMMARY, f"総括.指標.{kind}")]
    text, at, report = bound.text("summary"), 0, bound.results.evaluation.report
    places = bound.results.assessments
    compared = year_compared(places, report)
    for assessment in places:
        shown = assessment.shown
        values = {"目標": assessment.target, "実績": assessment.actual}
        figures = [_printed(values[kind], shown) for kind in kinds]
        if "目標" in kinds:
            figures[0] += target_marks(assessment, compared)
        if "実績" in kinds:
            figures[-1] += other_actual(assessment)
        at = text.find(squeezed(shown.name), at)
        if at < 0 or not _follow(figures, text[at:]):
            hint = "templates/summary.docxの繰返しの中に 指標.名称、指標.目標、指標.実績 があるか確かめてください。"
            yield _error(
                "book-summary-incomplete", f"総括に「{shown.name}」の名称か数値がありません。", "summary", hint
            )
            return
        at += len(squeezed(shown.name))


def targeted(bound: Bound) -> Iterator[Diagnostic]:
    """The list of goal-level targets prints the figures of every year that its template has, in order."""
    text = bound.text(BookPart.TARGETS) if bound.names(BookPart.TARGETS, _TARGET_NAME) else ""
    for shown in (a.shown for a in bound.results.goal_assessments) if text else ():
        name = squeezed(shown.name)
        rest = text[text.find(name) :] if name in text else ""
        if not all(_follow([name, *figures], rest) for figures in _figures(bound, shown)):
            message = f"数値目標「{shown.name}」の名称か数値が、一覧にそろっていません。"
            hint = "templates/targets.docxの表に 指標.名称、指標.目標、指標.実績 がそろっているか確かめてください。"
            yield _error("book-targets-incomplete", message, "targets", hint)
            return


def under_years(bound: Bound) -> Iterator[Diagnostic]:
    """Under a year the list of goal-level targets prints no figure of another year."""
    years = bound.results.evaluation.years
    for table in bound.tables(BookPart.TARGETS) if bound.names(BookPart.TARGETS, _TARGET_NAME) else ():
        heads = [(n, found[0]) for n, text in enumerate(table[0]) if (found := _YEAR.match(text)) and found[0] in years]
        for shown, row in _of_targets(bound, table) if heads[1:] else ():
            wrong = next((year for n, year in heads if not _is_of(year, row[n], shown, years)), "")
            if wrong:
                message = f"数値目標「{shown.name}」の{wrong}の欄に、{wrong}でない数値があります。"
                hint = "templates/targets.docxの年度の繰返しの中を {{ 年.目標 }} や {{ 年.実績 }} にしてください。"
                yield _error("book-targets-year-wrong", message, "targets", hint)
                return


_YEAR = re.compile(r"[A-Z]?\d+")


def _of_targets(bound: Bound, table: Sequence[Sequence[str]]) -> Iterator[tuple[Shown, Sequence[str]]]:
    """Yield a table's rows with the indicator that each belongs to; a row without a name goes on with the one above."""
    rest = [a.shown for a in bound.results.goal_assessments]
    current: Shown | None = None
    for row in table[1:]:
        if len(row) == len(table[0]):
            if rest and row[0].startswith(squeezed(rest[0].name)):
                current = rest.pop(0)
            if current:
                yield current, row


def _is_of(year: str, cell: str, shown: Shown, years: Sequence[str]) -> bool:
    """Return whether a cell has no figure, or one that is the year's."""
    indicator = shown.indicator
    actual = baseline(indicator, years) if year == years[0] else _printed(indicator.actuals.get(year), shown)
    texts = filter(None, map(squeezed, (target(indicator, year), actual)))
    return not any(map(str.isdigit, cell)) or any(has_figure(cell, text) for text in texts)


_TARGET_NAME = "数値目標.基本目標.指標.名称"


def _years_named(bound: Bound, each: str, one: str) -> Sequence[str]:
    """Return the names of the years that the template prints: all where it repeats ``each``, else those of ``one``."""
    if bound.names(BookPart.TARGETS, each):
        return YEARS
    return [name for name in YEARS if bound.names(BookPart.TARGETS, f"{one}.{name}")]


def _figures(bound: Bound, shown: Shown) -> Iterator[list[str]]:
    """Yield the targets and the actuals of the years that head columns, where the template has such figures."""
    years, indicator = bound.results.evaluation.years, shown.indicator
    for kind, start, later in (
        ("目標", "", [target(indicator, year) for year in years[1:]]),
        ("実績", baseline(indicator, years), [_printed(indicator.actuals.get(year), shown) for year in years[1:]]),
    ):
        own = _years_named(bound, "数値目標.基本目標.指標.年度一覧." + kind, f"数値目標.基本目標.指標.{kind}")
        heads = _years_named(bound, "年度一覧.名称", "年度")
        texts = dict(zip(YEARS, [start, *later], strict=False))
        yield [texts[name] for name in (heads if own[1:] and heads else own) if name in texts]


def revised(bound: Bound) -> Iterator[Diagnostic]:
    """Each row of the list of revisions has the figures before and after of its own, in the order of the list."""
    named = bound.named.get(part := BookPart.REVISIONS)
    if named and (lost := revisions.lost(bound.results.evaluation, bound.text(part), named)):
        hint = "templates/revisions.docxの繰返しの中に 改定.改定前、改定.改定後 などがあるか確かめてください。"
        yield _error("book-revisions-incomplete", lost, part, hint)


def told(bound: Bound) -> Iterator[Diagnostic]:
    """Every text of the inputs stands in the part whose template names it."""
    own = texts.of_parts(bound.results)
    for part in bound.named:
        wanted = {**own.get(BookPart(part), {}), **texts.of_nodes(bound.results, BookPart(part))}
        named = [text for name, texts_of in wanted.items() if _is_named(bound, part, name) for text in texts_of]
        printed = bound.text(part) if named else ""
        lost = [text for text in dict.fromkeys(named) if squeezed(text) not in printed]
        if lost:
            more = f"ほかに{len(lost) - 1}か所あります。" if lost[1:] else ""
            shown = lost[0] if len(lost[0]) <= _SHOWN else f"{lost[0][:_SHOWN]}…"
            hint = f"templates/{part}.docxの、この項目のある欄を確かめてください。"
            yield _error("book-text-missing", f"「{shown}」が印刷されていません。{more}", part, hint)


def _is_named(bound: Bound, part: str, name: str) -> bool:
    """Return whether a template names something; of the columns of steps, one stands for all."""
    return any(bound.names(part, name.replace("*", column)) for column in ("左", "中", "右"))


def _follow(texts: Iterable[str], printed: str) -> bool:
    """Return whether the texts stand one after the other, whatever stands between them."""
    at = 0
    for text in map(squeezed, texts):
        at = printed.find(text, at) + len(text) if text in printed[at:] else -1
        if at < 0:
            return False
    return True


def _printed(figure: Value | None, shown: Shown) -> str:
    return value(figure, shown.indicator.decimals)


def edition(bound: Bound) -> Iterator[Diagnostic]:
    """A final book shows no trace of the draft; a draft says that it is one."""
    if BookPart.COVER not in bound.named:
        return
    cover = bound.text(BookPart.COVER)
    if is_draft(bound.results.evaluation.report):
        if not any(sign in cover for sign in (DRAFT, squeezed(draft_sentence(bound.results.evaluation.report)))):
            hint = "表紙で案と分かるようにするには、templates/cover.docxに {{ 案の字 }} と書いてください。"
            message = "審議用の案ですが、表紙に（案）がありません。"
            yield warning("book-draft-unmarked", Place("templates/cover.docx"), message, hint)
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
    told_counts,
    listed,
    targeted,
    under_years,
    revised,
    told,
    edition,
)


def _spans(bound: Bound) -> Iterator[Span]:
    """Yield the spans of the numbered parts in the book's order."""
    for part in bound.results.evaluation.form.parts:
        if part is BookPart.SHEETS:
            yield from bound.pages.sheets.values()
        elif part in bound.pages.parts:
            yield bound.pages.parts[part]


def _text(element: etree._Element) -> str:
    return squeezed(text_of(element))


def _error(identifier: str, message: str, part: str = "", hint: str = "") -> Diagnostic:
    return error(identifier, Place(f"templates/{part}.docx" if part else "report.pdf"), message, hint)
