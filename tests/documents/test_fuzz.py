"""A few damaged Word files in every run of the tests; ``tests.documents.fuzz`` tries as many as there is time for."""

from __future__ import annotations

from random import Random

import pytest

from tests.documents.fuzz import attempt, corpus, damaged


@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_are_drawn_whole_or_refused(seed: int) -> None:
    documents = corpus()
    assert {attempt(damaged(documents, Random(f"{seed}-{number}").randrange)) for number in range(6)} <= {
        "drawn",
        "refused",
    }
