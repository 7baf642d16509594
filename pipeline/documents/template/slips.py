"""Characters that Word and input methods put in the place of a command's own, and what was meant by them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.documents.fonts import described

_MEANT = str.maketrans("“”„‟＂‘’‚‛＇．。｡，、（）［］＝！＿", "\"\"\"\"\"'''''...,,()[]=!_")
_UNSEEN = frozenset({"Cf", "Cc"})
_LOOSE = re.compile(r"\{\s*\{?\s*([^{}%#\s][^{}]*?)\s*\}?\s*\}")
"""What looks like a value whose braces are single, or parted."""


@lru_cache(maxsize=4096)  # every check of a template asks anew about the same commands
def meant(command: str) -> str:
    """Return a command with the characters that were meant; the same where nothing is mistyped."""
    return "".join(
        character for character in command.translate(_MEANT) if unicodedata.category(character) not in _UNSEEN
    )


def mistyped(command: str) -> str:
    """Name the characters of a command that stand in the place of others, or cannot be seen; empty without any."""
    return "、".join(described(character) for character in dict.fromkeys(command) if meant(character) != character)


def loose_value(text: str) -> str:
    """Return the first value of a text that lacks its double braces as it should be written; empty without any."""
    match = _LOOSE.search(text)
    return f"{{{{ {match[1]} }}}}" if match else ""
