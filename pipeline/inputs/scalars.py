"""The single values a file may hold, as types that check themselves and say in Japanese what is wrong.

A failed check raises ``PydanticCustomError``: its type ends the diagnostic's id (``not-number``), its context holds
``message`` (what follows the name of the key: 「〜が空です」) and ``hint``.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, NoReturn

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pipeline.era import is_year
from pipeline.model.strategy import Absence

_DIGITS = 12
_FILE_NAME = re.compile(r'[/\\:*?"<>|]')
_NUMBER_LIKE = re.compile(r"[-+]?(\d[\d,]*)?\.?\d+", re.ASCII)
_MINUS = re.compile("^[−△▲ー]")
"""Signs that documents print before a negative number."""

_SPACES = " \t\u3000"
_YEAR_HINT = "R2、R3 のように、半角の R と数字で書いてください"
_DATE_HINT = "2021-08-01 のように西暦・月・日を半角で書くか、未定 と書いてください"


def _fail(kind: str, message: str, hint: str) -> NoReturn:
    raise PydanticCustomError(kind, "{message}", {"message": message, "hint": hint})


def _text(value: object) -> str:
    """Take a text, or a number as it is written."""
    if value is None:
        _fail("empty", "が空です", "値を書いてください")
    if isinstance(value, bool) or not isinstance(value, str | Decimal):
        _fail("not-text", "は文字で書くところです", "「項目名: 文字」の形で書いてください")
    return f"{value:f}" if isinstance(value, Decimal) else value


def _line(value: object) -> str:
    text = _text(value).strip(_SPACES)
    if not text:
        _fail("empty", "が空です", "値を書いてください")
    if "\n" in text:
        _fail("not-one-line", "が2行以上になっています", "改行せずに1行で書いてください")
    return text


def _prose(value: object) -> str:
    """Keep one paragraph a line; indents and empty lines are the template's business."""
    text = _optional_prose(value)
    if not text:
        _fail("empty", "が空です", "文章を書いてください")
    return text


def _optional_prose(value: object) -> str:
    if value is None:
        return ""
    lines = (line.strip(_SPACES) for line in _text(value).split("\n"))
    return "\n".join(line for line in lines if line)


def _matching(pattern: str, message: str, hint: str) -> Callable[[object], str]:
    expression = re.compile(pattern, re.ASCII)

    def check(value: object) -> str:
        text = _text(value)
        if not text:
            _fail("empty", "が空です", hint)
        if not expression.fullmatch(text):
            _fail("malformed", f"の「{shorten(text)}」は{message}", hint)
        return text

    return check


def _file_name(value: object) -> str:
    text = _line(value)
    if match := _FILE_NAME.search(text):
        message = f'に「{match[0]}」が使われています。ファイル名にもなるため、半角の / \\ : * ? " < > | は使えません'
        _fail("not-file-name", message, f"全角の「{_wide(match[0])}」に直してください")
    if len(text) > 60 or text.endswith("."):
        _fail(
            "not-file-name",
            "が長すぎるか、「.」で終わっています。ファイル名にもなります",
            "60字以内で、文字で終わる名称にしてください",
        )
    return text


def _wide(character: str) -> str:
    return chr(ord(character) + 0xFEE0)


def _year(value: object) -> str:
    text = _text(value)
    if not (text.isascii() and is_year(text)):
        _fail(
            "not-year",
            f"の「{shorten(text)}」は年度として読めません",
            _YEAR_HINT,
        )
    return text


def _date(value: object) -> datetime.date | None:
    text = _text(value)
    if text == "未定":
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        return datetime.date.fromisoformat(text)
    except ValueError:
        _fail("not-date", f"の「{shorten(text)}」は日付として読めません", _DATE_HINT)


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        if len(value.as_tuple().digits) > _DIGITS:
            _fail(
                "not-number", f"の桁が多すぎます（{_DIGITS}桁まで）", "単位を千や百万に改めるか、数字を確かめてください"
            )
        return value + 0  # no negative zero
    if value is None:
        _fail("empty", "が空です", "数字を書いてください")
    return _not_number(value)


def _not_number(text: object) -> NoReturn:
    if not isinstance(text, str):
        _fail("not-number", "は数字で書くところです", "90 のように、数字だけを書いてください")
    narrow = _MINUS.sub("-", unicodedata.normalize("NFKC", text).strip())
    found = _NUMBER_LIKE.search(narrow)
    plain = f"{Decimal(found[0].replace(',', '')):f}" if found else "90"
    if not found or found[0] != narrow:
        hint = f"{plain} のように、単位などを付けずに数字だけを書いてください"
        _fail("not-number", f"の「{shorten(text)}」は数字として読めません", hint)
    if narrow != text.strip():
        _fail("not-number", f"の「{shorten(text)}」に全角の文字が使われています", f"半角で {plain} と書いてください")
    if "," in narrow:
        hint = f"「,」を付けずに {plain} と書いてください"
        _fail("not-number", f"の「{shorten(text)}」に桁区切りの「,」が入っています", hint)
    hint = f"引用符や「+」、先頭の余分な0を付けずに {plain} と書いてください"
    _fail("not-number", f"の「{shorten(text)}」は数字として読めません", hint)


def _whole(value: object) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        _fail("not-whole", f"の「{number}」は整数ではありません", "小数点を付けずに書いてください")
    return int(number)


def _figure(*words: Absence) -> Callable[[object], Decimal | Absence]:
    allowed = "、".join(words)

    def check(value: object) -> Decimal | Absence:
        if isinstance(value, str) and value in words:
            return Absence(value)
        if value is None or (isinstance(value, str) and not re.search(r"\d", value)):
            shown = f"の「{shorten(value)}」は使えません" if value else "が空です"
            _fail("not-number", shown, f"数字か、{allowed} と書いてください")
        return _number(value)

    return check


def shorten(text: str) -> str:
    """Give the text's beginning, short enough for a message."""
    line = text.replace("\n", " ")
    return line if len(line) <= 20 else f"{line[:20]}…"


_SLUG = r"[a-z](-?[a-z0-9]){0,40}"
_GOAL = r"[1-9]\d?"
_MEASURE = r"[1-9]\d?-[1-9]\d?"
_YEAR = r"[RH][1-9]\d?"
_SLUG_FAULT = (
    "識別名として使えません",
    "半角の英小文字で始め、英小文字、数字、「-」だけで40字以内で書いてください（例: startup-support）",
)

_GOAL_FAULT = ("基本目標の番号として使えません", '"1" のように書いてください')
_MEASURE_FAULT = (
    "推進施策の番号として使えません",
    "1-2 のように「基本目標の番号-施策の番号」を書いてください",
)
_INITIATIVE = f"{_MEASURE}/{_SLUG}"
_INITIATIVE_FAULT = (
    "取組を指していません",
    "1-3/startup-support のように「施策の番号/取組の識別名」を書いてください",
)
_ACTIVITY = f"{_INITIATIVE}/{_SLUG}"
_ACTIVITY_FAULT = (
    "具体的な取組を指していません",
    "1-5/employment/internship のように「施策の番号/取組の識別名/具体的な取組の識別名」を書いてください",
)
_MOST = 10**_DIGITS - 1


def _schema(pattern: str, *types: str, hint: str = "") -> WithJsonSchema:
    """Say in JSON Schema what a text looks like; ``types`` it may have besides (a bare number, nothing at all)."""
    told = {"patternErrorMessage": hint} if hint else {}
    return WithJsonSchema({"type": ["string", *types] if types else "string", "pattern": f"^(?:{pattern})$", **told})


def _number_or(*words: Absence) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": -_MOST, "maximum": _MOST}, {"enum": [*words]}]})


Line = Annotated[str, PlainValidator(_line), _schema(r"\s*\S.*\s*", "number")]
Prose = Annotated[str, PlainValidator(_prose), _schema(r"[\s\S]*\S[\s\S]*", "number")]
OptionalProse = Annotated[str, PlainValidator(_optional_prose), WithJsonSchema({"type": ["string", "number", "null"]})]
FileName = Annotated[
    str, PlainValidator(_file_name), _schema(r"""[^/\\:*?"<>|\n]{0,59}[^/\\:*?"<>|\n.]\s*""", "number")
]
Slug = Annotated[str, PlainValidator(_matching(_SLUG, *_SLUG_FAULT)), _schema(_SLUG, hint=_SLUG_FAULT[1])]
GoalId = Annotated[str, PlainValidator(_matching(_GOAL, *_GOAL_FAULT)), _schema(_GOAL, "integer", hint=_GOAL_FAULT[1])]
MeasureId = Annotated[
    str, PlainValidator(_matching(_MEASURE, *_MEASURE_FAULT)), _schema(_MEASURE, hint=_MEASURE_FAULT[1])
]
InitiativeRef = Annotated[
    str, PlainValidator(_matching(_INITIATIVE, *_INITIATIVE_FAULT)), _schema(_INITIATIVE, hint=_INITIATIVE_FAULT[1])
]
ActivityRef = Annotated[
    str, PlainValidator(_matching(_ACTIVITY, *_ACTIVITY_FAULT)), _schema(_ACTIVITY, hint=_ACTIVITY_FAULT[1])
]
Year = Annotated[str, PlainValidator(_year), _schema(_YEAR, hint=_YEAR_HINT)]
Date = Annotated[datetime.date | None, PlainValidator(_date), _schema(r"未定|\d{4}-\d\d-\d\d", hint=_DATE_HINT)]
Number = Annotated[
    Decimal, PlainValidator(_number), WithJsonSchema({"type": "number", "minimum": -_MOST, "maximum": _MOST})
]
Whole = Annotated[int, BeforeValidator(_whole)]
TargetFigure = Annotated[Decimal | Absence, PlainValidator(_figure(Absence.NOT_SET)), _number_or(Absence.NOT_SET)]
ActualFigure = Annotated[
    Decimal | Absence,
    PlainValidator(_figure(Absence.NOT_MEASURED, Absence.PENDING)),
    _number_or(Absence.NOT_MEASURED, Absence.PENDING),
]
