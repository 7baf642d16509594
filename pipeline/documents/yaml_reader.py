"""The one reader of YAML: whoever checks, places or writes a value of the inputs reads with it, so that none refuses
what another took. Nothing gets a meaning here; what a word means is for ``inputs`` to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@lru_cache(maxsize=128)  # a run that collects looks again and again into a year's files, most of them as they were
def compose(text: str) -> yaml.Node | None:
    """Return the tree of nodes, each with its span in the text, not to be changed; None for an empty one."""
    root: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    return root


def scan(text: str) -> Iterator[yaml.Token]:
    """Return the tokens, each with its span in the text."""
    tokens: Iterator[yaml.Token] = yaml.scan(text, Loader=LOADER)
    return tokens


def texts(text: str) -> object:
    """Return the data with every single value as the text that it is."""
    return yaml.load(text, Loader=_TEXTS)  # noqa: S506 - makes texts, lists and mappings only
