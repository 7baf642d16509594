"""One indicator in one year under one scheme: its method, and the figure its actual is held against."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from pipeline.diagnostics import Place
from pipeline.model.results import Step
from pipeline.model.scheme import Aim, Formula, Judged, Lower, Method, Missing, Scheme, Special
from pipeline.model.strategy import Absence, Amount, Direction, Indicator, Value
from pipeline.stages.compute.figures import Exact
from pipeline.stages.compute.wording import exactly
from pipeline.wording.era import gregorian

_CAUSES = {
    Absence.NOT_MEASURED: Missing.NOT_MEASURED,
    Absence.PENDING: Missing.PENDING,
    Absence.ENDED: Missing.ENDED,
}


@dataclass(frozen=True, slots=True)
class Case:
    """An indicator to be judged in ``year`` of the plan's ``years``; ``special`` is the special case it falls under."""

    indicator: Indicator
    year: str
    years: tuple[str, ...]
    scheme: Scheme
    method: Method
    special: Special | None

    @property
    def last(self) -> str:
        """The plan's final year; without a plan the last year that has a target."""
        return self.years[-1] if self.years else max(self.indicator.targets, default=self.year, key=gregorian)

    @property
    def actual(self) -> Value | None:
        """The actual of the year."""
        return self.indicator.actuals.get(self.year)


@dataclass(frozen=True, slots=True)
class Goal:
    """What the actual is held against: a number, a milestone's state with it, and how it came where it is computed."""

    number: Exact
    state: str | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Why nothing can be judged: the cause, and a reason in Japanese."""

    cause: Missing
    reason: str


def case(indicator: Indicator, year: str, years: tuple[str, ...], scheme: Scheme) -> Case:
    """Choose the method for an indicator: the first special case it falls under, or else the scheme's own."""
    plain = Case(indicator, year, years, scheme, scheme.method, None)
    for special in scheme.specials:
        if _applies(special, plain):
            return Case(indicator, year, years, scheme, special.method, special)
    return plain


def _applies(special: Special, to: Case) -> bool:
    indicator = to.indicator
    return (
        (not special.kinds or indicator.kind in special.kinds)
        and (not special.directions or indicator.direction in special.directions)
        and (not special.units or _same(indicator.unit) in map(_same, special.units))
        and (not special.final_year or to.year == to.last)
    )


def _same(unit: str) -> str:
    """Write a unit in one way, however wide its letters are: ％ is %."""
    return unicodedata.normalize("NFKC", unit)


def target_year(case: Case) -> str:
    """Give the year whose target counts."""
    aim, targets = case.method.target, case.indicator.targets
    if aim is Aim.YEAR or (aim is Aim.YEAR_OR_LAST and isinstance(targets.get(case.year), Amount)):
        return case.year
    return case.last


def gap(case: Case) -> Gap | None:
    """Say why a case cannot be judged; target first, as one is set before the other is counted."""
    target, actual = case.indicator.targets.get(target_year(case)), case.actual
    if actual is Absence.ENDED:
        return Gap(Missing.ENDED, "事業が終了したため")
    lacking = {name: value for name, value in (("目標", target), ("実績", actual)) if not isinstance(value, Amount)}
    if not _needs_target(case.method):
        lacking.pop("目標", None)
    if not lacking:
        return None
    year = f"（{case.last}）" if target_year(case) != case.year else ""
    called = {"目標": f"最終年度{year}の目標" if year else "目標", "実績": "実績"}
    reason = "、".join(f"{called[name]}が{_absence(value)}" for name, value in lacking.items()) + "のため"
    return Gap(Missing.TARGET if "目標" in lacking else _cause(actual), reason)


def _cause(actual: Value | None) -> Missing:
    return _CAUSES.get(actual, Missing.BLANK) if isinstance(actual, Absence) else Missing.BLANK


def _needs_target(method: Method) -> bool:
    """Comparing with the baseline or the year before alone needs no target."""
    return method.formula is not Formula.COMPARE or any(band.met or band.target for band in method.bands)


def goal(case: Case) -> Goal | str | None:
    """Give what the actual is held against, or the reason why that cannot be computed; None without a target."""
    amount = case.indicator.targets.get(target_year(case))
    if not isinstance(amount, Amount):
        return None
    share, shared = elapsed(case), case.method.target in (Aim.EXPECTED, Aim.SHARE)
    if share is None and (shared or case.method.judged is Judged.PACE):
        return "計画期間が分からず、経過割合が求められないため"
    if share is None or not shared:
        return Goal(amount.number, amount.state)
    if case.method.target is Aim.SHARE and not _from_baseline(case):
        number = Fraction(amount.number) * share
        text = f"最終年度の目標 {exactly(amount.number)} × 経過割合 {exactly(100 * share)}% ＝ {exactly(number)}"
        return Goal(number, amount.state, (Step("比べる値", text, case.scheme.place),))
    return _expected(case, amount, share)


def _from_baseline(case: Case) -> bool:
    """Tell whether a share of the way is meant, as going down has no share of the target itself."""
    if case.method.formula is Formula.PROGRESS:
        return True
    return case.method.formula is Formula.RATIO and case.indicator.direction is Direction.DECREASE


def _expected(case: Case, amount: Amount, share: Fraction) -> Goal | str:
    if case.indicator.baseline is None:
        return "基準値がなく、期待値が求められないため"
    start, end = case.indicator.baseline.number, amount.number
    number = Fraction(start) + (Fraction(end) - Fraction(start)) * share
    text = (
        f"基準値 {exactly(start)} ＋（最終年度の目標 {exactly(end)} － 基準値 {exactly(start)}）"
        f"× 経過割合 {exactly(100 * share)}% ＝ {exactly(number)}"
    )
    return Goal(number, amount.state, (Step("期待値", text, case.scheme.place),))


def elapsed(case: Case) -> Fraction | None:
    """Give the elapsed share of the plan, from 0 to 1: as the scheme says, else in equal steps; None without a plan."""
    given = case.scheme.shares.get(case.year)
    if given is not None:
        return Fraction(given) / 100
    if case.year not in case.years[1:]:
        return None
    return Fraction(case.years.index(case.year), len(case.years) - 1)


@dataclass(frozen=True, slots=True)
class Before:
    """The figure of the year before, and where it is written."""

    year: str
    amount: Amount
    place: Place | None


def previous(case: Case) -> Before | None:
    """Give the actual of the year before; the baseline where that is of the year before."""
    indicator, wanted = case.indicator, gregorian(case.year) - 1
    for year, value in indicator.actuals.items():
        if gregorian(year) == wanted and isinstance(value, Amount):
            return Before(year, value, indicator.places.actuals.get(year))
    if indicator.baseline and indicator.baseline_year and gregorian(indicator.baseline_year) == wanted:
        return Before(indicator.baseline_year, indicator.baseline, indicator.places.baseline)
    return None


def lower_by_progress(case: Case) -> bool:
    """Tell whether the rate is the way from the baseline."""
    falling = case.indicator.direction is Direction.DECREASE and case.method.lower is Lower.PROGRESS
    return case.method.formula is Formula.PROGRESS or (case.method.formula is Formula.RATIO and falling)


def _absence(value: Value | None) -> str:
    return value.value if isinstance(value, Absence) else "未記入"
