"""What writers chose in the form's fields, counted in the summary; scores of the levels between goals and measures."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.evaluation import Opinion
from pipeline.model.form import BookPart, Field, FieldKind, Holder, Level
from pipeline.model.results import Results
from pipeline.model.strategy import Goal
from pipeline.stages.book import judged, recount
from tests.stages.book import samples
from tests.stages.book.test_judgements import results as with_judgements
from tests.stages.compute.schemes import written
from tests.stages.compute.test_judgements import RATE, ROLL_UP

GRADE = Field("grade", Holder.MEASURE, "所管課の評価", "所管課の評価", FieldKind.CHOICE, choices=("A", "B", "C"))
PACE = Field("pace", Holder.GROUP, "進み具合", "進み具合", FieldKind.CHOICE, choices=("順調", "遅れ"))
LEVELS = (Level("goal", "基本目標", "目標"), Level("policy", "基本施策", "基本施策"), Level("m", "施策", "施策", True))


def city(*grades: str) -> Results:
    """Make a city with a group for each measure, whose department chose a grade."""
    made = samples.city(1, len(grades), (100,)).evaluation
    form = replace(made.form, levels=LEVELS, fields=(*made.form.fields, GRADE, PACE))
    groups = tuple(
        Goal(f"g{n}", f"基本施策{n}", (), parent="1", fields={"pace": "順調"}) for n, _ in enumerate(grades, 1)
    )
    measures = tuple(
        replace(one, groups=(f"g{n}",), fields={**one.fields, "grade": grade})
        for n, (one, grade) in enumerate(zip(made.measures, grades, strict=True), 1)
    )
    report = replace(made.report, scheme=written(RATE + ROLL_UP.replace("  plus: [推移]\n", "")))
    return samples.computed(replace(made, form=form, groups=groups, measures=measures, report=report))


def test_the_summary_counts_what_was_chosen() -> None:
    made = samples.book(city("A", "B", "A", ""))
    assert samples.rows(made, "summary", -1) == [
        ["記入した欄", "内訳", "数"],
        ["所管課の評価（施策）", "A 2　B 1　未記入 1", "4"],
        ["進み具合（基本施策）", "順調 4", "4"],
    ]
    assert samples.text(samples.book(samples.city()), "summary").count("記入した欄") == 0


def test_the_levels_between_have_scores() -> None:
    found = city("A", "B")
    assert [group.scores[0].printed for group in found.groups] == ["7点（要改善）"] * 2
    told = samples.text(samples.book(found), "summary")
    assert "基本目標の評点は、1が14点（要改善）です。" in told
    assert "基本施策の評点は、g1が7点（要改善）、g2が7点（要改善）です。" in told


def test_a_scale_of_numbers_does_not_run_into_its_counts() -> None:
    scale = replace(GRADE, choices=("1", "2", "5"))
    made = city("1", "2", "1", "")
    form = replace(made.evaluation.form, fields=(*made.evaluation.form.fields[:-2], scale, PACE))
    told = samples.rows(samples.book(samples.computed(replace(made.evaluation, form=form))), "summary", -1)
    assert told[1] == ["所管課の評価（施策）", "「1」2　「2」1　「未記入」1", "4"]


def lost(results: Results, *lines: Sequence[str], listed: Sequence[Sequence[str]] = ()) -> list[str]:
    return [*recount.wrong(results, lines, [listed], {"総括.選択肢一覧.区分.数"})]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (("所管課の評価（施策）", "A 2　B 1　未記入 1", "4"), ("所管課の評価（施策）", "A 1　B 2　未記入 1", "4")),
        (("所管課の評価　A 2　B 1　未記入 1",), ("所管課の評価　A 2　B 1",)),
        (
            ("「所管課の評価」は、A 2、B 1、未記入 1です（全4施策）。",),
            ("「所管課の評価」は、A 2、B 1、未記入 1です（全3施策）。",),
        ),
    ],
)
def test_a_line_with_another_count_is_found(right: Sequence[str], wrong: Sequence[str]) -> None:
    results = city("A", "B", "A", "")
    assert lost(results, right) == []
    assert lost(results, wrong) == ["所管課の評価"]


def test_rows_below_the_name_are_held_to_it() -> None:
    results = city("A", "B", "A")
    assert lost(results, ("所管課の評価",), ("A", "2", "67%"), ("C", "0", "0%")) == []
    assert lost(results, ("所管課の評価",), ("A", "1", "33%")) == ["所管課の評価"]
    assert lost(results, ("所管課の評価",), ("A", "2", "67%"), ("ほかの段落",), ("A", "1")) == []


def test_what_is_listed_is_counted_again() -> None:
    listed = [["施策", "所管課の評価"], ["1-1", "A"], ["1-2", "C"]]
    assert lost(city("A", "B"), ("所管課の評価（施策）", "A 1　B 1", "2"), listed=listed) == ["所管課の評価"]


def test_counts_of_a_further_judgement_are_held_to_its_column() -> None:
    listed = [["指標", "推移"], ["指標0", "↗上昇"], ["指標1", "↘下降"]]
    told = ("「推移」は、上昇 1、下降 1です（全2指標）。",)
    assert lost(with_judgements(), told, listed=listed) == []
    assert lost(with_judgements(), ("「推移」は、上昇 2です（全2指標）。",), listed=listed) == ["推移"]
    assert lost(with_judgements(), told, listed=[listed[0], listed[1], ["指標1", "↗上昇"]]) == ["推移"]


def test_a_wrong_count_stops_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.stages.book.summary.breakdown", lambda *_: "上昇 2")
    found = samples.bind(with_judgements()).diagnostics
    assert [(one.id, one.place.file) for one in found] == [("book-counts", "templates/summary.docx")]


def test_a_measure_without_number_is_named_beside_its_indicators() -> None:
    made = samples.city(1, 2, (100,)).evaluation
    first, second = made.measures
    measures = (first, replace(second, own_number="", name="図書館の利用の促進"))
    listed = samples.rows(samples.book(samples.computed(replace(made, measures=measures))), "summary", 1)
    assert [row[1].partition("／")[0] for row in listed[1:]] == ["指標110（件）", "図書館の利用の促進"]


def test_choices_about_opinions_are_counted_in_their_list_where_the_book_has_it() -> None:
    made = city("A").evaluation
    kind = Field("handling", Holder.OPINION, "対応区分", "対応区分", FieldKind.CHOICE, choices=("反映した",))
    given = Opinion("bus", 1, "1-1", "増やす。", "", "", "R3", "", {"handling": "反映した"}, Place("opinions.yaml"))
    for parts, told in ((made.form.parts, ["対応区分"]), ((*made.form.parts, BookPart.OPINIONS), [])):
        form = replace(made.form, fields=(kind,), parts=parts)
        found = judged.choices(replace(made, form=form, opinions=(given,)), 0)
        assert [one["名称"] for one in found] == told
