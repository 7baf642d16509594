"""Workbooks (ISO/IEC 29500-1, 18): tables -> xlsx, and xlsx -> a plain tree of cells. No word of strategies.

``book`` says what a workbook to be written consists of, ``writer`` writes it, the same bytes for the same tables.
``tree`` is what is read, ``reader`` reads it: every cell with its exact text, formulas as formulas, and whatever else
a person may have put there. Of ``reader`` are ``guards`` (what is no workbook, or built to exhaust the machine),
``values`` (what a cell holds), ``styles`` (what number formats and looks say), ``formats`` (what a cell shows instead)
and ``remarks`` (comments, links, and the texts of shapes).
"""

from pipeline.documents.xlsx.book import Book, Column, Content, Figure, Free, Listed, Table, column_name
from pipeline.documents.xlsx.reader import read
from pipeline.documents.xlsx.tree import Cell, Comment, Sheet, Sort, Workbook, address, column_of
from pipeline.documents.xlsx.writer import write

__all__ = [
    "Book",
    "Cell",
    "Column",
    "Comment",
    "Content",
    "Figure",
    "Free",
    "Listed",
    "Sheet",
    "Sort",
    "Table",
    "Workbook",
    "address",
    "column_name",
    "column_of",
    "read",
    "write",
]
