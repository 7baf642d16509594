"""Texts of the inputs as types that check themselves: a line, paragraphs; and how a value is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, NoReturn

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pipeline.diagnostics import shorten

SPACES = " \t\u3000\u00a0"
_NO_UNIT = ("なし", "無し", "―")
"""Units of what is counted in none; clerks are told the first."""


def fail(kind: str, message: str, hint: str) -> NoReturn:
    """Refuse a value: what ends the id, what follows the key's name in the message, what to do."""
    raise PydanticCustomError(kind, "{message}", {"message": message, "hint": hint})


def as_text(value: object) -> str:
    """Return a text, or a number as it is written."""
    if value is None:
        fail("empty", "が空です", "値を書いてください")
    if isinstance(value, dict) and len(value) == 1:
        message = f"は文字で書くところですが、「{shorten(str(next(iter(value))))}」の後ろの「: 」で区切られました"
        fail("not-text", message, '値全体を " " で囲むか、「: 」を全角の「：」に直してください')
    if isinstance(value, bool) or not isinstance(value, str | Decimal):
        hint = 'true、false、[ ]、{ } を文字として書くなら、" " で囲んでください'
        if isinstance(value, list):
            hint = f"余分な「- 」や [ ] が付いているなら、消してください。{hint}"
        fail("not-text", "は文字で書くところです", hint)
    return f"{value:f}" if isinstance(value, Decimal) else value


def as_line(value: object) -> str:
    """Return a text of one line."""
    text = as_text(value).strip(SPACES)
    if not text:
        fail("empty", "が空です", "値を書いてください")
    if "\n" in text:
        fail("not-one-line", "が2行以上になっています", "改行せずに1行で書いてください")
    return text


def _unit(value: object) -> str:
    """Return a unit; nothing for what is counted in none, which is then written nowhere."""
    unit = as_line(value)
    return "" if unit in _NO_UNIT else unit


def _optional_line(value: object) -> str:
    return "" if isinstance(value, str) and not value.strip(SPACES) else as_line(value)


def _prose(value: object) -> str:
    """Keep one paragraph a line; indents and empty lines are the template's business."""
    text = _optional_prose(value)
    if not text:
        fail("empty", "が空です", "文章を書いてください")
    return text


def _optional_prose(value: object) -> str:
    if value is None:
        return ""
    lines = (line.strip(SPACES) for line in as_text(value).split("\n"))
    return "\n".join(line for line in lines if line)


def schema_of(pattern: str, *types: str, hint: str = "") -> WithJsonSchema:
    """Return what a text looks like in JSON Schema; ``types`` it may have besides (a bare number, nothing at all)."""
    message = {"patternErrorMessage": hint} if hint else {}
    made = {"type": ["string", *types] if types else "string", "pattern": f"^(?:{pattern})$", **message}
    return WithJsonSchema(made | ({"minimum": 0} if "integer" in types else {}))


Line = Annotated[str, PlainValidator(as_line), schema_of(r"\s*\S.*\s*", "number")]
Unit = Annotated[str, PlainValidator(_unit), schema_of(r"\s*\S.*\s*", "number")]
OptionalLine = Annotated[
    str, PlainValidator(_optional_line), WithJsonSchema({"type": ["string", "number"], "pattern": "^.*$"})
]
Prose = Annotated[str, PlainValidator(_prose), schema_of(r"[\s\S]*\S[\s\S]*", "number")]
OptionalProse = Annotated[str, PlainValidator(_optional_prose), WithJsonSchema({"type": ["string", "number", "null"]})]
