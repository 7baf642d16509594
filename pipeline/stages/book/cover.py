"""The cover: variables of cover.docx."""

from __future__ import annotations

from pipeline.model.results import Count, GoalResult, Results
from pipeline.stages.book.words import aim_reached
from pipeline.wording.era import in_text

MET, UNMET, UNRATED, OTHER = "■", "□", "―", "◇"


def variables(results: Results) -> dict[str, object]:
    """Return the variables 達成 and 基本目標 of cover.docx."""
    return {
        "達成": {**_counts(results.indicators), "目安": _aim(results)},
        "基本目標": [_goal(goal) for goal in results.goals if goal.count.total],
    }


def _aim(results: Results) -> str:
    """Name what is counted as met: 令和2年度の目標, or what the scheme holds actuals against."""
    evaluation = results.evaluation
    reached = aim_reached(evaluation)
    return f"{in_text(evaluation.report.year)}の{reached}" if reached in ("目標", "期待値") else reached


def _counts(count: Count) -> dict[str, object]:
    return {
        "指標数": str(count.total),
        "達成": str(count.met),
        "判定なし": count.unrated > 0,
        "ほかの判定": count.other > 0,
    }


def _goal(goal: GoalResult) -> dict[str, object]:
    count = goal.count
    squares = MET * count.met + UNMET * count.unmet + OTHER * count.other + UNRATED * count.unrated
    return {"見出し": f"基本目標{goal.goal.id}", "題名": goal.goal.name, "四角": squares, **_counts(count)}
