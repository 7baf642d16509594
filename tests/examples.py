"""How many examples a property is held to: a fifth as a rule, and all by ``make test-slow`` (``EXAMPLES=all``)."""

from __future__ import annotations

import os
from collections.abc import Collection

from hypothesis import HealthCheck, settings

ALL = os.environ.get("EXAMPLES") == "all"
_LEAST = 2


def some(count: int) -> int:
    """Return how many of so many examples are tried."""
    return count if ALL else max(count // 5, _LEAST)


def tried(count: int, suppress: Collection[HealthCheck] = ()) -> settings:
    """Return the settings of a property that takes so many examples; a busy machine makes none of them fail."""
    return settings(max_examples=some(count), deadline=None, suppress_health_check=[*suppress])


def by_default() -> None:
    """Hold every property that says nothing else to as many examples as hypothesis takes."""
    settings.register_profile("some", max_examples=some(100), deadline=None)
    settings.load_profile("some")
