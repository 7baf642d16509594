"""A run makes only what changed, and what it makes has the bytes of a clean run, whatever it was that changed."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import RGBColor

from pipeline.cli.console import PlainReporter
from pipeline.diagnostics import Checked, to_json
from pipeline.documents.template import Template, files
from pipeline.storage import manifest, store
from pipeline.storage.outputs import read_manifest
from pipeline.storage.store import FOLDER
from pipeline.workflows import inspecting, kept, report
from pipeline.workflows.project import Project
from pipeline.workflows.report import Action, Run, RunOptions
from tests.project import BASE, FIXTURES, YEAR, copy_project

pytestmark = pytest.mark.slow
SMALL = FIXTURES / "small"


def made(root: Path, action: Action = Action.REPORT, *, is_clean: bool = False) -> Run:
    progress = PlainReporter(io.StringIO(), to_json)
    return report.run(action, Project(root, YEAR), progress, RunOptions(is_clean=is_clean))


def outputs(root: Path) -> dict[str, bytes]:
    folder = root / "outputs" / YEAR
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def recorded(root: Path, what: str) -> Mapping[str, str]:
    """Return the digests in the record of a book."""
    return cast(Mapping[str, str], read_manifest(root / "outputs" / YEAR)[what])


def anew(run: Run) -> list[str]:
    """Name what was made anew."""
    assert run.made is not None, run.diagnostics
    return [task.name for task in run.tasks if not task.was_kept]


@pytest.fixture(scope="module", autouse=True)
def own_stores() -> Iterator[None]:
    """Each project's store in its folder, from the first run on, as for users."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "FOLDER", FOLDER)
        yield


@pytest.fixture(scope="module")
def reported_once(own_stores: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("once"), SMALL)
    made(root)
    return root


@pytest.fixture
def root(tmp_path: Path, reported_once: Path) -> Path:
    return Path(shutil.copytree(reported_once, tmp_path / "project"))


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return an edit of an input file."""

    def edit(root: Path) -> None:
        path = root / BASE / name
        text, count = re.subn(old, new, path.read_text(encoding="utf-8"), count=1)
        assert count
        path.write_text(text, encoding="utf-8")

    return edit


def retyped(name: str) -> Callable[[Path], None]:
    """Return an edit of a template's text in Word."""

    def edit(root: Path) -> None:
        path = root / "templates" / name
        document = docx.Document(str(path))
        document.add_paragraph("改めた様式です。")
        document.save(str(path))

    return edit


def coloured(root: Path) -> None:
    """Give the charts of the sheets another colour by a style of their template."""
    path = root / "templates" / "sheet.docx"
    document = docx.Document(str(path))
    style = document.styles.add_style("グラフ 実績", WD_STYLE_TYPE.PARAGRAPH)
    style.font.color.rgb = RGBColor(0x80, 0x00, 0x00)
    document.save(str(path))


def with_form(root: Path) -> None:
    (root / BASE / "form.yaml").write_text("parts: [sheets, summary]\n", encoding="utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a figure": replaced("strategy.yaml", r"R1, value: 47383", r"R1, value: 47384"),
    "a goal's figure": replaced("goals.yaml", "R2: 集計中", "R2: 47501"),
    "a goal's name": replaced("strategy.yaml", r"(goals:[^#]*?name: )", r"\1新しい"),
    "an actual": replaced("measures/1-2.yaml", "R2: 195", "R2: 196"),
    "a sentence": replaced("measures/1-2.yaml", r"results: ", "results: 新たに、"),
    "a name": replaced("strategy.yaml", r"(measures:[^#]*?name: )", r"\1新しい"),
    "the edition's date": replaced("report.yaml", r"date: .*", "date: 2021-08-02"),
    "the form": with_form,
    "the sheets' template": retyped("sheet.docx"),
    "a template of the book": retyped("summary.docx"),
    "the charts' colours": coloured,
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_is_printed(root: Path, what: str) -> None:
    before = outputs(root)
    CHANGES[what](root)
    warm = made(root)
    assert anew(warm)
    found = outputs(root)
    assert found["report.pdf"] != before["report.pdf"]
    made(root, is_clean=True)
    assert outputs(root) == found


def test_nothing_is_made_anew_where_nothing_changed(root: Path) -> None:
    before = outputs(root)
    assert anew(made(root)) == []
    assert outputs(root) == before


def test_a_run_without_changes_looks_at_no_template_and_puts_back_what_lacks(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = outputs(root)
    monkeypatch.delattr(inspecting, "inspect")
    (root / "outputs" / YEAR / "report.pdf").unlink()
    first, second = made(root), made(root)
    assert outputs(root) == before
    assert first.made == second.made
    assert first.diagnostics == second.diagnostics


def test_what_is_saved_while_a_run_works_is_in_the_next(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inspect = inspecting.inspect

    def meanwhile(*given: Any) -> inspecting.Inspected:  # noqa: ANN401 - as they were given
        CHANGES["a figure"](root)
        return inspect(*given)

    CHANGES["a sentence"](root)
    digests = manifest.made_of(root, [root / BASE / "strategy.yaml"], root / "templates")
    with monkeypatch.context() as patch:
        patch.setattr(inspecting, "inspect", meanwhile)
        made(root)
    assert recorded(root, "inputs").items() >= digests["inputs"].items()
    assert anew(made(root))
    found = outputs(root)
    made(root, is_clean=True)
    assert outputs(root) == found


def test_a_template_counts_whatever_the_case_of_its_ending(root: Path) -> None:
    (root / "templates" / "summary.docx").rename(root / "templates" / "summary.DOCX")
    made(root)
    assert "templates/summary.DOCX" in recorded(root, "templates")


def test_only_the_sheet_that_changed_is_made_anew_and_the_reason_is_told(root: Path) -> None:
    replaced("measures/1-2.yaml", "貸した。", "広く貸した。")(root)
    tasks = [task for task in made(root).tasks if not task.was_kept]
    assert [task.name for task in tasks] == ["1-2 創業の支援"]
    assert tasks[0].changed == ("取組一覧", "入力データ")


def test_a_figure_of_a_goal_makes_no_sheet_anew(root: Path) -> None:
    CHANGES["a goal's figure"](root)
    names = anew(made(root))
    assert names
    assert all(name.endswith(".docx") for name in names)


def test_another_program_makes_all_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "program", lambda: "another")
    run = made(root)
    assert {task.changed for task in run.tasks if not task.was_kept} == {("プログラム",)}
    assert not any(task.was_kept for task in run.tasks if task.name != "templates/contents.docx")


@pytest.mark.parametrize("spoil", [lambda data: data[:40], lambda data: bytes(len(data))])
def test_a_damaged_store_is_made_anew(root: Path, spoil: Callable[[bytes], bytes]) -> None:
    before = outputs(root)
    for path in [path for path in (root / FOLDER).rglob("*") if path.is_file()]:
        path.write_bytes(spoil(path.read_bytes()))
    made(root)
    assert outputs(root) == before
    assert anew(made(root)) == []


def test_a_store_of_somebody_else_is_not_believed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = outputs(root)
    monkeypatch.setattr(kept, "packed", lambda result: b"cos\nsystem\n(Vtouch read\ntR.")
    made(root, is_clean=True)
    monkeypatch.undo()
    monkeypatch.chdir(root)
    made(root)
    assert outputs(root) == before
    assert not (root / "read").exists()


def test_a_check_reads_the_word_files_alone_that_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    read, is_drawn = files.read, inspecting.is_drawn

    def reading(data: bytes, file: str) -> Checked[Template]:
        names.append(file)
        return read(data, file)

    def drawing(one: Template) -> bool:
        names.append(f"draw {one.file}")
        return is_drawn(one)

    monkeypatch.setattr(files, "read", reading)
    monkeypatch.setattr(inspecting, "is_drawn", drawing)
    made(root, Action.CHECK)
    names.clear()
    CHANGES["a sentence"](root)
    made(root, Action.CHECK)
    assert names == []
    CHANGES["a template of the book"](root)
    made(root, Action.CHECK)
    assert names == ["templates/summary.docx", "draw templates/summary.docx"]


def test_a_check_leaves_nothing_behind_but_what_it_keeps(tmp_path: Path) -> None:
    made(copy_project(tmp_path, SMALL), Action.CHECK)
    assert {path.name for path in tmp_path.iterdir()} == {"inputs", "templates", FOLDER}
