"""Which indicator a figure is about: the one its sentence names, or that its initiative is about.

A figure whose words speak of something that the indicator's name does not know (空き家バンクの成約) may be about that
instead; it is not ``plain``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.model.audit import Text
from pipeline.stages.audit.claims import Claim, Role
from pipeline.stages.audit.facts import Table
from pipeline.stages.audit.finding import Material
from pipeline.stages.audit.numerals import narrow
from pipeline.stages.audit.sentences import KANJI, WORD, head, terms
from pipeline.stages.audit.years import YEAR

_SPOKEN = 0.4
"""So much of an indicator's name in a sentence, and the sentence speaks of it."""
_MEANT = 0.5
"""So much of it in a sentence with the names of its initiative, and the initiative is about it."""
_TOPIC = 0.4
_LONG = 8
"""So many parts has a name that is seldom said in full."""
_COUNTED = frozenset("人社者世帯店品") | {"世帯", "団体"}
"""What 件 may also be counted in: 創業した件数 is told as 32人."""
_SHARES = ("%", "ポイント", "倍")
_USUAL = re.compile(
    rf"{YEAR}|目標(?:達成率|達成|値|額|数|件数)?|達成[率度]?|進捗[率度]|実績値?|[件人回]数|割合|比率|年間|年度末?|累計|合計|通算|新規|新た|全体|"
    r"増加|減少|上昇|低下|大幅|推移|状況|水準|結果|時点|現在|当初|最終|計画|市内|町内|村内|区内|本市|本町|当市|市民|実施|利用|比較|以降|既に|更に|"
    r"上回|下回|落ち込|割り込|届か|及ば|達し|連続|過去|最多|最高|最少|最低|上位|目指|設定|掲げ|前後|到達|突破|大き|多く|同数|同じ|差|"
    rf"(?:新型)?コロナ(?:ウイルス)?(?:感染症)?|感染|影響|拡大|令和|平成|{KANJI}?率$"
)
"""What is said of any indicator."""
_WORD = re.compile(rf"(?<![のな])(?<!{WORD}){WORD}{{3,}}")
_COUNTING = re.compile("^年間|[件回]?数$")
_RUN = re.compile(rf"{WORD}{{2,}}")
_OF = re.compile(r"(?:の|における|での|に関する|による|のうち、?)?")
_SUBJECT = re.compile(rf"({WORD}+)[はがも]、?(?:約|およそ|延べ|ほぼ)?$")
_ELSEWHERE = re.compile(
    rf"(?<!{KANJI})(?:全国|[国都府県]|道(?!の駅))(?:全体|平均)?値?"
    rf"(?:(?:の|では?|における){WORD}+)?[のはがも]?、?(?:約|およそ|ほぼ)?\s?$"
)
"""What leads to a figure that is not the city's: 全国の出生率は, 県が, 国平均."""
_COUNTED_FIRST = re.compile("^(?:累計|年間|合計|全体|新規)")
_COUNTED_NOUN = re.compile(rf"\s?[がをの]?({WORD}+)")
_QUALIFIED = re.compile(
    r"\d+月|上半期|下半期|四半期|[月火水木金土日]曜|\d+[歳代]|男性|女性|1日(?!1人)|\d(?:人|日|世帯|社|団体)当たり|地区別|[春夏秋冬昼夜朝](?:に|は|の|で|季|期|間)|内訳|これまで|以来|ずつ"
)


class Link(Struct, frozen=True):
    """A claim that may be about an indicator.

    ``spoken`` is that the sentence itself names it, ``alike`` that both are counted in the same unit, ``plain`` that
    nothing else is named between the indicator and the figure, ``other`` that the figure's subject is something else.
    """

    table: Table
    score: float
    spoken: bool
    alike: bool
    plain: bool
    other: bool


class SentenceContext(Struct, frozen=True):
    """A (narrow) sentence with its figures masked, and the text it stands in."""

    material: Material
    text: Text
    masked: str

    def coverage(self, name: str, told: str) -> float:
        """Return how much of a name a text speaks of, from 0 to 1."""
        return self.material.weights.coverage(name, told)

    @property
    def called(self) -> tuple[str, ...]:
        """What the initiative is called; where the sentence is about one of its activities, only that."""
        called = self.material.names.get((self.text.measure, self.text.initiative), ())
        topics = [(self.coverage(name, self.masked), name) for name in called[1:]]
        best = max(topics, default=(0.0, ""))
        return (best[1],) if best[0] >= _TOPIC else called


def links(setting: SentenceContext, claim: Claim, tables: tuple[Table, ...]) -> tuple[Link, ...]:
    """List the indicators a claim may be about, the likeliest first."""
    found = (link for table in tables if (link := _link(setting, claim, table)))
    return tuple(sorted(found, key=lambda link: (not link.spoken, -link.score)))


def clearness(setting: SentenceContext, end: int, table: Table) -> float:
    """Return how clearly what leads to a place names an indicator; 0 where it speaks of something else."""
    told, name = setting.masked[:end], _core(table)
    near = setting.coverage(name, told)
    spoken = near >= _SPOKEN or _head_is_spoken(setting, name, told) or _ends_with_a_word(name, told)
    return near if spoken and _is_plain(table, told) else 0.0


def _link(setting: SentenceContext, claim: Claim, table: Table) -> Link | None:
    name, masked = _core(table), setting.masked
    told, after = masked[: claim.figure.start], masked[claim.figure.stop :]
    alike = None if _ELSEWHERE.search(told) else _units_fit(claim, table)
    if alike is None or (claim.share not in name and Role.REST not in claim.roles):
        return None
    near = setting.coverage(name, masked)
    named = near >= _SPOKEN or _head_is_spoken(setting, name, masked)
    plain = alike and _is_plain(table, told) and not _counts_others(table, after)
    named = named or (plain and _head_alone_is_spoken(setting, name))
    spoken = named or _ends_with_a_word(narrow(table.indicator.name), masked)
    wide = setting.coverage(name, "\n".join((masked, *setting.called)))
    if not spoken and (wide < _MEANT or not alike):
        return None
    score = near + wide + setting.coverage(name, told)
    other = spoken and _is_of_another(table, masked[claim.since : claim.figure.start])
    return Link(table, score, spoken, alike, plain and named, other)


def _core(table: Table) -> str:
    """Return an indicator's name (narrow) without what says only how it is counted: 年間転入者数."""
    return _COUNTING.sub("", narrow(table.indicator.name)) or narrow(table.indicator.name)


def _units_fit(claim: Claim, table: Table) -> bool | None:
    """Return whether a claim is counted as the indicator is; False where it may be, None where it cannot be."""
    counted = claim.figure.unit
    if counted == "ポイント" and not table.unit:
        return False
    if counted == table.unit or counted in _SHARES:
        return True
    return False if table.unit == "件" and counted in _COUNTED else None


def _head_is_spoken(setting: SentenceContext, name: str, told: str) -> bool:
    """Return whether a sentence names what is counted (創業 of …のうち創業した件数) in an initiative of its field."""
    field = setting.coverage(name, "\n".join(setting.called)) >= _MEANT / 3
    return field and (setting.coverage(head(name), told) >= _MEANT or _ends_with_a_word(name, told))


def _head_alone_is_spoken(setting: SentenceContext, name: str) -> bool:
    """Return whether a sentence names what is counted, of a name too long to be said in full."""
    return len(terms(name)) >= _LONG and setting.coverage(head(name), setting.masked) >= 1


def _ends_with_a_word(name: str, told: str) -> bool:
    """Return whether a word of a sentence is the end of a name: 入園者数 of 動物園入園者数."""
    found = (_COUNTED_FIRST.sub("", word) for word in _WORD.findall(told))
    words = (word for word in found if len(_COUNTING.sub("", word)) > 2 and not _USUAL.fullmatch(word))
    return any(name.endswith((word, f"{word}数")) for word in words)


def _is_of_another(table: Table, before: str) -> bool:
    """Return whether a figure has a subject of its own that the indicator's name does not know: 成約は147件."""
    subject = _SUBJECT.search(before)
    words = list(_words(subject[1], terms(narrow(table.indicator.name)))) if subject else []
    return bool(words) and not any(word.named for word in words)


def _counts_others(table: Table, after: str) -> bool:
    """Return whether what follows a figure says that it counts something else: 12件が成約した."""
    noun = _COUNTED_NOUN.match(after)
    return bool(noun and any(word.lacks for word in _words(noun[1], terms(narrow(table.indicator.name)))))


def _is_plain(table: Table, told: str) -> bool:
    """Return whether the words that lead to a figure name nothing else from where they last name the indicator.

    What the indicator is narrowed by (県内の交通事故件数) is something else, too.
    """
    name = narrow(table.indicator.name)
    words = list(_words(told, terms(name)))
    last = next((n for n in reversed(range(len(words))) if words[n].named), None)
    if last is None or any(word.lacks for word in words[last:]):
        return False
    first = last
    while first and words[first - 1].named and not words[first - 1].lacks:
        first -= 1
    narrowed = first and words[first - 1].lacks and _OF.fullmatch(told, words[first - 1].end, words[first].start)
    clause = told.rfind("、", 0, words[first].start) + 1
    return not narrowed and all(found[0] in name for found in _QUALIFIED.finditer(told, clause))


class _Word(Struct, frozen=True):
    """A word of a sentence: whether the indicator's name has a part of it, and whether it lacks one."""

    start: int
    end: int
    named: bool
    lacks: bool


def _words(told: str, known: frozenset[str]) -> Iterator[_Word]:
    """List the words that are not said of any indicator."""
    plain = _USUAL.sub(lambda match: " " * len(match[0]), told)
    for match in _RUN.finditer(plain):
        parts = terms(match[0])
        if parts:
            yield _Word(match.start(), match.end(), bool(parts & known), bool(parts - known))
