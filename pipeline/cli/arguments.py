"""What users type after a command: dates, numbers of measures, a year, Word files. ``Usage`` says what is wrong."""

from __future__ import annotations

import argparse
import datetime
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pipeline.documents.standard import Standard
from pipeline.model.options import Engine
from pipeline.wording import era
from pipeline.workflows.project import Project, of_year, years

_DATE = re.compile(r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_NO_PLAN = "「{}」は計画の年度として読めません。R7-R11 のように、最初と最後の年度を書いてください（10年度まで）"
_NO_YEAR = (
    "{} の inputs/ に、年度のフォルダー（例: inputs/R8）がありません。市のフォルダーを --project ../akane"
    "（make では PROJECT=../akane）のように指定してください。初めての市は make newcity で作れます"
)
_NO_DATE = "「{}」は日付として読めません。2021-07-30 のように、西暦の年、月、日を書いてください"


class Usage(Exception):
    """The command was used wrongly; the message says how."""


def project(arguments: argparse.Namespace) -> Project:
    """Return the project and the year that the arguments choose: the newest where none is named. Raises ``Usage``."""
    root: Path = arguments.root
    known = years(root)
    if not known:
        raise Usage(_NO_YEAR.format(root.resolve()))
    chosen = of_year(root, arguments.year or known[-1])
    if chosen is None:
        raise Usage(f"inputs/{arguments.year} がありません。選べる年度: {'、'.join(known)}")
    return chosen


def pdf_standard(arguments: argparse.Namespace) -> Standard:
    """Return what the PDF is to claim. Raises ``Usage`` for what LibreOffice's does not."""
    standard = Standard(arguments.pdf_standard)
    if standard is not Standard.UA1 and arguments.engine != Engine.EMBEDDED:
        raise Usage(f"--pdf-standard {standard} は、--engine libreoffice と一緒には使えません")
    return standard


def date(text: str) -> datetime.date:
    """Return a date, read also with the signs that people put between its numbers."""
    try:
        match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
        year, month, day = map(int, match.groups() if match else ())
        return datetime.date(year, month, day)
    except ValueError:
        raise argparse.ArgumentTypeError(_NO_DATE.format(text)) from None


def plan(text: str) -> tuple[str, ...]:
    """Return the years of a plan that is written as its first and last year."""
    years = era.span(unicodedata.normalize("NFKC", text).strip())
    if not years:
        raise argparse.ArgumentTypeError(_NO_PLAN.format(text))
    return years


def word_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the Word files that are named, and those in the folders that are named. Raises ``Usage``."""
    absent = [str(path) for path in paths if not path.exists()]
    if absent:
        raise Usage(f"ファイルがありません: {'、'.join(absent)}")
    files = tuple(file for path in paths for file in _in(path))
    if not files:
        raise Usage(f"フォルダーにWordファイル（docx）がありません: {'、'.join(map(str, paths))}")
    return files


def _in(path: Path) -> Sequence[Path]:
    """Return a file itself, and of a folder the Word files in it; Word's lock files are none."""
    if not path.is_dir():
        return (path,)
    return sorted(file for file in path.iterdir() if file.suffix.lower() == ".docx" and not file.name.startswith("~$"))


def today() -> str:
    """Return the day on which a command runs: 2021-07-30."""
    return datetime.datetime.now().astimezone().date().isoformat()
