"""``make bench``: speed and memory, side by side with the usual tools in one run.

Four comparisons: the whole report against docxtpl, pyplot and LibreOffice; the desk, from saving to the page, against
its goal; from filled Word files to PDF against one call of LibreOffice; long files against shorter ones. Rivals take
turns, and medians count, for machines have moods.

The usual way (``usual``) is given all values, fills the same templates with docxtpl, draws the charts with pyplot at
the same resolution, converts with one LibreOffice call (its profile warmed up before) and merges the PDFs. It reads,
computes and checks nothing, tags nothing, links no parts and does not look whether a sheet fits its pages, so the
comparison favours it; and as it takes nothing of the program, what is saved there is not saved for both.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from pipeline.documents.fonts import FOLDER
from tests.bench.sentence import save
from tests.project import command, copy_project, environment

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ROUNDS = 5
PAGES = (250, 500, 1000, 2000)
SAVED = 0.5
"""Goal: seconds of processors from saving an input to the page on the desk."""
HALF, THIRD, TENTH = 0.5, 0.33, 0.1
"""Goals: of drawing in seconds, of whole reports and of one changed sentence in seconds of processors."""
MEGABYTES = 400.0
FLAT = 1.15
"""How far the time per page may go up from the shortest file to the longest: noise does that much."""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds, seconds of processors, MB at the peak of its largest process."""

    seconds: float
    work: float
    memory: float


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def spent(arguments: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end."""
    start = perf_counter()
    silent = subprocess.DEVNULL
    process = subprocess.Popen(arguments, cwd=folder, env=environment(), stdout=silent, stderr=silent)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments[:6])} が失敗しました。")
    return Cost(perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(costs: Sequence[Cost]) -> Cost:
    """Return the median of each cost."""
    return Cost(
        median(cost.seconds for cost in costs),
        median(cost.work for cost in costs),
        median(cost.memory for cost in costs),
    )


def in_turn(*commands: Sequence[str] | Callable[[], Cost], folder: Path) -> list[Cost]:
    """Run commands, and whatever tells its own cost, in turns, once to warm up and then for the medians."""
    rounds = [[one() if callable(one) else spent(one, folder) for one in commands] for _ in range(ROUNDS + 1)]
    return [medians(costs) for costs in zip(*rounds[1:], strict=True)]


def verdict(good: bool) -> str:
    """Return whether a goal is reached."""
    return "達成" if good else "未達成"


def compare_reports(project: Path, folder: Path) -> None:
    """Make whole reports, and one again of which nothing, and one of which one sentence has changed."""
    whole, again = command("report", "--clean"), command("report")

    def changed() -> Cost:
        save(project)
        return spent(again, project)

    say(f"報告書一式（{ROUNDS}回ずつ交互に実行した中央値）")
    if OFFICE is None:
        (ours,) = in_turn(whole, folder=project)
        say(f"  make report                 {ours.seconds:6.2f}秒  {ours.memory:4.0f} MB")
        say("  LibreOffice がないため、比べられません（Debian系では apt install libreoffice-writer）。")
        return
    values = folder / "values.pickle"
    spent([sys.executable, "-m", "tests.bench.values", str(values)], project)
    usual = [sys.executable, "-m", "tests.bench.usual", OFFICE, str(values), str(FOLDER), str(folder / "usual")]
    ours, kept, one, theirs = in_turn(whole, again, changed, usual, folder=project)
    say(f"  make report CLEAN=yes       {ours.seconds:6.2f}秒  {ours.memory:4.0f} MB")
    say(f"  もう一度（変わりなし）      {kept.seconds:6.2f}秒  {kept.memory:4.0f} MB")
    say(f"  もう一度（1文の直し）       {one.seconds:6.2f}秒  {one.memory:4.0f} MB")
    say(f"  docxtpl+pyplot+LibreOffice  {theirs.seconds:6.2f}秒  {theirs.memory:4.0f} MB")
    ratios = "、".join(f"{cost.seconds / theirs.seconds:.2f}" for cost in (ours, kept, one))
    say(f"  比                          {ratios}")
    work, edit = ours.work / theirs.work, one.work / theirs.work
    say(f"  プロセッサーの時間の比      {work:6.2f}（目標 {THIRD} 以下: {verdict(work <= THIRD)}）")
    say(f"  1文の直しでは               {edit:6.2f}（目標 {TENTH} 以下: {verdict(edit <= TENTH)}）、{one.work:.2f}秒")


def measure_saving(project: Path) -> None:
    """Change a sentence at the desk, which goes on from save to save, and look at its page."""
    command = [sys.executable, "-m", "tests.bench.saved", str(project)]
    work = float(subprocess.run(command, cwd=project, env=environment(), stdout=subprocess.PIPE, check=True).stdout)
    say("作業画面（1文を直して保存するたびの、プロセッサーの時間の中央値）")
    say(f"  保存から画面まで            {work:6.2f}秒（目標 {SAVED} 以下: {verdict(work <= SAVED)}）")


def compare_drawing(project: Path, folder: Path) -> None:
    """Make PDFs of filled Word files: ours of all sheets and the book, LibreOffice's of the sheets alone."""
    filled = folder / "filled"
    spent([sys.executable, "-m", "tests.bench.filled", str(filled)], project)
    sheets = sorted(map(str, filled.glob("*.docx")))
    say(f"WordからPDFへ（{ROUNDS}回ずつ交互に実行した中央値）")
    drawing = [sys.executable, "-m", "tests.bench.drawn", str(filled)]
    if OFFICE is None:
        (ours,) = in_turn(drawing, folder=project)
        say(f"  シート{len(sheets)}枚と冊子（タグ付き）  {ours.seconds:6.2f}秒")
        return
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "office"), *sheets]
    ours, theirs = in_turn(drawing, office, folder=project)
    ratio = ours.seconds / theirs.seconds
    say(f"  シート{len(sheets)}枚と冊子（タグ付き、点検を含む）   {ours.seconds:6.2f}秒")
    say(f"  LibreOffice 1回でシート{len(sheets)}枚のみ           {theirs.seconds:6.2f}秒")
    say(f"  比 {ratio:.2f}（目標 {HALF} 以下: {verdict(ratio <= HALF)}）")


def compare_lengths(folder: Path) -> None:
    """Convert long files; the time of a file of one page, which is mostly that of starting, is taken off."""
    say("長い文書（1ページあたりの処理時間は、起動にかかる分を除く）")
    start = convert(1, folder).work
    costs = {pages: convert(pages, folder) for pages in PAGES}
    each = {pages: (cost.work - start) / pages * 1000 for pages, cost in costs.items()}
    for pages, cost in costs.items():
        say(f"  {pages:5}ページ  {each[pages]:5.1f}ミリ秒/ページ  最大 {cost.memory:4.0f} MB")
    growth, most = each[PAGES[-1]] / each[PAGES[0]], costs[PAGES[-1]].memory
    say(f"  時間の伸び {growth:.2f}倍（目標 {FLAT}倍以下: {verdict(growth <= FLAT)}）")
    say(f"  メモリー {most:.0f} MB（目標 {MEGABYTES:.0f} MB未満: {verdict(most < MEGABYTES)}）")


def convert(pages: int, folder: Path) -> Cost:
    """Convert a file of so many pages."""
    source = folder / f"{pages}.docx"
    spent([sys.executable, "-m", "tests.bench.long", str(pages), str(source)], folder)
    return spent(command("convert", str(source), str(folder / f"{pages}.pdf")), folder)


def main() -> None:
    """Print all comparisons."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = copy_project(folder / "project")
        compare_reports(project, folder)
        measure_saving(project)
        compare_drawing(project, folder)
        compare_lengths(folder)


if __name__ == "__main__":
    main()
