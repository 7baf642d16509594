"""The cover: variables of cover.docx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.model.results import Assessment, Count, Results
from pipeline.model.scheme import Scheme
from pipeline.stages.book.words import aim_reached
from pipeline.wording import plan
from pipeline.wording.era import in_text
from pipeline.wording.tally import breakdown

MET, UNMET, UNRATED, OTHER = "■", "□", "―", "◇"


def variables(results: Results, nodes: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Return the variables 達成 and 基本目標 of cover.docx."""
    return {
        "達成": {**_counts(results.indicators), "目安": _aim(results)},
        "基本目標": [*_rows(results, nodes)],
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


def _rows(results: Results, nodes: Mapping[str, Mapping[str, object]]) -> Iterator[dict[str, object]]:
    """Yield a row for each node of the highest level; in a plan of one level, one for the whole of it."""
    top, scheme = results.evaluation.form.top, results.evaluation.report.scheme
    for goal in results.goals:
        if goal.count.total:
            heading = plan.heading(top, goal.goal.number) or goal.goal.name
            places = results.assessments_below(goal.goal.id)
            yield {**nodes[goal.goal.id], "題名": goal.goal.name, **_row(heading, goal.count, places, scheme)}
    if not results.goals and results.indicators.total:
        yield {"識別名": "", "題名": "", **_row(f"全ての{top.short}", results.indicators, results.assessments, scheme)}


def _row(heading: str, count: Count, places: Sequence[Assessment], scheme: Scheme) -> dict[str, object]:
    squares = MET * count.met + UNMET * count.unmet + OTHER * count.other + UNRATED * count.unrated
    return {"見出し": heading, "四角": squares, "内訳": breakdown(places, scheme), **_counts(count)}
