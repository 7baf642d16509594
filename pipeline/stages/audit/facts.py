"""What a table says about an indicator, so that what sentences claim can be held to it.

Every fact carries the formula a reader can follow: 実績R2 − 実績R1 = 90 − 67 = 23. ``facts`` lists those that a claim
may mean; what the words leave open (累計 or added in the year, of which later year a target is) gives several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.results import Assessment
from pipeline.model.strategy import Amount, Direction, Indicator, Kind, Value
from pipeline.stages.audit.claims import Claim, Role
from pipeline.stages.audit.numerals import scaled
from pipeline.wording.era import before, gregorian
from pipeline.wording.numbers import number

_SHORT = 2
_TENTHS = 10
_TOTAL, _ADDED = ("累計", "合計", "通算"), ("新たに", "新規")


class Quantity(Struct, frozen=True):
    """A figure of the table in its own unit, and what it is called: 実績R2, or the difference of two of them."""

    name: str
    value: Decimal
    shown: str

    def less(self, other: Quantity, table: Table) -> Quantity:
        """Return the difference to another one."""
        names = f"{self.name} − {other.name}", f"{self.shown} − {other.shown}"
        return Quantity(" = ".join(names), self.value - other.value, table.shown(self.value - other.value))


class Fact(Struct, frozen=True):
    """A quantity of an indicator, in ``unit``; ``formula`` says how it comes about.

    ``value`` has its sign where it is a difference. ``actual`` is the evaluated year's in the same way of counting,
    where the fact is one that it may be compared with: a target, or the actual of another year.
    """

    role: Role
    unit: str
    value: Fraction
    formula: str
    actual: Fraction | None = None


class Table(Struct, frozen=True):
    """An indicator's figures by year, in the indicator's own unit."""

    indicator: Indicator
    year: str
    unit: str
    scale: int
    actuals: Mapping[str, Decimal]
    targets: Mapping[str, Decimal]
    rates: Mapping[Role, tuple[str, Decimal]]

    @property
    def adds_up(self) -> bool:
        """Whether it counts from the beginning, so that a year adds to it."""
        return self.indicator.kind is Kind.CUMULATIVE and self.unit != "%"

    @property
    def last(self) -> str:
        """The last year with a target."""
        return max(self.targets, key=gregorian, default=self.year)

    def shown(self, value: Decimal) -> str:
        """Return a number as the table prints it."""
        return number(value, self.indicator.decimals)

    def actual(self, year: str, *, added: bool = False) -> Quantity | None:
        """Return an actual, or what its year added."""
        if year not in self.actuals:
            return None
        whole = Quantity(f"実績{year}", self.actuals[year], self.shown(self.actuals[year]))
        earlier = self.actual(before(year)) if added else None
        return whole if not added else whole.less(earlier, self) if earlier else None

    def aims(self, year: str, *, added: bool = False) -> Iterator[Quantity]:
        """List a target, or what its year was to add, seen from the year before's actual or target."""
        if year not in self.targets:
            return
        whole = Quantity(f"目標{year}", self.targets[year], self.shown(self.targets[year]))
        if not added:
            yield whole
            return
        earlier = self.actual(before(year))
        for start in (*((earlier,) if earlier else ()), *self.aims(before(year))):
            yield whole.less(start, self)

    def holds_elsewhere(self, value: Decimal) -> bool:
        """Return whether a figure long enough not to be so by chance stands in the table, of whatever year."""
        known = {number * self.scale for number in (*self.actuals.values(), *self.targets.values())}
        return value in known and len(value.normalize().as_tuple().digits) > _SHORT

    def better(self, difference: Fraction) -> Fraction:
        """Return a difference so that more than nothing is better."""
        return -difference if self.indicator.direction is Direction.DECREASE else difference


def table(assessment: Assessment, year: str, rate_name: str) -> Table:
    """Return an indicator's figures; only the rate that the report prints, under its name, is one."""
    indicator = assessment.shown.indicator
    unit, scale = scaled(indicator.unit)
    start = {indicator.baseline_year: indicator.baseline.number} if indicator.baseline else {}
    rates = {}
    if assessment.rate is not None:
        role = Role.PROGRESS if rate_name.startswith("進捗") else Role.ACHIEVED
        rates[role] = (rate_name or "達成率", assessment.rate)
    return Table(
        indicator, year, unit, scale, {**start, **_numbers(indicator.actuals)}, _numbers(indicator.targets), rates
    )


def facts(claim: Claim, given: Table) -> Iterator[Fact]:
    """List what a claim may mean in the table, the likeliest first; none where the table does not say."""
    for role in _roles(claim, given):
        yield from _FACTS[role](claim, given)


def _roles(claim: Claim, given: Table) -> tuple[Role, ...]:
    """List what a claim may be: 目標の60% of an indicator in per cent is the target, 目標の8割 a share of it."""
    own = [role for role in (Role.TARGET, Role.LEVEL) if role in claim.roles]
    if given.unit == claim.figure.unit == "%" and len(claim.roles) > 1 and own and claim.figure.step < _TENTHS:
        return (own[0],)
    return claim.roles


def share_of_target(indicator: Indicator, year: str) -> Fraction | None:
    """Return the actual in per cent of the target; the target in per cent of the actual where less is better."""
    actual, target = _numbers(indicator.actuals).get(year), _numbers(indicator.targets).get(year)
    if actual is None or target is None:
        return None
    pair = (target, actual) if indicator.direction is Direction.DECREASE else (actual, target)
    return Fraction(pair[0]) / Fraction(pair[1]) * 100 if pair[1] > 0 else None


def _ways(claim: Claim, given: Table) -> tuple[bool, ...]:
    """List whether what was added in a year is meant: both where the words leave it open."""
    if not given.adds_up:
        return (False,)
    count = "" if claim.count in given.indicator.name else claim.count
    return (False,) if count in _TOTAL else (True,) if count in _ADDED else (False, True)


def _level(claim: Claim, given: Table) -> Iterator[Fact]:
    years = (before(given.year), given.indicator.baseline_year) if claim.start else (claim.year or given.year,)
    for year in dict.fromkeys(years):
        for added in _ways(claim, given):
            quantity = given.actual(year, added=added)
            if quantity:
                fact = _plain(Role.LEVEL, quantity, given)
                yield fact if year == given.year else _with_actual(fact, given, added=added)


def _target(claim: Claim, given: Table) -> Iterator[Fact]:
    year = claim.year or given.year
    later = (y for y in given.targets if gregorian(y) > gregorian(given.year))
    for aimed in (year, *(later if claim.ahead and not claim.year else ())):
        for added in _ways(claim, given):
            for quantity in given.aims(aimed, added=added):
                yield _with_actual(_plain(Role.TARGET, quantity, given), given, added=added)


def _change(claim: Claim, given: Table) -> Iterator[Fact]:
    for now, then in _pairs(claim, given):
        yield _difference(Role.CHANGE, now.less(then, given), given)


def _rate(claim: Claim, given: Table) -> Iterator[Fact]:
    for now, then in _pairs(claim, given):
        if then.value > 0:
            yield _share_more(Role.RATE, now, then)


def _share_more(role: Role, now: Quantity, then: Quantity) -> Fact:
    change = (Fraction(now.value) / Fraction(then.value) - 1) * 100
    return Fact(role, "%", change, f"（{_division(now, then)}） − 1 = {_percent(change)}")


def _ratio(claim: Claim, given: Table) -> Iterator[Fact]:
    for now, then in _pairs(claim, given):
        yield from _quotients(Role.RATIO, now, then)


def _gap(claim: Claim, given: Table) -> Iterator[Fact]:
    now = given.actual(given.year)
    for target in given.aims(claim.year or given.year):
        if now:
            yield _difference(Role.GAP, now.less(target, given), given)


def _of_target(claim: Claim, given: Table) -> Iterator[Fact]:
    for added in _ways(claim, given):
        now = given.actual(given.year, added=added)
        for target in given.aims(claim.year or given.year, added=added):
            if now and claim.sign and target.value > 0:
                yield _share_more(Role.OF_TARGET, now, target)
            elif now:
                yield from _quotients(Role.OF_TARGET, now, target)


def _printed(claim: Claim, given: Table) -> Iterator[Fact]:
    if claim.roles[0] in given.rates and claim.year in (None, given.year):
        name, rate = given.rates[claim.roles[0]]
        shares = (fact.formula for fact in _of_target(replace(claim, sign=None), given) if fact.unit == "%")
        formula = next((f for f in shares if f.endswith(f" = {rate}%")), f"{name} = {rate}%")
        yield Fact(claim.roles[0], "%", Fraction(rate), formula)


def _rest(claim: Claim, given: Table) -> Iterator[Fact]:
    now = given.actual(claim.year or given.year)
    if now and given.unit == "%":
        rest = 100 - now.value
        yield Fact(Role.REST, "%", Fraction(rest), f"100 − {now.name} = 100 − {now.shown} = {given.shown(rest)}")


_FACTS: Mapping[Role, Callable[[Claim, Table], Iterator[Fact]]] = {
    Role.LEVEL: _level,
    Role.TARGET: _target,
    Role.CHANGE: _change,
    Role.RATE: _rate,
    Role.RATIO: _ratio,
    Role.GAP: _gap,
    Role.OF_TARGET: _of_target,
    Role.ACHIEVED: _printed,
    Role.PROGRESS: _printed,
    Role.REST: _rest,
}


def year_of(claim: Claim, given: Table) -> str:
    """Return the year of the actual that a claim tells."""
    return claim.year if claim.year and claim.year != claim.base else given.year


def _pairs(claim: Claim, given: Table) -> Iterator[tuple[Quantity, Quantity]]:
    """List what a comparison may compare: the year's actual with an earlier one, or what either year added."""
    year = year_of(claim, given)
    for added in dict.fromkeys((False, given.adds_up)):
        now, then = given.actual(year, added=added), given.actual(claim.base or before(year), added=added)
        if now and then:
            yield now, then


def _plain(role: Role, quantity: Quantity, given: Table) -> Fact:
    value = Fraction(quantity.value) * given.scale
    return Fact(role, given.unit, value, f"{quantity.name} = {quantity.shown}")


def _with_actual(fact: Fact, given: Table, *, added: bool) -> Fact:
    now = given.actual(given.year, added=added)
    return replace(fact, actual=Fraction(now.value) * given.scale) if now else fact


def _difference(role: Role, quantity: Quantity, given: Table) -> Fact:
    return replace(_plain(role, quantity, given), unit="ポイント" if given.unit == "%" else given.unit)


def _quotients(role: Role, now: Quantity, then: Quantity) -> Iterator[Fact]:
    if then.value > 0:
        ratio = Fraction(now.value) / Fraction(then.value)
        yield Fact(role, "%", ratio * 100, f"{_division(now, then)} = {_percent(ratio * 100)}")
        yield Fact(role, "倍", ratio, f"{_division(now, then)} = {_percent(ratio)[:-1]}倍")


def _division(now: Quantity, then: Quantity) -> str:
    return f"{now.name} ÷ {then.name} = {now.shown} ÷ {then.shown}"


def _percent(value: Fraction) -> str:
    return f"{number(Decimal(value.numerator) / Decimal(value.denominator), 1)}%"


def _numbers(values: Mapping[str, Value]) -> Mapping[str, Decimal]:
    return {year: value.number for year, value in values.items() if isinstance(value, Amount)}
