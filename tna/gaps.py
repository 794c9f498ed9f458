"""Who holds what and who lacks what, counted in DuckDB: one scan of the records, then bits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tna import evidence
from tna.duck import fill
from tna.evidence import Attendance, Credit
from tna.masks import Masks

if TYPE_CHECKING:
    import duckdb

HELD = ("now", "soon", "ever", "undated")  # held today, on the horizon, once; and given by undated records only
STATUSES = ("missing", "undated", "lapsed", "due")


@dataclass(frozen=True, slots=True)
class Dates:
    """The day the question is asked about, and the day until which a lapse is called due soon."""

    as_of: date
    horizon: int

    @property
    def soon(self) -> date:
        """The as-of date and the horizon's days."""
        return self.as_of + timedelta(days=self.horizon)


Worth = Mapping[int, Mapping[Attendance, Sequence[Credit]]]  # by credit class, then by what was attended


def fill_credit(connection: duckdb.DuckDBPyConnection, masks: Masks, worth: Worth, dates: Dates) -> None:
    """The table `credit`: what each attendance gives and renews, as masks, from which date it still holds.

    One row for each class, attendance and refresh interval.
    """
    rows = []
    for number, by_attendance in worth.items():
        for attended, found in by_attendance.items():
            chosen = tuple(evidence.best(found).values())
            for months in {one.months for one in chosen}:
                given, renewed = (
                    masks.pack(one.competency for one in chosen if one.months == months and one.renews is renews)
                    for renews in (False, True)
                )
                rows.append((
                    number, attended.course, attended.mode, attended.provider, attended.evidence,
                    evidence.holds_from(dates.as_of, months), evidence.holds_from(dates.soon, months),
                    *given, *renewed,
                ))  # fmt: skip
    keys = ["class INTEGER", "course VARCHAR", "mode VARCHAR", "provider VARCHAR", "evidence VARCHAR"]
    bounds = ["now_from DATE", "soon_from DATE"]
    words = [f"{column} UBIGINT" for column in masks.columns("gives", "renews")]
    fill(connection, "credit", [*keys, *bounds, *words], sorted(rows, key=str))


def hold(connection: duckdb.DuckDBPyConnection, masks: Masks, worth: Worth, asks: Iterable[str]) -> None:
    """The table `holdings`: for each person (and class) the masks now, soon, ever and undated.

    Reads `records` (only what counts), `credit` and, when people fall in several classes, `jobs` and `kinds`.
    A renewal counts for what was ever given by a dated record. `asks` are the record facts beside course and
    mode that credit rules ask about.
    """
    several = len(worth) > 1
    on = " and ".join(f"k.{name} = r.{name}" for name in ("course", "mode", *sorted(asks)))
    people = (
        "(select distinct person_id, class from jobs join kinds using (kind)) p join records r using (person_id)"
        if several
        else "records r"
    )
    on += " and k.class = p.class" if several else ""
    group = "r.person_id, k.class" if several else "r.person_id"
    renews = any(one.renews for by in worth.values() for found in by.values() for one in found)
    lapses = any(one.months is not None for by in worth.values() for found in by.values() for one in found)
    inner = ", ".join(_sums(masks, renews, lapses))
    connection.execute(f"""
        create or replace temp table holdings as
        select person_id, {"class" if several else "0 as class"}, {_folded(masks, renews, lapses)}
        from (select {group}, {inner} from {people} join credit k on {on} where r.counts <> 'no' group by {group})
    """)


def _sums(masks: Masks, renews: bool, lapses: bool) -> list[str]:
    dated = "r.completed is not null"
    found = [
        masks.each(f"bit_or(case when {dated} then k.gives_# else 0 end) as ever_#"),
        masks.each(f"bit_or(case when {dated} then 0 else k.gives_# end) as undated_#"),
    ]
    if lapses:
        found.append(masks.each("bit_or(case when r.completed >= k.now_from then k.gives_# else 0 end) as now_#"))
        found.append(masks.each("bit_or(case when r.completed >= k.soon_from then k.gives_# else 0 end) as soon_#"))
    if lapses and renews:
        found.append(masks.each("bit_or(case when r.completed >= k.now_from then k.renews_# else 0 end) as new_#"))
        found.append(masks.each("bit_or(case when r.completed >= k.soon_from then k.renews_# else 0 end) as newer_#"))
    return found


def _folded(masks: Masks, renews: bool, lapses: bool) -> str:
    """What never lapses is held for ever; what is renewed must have been given once."""
    if not lapses:
        now, soon = "ever_#", "ever_#"
    elif renews:
        now, soon = "now_# | (new_# & ever_#)", "soon_# | (newer_# & ever_#)"
    else:
        now, soon = "now_#", "soon_#"
    pairs = zip((now, soon, "ever_#", "undated_#"), HELD, strict=True)
    return ", ".join(masks.each(f"({sql}) as {name}_#") for sql, name in pairs)


def stand(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `standings`: each job (person, agency, kind) with what is missing, undated, lapsed and due.

    Reads `jobs`, `kinds` (with the union of a kind's needs) and `holdings`; people without records lack everything.
    """
    free = "k.need_# & ~coalesce(h.now_#, 0)"
    parts = [
        masks.each(f"{free} & ~(coalesce(h.ever_#, 0) | coalesce(h.undated_#, 0)) as missing_#"),
        masks.each(f"{free} & ~coalesce(h.ever_#, 0) & coalesce(h.undated_#, 0) as undated_#"),
        masks.each(f"{free} & coalesce(h.ever_#, 0) as lapsed_#"),
        masks.each("k.need_# & coalesce(h.now_#, 0) & ~coalesce(h.soon_#, 0) as due_#"),
    ]
    connection.execute(f"""
        create or replace temp view standings as
        select j.person_id, j.agency, j.kind, {", ".join(parts)}
        from jobs j join kinds k using (kind)
        left join holdings h on h.person_id = j.person_id and h.class = k.class
    """)
