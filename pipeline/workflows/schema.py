"""Write the JSON Schemas of the input files to ``inputs/schema/``, where their first lines point editors to.

``python -m pipeline schema`` (``make schema``); needed after form.yaml or the shapes of the inputs have changed.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.stages import validate
from pipeline.stages.validate.schema import schemas
from pipeline.storage import atomic
from pipeline.workflows.project import Project, years

FOLDER = Path("inputs") / "schema"


def write(root: Path) -> tuple[Path, ...]:
    """Write every schema of the newest year's form below the project's folder; give their paths relative to it.

    Raises ``OSError``.
    """
    newest = Project(root, next(reversed(years(root)), ""))
    texts = schemas(validate.read_form(newest.inputs, root))
    for name, text in texts.items():
        atomic.write(root / FOLDER / name, text.encode())
    return tuple(FOLDER / name for name in texts)
