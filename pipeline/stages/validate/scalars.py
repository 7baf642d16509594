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
from difflib import get_close_matches
from typing import Annotated, NoReturn

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pipeline.diagnostics import shorten
from pipeline.model.strategy import Absence
from pipeline.storage import naming
from pipeline.wording import era
from pipeline.wording.era import date_of, is_year
from pipeline.wording.fields import UNDECIDED

_DIGITS = 12
_NAME = 200
"""Characters of a name or title; the longest real ones have a quarter of it."""
_FILE_NAME = 60
"""Characters of a name that files or folders are called by."""
_PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
_NUMBER_LIKE = re.compile(r"[-+]?(?:\d[\d,]*)?\.?\d+", re.ASCII)
_LOOSE = re.compile(r"(?<=\d)[_ \u00a0](?=\d{3}(?!\d))", re.ASCII)
_MINUS = re.compile("^[−△▲ー]")
"""Signs that documents print before a negative number."""

_KANJI = str.maketrans("一二三四五六七八九", "123456789")
_LETTERS = str.maketrans("lIOo", "1100")
"""Letters that look like digits."""

_WIDE = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")
"""What an input method writes for the characters of a number; nothing else is taken for them."""

READ = "read-as"
"""The type of a fault that is none: the value is certain though it is written in another way."""

_SPACES = " \t\u3000\u00a0"
YEAR_HINT = "R7、R8 のように、半角の R と数字で書いてください（西暦で数える総合戦略では、2025、2026 のように書きます）"
DATE_HINT = "2021-08-01 のように西暦・月・日を半角で書くか、未定 と書いてください"

_LATER = "。まだ来ていない年度なら、その年度を消してください"


def fail(kind: str, message: str, hint: str) -> NoReturn:
    """Refuse a value: what ends the id, what follows the key's name in the message, what to do."""
    raise PydanticCustomError(kind, "{message}", {"message": message, "hint": hint})


def _text(value: object) -> str:
    """Take a text, or a number as it is written."""
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


def _line(value: object) -> str:
    text = _text(value).strip(_SPACES)
    if not text:
        fail("empty", "が空です", "値を書いてください")
    if "\n" in text:
        fail("not-one-line", "が2行以上になっています", "改行せずに1行で書いてください")
    return text


def _optional_line(value: object) -> str:
    return "" if isinstance(value, str) and not value.strip(_SPACES) else _line(value)


def _prose(value: object) -> str:
    """Keep one paragraph a line; indents and empty lines are the template's business."""
    text = _optional_prose(value)
    if not text:
        fail("empty", "が空です", "文章を書いてください")
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
            fail("empty", "が空です", hint)
        if not expression.fullmatch(text):
            bare = text.strip(_SPACES)
            if expression.fullmatch(bare):
                fail("malformed", f"の「{bare}」の前か後ろに、余分な空白があります", "全角などの空白を消してください")
            narrow = unicodedata.normalize("NFKC", text).strip()
            close = next((one for one in (narrow, narrow.lower()) if expression.fullmatch(one)), None)
            meant = f"もしかして「{close}」ではありませんか。" if close else ""
            if mark := next((mark for mark in "、，" if mark in text), None):
                meant = f"「{mark}」で区切っているなら、半角の「,」に直してください。"
            fail("malformed", f"の「{shorten(text)}」は{message}", meant + hint)
        return text

    return check


def _name(value: object) -> str:
    """Take what names something: a text longer than any name stands in the wrong place."""
    text = _line(value)
    if len(text) > _NAME:
        fail(
            "too-long",
            f"が{len(text):,}字あります（{_NAME}字まで）",
            "短くするか、別の項目の文章でないかを確かめてください",
        )
    return text


def _file_name(value: object) -> str:
    text = _line(value)
    if match := re.search(naming.SIGNS, text):
        message = f'に「{match[0]}」が使われています。ファイル名にもなるため、半角の / \\ : * ? " < > | は使えません'
        fail("not-file-name", message, f"全角の「{naming.wide(match[0])}」に直してください")
    if len(text) > _FILE_NAME:
        message = f"が長すぎます（{len(text):,}字）。ファイルやフォルダーの名前にもなります"
        fail("not-file-name", message, f"{_FILE_NAME}字以内の名称にしてください")
    if naming.is_device(text):
        message = f"の「{shorten(text)}」は、Windows が使う言葉のため、ファイルやフォルダーの名前になりません"
        fail("not-file-name", message, "ほかの言葉を添えてください（例: CON計画）")
    if text.startswith(".") or text.endswith(".") or "\t" in text:
        message = "が「.」で始まるか終わるか、タブを含んでいます。ファイルやフォルダーの名前になりません"
        fail(
            "not-file-name",
            message,
            "文字で始まり、文字で終わる名称にしてください。正式な「.」は、全角の「．」で書きます",
        )
    return text


def _departments(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and not value:
        fail("empty", "が空です", "所管課の名称を書いてください")
    return tuple(_file_name(one) for one in (value if isinstance(value, list) else [value]))


def _slug(value: object) -> str:
    return _no_device(_matching(_SLUG, *_SLUG_FAULT)(value))


def _no_device(text: str) -> str:
    if naming.is_device(text):
        message = f"の「{text}」は、Windows が使う言葉のため、ファイルの名前になりません"
        fail("not-file-name", message, f"{text}-rate のように、ほかの言葉を添えてください")
    return text


def _node(value: object) -> str:
    return _no_device(_matching(_NODE, *_NODE_FAULT)(value))


def _year(value: object) -> str:
    text = _text(value)
    if not (text.isascii() and is_year(text)):
        meant = _year_meant(text)
        hint = f"もしかして「{meant}」ではありませんか" if meant else YEAR_HINT
        fail("not-year", f"の「{shorten(text)}」は年度として読めません", hint)
    return era.canonical(text)


def _year_meant(text: str) -> str | None:
    """Guess the year: Ｒ２, r2, R02, 令和2年度, 令和二年度, 2020年度 -> R2."""
    narrow = unicodedata.normalize("NFKC", text).strip().upper().removesuffix("年度").removesuffix("年")
    narrow = narrow.replace("令和", "R").replace("平成", "H").replace("昭和", "S").replace("元", "1").replace(" ", "")
    narrow = re.sub(r"^([RHS])[.0]+(?=\d)", r"\1", narrow.translate(_KANJI))
    return era.alike(narrow, "R1") if is_year(narrow) else None


def as_date(value: object) -> datetime.date | None:
    """Read a date; None where it is open."""
    text = _text(value)
    if text == UNDECIDED:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError
        return datetime.date.fromisoformat(text)
    except ValueError:
        meant = date_of(text)
        hint = f"もしかして「{meant}」ではありませんか。" if meant else ""
        fail("not-date", f"の「{shorten(text)}」は日付として読めません", hint + DATE_HINT)


def as_number(value: object) -> Decimal:
    """Read a number; one that is certain though otherwise written raises what ``READ`` names."""
    if isinstance(value, Decimal):
        return _short_enough(value)
    if value is None:
        fail("empty", "が空です", "数字を書いてください")
    if not isinstance(value, str):
        fail("not-number", "は数字で書くところです", "90 のように、数字だけを書いてください")
    certain = value.strip(_SPACES).translate(_WIDE)
    if _PLAIN.fullmatch(certain) or _GROUPED.fullmatch(certain):
        number = _short_enough(Decimal(certain.replace(",", "")))
        message, hint = f"の「{shorten(value)}」を {number:f} と読みました", _plainly(value, number)
        raise PydanticCustomError(READ, "{message}", {"message": message, "hint": hint, "value": number})
    digits = certain.translate(_LETTERS)
    if digits != certain and _PLAIN.fullmatch(digits):
        hint = f"もしかして「{digits}」ではありませんか。数字に形の似た英字（l、O など）があります"
        fail("not-number", f"の「{shorten(value)}」は数字として読めません", hint)
    fail("not-number", f"の「{shorten(value)}」は数字として読めません", _number_hint(value))


def _short_enough(number: Decimal) -> Decimal:
    if len(number.as_tuple().digits) > _DIGITS:
        fail("not-number", f"の桁が多すぎます（{_DIGITS}桁まで）", "単位を千や百万に改めるか、数字を確かめてください")
    return number + 0  # no negative zero


def _plainly(text: str, number: Decimal) -> str:
    if text == f"{number:f}":
        return f"合っていれば、引用符を付けずに {number:f} と書いてください"
    comma = "「,」を付けずに" if "," in text else ""
    return f"合っていれば、{comma}半角で {number:f} と書いてください"


def _number_hint(text: str) -> str:
    """Return how to write what is no number, with the number meant where there can be only one."""
    narrow = _LOOSE.sub("", _MINUS.sub("-", unicodedata.normalize("NFKC", text).strip()))
    found = _NUMBER_LIKE.findall(narrow)
    if "、" in narrow and len(found) > 1:
        return "「、」を半角の「,」に直してください"
    if re.search("[十百千万億兆]", narrow):
        return "「万」や「千」を使わずに、90000 のように数字だけを書いてください"
    if len(found) != 1 or re.search(r"[A-Za-z]\d", narrow) or ("," in found[0] and not _GROUPED.fullmatch(found[0])):
        return "90 や 71.5 のように、1つの数字だけを半角で書いてください（小数点は「.」です）"
    plain = f"{Decimal(found[0].replace(',', '')):f}"
    if found[0] != narrow:
        return f"{plain} のように、単位などを付けずに数字だけを書いてください"
    if plain.startswith("-"):
        return f"0より小さい数は、半角の「-」を付けて {plain} と書いてください"
    return f"余分な空白や記号、先頭の0を付けずに {plain} と書いてください"


def _whole(value: object) -> int:
    number = as_number(value)
    if number != number.to_integral_value():
        fail("not-whole", f"の「{number}」は整数ではありません", "小数点を付けずに書いてください")
    return int(number)


def _figure(*words: Absence) -> Callable[[object], Decimal | Absence]:
    allowed, is_actual = "、".join(words), Absence.NOT_MEASURED in words

    def check(value: object) -> Decimal | Absence:
        if isinstance(value, str) and value in words:
            return Absence(value)
        if value is None or (isinstance(value, str) and not re.search(r"\d", value)):
            shown = f"の「{shorten(value)}」は使えません" if value else "が空です"
            close = (
                get_close_matches(value or "", words, n=1, cutoff=0.5) if not (is_actual and value == UNDECIDED) else []
            )
            meant = f"もしかして「{close[0]}」ではありませんか。" if close else ""
            fail("not-number", shown, f"{meant}数字か、{allowed} と書いてください{_LATER if is_actual else ''}")
        return as_number(value)

    return check


_SLUG = r"[a-z](-?[a-z0-9]){0,40}"
_NODE = rf"(?=.{{1,{naming.NODE_MOST}}}(?:/|$)){naming.NODE}"
SLUG = re.compile(_SLUG, re.ASCII)
NODE = re.compile(rf"(?!{naming.RESERVED}$){_NODE}", re.ASCII)
"""The form of the ids of what the plan is made of: goals, groups and measures."""
FIELD_ID = r"[a-z]([-_]?[a-z0-9]){0,40}"
_FIELD_FAULT = (
    "記入欄の識別名として使えません",
    "半角の英小文字で始め、英小文字、数字、「-」、「_」だけで40字以内で書いてください（例: basic_policy）",
)
_SLUG_FAULT = (
    "識別名として使えません",
    "半角の英小文字で始め、英小文字、数字、「-」だけで40字以内で書いてください（例: startup-support）",
)

_NODE_FAULT = (
    "識別名（id）として使えません",
    "1-2、27、A2 のように、半角の英数字と「-」だけで、英数字で始めて終え、16字以内で書いてください"
    "（印刷する番号は number: に、Ⅰ や（1）のように自由に書けます）",
)
_INITIATIVE = f"{_NODE}/{_SLUG}"
_INITIATIVE_FAULT = (
    "取組を指していません",
    "1-3/startup-support のように「施策の番号/取組の識別名」を書いてください",
)
_ACTIVITY = f"{_INITIATIVE}/{_SLUG}"
_ACTIVITY_FAULT = (
    "具体的な取組を指していません",
    "1-5/employment/internship のように「施策の番号/取組の識別名/具体的な取組の識別名」を書いてください",
)
_FIT = naming.SIGNS.replace("[", r"[^\n\t", 1)
"""A character of a name that files are called by, as far as a pattern tells it."""
_DATE = r"未定|[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_MOST = 10**_DIGITS - 1


def _schema(pattern: str, *types: str, hint: str = "") -> WithJsonSchema:
    """Say in JSON Schema what a text looks like; ``types`` it may have besides (a bare number, nothing at all)."""
    message = {"patternErrorMessage": hint} if hint else {}
    made = {"type": ["string", *types] if types else "string", "pattern": f"^(?:{pattern})$", **message}
    return WithJsonSchema(made | ({"minimum": 0} if "integer" in types else {}))


def _number_or(*words: Absence) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": -_MOST, "maximum": _MOST}, {"enum": [*words]}]})


Line = Annotated[str, PlainValidator(_line), _schema(r"\s*\S.*\s*", "number")]
OptionalLine = Annotated[
    str, PlainValidator(_optional_line), WithJsonSchema({"type": ["string", "number"], "pattern": "^.*$"})
]
Prose = Annotated[str, PlainValidator(_prose), _schema(r"[\s\S]*\S[\s\S]*", "number")]
OptionalProse = Annotated[str, PlainValidator(_optional_prose), WithJsonSchema({"type": ["string", "number", "null"]})]
Name = Annotated[str, PlainValidator(_name), _schema(rf"\s*(?=\S)[^\n]{{0,{_NAME - 1}}}\S\s*", "number")]
_FILE_NAMED = _schema(
    rf"\s*(?!{naming.RESERVED} *(?:\.|\s*$))(?=\S){_FIT}{{0,{_FILE_NAME - 1}}}(?!\.){_FIT}\s*", "number"
)
FileName = Annotated[str, PlainValidator(_file_name), _FILE_NAMED]
Departments = Annotated[
    tuple[str, ...],
    PlainValidator(_departments),
    WithJsonSchema(
        {"anyOf": [_FILE_NAMED.json_schema, {"type": "array", "minItems": 1, "items": _FILE_NAMED.json_schema}]}
    ),
]
Slug = Annotated[
    str,
    PlainValidator(_slug),
    _schema(rf"(?!{naming.RESERVED}$){_SLUG}", hint=_SLUG_FAULT[1]),
]
FieldId = Annotated[str, PlainValidator(_matching(FIELD_ID, *_FIELD_FAULT)), _schema(FIELD_ID, hint=_FIELD_FAULT[1])]
NodeId = Annotated[
    str,
    PlainValidator(_node),
    _schema(rf"(?!{naming.RESERVED}$){_NODE}", "integer", hint=_NODE_FAULT[1]),
]
InitiativeRef = Annotated[
    str, PlainValidator(_matching(_INITIATIVE, *_INITIATIVE_FAULT)), _schema(_INITIATIVE, hint=_INITIATIVE_FAULT[1])
]
ActivityRef = Annotated[
    str, PlainValidator(_matching(_ACTIVITY, *_ACTIVITY_FAULT)), _schema(_ACTIVITY, hint=_ACTIVITY_FAULT[1])
]
Year = Annotated[
    str,
    PlainValidator(_year),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": f"^(?:{era.PATTERN})$",
            "minimum": 1900,
            "maximum": 2099,
            "patternErrorMessage": YEAR_HINT,
        }
    ),
]
Date = Annotated[datetime.date | None, PlainValidator(as_date), _schema(_DATE, hint=DATE_HINT)]
Number = Annotated[
    Decimal, PlainValidator(as_number), WithJsonSchema({"type": "number", "minimum": -_MOST, "maximum": _MOST})
]
Whole = Annotated[int, BeforeValidator(_whole)]
TargetFigure = Annotated[Decimal | Absence, PlainValidator(_figure(Absence.NOT_SET)), _number_or(Absence.NOT_SET)]
ActualFigure = Annotated[
    Decimal | Absence,
    PlainValidator(_figure(Absence.NOT_MEASURED, Absence.PENDING, Absence.ENDED)),
    _number_or(Absence.NOT_MEASURED, Absence.PENDING, Absence.ENDED),
]
