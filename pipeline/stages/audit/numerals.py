"""Figures as running text writes them: 1,234人, １２件, 三件, 1万2千人, 45.7％, 6割, 約5千世帯, 100万人.

A figure is a number with a unit. What only looks like one is passed over: years, dates and ages, ordinals (第1次,
6次産業化), articles of laws, telephone numbers, names (V2H, Society5.0), idioms for each single one (1人1台).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI = "〇一二三四五六七八九十百千"

_NUMBER = re.compile(
    rf"""(?P<about>約|およそ|ほぼ|概ね|おおむね)?\s?
    (?P<number>
      [-−▲△]?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:[十百千]?[万億兆](?:\d[\d,]*千?|[{_KANJI}]+(?=[^{_KANJI}]))?|[百千])*
      |[{_KANJI}]+(?:[万億兆][{_KANJI}]*)*
    )
    (?P<more>数|余り|余|強|弱|超)?""",
    re.VERBOSE,
)
_UNITS = (
    r"ポイント|pt|%|パーセント|割|人|名|件|社|世帯|団体|地区|店舗|店|品目|品|台|校|回|[かヶヵカ箇]所|ha|ヘクタール|円|トン|km|"
    r"戸|棟|室|組|冊|点|種類|頭|本|枚|倍|区画|路線|便|施設|事業所|企業|クラブ|園|講座|教室|コース|自治会"
)
_NO_UNITS = (
    r"年|月|日|時|分|秒|歳|才|期|次|号|条|項|款|番|丁目|級|位|周年|[かヶヵカ箇][年月国]|代|区(?!画)|章|節|学期|限|段階|つ|通り|"
    r"人ひとり|人[1一]|[人件社校](?:当たり|あたり|目|ずつ)"
)
"""What makes a number a date, an age, an ordinal, or what each single one has."""
_JOINED = re.compile(r"[A-Za-z0-9.,\-/第#＃№]$|(?:No|NO|no)\.?$")
"""What stands before a number that is part of a name or an ordinal."""
_KANJI_WORD = re.compile(r"[\u4e00-\u9fff々]$")
_RANGE_BEFORE = re.compile(r"[~〜-]\s?$")
_RANGE_AFTER = re.compile(r"[~〜]|から約?\d[\d,.]*[^\d,.]{1,3}程度")
_SAME = {"名": "人", "パーセント": "%", "pt": "ポイント", "店舗": "店", "品目": "品", "ヘクタール": "ha", "種類": "種"}
_SPOTS = re.compile("[ヶヵカか箇]所")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit at ``start`` to ``end`` of a text.

    ``value`` is in ``unit``, which is written one way (名 is 人, 割 is %); ``step`` is the smallest difference the
    writing shows (45.7% -> 0.1, 6割 -> 10 %). ``rough`` says that it is called an approximation or one end of a range.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str
    rough: bool


@lru_cache(maxsize=4096)
def narrow(text: str) -> str:
    """Give the text with full-width letters, digits and signs as half-width ones, every character in its place."""
    return text.translate(_NARROWER)


def figures(text: str, units: tuple[str, ...] = ()) -> tuple[Figure, ...]:
    """Read every figure; ``units`` are those of the report's indicators beside the usual ones. ``text`` is narrow."""
    pattern = _unit_pattern(units)
    return tuple(_figures(text, pattern))


def scaled(unit: str) -> tuple[str, int]:
    """Take the scale out of an indicator's unit, written one way: 万人 -> 人 and 10000."""
    unit, scale = narrow(unit), 1
    while len(unit) > 1 and unit[0] in _SMALL | _LARGE:
        scale *= (_SMALL | _LARGE)[unit[0]]
        unit = unit[1:]
    return _same(unit), scale


def parse(written: str) -> tuple[Decimal, Decimal] | None:
    """Read a number in digits, kanji or both; give it with the smallest difference its writing shows."""
    negative, written = written[:1] in "-−▲△", written.lstrip("-−▲△").replace(",", "")
    total, smallest, rest = Decimal(0), Decimal(1), written
    for sign, scale in reversed(_LARGE.items()):
        head, found, tail = rest.partition(sign)
        if found:
            part = _small(head)
            if part is None:
                return None
            total, smallest, rest = total + part[0] * scale, part[1] * scale, tail
    if rest:
        part = _small(rest)
        if part is None:
            return None
        total, smallest = total + part[0], part[1]
    return (-total if negative else total), smallest


def _small(written: str) -> tuple[Decimal, Decimal] | None:
    """Read what stands before 万, 億 or the end: 12, 3.5, 三, 十二, 2千."""
    if re.fullmatch(r"\d+(?:\.\d+)?", written):
        number = Decimal(written)
        exponent = number.as_tuple().exponent
        return number, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if re.fullmatch(r"[〇一二三四五六七八九]+", written):
        return Decimal("".join(str(_DIGITS[c]) for c in written)), Decimal(1)
    scaled_by = re.fullmatch(r"(\d+(?:\.\d+))([十百千])", written)
    if scaled_by:
        number, step = _small(scaled_by[1]) or (Decimal(0), Decimal(1))
        return number * _SMALL[scaled_by[2]], step * _SMALL[scaled_by[2]]
    total, last = 0, 10**4
    for match in re.finditer(r"(\d+|[一二三四五六七八九])?([十百千])|(\d+|[一二三四五六七八九])$|(.)", written):
        if match[4]:
            return None
        scale = _SMALL[match[2]] if match[2] else 1
        if scale >= last:
            return None
        total, last = total + _digit(match[1] or match[3]) * scale, scale
    return (Decimal(total), Decimal(last if re.search(r"\d[十百千]$", written) else 1)) if written else None


def _digit(written: str | None) -> int:
    if not written:
        return 1
    return _DIGITS[written] if written in _DIGITS else int(written)


def _figures(text: str, units: re.Pattern[str]) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text):
        start = match.start("number")
        unit = units.match(text, match.end())
        if unit is None or unit["no"] or _part_of_a_name(text, match):
            continue
        number = parse(match["number"])
        if number is None:
            continue
        rough = bool(match["about"] or match["more"] or unit["about"] or _in_a_range(text, match, unit))
        name, scale = _percent(unit["unit"])
        yield Figure(start, unit.end("unit"), number[0] * scale, number[1] * scale, name, rough)


def _part_of_a_name(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 5) : match.start("number")]
    if match["about"]:
        return False
    kanji = match["number"][0] in _KANJI or match["number"][0] in _LARGE
    return bool(_JOINED.search(before) and not _RANGE_BEFORE.search(before)) or bool(
        kanji and _KANJI_WORD.search(before)
    )


def _in_a_range(text: str, match: re.Match[str], unit: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 2) : match.start()], text[unit.end() : unit.end() + 12]
    return bool(_RANGE_BEFORE.search(before) or _RANGE_AFTER.match(after))


@lru_cache(maxsize=8)
def _unit_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    own = sorted({scaled(unit)[0] for unit in units}, key=lambda unit: (-len(unit), unit))
    about = "(?P<about>程度|余り|ほど|前後|以上|以下|超|強|弱|未満|台に)?"
    known = "|".join((*map(re.escape, own), _UNITS))
    return re.compile(rf"\s?(?:(?P<no>{_NO_UNITS})|(?P<unit>{known}){about})")


def _percent(unit: str) -> tuple[str, int]:
    return ("%", 10) if unit == "割" else (_same(unit), 1)


def _same(unit: str) -> str:
    return _SPOTS.sub("か所", _SAME.get(unit, unit))


class _Narrower(dict[int, int]):
    """What each character is folded to, where that is one character; found out when first met."""

    def __missing__(self, code: int) -> int:
        folded = unicodedata.normalize("NFKC", chr(code))
        self[code] = ord(folded) if len(folded) == 1 else code
        return self[code]


_NARROWER = _Narrower()
