"""What later stages rely on without asking: whatever passes the rules of the inputs holds to it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.diagnostics import has_errors
from pipeline.model.evaluation import Evaluation
from pipeline.model.scheme import Band, Scheme
from pipeline.model.strategy import Amount
from pipeline.stages.validate.checks.scheme import check_scheme
from pipeline.stages.validate.join_scheme import scheme
from pipeline.stages.validate.scheme_file import SchemeShape
from pipeline.stages.validate.shapes import fit
from pipeline.stages.validate.sources import SchemeAt
from pipeline.stages.validate.tree import parse
from pipeline.wording import ratings
from tests.examples import tried
from tests.stages.validate.cases import change, lay_out, read

CONDITIONS = ["", "met: true", "at_least: 80", "at_least: 50", "over: 100", "target: reached", "baseline: above"]
bands = st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3)
words = st.sampled_from(["true", "false"])
years = st.sampled_from(["H30", "R1", "R2", "R3", "R6", "R12"])
states = st.lists(st.sampled_from(["整備中", "完成", "着手"]), max_size=3)


def evaluated(changes: Mapping[tuple[str, str], str]) -> Evaluation | None:
    """Return the small city with texts of its files changed; None where a rule refuses it."""
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder))
        for (file, old), new in changes.items():
            change(root, file, old, new)
        return read(root).value


def made(text: str) -> Scheme | None:
    """Return a scheme; None where a rule refuses it."""
    tree = parse(text, "scheme.yaml").value
    assert tree is not None
    document, found = fit("scheme.yaml", SchemeShape, tree)
    at = SchemeAt(document, (), document.data)
    return None if has_errors((*found, *check_scheme(at))) else scheme(at.given(), at.at())


def written(conditions: list[str]) -> str:
    named = (f"{{code: b{n}, label: b{n}, mark: x, tone: good, {one}}}" for n, one in enumerate(conditions))
    return f"[{', '.join(named)}]"


def is_open(band: Band) -> bool:
    return not (band.met or band.at_least or band.over or band.target or band.baseline or band.previous)


@tried(400)
@example(["", ""], "true", None, "false", "ratio")
@given(bands, words, st.none() | bands, st.none() | words, st.sampled_from(["ratio", "compare", "fixed"]))
def test_exactly_one_band_of_a_method_takes_what_is_left(
    own: list[str], entered: str, of_special: list[str] | None, special_entered: str | None, formula: str
) -> None:
    special = "name: 特例, kinds: [point]"
    special += f", bands: {written(of_special)}" if of_special else ""
    special += f", entered: {special_entered}" if special_entered else ""
    head = f"name: 方法\nformula: {formula}\nentered: {entered}\nbands: {written(own)}\n"
    found = made(f'{head}special: [{{{special}}}]\nnone: {{mark: "", label: ""}}\n')
    for method in ratings.methods(found) if found else ():
        assert method.entered or [is_open(band) for band in method.bands].count(True) == 1


@tried(40)
@given(years, years, years)
def test_the_evaluated_year_lies_in_the_plan(year: str, baseline: str, last: str) -> None:
    plan = {("strategy.yaml", "years: {baseline: R1, last: R6}"): f"years: {{baseline: {baseline}, last: {last}}}"}
    found = evaluated({("report.yaml", "year: R2\n"): f"year: {year}\n", **plan})
    assert found is None or found.report.year in found.years[1:]


@tried(40)
@given(states, st.sampled_from(["整備中", "完成", "着手", "整備"]))
def test_a_figure_is_in_a_state_that_there_is(listed: list[str], state: str) -> None:
    targets = "targets: {R2: {number: 2, state: 完成}"
    found = evaluated(
        {
            ("strategy.yaml", "states: [整備中, 完成]"): f"states: [{', '.join(listed)}]",
            ("strategy.yaml", targets): targets.replace("完成", state),
        }
    )
    for indicator in found.indicators if found else ():
        figures = (indicator.baseline, *indicator.targets.values(), *indicator.actuals.values())
        assert {f.state for f in figures if isinstance(f, Amount) and f.state} <= {*indicator.states}
