"""What the strategy fixes for five years: goals, measures (施策), indicators (KPI) with baseline and targets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from pipeline.diagnostics import Place
from pipeline.model.choice import Choice
from pipeline.model.comparison import Relation, Width
from pipeline.model.form import FieldValue, Holder


class Direction(Choice):
    """Which way is better; always stated, never derived from the targets."""

    INCREASE = "increase", "大きいほど良い"
    DECREASE = "decrease", "小さいほど良い"
    MAINTAIN = "maintain", "維持する"


class Kind(Choice):
    """How an indicator counts: 累計, 年間, 時点, a milestone with ordered states, or the action itself (施策の実施)."""

    CUMULATIVE = "cumulative", "累計"
    ANNUAL = "annual", "年間"
    POINT = "point", "時点"
    MILESTONE = "milestone", "段階"
    ACTION = "action", "施策の実施"


class Absence(StrEnum):
    """Why a year has no number. None of these is ever treated as zero."""

    NOT_SET = "未設定"
    NOT_MEASURED = "未測定"
    PENDING = "集計中"
    ENDED = "終了"


class Amount(Struct, frozen=True):
    """A target or an actual: ``number`` in the indicator's unit, and the state reached if it is a milestone.

    A ``preliminary`` actual (速報値) is judged like any other and marked where it is printed.
    """

    number: Decimal
    state: str | None = None
    preliminary: bool = False


class Worded(Struct, frozen=True):
    """A target in words (前年度より増加): what prints, and when it is met; without a test a person enters the rating.

    ``baseline`` and ``previous``: how the actual is to stand to these, within ``tolerance`` of them; ``at_least`` and
    ``at_most``: the limits of a range, both included. All that are given must hold.
    """

    words: str
    baseline: Relation | None = None
    previous: Relation | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    tolerance: Width | None = None

    @property
    def is_tested(self) -> bool:
        """Whether the figures tell that the target is met."""
        return (self.baseline, self.previous, self.at_least, self.at_most) != (None,) * 4


Value = Amount | Absence | Worded
"""A year without an entry (the future) is missing from the mapping."""


class Judgement(Struct, frozen=True):
    """The rating that a person entered for the evaluated year, with the reason, and where it is written."""

    code: str
    reason: str
    place: Place | None = None


class Places(Struct, frozen=True):
    """Where an indicator's figures are written; what is missing is not written anywhere."""

    baseline: Place | None = None
    targets: Mapping[str, Place] = field(default_factory=dict)
    actuals: Mapping[str, Place] = field(default_factory=dict)


class Rebased(Struct, frozen=True):
    """A baseline that was revised later, and the targets that moved with it; judged besides the original one."""

    baseline: Amount
    targets: Mapping[str, Value]
    reason: str
    places: Places = Places()


class Revision(Struct, frozen=True):
    """A figure that the plan was changed in: the target of ``year``, or the baseline (empty).

    ``number`` is its place in the year's list (from 1), by which it is marked. What it was ``before`` rates the years
    before ``since``; ``before_place`` is where that is written.
    """

    number: int
    year: str
    before: Value
    after: Value
    date: datetime.date
    since: str
    reason: str
    place: Place
    before_place: Place


class Indicator(Struct, frozen=True):
    """A KPI, defined once; ``actuals`` are joined from the file of the department that owns it.

    ``note`` is the parenthesis of its name (雇用保険の被保険者数), ``suffix`` the printed way of counting (累計, 年間,
    時点 or empty), ``decimals`` the places printed, ``states`` a milestone's states in their order, earliest first.
    ``baseline`` is None where the strategy gives no figure for ``baseline_year``. ``fields`` is what is entered in the
    form's fields, by their ids. ``tags`` are the sorts that the city parts its indicators into, for special cases.
    ``judgement`` is the rating that a person entered, ``judgements`` those of further schemes, by their names.
    ``as_of`` are the days of which actuals are, by their years, as far as they are given. ``revisions`` are what its
    baseline and targets were changed in, oldest first; these are as they are now.
    """

    id: str
    name: str
    note: str
    unit: str
    direction: Direction
    kind: Kind
    suffix: str
    decimals: int
    states: tuple[str, ...]
    baseline_year: str
    baseline: Amount | None
    targets: Mapping[str, Value]
    actuals: Mapping[str, Value]
    place: Place
    rebased: Rebased | None = None
    judgement: Judgement | None = None
    places: Places = Places()
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()
    as_of: Mapping[str, datetime.date] = field(default_factory=dict)

    def revised(self, year: str = "") -> tuple[Revision, ...]:
        """Return the revisions of the target of a year; without one, of the baseline."""
        return tuple(one for one in self.revisions if one.year == year)


class Shown(Struct, frozen=True):
    """An indicator as one goal or measure shows it; ``name`` may differ from the indicator's own (年間観光客数)."""

    indicator: Indicator
    name: str


class Goal(Struct, frozen=True):
    """A node of the plan above those with sheets: a basic goal (基本目標) with its goal-level targets (数値目標), or a
    group of measures (基本施策など) below one, whose ``parent`` is the id of the node above.

    ``own_number`` prints before its name (Ⅰ; empty: nothing does); None: its id. ``fields`` is what is entered in the
    form's fields, by their ids.
    """

    id: str
    name: str
    indicators: tuple[Shown, ...]
    own_number: str | None = None
    parent: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)

    @property
    def holder(self) -> Holder:
        """What the form's fields of the node are on."""
        return Holder.GROUP if self.parent else Holder.GOAL

    @property
    def number(self) -> str:
        """What prints as its number."""
        return self.id if self.own_number is None else self.own_number


class Sdg(Struct, frozen=True):
    """One of the 17 goals, as the explanation prints it."""

    number: int
    name: str
    text: str
