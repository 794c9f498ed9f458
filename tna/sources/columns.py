"""The kinds of columns a register may have, and what is thought of each cell in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tna.names import plain, spaced, tidy
from tna.sources.numbers import COUNT
from tna.sources.texts import is_fault
from tna.sources.words import read_booking, read_word, word_key

Think = Callable[[str], tuple[object, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what is thought of a cell (nothing: it is kept as written), its SQL type, and what a bad cell does.

    A bad cell is noted as `noted` and taken as not stated, unless it `decides`: then its row is refused.
    `names` are those a cell may use, to suggest the nearest.
    """

    name: str
    think: Think | None = None
    kind: str = "VARCHAR"
    noted: str = "unknown-word"
    decides: bool = False
    names: Mapping[str, str] | None = None

    @property
    def missing(self) -> str:
        """What stands in the rows of a table without this column, as SQL."""
        return "''" if self.kind == "VARCHAR" else f"NULL::{self.kind}"


def text(name: str) -> Column:
    """A column kept as written."""
    return Column(name)


def day(name: str, decides: bool = False) -> Column:
    """A column of dates."""
    return Column(name, kind="DATE", noted="unreadable-start", decides=decides)


def word(name: str, decides: bool = False, vocabulary: str = "", kind: str = "VARCHAR") -> Column:
    """A column of fixed words."""
    known = vocabulary or name
    read = read_booking if known == "booking" else partial(read_word, known)

    def think(cell: str) -> tuple[object, str]:
        said = read(cell) if word_key(cell) else None
        found = said.value if said else ""
        return (
            found if kind == "VARCHAR" else {"yes": True, "no": False}.get(found)
        ), said.why if said else ""

    return Column(name, think, kind, noted="unreadable-word" if decides else "unknown-word", decides=decides)


def number(name: str, think: Think, kind: str = COUNT) -> Column:
    """A column of counts, percentages or scores."""
    return Column(name, think, kind, noted="unreadable-number")


def named(name: str, names: Mapping[str, str], why: str, total: bool = False) -> Column:
    """A column that names something of the pack; with `total` also "total" and "all", given as "*"."""

    def think(cell: str) -> tuple[object, str]:
        seen = tidy(cell)
        if is_fault(seen):
            return "", "error-value"
        found = names.get(plain(seen)) or names.get(spaced(plain(seen)), "")
        if total and not found and is_total(seen):
            return "*", ""
        return found, "" if found or not seen else why

    return Column(name, think, noted=why, decides=True, names=names)


def whole(name: str, decides: bool = False) -> Column:
    """A column kept as written, but for "total" and "all", given as "*"."""

    def think(cell: str) -> tuple[object, str]:
        seen = tidy(cell)
        return ("", "error-value") if is_fault(seen) else ("*" if is_total(seen) else seen, "")

    return Column(name, think, decides=decides)


def is_total(seen: str) -> bool:
    """Whether a tidy cell says "total", "all staff" or the like."""
    return bool(seen) and read_word("total", seen).value == "total"
