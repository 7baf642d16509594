"""All files of a year's folder, read; and what the rules ask of them across files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, has_errors, warning
from pipeline.documents.memory import FORGETFUL, Memory
from pipeline.model.form import Form
from pipeline.stages.validate.document import Document, S
from pipeline.stages.validate.filenames import measure_files, misnamed_measures, named, strays, yaml_files
from pipeline.stages.validate.files import AuditFile, WordsFile
from pipeline.stages.validate.form_fields import usable
from pipeline.stages.validate.form_file import FormFile
from pipeline.stages.validate.measure_file import GoalsFile, MeasureFile, goals_file, measure_file
from pipeline.stages.validate.opinions_file import OpinionsFile, opinions_file
from pipeline.stages.validate.reading import NOTHING, Past, Read, read_file
from pipeline.stages.validate.report_file import ReportFile
from pipeline.stages.validate.revisions_file import RevisionsFile
from pipeline.stages.validate.scheme_file import SchemeShape
from pipeline.stages.validate.strategy_file import StrategyFile, strategy_file
from pipeline.stages.validate.tree import Node, find
from pipeline.stages.validate.tree import Path as TreePath

_ReadScheme = Callable[[Path], Read[SchemeShape]]

SCHEMES = "schemes"
"""The folder of the ready schemes, beside the years' folders."""


class SchemeAt(Struct, frozen=True):
    """The rating scheme, wherever it is written: under ``path`` of a document. Without data where it is unfit."""

    document: Document[ReportFile] | Document[SchemeShape]
    path: TreePath
    data: SchemeShape | None

    @property
    def tree(self) -> Node | None:
        """The scheme as it was read, unfit parts included."""
        return find(self.document.tree, self.path)

    def at(self, *path: str | int) -> Place:
        """Return the place of a value of the scheme."""
        return self.document.at(*self.path, *path)

    def given(self) -> SchemeShape:
        """Return the shape of a scheme without errors."""
        if self.data is None:
            raise ValueError(f"{self.document.file} has errors")
        return self.data


class Sources(Struct, frozen=True, eq=False):
    """The documents of a year; ``measures`` by file name without its ending. ``folder`` is the year's folder (R3).

    ``misnamed`` are measures that have a file which is not read because of its name (1-2.yml).
    ``schemes`` are the names of the schemes that may be chosen.
    """

    folder: str
    report: Document[ReportFile]
    form_file: Document[FormFile]
    form: Form
    strategy: Document[StrategyFile]
    goals: Document[GoalsFile]
    measures: Mapping[str, Document[MeasureFile]]
    opinions: Document[OpinionsFile]
    revisions: Document[RevisionsFile]
    audit: Document[AuditFile]
    words: Document[WordsFile]
    scheme: SchemeAt
    schemes: frozenset[str]
    misnamed: frozenset[str] = frozenset()
    further: tuple[SchemeAt, ...] = ()

    @property
    def judging(self) -> tuple[SchemeAt, ...]:
        """Every scheme of the report, the main one first."""
        return self.scheme, *self.further


def load(folder: Path, root: Path, memory: Memory = FORGETFUL) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Return every file of the folder, each with what is wrong with it by itself; ``memory`` has what came of files
    that are as they were.
    """
    of_form = _form(folder, root, Past(memory))
    chosen = usable(of_form[0].data or FormFile())
    past = Past(memory, of_form[0].text)
    report, strategy, goals, opinions, revisions = of_plan = (
        read_file(folder / ReportFile.file, root, ReportFile, past),
        read_file(folder / StrategyFile.file, root, strategy_file(chosen), past),
        read_file(folder / GoalsFile.file, root, goals_file(chosen), past),
        _read_if_there(folder / OpinionsFile.file, root, opinions_file(chosen).model_construct(), past),
        _read_if_there(folder / RevisionsFile.file, root, RevisionsFile.model_construct(), past),
    )
    audit = _read_if_there(folder / AuditFile.file, root, AuditFile.model_construct(), past)
    words = _read_if_there(folder / WordsFile.file, root, WordsFile.model_construct(words=[]), past)
    measures = {path.stem: read_file(path, root, measure_file(chosen), past) for path in measure_files(folder)}
    documents = {stem: document for stem, (document, _) in measures.items()}
    found = tuple(d for _, faults in (*of_plan, *measures.values()) for d in faults)
    if has_errors(of_form[1]):  # a field that could not be read is no unknown key elsewhere
        found = tuple(d for d in found if not d.id.endswith("-key-unknown"))
    schemes = partial(read_file, root=root, shape=SchemeShape, past=past)
    (scheme, *further), faults = _schemes(report[0], folder.parent / SCHEMES, schemes)
    return Sources(
        folder.name,
        report[0],
        of_form[0],
        chosen,
        strategy[0],
        goals[0],
        documents,
        opinions[0],
        revisions[0],
        audit[0],
        words[0],
        scheme,
        scheme_names(folder.parent / SCHEMES),
        misnamed_measures(folder) - documents.keys(),
        tuple(further),
    ), (*of_form[1], *found, *audit[1], *words[1], *strays(folder, root), *faults)


def read_form(folder: Path, root: Path) -> Form:
    """Return the form of a year's folder, as far as it can be used."""
    return usable(_form(folder, root, NOTHING)[0].data or FormFile())


def _form(folder: Path, root: Path, past: Past) -> Read[FormFile]:
    return _read_if_there(folder / FormFile.file, root, FormFile.model_construct(), past)


def _read_if_there(path: Path, root: Path, otherwise: S, past: Past) -> Read[S]:
    if os.path.lexists(path):  # a link that leads nowhere is a mistake, too
        document, found = read_file(path, root, type(otherwise), past)
        return document, found or _open_end(document)
    return Document(named(path, root), None, None, otherwise, whole=True), ()


def _open_end(document: Document[S]) -> tuple[Diagnostic, ...]:
    """Tell of a list that ends amid a line: of what is not printed, nobody else sees that the rest was cut off."""
    if not document.text or document.text.endswith("\n"):
        return ()
    last = document.text.split("\n")
    message = "ファイルの最後の行に改行がありません。途中で切れているかもしれません"
    hint = "前年度のファイルや控えと比べてください。全部そろっているなら、最後の行の後ろで改行してください"
    return (warning("file-cut-off", Place(document.file, len(last), len(last[-1]) + 1), message, hint),)


def _schemes(
    report: Document[ReportFile], folder: Path, read: _ReadScheme
) -> tuple[list[SchemeAt], tuple[Diagnostic, ...]]:
    """Find the main scheme and the further ones in report.yaml, or read the files that it names."""
    found = [_scheme(report, path, entry, folder, read) for path, entry in chosen_schemes(report).items()]
    return [one for one, _ in found], tuple(fault for _, faults in found for fault in faults)


def chosen_schemes(report: Document[ReportFile]) -> Mapping[TreePath, SchemeShape | str | None]:
    """Return what report.yaml says of each scheme, by where it stands there, the main one first."""
    further = report.data.further_schemes if report.data else []
    return {
        ("scheme",): report.data.scheme if report.data else None,
        **{("further_schemes", number): entry for number, entry in enumerate(further)},
    }


def _scheme(
    report: Document[ReportFile], path: TreePath, chosen: SchemeShape | str | None, folder: Path, read: _ReadScheme
) -> tuple[SchemeAt, tuple[Diagnostic, ...]]:
    if not isinstance(chosen, str) or chosen not in scheme_names(folder):
        return SchemeAt(report, path, None if isinstance(chosen, str) else chosen), ()
    document, found = read(folder / f"{chosen}.yaml")
    return SchemeAt(document, (), document.data), found


def ready(folder: Path) -> tuple[Path, ...]:
    """List the files of ready schemes, which all years share."""
    return tuple(path for path in yaml_files(folder.parent / SCHEMES) if path.is_file())


def scheme_names(folder: Path) -> frozenset[str]:
    """List the ready schemes of a folder by name."""
    return frozenset(path.stem for path in yaml_files(folder) if path.suffix == ".yaml" and path.is_file())
