"""The ledger: who changed what in the inputs, when, and on whose word. It only grows.

A CSV that opens in Excel (UTF-8 with BOM), in inputs/<year>/.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import astuple

from pipeline.diagnostics import Checked, Place, error
from pipeline.documents.csv_file import BOM, guarded, lines, unguarded
from pipeline.model.correspondence import LedgerEntry

FILE = "反映の記録.csv"
_HEADINGS = (
    "反映した日",
    "項目",
    "前の内容",
    "後の内容",
    "戻ったファイル",
    "ファイルのSHA-256",
    "整理番号",
    "記入者",
    "記入日時",
    "修正のid",
    "回",
    "取り消した回",
)
_NOT_UTF8 = "反映の記録を読めません。文字コードが UTF-8 ではありません。"
_LONGEST = 2**31 - 1
"""Characters of a field; ``csv`` would stop at 131,072, which is less than a text may have."""
_DAMAGED = "反映の記録の列が書き換えられていて、読めません。"
_HINT = "毎日の控え（バックアップ）から戻してください。Excelで見るときは、保存せずに閉じてください。"


def load(folder: Path, root: Path) -> Checked[tuple[LedgerEntry, ...]]:
    """Read the ledger of a year's input folder; empty where nothing was written. Places are relative to ``root``."""
    path = folder / FILE
    if not path.is_file():
        return Checked(())
    place = Place(path.relative_to(root).as_posix())
    csv.field_size_limit(_LONGEST)
    try:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    except UnicodeDecodeError:
        return Checked(None, (error("ledger-damaged", place, _NOT_UTF8, _HINT),))
    except csv.Error:
        return Checked(None, (error("ledger-damaged", place, _DAMAGED, _HINT),))
    if not rows or any(len(row) != len(_HEADINGS) for row in rows) or tuple(rows[0]) != _HEADINGS:
        return Checked(None, (error("ledger-damaged", place, _DAMAGED, _HINT),))
    return Checked(tuple(LedgerEntry(*map(unguarded, row)) for row in rows[1:]))


def standing(entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Return the entries that still hold: neither taken back, nor a taking back."""
    undone = {entry.undoes for entry in entries if entry.undoes}
    return tuple(entry for entry in entries if not entry.undoes and entry.run not in undone)


def last_run(entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Return what the last run wrote, of entries that still hold."""
    number = max((_number(entry.run) for entry in entries), default=0)
    return tuple(entry for entry in entries if _number(entry.run) == number)


def next_run(entries: Iterable[LedgerEntry]) -> str:
    """Number the run that is to be entered."""
    return str(1 + max((_number(entry.run) for entry in entries), default=0))


def _number(run: str) -> int:
    return int(run) if run.isascii() and run.isdigit() else 0


def appended(folder: Path, entries: Iterable[LedgerEntry]) -> bytes:
    """Return the ledger's bytes with entries added."""
    path = folder / FILE
    before = path.read_bytes() if path.is_file() else BOM + lines([_HEADINGS])
    return before + lines(map(guarded, astuple(entry)) for entry in entries)
