"""What is wrong, where it was written, and how to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from tna.messages import Severity, catalogue


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: a line and column of a text, or a sheet and cell of a table."""

    file: str = ""
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return ", ".join(
            part for part in (self.file, self.sheet and f"sheet {self.sheet}", self.cell) if part
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said in a sentence a planner understands, with what to do about it."""

    place: Place
    code: str
    sentence: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return "  ".join(
            part for part in (str(self.place), self.code, f"{self.sentence} {self.remedy}".strip()) if part
        )


def by_place(problem: Problem) -> tuple[object, ...]:
    """The order to print problems in: file by file, down the lines or rows, then by what is wrong."""
    place = problem.place
    column = place.cell.rstrip("0123456789")
    row = int(place.cell[len(column) :] or 0)
    written = (place.file, place.sheet, place.line, place.column, row, len(column), column)
    return (*written, problem.code, problem.sentence)


class Unusable(Exception):
    """Work cannot go on; carries every problem found, so that all of them are shown at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=by_place))
        super().__init__("\n".join(map(str, self.problems)))


class Problems:
    """Collects what is wrong while reading goes on, and says all of it together, sorted by place."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found, key=by_place))

    def __len__(self) -> int:
        return len(self._found)

    def add(self, code: str, place: Place, **facts: object) -> None:
        """Note a problem of a catalogued kind; `facts` fill the names in its sentence and remedy."""
        self._found[problem(code, place, **facts)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems found elsewhere."""
        self._found.update(dict.fromkeys(problems))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Those that stop the work."""
        return tuple(one for one in self if one.severity == "error")

    def stop_on_errors(self) -> None:
        """Raise `Unusable` with all of them when at least one is an error."""
        if self.errors:
            raise Unusable(self)


def problem(code: str, place: Place, **facts: object) -> Problem:
    """A problem of a catalogued kind. Raises KeyError for a code that is not in the catalogue."""
    message = catalogue()[code]
    return Problem(
        place, code, message.sentence.format(**facts), message.remedy.format(**facts), message.severity
    )


def refuse(code: str, place: Place, **facts: object) -> NoReturn:
    """Stop at once with one problem."""
    raise Unusable([problem(code, place, **facts)])


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: "; did you mean 'x'?" for the closest known word, or a full stop when none is close."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else "."
