"""Write the JSON Schemas of the input files to ``inputs/schema/``, where their first lines point editors to.

``python -m pipeline schema`` (``make schema``); needed only after the shapes of the inputs have changed.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.stages.validate.schema import schemas
from pipeline.storage import atomic

FOLDER = Path("inputs") / "schema"


def write(root: Path) -> tuple[Path, ...]:
    """Write every schema below the project's folder; give their paths relative to it. Raises ``OSError``."""
    texts = schemas()
    for name, text in texts.items():
        atomic.write(root / FOLDER / name, text.encode())
    return tuple(FOLDER / name for name in texts)
