"""What agencies send, before it is understood: tables of text with the row each line came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tna.problems import Problems


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: `rows` are (row number as the program shows it, one text per column)."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """How to read files with one suffix (lower case, with its dot) into sheets of text."""

    suffix: str
    read: Callable[[Path, Problems], Iterable[Sheet]]
