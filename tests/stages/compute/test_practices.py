"""What cities publish, practice by practice, with figures made up for the limits of each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.model.comparison import Relation, Width
from pipeline.model.results import Assessment
from pipeline.model.scheme import Aim, Averaged, Band, Formula, Judged, Lower, Method, Rounding, Scheme, Special, Tone
from pipeline.model.strategy import Absence, Amount, Direction, Judgement, Kind, Rebased, Shown
from pipeline.model.trial import Trial, TriedIndicator
from pipeline.stages.compute.assess import assess
from pipeline.stages.compute.trial import rate
from pipeline.wording.era import following
from tests.stages.compute.examples import YEARS, Given, indicator
from tests.stages.compute.schemes import of_guide, ready

UP, DOWN, KEEP = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN


def judged(
    by: Scheme,
    baseline: str | int | Amount | None,
    targets: Given,
    actuals: Given,
    year: str = "R2",
    *,
    direction: Direction = UP,
    kind: Kind = Kind.CUMULATIVE,
    states: tuple[str, ...] = (),
) -> Assessment:
    given = indicator(baseline, targets, actuals, direction=direction, kind=kind, states=states)
    return assess(Shown(given, given.name), year, by, YEARS)


def mark(found: Assessment) -> str:
    printed = found.rating or found.unrated
    assert printed is not None
    return printed.mark if found.rating is None else found.rating.label


def with_method(by: Scheme, **changes: object) -> Scheme:
    return replace(by, method=replace(by.method, **changes))


def test_final_target_without_cap() -> None:
    found = judged(of_guide("最終年度の目標に対する達成率"), 1, {"R6": 5}, {"R2": 6})
    assert found.rate == Decimal("120.0")


@pytest.mark.parametrize(("actual", "label"), [(100, "A"), (80, "B＋"), ("79.9", "B"), (50, "B"), ("49.9", "C")])
def test_expected_value_in_four_bands(actual: str | int, label: str) -> None:
    assert mark(judged(ready("年度達成率"), 1, {"R2": 100}, {"R2": actual})) == label


def test_half_up_one_year_and_truncated_the_next() -> None:
    half = judged(ready("年度達成率"), 1, {"R2": 2000}, {"R2": 1865}).rate
    cut = judged(with_method(ready("年度達成率"), rounding=Rounding.TRUNCATE), 1, {"R2": 2000}, {"R2": 1865}).rate
    assert (half, cut) == (Decimal("93.3"), Decimal("93.2"))


def test_what_is_not_published_says_so() -> None:
    found = judged(ready("年度達成率"), 1, {"R2": 100}, {"R2": Absence.PENDING})
    assert (found.rating, found.unrated and found.unrated.label) == (None, "未公表")
    assert mark(judged(of_guide("経過割合に見合う進捗"), 1, {"R6": 9}, {"R2": Absence.PENDING})) == "N"


@pytest.mark.parametrize(
    ("actual", "rate", "label"), [(130, "150.0", "順調"), (116, "80.0", "概ね順調"), (115, "75.0", "要努力")]
)
def test_progress_to_the_years_guide(actual: int, rate: str, label: str) -> None:
    found = judged(ready("進捗率"), 100, {"R2": 120}, {"R2": actual})
    assert (found.rate, mark(found)) == (Decimal(rate), label)


def test_a_revised_baseline_gives_a_second_grade_on_a_condition() -> None:
    given = indicator(100, {"R2": 120}, {"R2": 116})
    revised = replace(given, rebased=Rebased(Amount(Decimal(110)), {}, "統計の改定"))
    found = assess(Shown(revised, "指標"), "R2", ready("進捗率"), YEARS)
    assert (found.rate, mark(found)) == (Decimal("80.0"), "概ね順調")
    assert found.conditional is not None
    assert (found.conditional.rate, found.conditional.condition) == (
        Decimal("60.0"),
        "基準値を110人に改めた場合（統計の改定）",
    )
    assert found.conditional.rating is not None
    assert found.conditional.rating.label == "要努力"


@pytest.mark.parametrize(
    ("year", "actual", "rate", "label"),
    [
        ("R2", 40, "100.0", "順調"),
        ("R3", 60, "75.0", "やや遅れ"),
        ("R4", 60, "50.0", "遅れ"),
        ("R6", 200, "100.0", "順調"),
    ],
)
def test_the_elapsed_share_of_the_final_target(year: str, actual: int, rate: str, label: str) -> None:
    found = judged(ready("経過割合"), 0, {"R6": 200}, {year: actual}, year)
    assert (found.rate, mark(found)) == (Decimal(rate), label)


def test_shares_may_be_unequal() -> None:
    by = replace(ready("経過割合"), shares={"R2": Decimal(10)})
    assert judged(by, 0, {"R6": 200}, {"R2": 15}).rate == Decimal("75.0")


@pytest.mark.parametrize(("actual", "label"), [(151, "S"), (150, "A"), (101, "A"), (100, "B"), (90, "B"), (89, "C")])
def test_above_the_target_above_the_baseline_or_near_it(actual: int, label: str) -> None:
    found = judged(ready("目標と基準値の比較"), 100, {"R6": 150}, {"R2": actual})
    assert (found.rate, mark(found)) == (None, label)


@pytest.mark.parametrize(("actual", "label"), [(49, "S"), (50, "A"), (99, "A"), (110, "B"), (111, "C")])
def test_the_same_where_lower_is_better(actual: int, label: str) -> None:
    assert mark(judged(ready("目標と基準値の比較"), 100, {"R6": 50}, {"R2": actual}, direction=DOWN)) == label


def test_what_is_not_known_is_a_dash() -> None:
    assert mark(judged(ready("目標と基準値の比較"), 1, {"R6": 5}, {"R2": Absence.NOT_MEASURED})) == "－"


@pytest.mark.parametrize(("actual", "sign"), [(11, "◎"), (10, "○"), (9, "△"), (5, "×"), (4, "×")])
def test_signs_against_the_years_target(actual: int, sign: str) -> None:
    found = judged(of_guide("目標との比較"), 5, {"R2": 10}, {"R2": actual})
    assert found.rating is not None
    assert found.rating.mark == sign


def test_ended_and_untargeted_have_their_own_signs() -> None:
    by = of_guide("目標との比較")
    ended = judged(by, 5, {"R2": 10}, {"R2": Absence.ENDED})
    assert ended.rating is not None
    assert (ended.rating.mark, ended.met, ended.reason) == ("×", None, "事業が終了したため")
    untargeted = judged(by, 5, {"R2": Absence.NOT_SET}, {"R2": 7})
    assert untargeted.unrated is not None
    assert untargeted.unrated.label == "評価なし"


@pytest.mark.parametrize(("direction", "label"), [(UP, "達成"), (DOWN, "未達成")])
def test_met_or_not_by_direction(direction: Direction, label: str) -> None:
    assert mark(judged(of_guide("目標の達成"), 5, {"R2": 10}, {"R2": 11}, direction=direction)) == label


def entered(code: str, actual: int) -> Assessment:
    given = indicator(5, {"R2": 10}, {"R2": actual})
    return assess(
        Shown(replace(given, judgement=Judgement(code, "課題に対応した")), "指標"), "R2", ready("所管課の判定"), YEARS
    )


@pytest.mark.parametrize(
    ("code", "actual", "allowed"), [("a", 10, True), ("a", 9, False), ("b", 8, True), ("b", 7, False)]
)
def test_the_rate_limits_the_letter_a_person_enters(code: str, actual: int, allowed: bool) -> None:
    assert (entered(code, actual).rating is not None) == allowed


def test_a_lower_letter_is_free_and_tells_its_reason() -> None:
    found = entered("d", 12)
    assert (found.rate, mark(found)) == (Decimal("120.0"), "D")
    assert "理由: 課題に対応した" in found.steps[-1].text
    assert entered("a", 9).reason == "記入された判定「A」の限度（実績が評価年度の目標に届いた）に当てはまらないため"
    assert judged(ready("所管課の判定"), 5, {"R2": 10}, {"R2": 9}).reason == "判定が記入されていないため"


def scores(*actuals: tuple[str, int | Absence], by: Scheme) -> list[tuple[str, str, str | None]]:
    made = [(name, indicator(0, {"R2": 100}, {"R2": actual})) for name, actual in actuals]
    entries = tuple(TriedIndicator(Shown(one, one.name), name) for name, one in made)
    tried = rate(Trial("R2", YEARS, by, entries))
    return [(name, f"{s.number:f}", s.rating.code if s.rating else None) for name, s in tried.scores]


def test_points_are_averaged_to_the_measure_and_to_all() -> None:
    given = (("1-1", 100), ("1-1", 89), ("1-2", 49), ("1-2", Absence.NOT_MEASURED))
    assert scores(*given, by=ready("評点")) == [("1-1", "6.0", "a"), ("1-2", "1.0", "c"), ("全体", "3.5", "c")]


def test_a_score_never_rounds_up_to_a_limit() -> None:
    given = tuple(("1-1", actual) for actual in (*[100] * 21, 49))  # (21 * 7 + 1) / 22 = 6.727
    assert scores(*given, by=ready("評点"))[0] == ("1-1", "6.7", "a")
    near = tuple(("1-1", actual) for actual in (*[90] * 99, 89))  # 5.99
    assert scores(*near, by=ready("評点"))[0] == ("1-1", "5.9", "b")


@pytest.mark.parametrize(("of", "value"), [(Averaged.RATE, "75.0"), (Averaged.MET, "50.0")])
def test_rates_or_the_share_met_may_be_averaged_instead(of: Averaged, value: str) -> None:
    roll_up = ready("評点").roll_up
    assert roll_up is not None
    by = replace(ready("評点"), roll_up=replace(roll_up, of=of, bands=()))
    assert scores(("1-1", 100), ("1-1", 50), by=by)[0] == ("1-1", value, None)


@pytest.mark.parametrize(("actual", "label"), [(110, "A"), (109, "B"), (80, "B"), (79, "C"), (50, "C"), (49, "D")])
def test_annual_indicators_by_rate(actual: int, label: str) -> None:
    by = of_guide("重点指標の達成度")
    assert mark(judged(by, 90, {"R2": 100, "R6": 200}, {"R2": actual}, kind=Kind.ANNUAL)) == label


@pytest.mark.parametrize(("actual", "label"), [(200, "A"), (121, "B"), (120, "C"), (119, "D")])
def test_indicators_of_the_final_year_against_the_year_before(actual: int, label: str) -> None:
    assert mark(judged(of_guide("重点指標の達成度"), 100, {"R6": 200}, {"R2": 120, "R3": actual}, "R3")) == label


@pytest.mark.parametrize(("actual", "label"), [(220, "A"), (160, "B")])
def test_own_rules_in_the_final_year(actual: int, label: str) -> None:
    assert mark(judged(of_guide("重点指標の達成度"), 100, {"R6": 200}, {"R5": 199, "R6": actual}, "R6")) == label


@pytest.mark.parametrize(("state", "label"), [("実施", "B"), ("未実施", "D")])
def test_done_or_not_done(state: str, label: str) -> None:
    one, done = Amount(Decimal(1), state), Amount(Decimal(1), "実施")
    found = judged(
        of_guide("重点指標の達成度"), None, {"R6": done}, {"R2": one}, kind=Kind.MILESTONE, states=("未実施", "実施")
    )
    assert mark(found) == label


@pytest.mark.parametrize(("year", "actual", "rate", "label"), [("R2", 120, "20.0", "A"), ("R3", 139, "39.0", "B")])
def test_progress_is_printed_as_it_is_and_judged_by_the_elapsed_share(
    year: str, actual: int, rate: str, label: str
) -> None:
    found = judged(of_guide("経過割合に見合う進捗"), 100, {"R6": 200}, {year: actual}, year)
    assert (found.rate, mark(found)) == (Decimal(rate), label)


def test_the_action_itself_is_the_indicator() -> None:
    assert mark(judged(of_guide("経過割合に見合う進捗"), None, {}, {}, kind=Kind.ACTION)) == "F"


@pytest.mark.parametrize(
    ("lower", "actual", "rate"),
    [
        (Lower.INVERSE, 103, "48.5"),
        (Lower.MIRROR, 60, "80.0"),
        (Lower.MIRROR, 110, "-20.0"),
        (Lower.PROGRESS, 103, "43.0"),
    ],
)
def test_ways_to_rate_what_should_fall(lower: Lower, actual: int, rate: str) -> None:
    by = with_method(ready("年度達成率"), lower=lower)
    assert judged(by, 143, {"R2": 50}, {"R2": actual}, direction=DOWN).rate == Decimal(rate)


def test_cap_and_floor() -> None:
    by = with_method(ready("年度達成率"), lower=Lower.MIRROR, cap=Decimal(100), floor=Decimal(0))
    assert judged(by, 1, {"R2": 100}, {"R2": 130}).rate == Decimal("100.0")
    assert judged(by, 143, {"R2": 50}, {"R2": 110}, direction=DOWN).rate == Decimal("0.0")


def test_the_expected_value_lies_between_baseline_and_final_target() -> None:
    by = with_method(ready("年度達成率"), target=Aim.EXPECTED)
    found = judged(by, 100, {"R6": 200}, {"R3": 126}, "R3")
    assert found.rate == Decimal("90.0")  # 126 of 100 + 100 * 40 %
    assert any(step.name == "期待値" and step.text.endswith("＝ 140") for step in found.steps)
    assert judged(by, None, {"R6": 200}, {"R3": 126}, "R3").reason == "基準値がなく、期待値が求められないため"


def test_the_final_target_stands_in_for_a_year_without_one() -> None:
    by = with_method(ready("年度達成率"), target=Aim.YEAR_OR_LAST)
    assert judged(by, 1, {"R2": Absence.NOT_SET, "R6": 50}, {"R2": 40}).rate == Decimal("80.0")
    assert judged(by, 1, {"R2": 40, "R6": 50}, {"R2": 40}).rate == Decimal("100.0")


def test_to_maintain_may_be_a_range() -> None:
    by = with_method(ready("年度達成率"), tolerance=Width(Decimal(5)))
    found = [judged(by, 1, {"R2": 100}, {"R2": actual}, direction=KEEP).met for actual in (94, 95, 105, 106)]
    assert found == [False, True, True, False]


def test_more_than_a_limit_is_not_the_limit() -> None:
    method = ready("年度達成率").method
    first = replace(method.bands[0], at_least=None, over=Decimal(100))
    by = with_method(ready("年度達成率"), bands=(first, *method.bands[1:]))
    assert [mark(judged(by, 1, {"R2": 100}, {"R2": actual})) for actual in (101, 100)] == ["A", "B＋"]


def test_a_preliminary_actual_is_judged_and_marked() -> None:
    found = judged(ready("年度達成率"), 1, {"R2": 100}, {"R2": Amount(Decimal(80), preliminary=True)})
    assert found.rate == Decimal("80.0")
    assert "R2 80人（速報値）" in [step.text for step in found.steps]


def test_no_case_at_all_is_better_than_one_where_lower_is_better() -> None:
    method = ready("年度達成率").method
    top = replace(method.bands[0], code="s", label="S", at_least=Decimal(120))
    by = with_method(ready("年度達成率"), bands=(top, *method.bands))
    found = [judged(by, 20, {"R2": 10}, {"R2": actual}, direction=DOWN) for actual in (1, 0, -5)]
    assert [mark(one) for one in found] == ["S", "S", "S"]
    assert [one.rate for one in found] == [Decimal("1000.0"), None, None]
    assert "率は限りなく大きい" in found[1].steps[-1].text


def test_what_turns_on_a_missing_figure_has_no_rating() -> None:
    compared = judged(ready("目標と基準値の比較"), None, {"R6": 150}, {"R2": 90})
    assert (mark(compared), compared.reason, compared.met) == ("－", "基準値がないため", False)
    assert mark(judged(ready("目標と基準値の比較"), None, {"R6": 150}, {"R2": 151})) == "S"
    walked = judged(ready("進捗率"), None, {"R2": 120}, {"R2": 119})
    assert (walked.rating, walked.reason) == (None, "基準値がないため")
    assert mark(judged(ready("進捗率"), None, {"R2": 120}, {"R2": 120})) == "順調"
    known = judged(of_guide("目標との比較"), None, {"R2": 10}, {"R2": 9})
    assert (mark(known), known.reason) == ("下回る", "基準値がないため")


def test_the_year_before_is_told_and_where_it_is_missing_nothing_is_judged() -> None:
    by = of_guide("重点指標の達成度")
    found = judged(by, 100, {"R6": 200}, {"R2": 120, "R3": 121}, "R3")
    assert "R2 120人" in [step.text for step in found.steps if step.name == "前年度の実績"]
    lacking = judged(by, 100, {"R6": 200}, {"R3": 121}, "R3")
    assert (lacking.rating, lacking.reason) == (None, "前年度の実績がないため")
    bare = assess(Shown(one := indicator(None, {"R6": 200}, {"R2": 120, "R3": 121}), one.name), "R3", by)
    assert mark(bare) == "B"


def test_without_a_plan_the_elapsed_share_is_not_taken_for_the_whole() -> None:
    one = indicator(0, {"R6": 100}, {"R2": 30})
    found = assess(Shown(one, one.name), "R2", of_guide("経過割合に見合う進捗"))
    assert (found.rating, found.reason) == (None, "計画期間が分からず、経過割合が求められないため")


def test_pace_and_share_say_the_same_of_progress() -> None:
    pace = of_guide("経過割合に見合う進捗")
    expected = replace(pace, method=replace(pace.method, target=Aim.EXPECTED, judged=Judged.RATE))
    assert pace.method.formula is Formula.PROGRESS
    for actual in (119, 120, 121):
        assert mark(judged(pace, 100, {"R6": 200}, {"R2": actual})) == mark(
            judged(expected, 100, {"R6": 200}, {"R2": actual})
        )


def test_points_of_a_share_are_a_margin_in_its_own_unit() -> None:
    below = replace(
        ready("年度達成率").method.bands[1], at_least=None, target=Relation.REACHED, tolerance=Width(Decimal(5), True)
    )
    rest = ready("年度達成率").method.bands[3]
    by = with_method(of_guide("目標の達成"), bands=(of_guide("目標の達成").method.bands[0], below, rest))
    found = [mark(judged(by, 1, {"R2": "62.5"}, {"R2": actual})) for actual in ("62.5", "57.5", "57.4")]
    assert found == ["達成", "B＋", "C"]
    falling = [mark(judged(by, 1, {"R2": 12}, {"R2": actual}, direction=DOWN)) for actual in (12, 17, "17.1")]
    assert falling == ["達成", "B＋", "C"]


@pytest.mark.parametrize(
    ("actual", "rate", "label"), [(398, "80", "B＋"), (397, "79", "B"), (498, "99", "B＋"), (502, "100", "A")]
)
def test_the_rate_may_be_judged_as_it_is_printed_but_met_stays_exact(actual: int, rate: str, label: str) -> None:
    by = with_method(ready("年度達成率"), judged=Judged.PRINTED, decimals=0)
    found = judged(by, 1, {"R2": 500}, {"R2": actual})
    assert (found.rate, mark(found)) == (Decimal(rate), label)


def test_goals_average_their_measures() -> None:
    made = [(goal, name, indicator(0, {"R2": 100}, {"R2": actual})) for goal, name, actual in GOALS]
    entries = tuple(TriedIndicator(Shown(one, one.name), name, goal) for goal, name, one in made)
    tried = rate(Trial("R2", YEARS, ready("評点"), entries))
    assert {name: f"{score.number:f}" for name, score in tried.scores} == {
        "1-1": "6.5",
        "1-2": "1.0",
        "2-1": "7.0",
        "目標1": "3.8",
        "目標2": "7.0",
        "全体": "4.8",
    }


GOALS = (("目標1", "1-1", 100), ("目標1", "1-1", 90), ("目標1", "1-2", 10), ("目標2", "2-1", 120))


def test_a_plan_may_begin_in_the_era_before() -> None:
    years = following("H30", "R5")
    assert years == ("H30", "R1", "R2", "R3", "R4", "R5")
    by = with_method(ready("年度達成率"), target=Aim.EXPECTED)
    one = replace(indicator(100, {"R5": 200}, {"R1": 110, "R2": 126}), baseline_year="H30")
    assert assess(Shown(one, one.name), "R2", by, years).rate == Decimal("90.0")


@pytest.mark.parametrize(("unit", "label"), [("％", "B＋"), ("件", "B")])
def test_units_may_have_a_method_of_their_own(unit: str, label: str) -> None:
    rated = ready("年度達成率").method
    near = replace(rated.bands[1], at_least=None, target=Relation.REACHED, tolerance=Width(Decimal(5), of_unit=True))
    method = replace(rated, formula=Formula.COMPARE, bands=(near, rated.bands[3]))
    by = replace(
        ready("年度達成率"), specials=(Special("割合の指標", (), (), ("%",), final_year=False, method=method),)
    )
    one = replace(indicator(1, {"R2": 10}, {"R2": "5"}), unit=unit)
    found = assess(Shown(one, one.name), "R2", by, YEARS)
    assert mark(found) == label


@pytest.mark.parametrize(("identifier", "label"), [("survey", "評価なし"), ("other", "A")])
def test_an_indicator_may_have_a_method_of_its_own(identifier: str, label: str) -> None:
    alone = Band("f", "評価なし", "F", Tone.PLAIN, met=False, at_least=None)
    method = Method(Formula.FIXED, (alone,))
    special = Special("調査の指標", (), (), (), final_year=False, method=method, indicators=("survey",))
    one = replace(indicator(1, {"R2": 10}, {"R2": 10}), id=identifier)
    found = assess(Shown(one, one.name), "R2", replace(ready("年度達成率"), specials=(special,)), YEARS)
    assert mark(found) == label
