"""Write the JSON Schemas of the input files to ``inputs/schema/``, where their first lines point editors to.

``python -m pipeline schema`` (``make schema``); needed only after the shapes of the inputs have changed.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.stages.validate.schema import schemas

FOLDER = Path("inputs") / "schema"


def write(root: Path) -> tuple[Path, ...]:
    """Write every schema below the project's folder; give their paths relative to it. Raises ``OSError``."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        beside = folder / f"{name}.new"
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(folder / name)
    return tuple(FOLDER / name for name in schemas())
