"""Numbers as the report prints them, the same in tables, charts and texts. Pure functions, no settings."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from pipeline.model.results import Assessment
from pipeline.model.strategy import Absence, Amount, Value, Worded

NONE = "―"
"""Printed where there is nothing to print: no target set, not surveyed, no rate."""

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
PRELIMINARY = "（速報値）"
"""Follows a preliminary figure wherever it is printed."""

_TOLD = (Absence.PENDING, Absence.ENDED)
_EXACT = Context(prec=100)


def rounded(value: Decimal, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Return a number of so many decimals, rounded half up (四捨五入) unless told otherwise; never gives a negative
    zero.
    """
    result = value.quantize(Decimal(1).scaleb(-decimals), rounding=rounding, context=_EXACT)
    return abs(result) if result.is_zero() else result


def number(value: Decimal, decimals: int) -> str:
    """Write a number with thousands separators and exactly so many decimals: 1234.5, 2 -> ``1,234.50``."""
    return f"{rounded(value, decimals):,f}"


def signed(value: Decimal, decimals: int) -> str:
    """Write a difference with its sign: +5, -1.2, ±0."""
    text = number(value, decimals)
    return f"±{text}" if value == 0 else text if value < 0 else f"+{text}"


def value(value: Value | None, decimals: int) -> str:
    """Write a target or an actual as table cells have it.

    A future year (None) is empty, a year without target or survey ``―``, a pending one 集計中, an ended one 終了; a
    milestone's state and （速報値） follow the number: ``2（整備中）``; a target in words is its words.
    """
    if value is None:
        return ""
    if isinstance(value, Absence):
        return value.value if value in _TOLD else NONE
    if isinstance(value, Worded):
        return value.words
    return number(value.number, decimals) + marks(value)


def marks(value: Amount) -> str:
    """Return what follows a figure: the state that a milestone has reached, and that it is preliminary."""
    return (f"（{value.state}）" if value.state else "") + (PRELIMINARY if value.preliminary else "")


def in_brackets(unit: str) -> str:
    """Return a unit as it follows a name: （件）; nothing where there is none."""
    return f"（{unit}）" if unit else ""


def has_figure(text: str, figure: str) -> bool:
    """Return whether a text has a figure as it is printed, not as a part of a longer one."""
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d.,])", text) is not None


def rate(assessment: Assessment) -> str:
    """Write the rate as computed and rounded (``115.4%``), or ``―`` where there is none."""
    return NONE if assessment.rate is None else f"{assessment.rate:,f}%"


def item_number(position: int) -> str:
    """Number an initiative, from 1: ① to ⑳, then plain numbers."""
    return CIRCLED[position - 1] if position <= len(CIRCLED) else str(position)
