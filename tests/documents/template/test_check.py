"""What a clerk can get wrong in a template, and the words in which it is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.documents.template import check, load, run
from tests.documents.docx.docx_files import package
from tests.documents.template.samples import paragraph, row, table, template
from tests.project import ROOT

SAMPLES: tuple[dict[str, object], ...] = (
    {"施策": {"名称": "港", "概要": ["甲"]}, "取組一覧": [], "注記": None, "札": run("一", "Tile")},
    {"施策": {"名称": "空港", "概要": []}, "取組一覧": [{"名称": "相談"}], "注記": {"文": "済み"}, "札": run("二")},
)


def found(*body: str) -> list[tuple[str, str]]:
    return [(d.id, d.message) for d in check(template(*body), SAMPLES)]


def test_a_template_that_names_what_there_is_passes() -> None:
    body = (
        paragraph("{{ 施策.名称 }}{# 覚え書き #}"),
        paragraph("{%p for 段落 in 施策.概要 %}"),
        paragraph("{{ 段落 }}{{ loop.index }}"),
        paragraph("{%p else %}"),
        paragraph("なし"),
        paragraph("{%p endfor %}"),
        table(
            row("{%tr for 取組 in 取組一覧 %}"),
            row("{{ 取組.名称 }}", "{{ 施策['名称'] }}{{r 札 }}"),
            row("{%tr endfor %}"),
        ),
        paragraph("{%p if 注記 %}"),
        paragraph("{{ 注記.文 }}"),
        paragraph("{%p elif 取組一覧 %}"),
        paragraph("{%p endif %}"),
    )
    assert found(*body) == []


@pytest.mark.parametrize(
    ("text", "name", "guess"),
    [
        ("{{ 施作.名称 }}", "施作", "もしかして「施策」ですか。"),
        ("{{ 施策.名前 }}", "名前", "もしかして「名称」ですか。"),
        ("{{ 施策.XYZ }}", "XYZ", "使える名前: 名称、概要"),
        ("{{ 施策.名称.長さ }}", "長さ", "使える名前: なし"),
        ("{{ 注記.分 }}", "分", "使える名前: 文"),
        ("{% if 施作 %}{% endif %}", "施作", "もしかして「施策」ですか。"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(text: str, name: str, guess: str) -> None:
    ((identifier, message),) = found(paragraph(text))
    assert identifier == "template-unknown-name"
    assert message == f"「{text}」: 「{name}」という名前の項目はありません。{guess}"


def test_names_within_loops_are_followed() -> None:
    body = table(row("{%tr for 取組 in 取組一覧 %}"), row("{{ 取組.名所 }}"), row("{%tr endfor %}"))
    ((_, message),) = found(paragraph("前の段落"), body)
    assert message.startswith("表1の2行目「{{ 取組.名所 }}」: 「名所」")


def test_a_name_split_by_word_is_still_read() -> None:
    assert found("<w:p><w:r><w:t>{{ 施</w:t></w:r><w:r><w:t>策.名称 }}</w:t></w:r></w:p>") == []


@pytest.mark.parametrize(
    ("body", "identifier", "words"),
    [
        ((paragraph("{{ 施策.名称 }"),), "template-syntax", "片方がありません"),
        ((paragraph("{{ 施策..名称 }}"),), "template-syntax", "書き方"),
        ((paragraph("{{ 施策 | unknown }}"),), "template-expression", "使えません"),
        ((paragraph("{%p for in 施策 %}"), paragraph("{%p endfor %}")), "template-syntax", "書き方"),
        ((paragraph("{%p include '/etc/passwd' %}"),), "template-command", "include"),
        ((paragraph("{%p for a in 取組一覧 %}"),), "template-unclosed", "閉じられていません"),
        ((paragraph("{%p endfor %}"),), "template-unclosed", "始まりがありません"),
        ((paragraph("{%p else %}"),), "template-unclosed", "始まりがありません"),
        ((paragraph("{%tr if 注記 %}"), paragraph("{%tr endif %}")), "template-misplaced", "表の中で"),
        ((paragraph("{% if 注記 %}"), paragraph("{% endif %}")), "template-misplaced", "またがる"),
        ((paragraph("{%p if 注記 %}"), paragraph("{% endif %}")), "template-misplaced", "異なります"),
        ((paragraph("重要{%p if 注記 %}"), paragraph("{%p endif %}")), "template-text-lost", "別の段落に"),
        ((table(row("{%tr if 注記 %}", "重要"), row("{%tr endif %}")),), "template-text-lost", "別の行に"),
    ],
)
def test_commands_that_cannot_work_are_told(body: tuple[str, ...], identifier: str, words: str) -> None:
    told = found(*body)
    assert {name for name, _ in told} == {identifier}
    assert words in told[0][1]


@pytest.mark.parametrize(
    ("text", "identifier", "words"),
    [
        ("{{ 施策.名称() }}", "template-expression", "計算、関数"),
        ("{{ 施策.名称 + 1 }}", "template-expression", "計算、関数"),
        ("{{ 'あ' * 999999999 }}", "template-expression", "計算、関数"),
        ("{{ range(999999999) }}", "template-expression", "計算、関数"),
        ("{{ 施策.名称 | upper }}", "template-expression", "「|」の付いた書き方"),
        ("{% if 施策.名称 < 3 %}{% endif %}", "template-expression", "計算、関数"),
        ("{% for 甲, 乙 in 取組一覧 %}{% endfor %}", "template-expression", "項目の名前だけ"),
        ("{% for 一字 in 施策.名称 %}{% endfor %}", "template-not-a-list", "一覧だけ"),
        ("{{ 施策 }}", "template-not-a-text", "「.」に続けて"),
        ("{{ 取組一覧 }}", "template-not-a-text", "for で繰り返して"),
        ("{% for 取組 in 取組一覧 %}{{ loop.previous }}{% endfor %}", "template-unknown-name", "previous"),
        ("{{ 札 }}", "template-look", "{{r … }} と書くもの"),
        ("{{r 施策.名称 }}", "template-look", "{{ … }} と書くもの"),
        ("｛｛ 施策.名称 ｝｝", "template-wide", "半角で書いてください"),
        ("{｛ 施策.名称 ｝}", "template-wide", "半角で書いてください"),
        ("｛％p if 注記 ％｝", "template-wide", "半角で書いてください"),
        ("{# 閉じない覚え書き", "template-syntax", "片方がありません"),
        ("{% p if 注記 %}{% endif %}", "template-command", "{%p と書いて"),
    ],
)
def test_what_could_not_be_printed_is_told_before_filling(text: str, identifier: str, words: str) -> None:
    told = dict(found(paragraph(text)))
    assert identifier in told
    assert words in told[identifier]


LETTERS = "𛀁😀\U000e0100\ufe0f\u200b\u3099\ue000\u00ad"


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "templates").glob("*.docx")))
def test_letters_that_no_typeface_has_are_told_wherever_they_stand(name: str, tmp_path: Path) -> None:
    parts = spoiled(ROOT / "templates" / name)
    (tmp_path / name).write_bytes(package(parts))
    loaded = load(tmp_path, name).value
    assert loaded is not None
    told = [one for one in check(loaded, ()) if one.id == "template-glyph-missing"]
    for kind, where in (("document", ""), ("header", "ヘッダー"), ("footer", "フッター")):
        count = sum(LETTERS in part for file, part in parts.items() if kind in file)
        for letter in LETTERS:
            named = [one for one in told if f"U+{ord(letter):04X}" in one.message and one.message.startswith(where)]
            assert len(named) >= count
    assert all(one.place.file.endswith(name) and "直してください。" in one.hint for one in told)


def spoiled(path: Path) -> dict[str, str]:
    """Put letters that cannot be printed behind the last text of each part that says something."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, part in parts.items():
        if name.startswith(("word/document", "word/header", "word/footer")):
            parts[name] = f"{LETTERS}</w:t>".join(part.rsplit("</w:t>", 1))
    return parts


def test_letters_within_commands_are_not_printed() -> None:
    assert found(paragraph("{# 吉野家の𛀁 #}")) == []


def test_everything_wrong_is_told_at_once() -> None:
    assert [name for name, _ in found(paragraph("{{ 甲 }}"), paragraph("{{ 乙 }}"))] == ["template-unknown-name"] * 2
