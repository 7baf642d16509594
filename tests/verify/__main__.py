"""``make verify``: every Word file of templates/ and outputs/, and every book, against the standards they claim.

Arguments: ``word``, ``pdf`` or both, and further PDFs; ``PROJECT`` of the environment is the folder of a city that has
one of its own. Prints what fails, in Japanese; exits with 1 if anything does, or if there is nothing to verify.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.verify import word
from tests.verify.findings import Verdict, lines

ROOT = Path(__file__).resolve().parents[2]
KEPT = "kept"  # what people edited and the pipeline set aside is theirs


def outputs(root: Path, pattern: str) -> list[str]:
    """Return the files that the pipeline made, of all years, relative to ``root``."""
    years = [folder for folder in (root / "outputs").glob("[!.]*") if folder.is_dir()]
    found = [path.relative_to(root) for year in years for path in year.glob(pattern)]
    return sorted(path.as_posix() for path in found if KEPT not in path.parts and not path.name.startswith("~$"))


def templates(root: Path) -> list[str]:
    """Return the templates, relative to ``root``; not the lock files (``~$``) of templates open in Word."""
    return sorted(path.relative_to(root).as_posix() for path in (root / "templates").rglob("[!~]*.docx"))


def verdicts(root: Path, parts: list[str]) -> Iterator[Verdict]:
    """Validate each part asked for; the PDF validator is imported only for its part."""
    if "word" in parts:
        yield word.validate(root, templates(root) + outputs(root, "**/*.docx"))
    if "pdf" in parts:
        from tests.verify import pdf

        further = [str(Path(part).resolve()) for part in parts if part.endswith(".pdf")]
        yield from pdf.validate(root, outputs(root, "report.pdf") + further)


def main() -> int:
    """Print the verdicts as they come; give the exit code."""
    root = Path(os.environ.get("PROJECT") or ROOT).resolve()
    if not outputs(root, "report.pdf"):
        sys.stderr.write("outputs/ に報告書がありません。先に make report を実行してください。\n")
        return 1
    good = True
    for verdict in verdicts(root, sys.argv[1:]):
        sys.stdout.writelines(f"{line}\n" for line in lines(verdict))
        sys.stdout.flush()
        good = good and verdict.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
