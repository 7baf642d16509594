"""The board: how far all has come, what needs attention and what comes next, counted once for whoever shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.departments.deciding.freshness import Fresh, of_indicators
from pipeline.departments.deciding.standing import COLUMNS, Mail, Standing, opened, refused, standings
from pipeline.departments.deciding.visible import plain
from pipeline.departments.deciding.words import KINDS
from pipeline.diagnostics import squeezed
from pipeline.model.correspondence import Kind, Proposal, Verdict
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import Holder, Needed
from pipeline.storage.naming import OPINIONS
from pipeline.wording.era import a_day, in_text

_WORKBOOK = "記入表"


class Progress(Struct, frozen=True):
    """How many measures (or workbooks) there are, how many are out, and how many of these came back."""

    name: str
    all: int
    sent: int
    back: int


class Row(Struct, frozen=True):
    """A measure or a workbook; ``counts`` are its proposals by ``Board.columns``."""

    id: str
    title: str
    sent: str
    returned: str
    is_awaited: bool
    counts: tuple[int, ...]


class Group(Struct, frozen=True):
    """What the same departments are asked for; ``all`` counts what comes back by itself, ``back`` what did."""

    departments: str
    rows: tuple[Row, ...]
    all: int
    back: int


class Attention(Struct, frozen=True):
    """Something to be seen to first: what, how many, and which (measures, files, indicators); of files, why."""

    what: str
    count: int
    which: tuple[str, ...]
    why: tuple[str, ...] = ()


class Board(Struct, frozen=True):
    """All that is counted; nothing in its names hides.

    ``called`` is what the form calls a measure, ``columns`` what rows count (every kind of proposals, then those not
    decided), ``totals`` their sums; ``settled`` counts the actuals by their states, ``decided`` the proposals (empty
    where there are none), ``following`` says what is to be done next.
    """

    called: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    totals: tuple[int, ...]
    progress: tuple[Progress, ...]
    attentions: tuple[Attention, ...]
    figures: tuple[Fresh, ...]
    settled: str
    decided: str
    following: tuple[str, ...]


def board(mail: Mail, *, is_pending: bool = False, held: int = 0) -> Board:
    """Return the board; ``is_pending`` where something is accepted and not applied, ``held`` counts what cannot be."""
    rows, called = standings(mail), mail.evaluation.form.lowest.short
    figures = tuple(replace(one, name=plain(one.name)) for one in of_indicators(mail.evaluation))
    return Board(
        called,
        (*(KINDS[kind] for kind in COLUMNS), "未決"),
        tuple(_groups(rows)),
        tuple(map(sum, zip(*map(_counts, rows), strict=True))),
        tuple(_progress(rows, called)),
        tuple(one for one in _attentions(mail, rows, figures) if one.count),
        figures,
        _settled(figures, in_text(mail.evaluation.report.year)),
        _decided(mail),
        tuple(_following(mail, is_pending, held)),
    )


def _groups(rows: Sequence[Standing]) -> Iterator[Group]:
    """Put rows under their departments, in the order of the first of each."""
    groups: dict[tuple[str, ...], list[Standing]] = {}
    for row in rows:
        groups.setdefault(row.departments, []).append(row)
    for departments, own in groups.items():
        whole, back = sum(row.is_own for row in own), sum(row.is_back for row in own)
        yield Group("、".join(departments), tuple(map(_row, own)), whole, back)


def _row(row: Standing) -> Row:
    return Row(row.id, row.title, row.sent, row.returned, row.is_awaited, _counts(row))


def _counts(row: Standing) -> tuple[int, ...]:
    return *(row.counts.get(kind, 0) for kind in COLUMNS), row.open


def _progress(rows: Sequence[Standing], called: str) -> Iterator[Progress]:
    for is_workbook, name in ((False, called), (True, _WORKBOOK)):
        own = [row for row in rows if row.is_workbook is is_workbook and row.is_own]
        if own:
            yield Progress(name, len(own), sum(row.issue is not None for row in own), sum(row.is_back for row in own))


def _attentions(mail: Mail, rows: Sequence[Standing], figures: Sequence[Fresh]) -> Iterator[Attention]:
    """Yield what needs attention: files not read, conflicts and questions not decided, fields left blank or emptied,
    sheets not come back, figures of earlier years that are not settled.
    """
    unread = [p for p in refused(mail) if p.decision.verdict is Verdict.OPEN]
    yield Attention("読めなかったファイル", len(unread), *_shown(unread))
    for kind in (Kind.CONFLICT, Kind.QUESTION, Kind.MISSING):
        yield _counted(KINDS[kind], {row.id: opened(p for p in row.proposals if p.kind is kind) for row in rows})
    yield _counted("空欄", {row.id: row.blank for row in rows})
    yield _counted("消された記入", {row.id: row.emptied for row in rows})
    added = Counter(p.measure for p in mail.proposals if _is_to_write(p, mail.evaluation))
    yield _counted("入力データに書き足す行", added)
    yield _counted("未回収", {row.id: int(row.is_awaited) for row in rows})
    yield _counted("未送付", {row.id: int(row.is_unsent) for row in rows})
    late = tuple(f"{one.name}（{'、'.join(one.late)}）" for one in figures if one.late)
    yield Attention("前年度までの速報値・集計中", len(late), late)


def _shown(unread: Sequence[Proposal]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of files and why they were not read; nothing in these hides."""
    return tuple(plain(p.file) for p in unread), tuple(plain(p.why) for p in unread)


def _counted(what: str, counts: Mapping[str, int]) -> Attention:
    return Attention(what, sum(counts.values()), tuple(name for name, count in counts.items() if count))


def _is_to_write(proposal: Proposal, evaluation: Evaluation) -> bool:
    """Return whether an added row was acknowledged, and the inputs have no initiative of its name yet."""
    if not proposal.is_added_row or proposal.decision.verdict is not Verdict.ACCEPT:
        return False
    items = (item for m in evaluation.measures if m.id == proposal.measure for item in m.initiatives)
    return not any(squeezed(item.name) in squeezed(proposal.new) for item in items)


def _settled(figures: Sequence[Fresh], year: str) -> str:
    counts = Counter(one.state for one in figures)
    told = "、".join(f"{state} {count}" for state, count in counts.items())
    return f"{year}の実績  {told}（全{len(figures)}指標）"


def _decided(mail: Mail) -> str:
    count, left, unread = len(mail.proposals), opened(mail.proposals), len(refused(mail))
    among = f"（読めなかったファイル{unread}件を含む）" if unread else ""
    return f"修正の一覧の{count}件{among}のうち、決めたもの {count - left}件、まだのもの {left}件" if count else ""


def _following(mail: Mail, is_pending: bool, held: int) -> Iterator[str]:
    is_open = opened(mail.proposals) > 0
    if is_open:
        yield "make review で、一件ずつ決めます。"
    if is_pending:
        yield "make apply で、採用したものを入力データに書き込みます。"
    if not mail.issues:
        yield f"make send DEADLINE={a_day(mail.evaluation.report.evaluated_in)} で、各課に送るシートを作ります。"
    elif held:
        yield f"make review で、採用したのに書き込めない修正{held}件を決め直します。"
    elif not (is_open or is_pending):
        yield "シートが戻ったら、inputs の returned に置いて、make collect を実行します。"
    yield from _asked_of_nobody(mail.evaluation)


def _asked_of_nobody(evaluation: Evaluation) -> Iterator[str]:
    """Tell where answers are written that no department is asked for: to opinions about the whole or a goal."""
    fields = [field for field in evaluation.form.on(Holder.OPINION) if field.needed is not Needed.NEVER]
    own, year = [one for one in evaluation.opinions if not one.department and not one.closed], evaluation.report.year
    if count := sum(any(field.is_nothing(one.fields[field.id], year) for field in fields) for one in own):
        names = "".join(f"「{field.name}」" for field in fields)
        yield f"回答する課のない意見{count}件の{names}は、{evaluation.report.division}が {OPINIONS} に書きます。"
