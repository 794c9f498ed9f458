"""Small words about cells: spreadsheet errors, column letters, counts and lists."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# A cell showing one of these holds no fact; the last stands for a formula nobody has calculated yet.
UNCALCULATED = "#UNCALCULATED!"
FAULTS = (
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
    "#UNKNOWN!", "#GETTING_DATA", UNCALCULATED,
)  # fmt: skip


def is_fault(text: str) -> bool:
    """Whether a tidy text is a spreadsheet's error or an uncalculated formula."""
    return text.startswith("#") and text.upper() in FAULTS


def letters(index: int) -> str:
    """The letters a spreadsheet gives a column, counted from 0."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found


def counted(number: int, thing: str) -> str:
    """A number and its noun: "1 row", "2,000 rows"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a sentence lists them: "a, b and c"."""
    *first, final = list(words) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def shown(text: str, width: int = 60) -> str:
    """A value short enough to print in a sentence."""
    return text if len(text) <= width else text[: width - 1] + "…"


def data(name: str) -> str:
    """One of this room's own data files, as text."""
    return files(__package__).joinpath(name).read_text("utf-8")
