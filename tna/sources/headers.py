"""Which column of a table holds what, whatever the agency calls it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from tna.names import plain, tidy
from tna.sources.stamps import NOTHING, REGISTERS, Above, read_above
from tna.sources.texts import counted, data, letters, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tna.problems import Place, Problems

COLUMNS = 500  # more headings than this are no register
HEAD_ROWS = 20  # headings are looked for in this many rows: returns often begin with a title


REMARK = re.compile(r"[(\[](.*?)[)\]]")
WORD = re.compile(r"[^\W_]+|%")
OF_LEVEL = re.compile(
    r"(?i)(level|group|tier|band|stage)s? ?(\d+|[ivx]+|one|two|three|four|five|six|seven|eight)\b.*"
)
PHRASE = 6  # words of the longest name of anything counted
OF_PERSONS = frozenset({"people", "records"})
BETWEEN = " -:/,|\u2013\u2014"  # what people put between a level and what is counted


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column of a register: names that settle it, names that may mean it, and whether it must be there.

    Of the columns of a group (`one_of`) one must be there, with the one it is no use without (`beside`).
    One that `repeats` may come once for each level or course, which its headings then name too.
    """

    means: frozenset[str]
    may_mean: frozenset[str]
    required: bool = False
    one_of: str = ""
    beside: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of one table and what they mean: column name to position, counted from 0."""

    row: int
    written: tuple[str, ...]
    meaning: Mapping[str, int]
    rivals: Mapping[str, tuple[int, ...]]
    missing: tuple[str, ...]
    repeated: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # position: column, what it is for
    given: Mapping[str, str] = field(default_factory=dict)  # said above the table, for all its rows
    above: Above = NOTHING

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
    """How headings are compared: letters, digits and "percent" for its sign, without other remarks in brackets."""
    bare = REMARK.sub(lambda remark: "%" if "%" in remark[1] else "", tidy(heading))
    return re.sub(r"[\W_]+", "", plain(bare).replace("%", "percent"))


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
        rest = {name: said[name] for name in ("required", "one_of", "beside", "repeats") if name in said}
        found[column] = Wanted(keys(shared["means"]), keys(may_mean), **rest)
    return found


def members(kind: str, name: str) -> list[str]:
    """The columns of a group, or the one column of this name."""
    every = wanted(kind)
    return [name] if name in every else [column for column, want in every.items() if want.one_of == name]


@cache
def personal() -> frozenset[str]:
    """Headings of what is never read because it says who somebody is."""
    return keys(tomllib.loads(data("headings.toml"))["personal"]["headings"])


def read_headings(kind: str, row: int, cells: Sequence[str], above: Above = NOTHING) -> Headings:
    """What the cells of one row mean as headings of a kind of register, with what stands above them."""
    written = tuple(map(tidy, cells))
    parts = [[heading_key(part) for part in re.split(r"/|\bor\b", text)] for text in written]
    whole = [[heading_key(text)] for text in written]
    repeated = {index: named for index, text in enumerate(written) if (named := repeat_of(kind, text))}
    meaning: dict[str, int] = {}
    rivals: dict[str, tuple[int, ...]] = {}
    for column, want in wanted(kind).items():
        found = positions(want, whole, parts)
        if len(found) > 1:
            found = [index for index in found if index not in repeated]
        exact = [index for index in found if whole[index] == [heading_key(column)]]
        if len(exact) == 1 and not want.required:
            found = exact
        if found:
            meaning[column] = found[0]
        if len(found) > 1:
            rivals[column] = tuple(found)
    stated = above.agency and kind in REGISTERS and "agency" in wanted(kind) and "agency" not in meaning
    given = {"agency": above.agency} if stated else {}
    missing = absent(kind, {**meaning, **dict.fromkeys(given, 0)}, repeated)
    return Headings(row, written, meaning, rivals, missing, repeated, given, above)


def absent(kind: str, meaning: Mapping[str, int], repeated: Mapping[int, tuple[str, str]]) -> tuple[str, ...]:
    """The required columns that were not found, and the groups of which no column was."""
    every = wanted(kind)
    there = {column for column in meaning if not every[column].beside or every[column].beside in meaning}
    there |= {column for column, _ in repeated.values()}
    alone = [column for column, want in every.items() if want.required and column not in there]
    groups = dict.fromkeys(want.one_of for want in every.values() if want.one_of)
    return (*alone, *(group for group in groups if there.isdisjoint(members(kind, group))))


def repeat_of(kind: str, heading: str) -> tuple[str, str] | None:
    """What a heading such as "Level 2 trained" counts and for what: ("trained", "Level 2"); None for any other."""
    every = wanted(kind)
    if not any(want.repeats for want in every.values()):
        return None
    key, remark = heading_key(heading), REMARK.search(heading)
    for column, want in every.items():
        if key in want.means | want.may_mean:
            named = want.repeats and remark and "%" not in remark[1]
            return (column, tidy(remark[1])) if named and remark else None
    counts = {column: want.means for column, want in every.items() if want.repeats}
    for part, rest in cuts(REMARK.sub(r" \1 ", heading)):
        key = heading_key(part)
        if known := next((column for column, means in counts.items() if key in means), ""):
            return known, tidy(rest.replace("_", " ")).strip(BETWEEN)
    return None


def cuts(text: str) -> Iterator[tuple[str, str]]:
    """Ways to cut a heading between two words, as (a part, the rest): parts at the end first, longest first."""
    starts = [word.start() for word in WORD.finditer(text)][1:]
    yield from ((text[at:], text[:at]) for at in starts[-PHRASE:])
    yield from ((text[:at], text[at:]) for at in reversed(starts[:PHRASE]))


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


def find_headings(kind: str, rows: Sequence[tuple[int, Sequence[str]]], agency: str = "") -> Headings | None:
    """The first row that heads a register of this kind, else the row most like one; None without rows.

    `agency` is whose table it is when nothing in it says.
    """
    tried = [
        read_headings(kind, row, cells, read_above(rows[:index], agency))
        for index, (row, cells) in enumerate(rows[:HEAD_ROWS])
    ]
    whole = (headings for headings in tried if headings.whole)
    return next(whole, None) or max(tried, key=lambda one: (len(one.meaning), -one.row), default=None)


def looks_like(kind: str, headings: Headings) -> bool:
    """Whether headings lack just one column of a register of people or training, by the names that settle columns.

    Two columns are enough where one of them says whose the row is, else three: a list has two.
    """
    every = wanted(kind)
    settled = {
        column
        for column, index in headings.meaning.items()
        if heading_key(headings.written[index]) in every[column].means
    }
    enough = 2 if "person_id" in settled else 3
    return kind in OF_PERSONS and len(headings.missing) == 1 and len(settled) >= enough


def lacks(kind: str, columns: Sequence[str], headings: Headings) -> dict[str, str]:
    """Columns of which none was found, and the headings that were."""
    found = [shown(text, 30) for text in headings.written if text]
    more = f" and {counted(len(found) - 12, 'other')}" if found[12:] else ""
    return {
        "column": listed(columns, "or"),
        "at": f" in row {headings.row}" if headings.row else "",
        "found": listed(found[:12]) + more,
        "nearest": nearest_heading(kind, columns, [headings.written[index] for index in headings.unused()]),
    }


def check_headings(kind: str, headings: Headings, where: Place, problems: Problems) -> bool:
    """Report missing and rival columns; whether the table can be used."""
    for name in headings.missing:
        columns = members(kind, name)
        if bare := unmeasured(kind, columns, headings):
            some = [f"'{shown(text, 30)}'" for text in bare[:2]]
            some += [counted(len(bare) - 2, "other")] if bare[2:] else []
            problems.add("tables.level-without-measure", where, named=listed(some), first=bare[0])
            continue
        problems.add("tables.missing-column", where, kind=kind, **lacks(kind, columns, headings))
    for column, rivals in headings.rivals.items():
        named = listed(f"'{headings.written[index]}' ({letters(index)})" for index in rivals)
        problems.add("tables.two-columns", where, column=column, columns=named)
    return headings.whole and not headings.rivals


def unmeasured(kind: str, columns: Sequence[str], headings: Headings) -> list[str]:
    """Headings that say for which level ("Group 1") where what is counted is missing.

    They are not taken for headcounts: people trained would pass for people in post.
    """
    if not any(wanted(kind)[column].repeats for column in columns):
        return []
    return [text for index in headings.unused() if OF_LEVEL.fullmatch(text := headings.written[index])]


def nearest_heading(kind: str, columns: Sequence[str], found: Sequence[str]) -> str:
    """The phrase "; is 'Staff No.' meant?" for the heading most like a name of one of the columns, or ""."""
    from rapidfuzz import fuzz, process

    names = frozenset(chain.from_iterable(wanted(kind)[column].means for column in columns))
    scored = [
        (best[1], heading)
        for heading in found
        if (best := process.extractOne(heading_key(heading), names, scorer=fuzz.ratio, score_cutoff=60))
    ]
    return f"; is '{max(scored)[1]}' meant?" if scored else "."


def heads(kind: str, heading: str) -> str:
    """The column of a register that a heading means, '' for none or several."""
    found = read_headings(kind, 1, [heading]).meaning
    return next(iter(found)) if len(found) == 1 else ""
