"""Rules of revisions: what they change is there, they lead to what stands in the strategy, and have effect."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, error
from pipeline.model.strategy import Absence
from pipeline.stages.validate.revisions_file import BASELINE, RevisionShape
from pipeline.stages.validate.sources import Sources
from pipeline.stages.validate.strategy_file import IndicatorShape, TargetValue
from pipeline.stages.validate.views import as_the_plan_writes, declared, nearest, words, years
from pipeline.wording.era import gregorian


def revised_indicators_exist(sources: Sources) -> Iterator[Diagnostic]:
    """What was revised is an indicator of the strategy."""
    known = declared(sources, "indicators")
    for name in words(sources.revisions.tree, ("revisions",), "indicator") if known else ():
        if known and name.text not in known:
            message = f"改定の指標「{name.text}」は、strategy.yaml の indicators にありません"
            yield error(
                "revision-indicator-unknown",
                name.place,
                message,
                nearest(name.text, known) or "識別名（id）を確かめてください",
            )


def revisions_have_effect(sources: Sources) -> Iterator[Diagnostic]:
    """A revision rates a year of the plan; a target of a year before it holds would rate none."""
    known = years(sources)[1:]
    for index, shape in _read(sources):
        place = sources.revisions.at("revisions", index, "since")
        if known and shape.since not in known:
            message = f"適用する年度 {shape.since} は、計画期間（{known[0]}～{known[-1]}）の中にありません"
            yield error("revision-year-unknown", place, message, as_the_plan_writes(shape.since, known))
        elif shape.figure in known and gregorian(shape.figure) < gregorian(shape.since):
            message = f"{shape.figure}の目標を改めても、{shape.since}からの評価には使われません"
            hint = f"since（適用する年度）を {shape.figure} か、それより前の年度にしてください"
            yield error("revision-without-effect", place, message, hint)


def revisions_lead_to_the_strategy(sources: Sources) -> Iterator[Diagnostic]:
    """Each figure's revisions follow one another, and the last one gives what stands in the strategy."""
    shapes = {shape.id: shape for shape in sources.strategy.data.indicators} if sources.strategy.data else {}
    chains: dict[tuple[str, str], list[tuple[int, RevisionShape]]] = {}
    for index, shape in _read(sources):
        chains.setdefault((shape.indicator, shape.figure), []).append((index, shape))
    for (indicator, figure), chain in chains.items():
        if indicator in shapes:
            yield from _leads(sources, chain, _written(shapes[indicator], figure))


def _leads(sources: Sources, chain: list[tuple[int, RevisionShape]], now: TargetValue) -> Iterator[Diagnostic]:
    follows = [*(shape.before for _, shape in chain[1:]), now]
    for (index, shape), after in zip(chain, follows, strict=True):
        place = sources.revisions.at("revisions", index, "after")
        called = f"指標「{shape.indicator}」の{shape.figure}"
        if shape.before == shape.after:
            yield error("revision-unchanged", place, f"{called}の改定前と改定後が同じです", "どちらかを直してください")
        elif shape.after != after:
            other = "次の改定の改定前" if index != chain[-1][0] else "strategy.yaml の値"
            message = f"{called}の改定後の値が、{other}と違います"
            hint = "strategy.yaml には改めた後の値を書き、同じ値を after に書いてください。改めた順に並べます"
            yield error("revision-differs", place, message, hint)


def _written(shape: IndicatorShape, figure: str) -> TargetValue:
    """Return a figure of the strategy; one that is not written is not set."""
    found = shape.baseline.value if figure == BASELINE else shape.targets.get(figure)
    return Absence.NOT_SET if found is None else found


def _read(sources: Sources) -> Iterator[tuple[int, RevisionShape]]:
    return enumerate(sources.revisions.data.revisions if sources.revisions.data else [])
