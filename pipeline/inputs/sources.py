"""All files of a year's folder, read; and what the rules ask of them across files."""

from __future__ import annotations

import dataclasses
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.diagnostics import Diagnostic, Place, error, warning
from pipeline.inputs.document import Document, S
from pipeline.inputs.files import AuditFile, GoalsFile, MeasureFile, ReportFile, StrategyFile, WordsFile
from pipeline.inputs.printed import folded, swallowed, unprintable
from pipeline.inputs.scheme_file import SchemeShape
from pipeline.inputs.shapes import fit
from pipeline.inputs.text import MOST, read_text
from pipeline.inputs.tree import Node, find, parse
from pipeline.inputs.tree import Path as TreePath

_MEASURE_ID = re.compile(r"[1-9]\d?-[1-9]\d?(?!\d)", re.ASCII)
_MEASURE_FILE = re.compile(r"[1-9]\d?-[1-9]\d?\.yaml", re.ASCII)

_REST = "このファイルのほかの所は、ここを直してから、もう一度点検してください"
"""What a file that cannot be read to its end leaves to be said."""

_NAMES = ("audit.yaml", "goals.yaml", "report.yaml", "strategy.yaml", "words.yaml")

SCHEMES = "schemes"
"""The folder of the ready schemes, beside the years' folders."""

Read = tuple[Document[S], tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class SchemeAt:
    """The rating scheme, wherever it is written: under ``path`` of a document. Without data where it is unfit."""

    document: Document[ReportFile] | Document[SchemeShape]
    path: TreePath
    data: SchemeShape | None

    @property
    def tree(self) -> Node | None:
        """The scheme as it was read, unfit parts included."""
        return find(self.document.tree, self.path)

    def at(self, *path: str | int) -> Place:
        """Give the place of a value of the scheme."""
        return self.document.at(*self.path, *path)

    def given(self) -> SchemeShape:
        """Give the shape of a scheme without errors."""
        if self.data is None:
            raise ValueError(f"{self.document.file} has errors")
        return self.data


@dataclass(frozen=True, slots=True)
class Sources:
    """The documents of a year; ``measures`` by file name without its ending. ``folder`` is the year's folder (R3).

    ``misnamed`` are measures that have a file which is not read because of its name (1-2.yml).
    ``schemes`` are the names of the schemes that may be chosen.
    """

    folder: str
    report: Document[ReportFile]
    strategy: Document[StrategyFile]
    goals: Document[GoalsFile]
    measures: Mapping[str, Document[MeasureFile]]
    audit: Document[AuditFile]
    words: Document[WordsFile]
    scheme: SchemeAt
    schemes: frozenset[str]
    misnamed: frozenset[str] = frozenset()


def files(folder: Path) -> tuple[Path, ...]:
    """List the input files there are in a year's folder, sorted by path."""
    found = (*(folder / name for name in _NAMES), *measure_files(folder))
    return tuple(sorted(path for path in found if path.is_file()))


def measure_files(folder: Path) -> tuple[Path, ...]:
    """List the files that are named for a measure, sorted by name."""
    return tuple(path for path in _yaml_files(folder / "measures") if _MEASURE_FILE.fullmatch(path.name))


def _yaml_files(folder: Path) -> list[Path]:
    """List what looks like YAML; hidden files are the system's, and those with ~ an editor's."""
    files = (path for path in folder.glob("*") if path.suffix.lower() in (".yaml", ".yml"))
    return sorted(path for path in files if not path.name.startswith((".", "~")))


def _strays(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """Report files that are not read, such as copies: somebody may be writing into one."""
    known = set(files(folder))
    for path in _yaml_files(folder):
        if path not in known and path.is_file():
            message, hint = "このファイルは読み込まれません", "要らないファイルなら、フォルダーの外に移してください"
            yield warning("file-extra", Place(_named(path, root)), message, hint)
    for path in _yaml_files(folder / "measures"):
        if path not in known:
            message = f"「{_named(path, path.parent)}」は、推進施策のファイルの名前ではありません"
            yield error("measure-file-extra", Place(_named(path, root)), message, _rename(path, known))


def _rename(path: Path, known: Collection[Path]) -> str:
    meant = _meant(path)
    if meant and path.with_name(f"{meant}.yaml") not in known:
        return f"名前を {meant}.yaml に直してください"
    return "名前を 1-2.yaml のように半角で付け直すか、要らないファイルなら measures フォルダーの外に移してください"


def _meant(path: Path) -> str | None:
    """Give the measure that a name begins with: １-２.yaml, 1-2 (1).yaml -> 1-2."""
    match = _MEASURE_ID.match(unicodedata.normalize("NFKC", path.name))
    return match[0] if match else None


def _named(path: Path, root: Path) -> str:
    """Name a file relative to ``root``, where it lies there.

    Bytes that are no UTF-8 (names from old Windows archives) become signs of replacement.
    """
    named = path.relative_to(root) if path.is_relative_to(root) else path
    return os.fsencode(named.as_posix()).decode("utf-8", "replace")


def load(folder: Path, root: Path) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read every file of the folder, collecting what is wrong with each by itself."""
    report, strategy, goals, audit, words = (
        read_file(folder / "report.yaml", root, ReportFile),
        read_file(folder / "strategy.yaml", root, StrategyFile),
        read_file(folder / "goals.yaml", root, GoalsFile),
        _read_if_there(folder / "audit.yaml", root, AuditFile()),
        _read_if_there(folder / "words.yaml", root, WordsFile(words=[])),
    )
    measures = {path.stem: read_file(path, root, MeasureFile) for path in measure_files(folder)}
    documents = {stem: document for stem, (document, _) in measures.items()}
    found = (*report[1], *strategy[1], *goals[1], *(d for _, found in measures.values() for d in found))
    scheme, faults = _scheme(report[0], folder.parent / SCHEMES, root)
    found = (*found, *audit[1], *words[1], *_strays(folder, root), *faults)
    known = scheme_names(folder.parent / SCHEMES)
    misnamed = frozenset(stem for path in _yaml_files(folder / "measures") if (stem := _meant(path))) - documents.keys()
    return Sources(
        folder.name, report[0], strategy[0], goals[0], documents, audit[0], words[0], scheme, known, misnamed
    ), found


def _read_if_there(path: Path, root: Path, otherwise: S) -> Read[S]:
    if path.exists():
        return read_file(path, root, type(otherwise))
    return Document(_named(path, root), None, None, otherwise, whole=True), ()


def _scheme(report: Document[ReportFile], folder: Path, root: Path) -> tuple[SchemeAt, tuple[Diagnostic, ...]]:
    """Find the scheme in report.yaml, or read the file that it names."""
    chosen = report.data.scheme if report.data else None
    if not isinstance(chosen, str) or chosen not in scheme_names(folder):
        return SchemeAt(report, ("scheme",), None if isinstance(chosen, str) else chosen), ()
    document, found = read_file(folder / f"{chosen}.yaml", root, SchemeShape)
    return SchemeAt(document, (), document.data), found


def scheme_names(folder: Path) -> frozenset[str]:
    """List the ready schemes of a folder by name."""
    return frozenset(path.stem for path in _yaml_files(folder) if path.suffix == ".yaml" and path.is_file())


def read_file(path: Path, root: Path, shape: type[S]) -> Read[S]:
    """Read one file and check its shape; places name it relative to ``root``, where it lies there."""
    file = _named(path, root)
    text = read_text(path, file)
    if text.value is None:
        return Document(file, None, None, None, whole=False), text.diagnostics
    tree = parse(text.value, file)
    if tree.value is None:
        # What the text's own faults (tabs, control characters) do to the syntax is not told again.
        found = text.diagnostics or tree.diagnostics
        last = dataclasses.replace(found[-1], hint=f"{found[-1].hint}\n{_REST}")
        return Document(file, None, None, None, whole=False), (*found[:-1], last)
    document, faults = fit(file, shape, tree.value)
    told = {found.place.line for found in (*text.diagnostics, *tree.diagnostics)}
    faults = tuple(fault for fault in faults if fault.place.line not in told)  # what comes of these is not told again
    printed = (d for look in (unprintable, folded, swallowed) for d in islice(look(tree.value, text.value), MOST))
    return dataclasses.replace(document, text=text.value), (*text.diagnostics, *tree.diagnostics, *printed, *faults)
