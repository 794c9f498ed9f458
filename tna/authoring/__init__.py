"""A board's framework in a workbook: writes the empty one, and makes a pack of one that was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tna import boards, documents, roles, shelves
from tna.authoring import template
from tna.authoring.names import Names, give_ids
from tna.authoring.packing import Spot
from tna.authoring.rows import Book, read_book
from tna.authoring.statements import pack
from tna.authoring.writing import files_of
from tna.problems import Place, Problem, Problems, Unusable
from tna.starting import check_new, distribution_of, write_new

__all__ = ["Account", "new_board_from", "write_template"]

write_template = template.write


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a sheet: rows taken, and examples left out."""

    sheet: str
    taken: int
    examples: int


def new_board_from(
    workbook: Path, folder: Path, problems: Problems, *, plugin: bool = False
) -> tuple[tuple[Path, ...], tuple[Account, ...]]:
    """Makes a pack of a workbook, in a folder that is not there yet: the files written, and an account of the rows.

    The folder's name is the board's id. With `plugin` the pack is part of a distribution. Nothing is written unless the pack loads: raises `Unusable` with every
    problem, each at its cell; notes go to `problems`.
    """
    check_new(folder)
    book = read_book(workbook, problems)
    problems.stop_on_errors()
    quiet = Problems()
    names = Names(roles.load(shelves.rule_files("roles.yaml"), quiet), problems)
    give_ids(book, names)
    data, spots = pack(book, names)
    problems.stop_on_errors()
    data["framework"] = {"id": folder.name, **data["framework"]}
    written = files_of(data)
    _try(written, spots, book, folder.name, problems)
    if plugin:
        written = distribution_of(folder.name, data["framework"]["board"], written)
    return write_new(folder, written), _account(book)


def _account(book: Book) -> tuple[Account, ...]:
    return tuple(
        Account(rows[0].sheet.title if rows else key.capitalize(), len(rows), book.examples.get(key, 0))
        for key, rows in book.rows.items()
    )


Spots = Mapping[Spot, Place]


def _try(written: Mapping[str, str], spots: Spots, book: Book, board: str, problems: Problems) -> None:
    """Load the pack from a folder that is thrown away; what is wrong is said of the cells it came from."""
    with TemporaryDirectory(prefix="tna-") as scratch:
        folder = Path(scratch) / board
        found = Problems()
        try:
            write_new(folder, written)
            boards.load(folder, problems=found)
        except Unusable as unusable:
            found.extend(unusable.problems)
    places = {kind: _places(text, kind) for kind, text in _yaml(written).items()}
    problems.extend(_at_its_cell(one, places, spots, book) for one in found)
    problems.stop_on_errors()


def _yaml(written: Mapping[str, str]) -> dict[str, str]:
    return {name.removesuffix(".yaml"): text for name, text in written.items() if name.endswith(".yaml")}


def _places(text: str, kind: str) -> Mapping[tuple[int, int], Spot]:
    """The innermost block at each line and column of a file."""
    document: Any = documents.parse_text(text, kind, Problems())
    return {at: (kind, *path) for path, at in document.places.items()}


def _at_its_cell(
    one: Problem, places: Mapping[str, Mapping[tuple[int, int], Spot]], spots: Spots, book: Book
) -> Problem:
    kind = Path(one.place.file).name.removesuffix(".yaml")
    spot = places.get(kind, {}).get((one.place.line, one.place.column), ())
    around = (spot[:end] for end in range(len(spot), 0, -1))
    place = next((spots[one] for one in around if one in spots), Place(book.file))
    return Problem(place, one.code, one.sentence, one.remedy, one.severity)
