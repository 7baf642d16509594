"""Whatever happens to a sheet on its way: no edit is lost or goes to a wrong field; only what is accepted is written.

``python -m tests.departments.returned.damage 1000 7`` does the same for a thousand sheets from the seed 7.
"""

from __future__ import annotations

import pytest

from tests.departments.returned.damage import Bench


@pytest.mark.parametrize("seed", range(15))
def test_damaged_sheets(bench: Bench, seed: int) -> None:
    assert list(bench.faults(seed)) == []
