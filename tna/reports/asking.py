"""What agencies must be asked: titles that could not be placed, levels that differ, registers that did not come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.model import Analysis
from tna.reports.labels import Labels
from tna.reports.shares import Share

if TYPE_CHECKING:
    import duckdb

TITLES = 40
DIFFERING = 30
CONFLICT = "rows of the register disagree about this job (ledger.csv says which)"


@dataclass(frozen=True, slots=True)
class Title:
    """A job title whose level must be asked: how often, by which agencies used, why, and what it might be.

    Titles read as the same job are one question, called by the commonest of them; `others` counts the rest.
    """

    role: str
    others: int
    jobs: int
    in_cohort: int
    agencies: tuple[str, ...]
    because: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """Jobs whose agency states another level than the pack would have given; what the agency states is used."""

    agency: str
    role: str
    stated: str
    pack: str
    jobs: int


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask; `expected` is None where nobody said which agencies were expected."""

    asked: Share
    titles: tuple[Title, ...]
    titles_left_out: int
    differing: tuple[Differing, ...]
    differing_left_out: int
    differing_jobs: Share
    silent: tuple[str, ...]
    expected: int | None


def questions(analysis: Analysis, labels: Labels) -> Questions:
    """The questions to agencies that an analysis leaves."""
    connection, counts = analysis.connection, analysis.about["counts"]
    titles = _titles(connection)
    differing = _differing(connection, labels)
    silent = connection.execute(
        "select agency from coverage where rating = 'no-return' and level = '*' order by agency"
    ).fetchall()
    return Questions(
        asked=Share(counts["jobs_asked"], counts["jobs"]),
        titles=titles[:TITLES],
        titles_left_out=max(0, len(titles) - TITLES),
        differing=differing[:DIFFERING],
        differing_left_out=max(0, len(differing) - DIFFERING),
        differing_jobs=Share(sum(one.jobs for one in differing), counts["jobs"]),
        silent=tuple(agency for (agency,) in silent),
        expected=counts["agencies_expected"],
    )


def _titles(connection: duckdb.DuckDBPyConnection) -> tuple[Title, ...]:
    rows = connection.execute(
        """
        with told as (
            select role, read_as, agency, suggestions, kind in (select kind from kind_classes where scopes <> '') as in_cohort,
                   if(because in (select conflict from people where conflict <> ''), $conflict, because) as because
            from job_reasons where how = 'ask'
        ), each as (select *, count(*) over (partition by role, because, suggestions) as written from told)
        select arg_max(role, (written, role)) as title, count(distinct role) - 1, count(*) as jobs,
               count(*) filter (in_cohort), list(distinct agency order by agency), because, suggestions
        from each group by read_as, because, suggestions order by jobs desc, title, because, suggestions
        """,
        {"conflict": CONFLICT},
    ).fetchall()
    return tuple(
        Title(role, others, jobs, in_cohort, tuple(agencies), because, tuple(filter(None, said.split("|"))))
        for role, others, jobs, in_cohort, agencies, because, said in rows
    )


def _differing(connection: duckdb.DuckDBPyConnection, labels: Labels) -> tuple[Differing, ...]:
    rows = connection.execute("""
        select agency, role, level, differs, count(*) as jobs from job_reasons
        where differs <> '' group by all order by jobs desc, agency, role, level, differs
    """).fetchall()
    return tuple(
        Differing(agency, role, labels.levels[level], labels.levels[pack], jobs)
        for agency, role, level, pack, jobs in rows
    )
