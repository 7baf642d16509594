"""What a returned text says as a value of a field of the form: a number, a choice, はい or いいえ, a date."""

from __future__ import annotations

import calendar
import re
import unicodedata
from typing import assert_never

from pipeline.departments.returned.values import Read, number, prose
from pipeline.diagnostics import shorten
from pipeline.model.form import Field, FieldKind
from pipeline.wording.era import date_of
from pipeline.wording.fields import NO, YES, yes_or_no
from pipeline.wording.numbers import in_brackets

_AS_OF, _END = re.compile(r"\s*(?:現在|時点)$"), re.compile(r"(.+月)末日?")
_EMPTIED = "記入が消されています。"


def read(field: Field, text: str) -> Read:
    """Read the text of a field as the inputs are to have it; what it cannot be is asked about and stays as it is."""
    if field.kind is FieldKind.TEXT:
        return prose(text)
    if not text.strip():
        return Read("", (_EMPTIED,))
    match field.kind:
        case FieldKind.CHOICE:
            return _choice(field, text)
        case FieldKind.YES_NO:
            return _yes_no(text)
        case FieldKind.DATE:
            return _date(text)
        case FieldKind.NUMBER | FieldKind.SERIES:
            return _number(field, text)
    assert_never(field.kind)


def is_same(field: Field, one: str, other: str) -> bool:
    """Return whether two texts say the same of a field."""
    said = yes_or_no(one) if field.kind is FieldKind.YES_NO else None
    return one == other or (said is not None and said == yes_or_no(other))


def _choice(field: Field, text: str) -> Read:
    known = {_narrow(choice): choice for choice in field.choices}
    choice = known.get(_narrow(text))
    if choice is not None:
        return Read(choice)
    return Read(text.strip(), (f"「{shorten(text)}」は選択肢にありません。選択肢は {'、'.join(field.choices)} です。",))


def _yes_no(text: str) -> Read:
    said = yes_or_no(_narrow(text))
    if said is not None:
        return Read(YES if said else NO)
    return Read(text.strip(), (f"「{shorten(text)}」は {YES} か {NO} かが分かりません。",))


def _date(text: str) -> Read:
    bare = _AS_OF.sub("", _narrow(text))
    if date := date_of(bare):
        return Read(date.isoformat())
    month = _END.fullmatch(bare)
    if month and (first := date_of(f"{month[1]}1日")):
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return Read(last.isoformat(), (f"「{shorten(text)}」を、月の末日と読みました。",))
    return Read(text.strip(), (f"「{shorten(text)}」は日付として読めません。年、月、日を書く欄です。",))


def _number(field: Field, text: str) -> Read:
    """A unit that is not the field's may make it another number: 円 in a column of 千円."""
    unit = _narrow(field.unit)
    found = number(_narrow(text).removesuffix(unit).strip() if unit else text)
    if found is None:
        return Read(text.strip(), (f"「{shorten(text)}」は数値として読めません。",))
    if found.unit:
        return Read(found.text, (f"「{found.unit}」は、この欄の単位{in_brackets(field.unit)}ではありません。",))
    return Read(found.text)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
