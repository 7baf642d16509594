"""Rules of report.yaml: years, dates, and what a final edition needs."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.tree import Items, find, scalars
from pipeline.stages.validate.views import years
from pipeline.wording.era import before, canonical, fiscal_year, gregorian, in_text

_NOTHING = Items((), Place(""))


def evaluated_year_is_in_the_strategy(sources: Sources) -> Iterator[Diagnostic]:
    """The evaluated year is one of the strategy's, after the baseline."""
    report, known = sources.report, years(sources)[1:]
    if report.data and known and report.data.year not in known:
        message = f"評価する年度 {report.data.year} は、計画期間（{known[0]}～{known[-1]}）の中にありません"
        hint = "report.yaml の year か、strategy.yaml の years を直してください"
        yield error("report-year-unknown", report.at("year"), message, hint)


def evaluation_follows_the_year(sources: Sources) -> Iterator[Diagnostic]:
    """A year is evaluated after it has ended."""
    data = sources.report.data
    if data and gregorian(data.evaluated_in) <= gregorian(data.year):
        message = f"評価を行う年度 {data.evaluated_in} が、評価する年度 {data.year} より後になっていません"
        hint = "year には事業を行った年度、evaluated_in にはその翌年度を書いてください"
        yield error("report-evaluated-in-not-later", sources.report.at("evaluated_in"), message, hint)


def folder_is_named_for_the_year(sources: Sources) -> Iterator[Diagnostic]:
    """A copied folder whose year was not changed is found."""
    data = sources.report.data
    later = data and gregorian(data.evaluated_in) > gregorian(data.year)
    if data and later and data.evaluated_in != canonical(sources.folder):
        message = f"評価を行う年度 {data.evaluated_in} が、フォルダーの名前 {sources.folder} と違います"
        hint = "前年度のフォルダーを写したときは、evaluated_in と year も直してください"
        yield warning("report-folder-differs", sources.report.at("evaluated_in"), message, hint)


def texts_are_of_the_year(sources: Sources) -> Iterator[Diagnostic]:
    """The explanation speaks of the evaluated year: one that only speaks of the year before was copied from it."""
    data = sources.report.data
    if data is None:
        return
    this, earlier = in_text(data.year), in_text(before(data.year))
    written = [s.value for s in scalars(find(sources.report.tree, ("explanation",)) or _NOTHING)]
    texts = [text for text in written if isinstance(text, str)]
    if any(earlier in text for text in texts) and not any(this in text for text in texts):
        message = f"説明の文が{earlier}の事業について書かれていて、評価する年度（{this}）が出てきません"
        hint = f"前年度から写した文なら、{earlier} を {this} に直してください"
        yield warning("report-text-year", sources.report.key("explanation"), message, hint)


def final_edition_has_a_date(sources: Sources) -> Iterator[Diagnostic]:
    """The final edition is published with its date."""
    data = sources.report.data
    if data and data.edition == "final" and data.date is None:
        hint = "date: 2021-08-01 のように公表する日を書くか、案のうちは edition: draft にしてください"
        yield error("report-date-missing", sources.report.at("date"), "確定版（final）なのに日付が未定です", hint)


def date_is_in_the_year(sources: Sources) -> Iterator[Diagnostic]:
    """The date lies in the fiscal year (April to March) of the evaluation."""
    data = sources.report.data
    if data is None or data.date is None:
        return
    if fiscal_year(data.date) != gregorian(data.evaluated_in):
        message = f"日付 {data.date} が、評価を行う年度 {data.evaluated_in} の外です"
        yield warning("report-date-outside-year", sources.report.at("date"), message, "西暦の年と月を確かめてください")
