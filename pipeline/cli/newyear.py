"""``newyear``: the next year's inputs, of this plan or of the next one."""

from __future__ import annotations

import argparse

from pipeline.cli.console import TextReporter
from pipeline.cli.outcome import FAILED, carried_out
from pipeline.diagnostics import Diagnostic
from pipeline.workflows import new_year
from pipeline.workflows.new_year import Begun
from pipeline.workflows.project import Project


def run(arguments: argparse.Namespace) -> int:
    """Write the next year's folder, and say what to do there; return the exit code."""
    return carried_out(arguments, _done)


def _done(
    arguments: argparse.Namespace, project: Project, reporter: TextReporter
) -> tuple[tuple[Diagnostic, ...], list[str]]:
    found = new_year.begin(project, reporter, named=arguments.year is not None, plan=arguments.plan)
    return found.diagnostics, _lines(found, project, planned=bool(arguments.plan))


def _lines(found: Begun, project: Project, *, planned: bool) -> list[str]:
    """Return what the new year's folder holds, and what is left to do there."""
    if found.project is None:
        return [FAILED]
    old, new = (one.inputs.relative_to(one.root).as_posix() for one in (project, found.project))
    lines = [
        f"{new}/ を作りました。{old}/ から写し、毎年書き改める欄{found.emptied}か所を空にしました。",
        f"  report.yaml は、次の年度の案にしました。{found.rows}の名前は、そのまま残してあります。",
        "  前の計画の最後の実績を、その年度とともに基準値にしました。前の計画の目標と実績は、写していません。"
        if planned
        else "  実績と目標も、そのまま残してあります。",
    ]
    if planned:
        lines.append("  → strategy.yaml の目標（【要記入】の所）と、report.yaml の計画の名称を直してください。")
    if found.lines:
        numbers = "、".join(map(str, found.lines))
        lines.append(
            f"  → report.yaml の文章に「{found.before}」とあります（{numbers}行）。"
            "評価する年度のことなら、今度の年度に直してください。"
        )
    return [*lines, "  → strategy.yaml の所管課名などを直し、make check で確かめてください。"]
