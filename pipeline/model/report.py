"""How this year's book is made: edition, dates, texts of the front pages, and which rating scheme."""

from __future__ import annotations

import datetime

from msgspec import Struct

from pipeline.diagnostics import Place
from pipeline.model.choice import Choice
from pipeline.model.scheme import Scheme


class Edition(Choice):
    """A draft (案) for the council, or the final edition for publication."""

    DRAFT = "draft", "案"
    FINAL = "final", "確定版"


class Section(Struct, frozen=True):
    """A part of the explanation: paragraphs, then numbered steps or a list, each optional."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    items: tuple[FlowStep, ...]
    list_heading: str
    points: tuple[str, ...]


class FlowStep(Struct, frozen=True):
    """A step of the evaluation's flow (自己評価, 外部評価, 評価後の対応)."""

    heading: str
    text: str


class Letters(Struct, frozen=True):
    """What cover letters print: the document's number, its date, whom to ask; what is empty is not printed."""

    number: str = ""
    date: datetime.date | None = None
    contact: str = ""


class Report(Struct, frozen=True):
    """The settings of one evaluation.

    ``year`` is the evaluated year (R2), ``evaluated_in`` the year of the evaluation (R3); ``date`` is None while open.
    ``title`` is the strategy's name, ``book_title`` the book's. ``sections`` are the explanation's parts in order;
    ``targets_note`` introduces the goal-level targets, ``sdgs_note`` the SDGs. ``show_rates`` prints 達成率 and 判定.
    ``further`` are judgements besides the one of ``scheme``, each a scheme with its name, bands and legend.
    ``area_code`` is the city's number among all bodies (全国地方公共団体コード), empty where it is not given.
    ``council`` and the titles and texts of parts that the book leaves out are empty.
    """

    year: str
    evaluated_in: str
    edition: Edition
    date: datetime.date | None
    city: str
    division: str
    council: str
    title: str
    book_title: str
    explanation_title: str
    sections: tuple[Section, ...]
    sdgs_title: str
    sdgs_note: str
    targets_title: str
    targets_note: str
    sheets_title: str
    show_rates: bool
    scheme: Scheme
    place: Place
    further: tuple[Scheme, ...] = ()
    letters: Letters = Letters()
    area_code: str = ""

    @property
    def author(self) -> str:
        """Who a document is of: the city and its division."""
        return f"{self.city}　{self.division}"

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """Every judgement that an indicator gets: the main one, then the further ones."""
        return self.scheme, *self.further
