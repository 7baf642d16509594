"""Rules that span files: one check, one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.diagnostics import Diagnostic
from pipeline.inputs.sources import Sources

CHECKS: tuple[Callable[[Sources], Iterator[Diagnostic]], ...] = ()
