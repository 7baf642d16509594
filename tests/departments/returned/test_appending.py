"""An entry at the end of a list of a YAML text: nothing else is touched."""

from __future__ import annotations

import pytest
import yaml

from pipeline.departments.returned.appending import appended
from pipeline.departments.returned.meaning import CannotWrite

ENTRY = {"id": "b", "text": "二行の\n文章", "items": ("一", "二: 三"), "none": ()}
MEANT = {"id": "b", "text": "二行の\n文章", "items": ["一", "二: 三"], "none": []}


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# 注記だけ\n",
        "other: 1\n",
        "other: 1",
        "list:\n",
        "list: []\n",
        "list: [] # 注記\nother: 1\n",
        "list:\n- id: a\n  text: x\n",
        "list:\n- id: a\n  text: x",
        "list:\n  - id: a # 注記\n    text: |\n      x\n\n# 次の注記\nother: 1\n",
        "list:\r\n- {id: a, text: x}\r\nother: 1\r\n",
    ],
)
def test_the_entry_comes_last_and_all_else_stays(source: str) -> None:
    result = appended(source, "list", ENTRY)
    before = yaml.safe_load(source) or {}
    assert yaml.safe_load(result) == {**before, "list": [*(before.get("list") or []), MEANT]}
    assert all(line in result.splitlines() for line in source.splitlines() if "list" not in line)
    assert result.count("#") == source.count("#")


@pytest.mark.parametrize("source", ["list: [a]\n", "list: {a: 1}\n", "list: text\n", "{list: []}\n", "- a\n"])
def test_what_is_no_list_of_lines_is_refused(source: str) -> None:
    with pytest.raises(CannotWrite):
        appended(source, "list", ENTRY)
