"""What must hold of an issue: every field that the template has can be found again when the sheet comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pipeline.diagnostics import Diagnostic, Place, error
from pipeline.model.correspondence import Issue
from pipeline.model.evaluation import Measure

_SHEET = Place("templates/sheet.docx")
_SHOWN = 3


def check(issue: Issue, measure: Measure, named: Collection[str]) -> Iterator[Diagnostic]:
    """Report fields that the template names (``named``) and does not print as they are: what is written there would be
    lost.
    """
    missing = [title for name, path, title in _expected(measure) if name in named and path not in issue.values]
    if missing:
        names = "、".join(missing[:_SHOWN]) + (f"など{len(missing)}欄" if len(missing) > _SHOWN else "")
        message = f"シート{measure.id}: {names}の場所が分かりません。戻ったシートからこの欄を読み取れなくなります。"
        hint = "様式で、その欄を {{ 段落 }} のように、加工せずにそのまま印刷してください。"
        yield error("send-field-missing", _SHEET, message, hint)


def _expected(measure: Measure) -> Iterator[tuple[str, str, str]]:
    """Yield a field's name in templates, its place, and what it is called."""
    file = f"measures/{measure.id}.yaml#"
    for number, item in enumerate(measure.initiatives, 1):
        if item.repeated_from is None:
            path = f"{file}initiatives.{item.id}"
            yield "取組一覧.成果", f"{path}.results", f"取組{number}の取組・成果"
            yield "取組一覧.評価", f"{path}.evaluation", f"取組{number}の評価／今後の対応"
            yield "取組一覧.名称", f"{path}.name", f"取組{number}の名称"
            if item.activities:
                yield "取組一覧.具体的な取組", f"{path}.activities", f"取組{number}の具体的な取組"
    yield "戦略会議.意見", f"{file}opinions", "戦略会議からの意見"
    yield "戦略会議.方針", f"{file}response", "今後の方針"
