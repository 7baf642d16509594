"""A city's list of indicators in Excel -> what stands in it, or what is wrong with it, cell by cell.

``read`` reads the sheet that ``kpi_sheet`` lays out. All mistakes are told at once, each by its cell (一覧.xlsx!G12).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.departments.issued.figure_text import figure
from pipeline.departments.issued.workbook import ABSENCES
from pipeline.departments.returned import values
from pipeline.departments.returned.alignment import plain
from pipeline.diagnostics import Checked, Diagnostic, Place, error, shorten, warning
from pipeline.documents import xlsx
from pipeline.documents.docx.errors import DocxError
from pipeline.documents.xlsx import Cell, Sheet, Sort
from pipeline.model.choice import Choice
from pipeline.model.strategy import Absence, Direction, Kind
from pipeline.wording.era import LETTERS, alike, canonical, is_year

GOAL, MEASURE, DEPARTMENT, NAME, UNIT = "基本目標", "施策", "所管課", "指標", "単位"
DIRECTION, KIND, YEAR, BASELINE = "方向", "種類", "基準年度", "基準値"
COLUMNS = (GOAL, MEASURE, DEPARTMENT, NAME, UNIT, DIRECTION, KIND, YEAR, BASELINE)
TARGET, ACTUAL = "目標", "実績"
DIRECTIONS = (Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN)
KINDS = (Kind.CUMULATIVE, Kind.ANNUAL, Kind.POINT, Kind.ACTION)
TARGET_WORDS = (Absence.NOT_SET.value,)
_INHERITED = (GOAL, MEASURE, DEPARTMENT)
"""What may stand once for several rows, in cells that are merged."""
_YEAR = re.compile(r"(令和|平成|昭和|[RHS])?(元|\d{1,4})(?:年度?)?", re.IGNORECASE)
_PERCENT = ("%", "％")
_AS_VALUE = "数式は読み取りません。値だけを貼り付けてください（コピーして「値の貼り付け」）。"


class Listed(Struct, frozen=True):
    """An indicator as the list has it; figures are texts, exact as they were written, by their years."""

    id: str
    name: str
    unit: str
    direction: str
    kind: str
    baseline: tuple[str, str]
    targets: Mapping[str, str]
    actuals: Mapping[str, str]


class Node(Struct, frozen=True):
    """A goal or a measure: its id, name and department, and the ids of its indicators."""

    id: str
    name: str
    department: str = ""
    indicators: tuple[str, ...] = ()


class KpiList(Struct, frozen=True):
    """What a list says: goals, measures and indicators, in the order in which they stand there first."""

    goals: tuple[Node, ...] = ()
    measures: tuple[Node, ...] = ()
    indicators: tuple[Listed, ...] = ()


class _Row(Struct, frozen=True):
    """A line of the list: what nodes it belongs to, its indicator, and the place of its name."""

    goal: str
    measure: str
    department: str
    indicator: Listed
    place: Place


def read(data: bytes, name: str, years: Sequence[str]) -> Checked[KpiList]:
    """Read a list for a plan of these years; ``name`` is the file's name for messages."""
    try:
        book = xlsx.read(data, name)
    except DocxError as fault:
        return Checked(None, (error("list-unreadable", Place(name), fault.message, _SAVE),))
    for sheet in book.sheets:
        head = _head(sheet)
        if head is not None:
            return _Reader(sheet, name, tuple(years), head).read()
    message = f"見出し（{'、'.join(COLUMNS)}）のある行が見つかりません。"
    return Checked(None, (error("list-no-table", Place(name), message, _NEW),))


_SAVE = "Excelで開き、「Excelブック（*.xlsx）」として保存し直してください。"
_NEW = "ない名前のファイルを FROM に指定すると、記入する前の一覧ができます。そこへ書き写してください。"


def _head(sheet: Sheet) -> int | None:
    """Return the first row with the headings of indicator and unit."""
    words: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        words.setdefault(row, set()).add(plain(cell.text))
    return min((row for row, said in words.items() if {NAME, UNIT} <= said), default=None)


class _Reader(Struct, dict=True):
    """Reads the rows of a sheet, and gathers what is wrong."""

    sheet: Sheet
    file: str
    years: tuple[str, ...]
    head: int
    found: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.columns, self.of_year = self._columns()
        column = self.columns.get(GOAL)
        cells = self.sheet.cells.items()
        self.has_goals = any(row > self.head and at == column and cell.text.strip() for (row, at), cell in cells)

    def read(self) -> Checked[KpiList]:
        """Return the list, or all that is wrong with it."""
        rows = []
        for number, cells in self.sheet.lines.items():
            if number > self.head and any(cell.text.strip() for _, cell in cells):
                rows.append(self._row(number))
        if not rows:
            self._wrong(
                "list-empty", self.head, None, "指標が一つもありません。", "見出しの下の行に、1行に一つ書いてください。"
            )
        self._sparse([row.indicator for row in rows])
        listed = self._listed(rows)
        return Checked(None if any(d.severity == "error" for d in self.found) else listed, tuple(self.found))

    def _sparse(self, found: Sequence[Listed]) -> None:
        """Ask about a last year of which few indicators tell: it becomes the one that is evaluated."""
        known = {year: [one.name for one in found if year in one.actuals] for year in self.years}
        last = next((year for year in reversed(self.years) if known[year]), "")
        most = max(self.years, key=lambda year: len(known[year]))
        if last and 2 * len(known[last]) < len(known[most]):
            message = f"{last}の実績があるのは、指標「{shorten(known[last][0])}」など{len(known[last])}件だけです。"
            hint = (
                f"実績のある最後の年度が、評価する年度になります。{last}を評価するときは、ほかの指標に集計中などを書き、"
                f"{most}を評価するときは、{last}の実績を空けてください。"
            )
            self._wrong("list-year-sparse", self.head, self.of_year[ACTUAL, last], message, hint)

    def _wrong(self, identifier: str, row: int, column: int | None, message: str, hint: str) -> None:
        at = "" if column is None else f"!{xlsx.address(row, column)}"
        self.found.append(error(identifier, Place(f"{self.file}{at}"), message, hint))

    def _columns(self) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
        """Return the columns by their headings, and those of years by what they tell and the year."""
        columns: dict[str, int] = {}
        of_year: dict[tuple[str, str], int] = {}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row != self.head:
                continue
            told = self._of_year(cell.text)
            known = next((name for name in COLUMNS if name == plain(cell.text)), "")
            if known:
                columns.setdefault(known, column)
            elif told and told[1] in self.years:
                of_year.setdefault(told, column)
            else:
                place = Place(f"{self.file}!{xlsx.address(row, column)}")
                message = f"列「{shorten(cell.text)}」は、計画の年度の目標又は実績として読めないので、読みません。"
                self.found.append(
                    warning(
                        "list-column-unknown", place, message, "要る列なら、見出しを R7目標 のように直してください。"
                    )
                )
        for lacking in (name for name in COLUMNS if name not in columns):
            self._wrong("list-column-missing", self.head, None, f"列「{lacking}」がありません。", _NEW)
        return columns, of_year

    def _of_year(self, text: str) -> tuple[str, str] | None:
        """Return what the column of a year tells: R7目標, 令和7年度の実績値."""
        said = plain(text)
        what = next((word for word in (TARGET, ACTUAL) if word in said), "")
        rest = re.sub(rf"{TARGET}値?|{ACTUAL}値?|[の()（）]", "", said)
        year = _year(rest, self.years[0])
        return (what, year) if what and year else None

    def _cell(self, row: int, heading: str) -> Cell | None:
        return self.sheet.cells.get((row, self.columns.get(heading, -1)))

    def _text(self, row: int, heading: str, *, needed: bool = True) -> str:
        """Return a text; of merged cells that of the first, where it may stand for several rows."""
        column = self.columns.get(heading)
        if column is None:
            return ""
        cell = self._cell(row, heading)
        if cell is None and heading in _INHERITED:
            area = next((area for area in self.sheet.merged if (row, column) in area), None)
            cell = self.sheet.cells.get((area.top, area.left)) if area else None
        if cell is not None and cell.formula:
            self._wrong("list-formula", row, column, f"『{heading}』が数式です。", _AS_VALUE)
            return ""
        text = " ".join(cell.text.split()) if cell else ""
        if needed and not text:
            self._wrong(
                "list-blank", row, column, f"『{heading}』が空です。", "どの行にも書いてください（上と同じときも）。"
            )
        return text

    def _row(self, row: int) -> _Row:
        measure = self._text(row, MEASURE, needed=False)
        goal = self._text(row, GOAL, needed=self.has_goals or not measure)
        department = self._text(row, DEPARTMENT, needed=bool(measure))
        unit = self._text(row, UNIT)
        indicator = Listed(
            "",
            self._text(row, NAME),
            unit,
            self._word(row, DIRECTION, DIRECTIONS),
            self._word(row, KIND, KINDS),
            (self._baseline_year(row), self._figure(row, self.columns.get(BASELINE, -1), unit, ())),
            self._figures(row, TARGET, unit, TARGET_WORDS),
            self._figures(row, ACTUAL, unit, ABSENCES),
        )
        if not indicator.targets and any(what == TARGET for what, _ in self.of_year):
            column = next(column for (what, _), column in self.of_year.items() if what == TARGET)
            self._wrong(
                "list-no-target",
                row,
                column,
                "目標が一つもありません。",
                "定めていない年度には「未設定」と書いてください。",
            )
        place = Place(f"{self.file}!{xlsx.address(row, self.columns.get(NAME, 0))}")
        return _Row(goal, measure, department, indicator, place)

    def _word(self, row: int, heading: str, words: Sequence[Choice]) -> str:
        text = self._text(row, heading)
        known = next((word.value for word in words if plain(text) in (word.called, word.value)), "")
        if text and not known:
            hint = f"次のどれかを書いてください: {'、'.join(word.called for word in words)}"
            self._wrong(
                "list-word", row, self.columns[heading], f"『{heading}』の「{shorten(text)}」は使えません。", hint
            )
        return known

    def _baseline_year(self, row: int) -> str:
        text = self._text(row, YEAR)
        year = _year(text, self.years[0])
        if text and not year:
            message = f"『{YEAR}』の「{shorten(text)}」は年度として読めません。"
            self._wrong("list-year", row, self.columns[YEAR], message, "R6、令和6年度、2024 のように書いてください。")
        return year

    def _figures(self, row: int, what: str, unit: str, words: Sequence[str]) -> dict[str, str]:
        columns = {year: column for (told, year), column in self.of_year.items() if told == what}
        found = {year: self._figure(row, column, unit, words) for year, column in columns.items()}
        return {year: text for year, text in found.items() if text}

    def _figure(self, row: int, column: int, unit: str, words: Sequence[str]) -> str:
        """Return a figure, or one of the words; nothing where it is empty or wrong."""
        cell = self.sheet.cells.get((row, column))
        if cell is None or (not cell.text.strip() and not cell.formula):
            return ""
        text, why = _figure(cell, unit, words)
        if why:
            hint = f"{'か、'.join(('数値だけ', *words))}を入れてください。ないときは空けておきます。"
            self._wrong("list-figure", row, column, why, _AS_VALUE if cell.formula else hint)
        return text

    def _listed(self, rows: Sequence[_Row]) -> KpiList:
        """Put the rows together: each goal, measure and indicator once, in the order in which they come."""
        known: dict[str, Listed] = {}
        goals: dict[str, dict[str, str]] = {}
        measures: dict[tuple[str, str], tuple[str, dict[str, str]]] = {}
        for row in rows:
            one = known.setdefault(row.indicator.name, replace(row.indicator, id=f"kpi-{len(known) + 1}"))
            if replace(one, id="") != row.indicator:
                message = f"指標「{shorten(one.name)}」が、上の行と違う内容で書かれています。"
                hint = "同じ指標なら内容をそろえ、別の指標なら名前を変えてください。"
                self.found.append(error("list-differs", row.place, message, hint))
            of_goal = goals.setdefault(row.goal, {}) if row.goal else {}
            own = measures.setdefault((row.goal, row.measure), (row.department, {})) if row.measure else ("", of_goal)
            if row.measure and row.department and own[0] != row.department:
                message = f"施策「{shorten(row.measure)}」の所管課が、上の行（{own[0]}）と違います。"
                hint = "二つの課で受け持つときは、どの行にも「農林課、水産課」のように並べて書いてください。"
                self.found.append(error("list-differs", row.place, message, hint))
            own[1][one.id] = one.name
        numbers = {goal: str(n) for n, goal in enumerate(goals, 1)}
        return KpiList(
            tuple(Node(numbers[goal], goal, "", tuple(ids)) for goal, ids in goals.items()),
            tuple(_nodes(measures, numbers)),
            tuple(known.values()),
        )


def _nodes(
    measures: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]], goals: Mapping[str, str]
) -> Iterator[Node]:
    """Yield the measures, numbered within their goals."""
    counts: dict[str, int] = {}
    for (goal, name), (department, indicators) in measures.items():
        counts[goal] = counts.get(goal, 0) + 1
        number = f"{goals[goal]}-{counts[goal]}" if goal else str(counts[goal])
        yield Node(number, name, department, tuple(indicators))


def _figure(cell: Cell, unit: str, words: Sequence[str]) -> tuple[str, str]:
    """Return what a cell says as a figure of a unit, and what is wrong with it (nothing: it is one)."""
    if why := _unfit(cell, unit):
        return "", why
    read = values.figure(cell.text, staged=False)
    if read.text in words and plain(cell.text) == read.text:
        return read.text, ""
    amount = figure(read.text)
    if amount is None or read.why or (amount.preliminary and words != ABSENCES):
        return "", f"「{shorten(cell.text)}」は数値として読めません。"
    if read.unit and not values.is_unit_of(read.unit, f"({unit})"):
        return "", f"「{shorten(cell.text)}」の単位は「{unit}」ではありません。"
    return read.text, ""


def _unfit(cell: Cell, unit: str) -> str:
    """Return why a cell holds no figure, whatever it says."""
    if cell.formula:
        return "数式が入っています。"
    if cell.sort is Sort.PERCENT and unit not in _PERCENT:
        return f"{cell.text} と表示されていますが、単位は「{unit}」です。"
    if cell.shown not in (None, cell.text) and not values.shows(cell.text, cell.shown or "", unit):
        return f"画面には「{shorten(cell.shown or '')}」と見えますが、セルの値は「{shorten(cell.text)}」です。"
    if cell.sort not in (Sort.NUMBER, Sort.PERCENT, Sort.TEXT):
        return f"「{shorten(cell.text)}」は数値ではありません。"
    return ""


def _year(text: str, like: str) -> str:
    """Return a year in the way of another; empty where the text is none."""
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        return ""
    era = LETTERS.get(found[1] or "", (found[1] or "").upper())
    year = f"{era}{1 if found[2] == '元' else int(found[2])}"
    return alike(canonical(year), like) if is_year(year) else ""
