"""Who holds what and who lacks what, counted in DuckDB: one scan of the records, then bits."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tna import evidence
from tna.duck import fill, numbered
from tna.evidence import Attendance, Credit
from tna.masks import Masks

if TYPE_CHECKING:
    import duckdb

HELD = (
    "now",
    "soon",
    "ever",
    "undated",
)  # held today, on the horizon, once; and given by undated records only
A_SCAN = 6  # classes summed in one scan; more columns make it slower than a second scan
STATUSES = ("missing", "undated", "lapsed", "due")


@dataclass(frozen=True, slots=True)
class Dates:
    """The day the question is asked about, and the day until which a lapse is called due soon."""

    as_of: date
    horizon: int

    @property
    def soon(self) -> date:
        """The as-of date and the horizon's days, or the last day of the calendar."""
        return self.as_of + timedelta(days=min(self.horizon, (date.max - self.as_of).days))


Worth = Mapping[int, Mapping[Attendance, Sequence[Credit]]]  # by credit class, then by what was attended


def fill_credit(connection: duckdb.DuckDBPyConnection, masks: Masks, worth: Worth, dates: Dates) -> None:
    """The table `credit`: what each attendance gives and renews to each class, and from which date it still holds.

    A row for each dated attendance, another for each further refresh interval that the same course gives under, and
    one for what it gives undated; the columns of a class carry its number. What is worth nothing has no row.
    """
    attended = sorted({one for by_attendance in worth.values() for one in by_attendance}, key=_key)
    rows = [
        (*_key(one), counts, *(value for values in line for value in values))
        for one in attended
        for counts, line in _by_counts([worth[number].get(one, ()) for number in worth], masks, dates)
        if any(any(masks_of[2:]) for masks_of in line)
    ]
    columns = [f"{name} VARCHAR" for name in (*evidence.FACTS, "counts")]
    for number in worth:
        columns += [f"now_from_{number} DATE", f"soon_from_{number} DATE"]
        names = (f"gives_{number}", f"renews_{number}", f"undated_{number}")
        columns += [f"{column} BIGINT" for column in masks.columns(*names)]
    fill(connection, "credit", columns, rows)


def _key(one: Attendance) -> tuple[str, ...]:
    return (one.course, one.mode, one.provider, one.evidence)


def _by_counts(
    by_class: Sequence[Sequence[Credit]], masks: Masks, dates: Dates
) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The lines of an attendance: those of dated records, then that of undated ones, each with an entry a class."""
    for line in _lines([_given(found, masks, dates) for found in by_class]):
        yield "dated", line
    yield "undated", [_given_undated(found, masks, dates) for found in by_class]


def _given(found: Iterable[Credit], masks: Masks, dates: Dates) -> list[tuple[object, ...]]:
    """For one class, a (now_from, soon_from, gives..., renews..., nothing...) for each interval it is given under."""
    chosen = tuple(evidence.best(found).values())
    nothing = (dates.as_of, dates.soon, *3 * masks.pack(()))
    intervals = sorted({one.months for one in chosen}, key=str)
    return [
        (
            evidence.holds_from(dates.as_of, months),
            evidence.holds_from(dates.soon, months),
            *masks.pack(one.competency for one in chosen if one.months == months and not one.renews),
            *masks.pack(one.competency for one in chosen if one.months == months and one.renews),
            *masks.pack(()),
        )
        for months in intervals
    ] or [nothing]


def _given_undated(found: Iterable[Credit], masks: Masks, dates: Dates) -> tuple[object, ...]:
    given = masks.pack(one.competency for one in evidence.best(found).values() if not one.renews)
    return (dates.as_of, dates.soon, *2 * masks.pack(()), *given)


def _lines(by_class: Sequence[list[tuple[object, ...]]]) -> list[list[tuple[object, ...]]]:
    """The n-th intervals of all classes side by side; a class with fewer repeats its last, which changes nothing."""
    longest = max(map(len, by_class), default=0)
    return [[given[min(n, len(given) - 1)] for given in by_class] for n in range(longest)]


def hold(connection: duckdb.DuckDBPyConnection, masks: Masks, worth: Worth, asks: Iterable[str]) -> None:
    """The tables `holdings_N`: for each person's number the masks now, soon, ever and undated, several classes a scan.

    Reads `records` (only what counts) and `credit`. A renewal counts for what a dated record ever gave. `asks`
    are the record facts beside course and mode that credit rules ask about.
    """
    on = " and ".join(f"k.{name} = r.{name}" for name in ("course", "mode", "counts", *sorted(asks)))
    for number, classes in enumerate(_scans(worth)):
        twins = _twins(worth, classes)
        sums = ", ".join(part for one in classes for part in _sums(masks, one, worth[one], twins[one] == one))
        held = ", ".join(part for one in classes for part in _held(masks, one, worth[one], twins[one]))
        with numbered(connection):
            connection.execute(f"""
                create or replace temp table holdings_{number} as
                select person, {held} from (
                    select r.person, {sums} from records r join credit k on {on} group by r.person)
            """)


def _scans(worth: Worth) -> list[tuple[int, ...]]:
    """The classes in groups small enough to be summed in one scan of the records."""
    numbers = sorted(worth)
    return [tuple(numbers[start : start + A_SCAN]) for start in range(0, len(numbers), A_SCAN)]


def _any(found: Mapping[Attendance, Sequence[Credit]], which: Callable[[Credit], bool]) -> bool:
    return any(one.counts and which(one) for credits in found.values() for one in credits)


def _lapses(found: Mapping[Attendance, Sequence[Credit]]) -> bool:
    return _any(found, lambda one: one.months is not None)


def _renews(found: Mapping[Attendance, Sequence[Credit]]) -> bool:
    return _lapses(found) and _any(found, lambda one: one.renews)


def _twins(worth: Worth, classes: Sequence[int]) -> dict[int, int]:
    """For each class the first to which the same attendances give the same, if for other lengths of time."""
    firsts: dict[object, int] = {}
    return {
        number: firsts.setdefault(
            frozenset(
                (attended, one.competency)
                for attended, found in worth[number].items()
                for one in found
                if one.counts and not one.renews
            ),
            number,
        )
        for number in classes
    }


def _sums(masks: Masks, number: int, found: Mapping[Attendance, Sequence[Credit]], first: bool) -> list[str]:
    """The sums of bits that one class needs: fewer where nothing lapses or is renewed, or an earlier class has them."""
    gives, renews = f"k.gives_{number}_#", f"k.renews_{number}_#"
    now, soon = (f"-((r.completed >= k.{name}_from_{number})::BIGINT)" for name in ("now", "soon"))
    wanted: dict[str, str] = {}
    if first:
        wanted = {"ever": gives, "undated": f"k.undated_{number}_#"}
    if _lapses(found):
        wanted |= {"now": f"{gives} & {now}", "soon": f"{gives} & {soon}"}
    if _renews(found):
        wanted |= {"new": f"{renews} & {now}", "newer": f"{renews} & {soon}"}
    return [masks.each(f"coalesce(bit_or({bits}), 0) as {name}_{number}_#") for name, bits in wanted.items()]


def _held(masks: Masks, number: int, found: Mapping[Attendance, Sequence[Credit]], twin: int) -> list[str]:
    """What never lapses is held for ever; what is renewed must have been given once."""
    now, soon, ever = f"now_{number}_#", f"soon_{number}_#", f"ever_{twin}_#"
    if not _lapses(found):
        now = soon = ever
    elif _renews(found):
        now, soon = f"{now} | (new_{number}_# & {ever})", f"{soon} | (newer_{number}_# & {ever})"
    pairs = zip((now, soon, ever, f"undated_{twin}_#"), HELD, strict=True)
    return [masks.each(f"({sql}) as {name}_of_{number}_#") for sql, name in pairs]


def stand(
    connection: duckdb.DuckDBPyConnection, masks: Masks, worth: Worth, accruing: Container[int] = ()
) -> None:
    """The table `standings`: each job (person, agency, kind) with what is missing, undated, lapsed and due.

    Reads `jobs`, `kinds` (with the union of a kind's needs), `holdings_N` and, for the classes
    `accruing`, `accrued`; who has no record lacks everything.
    """
    parts = [
        f"""select j.person_id, j.agency::agency_name as agency, j.kind, j.several, {_statuses(masks, number, number in accruing)}
            from jobs j join kinds k on k.kind = j.kind and k.class = {number}
            left join holdings_{scan} h on h.person = j.person{_ACCRUED if number in accruing else ""}"""
        for scan, classes in enumerate(_scans(worth))
        for number in classes
    ]
    connection.execute(f"create or replace temp table standings as {' union all '.join(parts)}")


_ACCRUED = " left join accrued a on a.person_id = j.person_id and a.class = k.class"


def _statuses(masks: Masks, number: int, accrues: bool) -> str:
    now, soon, ever, undated = (_held_sql(name, number, accrues) for name in HELD)
    return ", ".join(
        (
            masks.each(f"k.need_# & ~({now} | {ever} | {undated}) as missing_#"),
            masks.each(f"k.need_# & ~({now} | {ever}) & {undated} as undated_#"),
            masks.each(f"k.need_# & ~{now} & {ever} as lapsed_#"),
            masks.each(f"k.need_# & {now} & ~{soon} as due_#"),
        )
    )


def _held_sql(name: str, number: int, accrues: bool) -> str:
    """What single records give and, for a class that accrues, what several give together."""
    single = f"coalesce(h.{name}_of_{number}_#, 0)"
    return f"({single} | coalesce(a.{name}_#, 0))" if accrues else single
