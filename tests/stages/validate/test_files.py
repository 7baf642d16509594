"""Files as editors and other programs leave them: encodings, line ends, sizes, names."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from pipeline.stages import validate
from pipeline.stages.validate.sources import load
from pipeline.stages.validate.text import LIMIT, MOST
from tests.project import BASE
from tests.stages.validate.cases import SMALL, change, lay_out, read


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(tmp_path)


def found(root: Path) -> list[tuple[str, str]]:
    return [(d.id, str(d.place)) for d in read(root).diagnostics]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(root: Path) -> None:
    for path in (root / BASE).rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(root) == read(SMALL)


def test_a_file_in_shift_jis_is_told_how_to_be_saved(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp932"))
    (diagnostic,) = read(root).diagnostics
    assert (diagnostic.id, str(diagnostic.place)) == ("file-not-utf8", f"{BASE}/measures/1-2.yaml:6:9")
    assert "Shift_JIS" in diagnostic.message
    assert "UTF-8" in diagnostic.hint


def test_a_file_in_utf_16_is_told_so(root: Path) -> None:
    path = root / BASE / "goals.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    (diagnostic,) = (d for d in read(root).diagnostics if d.id == "file-not-utf8")
    assert "UTF-16" in diagnostic.message


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("iso2022_jp", "JIS"),
    ],
)
@pytest.mark.parametrize("file", [path.relative_to(SMALL / BASE) for path in sorted((SMALL / BASE).rglob("*.yaml"))])
def test_every_encoding_of_japan_is_named_at_the_first_character(
    encoding: str, name: str, file: Path, root: Path
) -> None:
    text = (root / BASE / file).read_text(encoding="utf-8")
    (root / BASE / file).write_bytes(text.encode(encoding))
    (diagnostic,) = (d for d in read(root).diagnostics if d.place.file.endswith(file.as_posix()))
    assert diagnostic.id == "file-not-utf8"
    assert f"（{name} で" in diagnostic.message


def test_a_file_that_was_cut_off_is_not_called_another_encoding(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex("た".encode()) + 1])
    (diagnostic,) = (d for d in read(root).diagnostics if d.place.file.endswith("1-2.yaml"))
    assert diagnostic.id == "file-damaged"
    assert (diagnostic.place.line, diagnostic.place.column) != (1, 1)


def test_a_file_that_is_too_large_is_not_read(root: Path) -> None:
    path = root / BASE / "goals.yaml"
    path.write_bytes(path.read_bytes() + b"#" * LIMIT)
    assert found(root) == [("file-too-large", f"{BASE}/goals.yaml")]


def test_a_missing_file_is_named(root: Path) -> None:
    (root / BASE / "report.yaml").unlink()
    assert found(root) == [("file-missing", f"{BASE}/report.yaml")]


def test_a_missing_folder_is_not_a_fault_of_the_program(tmp_path: Path) -> None:
    assert {identifier for identifier, _ in found(tmp_path)} == {"file-missing"}


def test_a_folder_in_the_place_of_a_file_cannot_be_opened(root: Path) -> None:
    (root / BASE / "goals.yaml").unlink()
    (root / BASE / "goals.yaml").mkdir()
    (diagnostic,) = read(root).diagnostics
    assert (diagnostic.id, str(diagnostic.place)) == ("file-unreadable", f"{BASE}/goals.yaml")
    assert "フォルダー" in diagnostic.message


def test_a_missing_folder_of_measures_is_told_once(root: Path) -> None:
    shutil.rmtree(root / BASE / "measures")
    assert found(root) == [("measure-file-missing", f"{BASE}/strategy.yaml:11:7")]


def test_tabs_that_indent_many_lines_are_told_once(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("\n  ", "\n\t"), encoding="utf-8")
    told = [d for d in read(root).diagnostics if d.id == "yaml-tab"]
    lines = path.read_text(encoding="utf-8").split("\n")
    blocks = [n for n, line in enumerate(lines) if line[:1] == "\t" and lines[n - 1][:1] != "\t"]
    assert [d.place.line - 1 for d in told] == blocks


def test_a_measure_file_with_another_ending_is_missed(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    path.rename(path.with_suffix(".yml"))
    (extra,) = read(root).diagnostics
    assert (extra.id, str(extra.place)) == ("measure-file-extra", f"{BASE}/measures/1-2.yml")
    assert extra.hint == "名前を 1-2.yaml に直してください"


def test_hidden_files_of_the_system_are_passed_over(root: Path) -> None:
    (root / BASE / "measures" / "._1-2.yaml").write_bytes(b"\x00\x05\x16\x07")
    assert found(root) == []


@pytest.mark.parametrize("name", ["1-2 のコピー.yaml", "1-2 - コピー.yaml", "1-2_旧.yaml", "１-２.yaml", "1-2.YAML"])
def test_a_copy_beside_a_measure_file_is_told_once_and_not_read(name: str, root: Path) -> None:
    copy = root / BASE / "measures" / name
    copy.write_bytes((root / BASE / "measures" / "1-2.yaml").read_bytes())
    assert found(root) == [("measure-file-extra", f"{BASE}/measures/{name}")]


def test_a_file_of_a_measure_that_is_not_in_the_strategy_is_told(root: Path) -> None:
    (root / BASE / "measures" / "1-9.yaml").write_bytes((root / BASE / "measures" / "1-2.yaml").read_bytes())
    (extra,) = (d for d in read(root).diagnostics if d.id == "measure-file-extra")
    assert extra.hint == "要らないファイルなら measures フォルダーの外に移してください"


def test_a_copy_beside_the_other_files_is_only_a_warning(root: Path) -> None:
    (root / BASE / "report - コピー.yaml").write_bytes(b"\x00")
    checked = read(root)
    assert checked.value is not None
    assert [(d.id, d.severity.value) for d in checked.diagnostics] == [("file-extra", "warning")]


@pytest.mark.parametrize("name", ["~$1-2.yaml", ".1-2.yaml.swp", "1-2.yaml~", "Thumbs.db", ".DS_Store", "1-2.docx"])
def test_files_of_other_programs_are_passed_over(name: str, root: Path) -> None:
    (root / BASE / "measures" / name).write_bytes(b"\x00")
    assert found(root) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_utf_8_is_told_as_far_as_it_can_be(root: Path) -> None:
    (root / BASE / "measures" / os.fsdecode("1-2 - コピー.yaml".encode("cp932"))).touch()
    (extra,) = read(root).diagnostics
    assert extra.id == "measure-file-extra"
    assert f"{extra.place} {extra.message}".encode()


def test_marks_of_a_merge_are_told_as_such(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1:2] = ["<<<<<<< HEAD", lines[1], "=======", lines[1], ">>>>>>> other"]
    path.write_text("\n".join(lines), encoding="utf-8")
    (conflict,) = read(root).diagnostics
    assert (conflict.id, conflict.place.line) == ("text-conflict", 2)
    assert "6行目まで" in conflict.message


def test_a_file_in_the_encoding_of_mails_is_told_so(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("iso2022_jp"))
    (diagnostic,) = read(root).diagnostics
    assert diagnostic.id == "file-not-utf8"
    assert "（JIS で" in diagnostic.message


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(root: Path) -> None:
    (root / BASE / "goals.yaml").unlink()
    os.mkfifo(root / BASE / "goals.yaml")
    assert found(root) == [("file-unreadable", f"{BASE}/goals.yaml")]


@pytest.mark.parametrize("content", ["", "文だけ\n", "- 一覧\n", "measure: 1-2\n"])
def test_what_repeats_from_a_file_without_initiatives_is_not_called_unknown(content: str, root: Path) -> None:
    (root / BASE / "measures" / "1-2.yaml").write_text(content, encoding="utf-8")
    assert not [d for d in read(root).diagnostics if "repeat" in d.id]


def test_a_missing_key_is_told_with_a_whole_sentence(root: Path) -> None:
    path = root / BASE / "measures" / "1-1.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for start, hint in (
        ("opinions:", '行が抜けていないかを確かめてください。まだないときは opinions: "" と書きます'),
        ("actuals:", "actuals: と書き、次の行から「  指標の識別名: {R2: 90}」を並べてください"),
    ):
        first = next(n for n, line in enumerate(lines) if line.startswith(start))
        end = next(n for n, line in enumerate(lines[first + 1 :], first + 1) if not line.startswith(" "))
        path.write_text("".join(lines[:first] + lines[end:]), encoding="utf-8")
        assert [d.hint for d in read(root).diagnostics] == [hint]


def test_many_missing_keys_are_told_in_one_sentence(root: Path) -> None:
    (root / BASE / "measures" / "1-1.yaml").write_text("measure: 1-1\n", encoding="utf-8")
    (missing,) = read(root).diagnostics
    assert missing.id == "measure-keys-missing"
    assert all(key in missing.message for key in ("actuals（実績値）", "initiatives", "opinions", "response"))


def test_an_explanation_copied_from_the_year_before_is_told(root: Path) -> None:
    path = root / BASE / "report.yaml"
    text = path.read_text(encoding="utf-8")
    heading = "  sections:\n  - id: copied\n    heading: 対象\n    paragraphs: [令和元年度に行った事業です。]\n"
    path.write_text(text.replace("  sections:\n", heading), encoding="utf-8")
    assert [identifier for identifier, _ in found(root)] == ["report-text-year"]


def test_a_broken_file_hides_nothing_of_the_others(root: Path) -> None:
    change(root, "measures/1-2.yaml", "measure: 1-2", "measure 1-2")
    change(root, "strategy.yaml", "kind: cumulative", "kind: cumulatve")
    change(root, "goals.yaml", "集計中", "集計済")
    assert [identifier for identifier, _ in found(root)] == ["kpi-actual-not-number", "yaml-colon", "kpi-kind-unknown"]


def test_references_into_a_broken_file_are_not_called_unknown(root: Path) -> None:
    change(root, "measures/1-1.yaml", "measure: 1-1", "measure 1-1")
    assert [identifier for identifier, _ in found(root)] == ["yaml-colon"]


def test_findings_without_end_are_cut_short(root: Path) -> None:
    path = root / BASE / "goals.yaml"
    path.write_text("actuals: {}\n" + "".join(f"k{n}: x\x07\n" for n in range(20_000)), encoding="utf-8")
    assert len([d for d in read(root).diagnostics if d.place.file.endswith("goals.yaml")]) <= 2 * MOST


def test_the_files_read_are_listed_in_order() -> None:
    folder = SMALL / BASE
    assert [path.relative_to(folder).as_posix() for path in validate.files(folder)] == [
        "goals.yaml",
        "measures/1-1.yaml",
        "measures/1-2.yaml",
        "measures/2-1.yaml",
        "report.yaml",
        "strategy.yaml",
    ]


@pytest.mark.parametrize("encoding", ["cp932", "cp1252", "ascii"])
def test_a_file_that_was_saved_in_a_wrong_encoding_is_told_once(encoding: str, root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    data = path.read_bytes()
    lost = (
        data.decode().encode("ascii", "replace") if encoding == "ascii" else data.decode(encoding, "replace").encode()
    )
    path.write_bytes(lost)
    (damage,) = read(root).diagnostics
    assert (damage.id, damage.place.file, damage.place.line) == ("file-garbled", f"{BASE}/measures/1-2.yaml", 6)
    assert "控えのファイルに戻して" in damage.hint


def test_a_note_with_question_marks_is_no_lost_text(root: Path) -> None:
    change(root, "measures/1-2.yaml", "measure: 1-2", "measure: 1-2  # これでよい???")
    assert found(root) == []


@pytest.mark.parametrize(("written", "told"), [("{R2: ???}", "yaml-syntax"), ("{R2: 1???}", "kpi-actual-not-number")])
def test_a_suspicion_of_lost_letters_hides_no_error(written: str, told: str, root: Path) -> None:
    change(root, "measures/1-2.yaml", "{R2: 195}", written)
    checked = read(root)
    assert {"text-garbled", told} == {d.id for d in checked.diagnostics}
    assert checked.value is None


def test_thousands_of_nuls_are_one_finding(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    path.write_bytes(path.read_bytes()[:-20] + b"\0" * 4096)
    (damage,) = read(root).diagnostics
    assert damage.id == "text-control"
    assert "4096個" in damage.message


@pytest.mark.parametrize(
    "name", ["strategy.yaml.txt", "strategy.txt", "Ｓtrategy．yaml", "strategy (1).yaml", " strategy.yml"]
)
def test_a_file_under_a_wrong_name_is_offered_for_the_missing_one(name: str, root: Path) -> None:
    path = root / BASE / "strategy.yaml"
    path.rename(path.with_name(name))
    (missing,) = read(root).diagnostics
    assert (missing.id, str(missing.place)) == ("file-missing", f"{BASE}/strategy.yaml")
    assert missing.hint == f"もしかして「{name}」ではありませんか。名前を strategy.yaml に直してください"


def test_a_file_that_may_be_missing_is_not_passed_over_for_its_name(root: Path) -> None:
    (root / BASE / "words.yaml.txt").write_text("words: []\n", encoding="utf-8")
    (misnamed,) = read(root).diagnostics
    assert (misnamed.id, misnamed.severity.value) == ("file-misnamed", "error")
    assert misnamed.hint == "名前を words.yaml に直してください"


def test_a_measure_file_in_the_folder_above_is_sent_to_its_own(root: Path) -> None:
    path = root / BASE / "measures" / "1-2.yaml"
    path.rename(root / BASE / "1-2.yaml")
    hints = {d.id: d.hint for d in read(root).diagnostics}
    assert hints["file-extra"] == "measures フォルダーの中に、1-2.yaml という名前で置いてください"


@pytest.mark.parametrize("target", ["nowhere", "words.yaml"], ids=["dangling", "loop"])
@pytest.mark.parametrize("file", ["words.yaml", "measures/1-2.yaml", "report.yaml"])
def test_a_link_that_leads_nowhere_is_told_as_such(file: str, target: str, root: Path) -> None:
    path = root / BASE / file
    path.unlink(missing_ok=True)
    path.symlink_to(path.name if target == "words.yaml" else target)
    (broken,) = read(root).diagnostics
    assert (broken.id, str(broken.place)) == ("file-unreadable", f"{BASE}/{file}")
    assert "リンク" in broken.message


@pytest.mark.parametrize(
    ("file", "other", "called"),
    [("strategy.yaml", "report.yaml", "report.yaml"), ("goals.yaml", "measures/1-2.yaml", "measures"),
     ("measures/1-2.yaml", "strategy.yaml", "strategy.yaml")],
)  # fmt: skip
def test_the_content_of_another_file_is_one_finding(file: str, other: str, called: str, root: Path) -> None:
    (root / BASE / file).write_bytes((root / BASE / other).read_bytes())
    (swapped,) = read(root).diagnostics
    assert (swapped.id, str(swapped.place)) == ("file-of-another", f"{BASE}/{file}")
    assert called in swapped.message


def test_a_strategy_that_was_cut_off_is_not_told_of_what_it_lacks(root: Path) -> None:
    path = root / BASE / "strategy.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("- id: visitors\n  name: 観光客数")], encoding="utf-8")
    assert found(root) == [("strategy-sdgs-missing", f"{BASE}/strategy.yaml:1:1")]


def test_two_measures_whose_files_were_exchanged_are_told_by_their_numbers(root: Path) -> None:
    first, second = (root / BASE / "measures" / name for name in ("1-2.yaml", "2-1.yaml"))
    before = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(before)
    assert [identifier for identifier, _ in found(root)] == ["measure-id-differs", "measure-id-differs"]


def test_a_strategy_that_ends_within_the_sdgs_is_one_finding(root: Path) -> None:
    change(root, "strategy.yaml", "sdgs: [9, 11]", "sdgs: [9, 11, 12, 13, 14, 15]")
    (cut,) = read(root).diagnostics
    assert cut.id == "sdg-numbers-missing"


def test_files_that_stay_the_same_are_checked_once_in_a_run(root: Path) -> None:
    def documents() -> list[object]:
        sources, _ = load(root / BASE, root)
        return [sources.report, sources.strategy, sources.goals, *sources.measures.values()]

    assert all(one is other for one, other in zip(documents(), documents(), strict=True))
