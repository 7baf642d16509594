"""What the parts of the book print besides figures, for the check that looks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.form import BookPart
from pipeline.model.results import Results
from pipeline.stages.book import opinions, revisions
from pipeline.wording.fields import printed


def of_parts(results: Results) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """List what the parts print of the inputs by themselves, by its name in their templates."""
    evaluation, report = results.evaluation, results.evaluation.report
    steps = [step for section in report.sections for step in section.items]
    return {
        BookPart.COVER: {
            "冊子.題名": [report.book_title],
            "冊子.題名の行": [report.book_title],
            "冊子.市": [report.city],
            "冊子.課": [report.division],
            "冊子.会議": [report.council],
        },
        BookPart.EXPLANATION: {
            "説明.題名": [report.explanation_title],
            "説明.節.題名": [section.heading for section in report.sections],
            "説明.節.段落": [text for section in report.sections for text in section.paragraphs],
            "説明.節.例": [text for section in report.sections for text in section.points],
            "説明.節.手順.*.題名": [step.heading for step in steps],
            "説明.節.手順.*.本文": [step.text for step in steps],
            "SDGs.題名": [report.sdgs_title],
            "SDGs.説明": [report.sdgs_note],
            "SDGs.目標.題名": [sdg.name for sdg in evaluation.sdgs],
            "SDGs.目標.本文": [sdg.text for sdg in evaluation.sdgs],
        },
        BookPart.TARGETS: {
            "数値目標.題名": [report.targets_title],
            "数値目標.説明": [report.targets_note],
            "数値目標.基本目標.名称": [goal.goal.name for goal in results.goals if goal.assessments],
        },
        BookPart.OPINIONS: opinions.texts(evaluation),
        BookPart.SUMMARY: {
            "総括.注": revisions.of_targets(results),
            "総括.基本目標.名称": [m.goal.name for m in results.measures if m.goal and m.assessments],
        },
    }


def of_nodes(results: Results, part: BookPart) -> Mapping[str, Sequence[str]]:
    """List what is entered in the fields of the goals that a part lists, and of all goals and groups."""
    evaluation = results.evaluation
    rated = [goal.goal for goal in results.goals if goal.count.total]
    shown = {
        BookPart.COVER: ("基本目標", rated),
        BookPart.TARGETS: ("数値目標.基本目標", [goal.goal for goal in results.goals if goal.assessments]),
        BookPart.SUMMARY: ("総括.基本目標", rated),
    }
    every = ("階層一覧", (*evaluation.goals, *evaluation.groups))
    texts: dict[str, list[str]] = {}
    for name, nodes in (shown.get(part, ("", ())), every):
        for node in nodes:
            texts.setdefault(f"{name}.名称", []).extend([node.name] if name == every[0] else [])
            for field in evaluation.form.on(node.holder):
                told = printed(field, node.fields[field.id], evaluation.report.year).splitlines()
                texts.setdefault(f"{name}.{field.in_template}", []).extend(told)
    return texts
