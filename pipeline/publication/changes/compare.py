"""What one edition says against what another did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from pipeline.model.release import Change, Changes
from pipeline.model.results import Assessment, Results
from pipeline.model.strategy import Indicator
from pipeline.publication.changes.items import Item, Key, figures, texts
from pipeline.wording.numbers import rate
from pipeline.wording.ratings import shown
from pipeline.wording.revisions import day


def compare(before: Results, after: Results) -> Changes:
    """Return what changed; a figure's remark tells what became of its indicator's rate and rating."""
    then, now = before.evaluation, after.evaluation
    effects = dict(_effects(before, after))
    found = []
    for key, change in _changed(dict(figures(then)), dict(figures(now))):
        told = (_reason(key, now.indicators), effects.pop(key[0], ""))
        found.append(replace(change, remark="　".join(filter(None, told))))
    return Changes(tuple(found), tuple(change for _, change in _changed(dict(texts(then)), dict(texts(now)))))


def _reason(key: Key, indicators: Sequence[Indicator]) -> str:
    """Return why a figure of the plan was changed, where that is declared."""
    identifier, what, year = key
    of = next((one for one in indicators if one.id == identifier), None)
    revised = of.revised(year) if of and what in ("目標", "baseline") else ()
    return f"{day(revised[-1])}改定（{revised[-1].reason}）" if revised else ""


def _changed(before: Mapping[Key, Item], after: Mapping[Key, Item]) -> Iterator[tuple[Key, Change]]:
    """Yield the pieces that differ, with what is gone after what stands in the same node."""
    changed = [(key, _change(before.get(key), item)) for key, item in after.items()]
    gone = [(key, _change(item, None)) for key, item in before.items() if key not in after]
    at = {node: n for n, node in enumerate(dict.fromkeys(c.node for _, c in (*changed, *gone)))}
    for key, change in sorted((*changed, *gone), key=lambda one: at[one[1].node]):
        if change.before != change.after:
            yield key, change


def _change(before: Item | None, after: Item | None) -> Change:
    """Return both texts; a piece that was empty is new."""
    item = after or before
    if item is None:
        raise ValueError("nothing to compare")
    then, now = (one.text if one and one.text else None for one in (before, after))
    return Change(item.node, item.name, then, now)


def _effects(before: Results, after: Results) -> Iterator[tuple[str, str]]:
    """Yield by indicator what its rate and rating became, where they are others now; of different years, for which."""
    then, now = _assessed(before), _assessed(after)
    years = [one.evaluation.report.year for one in (before, after)]
    first, second = (f"{year}は" for year in years) if years[0] != years[1] else ("", "")
    for identifier, assessment in now.items():
        earlier = then.get(identifier)
        if earlier is not None and _told(earlier) != _told(assessment):
            yield identifier, f"{first}{_told(earlier)} → {second}{_told(assessment)}"


def _assessed(results: Results) -> Mapping[str, Assessment]:
    """Return the judgement of every indicator at the first place that shows it."""
    places = [one for node in results.nodes for one in node.assessments]
    return {one.shown.indicator.id: one for one in reversed([*places, *results.assessments])}


def _told(assessment: Assessment) -> str:
    return f"{rate(assessment)} {shown(assessment.printed)}"
