"""What the desk takes from a saved sentence to the new page: seconds of processors, its own and its children's."""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from statistics import median

from tests.bench.sentence import save
from tests.desk.desks import Served, served

ROUNDS = 7
_SCALE = 1.5
"""Pixels for a point, as a page fills a window of 1366 pixels."""


def spent() -> float:
    """Return the seconds so far."""
    all_of_them = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in all_of_them)


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
