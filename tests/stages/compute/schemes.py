"""Ready schemes and those of the guide, read as a run reads them."""

from __future__ import annotations

import re
from functools import cache

from pipeline.diagnostics import Place
from pipeline.model.scheme import Scheme
from pipeline.stages.validate.checks.scheme import check_scheme
from pipeline.stages.validate.join_scheme import scheme as scheme_of
from pipeline.stages.validate.scheme_file import SchemeShape
from pipeline.stages.validate.shapes import fit
from pipeline.stages.validate.sources import SchemeAt
from pipeline.stages.validate.table import read_scheme
from pipeline.stages.validate.tree import parse
from tests.project import CITY, ROOT

GUIDE = (ROOT / "docs" / "評価方式.md").read_text(encoding="utf-8")
READY = sorted(path.stem for path in (CITY / "inputs" / "schemes").glob("*.yaml"))
BLOCKS = [block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL) if block.startswith("name:")]


@cache
def ready(name: str) -> Scheme:
    """Read a ready scheme."""
    checked = read_scheme(name, CITY)
    assert checked.diagnostics == ()
    assert checked.value is not None
    return checked.value


def written(text: str) -> Scheme:
    """Read a scheme from a text, which must be without faults."""
    tree = parse(text, "scheme.yaml")
    assert tree.value is not None
    document, faults = fit("scheme.yaml", SchemeShape, tree.value)
    at = SchemeAt(document, (), document.data)
    assert (*faults, *check_scheme(at)) == ()
    return scheme_of(at.given(), Place("scheme.yaml", 1, 1))


def of_guide(name: str) -> Scheme:
    """Read a scheme that the guide shows."""
    return written(next(block for block in BLOCKS if block.startswith(f"name: {name}\n")))
