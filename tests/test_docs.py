"""The lists that people read agree with what the program does."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from pipeline.model.form import FieldKind, Holder
from pipeline.stages.audit import TITLES
from pipeline.stages.validate.join_form import standard_form
from tests.project import ROOT

LIST = (ROOT / "docs/テンプレートの項目.md").read_text(encoding="utf-8")


def names(template: Path) -> set[str]:
    """List the names a template prints or loops over, without the loops' own."""
    with zipfile.ZipFile(template) as package:
        parts = [package.read(n).decode() for n in package.namelist() if re.match(r"word/(document|header|footer)", n)]
    source = "".join(re.sub(r"<[^>]+>", "", part) for part in parts)
    printed = re.findall(r"\{\{[rp]? *([\w.]+)", source)
    looped = re.findall(r"for \w+ in ([\w.]+)", source)
    return {part for name in (*printed, *looped) for part in name.split(".")} - set(re.findall(r"for (\w+) in", source))


@pytest.mark.parametrize("template", sorted((ROOT / "templates").glob("*.docx")), ids=lambda p: p.stem)
def test_every_name_of_a_template_is_listed(template: Path) -> None:
    found = names(template)
    assert found
    assert {name for name in found if name not in LIST} - {"二年目", "三年目", "四年目"} == set()


def test_make_help_lists_every_target_in_one_line() -> None:
    text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("report", "sheets", "check", "charts", "test", "clean"):
        assert len(re.findall(rf"^  make {target}\s+\S", text, re.MULTILINE)) == 1


def test_every_warning_of_the_audit_is_explained() -> None:
    page = (ROOT / "docs/点検.md").read_text(encoding="utf-8")
    assert [identifier for identifier in TITLES if f"`{identifier}`" not in page] == []


def test_every_field_of_the_programs_own_form_is_listed() -> None:
    holders = {Holder.MEASURE: "施策", Holder.INITIATIVE: "取組", Holder.OPINION: "意見"}
    rows = [f"| `{holders[f.on]}.{f.in_template}` | {f.name} | {f.writer.called} |" for f in standard_form().fields]
    assert [row for row in rows if row not in LIST] == []
    assert [kind for kind in FieldKind if f"| {kind}（" not in LIST] == []
