"""Japanese that was lost on the way: opened in a wrong encoding and saved again, or saved in one without Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, error, warning

_FEW = 2
"""The most lines with such marks that are told one by one; with more, the whole file was converted wrongly."""

_MARKS = re.compile(
    "[縺繧繝]\\S{1,2}[縺繧繝]"  # kana in UTF-8 read as Shift_JIS
    "|(?:[ã-ï][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ-Ž‘’“”•–—˜™š›œžŸ\ufffd]{1,2}){2}"  # the same read as Windows-1252
    "|\ufffd+"  # what could not be read at all
)
_UNKNOWN = re.compile(r"\?{3,}")
"""What takes the place of characters that an encoding does not have."""

_NOTE = re.compile(r"(?:^|[ \t])#.*")
_RETYPE = "この部分を消し、元の文書を見て打ち直してください"
_RESTORE = "控えのファイルに戻してください。控えがなければ、文字コードに「UTF-8」を選んで開き直してみてください"


class _Spot(Struct, frozen=True):
    """A line with marks of lost text: where the first begins, and what it is."""

    place: Place
    marks: str


def garbled(text: str, file: str) -> Iterator[Diagnostic]:
    """Tell of text that nobody can read any more: of each line, or once of the file if there are many."""
    spots = list(_spots(text, file))
    if len(spots) > _FEW:
        message = f"ファイルの文字が化けています（ここを始めとして{len(spots)}行）"
        yield error("file-garbled", spots[0].place, message, _RESTORE)
        return
    for spot in spots:
        if spot.marks.startswith("?"):
            message = f"「{spot.marks[:20]}」は、文字が失われた跡かもしれません"
            yield warning("text-garbled", spot.place, message, f"文字が化けているなら、{_RETYPE}")
        else:
            yield error("text-garbled", spot.place, "ここから後ろの文字が化けています", _RETYPE)


def _spots(text: str, file: str) -> Iterator[_Spot]:
    if not (_MARKS.search(text) or _UNKNOWN.search(text)):
        return
    for number, line in enumerate(text.split("\n"), 1):
        match = _MARKS.search(line) or _UNKNOWN.search(_NOTE.sub("", line))
        if match:
            yield _Spot(Place(file, number, match.start() + 1), match[0])
