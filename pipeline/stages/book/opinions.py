"""Opinions and their answers (意見と対応): variables of opinions.docx, also where it stands by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.model.evaluation import WHOLE, Evaluation, Opinion
from pipeline.model.form import FieldKind, Holder
from pipeline.wording import plan
from pipeline.wording.choices import chosen
from pipeline.wording.era import in_text
from pipeline.wording.fields import listed, printed
from pipeline.wording.opinions import ABOUT_ALL

TITLE = "意見と対応"


def variables(evaluation: Evaluation) -> dict[str, object]:
    """Return the variable 意見と対応."""
    titles = dict(_titles(evaluation))
    listed = sorted(evaluation.opinions, key=lambda one: [*titles].index(one.node))
    groups = groupby(listed, key=lambda one: one.node)
    return {
        TITLE: {
            "題名": title(evaluation),
            "件数": str(len(listed)),
            "集計": list(_counts(evaluation)),
            "所属別": [{"名称": name, "件数": str(count)} for name, count in _by_goal(evaluation)],
            "所属": [
                {"題名": titles[node], "意見": [_opinion(one, evaluation) for one in some]} for node, some in groups
            ],
        }
    }


def title(evaluation: Evaluation) -> str:
    """Name the list: 令和2年度の評価についての意見と対応."""
    return f"{in_text(evaluation.report.year)}の評価についての{TITLE}"


def texts(evaluation: Evaluation) -> Mapping[str, Sequence[str]]:
    """List what the part prints of opinions, by its names in the template, line by line."""
    fields = evaluation.form.on(Holder.OPINION)
    year = evaluation.report.year
    return {
        f"{TITLE}.所属.意見.意見": [line for one in evaluation.opinions for line in one.text.splitlines()],
        **{
            f"{TITLE}.所属.意見.{field.in_template}": [
                line for one in evaluation.opinions for line in printed(field, one.fields[field.id], year).splitlines()
            ]
            for field in fields
        },
    }


def _titles(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    """Yield the title of everything that opinions may be about, in the order of the list."""
    yield WHOLE, ABOUT_ALL
    for level, node in plan.nodes(evaluation):
        yield node.id, plan.node_title(level, node)
    for measure in evaluation.measures:
        yield measure.id, f"{evaluation.form.lowest.short}{plan.title(measure)}"


def _opinion(opinion: Opinion, evaluation: Evaluation) -> dict[str, object]:
    year, fields = evaluation.report.year, evaluation.form.on(Holder.OPINION)
    entered = {field.id: printed(field, opinion.fields[field.id], year) for field in fields}
    return {
        "番号": str(opinion.number),
        "意見": opinion.text.splitlines(),
        "発言者": opinion.said_by,
        "回答する課": opinion.department,
        "年度": in_text(opinion.raised),
        "継続": opinion.raised != evaluation.report.evaluated_in,
        **{field.in_template: _entered(field.kind, entered[field.id]) for field in fields},
        "記入欄": [listed(field, entered[field.id].splitlines()) for field in fields],
    }


def _entered(kind: FieldKind, text: str) -> object:
    return text.splitlines() if kind is FieldKind.TEXT else text


def _counts(evaluation: Evaluation) -> Iterator[dict[str, object]]:
    """Yield of every choice about opinions how many were given it."""
    for found in chosen(evaluation):
        if found.field.on is Holder.OPINION:
            counts = [{"語": word, "数": str(count)} for word, count in found.counts]
            yield {"名称": found.field.name, "区分": counts, "内訳": found.told}


def _by_goal(evaluation: Evaluation) -> Iterator[tuple[str, int]]:
    """Yield how many opinions are about the whole, and about each of the highest nodes and what stands below it."""
    tops = {node.id: node for level, node in plan.nodes(evaluation) if level is evaluation.form.top}
    above = {m.id: m.goal for m in evaluation.measures} | {group.id: group.parent for group in evaluation.groups}
    titles = dict(_titles(evaluation))
    for top in (WHOLE, *tops):
        count = sum(_top(one.node, above) == top for one in evaluation.opinions)
        if count:
            yield titles[top], count


def _top(node: str, above: Mapping[str, str]) -> str:
    """Return the highest node above one, itself where it is one."""
    while above.get(node):
        node = above[node]
    return node
