"""How one figure stands to another: better or worse, and within which width it is the same."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from pipeline.model.choice import Choice


class Relation(Choice):
    """How an actual stands to another figure in the indicator's direction: better, as good, same, no better, worse."""

    ABOVE = "above", "上回る"
    REACHED = "reached", "届く"
    EQUAL = "equal", "同じ"
    NOT_ABOVE = "not-above", "上回らない"
    BELOW = "below", "下回る"


class Width(Struct, frozen=True):
    """How far a figure may be from another to count as the same: in % of the other, or in the indicator's own unit."""

    number: Decimal
    of_unit: bool = False
