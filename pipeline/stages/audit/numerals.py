"""Figures as running text writes them: 1,234人, １２件, 三件, 1万2千人, 45.7％, 6割, 約5千世帯, 100万人.

A figure is a number with a unit. What only looks like one is passed over: years, dates and ages, ordinals (第1次,
6次産業化), articles of laws, telephone numbers, names (V2H, Society5.0), idioms for each single one (1人1台).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from pipeline.stages.audit.sentences import is_kanji

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI = "〇一二三四五六七八九十百千"
_LONGEST = 40
"""No amount that a report tells is written with more characters; what is longer is no figure."""

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
    r"ポイント|pt|%|パーセント|割(?:(?P<part>[\d一二三四五六七八九])分)?(?![りれ合引])|人|名|件|社|世帯|団体|地区|店舗|店|品目|品|台|校|回|"
    r"[かヶヵカ箇]所|ha|ヘクタール|円|トン|kg|km|戸|棟|室|組|冊|点|種類|頭|本|枚|倍|区画|路線|便|施設|事業所|企業|クラブ|園|講座|教室|"
    r"コース|自治会|時間"
)
_NOTHING = r"(?=\s?(?:[^\w%℃\s]|[ぁ-ん]|[増減上下低高改横以程前超強弱未近足]|$))"
"""No unit, where something is counted in none: the sentence goes on; another word may be the unit of something else."""
_DATES = ("年", "月", "日", "時", "分", "秒")
_NO_UNITS = (
    r"歳|才|期|次|号|条|項|款|番|丁目|級|位|周年|[かヶヵカ箇][年月国]|代|区(?!画)|章|節|学期|限|段階|つ|通り|"
    r"人ひとり|人[1一]|[人件社校回]目|[^\d、。]{1,3}(?:当たり|あたり|につき|ずつ)|分の"
)
"""What makes a number a date, an age, an ordinal, or what each single one has."""
_CLOCK = {"日": "月", "分": "時"}
"""4月1日 and 10時30分 are no amounts where days or minutes are counted."""
_JOINED = re.compile(r"[A-Za-z0-9.,\-/第#＃№]$|(?:No|NO|no)\.?$")
"""What stands before a number that is part of a name or an ordinal."""
_RANGE_BEFORE = re.compile(r"[~〜-]\s?$")
_RANGE_AFTER = re.compile(r"[~〜]|から約?\d[\d,.]*[^\d,.]{1,3}程度")
_FACTORS = {
    "割": ("%", 10),
    "時間": ("分", 60),
    "kg": ("g", 1000),
    "t": ("g", 10**6),
    "トン": ("g", 10**6),
    "km": ("m", 1000),
}
"""Units that are so many of another one."""
_WORDS = re.compile(
    rf"(?P<whole>(?<!\d)\d{{1,{_LONGEST}}}|(?<![{_KANJI}])[{_KANJI}]{{1,{_LONGEST}}})"
    rf"分の(?P<piece>\d{{1,{_LONGEST}}}|[{_KANJI}]{{1,{_LONGEST}}})|"
    r"過半数|半数|半分|半減|倍増|(?<![\d一-九十百千万数人十何])倍(?=[にのとで以])"
)
"""Shares in words; those without figures mean what ``_SHARES`` says."""
_SHARES: Mapping[str, tuple[Decimal, str]] = {
    "過半数": (Decimal(50), "%"),
    "半数": (Decimal(50), "%"),
    "半分": (Decimal(50), "%"),
    "半減": (Decimal("0.5"), "倍"),
    "倍増": (Decimal(2), "倍"),
    "倍": (Decimal(2), "倍"),
}
_SAME = {"名": "人", "パーセント": "%", "pt": "ポイント", "店舗": "店", "品目": "品", "ヘクタール": "ha", "種類": "種"}
_ABOUT = "程度|余り|ほど|前後|以上|以下|超(?!過|え)|強|弱|未満|近く|足らず|台(?!数|帳)"
_ABOUT_AFTER = re.compile(_ABOUT)
_ABOUT_BEFORE = re.compile(r"(約|およそ|ほぼ|概ね|おおむね)\s?$")
_SPOTS = re.compile("[ヶヵカか箇]所")


class Relation(Enum):
    """How what is told of relates to the figure that tells it."""

    EQUAL = auto()
    ABOUT = auto()
    """約, 程度."""
    OVER = auto()
    """余り, 強: a little more."""
    UNDER = auto()
    """弱, 近く: a little less."""
    MORE = auto()
    """を超える: more, by however much."""
    LESS = auto()
    """未満."""
    AT_LEAST = auto()
    """以上."""
    AT_MOST = auto()
    """以下."""
    WITHIN = auto()
    """台: 30 to 40 of 30%台."""
    REACHED = auto()
    """に達する: this, or a little more."""
    RANGE = auto()
    """One end of a range."""


_RELATIONS = {
    Relation.ABOUT: "約 およそ ほぼ 概ね おおむね 程度 ほど 前後",
    Relation.OVER: "余り 余 強 超 数",
    Relation.UNDER: "弱 近く 足らず",
    Relation.LESS: "未満",
    Relation.AT_LEAST: "以上",
    Relation.AT_MOST: "以下",
    Relation.WITHIN: "台",
}
_SAID = {word: relation for relation, words in _RELATIONS.items() for word in words.split()}


class Figure(Struct, frozen=True):
    """A number with its unit at ``start`` to ``end`` of a text; ``stop`` is the end of what qualifies it (余り, 以上).

    ``value`` is in ``unit``, which is written one way (名 is 人, 割 is %); ``step`` is the smallest difference the
    writing shows (45.7% -> 0.1, 6割 -> 10 %).
    """

    start: int
    end: int
    stop: int
    value: Decimal
    step: Decimal
    unit: str
    relation: Relation

    @property
    def rough(self) -> bool:
        """Whether it is called an approximation, a bound or one end of a range."""
        return self.relation is not Relation.EQUAL


@lru_cache(maxsize=4096)
def narrow(text: str) -> str:
    """Return the text with full-width letters, digits and signs as half-width ones, every character in its place."""
    return text.translate(_NARROWER)


def figures(text: str, units: tuple[str, ...] = ()) -> tuple[Figure, ...]:
    """Return every figure; ``units`` are those of the report's indicators beside the usual ones. ``text`` is narrow."""
    found = [*_figures(text, _unit_pattern(units)), *_words(text)]
    return tuple(_merged(sorted(found, key=lambda figure: figure.start)))


def scaled(unit: str) -> tuple[str, int]:
    """Return an indicator's unit and its scale, written one way: 万人 -> 人 and 10000, 時間 -> 分 and 60."""
    unit, scale = narrow(unit), 1
    while len(unit) > 1 and unit[0] in _SMALL | _LARGE:
        scale *= (_SMALL | _LARGE)[unit[0]]
        unit = unit[1:]
    name, factor = _canonical(unit)
    return name, scale * factor


def parse(written: str) -> tuple[Decimal, Decimal] | None:
    """Return a number in digits, kanji or both, with the smallest difference its writing shows."""
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
        unit = units.match(text, match.end()) if len(match["number"]) <= _LONGEST else None
        if unit is None or _part_of_a_name(text, match) or text[start - 1 : start] == _CLOCK.get(unit["unit"], "-"):
            continue
        number = parse(match["number"])
        if number is None:
            continue
        if not unit["unit"] and "." not in match["number"]:
            continue
        name, scale = _canonical("割" if unit["unit"].startswith("割") else unit["unit"])
        value, step = number[0] * scale, number[1] * scale
        if unit["part"]:
            value, step = value + _digit(unit["part"]), Decimal(1)
        yield Figure(start, unit.end("unit"), unit.end(), value, step, name, _relation(text, match, unit))


def _words(text: str) -> Iterator[Figure]:
    """Read the shares that are written in words: 半数, 3分の1."""
    for match in _WORDS.finditer(text):
        start = max(0, match.start() - len("おおむね "))
        before, after = _ABOUT_BEFORE.search(text, start, match.start()), _ABOUT_AFTER.match(text, match.end())
        said = after[0] if after else before[1] if before else "約"
        relation = Relation.MORE if match[0] == "過半数" else _SAID[said]
        value, unit = _share(match) if match["whole"] else _SHARES[match[0]]
        stop = after.end() if after else match.end()
        yield Figure(
            match.start(),
            match.end(),
            stop,
            value,
            Decimal(1) if unit == "%" else Decimal("0.1"),
            unit,
            relation,
        )


def _share(match: re.Match[str]) -> tuple[Decimal, str]:
    whole, piece = parse(match["whole"]), parse(match["piece"])
    return (Decimal(100) * piece[0] / whole[0] if whole and piece and whole[0] else Decimal(0)), "%"


def _merged(found: Iterable[Figure]) -> Iterator[Figure]:
    """Take hours and minutes together: 3時間30分."""
    last: Figure | None = None
    for figure in found:
        if last and last.end == figure.start and last.unit == figure.unit == "分":
            last = replace(figure, start=last.start, value=last.value + figure.value)
            continue
        if last:
            yield last
        last = figure
    if last:
        yield last


def _relation(text: str, match: re.Match[str], unit: re.Match[str]) -> Relation:
    if _in_a_range(text, match, unit):
        return Relation.RANGE
    said = unit["about"] or match["more"] or match["about"]
    return _SAID[said] if said else Relation.EQUAL


def _part_of_a_name(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 5) : match.start("number")]
    if match["about"]:
        return False
    kanji = match["number"][0] in _KANJI or match["number"][0] in _LARGE
    return bool(_JOINED.search(before) and not _RANGE_BEFORE.search(before)) or (kanji and is_kanji(before[-1:]))


def _in_a_range(text: str, match: re.Match[str], unit: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 2) : match.start()], text[unit.end() : unit.end() + 12]
    return bool(_RANGE_BEFORE.search(before) or _RANGE_AFTER.match(after))


@lru_cache(maxsize=8)
def _unit_pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    given = {narrow(unit).lstrip("".join(_SMALL | _LARGE)) or unit for unit in units}
    own = sorted(given - {""} | ({"分"} if "時間" in given else set()), key=lambda unit: (-len(unit), unit))
    dates = "|".join(f"{date}(?!間)" if date == "時" else date for date in _DATES if date not in own)
    known = "|".join((*map(re.escape, own), _UNITS, *([_NOTHING] if "" in given else [])))
    return re.compile(rf"\s?(?!{_NO_UNITS}|{dates})(?P<unit>{known})(?P<about>{_ABOUT})?")


def _canonical(unit: str) -> tuple[str, int]:
    """Write a unit one way, as so many of the smallest unit that measures the same."""
    name, factor = _FACTORS.get(unit, (unit, 1))
    return _SPOTS.sub("か所", _SAME.get(name, name)), factor


class _Narrower(dict[int, int]):
    """What each character is folded to, where that is one character; found out when first met."""

    def __missing__(self, code: int) -> int:
        folded = unicodedata.normalize("NFKC", chr(code))
        self[code] = ord(folded) if len(folded) == 1 else code
        return self[code]


_NARROWER = _Narrower()
