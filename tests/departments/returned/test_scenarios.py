"""Sheets that were edited in LibreOffice: every edit comes back as what it is, or is asked about.

``scenarios/expected.yaml`` says for each scenario what must come;
``make scenarios`` makes the files anew, and tests them all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest
import yaml

from pipeline.departments import returned
from pipeline.departments.issued import records
from pipeline.departments.issued.asking import Asking
from tests.departments.returned.scenarios.archive import ARCHIVE, unpack
from tests.departments.returned.scenarios.table import line
from tests.project import YEAR
from tests.stages.compute.examples import FORM

Expected = Mapping[str, list[str]]
_EXPECTED: Expected = yaml.safe_load((ARCHIVE.parent / "expected.yaml").read_text(encoding="utf-8"))

_NAMES = sorted({name.partition(".")[0] for name in _EXPECTED})
_BOTH = [(name, how) for name in _NAMES for how in ("tracked", "untracked")]
_TURNS = [pair for turn, pair in enumerate(_BOTH) if pair[0] not in _EXPECTED or turn % 4 in (0, 3)]
"""Both files of scenarios that come out differently, and by turns one of the others."""


@pytest.fixture(scope="session")
def files() -> Mapping[str, bytes]:
    return unpack(ARCHIVE)


@pytest.fixture(scope="session")
def given(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> returned.CollectContext:
    """The record of what was sent; the inputs have not changed since."""
    folder = tmp_path_factory.mktemp("scenarios") / YEAR
    (folder / "issued").mkdir(parents=True)
    for name, data in files.items():
        if "tracked" not in name:
            (folder / "issued" / name).write_bytes(data)
    (issue,) = issues = records.load(folder, folder).value or ()
    return returned.CollectContext(
        folder, issue.identity.year, Asking(FORM, "R2"), issues, issue.values, (), lambda data, kind: None
    )


def test_every_file_has_its_expectation(files: Mapping[str, bytes]) -> None:
    assert {name.partition(".")[0] for name in files if "tracked" in name} == {
        name.partition(".")[0] for name in _EXPECTED
    }


@pytest.mark.parametrize(("scenario", "how"), _BOTH if "SCENARIOS" in os.environ else _TURNS)
def test_scenario(scenario: str, how: str, files: Mapping[str, bytes], given: returned.CollectContext) -> None:
    inbox = given.folder / "returned"
    inbox.mkdir(exist_ok=True)
    (inbox / "回答.docx").write_bytes(files[f"{scenario}.{how}.docx"])
    (sheet,) = returned.collect(given)
    expected = _EXPECTED.get(f"{scenario}.{how}", _EXPECTED.get(scenario))
    assert [line(proposal) for proposal in sheet.proposals] == expected
