"""What the desk takes from a saved sentence to the new page: seconds of processors, its own and its children's."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path
from statistics import median

from tests.desk.desks import Served, served
from tests.project import BASE

ROUNDS = 7
_MEASURE = "measures/1-2.yaml"
_SENTENCE = re.compile(r"(results: )(?:第(\d+)回の)?")
_SCALE = 1.5
"""Pixels for a point, as a page fills a window of 1366 pixels."""


def spent() -> float:
    """Return the seconds so far."""
    all_of_them = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in all_of_them)


def save(project: Path) -> None:
    """Change a sentence of a measure to one that no run has seen, those of an earlier measurement included."""
    path = project / BASE / _MEASURE
    text, count = _SENTENCE.subn(
        lambda found: f"{found[1]}第{int(found[2] or 0) + 1}回の", path.read_text("utf-8"), count=1
    )
    assert count
    path.write_text(text, encoding="utf-8")


def keys(desk: Served) -> list[str]:
    """Return the keys of the pages that the browser is told of."""
    return [page["key"] for page in desk.get("/state").data["pages"]]


def seconds(desk: Served, project: Path) -> float:
    """Save, and look at the first page that is exchanged, as a browser does."""
    before = keys(desk)
    save(project)
    start = spent()
    desk.desk.forget()
    desk.desk.make()
    new = next(key for key in keys(desk) if key not in before)
    assert desk.get(f"/picture?key={new}&scale={_SCALE}").status == desk.get(f"/texts?key={new}").status == 200
    return spent() - start


def main(project: Path) -> None:
    """Print the median."""
    with served(project) as desk:
        desk.desk.make()
        found = [seconds(desk, project) for _ in range(ROUNDS + 1)]
        sys.stdout.write(f"{median(found[1:]):.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
