"""``convert``: Word files to PDF."""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

from pipeline.cli import faults
from pipeline.cli.arguments import Usage, pdf_standard, word_files
from pipeline.cli.console import all_diagnostic_lines
from pipeline.cli.streams import write
from pipeline.diagnostics import has_errors
from pipeline.model.options import Engine
from pipeline.workflows.convert import Conversion, convert
from pipeline.workflows.faults import reason


def run(arguments: argparse.Namespace) -> int:
    """Convert the files, each whatever comes of the others; return the exit code."""
    wanted = _conversion(arguments)
    count, numbers, here = len(wanted.files), itertools.count(1), Path.cwd()

    def done(file: Path, made: Path | None) -> None:
        number = f"({next(numbers)}/{count}) " if count > 1 else ""
        if made is not None or count > 1:
            write(f"{number}{made or f'{file} はPDFにできませんでした'}")

    converted = convert(wanted, done)
    found = converted.diagnostics
    write(*all_diagnostic_lines(found, here))
    if count > 1:
        write("", f"{count}件のうち{len(converted.made)}件をPDFにしました。")
    if converted.fault is not None:
        return faults.failed(reason(converted.fault, here))
    return 1 if has_errors(found) else 0


def _conversion(arguments: argparse.Namespace) -> Conversion:
    """Return what the arguments ask for. Raises ``Usage``."""
    files, target, engine = word_files(arguments.files), arguments.target, Engine(arguments.engine)
    if len(files) > 1 and target.suffix.lower() == ".pdf":
        raise Usage("いくつものファイルを変換するときは、書き出す先にフォルダーを指定してください")
    if len({path.stem for path in files}) < len(files):
        raise Usage("同じ名前のファイルがあります。別々に変換してください")
    if arguments.accept_changes and engine is not Engine.EMBEDDED:
        raise Usage("--accept-changes は、--engine libreoffice と一緒には使えません")
    if arguments.strict_fonts and engine is not Engine.EMBEDDED:
        raise Usage("--strict-fonts は、--engine libreoffice と一緒には使えません")
    standard = pdf_standard(arguments)
    return Conversion(files, target, engine, arguments.accept_changes, arguments.strict_fonts, standard)
