"""What a figure in a sentence claims to be: a target, a value, a change, a share; and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.stages.audit.facts import Role
from pipeline.stages.audit.numerals import Figure, figures
from pipeline.stages.audit.wording import Sentence
from pipeline.wording.era import before

_NOT_REACHED = "上回|下回|超|達し|達する|及ば|届|比べ|対し|満た"
_AIM = re.compile(rf"目標(?!.*(?:{_NOT_REACHED}|\d(?!\d*年)))")
_AIM_AFTER = re.compile(
    r"\s?(?:\(目標(?:値|件数|数)?\)|(?:を|の|という|とする|とした|[とに]することを)?目標(?!を?上回|を?下回|に|比)|を?目指)"
)
_FROM_AIM = re.compile(r"目標(?:値|件数|数)?の?(?:を|より|から|に(?:は|対し)?)[、\s]?約?$")
_AWAY = re.compile(r"\s?(?:ほど|程度)?(?:上回|下回|超|多|少|及ば|届|足り|不足)")
_ACHIEVED = re.compile(r"達成率|達成度|進捗率|目標比|目標(?:値|件数|数)?に?(?:の|に対して|に対し|対比)[、\s]?約?$")
_AGAINST_YEAR = re.compile(
    r"(?:前年|昨年|元年)度?(?:の|比|同期|実績|から|より)|対前年|[にと](?:比べ|比較)|年度比|年度の?約?$"
)
_MORE = re.compile(
    r"\s?(?:ほど|程度)?[のにも]?(?:増|減|上昇|低下|下落|伸び|アップ|ダウン|多|少|改善|悪化|落ち|上回|下回)"
)
_TO = re.compile(r"\s?(?:ほど|程度)?に")
"""What makes a figure the end of a change, not its size: 30件に減少."""
_SHARE = re.compile(r"(うち)[^。)]*$|(延べ|のべ|平均|定員|上限|最大|最多|当たり|あたり|各|毎年|ごとに)[^。、()]{0,6}$")
_YEAR = re.compile(
    r"(前年度|昨年度|前年|昨年|(?:令和|平成|R|H)(?:元|\d+)年?度?)(?:末|時点|実績|目標)?[はのがにも、:(\s]{0,2}$"
)
_ERAS = {"令和": "R", "平成": "H", "R": "R", "H": "H"}
_VALUES = frozenset({Role.VALUE, Role.STEP})
_AIMS = frozenset({Role.TARGET, Role.AIM})
_START = re.compile(r"から、?(?:約|およそ)?")
_BRACKETED = re.compile(r"\s?\(([^()]*)\)")
_ASIDE = re.compile(r"\s?(?:\([^()]*\)|\)|、率に(?:して|すると)、?約?[\d.]+%)")
"""What may stand between a figure and what is said of it: 61件（15.2%）減少, 61件、率にして15.2%減少."""
_OPENING = re.compile(r"(令和|平成|R|H)(元|\d+)年度(?:末|中)?[のはに、]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in a sentence with all it may be; ``said`` is that the wording says so.

    ``year`` is the year it is told of, None where none is said. ``parts`` are those in brackets that divide it up.
    ``share`` is the word that makes it a part or an average of something (うち, 平均), empty where there is none.
    ``start`` is that it is where a change began: 37.7%から45.7%へ. ``opening`` is the year its sentence begins with.
    """

    figure: Figure
    roles: frozenset[Role]
    said: bool
    year: str | None
    parts: tuple[Figure, ...]
    share: str
    start: bool
    opening: str | None


def claims(sentence: Sentence, units: tuple[str, ...], year: str) -> Iterator[Claim]:
    """List what a (narrow) sentence claims; ``year`` is the evaluated one. Parts in brackets are left out."""
    found = figures(sentence.text, units)
    inside = {part for figure in found for part in _parts(sentence.text, figure, found)}
    opening = _OPENING.match(sentence.text)
    since = _named(opening[1], opening[2]) if opening else None
    for index, figure in enumerate(found):
        if figure not in inside:
            around = _around(sentence.text, found, index)
            parts, share = _parts(sentence.text, figure, found), _SHARE.search(sentence.text, 0, figure.start)
            roles, said = _roles(figure, around)
            following = found[index + 1].unit if index + 1 < len(found) else ""
            start = figure.unit == following and bool(_START.fullmatch(around.after))
            told = _year(around.before, year)
            yield Claim(figure, roles, said, told, parts, share[share.lastindex or 0] if share else "", start, since)


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a figure, as far as the figures next to it.

    ``led`` is what leads to it with the figure before left out (目標の380件を39件下回る), ``beyond`` what follows an
    aside in brackets, or the end of the brackets it stands in.
    """

    before: str
    led: str
    after: str
    beyond: str


def _around(text: str, found: tuple[Figure, ...], index: int) -> _Around:
    figure, ends = found[index], [0, 0, *(one.end for one in found)]
    before = text[ends[index + 1] : figure.start]
    led = text[ends[index] : found[index - 1].start] + before if index else before
    aside = _ASIDE.match(text, figure.end)
    return _Around(
        before, led, _until(text, found, figure.end), _until(text, found, aside.end() if aside else figure.end)
    )


def _until(text: str, found: tuple[Figure, ...], start: int) -> str:
    """Give the text from a place to the next figure."""
    return text[start : next((one.start for one in found if one.start >= start), None)]


def _roles(figure: Figure, around: _Around) -> tuple[frozenset[Role], bool]:
    before, beyond = around.before, around.beyond
    if _FROM_AIM.search(around.led) and _AWAY.match(beyond):
        return frozenset({Role.GAP}), True
    if figure.unit == "%" and _ACHIEVED.search(before):
        return frozenset({Role.ACHIEVED, *_AIMS}), True
    if _AIM.search(before) or _AIM_AFTER.match(around.after):
        return _AIMS, True
    if figure.unit in ("%", "倍"):
        return _share(around.led if before.strip() == "(" else before, beyond)
    if figure.unit == "ポイント" or _MORE.match(beyond):
        return _change(figure, before, beyond)
    return _VALUES | _AIMS, False


def _change(figure: Figure, before: str, beyond: str) -> tuple[frozenset[Role], bool]:
    """What is more or less is a change where it is told against a year, else it may be the value that changed."""
    against = bool(_AGAINST_YEAR.search(before)) and not _TO.match(beyond)
    if figure.unit == "ポイント":
        return frozenset({Role.CHANGE, Role.GAP}), against
    return frozenset({Role.CHANGE, Role.STEP} if against else {Role.CHANGE, *_VALUES}), against


def _share(before: str, after: str) -> tuple[frozenset[Role], bool]:
    """A percentage is a share only where the words say so, else the value of an indicator in per cent."""
    values = _VALUES | _AIMS
    if _MORE.match(after) and not _TO.match(after):
        return frozenset({Role.CHANGE_RATE, *values}), bool(_AGAINST_YEAR.search(before))
    if _AGAINST_YEAR.search(before):
        return frozenset({Role.YEAR_RATIO, *values}), True
    return values, False


def _year(words: str, evaluated: str) -> str | None:
    match = _YEAR.search(words)
    if match is None:
        return None
    if match[1][0] in "前昨":
        return before(evaluated)
    era = next(name for name in _ERAS if match[1].startswith(name))
    return _named(era, match[1][len(era) :].rstrip("年度"))


def _named(era: str, number: str) -> str:
    return f"{_ERAS[era]}{1 if number == '元' else int(number)}"


def _parts(text: str, figure: Figure, found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Give the figures in the brackets behind a figure that divide it up: 23件（継続14件、新規9件）."""
    bracket = _BRACKETED.match(text, figure.end)
    if bracket is None or re.search("目標|年度|前年|昨年|うち|定員|上限", bracket[1]):
        return ()
    parts = tuple(f for f in found if bracket.start() < f.start < bracket.end() and f.unit == figure.unit)
    return parts if len(parts) > 1 else ()
