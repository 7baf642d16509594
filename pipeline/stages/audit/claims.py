"""What a figure in a sentence claims: its role, of which year, compared with what, and which way it went.

The words around a figure decide; they are read with all figures masked (◆), so that 目標の◆を◆下回った is one pattern
whatever the figures are. ``_RULES`` are tried in their order, the first that fits says the role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from pipeline.stages.audit.direction import ADVERBS, AFTER, MAYBE, MOVES, Sign, compared, counted, moved
from pipeline.stages.audit.numerals import Figure, Relation
from pipeline.stages.audit.years import Calendar, Named


class Role(Enum):
    """What a figure in a sentence can be."""

    LEVEL = auto()
    """An actual, or what a year added to a cumulative one."""
    TARGET = auto()
    """A target, or what a year was to add to a cumulative one."""
    CHANGE = auto()
    """How far the actual is from that of another year."""
    RATE = auto()
    """The same in per cent."""
    RATIO = auto()
    """The actual as a multiple, or in per cent, of another year's."""
    GAP = auto()
    """How far the actual is from the target."""
    OF_TARGET = auto()
    """The actual in per cent of the target."""
    ACHIEVED = auto()
    """The rate that the report prints."""
    PROGRESS = auto()
    """The same where the report calls it 進捗率."""
    REST = auto()
    """What is missing to 100 %: 受診していない人."""


class Course(Struct, frozen=True):
    """What is said beside a figure: that the actual moved this way, or is on this side of it."""

    sign: Sign
    against_figure: bool


class Claim(Struct, frozen=True):
    """A figure in a sentence with what it is said to be.

    ``roles`` are all it may be, ``said`` is that the words leave no other. ``year`` is the year it is told of and
    ``base`` the one it is compared with, None where none is said. ``relation`` is how the actual is to it unless it is
    a target or of another year; ``sign`` is which way a difference goes, ``course`` what is said of the actual beside.
    ``parts`` divide it up in brackets; ``total`` is that it sums up those before it. ``share`` is the word that makes
    it a part or average (うち, 平均), ``count`` whether it is a whole (累計) or what was added (新たに). ``ahead`` is
    that it lies ahead, ``start`` that a change began with it. Its own words begin at ``since``.
    """

    figure: Figure
    roles: tuple[Role, ...]
    said: bool = False
    year: str | None = None
    base: str | None = None
    relation: Relation = Relation.EQUAL
    sign: Sign | None = None
    course: Course | None = None
    parts: tuple[Figure, ...] = ()
    share: str = ""
    count: str = ""
    ahead: bool = False
    start: bool = False
    total: bool = False
    since: int = 0


GOAL = r"目標(?:値|額|数|量|件数|人数|率)?"
_AIM_BEFORE = re.compile(
    rf"{GOAL}(?:は|が|の|である|とする|とした|とされる|として|に掲げる|に定める|\(|:|、)?"
    r"(?![^◆]*(?:上回|下回|超|達|及ば|届|比|対し|満た|割り込|同数|どお|\d(?!\d*年)))[^◆。]{0,24}$"
)
_AIM_SET = re.compile(rf"{GOAL}を(?:年間|単年度で)?$")
_AIM_AFTER = re.compile(
    rf"\s?(?:\({GOAL}\)|(?:の|という|とする)(?:年間|最終)?{GOAL}|"
    rf"(?:を|とした|[とに]することを)?(?:年間|最終)?{GOAL}(?!を?上回|を?下回|に[^し掲]|比|達成)|"
    r"の達成(?:に向け|を目指)|を達成(?:できる|する)よう|"
    r"(?:を|とすることを|にすることを|まで引き上げることを)?目指)"
)
_AND_AIM = re.compile(r"[、,]?(?:は|が|の|に|で|と)*$")
_AHEAD = re.compile(r"目指|に向け|努め|早期|早く|最終|今後|予定|掲げ|までに")
_AGAINST_AIM = re.compile(
    rf"{GOAL}(?:を|に(?:は)?|より(?:も)?|から|まで|に対し(?:て)?|[にと]比べ(?:て)?|との差は)(?:、?(?:あと|残り))?[^◆。]{{0,4}}$"
)
_AGAINST = re.compile(r"(?:を|に(?:は)?|より(?:も)?|から|まで|に対し(?:て)?(?:は)?|[にと]比べ(?:て)?)、?[^◆。、]{0,6}$")
_LEFT = re.compile("まで|あと|残り")
"""What is missing to a target: 目標まで残り14人."""
_OF_AIM = re.compile(rf"{GOAL}(?:の|比(?:で)?|対比|に対し(?:て)?(?:は)?|に対する(?:実績の)?(?:割合|比率)[はが])、?$")
_OF_LAST_AIM = re.compile(r"^(?:の|に対し(?:て)?|に対する(?:実績の)?(?:割合|比率)[はが])、?$")
_ACHIEVED = re.compile(r"(達成率|達成度|進捗率|進捗度)[^◆、。でし]{0,3}、?$")
_ACHIEVED_AFTER = re.compile(r"\s?の(?:目標)?(達成率|達成度|進捗率|進捗度)")
_TOTAL = re.compile(r"(?:合わせて|併せて|あわせて|合計で?|総計|(?<![累集統推会設家時])計)、?(?:約|およそ)?$")
_SHARES_AFTER = re.compile(r"\s?の[^◆、。]{1,10}[はがも][^◆、。]{0,14}(?:ない|なかった|ず、)")
_SHARES_BEFORE = re.compile(r"(?:ていない|でいない|ない|なかった|未[^◆、。はが]{1,6}|残る|以外の?)[^◆、。]{0,12}$")
COMPARED_YEAR = re.compile(
    r"(?:の?(?:実績値?|水準|同期|数値?))?(?:比|対比|から|より|を|に比べ|と比べ|に比較|と比較|に対し|との比較|との差)"
)
_SHARE = re.compile(
    r"(うち)(?![^。)]*(?:割合|率))[^。)]*$|(平均|定員|上限|最大|最多|当たり|あたり|各|毎年|ごとに|内訳)[^。、()]{0,6}$"
)
_COUNT = re.compile(r"(累計|合計|通算|新たに|新規)")
_BRACKETED = re.compile(r"\s?\(([^()]*)\)")
_ASIDE = re.compile(r"\s?(?:\([^()]*\)|\)|、率に(?:して|すると)、?約?◆+)")
"""What may stand between a figure and what is said of it: 61件（15.2%）減少, 61件、率にして15.2%減少."""
_ABOUT = re.compile(r"(?:約|およそ|ほぼ|概ね|おおむね)\s?$")
_TOWARDS = re.compile(rf"\s?(?:に|へ|まで|にまで|と){ADVERBS}")
_START = re.compile(r"\s?から、?(?:約|およそ)?")
_RELATIVE = re.compile(r"年度に[^◆、は]*(?:した|された|った)[^◆、は]")
"""A year that only tells when something else was: 令和元年度に開設した窓口."""
_TOPIC = re.compile("は|には|では|においては|における")
_TURNED = re.compile(r"たが、|ものの|一方|のに対し|に対し|から")


class _Around(Struct, frozen=True):
    """The words around a figure, with all figures masked.

    ``before`` reaches back to the figure before, ``after`` on to the next one, ``beyond`` also over it; asides in
    brackets are left out. ``last`` is the claim of the figure before.
    """

    figure: Figure
    start: int
    before: str
    after: str
    beyond: str
    last: Claim | None
    years: tuple[Named, ...]
    base: str | None

    @property
    def is_share(self) -> bool:
        """Whether the figure is a percentage or a multiple."""
        return self.figure.unit in ("%", "倍")


def claims(masked: str, found: tuple[Figure, ...], calendar: Calendar) -> Iterator[Claim]:
    """List what the figures of a (narrow, masked) sentence claim. Parts in brackets are left out."""
    inside = {part for figure in found for part in _parts(masked, figure, found)}
    last: Claim | None = None
    for index, figure in enumerate(found):
        if figure in inside:
            continue
        around = _around(masked, found, index, last, calendar)
        claim = _claim(around, masked, calendar)
        last = replace(claim, parts=_parts(masked, figure, found))
        yield last


def mask(text: str, found: tuple[Figure, ...]) -> str:
    """Return the text with every character of a figure as ◆."""
    for figure in found:
        text = f"{text[: figure.start]}{'◆' * (figure.stop - figure.start)}{text[figure.stop :]}"
    return text


def _around(masked: str, found: tuple[Figure, ...], index: int, last: Claim | None, calendar: Calendar) -> _Around:
    figure, start = found[index], _end(masked, found[index - 1]) if index else 0
    aside = _ASIDE.match(masked, figure.stop)
    beyond = masked[aside.end() if aside else figure.stop :]
    years = tuple(calendar.named(masked, start, figure.start))
    before = _ABOUT.sub("", masked[start : figure.start])
    return _Around(
        figure, start, before, beyond.partition("◆")[0], beyond, last, years, _base(masked, figure, last, calendar)
    )


def _end(masked: str, figure: Figure) -> int:
    """Return where a figure ends, with the bracket that it closes: 目標（1,400人）を."""
    return figure.stop + (masked[figure.stop : figure.stop + 1] == ")")


def _base(masked: str, figure: Figure, last: Claim | None, calendar: Calendar) -> str | None:
    """Return the year a figure is compared with: that of the figure before (412人から), or one named so (前年度比)."""
    between = masked[_end(masked, last.figure) : figure.start] if last else ""
    if last and Role.LEVEL in last.roles and last.year and _AGAINST.match(between):
        return last.year
    named = [n.year for n in calendar.named(masked, 0, figure.start) if _is_compared(masked, n)]
    return named[-1] if named else None


def _claim(around: _Around, masked: str, calendar: Calendar) -> Claim:
    claim = next(claim for rule in _RULES if (claim := rule(around)))
    figure, text = around.figure, masked[: around.figure.start]
    share, counts = _SHARE.search(text), _COUNT.findall(around.before)
    return replace(
        claim,
        year=claim.year or _year(around, text, calendar, aimed=Role.TARGET in claim.roles),
        base=claim.base or around.base,
        relation=figure.relation if claim.relation is Relation.EQUAL else claim.relation,
        share=share[share.lastindex or 0] if share else "",
        count=counts[-1] if counts else "",
        ahead=bool(_AHEAD.search(around.before + around.beyond)),
        total=bool(_TOTAL.search(around.before)),
        since=around.start,
    )


def _year(around: _Around, text: str, calendar: Calendar, *, aimed: bool) -> str | None:
    """Return the year that leads to a figure, or else the one that its sentence is about."""
    if aimed and re.search("最終(?:年度の?)?目標", around.before + around.after):
        return calendar.last
    told = [n for n in around.years if not _is_compared(text, n) and not _RELATIVE.match(text, n.end - 2)]
    if told:
        return told[-1].year
    topics = [n for n in calendar.named(text) if _TOPIC.match(text, n.end) and not _TURNED.search(text, n.end)]
    return topics[-1].year if topics and around.start else None


def _is_compared(text: str, named: Named) -> bool:
    """Return whether a year is one that something is compared with: 前年度比, 対前年度."""
    return bool(COMPARED_YEAR.match(text, named.end)) or text[named.start - 1 : named.start] == "対"


def _gap(around: _Around) -> Claim | None:
    against = _AGAINST_AIM.search(around.before)
    after_aim = around.last and around.last.roles[0] is Role.TARGET and _AGAINST.fullmatch(around.before)
    sign = moved(around.after)
    compared_with = against or after_aim
    if compared_with and _LEFT.search(compared_with[0]):
        sign = Sign.UNMET
    if sign is None or not compared_with:
        return None
    year = around.last.year if around.last and after_aim else None
    return Claim(around.figure, (Role.OF_TARGET,) if around.is_share else (Role.GAP,), said=True, sign=sign, year=year)


def _rate(around: _Around) -> Claim | None:
    achieved = _ACHIEVED.search(around.before)
    if around.figure.unit == "%" and not achieved:
        achieved = _ACHIEVED_AFTER.match(around.after)
    if around.figure.unit == "%" and achieved:
        role = Role.ACHIEVED if achieved[1].startswith("達成") else Role.PROGRESS
        return Claim(around.figure, (role,), said=True)
    of_last = around.last and around.last.roles[0] is Role.TARGET and _OF_LAST_AIM.match(around.before)
    if around.is_share and of_last:
        return _bounded(around, Role.OF_TARGET, Role.LEVEL, year=around.last.year if around.last else None)
    if around.is_share and _OF_AIM.search(around.before):
        return _bounded(around, Role.TARGET, Role.OF_TARGET)
    return None


def _target(around: _Around) -> Claim | None:
    follows = (
        around.last
        and around.last.roles[0] is Role.TARGET
        and around.years
        and _AND_AIM.fullmatch(around.before[around.years[-1].end - around.start :])
    )
    named = _AIM_BEFORE.search(around.before) or _AIM_SET.search(around.before)
    if not (named or follows or _AIM_AFTER.match(around.after)):
        return None
    return _bounded(around, Role.TARGET)


def _change(around: _Around) -> Claim | None:
    sign = counted(around.before) or moved(around.after)
    if sign not in MOVES and around.figure.unit != "ポイント":
        return None
    role = Role.RATE if around.figure.unit == "%" else Role.RATIO if around.figure.unit == "倍" else Role.CHANGE
    return Claim(around.figure, (role,), said=bool(around.base), sign=sign)


def _ratio(around: _Around) -> Claim | None:
    if not around.is_share:
        return None
    of_year = around.years and re.fullmatch(
        r"(?:の?実績)?(?:の|比(?:で|は)?、?|に(?:対し|比べ)(?:て)?、?|と比べ(?:て)?、?)",
        around.before[around.years[-1].end - around.start :],
    )
    of_last = (
        around.last and Role.LEVEL in around.last.roles and around.last.year and re.match("の$|から", around.before)
    )
    if of_year or of_last:
        base = around.years[-1].year if of_year else around.last.year if around.last else None
        claim = _bounded(around, Role.RATIO, Role.LEVEL)
        return replace(claim, base=base, said=True, course=_towards(around) or claim.course)
    return _bounded(around, Role.RATIO) if around.figure.unit == "倍" else None


def _rest(around: _Around) -> Claim | None:
    negated = _SHARES_BEFORE.search(around.before) or _SHARES_AFTER.match(around.after)
    if around.figure.unit == "%" and negated:
        return Claim(around.figure, (Role.REST,), said=True)
    return None


def _level(around: _Around) -> Claim:
    start = _START.match(around.after)
    sign = moved(around.after[start.end() :]) if start else None
    if start and sign and around.years:
        return Claim(around.figure, (Role.LEVEL,), course=Course(sign, against_figure=True))
    if start and not around.years and (sign or start.end() == len(around.after) < len(around.beyond)):
        course = Course(sign, against_figure=True) if sign else None
        return Claim(around.figure, (Role.LEVEL,), start=True, course=course)
    course = _towards(around)
    if course:
        since = around.last.year if around.last and Role.LEVEL in around.last.roles else None
        return Claim(around.figure, (Role.LEVEL,), course=course, base=around.base or since)
    return _bounded(around, Role.LEVEL)


def _towards(around: _Around) -> Course | None:
    """Return which way the words say that something went to reach a figure: 30件に減少."""
    towards = _TOWARDS.match(around.after)
    sign = moved(around.after[towards.end() :]) if towards else None
    return Course(sign, against_figure=False) if sign in MOVES and not MAYBE.search(around.after) else None


def _bounded(around: _Around, *roles: Role, year: str | None = None) -> Claim:
    """A figure that the actual is said to exceed, reach or miss."""
    sign = compared(around.beyond)
    claim = Claim(around.figure, roles, said=Role.LEVEL not in roles, year=year)
    return replace(claim, course=Course(sign, against_figure=True), relation=AFTER[sign]) if sign else claim


_RULES: tuple[Callable[[_Around], Claim | None], ...] = (_gap, _rate, _target, _change, _ratio, _rest, _level)


def _parts(masked: str, figure: Figure, found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return the figures in the brackets behind a figure that divide it up: 23件（継続14件、新規9件）."""
    bracket = _BRACKETED.match(masked, figure.stop)
    if bracket is None or re.search("目標|年度|前年|昨年|うち|定員|上限", bracket[1]):
        return ()
    parts = tuple(f for f in found if bracket.start() < f.start < bracket.end() and f.unit == figure.unit)
    return parts if len(parts) > 1 else ()
