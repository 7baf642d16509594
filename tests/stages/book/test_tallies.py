"""The counts that are printed are those of the ratings that are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model.results import Count, Results
from pipeline.model.scheme import Aim, Missing
from pipeline.model.strategy import Absence, Amount, Goal, Indicator, Judgement, Kind, Rebased, Shown
from pipeline.stages.book import tallies
from tests.examples import tried
from tests.stages.book import samples
from tests.stages.book.samples import kpi
from tests.stages.compute import examples
from tests.stages.compute.schemes import of_guide, ready

MIXED = replace(ready("所管課の判定"), specials=of_guide("経過割合に見合う進捗").specials)
FREE = Judgement("c", "課題が残る")
KINDS = {
    "met": kpi("met", 120, judgement=FREE),
    "unmet": kpi("unmet", 70, judgement=FREE),
    "letterless": kpi("letterless", 70),
    "pending": kpi("pending", actuals={"R2": Absence.PENDING}),
    "action": kpi("action", kind=Kind.ACTION, targets={}, actuals={}),
}


def city(*goals: tuple[str, ...]) -> Results:
    """Make a city whose goals have a measure each, with indicators of these kinds."""
    made = tuple(
        examples.measure(f"{n}-1", *(replace(KINDS[kind], id=f"k{n}{m}") for m, kind in enumerate(kinds)))
        for n, kinds in enumerate(goals, 1)
    )
    aims = tuple(Goal(str(n), f"目標{n}", ()) for n in range(1, len(goals) + 1))
    return samples.computed(examples.evaluation(aims, made, MIXED))


def of(*indicators: Indicator, by: str = "年度達成率") -> Results:
    made = examples.evaluation((Goal("1", "目標", ()),), (examples.measure("1-1", *indicators),), ready(by))
    return samples.computed(made)


def test_every_rating_is_in_its_column() -> None:
    made = samples.book(city(("met", "unmet", "letterless", "pending", "action")))
    head, goal, total = samples.rows(made, "summary", 0)
    assert head[0] == "基本目標（割合は、達成と未達成の計に対するもの）"
    assert head[1:] == ["指標数", "達成", "未達成", "ほかの判定", "判定なし", "割合", "達成の割合"]
    assert goal[1:7] == total[1:7] == ["5", "1", "1", "1", "2", "50%"]
    text = samples.text(made, "summary")
    assert "5指標のうち、1指標が目標を達成（判定なし2、ほかの判定1）" in text
    assert "「ほかの判定」は、目標に届いたかどうかによらない判定です。" in text
    assert samples.rows(made, "cover", 0) == [["基本目標1", "1／5", "■□◇――"]]
    assert "ひし形はほかの判定、横線は判定なし" in samples.text(made, "cover")


def test_a_comparison_with_the_baseline_is_a_rating_without_a_target() -> None:
    made = samples.book(of(kpi("a", targets={}), by="目標と基準値の比較"))
    head, goal, total = samples.rows(made, "summary", 0)
    assert head == ["基本目標", "指標数", "◎ S", "○ A", "△ B", "▼ C", "－ 評価できない"]
    assert goal[1:] == total[1:] == ["1", "0", "0", "0", "0", "1"]
    by = ready("目標と基準値の比較")
    by = replace(by, method=replace(by.method, bands=by.method.bands[1:]))
    untargeted = examples.evaluation((Goal("1", "目標", ()),), (examples.measure("1-1", kpi("a", targets={})),), by)
    made = samples.book(samples.computed(untargeted))
    assert samples.rows(made, "summary", 0)[1][1:] == ["1", "1", "0", "0"]


def test_without_a_figure_in_its_column_the_table_has_none() -> None:
    head, *_ = samples.rows(samples.book(samples.city()), "summary", 0)
    assert head == ["基本目標", "指標数", "達成", "未達成", "判定なし", "割合", "達成の割合"]


@tried(15)
@given(st.lists(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=5).map(tuple), min_size=1, max_size=3))
def test_counts_add_up_whatever_there_is(goals: list[tuple[str, ...]]) -> None:
    made = samples.book(city(*goals))
    head, *rows = samples.rows(made, "summary", 0)
    counts = ("達成", "未達成", "ほかの判定", "判定なし") if "達成" in head else head[2:]
    columns = [n for n, name in enumerate(head) if name in counts]
    assert all(int(row[1]) == sum(int(row[n]) for n in columns) for row in rows)
    printed = [row[-1] for row in samples.rows(made, "summary", 1)[1:]]
    unrated = sum(int(rows[-1][n]) for n in columns if head[n].endswith("判定なし"))
    assert unrated == sum("判定なし" in text for text in printed)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"unmet": 2, "undecided": 0}, "summary"),
        ({"other": 0, "no_data": 2}, "summary"),
        ({"met": 0, "undecided": 2}, "summary"),
    ],
)
def test_a_count_of_another_rule_is_an_error(wrong: dict[str, int], part: str) -> None:
    results = city(("met", "unmet", "letterless", "pending", "action"))
    (goal,) = results.goals
    count = replace(goal.count, **wrong)
    assert count.total == goal.count.total
    found = samples.bind(replace(results, goals=(replace(goal, count=count),))).diagnostics
    assert [(d.id, d.place.file) for d in found] == [
        ("book-counts", f"templates/{part}.docx"),
        ("book-counts", "templates/cover.docx"),
    ]


def test_a_share_of_nearly_all_is_not_all() -> None:
    assert Count(199, 1, 0).share == Decimal("99.5")
    made = samples.book(samples.city(goals=1, measures=1, actuals=(100,) * 199 + (90,)))
    assert samples.rows(made, "summary", 0)[1][1:6] == ["200", "199", "1", "0", "99%"]


def test_a_reason_for_no_rate_is_not_given_for_the_rating() -> None:
    negative = kpi("a", -4, targets={"R2": Amount(Decimal(-5))})
    text = samples.text(samples.book(of(negative)), "summary")
    assert "指標aは、目標が負の値のため達成率を示さず、目標に届いたことから、Aとしました。" in text


def test_a_revised_baseline_is_noted_on_targets_and_summary() -> None:
    rebased = Rebased(Amount(Decimal(90)), {"R2": Amount(Decimal(110))}, "統計の改定")
    one = kpi("a", 100, rebased=rebased)
    told = "基準値を90件、R2の目標を110件に改めた場合（統計の改定）、達成率90.9%、「概ね達成」となります。"
    goal = Goal("1", "目標", (Shown(one, "売上"),))
    made = samples.book(samples.computed(examples.evaluation((goal,), (examples.measure("1-1", one),))))
    assert f"1-（1）指標aは、{told}" in samples.text(made, "summary")
    assert f"※{told}" in samples.text(made, "targets")


def test_a_baseline_of_another_year_says_so_on_the_targets_page() -> None:
    one = kpi("a", baseline_year="R3", targets={"R4": Amount(Decimal(100))}, actuals={})
    made = samples.book(samples.computed(examples.evaluation((Goal("1", "目標", (Shown(one, "売上"),)),), ())))
    assert samples.rows(made, "targets", 0)[3][2:8] == ["80（R3）", "", "", "", "", ""]


def test_the_final_year_is_told_once() -> None:
    text = samples.text(samples.book(samples.city(year="R6")), "explanation")
    assert "R1は令和元年度（基準値）、R6は令和6年度（評価年度、目標年度）です。" in text


def test_letters_that_are_entered_have_limits_and_no_rests() -> None:
    text = samples.text(samples.book(city(("met",))), "explanation")
    assert "A実績が評価年度の目標に届いたもの\n" in text
    assert text.count("限度なし") == 2
    assert "80％未満" not in text
    assert "施策の実施が指標のもので、" not in text
    assert "全てのもの" not in text


def rated() -> Results:
    """Make two goals with A, C and no data; and B."""
    first = examples.measure("1-1", kpi("a", 100), kpi("c", 10), kpi("n", actuals={"R2": Absence.PENDING}))
    goals = (Goal("1", "目標1", ()), Goal("2", "目標2", ()))
    made = (first, examples.measure("2-1", kpi("b", 60)))
    return samples.computed(examples.evaluation(goals, made, ready("年度達成率")))


def test_a_scheme_without_met_is_counted_by_its_bands() -> None:
    results = rated()
    made = samples.book(results)
    assert samples.rows(made, "summary", 0)[0][1:] == ["指標数", "◎ A", "○ B＋", "△ B", "▼ C", _unrated(results)]
    counts = [row[1:] for row in samples.rows(made, "summary", 0)[1:4]]
    assert counts == [["3", "1", "0", "0", "1", "1"], ["1", "0", "0", "1", "0", "0"], ["4", "1", "0", "1", "1", "1"]]
    label = _unrated(results).split()[-1]
    assert f"4指標の判定は、A 1、B 1、C 1、{label} 1" in samples.text(made, "summary")
    assert samples.rows(made, "cover", 0)[0] == ["基本目標1", "3", f"A 1　C 1　{label} 1"]
    assert not any(
        "達成し" in samples.text(made, part) or "未達成" in samples.text(made, part) for part in samples.PARTS
    )


def _unrated(results: Results) -> str:
    scheme = results.evaluation.report.scheme
    lacking = scheme.missing.get(Missing.PENDING, scheme.none)
    return f"{lacking.mark} {lacking.label}"


@pytest.mark.parametrize("name", ["年度達成率", "進捗率", "目標と基準値の比較", "評点"])
@tried(5)
@given(actuals=st.lists(st.one_of(st.none(), st.integers(0, 150)), min_size=1, max_size=6))
def test_counts_of_bands_add_up(name: str, actuals: list[int | None]) -> None:
    made = samples.book(of(*(kpi(f"k{n}", actual) for n, actual in enumerate(actuals)), by=name))
    _, *rows = samples.rows(made, "summary", 0)
    assert [int(row[1]) for row in rows] == [sum(map(int, row[2:])) for row in rows] == [len(actuals)] * 2


def test_a_count_of_a_band_that_is_not_printed_so_is_an_error() -> None:
    results = rated()
    summary, cover = ([samples.rows(samples.book(results), part, n) for n in ns] for part, ns in _PRINTED)
    squeezed = [[["".join(cell.split()) for cell in row] for row in table] for table in summary]
    covers = [[["".join(cell.split()) for cell in row] for row in table] for table in cover]
    assert [*tallies.wrong(results, squeezed, covers)] == []
    squeezed[0][1][2], squeezed[0][2][3], covers[0][0][2] = "2", "1", "A2C1"
    found = [*tallies.wrong(results, squeezed, covers)]
    assert [part for part, _ in found] == ["summary", "summary", "cover"]


_PRINTED = (("summary", (0, 1)), ("cover", (0,)))


def last_only(by: str, *indicators: Indicator) -> Results:
    scheme = replace(ready(by), method=replace(ready(by).method, target=Aim.YEAR_OR_LAST))
    measures = (examples.measure("1-1", *indicators),)
    return samples.computed(examples.evaluation((Goal("1", "目標", ()),), measures, scheme))


def test_a_plan_with_targets_of_the_last_year_shows_what_was_compared() -> None:
    last = kpi("a", 90, targets={"R6": Amount(Decimal(120))})
    made = samples.book(last_only("年度達成率", last))
    head, row = samples.rows(made, "summary", 1)[:2]
    assert head[2:4] == ["R6目標", "R2実績"]
    assert row[2:5] == ["120", "90", "75.0%"]


def test_a_target_of_another_year_than_the_column_is_named() -> None:
    made = samples.book(last_only("年度達成率", kpi("a", 90, targets={"R6": Amount(Decimal(120))}), kpi("b", 90)))
    head, *rows = samples.rows(made, "summary", 1)
    assert head[2] == "R2目標"
    assert [row[2] for row in rows] == ["120\n（R6目標）", "100"]
