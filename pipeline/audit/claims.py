"""What a figure in a sentence claims to be: a target, a value, a change, a share; and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit.facts import Role
from pipeline.audit.numerals import Figure, figures
from pipeline.audit.wording import Sentence

_NOT_REACHED = "上回|下回|超|達し|達する|及ば|届|比べ|対し|満た"
_AIM = re.compile(rf"目標(?!.*(?:{_NOT_REACHED}))")
_AIM_AFTER = re.compile(r"[\s(]*(?:を|の|という|とする|とした)?目標")
_FROM_AIM = re.compile(r"目標(?:値|件数|数)?(?:を|より|から|に(?:対し)?)[、\s]?約?$")
_AWAY = re.compile(r"\s?(?:ほど|程度)?(?:上回|下回|超|多|少|及ば|届|足り|不足)")
_ACHIEVED = re.compile(r"達成率|達成度|進捗率|目標比|目標(?:値|件数|数)?に?(?:の|に対して|に対し|対比)[、\s]?約?$")
_AGAINST_YEAR = re.compile(r"(?:前年|昨年|元年)度?(?:の|比|同期|実績)|対前年|[にと](?:比べ|比較)|年度比|年度の?約?$")
_MORE = re.compile(
    r"\s?(?:ほど|程度)?[のにも]?(?:増|減|上昇|低下|下落|伸び|アップ|ダウン|多|少|改善|悪化|落ち|上回|下回)"
)
_SHARE = re.compile(r"(うち|延べ|のべ|平均|定員|上限|最大|最多|当たり|あたり|各|毎年|ごとに)[^。、()]{0,6}$")
_YEAR = re.compile(
    r"(前年度|昨年度|前年|昨年|(?:令和|平成|R|H)(?:元|\d+)年?度?)(?:末|時点|実績|目標)?[はのがにも、:(\s]{0,2}$"
)
_ERAS = {"令和": "R", "平成": "H", "R": "R", "H": "H"}
_VALUES = frozenset({Role.VALUE, Role.STEP})
_AIMS = frozenset({Role.TARGET, Role.AIM})
_START = re.compile(r"から、?(?:約|およそ)?")
_BRACKETED = re.compile(r"\s?\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in a sentence with all it may be; ``said`` is that the wording says so.

    ``year`` is the year it is told of, None where none is said. ``parts`` are those in brackets that divide it up.
    ``share`` is the word that makes it a part or an average of something (うち, 平均), empty where there is none.
    ``start`` is that it is where a change began: 37.7%から45.7%へ.
    """

    figure: Figure
    roles: frozenset[Role]
    said: bool
    year: str | None
    parts: tuple[Figure, ...]
    share: str
    start: bool


def claims(sentence: Sentence, units: tuple[str, ...], year: str) -> Iterator[Claim]:
    """List what a (narrow) sentence claims; ``year`` is the evaluated one. Parts in brackets are left out."""
    found = figures(sentence.text, units)
    inside = {part for figure in found for part in _parts(sentence.text, figure, found)}
    for index, figure in enumerate(found):
        before = sentence.text[found[index - 1].end if index else 0 : figure.start]
        after = sentence.text[figure.end : found[index + 1].start if index + 1 < len(found) else None]
        if figure not in inside:
            parts, share = _parts(sentence.text, figure, found), _SHARE.search(before)
            roles, said = _roles(figure, before, after)
            following = found[index + 1].unit if index + 1 < len(found) else ""
            start = figure.unit == following and bool(_START.fullmatch(after))
            yield Claim(figure, roles, said, _year(before, year), parts, share[1] if share else "", start)


def _roles(figure: Figure, before: str, after: str) -> tuple[frozenset[Role], bool]:
    if _FROM_AIM.search(before) and _AWAY.match(after):
        return frozenset({Role.GAP}), True
    if figure.unit == "%" and _ACHIEVED.search(before):
        return frozenset({Role.ACHIEVED, *_AIMS}), True
    if _AIM.search(before) or _AIM_AFTER.match(after):
        return _AIMS, True
    if figure.unit in ("%", "倍"):
        return _share(before, after)
    if figure.unit == "ポイント" or _MORE.match(after):
        return frozenset({Role.CHANGE, *(_VALUES if figure.unit != "ポイント" else [Role.GAP])}), False
    return _VALUES | _AIMS, False


def _share(before: str, after: str) -> tuple[frozenset[Role], bool]:
    """A percentage is a share only where the words say so, else the value of an indicator in per cent."""
    values = _VALUES | _AIMS
    if _MORE.match(after) and not after.startswith("に"):
        return frozenset({Role.CHANGE_RATE, *values}), bool(_AGAINST_YEAR.search(before))
    if _AGAINST_YEAR.search(before):
        return frozenset({Role.YEAR_RATIO, *values}), True
    return values, False


def _year(before: str, evaluated: str) -> str | None:
    match = _YEAR.search(before)
    if match is None:
        return None
    if match[1][0] in "前昨":
        return f"{evaluated[0]}{int(evaluated[1:]) - 1}"
    era = next(name for name in _ERAS if match[1].startswith(name))
    number = match[1][len(era) :].rstrip("年度")
    return f"{_ERAS[era]}{1 if number == '元' else int(number)}"


def _parts(text: str, figure: Figure, found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Give the figures in the brackets behind a figure that divide it up: 23件（継続14件、新規9件）."""
    bracket = _BRACKETED.match(text, figure.end)
    if bracket is None or re.search("目標|年度|前年|昨年|うち", bracket[1]):
        return ()
    parts = tuple(f for f in found if bracket.start() < f.start < bracket.end() and f.unit == figure.unit)
    return parts if len(parts) > 1 else ()
