"""What people choose of a run: what draws the PDF, what goes out."""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.choice import Choice


class Engine(StrEnum):
    """What draws the PDF: this program, or LibreOffice where it is installed."""

    EMBEDDED = "embedded"
    LIBREOFFICE = "libreoffice"


class Format(Choice):
    """What goes out: sheets in Word, workbooks of figures, or both."""

    WORD = "word", "評価シート（Word）"
    EXCEL = "excel", "実績の記入表（Excel）"
    BOTH = "both", "両方"
