"""How findings read: sentences end once, notices are not counted where nobody can read them, blanks stand together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.cli.console import diagnostic_lines
from pipeline.diagnostics import Diagnostic, Place, Severity, error, to_lines, warning
from pipeline.documents import fonts
from tests.departments.returned.post import trimmed
from tests.project import run
from tests.stages.validate.cases import REJECTED, lay_out, read

pytestmark = pytest.mark.slow


def doubled(found: tuple[Diagnostic, ...]) -> list[str]:
    texts = [text for d in found for text in (d.message, d.hint)]
    return [text for text in (*texts, *to_lines(found).splitlines()) if "。。" in text]


@pytest.mark.parametrize("name", REJECTED)
def test_no_sentence_of_a_finding_ends_twice(name: str, tmp_path: Path) -> None:
    assert doubled(read(lay_out(tmp_path, name)).diagnostics) == []


@given(st.sampled_from(["だめです", "だめです。"]), st.sampled_from(["", "直してください", "直してください。"]))
def test_a_line_for_editors_ends_its_sentences_once(message: str, hint: str) -> None:
    assert doubled((error("x-y", Place("a"), message, hint),)) == []


@pytest.mark.parametrize("character", ["\u200b", "\ue000", "\u3099", "😀", "\u2003", "𛀁", "\u0600"])
def test_what_to_do_about_a_character_ends_no_sentence_of_its_own(character: str) -> None:
    assert not fonts.cure(character).endswith("。")


def blanks(file: str, count: int) -> list[Diagnostic]:
    names = ("実績", "取組・成果", "評価")
    return [
        warning("actual-missing", Place(file, n + 1, 1), "空です", "書いてください", names[n % len(names)])
        for n in range(count)
    ]


def test_what_is_still_to_be_written_takes_a_line_a_file(tmp_path: Path) -> None:
    found = [d for n in range(20) for d in blanks(f"measures/1-{n}.yaml", 9)]
    lines = [str(line) for line in diagnostic_lines(found, tmp_path)]
    assert len(lines) < 25
    assert "measures/1-3.yaml: 実績3（1 4 7行）、取組・成果3（2 5 8行）、評価3（3 6 9行）" in lines


def test_what_a_final_edition_must_not_leave_blank_counts_as_errors(tmp_path: Path) -> None:
    found = [replace(d, severity=Severity.ERROR) for d in blanks("measures/1-1.yaml", 6)]
    assert str(diagnostic_lines(found, tmp_path)[1]) == "■ まだ記入のない所（エラー6件）"
    assert str(diagnostic_lines([*found, *blanks("goals.yaml", 2)], tmp_path)[1]).endswith("（エラー6件、注意2件）")


def test_a_single_blank_is_told_in_full(tmp_path: Path) -> None:
    lines = [str(line) for line in diagnostic_lines(blanks("measures/1-1.yaml", 1), tmp_path)]
    assert any("空です [actual-missing]" in line for line in lines)
    assert "    → 書いてください" in lines


def test_after_a_new_year_a_check_fits_on_a_page(project: Path) -> None:
    assert run(project, "newyear").returncode == 0
    done = run(project, "check")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) < 60
    listed = run(project, "check", "--format", "line").stdout
    assert listed.count("(actual-missing)") > 30
    assert "お知らせ" not in done.stdout


def test_a_run_says_where_its_notices_are(project: Path) -> None:
    done = run(trimmed(project), "charts")
    assert "checks.json（お知らせも、ここに記録しました）" in done.stdout
