"""What Word and input methods leave in commands, and what is more than a name: each is told, with a cure that works."""

from __future__ import annotations

import re

import pytest

from pipeline.documents.template import check, render
from tests.documents.template.samples import paragraph, template

SAMPLES: tuple[dict[str, object], ...] = ({"施策": {"名称": "港", "概要": ["甲"]}, "区分": "案"},)


def found(*texts: str) -> list[tuple[str, str]]:
    return [(d.id, d.message) for d in check(template(*map(paragraph, texts)), SAMPLES)]


@pytest.mark.parametrize(
    ("typed", "named", "cured"),
    [
        ("{% if 区分 == “案” %}甲{% endif %}", "“", '{% if 区分 == "案" %}'),
        ("{% if 区分 == ‘案’ %}甲{% endif %}", "‘", "{% if 区分 == '案' %}"),
        ("{% if 区分 ＝＝ '案' %}甲{% endif %}", "＝", "{% if 区分 == '案' %}"),
        ("{{ 施策．名称 }}", "．", "{{ 施策.名称 }}"),
        ("{{ 施策。名称 }}", "。", "{{ 施策.名称 }}"),
        ("{{ 施策.\u200b名称 }}", "U+200B", "{{ 施策.名称 }}"),
        ("{{ \ufeff施策.名称\u00ad }}", "U+FEFF", "{{ 施策.名称 }}"),
        ("{%\u200b if 区分 %}甲{% endif %}", "U+200B", "{% if 区分 %}"),
    ],
)
def test_a_mistyped_character_is_named_with_a_cure_that_works(typed: str, named: str, cured: str) -> None:
    ((identifier, message),) = found(typed)
    assert identifier == "template-mistyped"
    assert named in message
    assert f"{cured} と打ち直してください。" in message
    assert found(re.sub(r"\{[{%].*?[%}]\}", lambda _: cured, typed, count=1)) == []


@pytest.mark.parametrize("typed", ["{施策.名称}", "{ 施策.名称 }", "{ { 施策.名称 } }", "{{ 区分 }} {施策.名称}"])
def test_braces_that_do_not_stand_in_pairs_are_told_with_a_cure_that_works(typed: str) -> None:
    ((identifier, message),) = found(typed)
    assert identifier == "template-brace"
    (cured,) = re.findall(r"項目なら (\{\{.*?\}\}) と書き", message)
    assert cured == "{{ 施策.名称 }}"
    assert found(cured) == []


def test_braces_to_be_printed_may_be_wide() -> None:
    ((_, message),) = found("{甲}")
    assert "全角の ｛ ｝ に直してください" in message
    assert found("｛甲｝") == []


@pytest.mark.parametrize("typed", ["甲}", "{甲", "{{ 施策.名称 }}}", "{ % if 区分 % }"])
def test_a_brace_left_over_is_told(typed: str) -> None:
    assert [name for name, _ in found(typed)] == ["template-brace"]


@pytest.mark.parametrize("typed", ["{ ｛ 施策.名称 ｝ }", "｛ ｛ 施策.名称 ｝ ｝", "｛＃ 注 ＃｝"])
def test_wide_braces_are_told_also_where_they_are_parted(typed: str) -> None:
    assert [name for name, _ in found(typed)] == ["template-wide"]


@pytest.mark.parametrize(
    "typed",
    [
        "{{ none }}",
        "{{ true }}",
        "{{ 1 }}",
        "{{ 'a' }}",
        "{{ ''.x }}",
        "{{ ''.__class__ }}",
        "{{ 'a'.upper }}",
        "{{ [].append }}",
        "{{ {}.items }}",
        "{{ (1).real }}",
        "{{ 区分 == '案' }}",
        "{{ not 区分 }}",
        "{{ 区分 and 施策.名称 }}",
        "{{ 区分 if 区分 else 区分 }}",
        "{{ 区分, 施策.名称 }}",
        "{{ 区分[0] }}",
        "{{ 区分 ~ 区分 }}",
        "{{ 区分 is defined }}",
        "{{ 区分 | length }}",
        "{{ range(3) }}",
        "{% if 1 %}甲{% endif %}",
        "{% if 区分 in '案' %}甲{% endif %}",
        "{% for 字 in 'abc' %}{{ 字 }}{% endfor %}",
        "{% for loop in 施策.概要 %}甲{% endfor %}",
    ],
)
def test_only_names_are_printed_repeated_or_compared(typed: str) -> None:
    told = found(typed)
    assert told
    assert {name for name, _ in told} <= {"template-expression"}
    assert all("項目の名前だけを書いてください" in message for _, message in told)


@pytest.mark.parametrize("typed", ["{{ 区分.upper }}", "{{ 施策.__class__ }}", "{{ 施策.items }}", "{{ self }}"])
def test_what_names_of_the_program_stand_for_is_not_printed(typed: str) -> None:
    assert [name for name, _ in found(typed)] == ["template-unknown-name"]


def nested(depth: int) -> list[str]:
    return [*["{%p if 区分 %}"] * depth, "深い", *["{%p endif %}"] * depth]


@pytest.mark.parametrize("depth", [11, 300, 3000])
def test_commands_nested_too_deep_are_told_once(depth: int) -> None:
    assert [name for name, _ in found(*nested(depth))] == ["template-too-deep"]


def test_commands_nested_as_deep_as_allowed_are_filled() -> None:
    assert found(*nested(10)) == []
    assert "深い" in render(template(*map(paragraph, nested(10))), SAMPLES[0])["word/document.xml"].decode()


@pytest.mark.parametrize(
    "long", ["{{ " + ".".join(["施策"] * 3000) + " }}", "{{ " + "(" * 70 + "区分" + ")" * 70 + " }}"]
)
def test_a_command_too_long_to_be_meant_is_told(long: str) -> None:
    assert [name for name, _ in found(long)] == ["template-too-deep"]


def test_many_branches_are_filled() -> None:
    body = ["{%p if 区分 == 'x' %}", *["{%p elif 区分 == 'y' %}"] * 1000, "{%p else %}", "枝", "{%p endif %}"]
    assert found(*body) == []
    assert "枝" in render(template(*map(paragraph, body)), SAMPLES[0])["word/document.xml"].decode()
