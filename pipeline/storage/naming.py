"""Names of files and folders: those of the inputs, and names that Windows, macOS and Linux all take.

``inputs`` tells whoever writes a name that is none; ``safe`` makes one of any text; ``outputs`` writes no other.
"""

from __future__ import annotations

import re
import unicodedata

STRATEGY, REPORT, GOALS, OPINIONS = "strategy.yaml", "report.yaml", "goals.yaml", "opinions.yaml"
REVISIONS = "revisions.yaml"
"""The files of a year's inputs; places in them are written ``strategy.yaml#goals.1.name``."""
SIGNS = r'[/\\:*?"<>|]'
"""Characters that Windows keeps for itself."""
INVISIBLE = (
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3164\ud800-\udfff"
    "\ufeff\uffa0\ufff9-\uffff\U000e0000-\U000e007f]"
)
"""Controls, marks of direction and width, odd blanks, and what is no character: names that look alike must be alike."""
RESERVED = (
    r"(?:[cC][oO][nN](?:[iI][nN]\$|[oO][uU][tT]\$)?|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]"
    "|(?:[cC][oO][mM]|[lL][pP][tT])[0-9¹²³])"
)
"""Names of devices, which Windows takes for no file, whatever their ending."""
NODE = "[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*"
"""The id of a goal, a group or a measure: files, folders and bookmarks are called by it."""
NODE_MOST = 16
"""Characters of such an id: with what stands around it, the name of a bookmark has 40 at most."""
_OF_MEASURE = re.compile(r"measures/(.*)\.yaml", re.DOTALL)
_DEVICE = re.compile(rf"{RESERVED} *(?:\..*)?", re.DOTALL)
_UNFIT = re.compile(f"{SIGNS}|{INVISIBLE}")
_EDGES = " .\u3000"
_BEFORE = "＿"
"""Stands before what is a device's name, or nothing, without it."""
_MOST = 240
"""Bytes; file systems take 255, and a copy that is set aside gets a longer name."""


def of_measure(identifier: str) -> str:
    """Return the file of a measure within the year's folder: measures/1-2.yaml."""
    return f"measures/{identifier}.yaml"


def of_owner(measure: str) -> str:
    """Return the file of what a measure owns; of what none does (empty) that of the goals."""
    return of_measure(measure) if measure else GOALS


def measure_of(file: str) -> str:
    """Return the measure whose file it is; empty where it is no measure's."""
    found = _OF_MEASURE.fullmatch(file)
    return found[1] if found else ""


def is_device(name: str) -> bool:
    """Return whether Windows takes the name for a device (CON, nul.txt)."""
    return _DEVICE.fullmatch(name) is not None


def is_safe(name: str) -> bool:
    """Return whether every system takes the name for a file or folder of its own."""
    clean = not _UNFIT.search(name) and name == name.strip(_EDGES)
    return clean and bool(name) and not is_device(name) and len(name.encode()) <= _MOST


def safe(text: str, ending: str = "") -> str:
    """Return a safe name as much like the text as can be, with an ending (.docx)."""
    visible = re.sub(INVISIBLE, "", text)
    name = re.sub(SIGNS, lambda sign: wide(sign[0]), visible).strip(_EDGES)
    room = _MOST - len(f"{_BEFORE}{ending}".encode())
    name = name.encode()[:room].decode(errors="ignore").rstrip(_EDGES)
    return f"{_BEFORE if is_device(name) or not name else ''}{name}{ending}"


def wide(sign: str) -> str:
    """Return the full-width form of a sign; of a quote, that which closes words in Japanese."""
    return "”" if sign == '"' else chr(ord(sign) + 0xFEE0)


def alike(name: str) -> str:
    """Return what names have in common that some system takes for the same: case and composition do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
