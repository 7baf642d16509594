"""What a field's new text says: a number, a state, entries of a list, or plain text; and what is odd about it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.correspondence import ValueKind

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_UNITS = "か所 ヶ所 カ所 箇所 世帯 団体 地区 航路 路線 施設 事業所 企業 人 名 件 社 回 校 店 戸 棟 台 組 位 点 円 % ha"
_UNIT = re.compile(rf"(?<=\d)(?:{'|'.join(_UNITS.split())})$", re.ASCII)
"""What may stand behind a number and says no more than its column does; 千円 and 見込み say more."""
_ALIKE = {"ヶ所": "か所", "カ所": "か所", "箇所": "か所", "名": "人"}
_PARTED = re.compile(r"\d\s+\d", re.ASCII)
_STATE = re.compile(r"(.+?)\s*[（(](.+)[）)]", re.DOTALL)
_MINUS = str.maketrans("−▲△―", "----")
_BULLETS = "●・○◯■◆•‣◇□▪-*＊"


@dataclass(frozen=True, slots=True)
class Read:
    """A value as text; ``why`` says what is odd about it (nothing: it is plain), ``unit`` what stood behind it."""

    text: str
    why: tuple[str, ...] = ()
    unit: str = ""


def number(text: str) -> Read:
    """Read a number, in full width or with separators and unit too; what is none is asked about and stays as it is."""
    narrow = "".join(map(_narrow, text)).translate(_MINUS)
    bare = re.sub(r"\s+", "", narrow)
    if not bare:
        return Read("", ("数値が消されています。",))
    unit = _UNIT.search(bare)
    digits = _UNIT.sub("", bare)
    if _PARTED.search(narrow) or not _NUMBER.fullmatch(digits):
        return Read(text, (f"「{text}」は数値として読めません。",))
    value = digits.replace(",", "").lstrip("+")
    return Read(format(Decimal(value), "f"), unit=unit[0] if unit else "")


def _narrow(character: str) -> str:
    """Give a character of full or half width in its usual one; the 1 of ① or ¹ is a note, and none of the number."""
    is_only_wide = unicodedata.decomposition(character).startswith(("<wide>", "<narrow>"))
    return unicodedata.normalize("NFKC", character) if is_only_wide else character


def is_unit_of(unit: str, label: str) -> bool:
    """Tell whether a unit is the one that a label gives in brackets, if any; 人 and 名 are one."""
    given = re.findall(r"\(([^()]*)\)", unicodedata.normalize("NFKC", label))
    return not given or _ALIKE.get(unit, unit) in {_ALIKE.get(one, one) for one in given}


def state(text: str) -> Read:
    """Read a milestone's number and state: ``2（整備中）``."""
    found = _STATE.fullmatch(text.strip().replace("\n", ""))
    if found is None:
        return Read(text, ("数値と段階（例: 2（整備中））として読めません。",))
    value = number(found[1])
    return Read(f"{value.text}（{found[2].strip()}）", value.why)


def entries(text: str) -> Read:
    """Read the entries of a list, one a line; a typed bullet is no part of them, dots that stand for words are."""
    lines = [line.strip() for line in text.split("\n") if line.strip(" \t\u3000")]
    if not lines:
        return Read("", ("記入がすべて消されています。",))
    bare = [line[1:].strip() if line[0] in _BULLETS and line[1:2] not in ("", *_BULLETS) else line for line in lines]
    why = ("行頭の記号を除きました。",) if bare != lines else ()
    return Read("\n".join(bare), why if bare != lines else ())


def prose(text: str) -> Read:
    """Read a text; characters that only some computers can show are asked about."""
    why = []
    if any("\ue000" <= c <= "\uf8ff" for c in text):
        why.append("外字が使われています。")
    if any("\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef" for c in text):
        why.append("異体字の指定が使われています。")
    if not text.strip():
        why.append("文章がすべて消されています。")
    return Read(text, tuple(why))


_READERS = {ValueKind.NUMBER: number, ValueKind.STATE: state, ValueKind.LIST: entries, ValueKind.TEXT: prose}


def read(text: str, kind: ValueKind) -> Read:
    """Read a field's text as a value of a kind; where nothing stood before, a number is tried."""
    return _READERS.get(kind, number)(text)
