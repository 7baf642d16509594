"""What a check finds, and what all checks are given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Place, info, warning
from pipeline.model.audit import Text, TextKind
from pipeline.model.evaluation import Evaluation
from pipeline.model.form import Field, Holder
from pipeline.model.results import Results
from pipeline.model.strategy import Indicator
from pipeline.stages.audit.numerals import narrow
from pipeline.stages.audit.sentences import Weights, sentences


class Finding(Struct, frozen=True):
    """A diagnostic and every place it speaks of, its own first."""

    diagnostic: Diagnostic
    places: tuple[Place, ...]


class Material(Struct, frozen=True):
    """What is audited: the results, the evaluation of the year before where there is one, what texts have in common.

    ``names`` are what an initiative (measure and id) and its activities are called, narrow, its own name first.
    """

    results: Results
    previous: Evaluation | None
    weights: Weights
    names: Mapping[tuple[str, str], tuple[str, ...]]

    @property
    def evaluation(self) -> Evaluation:
        """The year's evaluation."""
        return self.results.evaluation

    @property
    def base(self) -> str:
        """The year's folder, as places name it."""
        return self.evaluation.report.place.file.rpartition("/")[0]

    @property
    def published(self) -> Evaluation | None:
        """The evaluation of the year before, where that is one of the same plan: what it says is to stay."""
        begins = self.previous.years[1] if self.previous else ""
        return self.previous if begins == self.evaluation.years[1] else None

    @property
    def earlier(self) -> Mapping[str, Indicator]:
        """Last year's indicators by their ids; none where there is no year before in the same plan."""
        return {indicator.id: indicator for indicator in self.published.indicators} if self.published else {}

    def at(self, indicator: Indicator, *path: str) -> Place:
        """Return the place of a figure or a setting of an indicator; of the indicator where it has none."""
        return self.evaluation.spots.get((indicator.id, *path), indicator.place)

    def texts(self, *parts: TextKind) -> tuple[Text, ...]:
        """Return the texts of these kinds, in the files' order."""
        return tuple(text for text in self.evaluation.texts if text.part in parts)

    def entered(self) -> tuple[tuple[Field, Text], ...]:
        """Return the texts of the form's fields with them, in the files' order."""
        return tuple((text.part, text) for text in self.evaluation.texts if isinstance(text.part, Field))

    def narratives(self) -> tuple[tuple[Field, Text], ...]:
        """Return what is written about initiatives."""
        return tuple((field, text) for field, text in self.entered() if field.on is Holder.INITIATIVE)


def material(results: Results, previous: Evaluation | None) -> Material:
    """Return what the checks share."""
    texts = results.evaluation.texts
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    for text in texts:
        if text.part is TextKind.NAME:
            key = (text.measure, text.initiative)
            names[key] = (*names.get(key, ()), narrow(text.value))
    weights = Weights(sentence.text for text in texts for sentence in sentences(narrow(text.value)))
    return Material(results, previous, weights, names)


def place_at(text: Text, index: int) -> Place:
    """Return the place of a character of a text; of its beginning where no more is known."""
    if not text.exact:
        return text.lines[0]
    begins = _line_starts(text.value)
    row = bisect_right(begins, index) - 1
    start = text.lines[row]
    return Place(start.file, start.line, start.column + index - begins[row])


@lru_cache(maxsize=8)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return where the lines of a text begin; a long one has thousands of places to be told."""
    return (0, *(match.end() for match in re.finditer("\n", text)))


def warn(identifier: str, places: Iterable[Place], message: str, hint: str) -> Finding:
    """Return a warning about one or several places."""
    places = tuple(places)
    return Finding(warning(identifier, places[0], message, hint), places)


def note(identifier: str, place: Place, message: str) -> Finding:
    """Return a note for the record."""
    return Finding(info(identifier, place, message), (place,))


def spots(places: Iterable[Place], base: str, most: int = 8) -> str:
    """List places for a message, by file as the year's folder has them: measures/1-2.yaml 22行、28行."""
    files: dict[str, list[int]] = {}
    for place in places:
        files.setdefault(place.file.removeprefix(f"{base}/"), []).append(place.line)
    listed = [f"{file} {'、'.join(f'{n}行' for n in dict.fromkeys(lines))}" for file, lines in files.items()]
    rest = len(listed) - most
    return "／".join(listed[:most]) + (f"／ほか{rest}ファイル" if rest > 0 else "")
