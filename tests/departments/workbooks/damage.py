"""Seeded damage to a workbook, as careless hands and broken disks do it, and what must hold of its reading.

Every planted figure and word is known by itself: whatever stands in the file in the end must be told, and a plain
change must stand where it was planted. ``python -m tests.departments.workbooks.damage 1000 7`` makes a thousand
damaged workbooks from the seed 7 and tells what did not hold.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.departments import returned
from pipeline.departments.issued.workbook import Heading
from pipeline.model.correspondence import Kind, ReturnedSheet
from tests.departments.returned.scenarios.archive import unpack
from tests.departments.workbooks.books import SHEET, column
from tests.departments.workbooks.scenarios.city import ARCHIVE
from tests.departments.workbooks.scenarios.given import context
from tests.project import YEAR

_LAST_COLUMN = 14
_OWN = "内訳"


@dataclass
class Damaged:
    """A workbook under damage: what was planted, by the ends of the keys of rows, and what was done."""

    book: Workbook
    dice: Random
    sent: Mapping[str, set[str]]
    figures: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)
    number: int = 0

    @property
    def sheet(self) -> Worksheet:
        """The sheet under damage, at first that of the indicators, whatever it is called now and stands before it."""
        return [one for one in self.book.worksheets if one.title != _OWN][self.number]

    def row(self) -> int:
        """Choose a row."""
        return self.dice.randint(5, max(6, self.sheet.max_row))


def plant_figure(damaged: Damaged) -> None:
    """Type a figure that stands nowhere else."""
    row = damaged.dice.randint(6, 15)
    key = str(damaged.sheet.cell(row, column(damaged.sheet, Heading.KEY)).value).partition(":")[2]
    figure = str(9_000_000 + 17 * len(damaged.figures) + damaged.dice.randint(1, 9) * 1000)
    damaged.figures[figure] = key
    damaged.sheet.cell(row, column(damaged.sheet, Heading.ACTUAL)).value = int(figure)


def plant_word(damaged: Damaged) -> None:
    """Type a word anywhere."""
    word = f"〔{len(damaged.words)}{damaged.dice.randint(100, 999)}〕"
    damaged.words.append(word)
    damaged.sheet.cell(damaged.row(), damaged.dice.randint(1, 18)).value = word


def insert_row(damaged: Damaged) -> None:
    """Insert a row."""
    damaged.sheet.insert_rows(damaged.row())


def delete_row(damaged: Damaged) -> None:
    """Delete a row."""
    damaged.sheet.delete_rows(damaged.row())


def insert_column(damaged: Damaged) -> None:
    """Insert a column; this program leaves defined names where they were."""
    damaged.sheet.insert_cols(damaged.dice.randint(1, _LAST_COLUMN))


def delete_column(damaged: Damaged) -> None:
    """Delete a column."""
    damaged.sheet.delete_cols(damaged.dice.randint(1, _LAST_COLUMN))


def empty_cell(damaged: Damaged) -> None:
    """Empty a cell: a key, a heading, a figure."""
    damaged.sheet.cell(damaged.row(), damaged.dice.randint(1, 16)).value = None


def exchange_rows(damaged: Damaged) -> None:
    """Let two rows change places, whole."""
    one, other = damaged.row(), damaged.row()
    for place in range(1, 20):
        left, right = damaged.sheet.cell(one, place), damaged.sheet.cell(other, place)
        left.value, right.value = right.value, left.value


def exchange_keys(damaged: Damaged) -> None:
    """Let the last cells of two rows change places."""
    one, other, place = damaged.row(), damaged.row(), damaged.sheet.max_column
    left, right = damaged.sheet.cell(one, place), damaged.sheet.cell(other, place)
    left.value, right.value = right.value, left.value


def copy_row(damaged: Damaged) -> None:
    """Copy a row over another one."""
    source, target = damaged.row(), damaged.row()
    for place in range(1, 20):
        copied = damaged.sheet.cell(source, place).value
        damaged.sheet.cell(target, place).value = copied


def merge(damaged: Damaged) -> None:
    """Merge some cells; this program drops what is covered."""
    row, place = damaged.row(), damaged.dice.randint(1, 14)
    damaged.sheet.merge_cells(
        start_row=row, start_column=place, end_row=row + damaged.dice.randint(0, 1), end_column=place + 1
    )


def copy_sheet(damaged: Damaged) -> None:
    """Copy the sheet."""
    damaged.book.copy_worksheet(damaged.sheet)


def rename(damaged: Damaged) -> None:
    """Rename the sheet."""
    damaged.sheet.title = f"回答{damaged.dice.randint(1, 99)}"


def sort_rows(damaged: Damaged) -> None:
    """Sort some columns of the table by one of them, the others left as they are."""
    sheet, (left, right) = damaged.sheet, sorted(damaged.dice.sample(range(1, 20), 2))
    rows = [[sheet.cell(row, place).value for place in range(left, right + 1)] for row in range(6, 16)]
    by = damaged.dice.randrange(right - left + 1)
    for at, values in enumerate(sorted(rows, key=lambda one: str(one[by])), 6):
        for place, value in enumerate(values, left):
            sheet.cell(at, place).value = value


def exchange_columns(damaged: Damaged) -> None:
    """Let two columns change places, with or without their headings."""
    one, other = damaged.dice.sample(range(1, 18), 2)
    for row in range(damaged.dice.choice([5, 6]), 16):
        left, right = damaged.sheet.cell(row, one), damaged.sheet.cell(row, other)
        left.value, right.value = right.value, left.value


def shift_cells(damaged: Damaged) -> None:
    """Push the cells of a column down, as where one is inserted."""
    place, top = damaged.dice.randint(1, 18), damaged.row()
    for row in range(damaged.sheet.max_row + 1, top, -1):
        damaged.sheet.cell(row, place).value = damaged.sheet.cell(row - 1, place).value


def write_heading(damaged: Damaged) -> None:
    """Give a column the heading of another one, or a new one."""
    head = [damaged.sheet.cell(5, place) for place in range(1, 18)]
    damaged.dice.choice(head).value = damaged.dice.choice([*(cell.value for cell in head), "確認"])


def copy_figure(damaged: Damaged) -> None:
    """Copy the figure of a row to another one."""
    column_ = column(damaged.sheet, Heading.ACTUAL)
    damaged.sheet.cell(damaged.row(), column_).value = damaged.sheet.cell(damaged.row(), column_).value


def paste_formula(damaged: Damaged) -> None:
    """Type a formula where a figure was."""
    damaged.sheet.cell(damaged.row(), column(damaged.sheet, Heading.ACTUAL)).value = "=SUM(J6:J9)"


def comment(damaged: Damaged) -> None:
    """Comment on a cell."""
    word = f"〔{len(damaged.words)}{damaged.dice.randint(100, 999)}注〕"
    damaged.words.append(word)
    damaged.sheet.cell(damaged.row(), damaged.dice.randint(1, 18)).comment = Comment(word, "商工 花子")


def add_sheet(damaged: Damaged) -> None:
    """Put a sheet of one's own first."""
    word = f"〔{len(damaged.words)}{damaged.dice.randint(100, 999)}紙〕"
    damaged.words.append(word)
    sheet = damaged.book.create_sheet(_OWN, damaged.dice.choice([0, 9]))
    sheet.append([word, damaged.dice.randint(1, 99)])


def drop_names(damaged: Damaged) -> None:
    """Lose the names of columns, and the identity on the sheet."""
    damaged.book.defined_names.clear()
    damaged.sheet.cell(2, 1).value = None


def show(damaged: Damaged) -> None:
    """Show a cell's number otherwise: as a percentage, as a day, in thousands, not at all."""
    cell = damaged.sheet.cell(damaged.row(), column(damaged.sheet, Heading.ACTUAL))
    cell.number_format = damaged.dice.choice(["0.0%", "yyyy/m/d", "@", "#,##0,", ";;;"])


def hide(damaged: Damaged) -> None:
    """Hide a row, a column, a sheet."""
    damaged.sheet.row_dimensions[damaged.row()].hidden = True
    damaged.sheet.column_dimensions[get_column_letter(damaged.dice.randint(1, 18))].hidden = True
    damaged.sheet.sheet_state = damaged.dice.choice(["visible", "hidden"])


_DEEDS: tuple[Callable[[Damaged], None], ...] = (
    insert_row, delete_row, insert_column, delete_column, empty_cell, empty_cell,
    exchange_rows, exchange_keys, copy_row, merge, copy_sheet, rename, plant_word,
    sort_rows, exchange_columns, shift_cells, write_heading, copy_figure, paste_formula,
    comment, add_sheet, drop_names, show, hide,
)  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """A workbook that was sent, and what reads it."""

    files: Mapping[str, bytes]
    given: returned.CollectContext

    @classmethod
    def at(cls, folder: Path) -> Bench:
        """Set up in a folder."""
        files = unpack(ARCHIVE)
        return cls(files, context(files, folder / YEAR))

    def run(self, seed: int) -> list[str]:
        """Damage a workbook by a seed; return what did not hold."""
        damaged = self._damaged(Random(seed))
        data = io.BytesIO()
        damaged.book.save(data)
        raw = bytearray(data.getvalue())
        if damaged.dice.random() < 0.1:
            for _ in range(damaged.dice.randint(1, 5)):
                raw[damaged.dice.randrange(len(raw))] = damaged.dice.randrange(256)
        sheet = self._read(bytes(raw))
        return [f"{seed}: {what} ({', '.join(damaged.deeds)})" for what in _broken(damaged, sheet)]

    def _damaged(self, dice: Random) -> Damaged:
        sent = next(data for name, data in self.files.items() if name.endswith(".xlsx") and ".edited" not in name)
        book = openpyxl.load_workbook(io.BytesIO(sent))
        damaged = Damaged(book, dice, _texts(book))
        assert damaged.sheet.title == SHEET
        for _ in range(dice.randint(1, 3)):
            plant_figure(damaged)
        damaged.number = dice.choice([0, 0, 0, 1, 2])
        for deed in dice.choices(_DEEDS, k=dice.randint(1, 4)):
            damaged.deeds.append(deed.__name__)
            try:
                deed(damaged)
            except (AttributeError, ValueError, StopIteration):  # a covered cell takes nothing
                damaged.deeds[-1] += "?"
        return damaged

    def _read(self, data: bytes) -> ReturnedSheet:
        inbox = self.given.folder / "returned"
        inbox.mkdir(exist_ok=True)
        (inbox / "回答.xlsx").write_bytes(data)
        (sheet,) = returned.collect(self.given)
        return sheet


def _broken(damaged: Damaged, sheet: ReturnedSheet) -> list[str]:
    """Return what is lost, misplaced, or a fault of the program."""
    if sheet.fault:
        return [f"fault: {sheet.fault[-300:]}"]
    if any(p.kind is Kind.REFUSED for p in sheet.proposals):
        return []
    told = "\n".join(f"{p.new}\n{p.old}\n{p.why}" for p in sheet.proposals)
    cells = [c for one in damaged.book.worksheets for row in one.iter_rows() for c in row]
    there = {_written(c.value) for c in cells if c.value} | {c.comment.text for c in cells if c.comment}
    lost = [f"lost: {word}" for word in (*damaged.words, *damaged.figures) if word in there and word not in told]
    plain = [p for p in sheet.proposals if p.kind is Kind.CHANGE and p.new in damaged.figures]
    astray = [p for p in plain if f".{damaged.figures[p.new]}." not in (p.path or "")]
    columns = {p.old for p in sheet.proposals if "列が削除" in p.why}
    gone = (text for text, headings in damaged.sent.items() if text not in there and not headings <= columns)
    unsaid = [f"unsaid: {text}" for text in gone if text not in told]
    return [*lost, *unsaid, *(f"misplaced: {p.new} at {p.path}, not {damaged.figures[p.new]}" for p in astray)]


def _texts(book: Workbook) -> dict[str, set[str]]:
    """Return the texts of the tables as sent, and the headings that they stand under."""
    found: dict[str, set[str]] = {}
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows(min_row=5) for cell in row if cell.value is not None):
            found.setdefault(_written(cell.value), set()).add(str(sheet.cell(5, cell.column).value))
    return found


def _written(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def main(count: int, seed: int) -> int:
    """Damage so many workbooks and print what did not hold, as it comes."""
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench.at(Path(folder))
        for what in (what for n in range(count) for what in bench.run(seed * 1_000_000 + n)):
            broken += 1
            sys.stdout.write(f"{what}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count} workbooks, {broken} broken\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
