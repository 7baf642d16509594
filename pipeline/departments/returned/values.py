"""What a field's new text says: a number, a state, entries of a list, or plain text; and what is odd about it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from msgspec import Struct

from pipeline.departments.issued import figure_text
from pipeline.departments.issued.figure_text import MOST_DIGITS, Figure
from pipeline.diagnostics import shorten
from pipeline.model.correspondence import FIGURES, Value, ValueKind
from pipeline.model.strategy import Absence

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_PRELIMINARY = re.compile(r"\s*(?:[（(]\s*速報値?\s*[）)]|速報値?)$")
_STATE = re.compile(r"(.+?)\s*[（(]([^（()）]+)[）)]", re.DOTALL)
_ABSENT = re.compile(rf"[（(]?({'|'.join(Absence)})[）)]?(?:[\s※、。,]*|[\s（(※、。,]+(.+))", re.DOTALL)
"""A word that stands for a missing number, and what is remarked on it."""
LONGEST = 200
"""Characters of a figure; what is longer is none, and is not even tried."""
_UNITS = "か所 ヶ所 カ所 箇所 世帯 団体 地区 航路 路線 施設 事業所 企業 人 名 件 社 回 校 店 戸 棟 台 組 位 点 円 % ha"
_UNIT = re.compile(rf"(?<=\d)(?:{'|'.join(_UNITS.split())})$", re.ASCII)
"""What may stand behind a number and says no more than its column does; 千円 and 見込み say more."""
_ALIKE = {"ヶ所": "か所", "カ所": "か所", "箇所": "か所", "名": "人"}
_PARTED = re.compile(r"\d\s+\d", re.ASCII)
_MINUS = str.maketrans("−▲△―", "----")
_BULLETS = "●・○◯■◆•‣◇□▪-*＊"


class Read(Struct, frozen=True):
    """A value as text; ``why`` says what is odd about it (nothing: it is plain), ``unit`` what stood behind it."""

    text: str
    why: tuple[str, ...] = ()
    unit: str = ""


def figure(text: str, *, staged: bool) -> Read:
    """Read a figure as sheets print it, ``staged`` with a state; what is none is asked about and stays as it is."""
    if not text.strip():
        return Read("", ("数値が消されています。",))
    absent = _ABSENT.fullmatch(text.strip())
    if absent is not None:
        return _absence(absent[1], (absent[2] or "").strip().rstrip("）)"), text)
    if len(text) > LONGEST:
        return Read(text, (f"「{shorten(text)}」は数値として読めません。",))
    bare, marks = _PRELIMINARY.subn("", text.strip())
    parted = _STATE.fullmatch(bare) if staged else None
    read = number(parted[1] if parted else bare)
    if read is None or (staged and parted is None):
        why = (
            "数値と段階（例: 2（整備中））として読めません。"
            if staged
            else f"「{shorten(text)}」は数値として読めません。"
        )
        return Read(text if read is None else str(Figure(read.text, preliminary=bool(marks))), (why,))
    return Read(str(Figure(read.text, parted[2].strip() if parted else "", bool(marks))), (), read.unit)


def _absence(word: str, remark: str, text: str) -> Read:
    """Ask about a word instead of a number; a remark on it has no place in the inputs, and is told."""
    if not remark:
        return Read(word, (f"数値ではなく「{word}」と記入されています。",))
    why = f"「{word}」に「{remark}」と添えられています。入力データに書き込めるのは「{word}」だけです。"
    return Read(word, (why,))


def number(text: str) -> Read | None:
    """Read a number, in full width or with separators and unit too; None where it is none."""
    narrow = "".join(map(_narrow, text)).translate(_MINUS)
    bare = re.sub(r"\s+", "", narrow)
    unit = _UNIT.search(bare)
    digits = _UNIT.sub("", bare)
    if _PARTED.search(narrow) or not _NUMBER.fullmatch(digits) or sum(map(str.isdigit, digits)) > MOST_DIGITS:
        return None
    value = digits.replace(",", "").lstrip("+")
    return Read(format(Decimal(value), "f"), unit=unit[0] if unit else "")


def shows(held: str, shown: str, unit: str) -> bool:
    """Return whether what a cell shows is the number that it holds, be it with its unit."""
    seen, read = number(shown.removesuffix(unit)), number(held)
    return seen is not None and read is not None and not seen.unit and figure_text.is_same(seen.text, read.text)


def _narrow(character: str) -> str:
    """Return a character of full or half width in its usual one; the 1 of ① or ¹ is a note, and none of the number."""
    is_only_wide = unicodedata.decomposition(character).startswith(("<wide>", "<narrow>"))
    return unicodedata.normalize("NFKC", character) if is_only_wide else character


def is_unit_of(unit: str, label: str) -> bool:
    """Return whether a unit is the one that a label gives in brackets, if any; 人 and 名 are one."""
    given = re.findall(r"\(([^()]*)\)", unicodedata.normalize("NFKC", label))
    return not given or _ALIKE.get(unit, unit) in {_ALIKE.get(one, one) for one in given}


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


def read(text: str, kind: ValueKind, *, staged: bool = False) -> Read:
    """Read a field's text as a value of a kind; where nothing stood before, a number is tried.

    ``staged`` where the figures of its indicator come with a state.
    """
    match kind:
        case ValueKind.TEXT:
            return prose(text)
        case ValueKind.LIST:
            return entries(text)
    return figure(text, staged=staged or kind is ValueKind.STATE)


def meant(text: str, now: Value, absent: ValueKind = ValueKind.NUMBER) -> Value:
    """Return what is to be written for a text in place of a value; the same, only written otherwise, stays as it is.

    ``absent`` is the kind of what is not there yet.
    """
    kind = absent if now.kind is ValueKind.ABSENT else now.kind
    if kind in (ValueKind.TEXT, ValueKind.LIST):
        return Value(kind, read(text, kind).text)
    plainly, staged = (read(text, ValueKind.NUMBER).text, read(text, ValueKind.STATE).text)
    amount = next(filter(None, map(figure_text.figure, (plainly, staged))), None)
    written = plainly if amount is None else str(figure_text.plain(amount))
    return now if is_same(written, now) else Value(kind, written)


def is_same(text: str, value: Value) -> bool:
    """Return whether a text says the same as a value, if otherwise written: 95.0 and 95."""
    return text == value.text or (value.kind in FIGURES and figure_text.is_same(text, value.text))
