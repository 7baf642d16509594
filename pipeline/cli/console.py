"""What a run looks like: progress, diagnostics and the closing summary, as text or JSON.

On a terminal with colours and a moving bar (``screen``), elsewhere in plain lines. ``cli`` calls.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

from pipeline.cli.excerpts import WIDTH, Excerpt, Excerpts
from pipeline.cli.streams import Line, silence, write
from pipeline.diagnostics import WORDS, Diagnostic, Severity, to_json, to_lines
from pipeline.model.audit import Audited
from pipeline.model.report import Edition
from pipeline.model.results import Count, Results
from pipeline.wording.era import in_text
from pipeline.wording.tally import breakdown
from pipeline.workflows import published
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action, Made, Run
from pipeline.workflows.run_log import TaskRecord

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold blue"}
_ALIKE = 10
"""The findings of one sort shown for a file; who has a hundred of them needs no more to see what is wrong."""

_MARGIN = 14
"""The cells beside a quoted line: its number, the rule, and the signs of cutting."""

PLAIN_FORMS: Mapping[str, Callable[[Iterable[Diagnostic]], str]] = {"json": to_json, "line": to_lines}
"""The forms of diagnostics for programs: JSON, and lines that editors understand."""


class Reporter(Protocol):
    """Shows a run while it works, and what came of it."""

    def __enter__(self) -> Self:
        """Begin to show progress."""

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing progress."""

    def stage(self, title: str, total: int | None = None) -> None:
        """A stage begins."""

    def step(self, label: str) -> None:
        """A step of the stage begins."""

    def finish(self, action: Action, project: Project, run: Run) -> None:
        """Tell what came of the run."""


class PlainReporter:
    """Prints the diagnostics in a form for programs, and nothing else."""

    def __init__(self, stream: TextIO, form: Callable[[Iterable[Diagnostic]], str]) -> None:
        self._stream, self._form = stream, form

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def stage(self, title: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self, label: str) -> None:
        """Say nothing."""

    def finish(self, action: Action, project: Project, run: Run) -> None:
        """Print the diagnostics."""
        try:
            self._stream.write(self._form(run.diagnostics))
            self._stream.flush()
        except BrokenPipeError:
            silence(self._stream)


class TextReporter:
    """Progress, diagnostics and the closing summary in Japanese, in plain lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def stage(self, title: str, total: int | None = None) -> None:
        """Name the stage that begins."""
        self.say([f"{title}…"])

    def step(self, label: str) -> None:
        """Say nothing: lines keep to stages."""

    def finish(self, action: Action, project: Project, run: Run) -> None:
        """Print the diagnostics grouped by file, then the summary."""
        width = min(WIDTH, max(shutil.get_terminal_size().columns - _MARGIN, _MARGIN))
        self.say([*diagnostic_lines(run.diagnostics, project.root, width), *summary_lines(action, project, run)])

    def say(self, lines: Sequence[str | Line]) -> None:
        """Print lines; who reads them may go (``| head``) without stopping the run."""
        try:
            write(*lines, stream=self._stream)
        except BrokenPipeError:
            silence(self._stream)


def text_reporter(stream: TextIO, *, still: bool = False) -> TextReporter:
    """Return what reports in Japanese on a stream; ``still`` where a moving bar would be in the way."""
    if not stream.isatty():
        return TextReporter(stream)
    from pipeline.cli.screen import ScreenReporter  # noqa: PLC0415 - rich, for terminals alone

    return ScreenReporter(stream, still=still)


_BLANKS_HINT = "所管課の回答を反映すると消えます。まだ分からない実績は 集計中、調べていない実績は 未測定 と書きます"


def diagnostic_lines(diagnostics: Iterable[Diagnostic], root: Path, width: int = WIDTH) -> list[Line]:
    """Return the lines for errors and warnings by file, each with the line it is about.

    What is only for the record is left to checks.json.
    """
    return all_diagnostic_lines([d for d in diagnostics if d.severity is not Severity.INFO], root, width)


def all_diagnostic_lines(diagnostics: Iterable[Diagnostic], root: Path, width: int = WIDTH) -> list[Line]:
    """Return the lines for all diagnostics by file, where there is no record of them.

    ``root`` is the folder that files are named from, ``width`` that of the lines that are quoted, in half-width cells.
    """
    excerpts = Excerpts(root, width)
    shown = [*diagnostics]
    blank = Counter(d.place.file for d in shown if d.blank)
    together = {d: None for d in shown if d.blank and blank[d.place.file] > 1}
    told = [d for d in shown if d not in together]
    lines = list(_blanks(tuple(together)))
    for file, group in groupby(told, key=lambda d: d.place.file):
        found = tuple(group)
        absent = {Severity.INFO} - {d.severity for d in found}
        lines += [Line(""), Line((f"■ {file}", "bold"), f"（{_found(found, *absent)}）")]
        alike: Counter[tuple[Severity, str]] = Counter()
        for d in found:
            alike[d.severity, d.id] += 1
            if alike[d.severity, d.id] <= _ALIKE:
                lines += _finding(d, excerpts.at(d.place))
        lines += [_more(*sort, count - _ALIKE) for sort, count in alike.items() if count > _ALIKE]
    return lines


def _blanks(found: Sequence[Diagnostic]) -> Iterator[Line]:
    """Yield what is still to be written, a line for each file."""
    if found:
        yield Line("")
        absent = set(Severity) - {d.severity for d in found}  # in a final edition they are errors
        yield Line(("■ まだ記入のない所", "bold"), f"（{_found(found, *absent)}）")
    for file, group in groupby(found, key=lambda d: d.place.file):
        lines: dict[str, list[str]] = {}
        for d in group:
            lines.setdefault(d.blank, []).append(str(d.place.line))
        yield Line(f"{file}: " + "、".join(f"{what}{len(at)}（{' '.join(at)}行）" for what, at in lines.items()))
    if found:
        yield Line(f"    → {_BLANKS_HINT}")


def _more(severity: Severity, identifier: str, count: int) -> Line:
    text = f"同じ種類の{WORDS[severity]}が、このファイルにほかに{count}件あります。上の所を直すと表示します "
    return Line(f"    … {text}", (f"[{identifier}]", "dim"))


def _finding(d: Diagnostic, excerpt: Excerpt | None) -> Iterator[Line]:
    yield Line(f"{d.place}: ", (WORDS[d.severity], _STYLES[d.severity]), f": {d.message} ", (f"[{d.id}]", "dim"))
    if excerpt:
        yield Line(f"{excerpt.line:>7} | {excerpt.text}")
        yield Line(f"{'':>7} | ", (excerpt.marks, _STYLES[d.severity]))
    for line in d.hint.splitlines():
        yield Line(f"    → {line}")


def summary_lines(action: Action, project: Project, run: Run) -> list[str]:
    """Return the closing summary."""
    found = f"{_found(run.diagnostics, *(() if run.written else (Severity.INFO,)))}。"
    if run.made is None:
        cure = "エラーの所を上から順に直して保存し、もう一度実行してください。前回の出力は、そのまま残っています。"
        return ["", f"できませんでした。{found}", cure]
    figures = [*_figures(run.made.results), _audited(run.made.audited)]
    if run.written is None:
        return ["", f"点検が終わりました。{found}", *_advice(run.diagnostics), *figures]
    title = _title(action, project, run.made.results)
    where = project.name_of(run.written)
    made = _files(action, run.made, where)
    kept = [f"  手直しされていたファイルを残しました  {where}/{path}" for path in run.kept]
    time = f"  所要時間  {_seconds(run.seconds)}"
    told = apart(project) if action is Action.REPORT else ()
    return ["", f"{title}ができました。{found}", *figures, *made, *kept, *told, *_remade(run.tasks), time]


def apart(project: Project) -> list[str]:
    """Return what names the publications that are of other files than the book, which may be the older one."""
    found = published.apart(project)
    told = f"! {published.APART} {len(found)}件  {'、'.join(found)}"
    return [told, "  → make report で冊子を作ってから、示した命令で作り直してください。"] if found else []


_LISTED = 3
"""How many of what was made anew, and of the reasons for it, are told."""


def _remade(tasks: Sequence[TaskRecord]) -> list[str]:
    """Return what was made anew, and why, where an earlier run had made it."""
    anew = [task for task in tasks if not task.was_kept]
    if all(task.changed is None for task in tasks):
        return []
    told = [f"{task.name}（{'、'.join((task.changed or ('前回の記録なし',))[:_LISTED])}）" for task in anew[:_LISTED]]
    more = [f"ほか{len(anew) - _LISTED}件"] if len(anew) > _LISTED else []
    return [f"  前回から変わって作り直したもの  {'、'.join([*told, *more]) or 'なし'}"]


def _title(action: Action, project: Project, results: Results) -> str:
    made = {Action.REPORT: "評価報告書", Action.SHEETS: "評価シート", Action.CHARTS: "グラフ"}[action]
    report = results.evaluation.report
    draft = "・案" if report.edition is Edition.DRAFT else ""
    return f"{in_text(project.year)}の{made}（{in_text(report.year)}実施事業{draft}）"


def _advice(diagnostics: Sequence[Diagnostic]) -> list[str]:
    warned = any(d.severity is Severity.WARNING for d in diagnostics)
    return ["注意の所は、このままでも作れます。間違いがないかを確かめてください。"] if warned else []


def _found(diagnostics: Sequence[Diagnostic], *but: Severity) -> str:
    counts = ((word, sum(d.severity is s for d in diagnostics)) for s, word in WORDS.items() if s not in but)
    return "、".join(f"{word}{count}件" for word, count in counts)


def _figures(results: Results) -> list[str]:
    scheme = results.evaluation.report.scheme
    told = [_count(results.indicators), _count(results.targets)]
    if not scheme.tells_met:
        judged = (results.assessments, results.goal_assessments)
        told = [f"{len(one)}指標のうち {breakdown(one, scheme)}".strip() for one in judged]
    of_goals = [f"  {results.evaluation.form.top.name}の数値目標  {told[1]}"] if results.goal_assessments else []
    return [f"  重要業績評価指標  {told[0]}", *of_goals]


def _audited(audited: Audited) -> str:
    total = sum(count for _, count in audited.warnings)
    about = "、".join(f"{title}{count}" for title, count in audited.warnings)
    warned = f"注意{total}件（{about}）" if about else "注意0件"
    return f"  点検  {warned}、表と合う数値{audited.confirmed}、理由を付けて省いた注意{audited.silenced}"


def _count(count: Count) -> str:
    other = f"、ほかの判定{count.other}" if count.other else ""
    return f"{count.total}指標のうち 達成{count.met}、未達成{count.unmet}、判定なし{count.unrated}{other}"


def _files(action: Action, made: Made, where: str) -> list[str]:
    lines = []
    if made.book:
        lines.append(f"  冊子  {where}/report.pdf（{made.pages}ページ）")
    if action is not Action.CHARTS:
        lines.append(f"  評価シート  {where}/sheets/（{len(made.sheets)}枚）")
        lines.append(f"  集計表  {where}/achievement.csv")
    if any(path.startswith("charts/") for path in made.files):
        lines.append(f"  グラフ  {where}/charts/")
    lines.append(f"  点検の記録  {where}/checks.json（お知らせも、ここに記録しました）")
    if not made.book:
        lines.append("  PDFの冊子は作り直していません。make report で作り直してください。")
    return lines


def _seconds(seconds: Mapping[str, float]) -> str:
    parts = "、".join(f"{title}{value:.1f}" for title, value in seconds.items())
    return f"{sum(seconds.values()):.1f}秒（{parts}）"
