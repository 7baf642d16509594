"""Damaged workbooks: nothing is lost, nothing silently misplaced, nothing a fault of the program."""

from __future__ import annotations

import pytest

from tests.departments.workbooks.damage import Bench


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench.at(tmp_path_factory.mktemp("damaged"))


@pytest.mark.parametrize("seed", range(15))
def test_damage(seed: int, bench: Bench) -> None:
    assert bench.run(seed) == []
