"""Every good city, and every fault with its findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.diagnostics import has_errors
from tests.project import BASE
from tests.stages.validate.cases import REJECTED, lay_out, lay_out_final, read, rejected


@pytest.mark.parametrize("city", [lay_out, lay_out_final])
def test_a_good_folder_has_no_findings(city: Callable[[Path], Path], tmp_path: Path) -> None:
    checked = read(city(tmp_path))
    assert checked.diagnostics == ()
    assert checked.value is not None


@pytest.mark.parametrize("name", REJECTED)
def test_a_fault_is_found_where_it_is_and_told_in_japanese(name: str, tmp_path: Path) -> None:
    expected = rejected(name).expected
    checked = read(lay_out(tmp_path, name))
    assert expected
    assert tuple(sorted((d.place, d.id) for d in checked.diagnostics)) == expected
    assert (checked.value is None) == has_errors(checked.diagnostics)
    for diagnostic in checked.diagnostics:
        assert re.search("[ぁ-ん]", diagnostic.message)
        assert re.search("[ぁ-ん]", diagnostic.hint)
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)+", diagnostic.id)


def test_a_misspelt_key_is_told_with_the_key_that_was_meant(tmp_path: Path) -> None:
    (found,) = read(lay_out(tmp_path, "key-misspelt")).diagnostics
    assert found.message == "指標「routes」に『untis』という項目はありません"
    assert found.hint == "もしかして「unit（単位）」ではありませんか"


def test_a_misspelt_word_is_told_with_the_words_there_are(tmp_path: Path) -> None:
    (found,) = read(lay_out(tmp_path, "direction-misspelt")).diagnostics
    assert found.message == "指標「outflow」の『direction』（望ましい方向）の「decrese」は使えません"
    assert found.hint.startswith("もしかして「decrease（小さいほど良い）」ではありませんか。")
    assert all(word in found.hint for word in ("increase（大きいほど良い）", "maintain（維持する）"))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("wide-digits", "合っていれば、半角で 195 と書いてください"),
        ("comma-in-number", "合っていれば、「,」を付けずに半角で 47331 と書いてください"),
        ("unit-in-number", "163 のように、単位などを付けずに数字だけを書いてください"),
        ("repeat-of-a-repeat", "元の取組を指して repeat: 1-2/desk と書いてください"),
        ("name-not-a-file-name", "全角の「／」に直してください"),
        (
            "measure-without-a-file",
            "ファイルの名前（半角、拡張子は .yaml）と置き場所を確かめてください。"
            "新しく加えたものなら、ほかのファイルを写して measures/2-2.yaml を作ってください",
        ),
        (
            "opinions-of-a-node-in-two-places",
            "同じ物なら、どちらか一方を消してください。"
            "違う物なら、この行だけを消し、その下の行を、2行目からの『1-2』の終わりに移してください",
        ),
        ("revision-year-by-the-calendar", "R2 と書いてください"),
    ],
)
def test_a_hint_shows_the_right_way_to_write(name: str, hint: str, tmp_path: Path) -> None:
    assert hint in [d.hint for d in read(lay_out(tmp_path, name)).diagnostics]


def test_a_missing_glyph_is_told_with_its_code_point(tmp_path: Path) -> None:
    (found,) = read(lay_out(tmp_path, "glyph-missing")).diagnostics
    assert "U+2A6A5" in found.message
    assert str(found.place) == f"{BASE}/strategy.yaml:21:9"


@pytest.mark.parametrize(("character", "words"), [("😀", "絵文字"), ("\u2003", "ふつうの空白"), ("𛀁", "別の字")])
def test_a_missing_glyph_is_told_with_its_own_cure(character: str, words: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    path = root / BASE / "measures" / "1-2.yaml"
    text = path.read_text(encoding="utf-8").replace('opinions: ""', f"opinions: 意見{character}です")
    path.write_text(text, encoding="utf-8")
    (found,) = read(root).diagnostics
    assert (found.id, found.place.file) == ("glyph-missing", f"{BASE}/measures/1-2.yaml")
    assert words in found.hint
