"""In which language words are, where a document says so (w:lang, 17.3.2.20), and it is not the document's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from pipeline.documents.docx.formats import RunFormat
from pipeline.documents.pdf.characters import is_east_asian

_OWN = "ja"
_TAG = re.compile("([A-Za-z]{2,3})(-[A-Za-z0-9]{2,8})*")
"""A language as PDF takes it (RFC 5646)."""


def spoken(text: str, run: RunFormat) -> Iterator[tuple[int, int, str]]:
    """Yield the pieces of a text of one format, each with its language, "" for the document's own.

    What is no letter is read with the words before it.
    """
    latin, asian = _foreign(run.language), _foreign(run.asian_language)
    if not latin and not asian:
        yield 0, len(text), ""
        return
    languages: list[str] = []
    for character in text:
        if character.isalpha():
            languages.append(asian if is_east_asian(character) else latin)
        else:
            languages.append(languages[-1] if languages else "")
    at = 0
    for language, same in groupby(languages):
        count = len(list(same))
        yield at, at + count, language
        at += count


@cache
def _foreign(language: str) -> str:
    found = _TAG.fullmatch(language)
    return language if found and found[1].lower() != _OWN else ""
