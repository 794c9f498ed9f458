"""How many distinct people are in date, by agency, level and competency, counted from cases alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.gaps import STATUSES
from tna.masks import WIDTH, Masks

if TYPE_CHECKING:
    import duckdb

COUNTS = ("required", "held", "due_soon", "lapsed", "undated", "missing")
EVERY = "*"
OPEN = STATUSES[:3]
TALLIED = ("need", *STATUSES)
LANES = (16, 21, 32)  # bits; the last holds two thousand million people
KEYS = "agency, scope, alone, single"
WORST = 0  # where, in a list of sums, the people stand by their worst status over all competencies


def count(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `counts`: agency, level, competency (`*` the person's worst) and distinct people in each status.

    A person with one job, or one in an agency, counts once in every sum of agencies and scopes that the job
    enters. People with several jobs are united for each sum that joins them, a competency in its worst status.
    """
    line_up(connection, masks)
    width = tally(connection, masks)
    added = ", ".join(f"sum({name})::BIGINT as {name}" for name in TALLIED)
    unpacked = ", ".join(f"coalesce(({name} >> shift) & {(1 << width) - 1}, 0) as {name}" for name in TALLIED)
    connection.execute(f"""
        create or replace temp table counts as
        with each as (
            select {KEYS}, unnest(range(len(need))) as slot, {", ".join(f"unnest({name}) as {name}" for name in TALLIED)}
            from tallies
        ), wide as (
            select agency, scope, alone, slot, {added} from each group by all
            union all
            select agency, '{EVERY}'::scope_name, alone, slot, {added} from each where single group by all
        ), sums as (
            select agency, scope, slot, {added} from wide where agency <> '{EVERY}' group by all
            union all
            select '{EVERY}'::agency_name, scope, slot, {added} from wide where alone group by all
        ), places as (
            select competency, word * {width} + bit % {width} + 1 as slot, bit // {width} * {width} as shift from bits
            union all select '{EVERY}', {WORST}, 0
        )
        select agency::VARCHAR as agency, scope::VARCHAR as level, competency, need as required,
               need - missing - undated - lapsed as held, due as due_soon, lapsed, undated, missing
        from (select agency, scope, competency, {unpacked} from sums join places using (slot))
        where need > 0 or competency = '{EVERY}'
    """)


def line_up(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `lined_up`: people under each agency and scope, with their needs and statuses there.

    Rows that are `alone` are all there is of their people and may be added up over agencies; those that are
    `single` are all there is of a job and may be added up over scopes. Others have a row under `*` for that.
    """
    part = ", ".join(masks.each(f"{status}_# & s.need_# as {status}_#") for status in STATUSES)
    whole = ", ".join(masks.columns(*STATUSES))
    unite(connection, masks)
    connection.execute(f"""
        create or replace temp table lined_up as
        select agency, scope, alone, k.scopes = 1 as single, people, {masks.each("s.need_#")}, {part}
        from case_jobs join kinds k using (kind) join kind_scopes s using (kind) where alone_here
        union all
        select agency, '{EVERY}'::scope_name, alone, false, people, {masks.each("k.need_#")}, {whole}
        from case_jobs join kinds k using (kind) where alone_here and k.scopes > 1
        union all
        select agency, scope, agency = '{EVERY}', false, people, {masks.each("need_#")}, {whole} from united
    """)


def unite(connection: duckdb.DuckDBPyConnection, masks: Masks) -> None:
    """The table `united`: cases of several jobs as one, each competency in its worst status, by scope and over all.

    Over all agencies, and in an agency where they have several jobs.
    """
    asked = ", ".join(masks.each(f"bit_or({status}_# & s.need_#) as {status}_#") for status in STATUSES)
    summed = f"any_value(people) as people, {masks.each('bit_or(s.need_#) as need_#')}, {asked}"
    rows = "case_jobs join kind_scopes s using (kind) where not alone"
    connection.execute(f"""
        create or replace temp table united as
        select agency, coalesce(scope, '{EVERY}'::scope_name) as scope, people,
               {masks.each("need_#")}, {masks.each("missing_#")},
               {masks.each("undated_# & ~missing_# as undated_#")},
               {masks.each("lapsed_# & ~(missing_# | undated_#) as lapsed_#")},
               {masks.each("due_# & ~(missing_# | undated_# | lapsed_#) as due_#")}
        from (select '{EVERY}'::agency_name as agency, scope, {summed} from {rows}
              group by grouping sets ((case_id, scope), (case_id))
              union all
              select agency, scope, {summed} from {rows} and not alone_here
              group by grouping sets ((case_id, agency, scope), (case_id, agency)))
    """)


def tally(connection: duckdb.DuckDBPyConnection, masks: Masks) -> int:
    """The table `tallies`: for each agency and scope the people whose bits are set; the lanes' width in bits.

    For needs and for each status a list: first the people by their worst status, then a sum for each bit of a lane.
    Bits that stand some width apart are added in one number, each in a lane of its own that no sum can overflow,
    of whatever agencies and scopes.
    """
    connection.execute(f"""
        create or replace temp table needed as
        select {KEYS}, {masks.each("need_#")}, sum(people)::BIGINT as people from lined_up group by all
    """)
    row = connection.execute("select sum(people) from needed").fetchone()
    width = lane_width(row[0] or 0 if row else 0)
    lists = ", ".join(f"list_prepend(worst_{name}, {name}) as {name}" for name in TALLIED)
    sums = " ".join(
        f"left join ({_sums(masks, name, width)}) as of_{name} using ({KEYS})" for name in TALLIED
    )
    connection.execute(f"""
        create or replace temp table tallies as
        select {KEYS}, {lists} from (select {KEYS}, {_worst(masks)} from lined_up group by {KEYS}) {sums}
    """)
    return width


def _sums(masks: Masks, name: str, width: int) -> str:
    """SQL that adds the bits of needs or of one status up, of those alone who have any."""
    lane = sum(1 << place for place in range(0, WIDTH, width))
    sums = ", ".join(
        f"sum((({name}_{word} >> {shift}) & {lane}) * people)::BIGINT"
        for word in masks.words
        for shift in range(width)
    )
    rows = "needed" if name == "need" else "lined_up"
    return f"select {KEYS}, [{sums}] as {name} from {rows} where {masks.any(f'{name}_#')} group by {KEYS}"


def lane_width(people: int) -> int:
    """The narrowest lanes, in bits, that hold so many people; narrower ones take fewer sums to count all bits."""
    return next(width for width in LANES if people < 1 << 63 - (WIDTH - 1) // width * width)


def _worst(masks: Masks) -> str:
    """People by their worst status over all competencies; `due` only where nothing is open."""
    some = {status: masks.any(f"{status}_#") for status in STATUSES}
    when = {
        "need": masks.any("need_#"),
        "missing": some["missing"],
        "undated": f"{some['undated']} and not {some['missing']}",
        "lapsed": f"{some['lapsed']} and not ({some['missing']} or {some['undated']})",
        "due": f"{some['due']} and not ({' or '.join(some[status] for status in OPEN)})",
    }
    return ", ".join(
        f"coalesce(sum(people) filter ({sql}), 0)::BIGINT as worst_{name}" for name, sql in when.items()
    )


Marks = tuple[int | None, int | None]  # target and floor, in per cent


def rate(connection: duckdb.DuckDBPyConnection, board: Marks, agreed: Mapping[str, Marks]) -> None:
    """The table `coverage`: the counts with rate, target, floor and rating, and agencies that sent nothing.

    Compared unrounded, in whole numbers. A target without a floor has no amber; without a target, nothing is
    rated. `board` marks every line but those of agencies that have agreed others. Reads `counts`, `people` and
    `agencies`.
    """
    fill(connection, "agreed_marks", ["agency VARCHAR", "target INTEGER", "floor INTEGER"],
         [(agency, *marks) for agency, marks in agreed.items()])  # fmt: skip
    connection.execute(
        f"""
        create or replace table coverage as
        with silent as (
            select agency, 'no-return' as rating from (select distinct agency from agencies)
            where agency not in (select agency from people)
            union all
            select distinct agency, 'not-stated' from people
            where agency not in (select agency from counts)
        ), every as (
            select agency, level, competency, {", ".join(COUNTS)}, '' as silence from counts
            union all
            select agency, '{EVERY}', '{EVERY}', 0, 0, 0, 0, 0, 0, rating from silent
        ), marked as (
            select e.*, if(m.agency is null, $target::INTEGER, m.target) as target,
                   if(m.agency is null, $floor::INTEGER, m.floor) as floor
            from every e left join agreed_marks m using (agency)
        )
        select agency, level, competency, {", ".join(COUNTS)},
               case when required > 0 then held / required end as rate,
               target, floor,
               case when silence <> '' then silence
                    when required = 0 then 'not-needed'
                    when target is null then 'not-stated'
                    when held * 100 >= target * required then 'green'
                    when floor is not null and held * 100 >= floor * required then 'amber'
                    else 'red' end as rating
        from marked order by agency, level, competency
        """,
        dict(zip(("target", "floor"), board, strict=True)),
    )
