"""How many have which rating, and the share of those."""

from __future__ import annotations

import pytest

from pipeline.wording.tally import share


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [(2, 3, "67%"), (399, 400, "99%"), (400, 400, "100%"), (0, 3, "0%"), (0, 0, "―")],
)
def test_a_share_is_never_all_where_one_is_left_out(part: int, whole: int, printed: str) -> None:
    assert share(part, whole) == printed
