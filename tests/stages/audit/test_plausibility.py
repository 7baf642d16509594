"""Which figures are unlikely, of any city: rows as cities publish them, and the same with one slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model.strategy import Amount, Direction, Indicator, Kind
from pipeline.stages.audit.plausibility import doubts
from tests.examples import tried
from tests.stages.compute.examples import Given, amount, indicator

DOWN, KEEP = Direction.DECREASE, Direction.MAINTAIN
ADDED, YEARLY = Kind.CUMULATIVE, Kind.ANNUAL


def of(*values: str) -> Given:
    return {f"R{year}": value for year, value in enumerate(values, 2)}


LIKELY = {
    "loans": indicator("402810", {"R6": "420000"}, of("346270", "327918"), kind=YEARLY),
    "care": indicator("17.8", {"R6": "18.0"}, of("17.9", "18.1"), direction=KEEP, unit="%", decimals=1),
    "lessons": indicator("61.2", {"R6": "100.0"}, of("66.0", "72.4"), unit="%", decimals=1),
    "births": indicator("412", of("410", "410", "410", "410", "410"), of("389", "360"), kind=YEARLY),
    "waiting": indicator("23", of("10", "5", "0", "0", "0"), of("12", "0"), kind=YEARLY, direction=DOWN),
    "accidents": indicator("180", of("170", "160", "150", "140", "130"), of("140", "121"), direction=DOWN),
    "festival": indicator("52000", of("53000", "54000", "55000", "56000", "57000"), of("0", "12000"), kind=YEARLY),
    "gifts": indicator("120", of("130", "140", "150", "160", "170"), of("210", "380"), kind=YEARLY),
    "online": indicator("150", of("300", "600", "900", "1200", "1500"), of("820", "2400"), kind=YEARLY),
    "people": indicator("143000", of("141800", "140600", "139400", "138200", "137000"), of("141900", "140400")),
    "costs": indicator("352000", of("360000", "366000", "372000", "378000", "384000"), of("345000", "371000"),
                       direction=DOWN, name="一人当たり医療費"),
    "hubs": indicator("0", of("0", "1", "1", "2", "3"), of("0", "1"), kind=ADDED),
    "followers": indicator("1200", of("2000", "3000", "4000", "5000", "6000"), of("2900", "5400")),
    "farmers": indicator("2", of("4", "6", "8", "10", "12"), of("3", "11"), kind=ADDED),
    "leaving": indicator("143", of("100", "70", "40", "10", "-20"), of("60", "-12"), kind=YEARLY, direction=DOWN),
    "growth": indicator("1.5", of("1.6", "1.8", "2.0", "2.0", "2.0"), of("-3.2"), name="売上の伸び率", decimals=1),
    "cuts": indicator("0.0", of("1.0", "2.0", "3.0", "4.0", "5.0"), of("0.6", "0.9"), unit="%", decimals=1),
    "supporters": indicator("0", of("30", "60", "90", "120", "150"), of("12", "80"), kind=ADDED),
    "vacant": indicator("12", of("20", "20", "20", "20", "20"), of("31", "45"), kind=YEARLY),
    "app": indicator(None, of("500", "1000", "1500", "2000", "2500"), of("1800", "3100"), kind=ADDED),
    "robots": indicator(None, of("20", "40", "60", "80", "100"), of("3"), kind=ADDED),
}  # fmt: skip


@pytest.mark.parametrize("name", LIKELY)
def test_figures_that_may_well_be_are_not_doubted(name: str) -> None:
    assert doubts(LIKELY[name]) == ()


SLIPS = [
    ("loans", "baseline", "", "4028100", ("baseline",)),
    ("loans", "targets", "R6", "42000", ("targets", "R6")),
    ("loans", "actuals", "R3", "3279180", ("actuals", "R3")),
    ("loans", "actuals", "R2", "34627", ("actuals", "R2")),
    ("accidents", "baseline", "", "-180", ("baseline",)),
    ("accidents", "targets", "R4", "-150", ("targets", "R4")),
    ("accidents", "targets", "R4", "1500", ("targets", "R4")),
    ("people", "targets", "R2", "14180", ("targets", "R2")),
    ("people", "targets", "R6", "37000", ("targets", "R6")),
    ("births", "baseline", "", "41", ("baseline",)),
    ("costs", "actuals", "R2", "-345000", ("actuals", "R2")),
    ("followers", "actuals", "R3", "54000000", ("actuals", "R3")),
    ("farmers", "actuals", "R3", "111", ("actuals", "R3")),
    ("supporters", "actuals", "R3", "8", ("actuals", "R3")),
    ("lessons", "actuals", "R3", "724", ("actuals", "R3")),
    ("cuts", "targets", "R3", "20.0", ("targets", "R3")),
]


def slip(given: Indicator, stem: str, year: str, value: str) -> Indicator:
    changed = amount(value) if not year else {**getattr(given, stem), year: amount(value)}
    return replace(given, **{stem: changed})


@pytest.mark.parametrize(("name", "stem", "year", "value", "path"), SLIPS)
def test_one_slip_is_one_doubt_of_the_figure(
    name: str, stem: str, year: str, value: str, path: tuple[str, ...]
) -> None:
    assert [doubt.path for doubt in doubts(slip(LIKELY[name], stem, year, value))] == [path]


@pytest.mark.parametrize("name", ["lessons", "accidents", "costs", "online", "farmers", "vacant"])
def test_a_plan_that_leads_the_other_way_is_doubted(name: str) -> None:
    given = LIKELY[name]
    turned = Direction.INCREASE if given.direction is DOWN and name != "costs" else DOWN
    found = doubts(replace(given, direction=turned))
    assert [doubt.path for doubt in found] == ([("direction",)] if name != "costs" else [])


def test_targets_of_another_indicator_are_one_doubt() -> None:
    given = replace(LIKELY["people"], targets=LIKELY["farmers"].targets)
    assert [doubt.path for doubt in doubts(given)] == [("targets",)]


@pytest.mark.parametrize(("states", "doubted"), [(("整備中", "完成"), False), (("完成", "整備中"), True)])
def test_states_stand_in_their_order(states: tuple[str, ...], doubted: bool) -> None:
    start, aim = (replace(_number(2), state=state) for state in ("整備中", "完成"))
    given = indicator(start, {"R2": aim, "R3": aim}, {"R2": start}, kind=Kind.MILESTONE, states=states)
    assert bool(doubts(given)) is doubted


def _number(value: int) -> Amount:
    made = amount(value)
    assert isinstance(made, Amount)
    return made


def test_a_lost_actual_of_last_year_still_counts() -> None:
    then = indicator("10", of("20", "30", "40"), of("24"), kind=YEARLY)
    now = replace(then, actuals={"R3": amount("222")}, targets={})
    (doubt,) = doubts(now, then)
    assert doubt.path == ("actuals", "R3")
    assert "24人" in doubt.message


def test_a_figure_that_comes_back_far_from_the_last_is_doubted() -> None:
    given = indicator("24", of("24", "27", "30"), of("24", "222"), kind=ADDED)
    (doubt,) = doubts(given)
    assert (doubt.id, doubt.path) == ("figure-leaps", ("actuals", "R3"))


def test_what_changed_since_last_year_is_not_told_here_but_what_was_preliminary_is() -> None:
    then = LIKELY["loans"]
    assert doubts(slip(then, "actuals", "R2", "34627"), then) == ()
    preliminary = replace(_number(346000), preliminary=True)
    early = replace(then, actuals={"R2": preliminary})
    assert [doubt.path for doubt in doubts(slip(then, "actuals", "R2", "34627"), early)] == [("actuals", "R2")]


@tried(200)
@given(
    st.none() | st.integers(-(10**6), 10**6),
    st.lists(st.integers(-(10**6), 10**6), max_size=5),
    st.lists(st.integers(-(10**6), 10**6), max_size=3),
    st.sampled_from(Direction),
    st.sampled_from(Kind),
    st.sampled_from(["人", "%"]),
)
def test_whatever_the_figures_nothing_is_doubted_twice(  # noqa: PLR0917 (one of each)
    baseline: int | None, targets: list[int], actuals: list[int], direction: Direction, kind: Kind, unit: str
) -> None:
    aims, values = of(*map(str, targets)), of(*map(str, actuals))
    made = indicator(baseline, aims, values, direction=direction, kind=kind, unit=unit)
    paths = [doubt.path for doubt in doubts(made)]
    assert len(set(paths)) == len(paths)
