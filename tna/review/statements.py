"""What agencies state in headcounts, read as ranges: how many of the people required are in date, at least and at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from tna.names import plain
from tna.wording import day, listed, share

if TYPE_CHECKING:
    import duckdb

Basis = Literal[
    "register", "statement", "estimate", "headcount-only", "contradictory", "no-return", "not-stated"
]
COLUMNS = (
    "agency", "level", "role", "course", "headcount", "required", "trained", "in_date", "overdue", "percent", "as_at",
    "estimated", "low", "high", "bounds_of", "total", "file", "sheet", "row",
)  # fmt: skip
EVERY = "*"
HELD = ("trained", "in_date", "")  # what bounds may be of, to say how many are in date
HALF = Fraction(1, 2)  # a printed percentage may have been rounded by so much


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of a headcount return; None is not stated."""

    agency: str
    level: str
    role: str
    course: str
    headcount: int | None
    required: int | None
    trained: int | None
    in_date: int | None
    overdue: int | None
    percent: float | None
    as_at: date | None
    estimated: bool
    low: int | None
    high: int | None
    bounds_of: str
    total: bool
    file: str
    sheet: str
    row: int

    @property
    def asked(self) -> int | None:
        """The people of whom the training is required; all there are, where only those are stated."""
        return self.headcount if self.required is None else self.required


@dataclass(frozen=True, slots=True)
class Standing:
    """People of an agency at a level: required, and in date at least, most likely and at most; None is not known.

    `held` is None where nothing says how many are in date; then `low` is 0 and `high` all that are required.
    """

    agency: str
    level: str
    required: int | None
    held: int | None
    low: int
    high: int
    basis: Basis
    because: str
    differs: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None


def statements(connection: duckdb.DuckDBPyConnection) -> tuple[Statement, ...]:
    """Every row of the table `returns`, in the order of agency, level, role, course and date."""
    quoted = ", ".join(f'"{column}"' for column in COLUMNS)
    rows = connection.execute(
        f"select {quoted} from returns order by agency, level, role, course, as_at nulls first, file, sheet, row"
    ).fetchall()
    return tuple(Statement(*row) for row in rows)


def standings(said: Iterable[Statement], lapses: bool, margin: int | None) -> tuple[Standing, ...]:
    """One standing for each agency and level stated, over all courses; its roles are added up.

    Of several dates the latest counts. `lapses` says whether any training of the board lapses; `margin` is the
    per cent by which an estimate without bounds may be wrong, None when nobody declares one.
    """
    latest: dict[tuple[str, str, str], Statement] = {}
    for one in said:
        if not one.course:
            latest[one.agency, one.level, "" if one.total else plain(one.role)] = one
    groups: dict[tuple[str, str], list[Statement]] = {}
    for one in latest.values():
        groups.setdefault((one.agency, one.level or EVERY), []).append(one)
    return tuple(
        _united(level, [_standing(one, lapses, margin) for one in _parts(group)], group)
        for (_, level), group in sorted(groups.items())
    )


def _parts(group: Sequence[Statement]) -> Sequence[Statement]:
    """The rows by role; a row without a role is the whole, so that roles beside it are not added to it."""
    whole = [one for one in group if one.total or not one.role]
    return whole or group


def _standing(one: Statement, lapses: bool, margin: int | None) -> Standing:
    required = one.asked
    held, because = _held(one, lapses)
    if required is not None and held is not None and held > required:
        said = f"{share(held, required)} in date: more than are required, so left out until it is put right"
        return Standing(one.agency, one.level or EVERY, required, None, 0, required, "contradictory", said,
                        file=one.file, sheet=one.sheet, row=one.row)  # fmt: skip
    low, high = _bounds(one, required, held, lapses, margin)
    basis: Basis = "headcount-only" if held is None else "estimate" if _estimated(one) else "statement"
    return Standing(
        agency=one.agency, level=one.level or EVERY, required=required, held=held, low=low, high=high, basis=basis,
        because=because, file=one.file, sheet=one.sheet, row=one.row,
    )  # fmt: skip


def _estimated(one: Statement) -> bool:
    return one.estimated or (one.in_date is None and one.trained is None and one.percent is not None)


def _held(one: Statement, lapses: bool) -> tuple[int | None, str]:
    """How many are in date, and from which number of the return that is read."""
    if one.in_date is not None:
        return one.in_date, "in date as stated"
    if one.trained is not None and one.overdue is not None and lapses:
        return max(0, one.trained - one.overdue), f"{one.trained:,} trained less {one.overdue:,} overdue"
    if one.trained is not None:
        said = "how many of them are in date is not stated" if lapses else "the board states no interval"
        return one.trained, f"trained as stated; {said}"
    if one.percent is not None and one.asked is not None:
        printed = f"{one.percent:g}% of {one.asked:,}"
        return floor(
            Fraction(str(one.percent)) * one.asked / 100 + HALF
        ), f"{printed}, as no number is stated"
    if one.bounds_of in HELD and one.low is not None and one.high is not None:
        return (one.low + one.high) // 2, f"between {one.low:,} and {one.high:,}, as no number is stated"
    return None, "no number trained or in date is stated"


def _bounds(
    one: Statement, required: int | None, held: int | None, lapses: bool, margin: int | None
) -> tuple[int, int]:
    """At least and at most in date: as the agency bounds it, as its rounding allows, as declared; else anything."""
    most = required if required is not None else max(held or 0, one.high or 0)
    if held is None:
        return 0, most
    low = high = held
    if one.in_date is None and one.trained is None and one.percent is not None:
        low, high = _rounded(one.percent, required or 0)
    elif one.in_date is None and one.overdue is None and lapses:
        low = 0  # any of them may have lapsed
    if one.estimated:
        low, high = _off(low, high, required, margin)
    if one.bounds_of in HELD:
        low = low if one.low is None else one.low
        high = high if one.high is None else one.high
    return max(0, min(low, held)), max(held, high)


def _rounded(percent: float, required: int) -> tuple[int, int]:
    exact = Fraction(str(percent))
    return ceil((exact - HALF) * required / 100), min(required, floor((exact + HALF) * required / 100))


def _off(low: int, high: int, required: int | None, margin: int | None) -> tuple[int, int]:
    if required is None:
        return low, high
    if margin is None:
        return 0, required
    off = Fraction(margin * required, 100)
    return ceil(low - off), min(required, floor(high + off))


def _united(level: str, parts: Sequence[Standing], group: Sequence[Statement]) -> Standing:
    """The roles of a level as one; not known as soon as it is of one of them."""
    first = parts[0]
    as_at = max((one.as_at for one in group if one.as_at), default=None)
    dated = f", as at {day(as_at)}" if as_at else ", no date stated"
    if len(parts) == 1:
        return replace(first, because=first.because + dated)
    required, held = (_sum([getattr(one, name) for one in parts]) for name in ("required", "held"))
    bases = {one.basis for one in parts}
    basis: Basis = "headcount-only" if held is None else "estimate" if "estimate" in bases else "statement"
    because = f"{len(parts)} rows added up: {listed(sorted({one.because for one in parts}))}{dated}"
    return Standing(
        first.agency, level, required, held, sum(one.low for one in parts), sum(one.high for one in parts), basis,
        because, file=first.file, sheet=first.sheet, row=first.row,
    )  # fmt: skip


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return sum(known) if len(known) == len(numbers) else None


def beside(register: tuple[int, int], stated: Standing) -> str:
    """What a return says that a register of the same agency and level does not; "" when they agree."""
    held, required = register
    if stated.required in (required, None) and stated.held in (held, None):
        return ""
    parts = share(stated.held or 0, stated.required) if stated.required is not None else f"{stated.held:,}"
    where = f"{stated.file}, row {stated.row}" if stated.file else "a return"
    return f"the return says {parts} ({where})"


def by_agency(found: Iterable[Standing]) -> Mapping[str, Mapping[str, Standing]]:
    """Standings by agency and level."""
    sorted_by: dict[str, dict[str, Standing]] = {}
    for one in found:
        sorted_by.setdefault(one.agency, {})[one.level] = one
    return sorted_by
