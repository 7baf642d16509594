"""Which issue a returned file is: three witnesses, which must not contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.departments.issued import identity
from pipeline.departments.issued.records import latest
from pipeline.departments.returned.guards import Refused
from pipeline.departments.returned.tree import Reading
from pipeline.documents.xlsx import Workbook
from pipeline.model.correspondence import Identity, Issue
from pipeline.wording.era import in_text

Witnesses = Mapping[str, Sequence[Identity]]
"""What each witness tells, each sheet once; a witness that tells nothing is none."""


class Outdated(Refused):
    """A returned file that answers ``issue``, which is not the last one."""

    def __init__(self, why: str, issue: Issue) -> None:
        super().__init__(why)
        self.issue = issue


def identify(found: Witnesses, issues: Sequence[Issue], year: str) -> Issue:
    """Return the issue that a file answers; raises ``Refused`` where that is not sure, or it is not the last one."""
    _check_alone(found)
    if not any(found.values()):
        raise Refused(
            "整理番号が見つからないため、どのシートか分かりません。送付したシートに記入してもらってください。"
        )
    (answered,) = {one for numbers in found.values() for one in numbers}
    if answered.year != year:
        why = f"{in_text(answered.year)}に送ったシート（{answered}）です。"
        raise Refused(f"{why}{in_text(year)}に送ったシートに記入してもらってください。")
    issue = next((issue for issue in issues if issue.identity == answered), None)
    if issue is None:
        raise Refused(f"整理番号{answered}の送付の記録がありません。")
    last = latest(issues)[answered.measure]
    if last.identity != answered:
        why = f"古いシート（{answered}）への回答です。新しいシート（{last.identity}）に記入してもらってください。"
        raise Outdated(why, issue)
    return issue


def _check_alone(found: Witnesses) -> None:
    """Refuse a file that holds several sheets, or whose witnesses tell of different ones."""
    if len({one for numbers in found.values() for one in numbers}) < 2:
        return
    several = next((numbers for numbers in found.values() if len(numbers) > 1), None)
    if several:
        raise Refused(
            f"{len(several)}枚のシート（{'、'.join(map(str, several))}）が、一つのファイルに入っています。"
            "シートごとに別のファイルに分けて、出し直してもらってください。"
        )
    conflict = "、".join(f"{name}では{number}" for name, (number,) in found.items())
    raise Refused(f"整理番号が食い違っています（{conflict}）。別の施策のシートに貼り付けていないか確かめてください。")


def of_sheet(reading: Reading) -> Witnesses:
    """Return what the property, the bookmarks and the header of a sheet tell."""
    texts = [text for texts in reading.furniture.values() for text in texts]
    return _heard(
        {
            "文書のプロパティ": _property(reading.properties),
            "しおり": identity.from_bookmarks(sorted(reading.bookmarks)),
            "ヘッダー": tuple(one for text in texts for one in identity.printed_in(text)),
        }
    )


def of_workbook(book: Workbook) -> Witnesses:
    """Return what the property of a workbook tells, the line above its tables, and the cell that is named for it."""
    texts = (cell.text for sheet in book.sheets for cell in sheet.cells.values())
    printed = tuple(one for text in texts if text.startswith(identity.PROPERTY) for one in _number(text))
    named = _number(book.named(identity.PROPERTY))
    return _heard({"ブックのプロパティ": _property(book.properties), "シート": printed, "セルの名前": named})


def _property(properties: Mapping[str, str]) -> tuple[Identity, ...]:
    return _number(properties.get(identity.PROPERTY, ""))


def _number(text: str) -> tuple[Identity, ...]:
    found = identity.parse(text.removeprefix(identity.PROPERTY))
    return (found,) if found else ()


def _heard(witnesses: Witnesses) -> Witnesses:
    return {name: tuple(dict.fromkeys(found)) for name, found in witnesses.items() if found}
