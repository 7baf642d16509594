"""``issue`` and ``changes`` as clerks use them: what is kept is what was handed out, and what changed is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.diagnostics import Checked
from pipeline.publication import releases
from pipeline.publication.releases import Kept
from tests.project import FIXTURES, MADE, YEAR, copy_project, run

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = copy_project(tmp_path, FIXTURES / "small")
    assert run(made, "report").returncode == 0
    return made


def editions(project: Path) -> list[Path]:
    return sorted((project / "inputs" / YEAR / "editions").glob("*"))


def edit(project: Path, old: str, new: str) -> None:
    path = project / "inputs" / YEAR / "measures" / "1-1.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_was_handed_out_is_kept_and_what_changed_since_is_told(project: Path) -> None:
    book = (project / MADE / "report.pdf").read_bytes()
    done = run(project, "issue", "--name", "第1回会議")
    assert done.returncode == 0, done.stdout
    [kept] = editions(project)
    assert (kept / "report.pdf").read_bytes() == book
    assert (kept / "inputs" / YEAR / "measures" / "1-1.yaml").is_file()
    assert len(list((kept / "sheets").iterdir())) == 3

    edit(project, "plan: {R2: 1}", "plan: {R2: 2}")
    told = run(project, "changes")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "第1号「第1回会議」から、数値1件と文章0件が変わりました。" in told.stdout
    assert "構想の策定（件）の令和2年度の実績  1 → 2" in told.stdout
    made = sorted(path.suffix for path in (project / MADE / "changes").iterdir())
    assert made == [".docx", ".json", ".pdf"]  # and what it was made of


def test_a_book_that_is_not_of_todays_inputs_is_not_kept(project: Path) -> None:
    edit(project, "工事を始めた", "工事を終えた")
    done = run(project, "issue")
    assert done.returncode == 1
    assert "[edition-anew]" in done.stdout
    assert editions(project) == []
    assert run(project, "issue").returncode == 0  # made anew by the first, and looked at


def test_inputs_that_are_saved_meanwhile_are_not_kept_beside_another_book(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = releases.load

    def meanwhile(inputs: Path, root: Path) -> Checked[tuple[Kept, ...]]:
        edit(project, "工事を始めた", "工事を終えた")
        return load(inputs, root)

    with monkeypatch.context() as patch:
        patch.setattr(releases, "load", meanwhile)
        assert "[edition-saved]" in run(project, "issue").stdout
    assert editions(project) == []


def test_the_same_edition_is_not_kept_twice(project: Path) -> None:
    assert run(project, "issue").returncode == 0
    again = run(project, "issue", "--name", "もう一度")
    assert "[edition-same]" in again.stdout
    assert len(editions(project)) == 1


def test_a_final_edition_stands_beside_the_draft(project: Path) -> None:
    assert run(project, "issue").returncode == 0
    edit(project, "工事を始めた", "工事を終えた")
    assert run(project, "report").returncode == 0
    assert run(project, "issue", "--name", "第2回会議").returncode == 0
    assert [path.name.split("_")[0] for path in editions(project)] == ["1", "2"]
    assert "第2号「第2回会議」から、数値0件と文章0件" in run(project, "changes").stdout
    assert "第1号「案」から、数値0件と文章1件" in run(project, "changes", "--since", "1").stdout


def test_an_edition_that_was_touched_stops_both(project: Path) -> None:
    assert run(project, "issue").returncode == 0
    (editions(project)[0] / "report.pdf").write_bytes(b"")
    for command in ("issue", "changes"):
        done = run(project, command)
        assert done.returncode == 1
        assert "[edition-touched]" in done.stdout


def test_without_an_edition_or_a_year_there_is_nothing_to_compare(project: Path) -> None:
    done = run(project, "changes")
    assert done.returncode == 1
    assert "[edition-unknown]" in done.stdout
    assert "make issue" in done.stdout
    assert "[edition-unknown]" in run(project, "changes", "--since", "7").stdout
