"""Right sentences and the same with a slip: what the audit finds, what it calls confirmed, where it is wrong."""

from __future__ import annotations

import pytest

from tests.stages.audit.pairs import Pair, false_ones, outcome, pairs

HALVES = pytest.mark.parametrize("kept_apart", [False, True], ids=["tuned", "kept apart"])
FOUND = 0.8
FALSE_ALARMS = 2 / 90


@HALVES
def test_most_slips_are_found(kept_apart: bool) -> None:
    slips = [(pair, pair.slip) for pair in pairs(kept_apart=kept_apart) if pair.slip]
    missed = [slip for pair, slip in slips if not outcome(pair, slip).warned]
    assert len(slips) - len(missed) >= FOUND * len(slips), missed


@HALVES
def test_nothing_false_is_confirmed(kept_apart: bool) -> None:
    assert [message for pair in pairs(kept_apart=kept_apart) if pair.slip for message in false_ones(pair)] == []


@HALVES
def test_right_sentences_are_left_alone(kept_apart: bool) -> None:
    given = list(pairs(kept_apart=kept_apart))
    alarms = [(pair.right, warned) for pair in given if (warned := outcome(pair, pair.right).warned)]
    assert len(alarms) <= FALSE_ALARMS * len(given), alarms


@pytest.mark.parametrize("pair", [p for p in pairs(kept_apart=False) if p.slip is None], ids=lambda pair: pair.right)
def test_figures_of_something_else_are_neither_confirmed_nor_warned_of(pair: Pair) -> None:
    found = outcome(pair, pair.right)
    assert (found.warned, [m for m in found.confirmed if "内訳" not in m]) == ((), [])
