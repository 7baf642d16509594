"""What a sheet asks of its department: which places are its own to write, and the words that ask for them."""

from __future__ import annotations

TO_FILL, FIGURE = "【ここに記入してください】", "【記入】"
_UNFILLED = (TO_FILL, FIGURE, "【要記入】", "集計中")
COUNCIL = "opinions"
"""What the council says is written by the planning division."""


def is_to_fill(shown: str) -> bool:
    """Return whether a text asks to be filled in."""
    return any(word in shown for word in _UNFILLED)


def is_own(path: str, measure: str, year: str) -> bool:
    """Return whether the department of a measure writes a place: its own file, and of actuals the evaluated year's.

    What is repeated from another measure, and what an indicator shares with one, stands in that one's file.
    """
    file, _, keys = path.partition("#")
    if file != f"measures/{measure}.yaml" or keys == COUNCIL:
        return False
    return not keys.startswith("actuals.") or keys.endswith(f".{year}")


def asks(path: str, shown: str, measure: str, year: str) -> bool:
    """Return whether the sheet of a measure asks its department to write a place that it prints as ``shown``."""
    return is_own(path, measure, year) and is_to_fill(shown)


def owner(path: str) -> str:
    """Return the measure in whose file a place stands; empty where it is in no measure's file."""
    file = path.partition("#")[0]
    return file.removeprefix("measures/").removesuffix(".yaml") if file.startswith("measures/") else ""
