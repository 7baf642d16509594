"""Numbers, years and dates of the inputs as types that check themselves; what is certain is read, however written."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from pipeline.diagnostics import shorten
from pipeline.model.strategy import Absence
from pipeline.stages.validate.scalars import SPACES, as_text, fail, schema_of
from pipeline.wording import era
from pipeline.wording.era import date_of, gregorian, is_year
from pipeline.wording.fields import UNDECIDED

_DIGITS = 12
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
YEAR_HINT = "R7、R8 のように、半角の R と数字で書いてください（西暦で数える総合戦略では、2025、2026 のように書きます）"
DATE_HINT = "2021-08-01 のように西暦・月・日を半角で書くか、未定 と書いてください"
_LATER = "。まだ来ていない年度なら、その年度を消してください"


def as_year(value: object) -> str:
    """Return a year, written as the report writes years."""
    text = as_text(value)
    if not (text.isascii() and is_year(text)):
        fail("not-year", f"の「{shorten(text)}」は年度として読めません", _year_hint(text))
    return era.canonical(text)


def _year_hint(text: str) -> str:
    """Guess the year: Ｒ２, r2, R02, 令和2年度, 令和二年度, 2020年度 -> R2, or 2020 in a plan that counts so."""
    narrow = unicodedata.normalize("NFKC", text).strip().upper().removesuffix("年度").removesuffix("年")
    narrow = narrow.replace("令和", "R").replace("平成", "H").replace("昭和", "S").replace("元", "1").replace(" ", "")
    narrow = re.sub(r"^([RHS])[.0]+(?=\d)", r"\1", narrow.translate(_KANJI))
    if not is_year(narrow):
        return YEAR_HINT
    meant, year = era.alike(narrow, "R1"), gregorian(narrow)
    return f"もしかして「{meant}」ではありませんか（西暦で数える総合戦略では「{year}」）"


def as_date(value: object) -> datetime.date | None:
    """Return a date; None where it is open."""
    text = as_text(value)
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


def _day(value: object) -> datetime.date:
    """Read a date that is known."""
    return as_date(value) or fail("not-date", "が未定のままです", "2021-08-01 のように、日付を書いてください")


def as_number(value: object) -> Decimal:
    """Return a number; one that is certain though otherwise written raises what ``READ`` names."""
    if isinstance(value, Decimal):
        return _short_enough(value)
    if value is None:
        fail("empty", "が空です", "数字を書いてください")
    if not isinstance(value, str):
        fail("not-number", "は数字で書くところです", "90 のように、数字だけを書いてください")
    certain = value.strip(SPACES).translate(_WIDE)
    if _PLAIN.fullmatch(certain) or _GROUPED.fullmatch(certain):
        number = _short_enough(Decimal(certain.replace(",", "")))
        message, hint = f"の「{shorten(value)}」を {number:f} と読みました", _plainly(value, number)
        raise PydanticCustomError(READ, "{message}", {"message": message, "hint": hint, "value": number})
    digits = certain.translate(_LETTERS)
    if digits != certain and _PLAIN.fullmatch(digits):
        hint = f"もしかして「{digits}」ではありませんか。数字に形の似た英字（l、O など）があります"
        fail("not-number", f"の「{shorten(value)}」は数字として読めません", hint)
    return fail("not-number", f"の「{shorten(value)}」は数字として読めません", _number_hint(value))


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
        return "「万」や「千」を使わずに、90000 のように数字だけを、この欄の単位で書いてください"
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


_DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DATE = rf"未定|{_DAY}"
_MOST = 10**_DIGITS - 1


def _number_or(*words: Absence) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": -_MOST, "maximum": _MOST}, {"enum": [*words]}]})


Year = Annotated[
    str,
    PlainValidator(as_year),
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
Date = Annotated[datetime.date | None, PlainValidator(as_date), schema_of(_DATE, hint=DATE_HINT)]
Day = Annotated[datetime.date, PlainValidator(_day), schema_of(_DAY, hint=DATE_HINT)]
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
