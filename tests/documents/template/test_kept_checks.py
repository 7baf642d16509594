"""What came of a template is found again only where the template and what samples offer are as they were."""

from __future__ import annotations

import pytest

from pipeline.documents.template import Template, check, names, render, run
from pipeline.workflows.kept import packed, unpacked
from tests.documents.memory import Remembered
from tests.documents.template.samples import paragraph, row, table, template

BODY = (
    paragraph("{{ 施策.名称 }}"),
    table(row("{%tr for 取組 in 取組一覧 %}"), row("{{ 取組.名称 }}"), row("{%tr endfor %}")),
    paragraph("{% if 注記 == '要' %}{{ 注記 }}{% endif %}"),
)
SAMPLE = {"施策": {"名称": "港"}, "取組一覧": [{"名称": "相談"}], "注記": "否"}


@pytest.mark.parametrize(
    "other",
    [
        {**SAMPLE, "施策": {"題名": "港"}},
        {**SAMPLE, "施策": "港"},
        {**SAMPLE, "施策": {"名称": {"文": "港"}}},
        {**SAMPLE, "施策": {"名称": run("港")}},
        {**SAMPLE, "取組一覧": {"名称": "相談"}},
        {**SAMPLE, "取組一覧": [{"題名": "相談"}]},
        {name: value for name, value in SAMPLE.items() if name != "注記"},
    ],
)
def test_a_template_is_checked_anew_where_other_names_are_offered(other: dict[str, object]) -> None:
    memory, written = Remembered(), template(*BODY)
    assert check(written, [SAMPLE], memory) == ()
    assert check(written, [other], memory) == check(written, [other]) != ()


def test_a_template_is_checked_anew_where_it_is_another() -> None:
    memory, written = Remembered(), template(*BODY)
    assert check(written, [SAMPLE], memory) == ()
    other = template(*BODY, paragraph("{{ 施作 }}"))
    assert check(other, [SAMPLE], memory) == check(other, [SAMPLE]) != ()
    renamed = Template("templates/other.docx", other.data)
    assert [one.place.file for one in check(renamed, [SAMPLE], memory)] == [renamed.file]


def test_no_word_of_a_sample_is_asked_for() -> None:
    memory, written = Remembered(), template(*BODY)
    check(written, [SAMPLE], memory)
    memory.anew = 0
    assert check(written, [{**SAMPLE, "施策": {"名称": "空港"}, "注記": "要"}], memory) == ()
    assert memory.anew == 0


@pytest.mark.parametrize("other", [{**SAMPLE, "注記": "要"}, {**SAMPLE, "取組一覧": []}])
def test_what_is_printed_is_looked_up_anew_where_other_values_are(other: dict[str, object]) -> None:
    memory, written = Remembered(), template(*BODY)
    assert names(written, SAMPLE, memory) == {"施策.名称", "取組一覧.名称"}
    assert names(written, other, memory) == names(written, other) != names(written, SAMPLE)
    longer = template(*BODY, paragraph("{{ 注記 }}"))
    assert "注記" in names(longer, SAMPLE, memory)


def test_a_template_is_read_once_whatever_is_filled_in() -> None:
    memory, later, written = Remembered(), Remembered(), template(*BODY)
    filled, named = render(written, SAMPLE, memory), names(written, SAMPLE, memory)
    later.known = {key: unpacked(packed(made)) for key, made in memory.known.items()}
    other = {**SAMPLE, "施策": {"名称": "空港"}, "注記": "要"}
    assert render(written, other, later) == render(written, other) != filled
    assert names(written, other, later) == names(written, other) != named
    assert later.anew == 0
    longer = template(*BODY, paragraph("{{ 注記 }}"))
    assert render(longer, SAMPLE, later) == render(longer, SAMPLE) != filled
