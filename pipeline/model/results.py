"""What is computed: rates, progress and ratings of every indicator where it is shown, and their counts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from pipeline.diagnostics import Place
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.scheme import Aim, Band, NoRating, Scheme
from pipeline.model.strategy import Amount, Goal, Indicator, Shown, Value


class Step(Struct, frozen=True):
    """One step from the inputs to the rating in plain Japanese: its name, what came of it, where it is written."""

    name: str
    text: str
    place: Place | None = None


class Conditional(Struct, frozen=True):
    """The second judgement, which holds if the revised baseline is taken; ``condition`` says so in Japanese."""

    condition: str
    rate: Decimal | None
    rating: Band | None
    steps: tuple[Step, ...]
    unrated: NoRating | None = None
    met: bool | None = None
    reason: str | None = None


class OnYear(Struct, frozen=True):
    """The evaluated year's actual against the one of the ``year`` before, as far as that is known (前年度比).

    ``difference`` is in the indicator's own unit, ``ratio`` in per cent of the year before as printed; where either is
    None, ``reason`` says why. ``preliminary`` where one of the two figures is.
    """

    year: str
    before: Amount | None
    difference: Decimal | None
    ratio: Decimal | None
    reason: str
    preliminary: bool = False


class Assessment(Struct, frozen=True):
    """One indicator at one place. ``rate`` and ``progress`` are rounded % as printed; None with the reason in Japanese.

    ``met`` is decided on the exact values, never on the rounded rate. ``rate_reason`` says why there is no rate,
    ``rating_reason`` why there is no rating or what gave it in the place of figures, ``progress_reason`` why there is
    no progress. ``unrated`` prints where there is no rating; ``without_data`` tells that a figure is lacking; ``aim``
    is what ``met`` refers to, and ``target_year`` the year of the target behind it; ``actual_year`` is the year of the
    actual that was judged, earlier than the evaluated ``year`` where a scheme takes the latest there is; ``steps`` tell
    how everything came about, in the order in which it was decided. ``scheme`` is what judged; ``others`` are the same
    place by the report's further schemes, in their order; ``plan`` is the indicator by the plan that rates the year,
    where its figures were revised only later. ``on_year`` is the year against the one before, ``past`` are
    the years before of the same indicator, oldest first, as far as the project has them.
    """

    shown: Shown
    rate: Decimal | None
    progress: Decimal | None
    met: bool | None
    rating: Band | None
    rate_reason: str | None
    rating_reason: str | None
    progress_reason: str | None
    scheme: Scheme
    unrated: NoRating | None = None
    without_data: bool = False
    aim: Aim = Aim.YEAR
    steps: tuple[Step, ...] = ()
    conditional: Conditional | None = None
    target_year: str = ""
    year: str = ""
    actual_year: str = ""
    others: tuple[Assessment, ...] = ()
    plan: Indicator | None = None
    on_year: OnYear | None = None
    past: tuple[Assessment, ...] = ()

    @property
    def judgements(self) -> tuple[Assessment, ...]:
        """The place by every scheme, the main one first."""
        return self, *self.others

    @property
    def printed(self) -> Band | NoRating:
        """What prints as the rating: the band, or what stands where there is none."""
        return self.rating or self.unrated or self.scheme.none

    @property
    def target(self) -> Value | None:
        """The target that the actual is held against."""
        return (self.plan or self.shown.indicator).targets.get(self.target_year)

    @property
    def actual(self) -> Value | None:
        """The actual that was judged."""
        return self.shown.indicator.actuals.get(self.actual_year)

    @property
    def reason(self) -> str | None:
        """Why there is no rate, or else no rating."""
        return self.rate_reason or self.rating_reason


class Score(Struct, frozen=True):
    """A measure's or a goal's mean or sum over what could be judged by the scheme of a ``name``: the number as printed,
    its rating, and how it came.
    """

    number: Decimal
    rating: Band | None
    text: str
    name: str = ""
    unit: str = ""

    @property
    def printed(self) -> str:
        """The number with its unit and its rating: 16点（良）."""
        return f"{self.number:f}{self.unit}" + (f"（{self.rating.label}）" if self.rating else "")


class Count(Struct, frozen=True):
    """How many places have which judgement; every place is counted once, by what prints as its rating.

    ``met`` and ``unmet``: rated, and held against a target; ``other``: rated in another way, such as by the baseline
    where no target is set. Without a rating: ``no_data`` where a figure is lacking, ``undecided`` for other reasons.
    """

    met: int
    unmet: int
    no_data: int
    undecided: int = 0
    other: int = 0

    @property
    def judged(self) -> int:
        """Those held against a target: what the share of those met is a share of."""
        return self.met + self.unmet

    @property
    def unrated(self) -> int:
        """Those that print no rating."""
        return self.no_data + self.undecided

    @property
    def total(self) -> int:
        """All of them."""
        return self.judged + self.other + self.unrated

    @property
    def share(self) -> Fraction:
        """The share (%) of those met in those judged; 0 where none is."""
        return Fraction(100 * self.met, self.judged) if self.judged else Fraction(0)


class GoalResult(Struct, frozen=True):
    """A goal or a group with its own targets assessed, and the count over the indicators of its measures."""

    goal: Goal
    assessments: tuple[Assessment, ...]
    count: Count
    scores: tuple[Score, ...] = ()


class MeasureResult(Struct, frozen=True):
    """A measure with its indicators assessed; ``goal`` is None in a plan without a level above."""

    measure: Measure
    goal: Goal | None
    assessments: tuple[Assessment, ...]
    count: Count
    scores: tuple[Score, ...] = ()


class Results(Struct, frozen=True):
    """Every figure of the report. ``indicators`` counts the measures' places, ``targets`` the goal-level ones;
    ``groups`` are the nodes between goals and measures.
    """

    evaluation: Evaluation
    goals: tuple[GoalResult, ...]
    measures: tuple[MeasureResult, ...]
    indicators: Count
    targets: Count
    groups: tuple[GoalResult, ...] = ()

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """The indicators of the measures, each at every place that shows it."""
        return tuple(one for measure in self.measures for one in measure.assessments)

    @property
    def goal_assessments(self) -> tuple[Assessment, ...]:
        """The goal-level targets."""
        return tuple(one for goal in self.goals for one in goal.assessments)

    @property
    def nodes(self) -> tuple[GoalResult, ...]:
        """All nodes above the measures."""
        return *self.goals, *self.groups

    def below(self, node: str) -> tuple[MeasureResult, ...]:
        """Return the measures that stand below a goal or a group."""
        return tuple(m for m in self.measures if m.measure.is_below(node))

    def assessments_below(self, node: str) -> tuple[Assessment, ...]:
        """Return the indicators of the measures below a goal or a group."""
        return tuple(one for measure in self.below(node) for one in measure.assessments)
