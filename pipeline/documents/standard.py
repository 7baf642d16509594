"""What a PDF claims to be."""

from __future__ import annotations

from enum import StrEnum


class Standard(StrEnum):
    """PDF/UA-1 and PDF/A-2a; or, as PDF 2.0, PDF/UA-2, PDF/A-4 and WTPDF (Well-Tagged PDF) for accessibility."""

    UA1 = "ua1"
    UA2 = "ua2"
