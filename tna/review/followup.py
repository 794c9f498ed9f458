"""Whom to meet again some months after a course: a sample anyone can draw again, and what has been done of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tna.duck import fill
from tna.review.year import Year

if TYPE_CHECKING:
    import duckdb

SEED = "tna"  # printed with the sample: the same seed draws the same people again


@dataclass(frozen=True, slots=True)
class Asked:
    """What a board asks: a share of those who attended a course, in whole per cent, so many months afterwards.

    `with_manager` is whether it counts only with the line manager; `rounding` is of people in each stratum.
    """

    course: str
    share: int
    after_months: int = 3
    with_manager: bool = True
    rounding: Literal["up", "down"] = "up"


def write_followup(
    connection: duckdb.DuckDBPyConnection, year: Year, asked: Sequence[Asked], seed: str = SEED
) -> None:
    """The tables `followup_sample` (a row for each person drawn) and `followup` (a row for each course asked about).

    Reads `followups`, and of the analysis `records` and `placements` (neither when nothing is asked); each course
    is asked about once. Practitioners are the people with a dated attendance in the year, up to the day of the
    review, each once, by their first. In each stratum of agency and level the declared share is drawn, rounded to
    whole people; rounded up, the sample is at least that share of every stratum and so of all. Drawing goes by a
    hash of seed, person and course: who comes later may push in, but reshuffles nobody. `due` is the same day so
    many months later, or that month's last.

    States: followed-up; manager-not-stated and without-manager, when due but not shown to be with the line
    manager; too-early, when there was one before it was due only; due, when the day has come; to-come.
    """
    _ask(connection, asked)
    _train(connection, year, bool(asked))
    _meet(connection, year)
    _draw(connection, seed)
    _write_sample(connection, year)
    _write_summary(connection, year, seed)


def _ask(connection: duckdb.DuckDBPyConnection, asked: Sequence[Asked]) -> None:
    columns = ["course VARCHAR", "share BIGINT", "months INTEGER", "with_manager BOOLEAN", "spare BIGINT"]
    rows = [
        (one.course, one.share, one.after_months, one.with_manager, 99 if one.rounding == "up" else 0)
        for one in asked
    ]
    fill(connection, "followup_asked", columns, rows)


def _train(connection: duckdb.DuckDBPyConnection, year: Year, any_asked: bool) -> None:
    """The table `trained`: each practitioner of a course in the year, with stratum and due day.

    Who has several jobs stands in the first stratum by name; who has none, in one without agency and level.
    """
    columns = ["person_id VARCHAR", "course VARCHAR", "completed DATE", "agency VARCHAR", "level VARCHAR", "due DATE"]  # fmt: skip
    fill(connection, "trained", columns, ())
    if any_asked:
        connection.execute(
            """
            insert into trained
            with first as (
                select person_id, course, min(completed) as completed from records
                where counts = 'dated' and completed between $first and least($last, $as_of)
                  and course in (select course from followup_asked)
                group by person_id, course
            ), homes as (
                select person_id, min(struct_pack(agency := agency, level := level)) as home
                from placements group by person_id
            )
            select person_id, course, completed, coalesce(home.agency, ''), coalesce(home.level, ''),
                   (completed + to_months(months))::DATE
            from first join followup_asked using (course) left join homes using (person_id)
            """,
            {**year.bounds, "as_of": year.as_of},
        )


def _meet(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    """The table `met`: for each practitioner who was followed up by the day of the review, what that amounts to.

    The best of several counts, on its first day. A follow-up of a training of another year is of that year.
    """
    connection.execute(
        """
        create or replace temp table met as
        with judged as (
            select person_id, course, followed_up,
                   case when followed_up < due then 3 when line_manager or not with_manager then 0
                        when line_manager is null then 1 else 2 end as rank
            from followups f join trained t using (person_id, course) join followup_asked using (course)
            where followed_up <= $as_of and coalesce(f.completed between $first and $last, true)
        )
        select person_id, course, min((rank, followed_up))[1] as rank, min((rank, followed_up))[2] as followed_up
        from judged group by person_id, course
        """,
        {**year.bounds, "as_of": year.as_of},
    )


def _draw(connection: duckdb.DuckDBPyConnection, seed: str) -> None:
    """The table `drawn`: the practitioners who are in the sample."""
    connection.execute(
        """
        create or replace temp table drawn as
        with lots as (
            select t.*, share, spare, count(*) over stratum as people, row_number() over (
                       stratum order by sha256(concat_ws(chr(31), $seed, person_id, course)), person_id) as lot
            from trained t join followup_asked using (course)
            window stratum as (partition by course, agency, level)
        )
        select person_id, course from lots where lot <= (people * share + spare) // 100
        """,
        {"seed": seed},
    )


def _write_sample(connection: duckdb.DuckDBPyConnection, year: Year) -> None:
    connection.execute(
        """
        create or replace table followup_sample as
        select person_id, agency, level, course, completed, due,
               case rank when 0 then 'followed-up' when 1 then 'manager-not-stated' when 2 then 'without-manager'
                    when 3 then 'too-early' else case when due <= $as_of then 'due' else 'to-come' end end as state,
               followed_up
        from drawn join trained using (person_id, course) left join met using (person_id, course)
        order by course, agency, level, person_id
        """,
        {"as_of": year.as_of},
    )


def _write_summary(connection: duckdb.DuckDBPyConnection, year: Year, seed: str) -> None:
    """The table `followup`: `share` is declared, `needed` is that share of all `trained`, `sample` is drawn by stratum.

    `due` is people of the sample whose day has come. `done` and the three after it are people of all who were
    trained, drawn or not; `done_not_drawn` those among `done` who are not in the sample. `not_matched` counts
    follow-ups of the year's trainings whose person is not among the trained.
    """
    connection.execute(
        """
        create or replace table followup as
        with people as (
            select course, count(*) as trained, count(d.person_id) as sample,
                   count(*) filter (d.person_id is not null and due <= $as_of) as due,
                   count(*) filter (rank = 0) as done, count(*) filter (rank = 2) as done_without_manager,
                   count(*) filter (rank = 1) as manager_not_stated, count(*) filter (rank = 3) as too_early,
                   count(*) filter (rank = 0 and d.person_id is null) as done_not_drawn
            from trained left join drawn d using (person_id, course) left join met using (person_id, course)
            group by course
        ), others as (
            select course, count(*) as not_matched from followups f anti join trained using (person_id, course)
            where coalesce(completed between $first and $last, true) group by course
        )
        select course, coalesce(trained, 0) as trained, coalesce(sample, 0) as sample, share,
               (coalesce(trained, 0) * share + spare) // 100 as needed, coalesce(due, 0) as due,
               coalesce(done, 0) as done, coalesce(done_without_manager, 0) as done_without_manager,
               coalesce(too_early, 0) as too_early, coalesce(manager_not_stated, 0) as manager_not_stated,
               coalesce(done_not_drawn, 0) as done_not_drawn, coalesce(not_matched, 0) as not_matched,
               $seed as seed
        from followup_asked left join people using (course) left join others using (course) order by course
        """,
        {**year.bounds, "as_of": year.as_of, "seed": seed},
    )
