"""What texts refer to: measures and goals by number, repeated names, pages, SDGs by number and name, and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.audit import TextKind
from pipeline.model.evaluation import Evaluation
from pipeline.stages.audit.finding import Finding, Material, place_at, warn
from pipeline.stages.audit.numerals import narrow
from pipeline.wording import plan
from pipeline.wording.numbers import CIRCLED

_DASH = "[-‐‑–—−ーｰ]"
_ONE, _END = r"[1-9]\d?", r"(?![\d%.つ件個年])"
_NUMBERS = (f"{_ONE}{_END}", f"{_ONE}(?:{_DASH}{_ONE})+{_END}")
"""The forms of numbers by which texts name nodes of the plan: 3, and 1-2 or 1-1-1."""
_REPEATED = re.compile(r"([^、。・●\n()「」]{2,40})\(再掲\)")
_PAGE = re.compile(r"(?:[Pp]\.?\s?\d{1,3}|\d{1,3}\s?(?:ページ|頁))[^。、\n]{0,4}(?:参照|に掲載|のとおり|をご覧)")
_SDG_KEYS = (
    "貧困をなく",
    "飢餓を",
    "健康と福祉",
    "質の高い教育",
    "ジェンダー平等",
    "水とトイレ",
    "エネルギーをみんな",
    "働きがい",
    "技術革新の基盤",
    "国の不平等",
    "住み続けられる",
    "つくる責任",
    "気候変動に",
    "海の豊かさ",
    "陸の豊かさ",
    "平和と公正",
    "パートナーシップで",
)
"""What names each of the 17 goals beyond doubt, in their order (外務省 JAPAN SDGs Action Platform)."""
_SDG = re.compile(
    rf"(?:([①-⑳])|(?<![\d-])(\d{{1,2}}))[\s.:、「『(番目標の]{{0,4}}(?:全ての人に|すべての人に|人や)?({'|'.join(_SDG_KEYS)})"
)


def measures_that_are_named_exist(material: Material) -> Iterator[Finding]:
    """「施策1-9」 and 「基本目標6」 are in the strategy."""
    named = [*_numbered(material.evaluation)]
    for text in material.evaluation.texts:
        written = narrow(text.value)
        for pattern, known in named:
            for match in pattern.finditer(written):
                if re.sub(_DASH, "-", match[1]) not in known:
                    message = f"「{match[0]}」は、総合戦略にありません"
                    hint = "番号を確かめてください。番号が変わったときは、文章も直します"
                    yield warn("reference-unknown", [place_at(text, match.start())], message, hint)


def departments_that_answer_exist(material: Material) -> Iterator[Finding]:
    """Who is to answer an opinion has a measure, or is the planning division: a sheet goes to no other name unasked."""
    evaluation = material.evaluation
    named = {evaluation.report.division, *(one for measure in evaluation.measures for one in measure.departments)}
    known = named.union(*(name.split("、") for name in named))
    for opinion in evaluation.opinions:
        if opinion.department and opinion.department not in known and not opinion.closed:
            called = f"意見「{opinion.id}」に回答する「{opinion.department}」"
            message = f"{called}は、どの{evaluation.form.lowest.short}の所管課でもありません"
            hint = "今の課の名前を確かめてください。ほかの課で正しければ、理由を audit.yaml の silence に書きます"
            yield warn("answering-department-unknown", [opinion.place], message, hint)


def _numbered(evaluation: Evaluation) -> Iterator[tuple[re.Pattern[str], frozenset[str]]]:
    """Yield how texts name nodes of a level by number, with the numbers there are.

    Nothing is told of a level whose numbers are of another form (Ⅰ, A2, none): another number may mean something else.
    """
    form = evaluation.form
    measures = [plan.spoken(measure) for measure in evaluation.measures]
    goals = [goal.number for goal in evaluation.goals]
    for name, numbers in ((form.lowest.short, measures), (form.top.name if form.upper else "", goals)):
        for written in _NUMBERS if name else ():
            if all(re.fullmatch(written, number) for number in numbers):
                yield re.compile(rf"{re.escape(name)}\s?\(?({written})"), frozenset(numbers)


def repeated_names_exist(material: Material) -> Iterator[Finding]:
    """What a text calls 再掲 is an initiative or an activity of this report."""
    known = {name for names in material.names.values() for name in names}
    called = material.evaluation.form.rows.short
    for text in material.evaluation.texts:
        for match in _REPEATED.finditer(narrow(text.value)):
            if not any(match[1].endswith(name) for name in known):
                message = f"「{match[1]}」は（再掲）とありますが、その名称の{called}がありません"
                hint = f"名称が元の{called}と同じかを確かめるか、文字で書かずに repeat で元の{called}を指してください"
                yield warn("repeat-name-unknown", [place_at(text, match.start())], message, hint)


def pages_are_not_referred_to(material: Material) -> Iterator[Finding]:
    """Pages change when a sheet grows; measures keep their numbers."""
    for text in material.evaluation.texts:
        for match in _PAGE.finditer(narrow(text.value)):
            message = f"「{match[0]}」とページを指していますが、ページは冊子を作るたびに変わることがあります"
            hint = "この冊子のページなら、施策の番号や名称で指してください"
            yield warn("page-reference", [place_at(text, match.start())], message, hint)


def sdgs_have_their_number(material: Material) -> Iterator[Finding]:
    """Where an SDG is given with number and name, both are of the same one."""
    for sdg in material.evaluation.sdgs:
        named = _sdg_named(narrow(sdg.name))
        if named and named != sdg.number:
            place = material.evaluation.spots.get(("sdgs", str(sdg.number)), material.evaluation.report.place)
            message = f"SDGsの{sdg.number}番の名称「{sdg.name}」は、{named}番のものです"
            yield warn("sdg-name-differs", [place], message, "番号と名称の組合せを確かめてください")
    for text in material.evaluation.texts:
        for match in _SDG.finditer(narrow(text.value)):
            number, named = CIRCLED.index(match[1]) + 1 if match[1] else int(match[2]), _sdg_named(match[3])
            if number != named:
                message = f"SDGsの「{match[0]}」は、番号が違います（この名称は{named}番です）"
                hint = "番号と名称の組合せを確かめてください"
                yield warn("sdg-name-differs", [place_at(text, match.start())], message, hint)


def counts_are_those_of_the_strategy(material: Material) -> Iterator[Finding]:
    """「19の施策」 in the front pages is how many there are."""
    evaluation, form = material.evaluation, material.evaluation.form
    counts = {name: len(evaluation.measures) for name in (form.lowest.name, form.lowest.short)}
    counts |= {form.top.name: len(evaluation.goals)} if form.upper else {}
    pattern = re.compile(rf"(?<![\d,.第])(\d{{1,3}})(?:つ|個)?の({'|'.join(map(re.escape, counts))})")
    for text in material.texts(TextKind.FRONT):
        for match in pattern.finditer(narrow(text.value)):
            there = counts[match[2]]
            if int(match[1]) != there:
                message = f"「{match[0]}」とありますが、総合戦略の{match[2]}は{there}です"
                hint = "前付けの文か、strategy.yaml のどちらが正しいかを確かめてください"
                yield warn("count-differs", [place_at(text, match.start())], message, hint)


def _sdg_named(name: str) -> int | None:
    return next((n for n, key in enumerate(_SDG_KEYS, 1) if key in name), None)
