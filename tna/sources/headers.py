"""Which column of a table holds what, whatever the agency calls it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tna.names import plain, tidy
from tna.sources.texts import counted, data, letters, listed, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tna.problems import Place, Problems

COLUMNS = 500  # more headings than this are no register
HEAD_ROWS = 20  # headings are looked for in this many rows: returns often begin with a title


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column of a register: names that settle it, names that may mean it, and whether it must be there."""

    means: frozenset[str]
    may_mean: frozenset[str]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of one table and what they mean: column name to position, counted from 0."""

    row: int
    written: tuple[str, ...]
    meaning: Mapping[str, int]
    rivals: Mapping[str, tuple[int, ...]]
    missing: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every required column was found."""
        return not self.missing

    def title(self, column: str) -> str:
        """A column as the agency heads it; our own name when the table has no such column."""
        return self.written[self.meaning[column]] if column in self.meaning else column

    def cell(self, column: str, row: int) -> str:
        """A cell as a spreadsheet names it; the row's first cell when the table has no such column."""
        return f"{letters(self.meaning.get(column, 0))}{row}"

    def unused(self) -> list[int]:
        """Positions of columns that mean nothing we know."""
        used = set(self.meaning.values())
        return [index for index in range(len(self.written)) if index not in used]


def heading_key(heading: str) -> str:
    """How headings are compared: letters and digits only, without remarks in brackets."""
    bare = re.sub(r"[(\[].*?[)\]]", "", tidy(heading))
    return re.sub(r"[\W_]+", "", plain(bare))


def keys(headings: Sequence[str]) -> frozenset[str]:
    """The keys of many headings."""
    return frozenset(map(heading_key, headings))


@cache
def wanted(kind: str) -> dict[str, Wanted]:
    """The columns of a kind of register, in their printed order."""
    tables = tomllib.loads(data("headings.toml"))
    found = {}
    for column, said in tables[kind].items():
        shared = tables[said["same_as"]][column] if "same_as" in said else said
        may_mean = [*shared.get("may_mean", ()), *said.get("also_may_mean", ())]
        found[column] = Wanted(keys(shared["means"]), keys(may_mean), said.get("required", False))
    return found


@cache
def personal() -> frozenset[str]:
    """Headings of what is never read because it says who somebody is."""
    return keys(tomllib.loads(data("headings.toml"))["personal"]["headings"])


def read_headings(kind: str, row: int, cells: Sequence[str]) -> Headings:
    """What the cells of one row mean as headings of a kind of register."""
    written = tuple(map(tidy, cells))
    parts = [[heading_key(part) for part in re.split(r"/|\bor\b", text)] for text in written]
    whole = [[heading_key(text)] for text in written]
    meaning: dict[str, int] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    for column, want in wanted(kind).items():
        found = positions(want, whole, parts)
        exact = [index for index in found if whole[index] == [heading_key(column)]]
        if len(exact) == 1 and not want.required:
            found = exact
        if found:
            meaning[column] = found[0]
        if len(found) > 1:
            rivals[column] = tuple(found)
    missing = tuple(name for name, want in wanted(kind).items() if want.required and name not in meaning)
    return Headings(row, written, meaning, rivals, missing)


def positions(want: Wanted, whole: list[list[str]], parts: list[list[str]]) -> list[int]:
    """Where a heading is a name of the column or joins several ("Level/Group"); else where it may mean it."""
    either = want.means | want.may_mean
    certain = [
        index
        for index, (all_of_it, pieces) in enumerate(zip(whole, parts, strict=True))
        if all_of_it[0] in want.means
        or (len(pieces) > 1 and want.means.intersection(pieces) and either.issuperset(pieces))
    ]
    return certain or [index for index, all_of_it in enumerate(whole) if all_of_it[0] in want.may_mean]


def find_headings(kind: str, rows: Sequence[tuple[int, Sequence[str]]]) -> Headings | None:
    """The first row that heads a register of this kind, else the row most like one; None without rows."""
    tried = [read_headings(kind, row, cells) for row, cells in rows[:HEAD_ROWS]]
    whole = (headings for headings in tried if headings.whole)
    return next(whole, None) or max(tried, key=lambda one: (len(one.meaning), -one.row), default=None)


def check_headings(kind: str, headings: Headings, where: Place, problems: Problems) -> bool:
    """Report missing and rival columns; whether the table can be used."""
    for column in headings.missing:
        found = [shown(text, 30) for text in headings.written if text]
        problems.add(
            "tables.missing-column", where, column=column, kind=kind, at=f" in row {headings.row}" if headings.row else "",
            found=listed(found[:12]) + (f" and {counted(len(found) - 12, 'other')}" if found[12:] else ""),
            nearest=nearest_heading(kind, column, [headings.written[index] for index in headings.unused()]),
        )  # fmt: skip
    for column, rivals in headings.rivals.items():
        named = listed(f"'{headings.written[index]}' ({letters(index)})" for index in rivals)
        problems.add("tables.two-columns", where, column=column, columns=named)
    return headings.whole and not headings.rivals


def nearest_heading(kind: str, column: str, found: Sequence[str]) -> str:
    """The phrase "; is 'Staff No.' meant?" for the heading most like a name of the column, or ""."""
    from rapidfuzz import fuzz, process

    names = wanted(kind)[column].means
    scored = [
        (best[1], heading)
        for heading in found
        if (best := process.extractOne(heading_key(heading), names, scorer=fuzz.ratio, score_cutoff=60))
    ]
    return f"; is '{max(scored)[1]}' meant?" if scored else "."
