"""Which rating a figure earns: the conditions of the bands, tried from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipeline.achievement.figures import FULL, Exact, standing
from pipeline.model.scheme import Band, Relation
from pipeline.model.strategy import Direction

_HOLDS = {
    Relation.ABOVE: (1,),
    Relation.REACHED: (0, 1),
    Relation.EQUAL: (0,),
    Relation.NOT_ABOVE: (-1, 0),
    Relation.BELOW: (-1,),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rating is decided on. ``level`` is the exact rate in % that the limits mean; None where there is none."""

    direction: Direction
    met: bool
    level: Fraction | None
    actual: Exact | None = None
    target: Exact | None = None
    baseline: Exact | None = None
    previous: Exact | None = None


def choose(bands: tuple[Band, ...], facts: Facts) -> Band | None:
    """Give the first band whose conditions hold, else the one without conditions."""
    free = next((band for band in bands if not is_conditional(band)), None)
    return next((band for band in bands if is_conditional(band) and holds(band, facts)), free)


def is_conditional(band: Band) -> bool:
    """Tell whether a band asks for anything."""
    limits = (band.at_least, band.over, band.target, band.baseline, band.previous)
    return band.met or any(limit is not None for limit in limits)


def holds(band: Band, facts: Facts) -> bool:
    """Tell whether every condition of a band holds; what cannot be known does not."""
    return all(_conditions(band, facts))


def level(exact: Fraction | None, met: bool) -> Fraction | None:
    """Give what the limits are held against.

    Without a rate met stands for 100 %, and unmet reaches no band that asks for a rate: an unfinished milestone is
    未達成, however near its number.
    """
    return exact if exact is not None else Fraction(FULL) if met else None


def _conditions(band: Band, facts: Facts) -> Iterator[bool]:
    if band.met:
        yield facts.met
    if band.at_least is not None:
        yield facts.level is not None and facts.level >= Fraction(band.at_least)
    if band.over is not None:
        yield facts.level is not None and facts.level > Fraction(band.over)
    if band.target is not None:
        yield _to_target(band.target, band.tolerance, facts)
    for relation, other in ((band.baseline, facts.baseline), (band.previous, facts.previous)):
        if relation is not None:
            yield _stands(relation, other, band.tolerance, facts)


def _to_target(relation: Relation, tolerance: Decimal, facts: Facts) -> bool:
    """A milestone that is not met stays below its target, whatever its number."""
    stands = _stands(relation, facts.target, tolerance, facts)
    if facts.met or tolerance or facts.actual is None or facts.target is None:
        return stands
    return stands if standing(facts.actual, facts.target, facts.direction, tolerance) < 0 else -1 in _HOLDS[relation]


def _stands(relation: Relation, other: Exact | None, tolerance: Decimal, facts: Facts) -> bool:
    if facts.actual is None or other is None:
        return False
    return standing(facts.actual, other, facts.direction, tolerance) in _HOLDS[relation]
