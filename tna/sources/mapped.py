"""Reads a table by a mapping: its headings found by name, its cells put in our words, each where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from tna.names import tidy
from tna.sources.headers import HEAD_ROWS, Headings, absent, heading_key
from tna.sources.mappings import RegisterMap, shipped
from tna.sources.texts import letters, listed, shown

if TYPE_CHECKING:
    from tna.problems import Place
    from tna.sources.intake import Intake, Origin
    from tna.sources.rows import Row


@dataclass(frozen=True, slots=True)
class Misfit:
    """A table that has not the headings of its mapping."""

    told: RegisterMap
    where: Place
    head: Sequence[Row]


def headings(told: RegisterMap, head: Sequence[Row]) -> Headings | None:
    """The first row that has a heading for every column of a mapping; None when no row has. Others are left blank."""
    known = told.headings | told.keep
    for row, cells in head[:HEAD_ROWS]:
        at = _positions(cells)
        found = {column: _first(names, at) for column, names in told.columns.items()}
        if min(found.values(), default=-1) >= 0:
            constants = {name: len(cells) + place for place, name in enumerate(told.constants)}
            read = (tidy(cell) if heading_key(cell) in known else "" for cell in cells)
            meaning = {**found, **constants}
            return Headings(row, (*read, *told.constants), meaning, {}, absent(told.kind, meaning, {}))
    return None


def _positions(cells: Sequence[str]) -> dict[str, int]:
    """Where each heading stands, the first of several alike."""
    return {heading_key(cell): index for index, cell in reversed(list(enumerate(cells))) if tidy(cell)}


def _first(names: Sequence[str], at: Mapping[str, int]) -> int:
    return next((at[heading_key(one)] for one in names if heading_key(one) in at), -1)


def report_misfit(intake: Intake, misfit: Misfit) -> None:
    """Say which headings of a mapping no row of a table has."""
    named = [listed([f"'{one}'" for one in names], "or") for names in misfit.told.columns.values()]
    cells = [shown(tidy(cell), 30) for _, row in misfit.head[:1] for cell in row if tidy(cell)]
    found = listed(cells[:12]) or "nothing"
    intake.problems.add("mapping.no-column", misfit.where, headings=listed(named), found=found)


def report(
    intake: Intake, told: RegisterMap | None, found: Headings, head: Sequence[Row], where: Place
) -> None:
    """Say which headings of a table are not in its mapping; and by which of ours it is read, when nobody gave one."""
    if told is None:
        return
    if told not in intake.maps:
        intake.problems.add("mapping.read-as", where, system=told.system)
    known = told.headings | told.ignore | told.keep
    for index, cell in enumerate(next(cells for row, cells in head if row == found.row)):
        if tidy(cell) and heading_key(cell) not in known:
            place = replace(where, cell=f"{letters(index)}{found.row}")
            intake.problems.add("mapping.unknown-column", place, heading=tidy(cell))


def rows(told: RegisterMap, found: Headings, below: Iterable[Row]) -> Iterator[Row]:
    """The rows with each cell in our words, the first filled of several, and the constants at the end."""
    width = len(found.written) - len(told.constants)
    at = _positions(found.written)
    places = {
        column: [at[heading_key(one)] for one in names if heading_key(one) in at]
        for column, names in told.columns.items()
    }
    unread = [index for index in range(width) if not found.written[index]]
    for number, cells in below:
        full = [*cells, *[""] * (width - len(cells))]
        said = {
            column: next((full[one] for one in some if tidy(full[one])), "")
            for column, some in places.items()
        }
        for index in unread:
            full[index] = ""
        for column, cell in said.items():
            full[found.meaning[column]] = told.read(column, cell)
        constants = dict(told.constants)
        if told.undated and not tidy(said.get("completed", "")):
            constants["status"] = told.undated
        yield number, [*full[:width], *constants.values(), *full[width:]]


def chosen(intake: Intake, origin: Origin, head: Sequence[Row], whole: bool) -> RegisterMap | None:
    """The planner's map of a file, else one of ours whose headings are all there when the file's are not our own."""
    given = intake.map_of(origin)
    if given or whole:
        return given
    first = {heading_key(cell) for _, cells in head[:1] for cell in cells}
    return next((one for one in shipped() if one.kind == origin.kind and one.headings <= first), None)


def beneath(row: int, head: Sequence[Row], stream: Iterable[Row]) -> Iterator[Row]:
    """The rows below the headings."""
    return (one for one in chain(head, stream) if one[0] > row)
