"""Rules of the book's parts: each is listed once, and report.yaml has the texts of those that print some."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, error
from pipeline.model.form import BookPart
from pipeline.stages.validate.join_form import form
from pipeline.stages.validate.report_file import ReportFile
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.vocabulary import vocabulary

_TEXTS = {BookPart.EXPLANATION: "explanation", BookPart.TARGETS: "targets"}
"""Keys of report.yaml by the part that prints them."""


def parts_are_listed_once(sources: Sources) -> Iterator[Diagnostic]:
    """No part stands in the book twice."""
    parts = (sources.form_file.data.parts if sources.form_file.data else None) or []
    for n, part in enumerate(parts):
        if part in parts[:n]:
            message = f"冊子の部分 {part}（{part.called}）が2回あります"
            yield error("form-part-twice", sources.form_file.at("parts", n), message, "どちらかの行を消してください")


def parts_have_their_texts(sources: Sources) -> Iterator[Diagnostic]:
    """What the book prints of report.yaml is written there."""
    report, file, strategy = sources.report, sources.form_file.data, sources.strategy.data
    if report.data is None or file is None or strategy is None:
        return
    has_targets = any(goal.indicators for goal in strategy.goals)
    for part in form(file).parts:
        key = _TEXTS.get(part) if has_targets or part is not BookPart.TARGETS else None
        if key and getattr(report.data, key) is None:
            message = f"冊子に「{part.called}」を入れますが、report.yaml の『{key}』に何も書いてありません"
            request = vocabulary(ReportFile)[key].request
            hint = (
                f"report.yaml に {request}。冊子に入れないなら、form.yaml の parts: に、{part} を除いて並べてください"
            )
            yield error("report-part-missing", report.at(), message, hint)
