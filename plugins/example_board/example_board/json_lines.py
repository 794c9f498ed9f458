"""Reads registers in JSON lines: one object a line, whose keys are the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tna.model import Sheet


def read(path: Path, problems: object) -> Iterator[Sheet]:  # noqa: ARG001 - tna gives it to every reader
    """One sheet, with every key that any line has as a column; row numbers are those of the lines.

    A value that is left out or null is an empty cell, and a list is joined by `|` as registers do. Raises
    ValueError with the number of a line that cannot be read; tna then says so, with the name of the file.
    `problems` is where to note what can be read all the same; of that there is nothing here.
    """
    columns = tuple(dict.fromkeys(key for _, line in _lines(path) for key in line))
    rows = (
        (number, tuple(_cell(line.get(column), number) for column in columns))
        for number, line in _lines(path)
    )
    yield Sheet("", columns, rows)  # a file of one table has no sheet to name


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line that is not blank, with its number: read twice, so that a large file is never held whole."""
    with path.open(encoding="utf-8-sig") as file:
        for number, text in enumerate(file, 1):
            if text.strip():
                yield number, _line(text, number)


def _line(text: str, number: int) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(
            f"line {number} is not JSON ({getattr(error, 'msg', 'it cannot be read')})"
        ) from error
    if not isinstance(found, dict):
        raise ValueError(f"line {number} is not an object of columns and values")
    return found


def _cell(value: Any, number: int) -> str:
    if isinstance(value, list):
        return "|".join(_cell(one, number) for one in value)
    if isinstance(value, dict):
        raise ValueError(f"line {number} has an object where a cell belongs")
    return "" if value is None else str(value)
