"""What stands on each page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from docx.table import _Row
from msgspec.structs import replace

from pipeline.documents.template import load
from pipeline.model.documents import Book
from pipeline.model.results import Results
from pipeline.model.strategy import Amount, Direction, Goal, Kind, Shown
from pipeline.stages.book.bars import bar, room
from pipeline.stages.book.words import in_lines
from pipeline.wording.ratings import meaning
from tests.stages.book import samples
from tests.stages.book.samples import kpi
from tests.stages.compute import examples

MILESTONE = kpi(
    "route",
    kind=Kind.MILESTONE,
    name="航路の整備",
    states=("整備中", "完成"),
    targets={"R2": Amount(Decimal(2), "完成")},
    actuals={"R2": Amount(Decimal(2), "整備中")},
)


def of_goal(*indicators: Shown, **report: samples.Changes) -> Results:
    """Make a city of one goal with these goal-level targets."""
    goal = Goal("1", "まちづくり", indicators)
    return samples.computed(examples.evaluation((goal,), (examples.measure("1-1", kpi("a")),)), **report)


def shown(name: str, **changes: samples.Changes) -> Shown:
    made = kpi(name, **changes)
    return Shown(made, made.name)


def test_a_title_breaks_around_the_words_of_the_law() -> None:
    title = "第2期周南市まち・ひと・しごと創生総合戦略に関する評価"
    assert in_lines(title, 14).split("\n") == ["第2期周南市", "まち・ひと・しごと創生", "総合戦略に関する評価"]
    assert in_lines("第2期周南市まち・ひと・しごと創生総合戦略の評価・検証について", 26).split("\n") == [
        "第2期周南市まち・ひと・しごと創生総合戦略の",
        "評価・検証について",
    ]
    assert in_lines("地方創生の評価", 14) == "地方創生の評価"


def test_a_line_that_is_too_wide_breaks_after_a_clause_and_before_brackets() -> None:
    assert in_lines("第2期ひばり市総合計画に関する評価", 14).split("\n") == ["第2期ひばり市総合計画に", "関する評価"]
    headline = "10指標のうち、1指標が最終年度（R11）の目標を達成（判定なし2）"
    assert in_lines(headline, 26).split("\n") == [headline.removesuffix("（判定なし2）"), "（判定なし2）"]


def test_the_cover_counts_squares() -> None:
    made = samples.book(samples.city(goals=2, measures=1, actuals=(100, 90, None)))
    assert samples.rows(made, "cover", 0) == [["基本目標1", "1／3", "■□―"], ["基本目標2", "1／3", "■□―"]]
    assert "6の指標のうち、2指標が令和2年度の目標を達成しました" in samples.text(made, "cover")
    assert "横線は判定なし" in samples.text(made, "cover")


def test_the_explanation_lays_its_steps_three_to_a_row() -> None:
    made = samples.book(samples.city())
    heads = [row[0] for row in samples.rows(made, "explanation", 0)]
    assert heads == ["1\t段階1", "1番目に行うこと。", "4\t段階4", "4番目に行うこと。"]
    assert samples.rows(made, "explanation", 0)[2][1:] == ["", ""]


def test_the_legend_explains_years_and_ratings() -> None:
    text = samples.text(samples.book(samples.city()), "explanation")
    assert "R1は令和元年度（基準値）、R2は令和2年度（評価年度）、R6は令和6年度（目標年度）です。" in text
    assert "小数第2位を四捨五入しています。" in text
    assert "● 達成実績が評価年度の目標に届いたもの" in text
    assert "― 判定なし目標又は実績の数値がないもの" in text


def test_a_rating_is_explained_by_its_own_limits() -> None:
    method, bands = examples.scheme().method, (examples.MET, examples.NEARLY, examples.UNMET)
    assert [meaning(band, bands[:n], method, "達成率") for n, band in enumerate(bands)] == [
        "実績が評価年度の目標に届いたもの",
        "目標に届かず、達成率が80％以上のもの",
        "目標に届かず、達成率が80％未満のもの",
    ]
    graded = (replace(examples.NEARLY, at_least=Decimal(100)), examples.NEARLY, examples.UNMET)
    assert [meaning(band, graded[:n], method, "達成率") for n, band in enumerate(graded)] == [
        "達成率が100％以上のもの",
        "達成率が80％以上100％未満のもの",
        "達成率が80％未満のもの",
    ]
    assert meaning(examples.UNMET, (examples.MET,), method, "達成率") == "目標に届かないもの"


def test_the_goal_level_targets_are_a_row_each() -> None:
    made = samples.book(of_goal(shown("売上", note="市内の店", direction=Direction.DECREASE, actual=125)))
    head, goal, target, actual = samples.rows(made, "targets", 0)
    assert head[2:8] == ["R1\n基準値", "R2\n評価年度", "R3\n", "R4\n", "R5\n", "R6\n目標年度"]
    assert goal[0] == "1\tまちづくり"
    assert target == ["指標売上（件）\n市内の店\n小さいほど良い", "目標", "", *["100"] * 5, "80.0%", "▲\n概ね達成"]
    assert actual[1:8] == ["実績", "80", "125", "", "", "", ""]


def test_the_shaded_column_follows_the_evaluated_year() -> None:
    made = samples.book(samples.city(year="R4"))
    head, *_, target, actual = samples.opened(made, "targets").tables[0].rows
    for row in (head, target, actual):
        assert [bool(cell._tc.xpath("./w:tcPr/w:shd")) for cell in row.cells[2:8]] == [n == 3 for n in range(6)]


def test_charts_stand_three_to_a_row_with_their_text() -> None:
    made = samples.book(of_goal(*(shown(str(n)) for n in range(4))))
    captions, _, second, _ = samples.rows(made, "targets", 1)
    assert captions == ["図1　指標0", "図2　指標1", "図3　指標2"]
    assert second == ["図4　指標3", "", ""]
    assert samples.xml(samples.part(made, "targets")).count('descr="指標') == 4
    assert list(made.files) == [f"charts/goal-1/{n}.{kind}" for n in range(4) for kind in ("png", "svg")]


def test_a_city_without_goal_level_targets_has_no_charts() -> None:
    made = samples.book(of_goal())
    assert len(samples.opened(made, "targets").tables) == 1
    assert made.files == {}


def test_the_summary_counts_by_goal_and_in_all() -> None:
    made = samples.book(samples.city(goals=2, measures=2, actuals=(100, 90, None)))
    assert [row[:6] for row in samples.rows(made, "summary", 0)][1:] == [
        ["1\t安心して働けるまちづくりその1", "6", "2", "2", "2", "50%"],
        ["2\t安心して働けるまちづくりその2", "6", "2", "2", "2", "50%"],
        ["合計", "12", "4", "4", "4", "50%"],
    ]
    assert "12指標のうち、4指標が目標を達成" in samples.text(made, "summary")


def test_the_summary_lists_every_indicator() -> None:
    made = samples.book(samples.city(goals=1, measures=1, actuals=(120, 90, None)))
    rows = [row[:5] + row[6:] for row in samples.rows(made, "summary", 1)][1:]
    assert rows == [
        ["1-（1）", "指標110（件）", "100", "120", "120.0%", "● 達成"],
        ["1-（1）", "指標111（件）", "100", "90", "90.0%", "▲ 概ね達成"],
        ["1-（1）", "指標112（件）", "100", "", "―", "― 判定なし"],
    ]


def test_goals_are_set_apart_in_the_summary() -> None:
    made = samples.book(samples.city(goals=2, measures=2, actuals=(100,)))
    firsts = [bool(row.cells[0]._tc.xpath("./w:tcPr/w:tcBorders/w:top")) for row in _list(made)]
    assert firsts == [True, False, True, False]


def test_a_milestone_in_an_earlier_state_is_explained() -> None:
    given = samples.computed(examples.evaluation((Goal("1", "目標", ()),), (examples.measure("1-1", MILESTONE),)))
    made = samples.book(given)
    row = samples.rows(made, "summary", 1)[1]
    assert row[2:5] == ["2（完成）", "2（整備中）", "―"]
    assert "1-（1）航路の整備は、整備中（目標は完成）のため、未達成としました。" in samples.text(made, "summary")


def test_whole_numbers_leave_room_for_a_decimal() -> None:
    given = examples.measure("1-1", kpi("a"), kpi("b", decimals=1))
    made = samples.book(samples.computed(examples.evaluation((Goal("1", "目標", ()),), (given,))))
    styles = [row.cells[2].paragraphs[0].style for row in _list(made)]
    assert [style and style.style_id for style in styles] == ["SummaryNumberWhole", "SummaryNumber"]


def test_hidden_rates_are_printed_nowhere() -> None:
    made = samples.book(samples.city(actuals=(100, 90), show_rates=False))
    everything = "".join(samples.text(made, name) for name in samples.PARTS)
    assert not any(word in everything for word in ("達成率", "判定", "100.0%", "▲", "■", "●達"))
    assert "8指標の目標と実績" in samples.text(made, "summary")
    assert [len(row) for row in samples.rows(made, "summary", 0)] == [4] * 9


@pytest.mark.parametrize(
    ("share", "style", "right"),
    [("100", "RateBarMet", 0), ("250", "RateBarMet", 0), ("25", "RateBarMet", 750), ("0", "RateBar", None)],
)
def test_a_bar_is_cut_to_its_share(share: str, style: str, right: int | None) -> None:
    drawn = bar(Decimal(share), True, 1000)
    assert f'w:val="{style}"' in drawn
    assert (f'w:right="{right}"' in drawn) == (right is not None)


def test_a_bar_without_a_rate_is_empty() -> None:
    assert "RateBar" in bar(None, False, 1000)
    assert "w:ind" not in bar(None, False, 1000)
    assert 'w:val="RateBarUnmet"' in bar(Decimal(50), False, 1000)


def test_the_template_says_how_long_a_full_bar_is() -> None:
    template = load(samples.TEMPLATES, "summary.docx").value
    assert template is not None
    assert 500 < room(template, "指標.棒") < room(template, "目標.棒")
    assert room(template, "どこにもない名前") == 0


def _list(made: Book) -> list[_Row]:
    return list(samples.opened(made, "summary").tables[1].rows)[1:]


def test_indicators_without_judgement_for_one_reason_are_told_in_one_line() -> None:
    few, many = (samples.book(samples.city(goals=1, measures=1, actuals=(None,) * count)) for count in (3, 30))
    assert samples.text(few, "summary").count("判定なしとしました") == 3
    assert samples.text(many, "summary").count("判定なしとしました") == 1
    assert "30指標は、実績が未記入のため、判定なしとしました。" in samples.text(many, "summary")


def test_a_shorter_strategy_has_fewer_columns() -> None:
    results = of_goal(shown("a"))
    made = samples.book(samples.computed(replace(results.evaluation, years=("R1", "R2", "R3"))))
    head, _, row, *_ = samples.rows(made, "targets", 0)
    assert [cell.partition("\n")[0] for cell in head[2:]] == ["R1", "R2", "R3", "達成率", "判定"]
    assert len(row) == len(head)


def test_without_rates_their_columns_are_gone() -> None:
    head, *_ = samples.rows(samples.book(of_goal(shown("a"), show_rates=False)), "targets", 0)
    assert head[-1].startswith("R6")
