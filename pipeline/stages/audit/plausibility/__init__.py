"""What is unlikely about an indicator's figures, told by its own row and by last year's: the audit's warnings.

In: an ``Indicator``, and the same of last year's folder where there is one. Out: ``Doubt``s, at most one a figure.
``audit`` calls; it reads no files, so that a figure can be asked about before it is written. A figure that is doubted
is left out of what the others are held to, so that one slip gives one doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from pipeline.model.strategy import Indicator
from pipeline.stages.audit.plausibility.actuals import actuals_are_as_expected
from pipeline.stages.audit.plausibility.alone import kind_fits_the_unit, percentages_are_at_most_100, signs_are_alike
from pipeline.stages.audit.plausibility.plan import (
    baseline_is_like_the_targets,
    plan_leads_the_better_way,
    states_are_in_order,
    targets_are_like_their_neighbours,
    targets_do_not_fall_back,
)
from pipeline.stages.audit.plausibility.row import Doubt, Row, row_of

__all__ = ["Doubt", "doubts"]

_Look = Callable[[Row], Iterator[Doubt]]


_LOOKS: tuple[_Look, ...] = (
    kind_fits_the_unit,
    signs_are_alike,
    percentages_are_at_most_100,
    baseline_is_like_the_targets,
    states_are_in_order,
    targets_are_like_their_neighbours,
    plan_leads_the_better_way,
    targets_do_not_fall_back,
    actuals_are_as_expected,
)
"""In this order: what others are held to is looked at first."""


def doubts(indicator: Indicator, earlier: Indicator | None = None) -> tuple[Doubt, ...]:
    """Return what is unlikely about an indicator; ``earlier`` is the same one in last year's folder."""
    row, found = row_of(indicator, earlier), []
    while doubt := _first(row):
        found.append(doubt)
        row = row.without(doubt.path)
    return tuple(found)


def _first(row: Row) -> Doubt | None:
    return next((d for d in chain.from_iterable(look(row) for look in _LOOKS) if d.path not in row.doubted), None)
