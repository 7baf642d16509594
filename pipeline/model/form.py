"""The form of a city's evaluation: its levels, what a sheet lists, fields with who writes them, the book's parts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from pipeline.model.choice import Choice
from pipeline.model.options import Format


class FieldKind(Choice):
    """What is entered in a field."""

    TEXT = "text", "文章"
    NUMBER = "number", "数"
    CHOICE = "choice", "選択肢のどれか"
    YES_NO = "yes-no", "はい・いいえ"
    DATE = "date", "日付"
    SERIES = "series", "年度ごとの数"


NUMBERS = (FieldKind.NUMBER, FieldKind.SERIES)
"""The kinds whose entries are numbers."""


class Holder(Choice):
    """What a field belongs to."""

    GOAL = "goal", "一番上の階層"
    GROUP = "group", "中間の階層"
    MEASURE = "measure", "施策"
    INITIATIVE = "initiative", "取組"
    INDICATOR = "indicator", "指標"
    OPINION = "opinion", "意見"


IN_STRATEGY: Mapping[str, Holder] = {
    "goals": Holder.GOAL,
    "groups": Holder.GROUP,
    "measures": Holder.MEASURE,
    "indicators": Holder.INDICATOR,
}
"""The lists of strategy.yaml by what fields their entries may have."""


class Writer(Choice):
    """Who writes a field; one of the planning division stands in strategy.yaml, unless it is an initiative's."""

    PLANNING = "planning", "取りまとめの課"
    DEPARTMENT = "department", "所管課"
    COUNCIL = "council", "意見を聴く会議"


class Needed(Choice):
    """From which edition on a field is to be filled in."""

    NEVER = "never", "空でもよい"
    DRAFT = "draft", "案から"
    FINAL = "final", "確定版から"


class Tense(Choice):
    """What a narrative tells of; the audit finds those that stand in each other's place."""

    DONE = "done", "したこと"
    COMING = "coming", "これからのこと"


class BookPart(Choice):
    """A part of the book. All but the sheets are made of a template of this name."""

    COVER = "cover", "表紙"
    CONTENTS = "contents", "目次"
    EXPLANATION = "explanation", "評価・検証について"
    TARGETS = "targets", "数値目標の一覧"
    SHEETS = "sheets", "評価シート"
    OPINIONS = "opinions", "意見と対応"
    REVISIONS = "revisions", "計画の改定"
    SUMMARY = "summary", "総括"


class Side(Choice):
    """On which side of the open book a sheet begins."""

    LEFT = "left", "左のページから"
    ANY = "any", "どちらからでも"


class Hand(Choice):
    """A side of a table."""

    LEFT = "left", "左"
    RIGHT = "right", "右"


class Underlined(Choice):
    """Which texts of a comparison have their differences underlined."""

    BOTH = "both", "新旧の両方"
    NEW = "new", "新だけ"
    NONE = "none", "付けない"


class Unchanged(Choice):
    """How a comparison shows what stayed of a text."""

    WHOLE = "whole", "全文"
    OMITTED = "omitted", "省略"


FieldValue = str | Decimal | bool | datetime.date | Mapping[str, Decimal] | None
"""What is entered, by the field's kind: text and choice are words (``""``: nothing), else None is nothing."""


class Field(Struct, frozen=True):
    """A field of the form: ``id`` is its key in the inputs, ``name`` what people call it.

    ``in_template`` is its name within ``{{ }}``. ``each_year``: the next year begins with it empty. A text of
    ``tense`` tells what was done or what is to come. It is not asked for while the field ``after`` which it comes is
    empty; ``meanwhile`` is what a sheet prints until then. ``unit`` and ``decimals`` are of numbers.
    """

    id: str
    on: Holder
    name: str
    in_template: str
    kind: FieldKind = FieldKind.TEXT
    writer: Writer = Writer.DEPARTMENT
    each_year: bool = False
    needed: Needed = Needed.NEVER
    unit: str = ""
    decimals: int = 0
    choices: tuple[str, ...] = ()
    tense: Tense | None = None
    after: str = ""
    meanwhile: str = ""

    def is_nothing(self, value: FieldValue, year: str) -> bool:
        """Return whether nothing is entered: of a row of years, nothing for the ``year`` (any, where that is empty)."""
        if self.kind is FieldKind.SERIES and isinstance(value, Mapping) and year:
            return year not in value
        return value is None or value in ("", {})


class Level(Struct, frozen=True):
    """A level of the plan; the lowest has the sheets. ``short`` is what its nodes are called in short: 施策."""

    id: str
    name: str
    short: str
    sheet: bool = False


class Rows(Struct, frozen=True):
    """What a sheet lists (主な取組; in short: 取組), and how many it has at the least."""

    name: str
    short: str
    least: int = 1


class SheetForm(Struct, frozen=True):
    """How many pages a sheet has (None: as many as it takes) and on which side it ``opens``."""

    pages: int | None
    opens: Side

    @property
    def is_spread(self) -> bool:
        """Whether a sheet begins on a left page, so that it opens as a spread."""
        return self.pages is not None and self.opens is Side.LEFT


class Convention(Struct, frozen=True):
    """How a table of old and new texts (新旧対照表) is written: on which side the new text stands, what is underlined,
    what tells of texts that are new or gone (empty: nothing does), whether there are remarks.

    Cities differ in all of it (改正後/改正前, 新/旧, 変更後/変更前).
    """

    new: Hand
    heading_new: str
    heading_old: str
    underline: Underlined
    added: str
    removed: str
    remarks: bool
    unchanged: Unchanged


class Form(Struct, frozen=True):
    """What a city's inputs, sheets and book consist of. ``indicators`` is how many a measure has at the least;
    ``formats`` says how departments are asked that do not answer in Word alone.
    """

    levels: tuple[Level, ...]
    rows: Rows
    indicators: int
    fields: tuple[Field, ...]
    parts: tuple[BookPart, ...]
    sheet: SheetForm
    comparison: Convention
    formats: tuple[tuple[str, Format], ...] = ()

    @property
    def texts(self) -> tuple[Field, ...]:
        """The fields in which people write sentences."""
        return tuple(f for f in self.fields if f.kind is FieldKind.TEXT)

    @property
    def top(self) -> Level:
        """The highest level: what summary and cover count by."""
        return self.levels[0]

    @property
    def lowest(self) -> Level:
        """The level that has the sheets."""
        return self.levels[-1]

    @property
    def upper(self) -> tuple[Level, ...]:
        """The levels above the one with the sheets."""
        return self.levels[:-1]

    @property
    def between(self) -> tuple[Level, ...]:
        """The levels between the highest and the one with the sheets."""
        return self.levels[1:-1]

    def asked_by(self, department: str) -> Format:
        """Return how a department is asked, if nobody says otherwise."""
        return dict(self.formats).get(department, Format.WORD)

    def on(self, holder: Holder, *writers: Writer) -> tuple[Field, ...]:
        """Return the fields of a holder, in their order; of these writers alone, where some are named."""
        return tuple(f for f in self.fields if f.on is holder and (not writers or f.writer in writers))

    def of_council(self, holder: Holder) -> tuple[Field, ...]:
        """Return what the council writes, and what comes after that: the place of opinions where they are no list."""
        own = {f.id for f in self.on(holder, Writer.COUNCIL)}
        return tuple(f for f in self.on(holder) if f.id in own or f.after in own)

    def field(self, holder: Holder, identifier: str) -> Field | None:
        """Return the field of a holder that has this id."""
        return next((f for f in self.fields if f.on is holder and f.id == identifier), None)
