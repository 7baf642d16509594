"""The book as a whole: order, page numbers, contents, editions, and what is said when something is wrong."""

from __future__ import annotations

import datetime
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Severity
from pipeline.documents import pdf
from pipeline.model.form import BookPart, SheetForm, Side
from pipeline.model.report import Edition
from pipeline.model.results import Results
from pipeline.model.strategy import Amount, Goal, Shown
from pipeline.stages.book import assemble, begin, inspect
from pipeline.stages.compute import compute
from pipeline.stages.sheets import nodes
from pipeline.stages.validate import read
from tests.project import CITY, INPUTS
from tests.stages.book import samples
from tests.stages.book.samples import kpi
from tests.stages.compute import examples
from tests.stages.sheets.samples import one_by_one

ROOT = samples.TEMPLATES.parent
FINAL: samples.Changes = {"edition": Edition.FINAL, "date": datetime.date(2021, 8, 1)}


def test_the_parts_stand_in_the_order_of_the_strategy() -> None:
    made = samples.book(samples.city(goals=2, measures=2))
    names = [part.name for part in made.parts]
    assert names == ["cover", "contents", "explanation", "targets", "1-1", "1-2", "2-1", "2-2", "summary"]
    assert [part.first_page for part in made.parts] == [None, None, 1, 3, 4, 6, 8, 10, 12]
    assert [part.label for part in made.parts[:3]] == ["表紙", "目次", ""]
    assert not any(part.blank_before for part in made.parts)


def test_the_entries_give_every_part_goal_and_measure() -> None:
    made = samples.book(samples.city(goals=2, measures=2, explanation_title="評価について"))
    assert [(e.level, e.title, e.first, e.last, e.anchor) for e in made.entries] == [
        (0, "評価について", 1, 2, "explanation"),
        (0, "数値目標", 3, 3, "targets"),
        (0, "評価シート", 4, 11, "measure_1_1"),
        (1, "基本目標1　安心して働けるまちづくりその1", 4, 7, "measure_1_1"),
        (2, "（1）施策1-1", 4, 5, "measure_1_1"),
        (2, "（2）施策1-2", 6, 7, "measure_1_2"),
        (1, "基本目標2　安心して働けるまちづくりその2", 8, 11, "measure_2_1"),
        (2, "（1）施策2-1", 8, 9, "measure_2_1"),
        (2, "（2）施策2-2", 10, 11, "measure_2_2"),
        (0, "令和2年度の総括（指標一覧）", 12, 12, "summary"),
    ]


def test_the_contents_link_every_line() -> None:
    made = samples.book(samples.city(goals=1, measures=2))
    contents = samples.xml(samples.part(made, "contents"))
    assert all(f'w:anchor="{entry.anchor}"' in contents for entry in made.entries)
    assert contents.count("<w:hyperlink") == len(made.entries)
    for name in ("explanation", "targets", "summary"):
        assert f'w:name="{name}"' in samples.xml(samples.part(made, name))


def test_a_sheet_of_three_pages_moves_everything_after_it() -> None:
    made = samples.book(samples.city(goals=1, measures=3), {"1-1": 3})
    sheets = {part.name: part for part in made.parts}
    assert (sheets["1-2"].first_page, sheets["1-2"].blank_before) == (8, True)
    assert (sheets["1-3"].first_page, sheets["1-3"].blank_before) == (10, False)
    assert "（1）施策1-14～6" in samples.text(made, "contents").replace("\t", "")
    assert made.entries[-1].first == 12


def test_a_part_longer_than_planned_is_a_warning_and_moves_the_rest() -> None:
    checked = samples.bind(samples.city(goals=1, measures=1), {"explanation": 3})
    assert [(d.id, d.place.file) for d in checked.diagnostics] == [("book-part-too-long", "templates/explanation.docx")]
    assert checked.value is not None
    assert {e.title: e.first for e in checked.value.entries}["数値目標"] == 4
    assert {p.name: p.first_page for p in checked.value.parts}["1-1"] == 6


def test_page_one_stays_a_right_hand_page_when_the_contents_grow() -> None:
    made = samples.book(samples.city(), {"contents": 2})
    explanation = next(part for part in made.parts if part.name == "explanation")
    assert (explanation.first_page, explanation.blank_before) == (1, True)


@pytest.mark.parametrize("goals", [1, 7])
def test_any_number_of_goals(goals: int) -> None:
    made = samples.book(samples.city(goals=goals, measures=1))
    assert len([entry for entry in made.entries if entry.level == 1]) == goals
    assert len(samples.rows(made, "cover", 0)) == goals
    assert len([path for path in made.files if path.endswith(".svg")]) == goals


def test_a_goal_without_measures_has_no_line_in_the_contents() -> None:
    given = samples.city(goals=2, measures=1)
    made = samples.book(samples.with_measures(given, given.evaluation.measures[0]))
    assert [e.title[:5] for e in made.entries if e.level == 1] == ["基本目標1"]


def test_a_draft_says_so_everywhere() -> None:
    made = samples.book(samples.city())
    sentence = "この冊子は審議用の案です。確定した内容ではありません。"
    assert made.title.endswith("（案）")
    assert "（案）" in samples.text(made, "cover")
    assert "令和●年●月" in samples.text(made, "cover")
    assert all(sentence in samples.text(made, name) for name in ("cover", "contents"))
    for name in ("explanation", "targets", "summary"):
        assert sentence in samples.xml(samples.part(made, name), "word/footer2.xml")
        assert "DraftMark" in samples.xml(samples.part(made, name), "word/header2.xml")


def test_a_dated_draft_gives_its_date() -> None:
    made = samples.book(samples.city(date=datetime.date(2021, 8, 1)))
    assert "案（令和3年8月1日時点）です" in samples.text(made, "cover")
    assert "令和3年8月" in samples.text(made, "cover")


def test_the_final_edition_shows_no_trace_of_the_draft() -> None:
    made = samples.book(samples.city(**FINAL))
    whole = "".join(
        samples.xml(samples.part(made, name), file)
        for name in ("explanation", "targets", "summary")
        for file in ("word/document.xml", "word/header2.xml", "word/footer2.xml")
    )
    texts = whole + samples.xml(samples.part(made, "cover")) + samples.xml(samples.part(made, "contents")) + made.title
    assert not any(trace in texts for trace in ("（案）", "審議用", "DraftMark", "●年"))
    assert "令和3年8月" in samples.text(made, "cover")


def test_typed_texts_are_printed_as_typed() -> None:
    awkward = 'A<B> & {{ 題名 }} {% if %} {_{ "引用" \''
    given = samples.city(goals=1, measures=1)
    goal = replace(given.evaluation.goals[0], name=awkward)
    measure = replace(given.evaluation.measures[0], name=awkward)
    changed = replace(given.evaluation, goals=(goal,), measures=(measure,))
    made = samples.book(samples.computed(changed, book_title=awkward, targets_note=awkward, sdgs_note=awkward))
    for name in samples.PARTS:
        assert awkward in samples.text(made, name) or name == "cover"
    assert made.entries[-2].title == f"（1）{awkward}"


def test_the_same_city_gives_the_same_bytes() -> None:
    one, other = (samples.book(samples.city()) for _ in range(2))
    assert [p.docx for p in one.parts] == [p.docx for p in other.parts]


def test_a_misspelt_name_in_a_template_is_told_with_its_place(tmp_path: Path) -> None:
    templates = samples.edited(tmp_path, "summary", "{{ 指標.名称 }}", "{{ 指標.名前 }}")
    checked = samples.bind(samples.city(), templates=templates)
    assert checked.value is None
    assert {d.id for d in checked.diagnostics} == {"template-unknown-name"}
    assert checked.diagnostics[0].place.file == "templates/summary.docx"
    assert "「名前」" in checked.diagnostics[0].message


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    checked = samples.bind(samples.city(), templates=tmp_path)
    assert checked.value is None
    assert [d.id for d in checked.diagnostics] == ["template-missing"] * len(samples.PARTS)


def test_contents_that_lost_their_lines_are_an_error(tmp_path: Path) -> None:
    templates = samples.edited(tmp_path, "contents", "{{r 行.内容 }}", "")
    found = samples.bind(samples.city(), templates=templates).diagnostics
    assert [d.id for d in found] == ["book-contents-incomplete"]


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("cover", "{{ 冊子.題名の行 }}"),
        ("cover", "{{ 目標.四角 }}"),
        ("explanation", "{{ 目標.題名 }}"),
        ("targets", "{{ 目標.名称 }}"),
        ("targets", "{{ 指標.名称 }}"),
        ("targets", "{{r 段.左.グラフ }}"),
        ("summary", "{{ 指標.名称 }}"),
        ("summary", "{{ 目標.名称 }}"),
    ],
)
def test_a_field_that_a_template_does_not_have_is_not_asked_for(part: str, field: str, tmp_path: Path) -> None:
    checked = samples.bind(city_with_numbers(), templates=samples.edited(tmp_path, part, field, ""))
    assert (checked.diagnostics, checked.value is None) == ((), False)


@pytest.mark.parametrize(
    ("part", "field", "identifier"),
    [
        ("explanation", "{{ 段.中.本文 }}", "book-text-missing"),
    ],
)
def test_one_of_several_alike_taken_out_of_a_template_is_an_error(
    part: str, field: str, identifier: str, tmp_path: Path
) -> None:
    (found,) = samples.bind(city_with_numbers(), templates=samples.edited(tmp_path, part, field, "")).diagnostics
    assert (found.id, str(found.place)) == (identifier, f"templates/{part}.docx")


def test_a_cover_that_does_not_say_that_it_is_a_draft_is_a_warning(tmp_path: Path) -> None:
    folder = samples.edited(tmp_path, "cover", "{{ 案の字 }}", "")
    assert samples.bind(samples.city(), templates=folder).diagnostics == ()
    cover = folder / "cover.docx"
    with zipfile.ZipFile(cover) as source:
        found = {name: source.read(name) for name in source.namelist()}
    found["word/document.xml"] = found["word/document.xml"].decode().replace("{{ 案の文 }}", "").encode()
    with zipfile.ZipFile(cover, "w") as target:
        for name, data in found.items():
            target.writestr(name, data)
    (unmarked,) = samples.bind(samples.city(), templates=folder).diagnostics
    assert (unmarked.id, unmarked.severity) == ("book-draft-unmarked", Severity.WARNING)


def of_parts(given: Results, *parts: str, pages: int | None = 2) -> Results:
    """Give a city a form of these parts."""
    form = replace(given.evaluation.form, parts=tuple(map(BookPart, parts)), sheet=SheetForm(pages, Side.LEFT))
    return replace(given, evaluation=replace(given.evaluation, form=form))


@pytest.mark.parametrize(
    "parts",
    [
        ("sheets",),
        ("cover", "sheets"),
        ("summary", "contents", "sheets", "explanation"),
        ("cover", "summary"),
        ("contents", "sheets", "targets"),
    ],
)
def test_any_parts_in_any_order_make_a_book(parts: tuple[str, ...], tmp_path: Path) -> None:
    given = of_parts(samples.city(goals=1, measures=2), *parts)
    for part in parts:
        if part != "sheets":
            (tmp_path / f"{part}.docx").write_bytes((samples.TEMPLATES / f"{part}.docx").read_bytes())
    checked = samples.bind(given, templates=tmp_path)
    assert checked.value is not None, checked.diagnostics
    assert checked.diagnostics == ()
    names = [part.name for part in checked.value.parts]
    assert names == [n for part in parts for n in (["1-1", "1-2"] if part == "sheets" else [part])]
    titled = [entry.anchor for entry in checked.value.entries if entry.level == 0]
    named = {"sheets": "measure_1_1"}
    assert titled == [named.get(part, part) for part in parts if part not in ("cover", "contents")]


def test_free_sheets_stand_one_behind_the_other() -> None:
    made = samples.book(of_parts(samples.city(goals=1, measures=2), "cover", "sheets", pages=None), {"1-1": 1})
    assert [(part.name, part.first_page, part.blank_before) for part in made.parts] == [
        ("cover", None, False),
        ("1-1", 1, False),
        ("1-2", 2, False),
    ]


def test_a_draft_mark_typed_into_the_template_spoils_the_final_edition(tmp_path: Path) -> None:
    templates = samples.edited(tmp_path, "cover", "{{ 案の字 }}", "（案）")
    found = samples.bind(samples.city(**FINAL), templates=templates).diagnostics
    assert [d.id for d in found] == ["book-final-marked"]


def test_counts_that_do_not_add_up_are_an_error() -> None:
    given = samples.city(goals=1)
    wrong = replace(given, indicators=replace(given.indicators, met=given.indicators.met + 1))
    assert [d.id for d in samples.bind(wrong).diagnostics] == ["book-counts"]


def test_sheets_in_another_order_are_an_error() -> None:
    given = samples.city(goals=1, measures=2)
    found = samples.bind(given, given=samples.sheets(given)[::-1]).diagnostics
    assert "book-order" in {d.id for d in found}


def test_the_tables_have_as_many_years_as_the_plan() -> None:
    given = samples.city()
    longer = replace(given, evaluation=replace(given.evaluation, years=(*examples.YEARS, "R7", "R8")))
    checked = samples.bind(longer)
    assert (checked.diagnostics, checked.value is None) == ((), False)


def city_with_numbers() -> Results:
    """Make a city whose goal has another target every year."""
    indicator = kpi("a", targets={f"R{n}": Amount(Decimal(1000 * n)) for n in range(2, 7)})
    goal = Goal("1", "まちづくり", (Shown(indicator, "数値目標一"),))
    return samples.computed(examples.evaluation((goal,), (examples.measure("1-1", kpi("b")),)))


def test_this_years_book_takes_the_planned_pages() -> None:
    """The real inputs on the real templates, with the paper measured as it will be drawn."""

    def taken(data: bytes, name: str) -> int:
        return pdf.paginate(data, name).pages

    evaluation = read(INPUTS, CITY).value
    assert evaluation is not None
    results = compute(evaluation).value
    assert results is not None
    forms = inspect(results, lambda _: samples.TEMPLATES, nodes(results.evaluation)).value
    assert forms is not None
    checked = assemble(begin(forms, samples.draw, taken, one_by_one), samples.sheets(results))
    assert checked.diagnostics == ()
    assert checked.value is not None
    pages = {e.anchor: (e.first, e.last) for e in checked.value.entries if e.level != 1}
    assert (pages["explanation"], pages["targets"], pages["summary"]) == ((1, 2), (3, 3), (42, 42))
    assert "31指標のうち、17指標が目標を達成" in samples.text(checked.value, "summary")
