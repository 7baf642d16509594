"""The values that fields of the form may have, as types that check themselves; an empty one is always allowed.

Whether a field may stay empty is a rule of the edition, not of its shape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, assert_never

from msgspec import Struct
from pydantic import PlainValidator, WithJsonSchema, create_model

from pipeline.diagnostics import shorten
from pipeline.model.form import Field, FieldKind, FieldValue, Form, Needed
from pipeline.stages.validate.base import Shape, key
from pipeline.stages.validate.quantities import DATE_HINT, Year, as_date, as_number
from pipeline.stages.validate.scalars import OptionalProse, fail
from pipeline.wording.fields import NO, YES, yes_or_no

T = TypeVar("T")
S = TypeVar("S", bound=Shape)
_BLANKS = (None, "")


def with_fields(shape: type[S], fields: Iterable[Field], **others: Any) -> type[S]:  # noqa: ANN401 (types and keys)
    """Return a shape of the same name that has keys for fields, and ``others`` in the place of its own."""
    own = {field.id: _key(field) for field in fields}
    return create_model(shape.__name__, __base__=shape, **{**others, **own})


def called(shape: type[S], name: str) -> type[S]:
    """Return the shape, which is called what the form calls what it describes."""
    shape.called = name
    return shape


def worded(shape: type[S], form: Form) -> type[S]:
    """Return the shape, whose keys are called and told what the form calls its levels and what a sheet lists."""
    own = {field.id for field in form.on(shape.holder)} if shape.holder else set()
    for field in (field for name, field in shape.model_fields.items() if name not in own):
        field.title, field.description = _in_words_of(form, field.title), _in_words_of(form, field.description)
    return shape


def _in_words_of(form: Form, text: str | None) -> str | None:
    """Write a text of the program's own form in the words of another."""
    words = {
        "具体的な取組": "具体的な取組",
        "中間の階層": "・".join(level.name for level in form.between) or "中間の階層",
        "推進施策": form.lowest.name,
        "基本目標": form.top.name,
        "主な取組": form.rows.name,
        "施策": form.lowest.short,
        "取組": form.rows.short,
    }
    return text and re.sub("|".join(words), lambda found: words[found[0]], text)


def parted(shape: type[S], others: Iterable[Field], place: str) -> type[S]:
    """Return the shape, which knows the place of the fields of its holder that it does not have."""
    shape.elsewhere = {
        field.id: f"{field.name}は{field.writer.called}が書く欄です。{place}に書いてください" for field in others
    }
    return shape


def entered(data: Shape, fields: Iterable[Field]) -> Mapping[str, FieldValue]:
    """Return what is entered in fields, by their ids."""
    return {field.id: getattr(data, field.id) for field in fields}


class _Entry(Struct, frozen=True):
    """What may be entered in a field: its type, what stands for nothing, and how editors say what is to be written."""

    type: Any
    nothing: object
    purpose: str
    written: str


def _key(field: Field) -> tuple[Any, Any]:
    """Return the type and the key of a field in the shapes of the files."""
    entry, unit = _entry(field), f"（{field.unit}）" if field.unit else ""
    purpose, written = f"{field.name}{unit}です。{entry.purpose}", f"{field.id}: {entry.written}"
    needed = field.needed is not Needed.NEVER
    return entry.type, key(field.name, purpose, written=written, default=entry.nothing, needed=needed)


def _entry(field: Field) -> _Entry:
    number = Annotated[Any, PlainValidator(_optional(_number(field))), _or_empty({"type": "number"})]
    match field.kind:
        case FieldKind.TEXT:
            told = "1行が1段落になります。「|-」と書き、次の行から字下げして書きます。"
            return _Entry(OptionalProse, "", told, "|- と書き、次の行に字下げして文章を書いて")
        case FieldKind.NUMBER:
            return _Entry(number, None, "桁区切りの「,」を付けず、半角の数字で書きます。", "90")
        case FieldKind.CHOICE:
            known = WithJsonSchema({"enum": [*field.choices, "", None]})
            choice = Annotated[str, PlainValidator(_choice(field)), known]
            told = f"{'、'.join(field.choices)} のどれかを書きます。"
            return _Entry(choice, "", told, next(iter(field.choices), ""))
        case FieldKind.YES_NO:
            schema = WithJsonSchema({"enum": [True, False, YES, NO, "", None]})
            word = Annotated[Any, PlainValidator(_optional(_yes_no)), schema]
            return _Entry(word, None, f"{YES} か {NO} と書きます。", YES)
        case FieldKind.DATE:
            date = Annotated[Any, PlainValidator(_optional(as_date)), _or_empty({"type": "string"})]
            return _Entry(date, None, f"{DATE_HINT}。", "2021-08-01")
        case FieldKind.SERIES:
            told = "年度ごとの数です。{R7: 90, R8: 95} のように書きます。"
            return _Entry(dict[Year, number], {}, told, "{R2: 90}")
    assert_never(field.kind)


def _or_empty(schema: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [schema, {"enum": ["", None]}]})


def _optional(read: Callable[[object], T]) -> Callable[[object], T | None]:
    """Take nothing for an empty value."""
    return lambda value: None if value in _BLANKS else read(value)


def _number(field: Field) -> Callable[[object], Decimal]:
    def check(value: object) -> Decimal:
        number = as_number(value)
        if number != number.quantize(Decimal(1).scaleb(-field.decimals)):
            places = f"小数第{field.decimals}位まで" if field.decimals else "整数"
            message = f"の「{number:f}」は、{places}ではありません"
            fail("decimals", message, f"{places}で書くか、form.yaml の decimals を直してください")
        return number

    return check


def _choice(field: Field) -> Callable[[object], str]:
    named = "、".join(field.choices)

    def check(value: object) -> str:
        if value in _BLANKS:
            return ""
        text = unicodedata.normalize("NFKC", str(value)).strip()
        known = {unicodedata.normalize("NFKC", choice): choice for choice in field.choices}
        if value in field.choices or (isinstance(value, Decimal) and text in known):
            return known[text]
        close = get_close_matches(text, known, n=1, cutoff=0.5)
        meant = f"もしかして「{known[close[0]]}」ではありませんか。" if close else ""
        return fail("unknown", f"の「{shorten(str(value))}」は、選択肢にありません", f"{meant}書けるのは {named} です")

    return check


def _yes_no(value: object) -> bool:
    word = str(value).lower() if isinstance(value, bool) else value
    said = yes_or_no(word) if isinstance(word, str) else None
    if said is None:
        fail("not-yes-no", f"の「{shorten(str(value))}」は使えません", f"{YES} か {NO} と書いてください")
    return said
