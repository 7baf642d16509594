"""Several Word files as one: each becomes a section or more of it, with its own headers, numbers and looks.

In: docx files in their order. Out: the bytes of one docx that shows what they show, the same on every run. Of looks
and pictures that are alike there is one; what has one name and differs is told apart. ``publication`` calls.
"""

from pipeline.documents.joining.join import Piece, join

__all__ = ["Piece", "join"]
