"""Which rating a figure earns: the conditions of the bands, tried from the first to the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.comparison import Relation, Width
from pipeline.model.scheme import Band, Missing
from pipeline.model.strategy import Direction
from pipeline.stages.compute.indicator_year import Gap
from pipeline.stages.compute.percentages import Exact, standing

_HOLDS = {
    Relation.ABOVE: (1,),
    Relation.REACHED: (0, 1),
    Relation.EQUAL: (0,),
    Relation.NOT_ABOVE: (-1, 0),
    Relation.BELOW: (-1,),
}
_NO_TARGET = Gap(Missing.TARGET, "目標がないため")
NO_BASELINE = Gap(Missing.BASELINE, "基準値がないため")
NO_PREVIOUS = Gap(Missing.PREVIOUS, "前年度の実績がないため")

Level = Fraction | float | Gap
"""A rate in % before rounding; plus or minus infinity beyond all limits; why it cannot be known."""

BOUNDLESS = float("inf")


class Facts(Struct, frozen=True):
    """What a rating is decided on. ``level`` is the rate that the limits mean; without a rate it reaches none.

    Where it cannot be known, ``below`` is what it is known to lie below. A target that is ``worded`` is met or not, and
    never more than met.
    """

    direction: Direction
    met: bool | Gap
    level: Level = -BOUNDLESS
    below: Exact | float = BOUNDLESS
    actual: Exact | None = None
    target: Exact | None = None
    baseline: Exact | None = None
    previous: Exact | None = None
    worded: bool = False

    def that(self, *, met: bool, level: Level) -> Facts:
        """Return the facts with whether the target is met, and the level that stands for it."""
        return replace(self, met=met, level=level)


def choose(bands: tuple[Band, ...], facts: Facts) -> Band | Gap | None:
    """Return the first band whose conditions hold, else the one without conditions.

    Where it turns on a figure that is missing, that gap is the answer: what is not known earns no bad rating.
    """
    for band in filter(_is_conditional, bands):
        found = holds(band, facts)
        if found:
            return found if isinstance(found, Gap) else band
    return next((band for band in bands if not _is_conditional(band)), None)


def _is_conditional(band: Band) -> bool:
    """Return whether a band asks for anything."""
    limits = (band.at_least, band.over, band.target, band.baseline, band.previous)
    return band.met or any(limit is not None for limit in limits)


def holds(band: Band, facts: Facts) -> bool | Gap:
    """Return whether every condition of a band holds, or what is missing to know it."""
    return all_hold(_conditions(band, facts))


def all_hold(conditions: Iterable[bool | Gap]) -> bool | Gap:
    """Return whether all hold, or what is missing to know it; where one does not, nothing else matters."""
    found = tuple(conditions)
    return False not in found and next((one for one in found if isinstance(one, Gap)), True)


def _conditions(band: Band, facts: Facts) -> Iterator[bool | Gap]:
    if band.met:
        yield facts.met
    if band.at_least is not None:
        yield _unknown(facts, band.at_least) if isinstance(facts.level, Gap) else facts.level >= Fraction(band.at_least)
    if band.over is not None:
        yield _unknown(facts, band.over) if isinstance(facts.level, Gap) else facts.level > Fraction(band.over)
    if band.target is not None:
        yield _to_target(band.target, band.tolerance, facts)
    if band.baseline is not None:
        yield stands(band.baseline, facts.baseline, band.tolerance, facts, NO_BASELINE)
    if band.previous is not None:
        yield stands(band.previous, facts.previous, band.tolerance, facts, NO_PREVIOUS)


def _unknown(facts: Facts, limit: Exact) -> bool | Gap:
    """Tell of a limit whether a level that is not known reaches it: not if it is known to lie below."""
    return False if limit >= facts.below or not isinstance(facts.level, Gap) else facts.level


def _to_target(relation: Relation, tolerance: Width | None, facts: Facts) -> bool | Gap:
    """A milestone that is not met stays below its target, whatever its number."""
    if facts.worded:
        return (0 if facts.met else -1) in _HOLDS[relation]
    found = stands(relation, facts.target, tolerance, facts, _NO_TARGET)
    if facts.met or tolerance or facts.actual is None or facts.target is None:
        return found
    return found if standing(facts.actual, facts.target, facts.direction, tolerance) < 0 else -1 in _HOLDS[relation]


def stands(relation: Relation, other: Exact | None, tolerance: Width | None, facts: Facts, lacking: Gap) -> bool | Gap:
    """Return whether the actual stands so to another figure, or what is lacking to know it."""
    if facts.actual is None or other is None:
        return lacking
    return standing(facts.actual, other, facts.direction, tolerance) in _HOLDS[relation]
