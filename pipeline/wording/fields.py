"""What is entered in fields of the form, as sheets print it; words of the inputs that stand for something else."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from pipeline.model.form import Field, FieldKind, FieldValue
from pipeline.wording.era import date_in_text
from pipeline.wording.numbers import number

YES, NO = "はい", "いいえ"
TO_FILL_IN = "【要記入】"
"""Stands where somebody still has to write something."""
UNDECIDED = "未定"
"""A date that is still open; of an actual it says neither that it was not measured nor that it is being counted."""
_YES_NO = {"true": True, YES: True, "false": False, NO: False}


def words(field: Field) -> tuple[str, ...]:
    """Return the words of which an entry is one; nothing where it may be any."""
    match field.kind:
        case FieldKind.CHOICE:
            return field.choices
        case FieldKind.YES_NO:
            return YES, NO
        case FieldKind.TEXT | FieldKind.NUMBER | FieldKind.DATE | FieldKind.SERIES:
            return ()
    assert_never(field.kind)


def printed(field: Field, value: FieldValue, year: str) -> str:
    """Return a value as it is printed: 1,234, はい, 令和3年8月1日; of a series all years.

    Dates are written in the way of ``year``; nothing is printed for nothing.
    """
    match value:
        case bool():
            return YES if value else NO
        case Decimal():
            return number(value, field.decimals)
        case datetime.date():
            return date_in_text(value, year)
        case Mapping():
            return "、".join(f"{year} {number(amount, field.decimals)}" for year, amount in value.items())
        case str() | None:
            return value or ""
    assert_never(value)


def listed(
    field: Field, lines: Sequence[str], years: Sequence[object] = (), *, council: bool = False
) -> Mapping[str, object]:
    """Return a field as templates list it that do not know the form: its name and unit, what is entered line by line,
    or by year, and whether it is the council's or comes after that.
    """
    return {"名称": field.name, "単位": field.unit, "段落": lines, "年度一覧": years, "会議": council}


def yes_or_no(word: str) -> bool | None:
    """Return what a word says that is はい, いいえ, true or false; None of any other."""
    return _YES_NO.get(word)
