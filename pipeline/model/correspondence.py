"""What goes to the departments and comes back: issues of sheets, and what is proposed to change in the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from pipeline.model.choice import Choice

WORKBOOK = "実績"
"""Begins the name of a workbook of figures, where a sheet has its measure: 実績-商工振興課; alone, the one for all."""


class LetterKind(Choice):
    """What a cover letter is for; a word is the name of its template."""

    REQUEST = "letter", "依頼"
    REMINDER = "reminder", "再依頼"
    RETURN = "return", "不採用の連絡"
    ANSWERS = "answers", "意見への回答の依頼"


class Identity(Struct, frozen=True):
    """Which issue of which sheet a file is: ``year`` R3, ``measure`` 1-2, ``number`` from 1, ``digest`` of its data.

    A workbook has the figures of several measures; its name stands for the measure.
    """

    year: str
    measure: str
    number: int
    digest: str

    def __str__(self) -> str:
        """Return the 整理番号 as it is printed: R3-1-2-01-a1b2c3."""
        return f"{self.year}-{self.measure}-{self.number:02d}-{self.digest}"

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook of figures; the id of a measure has no such letters."""
        return self.measure.startswith(WORKBOOK)


class ValueKind(StrEnum):
    """What stands at a place of the inputs."""

    TEXT = "text"
    NUMBER = "number"
    STATE = "state"
    """A milestone's number with the state reached."""
    LIST = "list"
    ABSENT = "absent"
    """Nothing yet: the key is not there."""


FIGURES = (ValueKind.NUMBER, ValueKind.STATE)
"""The kinds of figures."""


class Value(Struct, frozen=True):
    """A value of the inputs as text: numbers as written, entries of a list on a line each."""

    kind: ValueKind
    text: str


class Mark(Struct, frozen=True):
    """A place of the inputs that a cell prints: ``shown`` is the text as sent (a prompt, where it was empty), and
    ``reference`` what the year before said, which stands below a prompt and answers nothing.
    """

    path: str
    shown: str
    reference: str = ""


Piece = str | Mark
"""Fixed words, or a marked text."""


class Spot(Struct, frozen=True):
    """A cell with marked texts: table (of a workbook: sheet), row and cell counted from 0; a paragraph outside tables
    has only ``row``.
    """

    table: int | None
    row: int
    cell: int
    recipe: tuple[Piece, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marked texts."""
        return tuple(piece for piece in self.recipe if isinstance(piece, Mark))

    @property
    def paths(self) -> tuple[str, ...]:
        """The places whose texts it prints, each once."""
        return tuple(dict.fromkeys(mark.path for mark in self.marks))


class Issue(Struct, frozen=True):
    """A sheet, or a workbook, as it was sent. ``values`` are the inputs' values it printed, ``sources`` the hashes of
    their files.

    ``department`` is the one that returns it; ``others`` got it, too. ``is_sent_back`` where it tells of proposals that
    were rejected.
    """

    identity: Identity
    department: str
    file: str
    file_sha256: str
    spots: tuple[Spot, ...]
    values: Mapping[str, Value]
    sources: Mapping[str, str]
    others: tuple[str, ...] = ()
    is_sent_back: bool = False

    @property
    def departments(self) -> tuple[str, ...]:
        """All departments that got the sheet."""
        return self.department, *self.others


class Remark(Struct, frozen=True):
    """What the planning division says on a sheet, as a comment in Word; ``path`` is the field (None: the whole
    sheet).
    """

    path: str | None
    text: str


class Kind(StrEnum):
    """What sort of thing an edit of a returned sheet is."""

    CHANGE = "change"
    """A field was changed, plainly."""
    QUESTION = "question"
    """Somebody has to say what is meant."""
    CONFLICT = "conflict"
    """The inputs have changed since in the same place."""
    OUTSIDE = "outside"
    """Something outside the fields was added, changed or taken away."""
    MISSING = "missing"
    """A field is gone."""
    REFUSED = "refused"
    """The whole file is not read."""
    COMMENT = "comment"
    """A comment in Word."""


WRITING = (Kind.CHANGE, Kind.QUESTION, Kind.CONFLICT)
"""The kinds that write into the inputs where they have a place there and are accepted."""

ROW_ADDED = "行が追加されています。"
"""Stands in what is to be known of a row that a department added."""


class Verdict(StrEnum):
    """What was decided on a proposal."""

    OPEN = "open"
    ACCEPT = "accept"
    REJECT = "reject"


class Decision(Struct, frozen=True):
    """A verdict; ``text`` is what is accepted instead of the proposed text, where the user wrote another; ``reason``
    says why it is rejected.
    """

    verdict: Verdict = Verdict.OPEN
    text: str | None = None
    reason: str = ""


OPEN = Decision()


class Proposal(Struct, frozen=True):
    """An edit of a returned sheet.

    ``path`` is the place in the inputs (None: it has none), ``old`` what stands there now and ``new`` what is proposed;
    outside the fields both are the sheet's words. ``place`` says where on the sheet, ``why`` what is asked or to be
    known. ``issue`` is the number of the sheet or workbook that the file answers.
    """

    id: str
    file: str
    measure: str
    path: str | None
    kind: Kind
    old: str
    new: str
    author: str = ""
    date: str = ""
    place: str = ""
    why: str = ""
    decision: Decision = OPEN
    issue: str = ""

    @property
    def is_added_row(self) -> bool:
        """Return whether it is a row that a department added."""
        return ROW_ADDED in self.why


class Refusal(Struct, frozen=True):
    """Why a text cannot be written into the inputs, in sentences; ``cure`` is one that can be instead (empty: none).

    ``id`` is that of the finding.
    """

    id: str
    reason: str
    cure: str = ""


class ReturnedSheet(Struct, frozen=True):
    """A returned file and what it proposes; ``identity`` is None where it could not be told.

    ``asked`` counts the fields that its department was asked to fill in, ``blank`` are the places of those it did not.
    ``fault`` is the record of a fault of the program that came up while the file was read (empty: none); ``saved`` is
    when a program saved the file (2021-08-02T10:30:00Z; empty: it does not say).
    """

    file: str
    sha256: str
    identity: Identity | None
    proposals: tuple[Proposal, ...] = ()
    asked: int = 0
    blank: tuple[str, ...] = ()
    fault: str = ""
    saved: str = ""


class LedgerEntry(Struct, frozen=True):
    """A line of the ledger: what was written into the inputs, from which returned file, on whose word, and when.

    ``run`` counts the runs that wrote; ``undoes`` is the run that this one took back (empty: none).
    """

    date: str
    path: str
    old: str
    new: str
    file: str
    sha256: str
    issue: str
    author: str
    edited: str
    proposal: str
    run: str = ""
    undoes: str = ""
