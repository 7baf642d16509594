"""Words that say which way something went, or on which side of a figure it is: 増加, 下回る, 達成, 届かず."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto

from msgspec import Struct

from pipeline.stages.audit.numerals import Relation


class Sign(Enum):
    """Which way: up or down as numbers, better or worse, the target met or not."""

    UP = auto()
    DOWN = auto()
    BETTER = auto()
    WORSE = auto()
    MET = auto()
    UNMET = auto()
    SAME = auto()


_SIGNS = {
    Sign.UP: r"[純急激微漸]?増|上昇|伸び|伸ば|アップ|上回|向上|プラス|多[いくか]|高[いくまめか]|上が|上げ|超え|"
    r"長[いくか]|延び|回復",
    Sign.DOWN: r"[削急激微漸軽]?減|低下|下落|下回|ダウン|マイナス|少な|落ち|下が|下げ|縮|低[いくか]|短|割り込|後退",
    Sign.BETTER: r"改善",
    Sign.WORSE: r"悪化",
    Sign.UNMET: r"届(?:か|いてい?な)|及(?:ば|んでい?な)|満た(?:な|ず|してい?な)|達しな|達してい?な|達せ|未達|"
    r"足り(?:な|ず)|不足|至ら|遠[いく]",
}
"""How each way is worded, in the order in which they are tried."""
MOVES = (Sign.UP, Sign.DOWN, Sign.BETTER, Sign.WORSE)
ADVERBS = (
    r"(?:大きく|大幅に|わずかに|僅かに|やや|若干|更に|さらに|既に|すでに|ほど|程度|ながらも?|だけ|分|も|の|"
    r"一気に|急激に|ほぼ)*"
)


def _one_of(ways: Mapping[Sign, str]) -> str:
    """Return a pattern whose named group says which way it is."""
    return "|".join(f"(?P<{sign.name}>{words})" for sign, words in ways.items())


_ANYWHERE = re.compile(_one_of(_SIGNS))
_LED = re.compile(rf"\s?[のが]?{ADVERBS}")
_COUNTED = re.compile("[^◆。、]{0,2}(?:数|幅|分|量|額|率)[はが、]+$")
_OBJECT = rf"\s?(?:以内|以下|以上)?\)?(?:を|に(?:は|も)?|も|と|まで(?:は|に)?){ADVERBS}(?:◆+(?:ほど|程度|も|の)?)?"
_NOT = "(?:な|ず|せず|できな|できず|できてい?な|してい?な|されてい?な)"
_SIDES = {
    Sign.UNMET: rf"{_SIGNS[Sign.UNMET]}|達成(?:し?{_NOT}|(?:に|まで)?(?:は)?(?:至ら|届か|及ば))|戻ってい?な|戻ら",
    Sign.DOWN: rf"下回(?!らな|らず)|割(?:った|り|って|る)|切(?:った|り|って|る)|上回(?:ら|れ|ってい?な)|"
    rf"超え{_NOT}|超えてい?な",
    Sign.UP: r"上回|超|突破|下回ら",
    Sign.MET: r"達し|達する|達成(?![率度状感])|到達|のぼ|上った|上る|クリア",
    Sign.SAME: r"同数|同じ|同値|同程度",
}
"""How the actual is to what stands before: the target met or not, below, above, or there."""
_COMPARED = re.compile(rf"{_OBJECT}(?:{_one_of(_SIDES)})")
AFTER = {
    Sign.UP: Relation.MORE,
    Sign.DOWN: Relation.LESS,
    Sign.UNMET: Relation.LESS,
    Sign.MET: Relation.REACHED,
    Sign.SAME: Relation.EQUAL,
}
"""What a comparison makes of a plain figure: 20万人を超えた."""
MAYBE = re.compile(r"^[^。、◆]{0,8}(?:るよう|ること(?:を|が(?!でき))|るため|ために|見込|予定|れば|たい|べき|れない)")
"""What is meant to come, or only may be."""


def moved(words: str) -> Sign | None:
    """Return which way the words behind a figure say that it went: の増, 多い, ほど減少した."""
    led = _LED.match(words)
    return _said(words, _ANYWHERE.match(words, led.end() if led else 0))


def counted(words: str) -> Sign | None:
    """Return which way the words before a figure say that what it counts went: 増加数は, 減少率が."""
    return next((_sign(way) for way in _ANYWHERE.finditer(words) if _COUNTED.match(words, way.end())), None)


def compared(words: str) -> Sign | None:
    """Return on which side of the figure before them the words say that the actual is: を上回った, に届かず."""
    return _said(words, _COMPARED.match(words))


def _said(words: str, found: re.Match[str] | None) -> Sign | None:
    return _sign(found) if found and not MAYBE.search(words[found.end() :]) else None


def _sign(found: re.Match[str]) -> Sign:
    return Sign[found.lastgroup or ""]


class Found(Struct, frozen=True):
    """A word that says which way, at ``start`` to ``end``."""

    sign: Sign
    start: int
    end: int


def found_within(words: str, start: int, length: int) -> Found | None:
    """Return the first word that says which way, so far behind a place at most and before any figure."""
    stretch = words[start : start + length].partition("◆")[0]
    match = _ANYWHERE.search(stretch)
    if match is None or MAYBE.search(words[start + match.end() :]):
        return None
    return Found(_sign(match), start + match.start(), start + match.end())
