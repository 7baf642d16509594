"""The cover letter of a department: one page that says what is sent, until when, and what is to be filled in."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from pipeline.departments.issued.asking import Asking, answering
from pipeline.departments.issued.fields import FIXED, field_at
from pipeline.departments.sending.folders import folders_of, is_named
from pipeline.diagnostics import Checked, Diagnostic, Place, has_errors, warning
from pipeline.documents.template import Properties, Template, check, load, pack, render
from pipeline.model.correspondence import Issue, LetterKind, Value
from pipeline.model.evaluation import Evaluation, Measure
from pipeline.model.form import Form
from pipeline.stages.sheets.pens import opinion_at
from pipeline.storage.naming import OPINIONS
from pipeline.wording import plan
from pipeline.wording.era import a_day, date_in_text, fiscal_year, gregorian, in_text
from pipeline.wording.fields import TO_FILL_IN

FILE = "送付状.docx"
_NO_NAME = f"{TO_FILL_IN}（所管課名）"
_NO_DEADLINE = f"{TO_FILL_IN}（提出期限）"
_NOTHING = "ありません（内容を確認してください）"
_SHEET = "評価シート"
_MOST = 4

CountPages = Callable[[bytes, str], int]


class LetterContext(Struct, frozen=True):
    """What letters are made with: ``holding`` gives the folder of a template, ``kind`` is what they are for,
    ``deadline`` (None: still open), ``pages`` counts those of a docx, ``now`` the inputs' values at the places
    that sheets print: what has come in since a sheet was made is not asked for.
    """

    evaluation: Evaluation
    holding: Callable[[str], Path]
    deadline: datetime.date | None
    pages: CountPages
    now: Mapping[str, Value]
    kind: LetterKind = LetterKind.REQUEST

    @property
    def place(self) -> Place:
        """Where findings about the letter are."""
        file = f"{self.kind}.docx"
        return Place(f"{self.holding(file).name}/{file}")


def letters(ready: Sequence[Issue], given: LetterContext) -> Checked[Mapping[str, bytes]]:
    """Return the cover letter of every folder, each of the kind that fits what lies there."""
    folders: dict[str, list[Issue]] = {}
    for issue in ready:
        for folder in folders_of(issue):
            folders.setdefault(folder, []).append(issue)
    contexts = {folder: _context(folder, issues, given) for folder, issues in folders.items()}
    kinds = {folder: _kind(issues, given) for folder, issues in folders.items()}
    loaded = {kind: _template(kind, [contexts[f] for f in folders if kinds[f] is kind], given) for kind in LetterKind}
    found = tuple(d for checked in loaded.values() for d in checked.diagnostics)
    templates = {kind: checked.value for kind, checked in loaded.items() if checked.value}
    if has_errors(found):
        return Checked(None, found)
    made = {
        folder: _letter(templates[kinds[folder]], context, given.evaluation) for folder, context in contexts.items()
    }
    long = (d for folder, docx in made.items() for d in _too_long(folder, docx, given, templates[kinds[folder]]))
    return Checked(made, (*found, *_days(given), *long))


def _kind(issues: Sequence[Issue], given: LetterContext) -> LetterKind:
    """Return what the letter of a folder is for: where answers to opinions of this year, or to nothing else, are asked
    for, a request asks for these; one that goes on from a year before is asked about with the year's figures and texts.
    """
    year = given.evaluation.report.evaluated_in
    new = tuple(f"{opinion_at(one)}." for one in given.evaluation.opinions if one.raised == year)
    asked = [path for issue in issues for path, _ in _asking(issue, given)]
    asks_nothing_else = bool(asked) and all(path.startswith(OPINIONS) for path in asked)
    asks_answers = asks_nothing_else or any(path.startswith(new) for path in asked)
    return LetterKind.ANSWERS if asks_answers and given.kind is LetterKind.REQUEST else given.kind


def _template(kind: LetterKind, contexts: Sequence[Mapping[str, object]], given: LetterContext) -> Checked[Template]:
    """Return the template of a kind, checked; nothing where no letter is of that kind."""
    if not contexts:
        return Checked(None)
    loaded = load(given.holding(f"{kind}.docx"), f"{kind}.docx")
    if loaded.value is None:
        return loaded
    return Checked(loaded.value, (*loaded.diagnostics, *check(loaded.value, tuple(contexts))))


def _letter(template: Template, context: Mapping[str, object], evaluation: Evaluation) -> bytes:
    report = evaluation.report
    properties = Properties(f"送付状（{context['宛先']}）", report.author, report.date)
    return pack(render(template, context), properties)


def _context(folder: str, issues: Sequence[Issue], given: LetterContext) -> dict[str, object]:
    report = given.evaluation.report
    department = issues[0].departments[folders_of(issues[0]).index(folder)]
    rows = [_row(issue, department, given) for issue in issues]
    workbooks = [_workbook(issue) for issue in issues if issue.identity.is_workbook]
    sheets = len(rows) - len(workbooks)
    return {
        "宛先": f"{department}　御中" if is_named(department) else f"{_NO_NAME}　御中",
        "文書番号": report.letters.number,
        "日付": date_in_text(report.letters.date, report.evaluated_in) if report.letters.date else "",
        "連絡先": report.letters.contact,
        "差出人": f"{report.city}{report.division}",
        "提出先": report.division,
        "題名": report.title,
        "シートの階層": given.evaluation.form.lowest.name,
        "対象年度": in_text(report.year),
        "期限": date_in_text(given.deadline, report.evaluated_in) if given.deadline else _NO_DEADLINE,
        "シートの数": len(rows),
        "評価シートの数": sheets,
        "記入表の数": len(workbooks),
        "送るもの": "と".join((*([_SHEET] if sheets else []), *workbooks)),
        "シート一覧": rows,
    }


def _row(issue: Issue, department: str, given: LetterContext) -> Mapping[str, str]:
    measures = {measure.id: measure for measure in given.evaluation.measures}
    asked = list(dict.fromkeys(_asked(issue, given)))
    more = f"ほか{len(asked) - _MOST}欄" if len(asked) > _MOST else ""
    told = "、".join([*asked[:_MOST], *([more] if more else [])]) or _NOTHING
    measure = measures.get(issue.identity.measure)
    return {
        "整理番号": str(issue.identity),
        "番号": plan.spoken(measure) if measure else "",
        "名称": measure.name if measure else _workbook(issue),
        "記入する欄": told if department == issue.department else f"{told}。{issue.department}が取りまとめて提出します",
    }


def _workbook(issue: Issue) -> str:
    """Return what a workbook is called, as in the name of its file."""
    return f"{issue.file.partition('_')[0]}（Excel）"


def _asked(issue: Issue, given: LetterContext) -> Iterator[str]:
    """Yield the names of the fields that ask to be filled in, and stand as they were sent."""
    measures = {measure.id: measure for measure in given.evaluation.measures}
    for path, owner in _asking(issue, given):
        if path.startswith(OPINIONS):
            yield _answer(path, given.evaluation)
        elif owner in measures:
            yield _named(path, measures[owner], given.evaluation.form)


def _asking(issue: Issue, given: LetterContext) -> Iterator[tuple[str, str]]:
    """Yield the places that ask to be filled in, and stand as they were sent, each with the measure that it is of."""
    asking = Asking(given.evaluation.form, given.evaluation.report.year)
    for spot in issue.spots:
        for mark in spot.marks:
            if given.now.get(mark.path) != issue.values[mark.path]:
                continue
            owner = answering(issue, mark.path)
            if asking.asks(mark.path, mark.shown, owner):
                yield mark.path, owner


def _answer(path: str, evaluation: Evaluation) -> str:
    (_, node, identifier, *_), field = path.partition("#")[2].split("."), field_at(evaluation.form, path)
    number = next((one.number for one in evaluation.opinions if (one.node, one.id) == (node, identifier)), 0)
    return f"意見{number}の{field.name if field else ''}"


def _named(path: str, measure: Measure, form: Form) -> str:
    keys, field = path.partition("#")[2].split("."), field_at(form, path)
    names = {shown.indicator.id: shown.name for shown in measure.indicators}
    if keys[0] == "actuals":
        return f"「{names.get(keys[1], keys[1])}」の実績"
    if keys[0] == "indicators" and field:
        return f"「{names.get(keys[1], keys[1])}」の{field.name}"
    if keys[0] == "initiatives":
        number = next((n for n, item in enumerate(measure.initiatives, 1) if item.id == keys[1]), 0)
        return f"{form.rows.short}{number}の{field.name if field else FIXED.get(keys[2], keys[2])}"
    return field.name if field else keys[-1]


def _days(given: LetterContext) -> Iterator[Diagnostic]:
    """Ask for the deadline, and about days outside the fiscal year in which the evaluation takes place."""
    report = given.evaluation.report
    year, dated, due = report.evaluated_in, report.letters.date, given.deadline
    if due is None:
        message = "送付状の提出期限が【要記入】のままです。"
        hint = (
            f"送付状の【要記入】をWordで書き直すか、make send DEADLINE={a_day(year)} のように指定して実行してください"
            "（まだ戻っていないシート全部について、シートはそのままで、送付状だけを作り直します）。"
        )
        yield warning("send-no-deadline", given.place, message, hint)
    elif fiscal_year(due) != gregorian(year):
        yield _odd("send-odd-deadline", "提出期限", due, given, "期限の年")
    if dated and fiscal_year(dated) != gregorian(year):
        yield _odd("send-odd-date", "日付", dated, given, "report.yaml の letters にある文書番号と日付")


def _odd(identifier: str, called: str, day: datetime.date, given: LetterContext, what: str) -> Diagnostic:
    year = given.evaluation.report.evaluated_in
    message = f"送付状の{called}（{date_in_text(day, year)}）が、評価を行う{in_text(year)}の中にありません。"
    hint = f"{what}を確かめてください。直すときは、もう一度 make send を実行すると、送付状だけを作り直します。"
    return warning(identifier, given.place, message, hint)


def _too_long(folder: str, docx: bytes, given: LetterContext, template: Template) -> Iterator[Diagnostic]:
    if given.pages(docx, f"{folder}/{FILE}") > 1:
        message = f"「{folder}」の送付状が1ページに収まりません。"
        yield warning(
            "letter-too-long", template.place, message, "様式の文章を短くするか、このまま2ページで送ってください。"
        )
