"""Everything that an edition says, piece by piece, under keys that stay when names and numbers change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.model.evaluation import WHOLE, Evaluation, Initiative, Measure, Opinion
from pipeline.model.form import FieldValue, Holder
from pipeline.model.strategy import Goal, Indicator, Value
from pipeline.wording import plan
from pipeline.wording.era import in_text
from pipeline.wording.fields import printed
from pipeline.wording.numbers import in_brackets, item_number, value
from pipeline.wording.opinions import ABOUT_ALL

Key = tuple[str, ...]


class Item(Struct, frozen=True):
    """A piece: in which node of the plan it stands, what it is called there, its text as printed."""

    node: str
    name: str
    text: str


_Keyed = tuple[Key, Item]


class _Owner(Struct, frozen=True):
    """What pieces belong to: its key, the title of its node, and what stands before the names of its pieces."""

    key: Key
    title: str
    before: str = ""

    def piece(self, name: str, called: str, text: str) -> _Keyed:
        """Return a piece by its name within the owner."""
        return (*self.key, name), Item(self.title, f"{self.before}{called}", text)


def texts(evaluation: Evaluation) -> Iterator[_Keyed]:
    """Yield names and fields of all nodes, rows and indicators in the plan's order, then opinions and their answers."""
    for title, node in _nodes(evaluation):
        if isinstance(node, Measure):
            yield from _of_measure(evaluation, node, title)
        else:
            yield from _of_node(evaluation, node, title)
        for indicator, where in shown(evaluation):
            if where == title:
                yield from _of_indicator(evaluation, indicator, title)
    titles = {WHOLE: ABOUT_ALL, **{node.id: title for title, node in _nodes(evaluation)}}
    for opinion in evaluation.opinions:
        yield from _of_opinion(evaluation, opinion, titles[opinion.node])


def figures(evaluation: Evaluation) -> Iterator[_Keyed]:
    """Yield the baseline, the targets and the actuals of every indicator, in the order of the places that show them."""
    for indicator, title in shown(evaluation):
        called = indicator.name + in_brackets(indicator.unit)
        if indicator.baseline is not None:
            name = f"{called}の基準値（{in_text(indicator.baseline_year)}）"
            yield _figure(indicator, title, name, ("baseline", "", indicator.baseline))
        for what, values in (("目標", indicator.targets), ("実績", indicator.actuals)):
            for year, amount in values.items():
                yield _figure(indicator, title, f"{called}の{in_text(year)}の{what}", (what, year, amount))


def shown(evaluation: Evaluation) -> Iterator[tuple[Indicator, str]]:
    """Yield every indicator once, with the title of the first node that shows it."""
    first: dict[str, tuple[Indicator, str]] = {}
    for title, node in _nodes(evaluation):
        for one in node.indicators:
            first.setdefault(one.indicator.id, (one.indicator, title))
    yield from first.values()


def _nodes(evaluation: Evaluation) -> Iterator[tuple[str, Goal | Measure]]:
    """Yield all nodes of the plan with their titles, those with sheets last."""
    for level, node in plan.nodes(evaluation):
        yield plan.node_title(level, node), node
    for measure in evaluation.measures:
        yield f"{evaluation.form.lowest.short}{plan.title(measure)}", measure


def _of_node(evaluation: Evaluation, node: Goal, title: str) -> Iterator[_Keyed]:
    owner = _Owner(("node", node.id), title)
    yield owner.piece("name", "名称", node.name)
    yield from _of_form(evaluation, node.holder, node.fields, owner)


def _of_measure(evaluation: Evaluation, measure: Measure, title: str) -> Iterator[_Keyed]:
    owner = _Owner(("measure", measure.id), title)
    yield owner.piece("name", "名称", measure.name)
    yield owner.piece("departments", "所管課", "、".join(measure.departments))
    yield from _of_form(evaluation, Holder.MEASURE, measure.fields, owner)
    for number, row in enumerate(measure.initiatives, 1):
        if not row.repeated_from:
            called = f"{evaluation.form.rows.name}{item_number(number)}の"
            yield from _of_row(evaluation, row, _Owner((*owner.key, row.id), title, called))


def _of_row(evaluation: Evaluation, row: Initiative, owner: _Owner) -> Iterator[_Keyed]:
    yield owner.piece("name", "名称", row.name)
    yield owner.piece("activities", "具体的な取組", "\n".join(activity.name for activity in row.activities))
    yield from _of_form(evaluation, Holder.INITIATIVE, row.fields, owner)


def _of_indicator(evaluation: Evaluation, indicator: Indicator, title: str) -> Iterator[_Keyed]:
    owner = _Owner(("indicator", indicator.id), title, f"指標「{indicator.name}」の")
    yield owner.piece("name", "名称", indicator.name)
    yield owner.piece("unit", "単位", indicator.unit)
    yield owner.piece("direction", "向き", indicator.direction.called)
    yield from _of_form(evaluation, Holder.INDICATOR, indicator.fields, owner)


def _of_opinion(evaluation: Evaluation, opinion: Opinion, title: str) -> Iterator[_Keyed]:
    owner = _Owner(("opinion", opinion.node, opinion.id), title, f"意見{opinion.number}の")
    yield _Owner(owner.key, title).piece("text", f"意見{opinion.number}", opinion.text)
    yield from _of_form(evaluation, Holder.OPINION, opinion.fields, owner)


def _of_form(
    evaluation: Evaluation, holder: Holder, entered: Mapping[str, FieldValue], owner: _Owner
) -> Iterator[_Keyed]:
    for field in evaluation.form.on(holder):
        text = printed(field, entered.get(field.id), evaluation.report.year)
        yield owner.piece(f"field.{field.id}", field.name + in_brackets(field.unit), text)


def _figure(indicator: Indicator, title: str, name: str, figure: tuple[str, str, Value]) -> _Keyed:
    what, year, amount = figure
    return (indicator.id, what, year), Item(title, name, value(amount, indicator.decimals))
