"""What a validator says of files, and how it is printed. ``word`` and ``pdf`` make it, ``__main__`` prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

TEXT_LIMIT = 240
PLACE_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a file breaks: its number or name, how often, the validator's words, and the first place."""

    rule: str
    count: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings of one standard, by path; a path without findings conforms. ``by`` names the validator."""

    standard: str
    by: str
    files: Mapping[str, Sequence[Finding]]

    @property
    def good(self) -> bool:
        """True if there is at least one file and every file conforms."""
        return bool(self.files) and not any(self.files.values())


def lines(verdict: Verdict) -> Iterator[str]:
    """Yield a summary line, then for each file that fails a line and its findings, in the order of their clauses."""
    passed = sum(not found for found in verdict.files.values())
    mark = "適合" if verdict.good else "不適合"
    yield f"{mark}  {verdict.standard}（{verdict.by}）: {len(verdict.files)}件のうち{passed}件が適合"
    for path, found in verdict.files.items():
        if found:
            yield f"  {path}: {len(found)}種類、{sum(f.count for f in found):,}か所"
        for finding in sorted(found, key=lambda f: _natural(f.rule)):
            yield f"    {finding.rule}  {finding.count:,}か所  {_short(finding.text, TEXT_LIMIT)}"
            if finding.place:
                yield f"      最初の箇所: {_short(finding.place, PLACE_LIMIT)}"


def _natural(rule: str) -> list[tuple[int, str]]:
    """Sort 7.9 before 7.18."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", rule)]


def _short(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
