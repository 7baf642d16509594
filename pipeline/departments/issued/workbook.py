"""What sending and returned agree on of workbooks: what a row is known by, the headings, where a table begins.

A row is an indicator in a year, an initiative, a measure or an opinion; its key says which, wherever the row is moved
to. No position counts.
"""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.correspondence import WORKBOOK
from pipeline.model.strategy import Absence

EXTENSION = ".xlsx"
ALL = "全体"
"""What the workbook with the figures of all departments is called."""
ABSENCES = (Absence.PENDING.value, Absence.NOT_MEASURED.value, Absence.ENDED.value)
"""What may stand in the place of an actual."""
PRELIMINARY = "速報値"
"""What is chosen beside a number that is not settled."""


class Heading(StrEnum):
    """The columns that every table has, or may have, by their headings."""

    KEY = "行の識別"
    NUMBER = "番号"
    INDICATOR = "指標"
    UNIT = "単位"
    DIRECTION = "方向"
    YEAR = "年度"
    CALENDAR = "西暦"
    TARGET = "目標"
    LAST = "前年度の実績"
    ACTUAL = "実績"
    STATE = "段階"
    PRELIMINARY = "速報値"
    AS_OF = "時点"
    REMARK = "備考"
    REPLY = "前回の記入への回答"


PART_OF_FIGURE = (Heading.ACTUAL, Heading.STATE, Heading.PRELIMINARY)
"""The columns that make up one figure of the inputs."""
TOLD = (Heading.AS_OF, Heading.REMARK)
"""The columns whose cells people read where they have no place in the inputs."""


def name_of(folder: str = "") -> str:
    """Return what stands for the measure in the identity of a workbook: that of a department's folder, or of all."""
    return f"{WORKBOOK}-{folder}" if folder else WORKBOOK


def indicator_key(indicator: str, year: str) -> str:
    """Return what an indicator's row is known by."""
    return f"{year}:{indicator}"


def opinion_key(measure: str, opinion: str, year: str) -> str:
    """Return what the row of an opinion about a measure is known by."""
    return f"{year}:{measure}/意見/{opinion}"


def initiative_key(measure: str, initiative: str, year: str) -> str:
    """Return what an initiative's row is known by; that of the measure itself where there is none."""
    return f"{year}:{measure}/{initiative}"
