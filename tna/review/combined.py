"""Registers and headcount returns together, agency by agency: the board's coverage as a range, and what is evidenced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.review.statements import EVERY, Basis, Standing, beside, by_agency
from tna.wording import counted

if TYPE_CHECKING:
    import duckdb

Parts = Mapping[tuple[str, str], tuple[int, int]]  # held and required by agency and level
WEAKEST_FIRST: tuple[Basis, ...] = ("contradictory", "headcount-only", "estimate", "statement", "register")
COLUMNS = [
    "agency VARCHAR", "level VARCHAR", "required BIGINT", "held BIGINT", "low BIGINT", "high BIGINT", "evidenced BIGINT",
    "basis VARCHAR", "differs VARCHAR", "because VARCHAR", "file VARCHAR", "sheet VARCHAR", "row BIGINT",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of everybody: registers by agency and level (with totals), standings, and who sent nothing."""

    registers: Parts
    stated: tuple[Standing, ...]
    silent: tuple[str, ...]
    before: Parts


def known(connection: duckdb.DuckDBPyConnection, stated: Sequence[Standing], last: str = "") -> Known:
    """Gathers what is known; `last` is the name of last year's attached analysis, "" for none.

    An agency is silent when it was expected, or was there last year, and sent neither register nor return.
    """
    registers = _parts(connection, "coverage")
    before = _parts(connection, f"{last}.coverage") if last else {}
    expected = {name for (name,) in connection.execute("select distinct agency from agencies").fetchall()}
    sent = {agency for agency, _ in registers} | {one.agency for one in stated} | _unplaced(connection)
    silent = (expected | {agency for agency, _ in before}) - sent - {EVERY}
    return Known(registers, tuple(stated), tuple(sorted(silent)), before)


def _parts(connection: duckdb.DuckDBPyConnection, table: str) -> Parts:
    rows = connection.execute(
        f"select agency, level, held, required from {table} where competency = '*' and required > 0"
    ).fetchall()
    return {(agency, level): (held, required) for agency, level, held, required in rows}


def _unplaced(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Agencies that sent a register in which nobody is required anything."""
    rows = connection.execute(
        "select distinct agency from coverage where rating in ('not-stated', 'not-needed')"
    ).fetchall()
    return {agency for (agency,) in rows}


def combine(everything: Known) -> tuple[Standing, ...]:
    """Every agency at every level and over all, and the board with and without those who sent nothing."""
    stated = by_agency(everything.stated)
    agencies = sorted({agency for agency, _ in everything.registers if agency != EVERY} | set(stated))
    lines = [
        line for agency in agencies for line in _agency(agency, everything.registers, stated.get(agency, {}))
    ]
    silent = [one for agency in everything.silent for one in _silent(agency, everything.before)]
    return (*lines, *silent, *_board(everything, lines, silent))


def _agency(agency: str, registers: Parts, stated: Mapping[str, Standing]) -> Iterator[Standing]:
    """A register beats a return for the same level; over all, what only a return has is added to the register."""
    own = {level: parts for (name, level), parts in registers.items() if name == agency}
    levels = sorted({*own, *stated} - {EVERY})
    found = [_chosen(agency, level, own.get(level), stated.get(level)) for level in levels]
    yield from found
    more = [one for one in found if one.basis != "register" and one.held is not None]
    if EVERY in own:
        whole = _chosen(agency, EVERY, own[EVERY], None if more else stated.get(EVERY))
        yield _added(agency, EVERY, [whole, *more])
    elif EVERY in stated:
        yield stated[EVERY]
    else:
        yield _added(agency, EVERY, found)


def _chosen(agency: str, level: str, own: tuple[int, int] | None, stated: Standing | None) -> Standing:
    if own is None:
        assert stated is not None
        return stated
    held, required = own
    differs = beside(own, stated) if stated else ""
    return Standing(agency, level, required, held, held, held, "register", "counted in the register", differs)


def _added(agency: str, level: str, parts: Sequence[Standing]) -> Standing:
    """Standings added up; those of which it is not known how many are required are left out, and said."""
    if len(parts) == 1:
        return replace(parts[0], agency=agency, level=level)
    whole = [one for one in parts if one.required is not None]
    left = len(parts) - len(whole)
    because = f"{counted(len(whole), 'part')} added up" + (
        f"; {counted(left, 'part')} left out, as how many are required is not stated" if left else ""
    )
    return Standing(
        agency, level, _sum([one.required for one in whole]), _sum([one.held for one in whole]),
        sum(one.low for one in whole), sum(one.high for one in whole), _basis(whole), because,
    )  # fmt: skip


def _sum(numbers: Sequence[int | None]) -> int | None:
    known_ones = [one for one in numbers if one is not None]
    return sum(known_ones) if known_ones and len(known_ones) == len(numbers) else None


def _basis(parts: Sequence[Standing]) -> Basis:
    """The weakest basis of all the parts."""
    bases = {one.basis for one in parts}
    return next((one for one in WEAKEST_FIRST if one in bases), "not-stated")


def _silent(agency: str, before: Parts) -> Sequence[Standing]:
    """An agency that sent nothing: the people it had last year may all or none of them be in date."""
    had = {level: required for (name, level), (_, required) in before.items() if name == agency}
    if not had:
        why = "sent nothing, and how many people it has is not known"
        return [Standing(agency, EVERY, None, None, 0, 0, "no-return", why)]
    why = "sent nothing; the people required are those of last year"
    return [
        Standing(agency, level, had[level], None, 0, had[level], "no-return", why) for level in sorted(had)
    ]


def _board(everything: Known, lines: Sequence[Standing], silent: Sequence[Standing]) -> Iterator[Standing]:
    """Each level and the whole, then each once more with those of whom only the number of people is known."""
    levels = sorted({one.level for one in [*lines, *silent]} - {EVERY})
    for level in [*levels, EVERY]:
        known_parts = _own(everything.registers, level, lines)
        if known_parts:
            yield _added(EVERY, level, known_parts)
        unknown = [
            one
            for one in [*lines, *silent]
            if one.level == level and one.held is None and one.required is not None
        ]
        if unknown:
            yield replace(
                _added(EVERY, level, [*known_parts, *unknown]), agency=EVERY, level=level, held=None, basis="no-return",
                because=f"with {counted(len(unknown), 'agency', 'agencies')} of which only the number of people is known",
            )  # fmt: skip


def _own(registers: Parts, level: str, lines: Sequence[Standing]) -> list[Standing]:
    """The registers' own total, in which a person of two agencies counts once, and what only returns have."""
    own = registers.get((EVERY, level))
    parts = [] if own is None else [_chosen(EVERY, level, own, None)]
    stated = [one for one in lines if one.basis != "register" and one.held is not None]
    if level != EVERY:
        return [*parts, *(one for one in stated if one.level == level)]
    with_register = {agency for agency, _ in registers}
    return [*parts, *(one for one in stated if (one.agency in with_register) == (one.level != EVERY))]


def write_combined(
    connection: duckdb.DuckDBPyConnection, found: Iterable[Standing], registers: Parts
) -> None:
    """The table `combined`: a row a standing, with how many of those held are evidenced by a register."""
    rows = [
        (one.agency, one.level, one.required, one.held, one.low, one.high, _evidenced(one, registers), one.basis,
         one.differs, one.because, one.file, one.sheet, one.row)
        for one in found
    ]  # fmt: skip
    fill(connection, "combined", COLUMNS, rows)


def _evidenced(one: Standing, registers: Parts) -> int:
    return registers.get((one.agency, one.level), (0, 0))[0]
