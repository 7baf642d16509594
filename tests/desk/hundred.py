"""More than a hundred proposals of all kinds, as a city's departments may send them back within a week."""

from __future__ import annotations

import re
from pathlib import Path

from docx.document import Document

from tests.departments.returned.post import INDICATORS, INITIATIVES, Post, cell, sent_project, write
from tests.project import YEAR, copy_project

UNWRITABLE = "外字\ue000の入った文章。"
_EVALUATION = re.compile(r"  evaluation: \|-\n(?:    .*\n)+")


def sent_with_blanks(folder: Path) -> Path:
    """Send the sheets of the whole city, whose evaluations are still to be written."""
    copy_project(folder)
    for path in (folder / "inputs" / YEAR / "measures").glob("*.yaml"):
        path.write_text(_EVALUATION.sub("  evaluation: ''\n", path.read_text(encoding="utf-8")), encoding="utf-8")
    return sent_project(folder)


def answer(post: Post) -> None:
    """Let every department rewrite its results and write its evaluations; let some contradict, add and slip."""
    measures = sorted(path.stem for path in (post.project.inputs / "measures").glob("*.yaml"))
    for measure in measures:
        post.edited(_rewrite, measure, f"{measure}.docx")
    post.edited(_contradict, measures[1], f"{measures[1]}（修正）.docx")
    post.edited(_add_row, measures[2], f"{measures[2]}（追加）.docx")
    post.edited(_slip, measures[3], f"{measures[3]}（外字）.docx")


def _rewrite(document: Document) -> None:
    write(cell(document, INDICATORS, 2, 3), "97")
    for row in range(1, len(document.tables[INITIATIVES].rows)):
        results, evaluation = (cell(document, INITIATIVES, row, place) for place in (1, 2))
        if results.runs and evaluation.runs:
            write(results, f"{row}回の相談会を開き、参加した人の声を聞いた。")
            write(evaluation, f"参加した人が{row}割増えた。来年度も続ける。")


def _contradict(document: Document) -> None:
    write(cell(document, INITIATIVES, 1, 1), "相談会は開かず、個別に訪ねた。")


def _add_row(document: Document) -> None:
    row = document.tables[INITIATIVES].add_row()  # type: ignore[no-untyped-call]
    row.cells[0].text, row.cells[1].text = "⑨ 海の学校\n・体験", "3回開いた。"


def _slip(document: Document) -> None:
    write(cell(document, INITIATIVES, 1, 1), UNWRITABLE)
