"""Figures of the tables that hardly can be meant: unlikely in their own row, or written for another indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from pipeline.model.strategy import Amount, Indicator
from pipeline.stages.audit.finding import Finding, Material, warn
from pipeline.stages.audit.plausibility import doubts


def figures_are_likely(material: Material) -> Iterator[Finding]:
    """No figure or setting of an indicator is unlikely beside its other figures."""
    earlier = material.earlier
    for indicator in material.evaluation.indicators:
        for doubt in doubts(indicator, earlier.get(indicator.id)):
            yield warn(doubt.id, [material.at(indicator, *doubt.path)], doubt.message, doubt.hint)


def targets_are_their_own(material: Material) -> Iterator[Finding]:
    """No two indicators have the same targets, unless these are such as many have: 10, 20, 30."""
    first: dict[tuple[tuple[str, Decimal], ...], Indicator] = {}
    for indicator in material.evaluation.indicators:
        aims = {year: value.number for year, value in indicator.targets.items() if isinstance(value, Amount)}
        other = first.setdefault(tuple(aims.items()), indicator) if _is_distinct(aims) else indicator
        if other is not indicator:
            message = f"指標「{indicator.name}」の目標値が、指標「{other.name}」の目標値と全く同じです"
            hint = "ほかの指標の目標値を写していないかを、総合戦略で確かめてください"
            yield warn("targets-alike", [material.at(i, "targets") for i in (indicator, other)], message, hint)


def _is_distinct(aims: Mapping[str, Decimal]) -> bool:
    """Return whether targets are hardly those of two indicators: several, of three digits or in uneven steps."""
    values = list(aims.values())
    steps = {after - before for before, after in pairwise(values)}
    digits = max((len(value.normalize().as_tuple().digits) for value in values), default=0)
    return len(set(values)) > 2 and (digits > 2 or (digits > 1 and len(steps) > 2))
