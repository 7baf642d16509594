"""Warnings that audit.yaml keeps quiet, each with its reason; a silence that matches nothing is itself a warning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.diagnostics import Severity
from pipeline.model.audit import Silence
from pipeline.stages.audit.finding import Finding, note, warn

_UNUSED = "直っているなら、この項目を消してください。id、at、「#」の後ろの言葉は、注意の表示のとおりに書きます"


def silenced(findings: Iterable[Finding], silences: tuple[Silence, ...], base: str) -> Iterator[Finding]:
    """Yield the findings, what is to be kept quiet as notes with the reason; ``base`` is the year's folder."""
    used: set[Silence] = set()
    for finding in findings:
        silence = next((s for s in silences if _matches(s, finding, base)), None)
        if silence is None:
            yield finding
            continue
        used.add(silence)
        told = finding.diagnostic
        yield note("audit-silenced", told.place, f"{told.message} [{told.id}]（省いた理由：{silence.reason}）")
    for silence in silences:
        if silence not in used:
            where = f"{silence.file}#{silence.words}" if silence.words else silence.file
            message = f"省くはずの注意「{silence.id}」が、{where} にはありません"
            yield warn("silence-unused", [silence.place], message, _UNUSED)


def _matches(silence: Silence, finding: Finding, base: str) -> bool:
    told = finding.diagnostic
    return (
        told.severity is Severity.WARNING
        and told.id == silence.id
        and any(place.file == f"{base}/{silence.file}" for place in finding.places)
        and silence.words in told.message
    )
