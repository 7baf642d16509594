"""The years of examples in hints: they are written for R2, evaluated in R3, and told for the years of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic
from pipeline.stages.validate.report_file import ReportFile
from pipeline.wording.era import gregorian

_YEAR = re.compile(r"(?<=\{)R2(?=: (?:90|2021-03-31)\})")
_DAY = re.compile(r"2021(?=-08-01|-03-31)")


def in_own_years(found: Iterable[Diagnostic], report: ReportFile | None) -> Iterator[Diagnostic]:
    """Yield findings with the report's years in the examples of their hints, where these are known."""
    for one in found:
        yield one if report is None else replace(one, hint=_told(one.hint, report))


def _told(hint: str, report: ReportFile) -> str:
    return _DAY.sub(str(gregorian(report.evaluated_in)), _YEAR.sub(report.year, hint))
