"""Workbooks that were edited in LibreOffice: every edit comes back as what it is, or is asked about.

``scenarios/expected.yaml`` says for each scenario what must come; ``make scenarios`` makes the files anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from pipeline.departments import returned
from tests.departments.returned.scenarios.archive import unpack
from tests.departments.workbooks.scenarios.city import ARCHIVE
from tests.departments.workbooks.scenarios.given import EDITED, context
from tests.departments.workbooks.scenarios.table import line
from tests.project import YEAR

Expected = Mapping[str, list[str]]
EXPECTED: Expected = yaml.safe_load((ARCHIVE.parent / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def files() -> Mapping[str, bytes]:
    return unpack(ARCHIVE)


@pytest.fixture(scope="session")
def given(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> returned.CollectContext:
    return context(files, tmp_path_factory.mktemp("scenarios") / YEAR)


def proposed(data: bytes, name: str, given: returned.CollectContext) -> list[str]:
    """Return what a file proposes, as lines."""
    inbox = given.folder / "returned"
    inbox.mkdir(exist_ok=True)
    for old in inbox.iterdir():
        old.unlink()
    (inbox / f"回答{Path(name).suffix}").write_bytes(data)
    (sheet,) = returned.collect(given)
    assert not sheet.fault, sheet.fault
    return [line(proposal) for proposal in sheet.proposals]


def test_every_file_has_its_expectation(files: Mapping[str, bytes]) -> None:
    assert {name.partition(EDITED)[0] for name in files if EDITED in name} == set(EXPECTED)


@pytest.mark.parametrize("scenario", sorted(EXPECTED))
def test_scenario(scenario: str, files: Mapping[str, bytes], given: returned.CollectContext) -> None:
    (name,) = (name for name in files if name.startswith(f"{scenario}{EDITED}"))
    assert proposed(files[name], name, given) == EXPECTED[scenario]
