"""Reads the cells of a row as what their columns hold: words of a list, dates, numbers, the ids of things named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tna.authoring.layout import Column, words
from tna.authoring.names import BETWEEN, Names
from tna.authoring.rows import Row
from tna.names import plain, tidy
from tna.problems import nearest
from tna.sources import CLOCK, is_fault, order, read_date

LATE = date(2099, 12, 31)  # a year of two digits is read only when just one century is possible
NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,4})?%?\Z")
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is filled in: its row, its column, what stands in it, and the names it may use."""

    row: Row
    column: Column
    text: str
    names: Names

    def wrong(self, code: str, **facts: object) -> None:
        """Note that the cell cannot be read."""
        self.names.problems.add(f"authoring.{code}", self.row.at(self.column.key), found=self.text, **facts)

    def parts(self) -> list[Cell]:
        """What stands in the cell between semicolons, each once."""
        texts = dict.fromkeys(tidy(one) for one in BETWEEN.split(self.text))
        return [replace(self, text=one) for one in texts if one]


def values(row: Row, names: Names) -> dict[str, Any]:
    """What a row says, by column; blank cells are left out, and every cell that cannot be read is noted."""
    found: dict[str, Any] = {}
    for column in row.sheet.columns:
        cell = Cell(row, column, row.cells.get(column.key, ""), names)
        if not cell.text:
            if column.needed:
                cell.wrong("blank", heading=column.heading)
        elif is_fault(cell.text):
            cell.wrong("error-value")
        else:
            value = READ[column.kind](cell)
            found |= {} if value in (None, []) else {column.key: value}
    return found


def _text(cell: Cell) -> str:
    return cell.text


def _texts(cell: Cell) -> list[str]:
    return [one.text for one in cell.parts()]


def _word(cell: Cell) -> str | None:
    known = words(cell.column.offers)
    typed = plain(cell.text).replace(" ", "-")
    if typed not in known:
        cell.wrong("unknown-word", near=nearest(typed, known), known=", ".join(known))
    return typed if typed in known else None


def _words(cell: Cell) -> list[str]:
    return [word for one in cell.parts() if (word := _word(one))]


def _yes_no(cell: Cell) -> bool | None:
    word = _word(cell)
    return None if word is None else word == "yes"


def _name(cell: Cell) -> str | None:
    return next((one for _, one in cell.names.find(cell.row, cell.column.key)), None)


def _names(cell: Cell) -> list[Any]:
    found = cell.names.find(cell.row, cell.column.key)
    return list(found) if cell.column.of == "scope" else [one for _, one in found]


def _dates(cell: Cell) -> list[str]:
    parts = [replace(one, text=re.sub(CLOCK, "", one.text)) for one in cell.parts()]
    shape, found = order(one.text for one in parts), []
    for part in parts:
        day = read_date(part.text, shape, LATE).value
        if day is None:
            part.wrong("not-a-date")
        else:
            found.append(day.isoformat())
    return found


def _date(cell: Cell) -> str | None:
    found = _dates(cell)
    if len(found) > 1:
        cell.wrong("not-a-date")
    return found[0] if len(found) == 1 else None


def _number(cell: Cell) -> int | float | None:
    if not NUMBER.match(cell.text):
        cell.wrong("not-a-number")
        return None
    value = float(cell.text.rstrip("%").replace(",", "."))
    return int(value) if value.is_integer() else value


def _whole(cell: Cell) -> int | None:
    text, most = cell.text, cell.column.most
    if re.fullmatch(r"[0-9]{1,9}", text) and 0 < int(text) <= most:
        return int(text)
    cell.wrong("not-whole", most=f"{most:,}")
    return None


READ: Mapping[str, Callable[[Cell], Any]] = {
    "text": _text, "texts": _texts, "id": _text, "word": _word, "words": _words, "name": _name, "names": _names,
    "date": _date, "dates": _dates, "number": _number, "whole": _whole, "yes-no": _yes_no,
}  # fmt: skip
