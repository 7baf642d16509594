"""What the plan was changed in (計画の改定): variables of revisions.docx, and its notes in the summary."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.diagnostics import squeezed
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.wording.revisions import called, day, figure, listed, notes

TITLE = BookPart.REVISIONS.called
LIST = f"{TITLE}.一覧"


def variables(evaluation: Evaluation) -> dict[str, object]:
    """Return the variable 計画の改定."""
    found = rows(evaluation)
    return {TITLE: {"題名": title(evaluation), "件数": str(len(found)), "一覧": found}}


def title(evaluation: Evaluation) -> str:
    """Name the list: 目標と基準値の改定."""
    figures = {bool(one.year) for _, one in listed(evaluation)}
    return f"{'と'.join(name for is_target, name in ((True, '目標'), (False, '基準値')) if is_target in figures)}の改定"


def rows(evaluation: Evaluation) -> list[dict[str, str]]:
    """Return the revisions in their order, each as the list prints it."""
    return [
        {
            "番号": f"※{one.number}",
            "指標": indicator.name,
            "改めたもの": called(one),
            "改定前": figure(indicator, one.before),
            "改定後": figure(indicator, one.after),
            "改定日": day(one),
            "適用": f"{one.since}の評価から",
            "理由": one.reason,
        }
        for indicator, one in listed(evaluation)
    ]


def lost(evaluation: Evaluation, printed: str, named: Collection[str]) -> str:
    """Return a sentence about the first revision of which a part's text, without white space, lacks what its template
    names; each is looked for behind the one before.
    """
    at = 0
    for row in rows(evaluation):
        texts = {name: squeezed(text) for name, text in row.items() if f"{LIST}.{name}" in named}
        found = {name: printed.find(text, at) for name, text in texts.items()}
        name = next((name for name, place in found.items() if place < 0), "")
        if name:
            return f"{row['番号']}「{row['指標']}」の改定の、{name}（{row[name]}）が、一覧にありません。"
        at = max((found[name] + len(text) for name, text in texts.items()), default=at)
    return ""


def of_targets(results: Results) -> Sequence[str]:
    """Return the notes of the targets that the summary marks."""
    shown = (a for a in results.assessments if a.shown.indicator.revised(a.target_year))
    return notes(a.shown.indicator for a in shown)
