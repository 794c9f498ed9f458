"""What the workbook of a framework asks for: its sheets, their columns, and the words that cells may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

MARK = "Example"  # the heading of the first column of every sheet
EXAMPLE = "example"  # what stands in it beside the row that is not read


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what may stand in it, a note on it and an example; `of` is the kind of thing it names.

    `kind` is text, texts, id, word (one of the list `offers`), words, name, names, date, dates, whole, number or yes-no.
    """

    key: str
    heading: str
    kind: str
    width: int
    note: str
    example: str
    needed: bool = False
    offers: str = ""
    of: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: what a row of it is, its columns, and the kind of thing a row defines, named in the column `named`."""

    title: str
    key: str
    says: str
    columns: tuple[Column, ...]
    of: str = ""
    named: str = ""
    most: int = 0

    def column(self, key: str) -> Column | None:
        """A column by its key; None when the sheet does not have it."""
        return next((one for one in self.columns if one.key == key), None)


@cache
def said() -> Mapping[str, Any]:
    """Everything written in sheets.toml."""
    return tomllib.loads(files(__package__).joinpath("sheets.toml").read_text("utf-8"))


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every sheet to fill in, in order."""
    return tuple(map(_sheet, said()["sheets"]))


def _sheet(own: Mapping[str, Any]) -> Sheet:
    columns = [Column(**one) for one in own["columns"]]
    columns += [Column(key=key, **said()["shared"][key]) for key in own["shared"]]
    plain = {key: value for key, value in own.items() if key not in ("columns", "shared")}
    return Sheet(columns=tuple(columns), **plain)


def words(offers: str) -> tuple[str, ...]:
    """The words of a list that stands in sheets.toml."""
    return tuple(said()["words"][offers])
