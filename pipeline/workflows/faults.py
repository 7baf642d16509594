"""What is said when the machine or the program fails: a reason and a cure for each, and never a traceback."""

from __future__ import annotations

import errno
import itertools
import traceback
from pathlib import Path

from pipeline.diagnostics import harmless
from pipeline.documents.office_fault import OfficeFault
from pipeline.storage import outputs
from pipeline.storage.outputs import Busy

_BUSY = "同じ年度の作成が、別の画面で実行中です{}。終わってから、もう一度実行してください。"
_REASONS = {
    errno.EACCES: ("書き込む権限がありません", "管理者に、フォルダーの書き込みの権限を確かめてください。"),
    errno.EPERM: ("書き込む権限がありません", "管理者に、フォルダーの書き込みの権限を確かめてください。"),
    errno.EROFS: ("書き込めないディスクです", "プロジェクトのフォルダーを、書き込めるディスクに写してください。"),
    errno.ENOSPC: ("空き容量が足りません", "要らないファイルを消すなどして、空き容量を増やしてください。"),
    errno.EDQUOT: ("空き容量が足りません", "要らないファイルを消すなどして、空き容量を増やしてください。"),
    errno.ENAMETOOLONG: ("ファイルの名前が長すぎます", "施策の名称を短くしてください。"),
    errno.ENOTDIR: ("フォルダーのあるべき所に、ファイルがあります", "そのファイルを別の所へ移してください。"),
    errno.EISDIR: (
        "フォルダーなど、ファイルでないものがあります",
        "それを別の所へ移し、ファイルを置いてください。",
    ),
    errno.ELOOP: ("リンク（ショートカット）が輪になっていて、その先がありません", "そのリンクを消してください。"),
    errno.EEXIST: ("フォルダーのあるべき所に、ファイルがあります", "そのファイルを別の所へ移してください。"),
}
"""Why the machine refused, and what to do about it."""
_KEPT = "前回の出力は、そのまま残っています。"
_OPENED = "出力フォルダーのファイルをWordなどで開いていないか、書き込みの権限と空き容量があるかを確かめてください。"


def is_busy(fault: Exception) -> bool:
    """Return whether another run is at work, after which the same would go well."""
    return isinstance(fault, Busy)


def reason(fault: Exception, root: Path) -> str:
    """Return what to say of a run that could not go on; the traceback of a fault of the program is recorded."""
    match fault:
        case Busy():
            return _BUSY.format(f"（使っている人: {harmless(fault.holder)}）" if fault.holder else "")
        case OfficeFault():
            return str(fault)
        case OSError():
            return _of_the_machine(fault, root)
        case _:
            return _of_the_program(fault, root)


def _of_the_machine(problem: OSError, root: Path) -> str:
    """Return what to say of a file that could not be read or written."""
    reason, cure = _REASONS.get(problem.errno or 0, (problem.strerror or str(problem), _OPENED))
    where = f"「{_place(Path(str(problem.filename)), root)}」" if problem.filename else "ファイル"
    left = "".join(getattr(problem, "__notes__", ())) or _KEPT
    return f"{where}を読み書きできませんでした（{reason}）。\n→ {cure}\n{left}"


def _of_the_program(fault: Exception, root: Path) -> str:
    """Return what to say of a fault of the program; its traceback goes into outputs/error.txt."""
    if isinstance(fault, MemoryError):
        return f"メモリーが足りません。ほかのソフトを閉じて、もう一度実行してください。\n{_KEPT}"
    try:
        record = outputs.record(root, "".join(traceback.format_exception(fault)))
        where = f"詳しい記録は {record.relative_to(root)} にあります。"
    except OSError:
        where = f"（{type(fault).__name__}: {fault}）"
    return f"プログラムの不具合で止まりました。{where}\n{_KEPT}"


def _place(path: Path, root: Path) -> str:
    """Return a file's name as the user knows it; what is being built is not there yet."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts
    known = itertools.takewhile(lambda part: ".building." not in part, parts)
    return str(Path(*known))
