"""Words that say which way something went, or on which side of a figure it is: 増加, 下回る, 達成, 届かず."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


SIGNS = {
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
_MOVED = [(sign, re.compile(rf"\s?[のが]?{ADVERBS}(?:{words})")) for sign, words in SIGNS.items()]
_OBJECT = rf"\s?(?:以内|以下|以上)?\)?(?:を|に(?:は|も)?|も|と|まで(?:は|に)?){ADVERBS}(?:◆+(?:ほど|程度|も|の)?)?"
_ANYWHERE = [(sign, re.compile(words)) for sign, words in SIGNS.items()]
_NOT = "(?:な|ず|せず|できな|できず|できてい?な|してい?な|されてい?な)"
_SIDES = {
    Sign.UNMET: rf"{SIGNS[Sign.UNMET]}|達成(?:し?{_NOT}|(?:に|まで)?(?:は)?(?:至ら|届か|及ば))|戻ってい?な|戻ら",
    Sign.DOWN: rf"下回(?!らな|らず)|割(?:った|り|って|る)|切(?:った|り|って|る)|上回(?:ら|れ|ってい?な)|"
    rf"超え{_NOT}|超えてい?な",
    Sign.UP: r"上回|超|突破|下回ら",
    Sign.MET: r"達し|達する|達成(?![率度状感])|到達|のぼ|上った|上る|クリア",
    Sign.SAME: r"同数|同じ|同値|同程度",
}
"""How the actual is to what stands before: the target met or not, below, above, or there."""
_COMPARED = [(sign, re.compile(rf"{_OBJECT}(?:{words})")) for sign, words in _SIDES.items()]
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
    return _said(words, _MOVED)


def compared(words: str) -> Sign | None:
    """Return on which side of the figure before them the words say that the actual is: を上回った, に届かず."""
    return _said(words, _COMPARED)


def _said(words: str, ways: Iterable[tuple[Sign, re.Pattern[str]]]) -> Sign | None:
    found = next(((sign, match) for sign, word in ways if (match := word.match(words))), None)
    return found[0] if found and not MAYBE.search(words[found[1].end() :]) else None


class Found(Struct, frozen=True):
    """A word that says which way, at ``start`` to ``end``."""

    sign: Sign
    start: int
    end: int


def found_within(words: str, start: int, length: int) -> Found | None:
    """Return the first word that says which way, so far behind a place at most and before any figure."""
    stretch = words[start : start + length].partition("◆")[0]
    matches = [(match.start(), sign, match) for sign, word in _ANYWHERE if (match := word.search(stretch))]
    if not matches:
        return None
    at, sign, match = min(matches, key=lambda found: found[0])
    if MAYBE.search(words[start + match.end() :]):
        return None
    return Found(sign, start + at, start + match.end())
