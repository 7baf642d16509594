"""Spelling, the rules of public documents, and references."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.diagnostics import Place
from pipeline.model.audit import TextKind
from pipeline.model.evaluation import Evaluation, Opinion
from pipeline.model.strategy import Goal, Sdg
from tests.project import BASE
from tests.stages.audit.cities import audited, city, found, spellings, written


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("取組を進める。取り組みを広げる。", ("取組", "取り組み", "取組み"), "「取組」1か所、「取り組み」1か所"),
        ("取組みを進める。取組みを広げる。", ("取組", "取り組み", "取組み"), None),
        ("取組を進め、今後も取り組みます。", ("取組", "取り組み"), None),
        ("ＷＥＢで開いた。webサイトに載せた。", ("WEB", "web", "ウェブ"), "「WEB」1か所、「web」1か所"),
        ("WEBで開いた。cobwebを除いた。", ("WEB", "web"), None),
    ],
)
def test_a_word_is_spelled_one_way(text: str, words: tuple[str, ...], told: str | None) -> None:
    given = city(results=text, rules=spellings(*words, allowed=("取り組みます",)))
    messages = found(given, "spelling-mixed")
    assert len(messages) == (told is not None)
    assert all(str(told) in message for message in messages)


def test_a_word_spelled_two_ways_is_one_warning_with_all_places() -> None:
    given = city(
        results="取り組みを始めた。\n取り組みを広げた。",
        evaluation="取組を続ける。取り組みとして残す。",
        rules=spellings("取組", "取り組み"),
    )
    (warned,) = (d for d in audited(given) if d.id == "spelling-mixed")
    assert warned.hint == "「取組」にそろえてください：「取り組み」は measures/1-1.yaml 10行、11行、20行"
    assert (warned.place.line, warned.place.column) == (10, 5)


@pytest.mark.parametrize(
    ("identifier", "text"),
    [
        ("comma-mixed", "相談に応じ，助言した。計画を定め、公表した。"),
        ("wave-dash-mixed", "4～5月に開き、6〜7月に閉じた。"),
        ("digits-mixed", "参加は12人、欠席は３４人であった。"),
        ("digits-mixed", "参加は2人、欠席は３人であった。"),
        ("letters-mixed", "PRを行い、ＳＮＳで伝えた。"),
        ("katakana-half", "ｾﾐﾅｰを開いた。"),
        ("punctuation-double", "相談に応じた。。助言した。"),
        ("punctuation-double", "相談に応じ、、助言した。"),
        ("sentence-open", "相談に応じた。また、事業者を訪ねて助言を行った"),
        ("bracket-unbalanced", "相談（窓口）に応じ、助言（電話も行った。"),
        ("bracket-unbalanced", "相談「窓口』に応じた。"),
        ("bracket-unbalanced", "相談窓口）に応じた。"),
        ("space-in-japanese", "相談に 応じた。"),
        ("reference-unknown", "施策1-9と連携した。"),
        ("reference-unknown", "施策（３－４）と連携した。"),
        ("reference-unknown", "基本目標6に掲げる。"),
        ("repeat-name-unknown", "ない取組（再掲）を進めた。"),
        ("page-reference", "詳しくは12ページを参照。"),
        ("page-reference", "（p.12参照）"),
        ("sdg-name-differs", "SDGsの⑩住み続けられるまちづくりをに当たる。"),
        ("sdg-name-differs", "SDGsの目標11「海の豊かさを守ろう」に当たる。"),
    ],
)
def test_a_slip_is_a_warning(identifier: str, text: str) -> None:
    assert len(found(city(results=text), identifier)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "　相談に応じ、助言した。\n　計画を定め、公表した。",
        "参加は１人、欠席は12人であった。",
        "・説明会の開催\n・相談窓口の設置",
        "次の3点に取り組んだ。●説明会を開く体制の整備と周知 ●相談窓口の設置に向けた調整",
        "1)説明会を開いた。\n2)窓口を設けた。\nア）相談に応じた。",
        "「しゅうなんブランド 極」を広めた。",
        "AI を使った。Wi-Fi 環境を整えた。",
        "【相談】\n窓口（平日）で応じた（電話を含む。）。",
        "施策1-1と連携し、基本目標1に掲げる。",
        "基本目標10件を定め、施策の1つとした。",
        "相談窓口の設置（再掲）を進めた。",
        "12ページの冊子を配った。",
        "SDGsの⑪住み続けられるまちづくりをと、14「海の豊かさを守ろう」に当たる。",
        "20の企業と、働きがいのある職場をつくった。",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert [d.id for d in audited(city(results=text)) if d.severity == "warning"] == []


def test_a_bracket_is_told_at_its_place() -> None:
    (warned,) = (
        d for d in audited(city(results="相談に応じた。\n助言（電話も行った。")) if d.id == "bracket-unbalanced"
    )
    assert (warned.place.line, warned.place.column) == (11, 7)


def with_front(text: str) -> Evaluation:
    return city(texts=(written(text, TextKind.FRONT, ""),))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5つの基本目標を定めた。", "総合戦略の基本目標は1です"),
        ("19の施策を評価する。", "総合戦略の施策は1です"),
        ("1つの基本目標と1の施策を評価する。", None),
    ],
)
def test_counts_of_the_front_pages(text: str, told: str | None) -> None:
    messages = found(with_front(text), "count-differs")
    assert len(messages) == (told is not None)
    assert all(str(told) in message for message in messages)


def test_the_list_of_sdgs_has_numbers_and_names_of_the_same() -> None:
    sdgs = (Sdg(10, "住み続けられるまちづくりを", ""), Sdg(12, "つくる責任 つかう責任", ""))
    given = replace(city(), sdgs=sdgs)
    assert found(given, "sdg-name-differs") == ["SDGsの10番の名称「住み続けられるまちづくりを」は、11番のものです"]


def test_goals_are_known_by_their_number() -> None:
    given = replace(city(results="基本目標6に掲げる。"), goals=(Goal("1", "目標", ()), Goal("6", "目標", ())))
    assert found(given, "reference-unknown") == []


@pytest.mark.parametrize(
    ("department", "closed", "count"), [("旧企画課", "", 1), ("旧企画課", "R3", 0), ("商工課", "", 0)]
)
def test_a_department_that_answers_has_a_measure(department: str, closed: str, count: int) -> None:
    given = city()
    [measure] = given.measures
    place = Place(f"{BASE}/opinions.yaml", 3, 3)
    opinion = Opinion("desk", 1, "1-1", "窓口が遠い。", "", department, "R3", closed, {}, place)
    measures = (replace(measure, department="商工課、観光課"),)
    given = replace(given, measures=measures, opinions=(opinion,))
    assert len(found(given, "answering-department-unknown")) == count
