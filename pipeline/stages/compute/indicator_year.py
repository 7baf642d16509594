"""One indicator in one year under one scheme: its method, and the figure its actual is held against."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.results import Step
from pipeline.model.scheme import Aim, Formula, Judged, Lower, Method, Missing, Scheme, Special
from pipeline.model.strategy import Absence, Amount, Direction, Indicator, Kind, Value, Worded
from pipeline.stages.compute.percentages import Exact
from pipeline.stages.compute.step_text import exactly
from pipeline.wording.era import gregorian

_CAUSES = {
    Absence.NOT_MEASURED: Missing.NOT_MEASURED,
    Absence.PENDING: Missing.PENDING,
    Absence.ENDED: Missing.ENDED,
}
_LINE = {Aim.EXPECTED: "期待値", Aim.SHARE: "比べる値"}
"""What the figure on the line from the baseline to the final target is called."""


class IndicatorYear(Struct, frozen=True):
    """An indicator to be judged in ``year`` of the plan's ``years``; ``special`` is the special case it falls under.

    ``asked`` is the evaluated year: later than ``year`` where the latest actual stands for one that is not there.
    """

    indicator: Indicator
    year: str
    years: tuple[str, ...]
    scheme: Scheme
    method: Method
    special: Special | None
    asked: str

    @property
    def last(self) -> str:
        """The plan's final year; without a plan the last year that has a target."""
        return self.years[-1] if self.years else max(self.indicator.targets, default=self.year, key=gregorian)

    @property
    def actual(self) -> Value | None:
        """The actual of the year."""
        return self.indicator.actuals.get(self.year)


class Benchmark(Struct, frozen=True):
    """What the actual is held against: a number, a milestone's state with it, and how it came where it is computed."""

    number: Exact
    state: str | None = None
    steps: tuple[Step, ...] = ()


class Gap(Struct, frozen=True):
    """Why nothing can be judged: the cause (None where no figure is missing), and a reason in Japanese."""

    cause: Missing | None
    reason: str


def indicator_year(indicator: Indicator, year: str, years: tuple[str, ...], scheme: Scheme) -> IndicatorYear:
    """Return an indicator in a year with its method: the first special case that it is, or else the scheme's own."""
    plain = IndicatorYear(indicator, year, years, scheme, scheme.method, None, year)
    special = next((one for one in scheme.specials if _applies(one, plain)), None)
    chosen = replace(plain, method=special.method, special=special) if special else plain
    return replace(chosen, year=_latest(chosen)) if chosen.method.latest else chosen


def _latest(judged: IndicatorYear) -> str:
    """Return the latest year that has an actual, where the evaluated one's is not surveyed or not out yet.

    A year that is merely not filled in, or has ended, stays as it is: somebody is to say so, or has.
    """
    if judged.actual not in (Absence.NOT_MEASURED, Absence.PENDING):
        return judged.year
    before = gregorian(judged.year)
    known = (y for y, v in judged.indicator.actuals.items() if isinstance(v, Amount) and gregorian(y) < before)
    return max(known, key=gregorian, default=judged.year)


def _applies(special: Special, to: IndicatorYear) -> bool:
    indicator = to.indicator
    return (
        (not special.indicators or indicator.id in special.indicators)
        and (not special.kinds or indicator.kind in special.kinds)
        and (not special.directions or indicator.direction in special.directions)
        and (not special.units or _same(indicator.unit) in map(_same, special.units))
        and (not special.tags or any(tag in special.tags for tag in indicator.tags))
        and (not special.final_year or to.year == to.last)
    )


def _same(unit: str) -> str:
    """Write a unit in one way, however wide its letters are: ％ is %."""
    return unicodedata.normalize("NFKC", unit)


def target_year(judged: IndicatorYear) -> str:
    """Return the year whose target counts."""
    aim, targets = judged.method.target, judged.indicator.targets
    if aim is Aim.YEAR or (aim is Aim.YEAR_OR_LAST and isinstance(targets.get(judged.year), Amount | Worded)):
        return judged.year
    return judged.last


def gap(judged: IndicatorYear) -> Gap | None:
    """Return why an indicator cannot be judged; target first, as one is set before the other is counted."""
    target, actual = judged.indicator.targets.get(target_year(judged)), judged.actual
    if actual is Absence.ENDED:
        return Gap(Missing.ENDED, "事業が終了したため")
    lacking = {name: value for name, value in (("目標", target), ("実績", actual)) if not isinstance(value, Amount)}
    if isinstance(target, Worded) or not needs_target(judged.method):
        lacking.pop("目標", None)
    if not lacking:
        return None
    cause = Missing.TARGET if "目標" in lacking else _cause(actual)
    if _is_before(judged):
        return Gap(cause, f"{judged.year}が基準年度（{judged.indicator.baseline_year}）以前で、評価の対象でないため")
    year = f"（{judged.last}）" if target_year(judged) != judged.year else ""
    called = {"目標": f"最終年度{year}の目標" if year else "目標", "実績": "実績"}
    reason = "、".join(f"{called[name]}が{_absence(value)}" for name, value in lacking.items()) + "のため"
    return Gap(cause, reason)


def _is_before(judged: IndicatorYear) -> bool:
    """Return whether the year is the indicator's baseline year, or before it: targets begin only after it."""
    start = judged.indicator.baseline_year
    return bool(start) and gregorian(judged.year) <= gregorian(start)


def _cause(actual: Value | None) -> Missing:
    return _CAUSES.get(actual, Missing.BLANK) if isinstance(actual, Absence) else Missing.BLANK


def needs_target(method: Method) -> bool:
    """Return whether a target is needed: comparing with the baseline or the year before alone needs none."""
    return method.formula is not Formula.COMPARE or any(band.met or band.target for band in method.bands)


def benchmark(judged: IndicatorYear) -> Benchmark | str | None:
    """Return what the actual is held against, or the reason why that cannot be computed; None without a target."""
    amount = judged.indicator.targets.get(target_year(judged))
    if not isinstance(amount, Amount):
        return None
    share, shared = elapsed(judged), judged.method.target in (Aim.EXPECTED, Aim.SHARE)
    if share is None and (shared or judged.method.judged is Judged.PACE):
        return "計画期間が分からず、経過割合が求められないため"
    if _on_line(judged) and _starts_late(judged):
        return f"基準年度（{judged.indicator.baseline_year}）が計画の始まりより後で、経過割合と比べられないため"
    if share is None or not shared:
        return Benchmark(amount.number, amount.state)
    if not _on_line(judged):
        number = Fraction(amount.number) * share
        text = f"最終年度の目標 {exactly(amount.number)} × 経過割合 {exactly(100 * share)}% ＝ {exactly(number)}"
        return Benchmark(number, amount.state, (Step("比べる値", text, judged.scheme.place),))
    return _expected(judged, amount, share)


def _on_line(judged: IndicatorYear) -> bool:
    """Return whether the elapsed share is one of the line from the baseline to the final target.

    A share of the target itself tells nothing where the plan does not start from zero, or where lower is better.
    """
    if judged.method.target is Aim.EXPECTED:
        return True
    progress, falling = judged.method.formula is Formula.PROGRESS, judged.indicator.direction is Direction.DECREASE
    return _paced(judged) and (progress or falling or not _from_zero(judged))


def _starts_late(judged: IndicatorYear) -> bool:
    """Return whether the baseline is of a year within the plan: the elapsed share is then none of its way."""
    start, plan = judged.indicator.baseline_year, judged.years[1:]
    return bool(start and plan) and gregorian(start) >= gregorian(plan[0])


def _expected(judged: IndicatorYear, amount: Amount, share: Fraction) -> Benchmark | str:
    if judged.indicator.baseline is None:
        return f"基準値がなく、{_LINE[judged.method.target]}が求められないため"
    start, end = judged.indicator.baseline.number, amount.number
    number = Fraction(start) + (Fraction(end) - Fraction(start)) * share
    text = (
        f"基準値 {exactly(start)} ＋（最終年度の目標 {exactly(end)} － 基準値 {exactly(start)}）"
        f"× 経過割合 {exactly(100 * share)}% ＝ {exactly(number)}"
    )
    return Benchmark(number, amount.state, (Step(_LINE[judged.method.target], text, judged.scheme.place),))


def elapsed(judged: IndicatorYear) -> Fraction | None:
    """Return the elapsed share of the plan, from 0 to 1: as the scheme says, else in equal steps; None without a
    plan.
    """
    given = judged.scheme.shares.get(judged.year)
    if given is not None:
        return Fraction(given) / 100
    if judged.year not in judged.years[1:]:
        return None
    return Fraction(judged.years.index(judged.year), len(judged.years) - 1)


class Before(Struct, frozen=True):
    """The figure of the year before, and where it is written."""

    year: str
    amount: Amount
    place: Place | None


def previous(judged: IndicatorYear) -> Before | None:
    """Return the actual of the year before; the baseline where that is of the year before."""
    return figure_before(judged.indicator, judged.year)


def figure_before(indicator: Indicator, year: str) -> Before | None:
    """Return an indicator's actual of the year before one; the baseline where that is of the year before."""
    wanted = gregorian(year) - 1
    for earlier, value in indicator.actuals.items():
        if gregorian(earlier) == wanted and isinstance(value, Amount):
            return Before(earlier, value, indicator.places.actuals.get(earlier))
    if indicator.baseline and indicator.baseline_year and gregorian(indicator.baseline_year) == wanted:
        return Before(indicator.baseline_year, indicator.baseline, indicator.places.baseline)
    return None


def by_way(judged: IndicatorYear) -> bool:
    """Return whether the rate is the way from the baseline.

    So it is of a ratio held against the elapsed share, too, unless the way starts from zero: 85 of a final target of
    160 looks far ahead of its time, but says nothing where the plan started from 67.
    """
    method, falling = judged.method, judged.indicator.direction is Direction.DECREASE
    if method.formula is not Formula.RATIO:
        return method.formula is Formula.PROGRESS
    return (falling and method.lower is Lower.PROGRESS) or (_paced(judged) and _on_line(judged))


def _paced(judged: IndicatorYear) -> bool:
    """Return whether the elapsed share of the plan is what a rate is held against."""
    return judged.method.target is Aim.SHARE or judged.method.judged is Judged.PACE


def _from_zero(judged: IndicatorYear) -> bool:
    """Return whether the plan starts from zero; without a baseline a cumulative indicator counts from its start."""
    baseline = judged.indicator.baseline
    return baseline.number == 0 if baseline else judged.indicator.kind is Kind.CUMULATIVE


def aim(judged: IndicatorYear) -> Aim:
    """Return what the actual is held against: the year's target, or the last one in its stead."""
    if judged.method.target is not Aim.YEAR_OR_LAST:
        return judged.method.target
    return Aim.YEAR if target_year(judged) == judged.year else Aim.LAST


def _absence(value: Value | None) -> str:
    return value.value if isinstance(value, Absence) else "未記入"
