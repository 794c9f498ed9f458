"""Explains one person's answer from the run's own database: why required, what counted, what did not, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna import duck
from tna.names import SHARED
from tna.problems import Place, nearest, refuse
from tna.verdicts import Considered, add, consider, gave, hours, matches, why_not, written_at

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Job:
    """A job of the person, its level and why."""

    agency: str
    role: str
    level: str
    how: str
    because: str
    suggestions: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A competency required of the person: why, what was found, and the nearest way to close a gap."""

    agency: str
    level: str
    competency: str
    label: str
    status: str
    path: str
    because: str
    records: tuple[Considered, ...]
    until: date | None
    since: date | None
    advice: tuple[str, ...]
    adding: tuple[str, ...] = ()
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of one person's answer."""

    person: str
    as_of: date
    board: str
    jobs: tuple[Job, ...]
    reasons: tuple[Reason, ...]
    unused: tuple[Considered, ...]
    competency: str = ""


def explain(folder: Path, person: str, competency: str = "") -> Explanation:
    """The explanation of one person (and one competency) from the analysis.duckdb in a folder.

    Raises `Unusable` when there is no analysis, nobody with that id, or no such competency.
    """
    import json

    connection = _open(folder)
    try:
        about = json.loads(_rows(connection, "select about from about")[0]["about"])
        _check(connection, folder, person, competency)
        reasons = _reasons(connection, person, competency, date.fromisoformat(about["as_of"]))
        return Explanation(
            person=person,
            as_of=date.fromisoformat(about["as_of"]),
            board=about["board"]["name"],
            jobs=_jobs(connection, person),
            reasons=reasons,
            unused=() if competency else _unused(connection, person, reasons),
            competency=competency,
        )
    finally:
        connection.close()


def _open(folder: Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    path = folder / "analysis.duckdb"
    if not path.is_file():
        refuse("paths.no-analysis", Place(str(folder)))
    try:
        connection = duck.connect(path, read_only=True)
        connection.execute("select 1 from about, job_reasons, credits limit 0")
    except duckdb.Error:
        refuse("paths.no-analysis", Place(str(folder)))
    return connection


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> list[dict[str, Any]]:
    found = connection.execute(sql, list(values))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _check(connection: duckdb.DuckDBPyConnection, folder: Path, person: str, competency: str) -> None:
    if not _rows(connection, "select 1 from job_reasons where person_id = ? limit 1", person):
        known = [row["person_id"] for row in _rows(connection, """
            select distinct person_id from job_reasons
            order by levenshtein(person_id, ?), person_id limit 20""", person)]  # fmt: skip
        refuse("paths.unknown-person", Place(str(folder)), person=person, near=nearest(person, known))
    known = [row["competency"] for row in _rows(connection, "select competency from competencies")]
    if competency and competency not in known:
        refuse(
            "paths.unknown-competency",
            Place(str(folder)),
            competency=competency,
            near=nearest(competency, known),
        )


def _jobs(connection: duckdb.DuckDBPyConnection, person: str) -> tuple[Job, ...]:
    rows = _rows(connection, """
        select agency, role, coalesce(l.label, j.level) as level, how, because, suggestions, cohorts
        from job_reasons j left join levels l using (level) where person_id = ? order by agency, role""", person)  # fmt: skip
    return tuple(
        Job(
            row["agency"],
            row["role"],
            row["level"],
            row["how"],
            row["because"],
            tuple(filter(None, row["suggestions"].split("|"))),
            tuple(row["cohorts"].splitlines()),
        )
        for row in rows
    )


def _reasons(
    connection: duckdb.DuckDBPyConnection, person: str, competency: str, as_of: date
) -> tuple[Reason, ...]:
    rows = _rows(connection, """
        select distinct j.agency, n.scope, coalesce(l.label, n.scope) as label, n.competency, c.label as words,
               d.path, d.because, k.class, coalesce(g.status, 'held') as status, g.since, l.rank
        from job_reasons j join kind_needs n using (kind) join kind_classes k using (kind)
        join needs d on d.scope = n.scope and d.competency = n.competency
        join competencies c on c.competency = n.competency
        left join levels l on l.level = n.scope
        left join gaps g on g.person_id = j.person_id and g.agency = j.agency and g.level = n.scope
             and g.competency = n.competency
        where j.person_id = ? and (? = '' or n.competency = ?)
        order by j.agency, l.rank, n.scope, n.competency""", person, competency, competency)  # fmt: skip
    records = _rows(
        connection, "select * from records where person_id = ? order by completed, course, file, row", person
    )
    credits = _rows(connection, """
        select distinct x.*, c.minutes as lasts from credits x join kind_classes k using (class)
        join job_reasons j using (kind) left join courses c using (course)
        where j.person_id = ?""", person)  # fmt: skip
    advice = _rows(connection, """
        select plugin, position, coalesce(c.title, '') as title, course, closes, because from recommendations
        left join courses c using (course) where person_id = ? order by plugin, position""", person)  # fmt: skip
    amounts = _amounts(connection, person)
    deadlines = _deadlines(connection, person)
    reasons = (
        _reason_added(row, records, credits, advice, asked, as_of)
        if (asked := amounts.get((row["class"], row["competency"])))
        else _reason(row, records, credits, advice, as_of)
        for row in rows
    )
    return tuple(
        replace(one, deadline=deadlines.get((one.agency, row["scope"], one.competency), ""))
        for one, row in zip(reasons, rows, strict=True)
    )


def _reason(
    row: dict[str, Any],
    records: Sequence[dict[str, Any]],
    credits: Sequence[dict[str, Any]],
    advice: Sequence[dict[str, Any]],
    as_of: date,
) -> Reason:
    mine = [one for one in credits if one["class"] == row["class"] and one["competency"] == row["competency"]]
    pairs = [(record, credit) for record in records for credit in mine if matches(record, credit)]
    given = any(gave(record, credit) for record, credit in pairs)
    considered = tuple(consider(record, credit, given, as_of) for record, credit in pairs)
    held = row["status"] == "held"
    ends = [one.until for one in considered if one.counts]
    return Reason(
        agency=row["agency"],
        level=row["label"],
        competency=row["competency"],
        label=row["words"],
        status=row["status"],
        path=row["path"],
        because=row["because"],
        records=considered,
        until=max((day for day in ends if day), default=None) if held and None not in ends else None,
        since=row["since"],
        advice=() if held else _closing(row, advice),
    )


def _closing(row: dict[str, Any], advice: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(_advised(one) for one in advice if row["competency"] in one["closes"].split("|"))


def _amounts(
    connection: duckdb.DuckDBPyConnection, person: str
) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """What has to add up for a person, by class and competency, with what does on the as-of date."""
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in _rows(connection, """
            select a.*, h.until, coalesce(h.had, 0) as had, coalesce(h.had_together, 0) as had_together
            from amounts_asked a left join amounts_held h on h.class = a.class and h.competency = a.competency
                 and h.person_id = ?""", person):  # fmt: skip
        found.setdefault((row["class"], row["competency"]), []).append(row)
    return found


def _deadlines(connection: duckdb.DuckDBPyConnection, person: str) -> dict[tuple[str, str, str], str]:
    return {
        (row["agency"], row["level"], row["competency"]): f"{row['state']}: {row['because']}"
        for row in _rows(connection, "select * from deadlines where person_id = ?", person)
    }


def _reason_added(
    row: dict[str, Any],
    records: Sequence[dict[str, Any]],
    credits: Sequence[dict[str, Any]],
    advice: Sequence[dict[str, Any]],
    asked: Sequence[dict[str, Any]],
    as_of: date,
) -> Reason:
    """A competency that takes more than one record: each with what it adds, and what that comes to."""
    mine = [one for one in credits if one["class"] == row["class"] and one["competency"] == row["competency"]]
    plain = _reason(row, (), (), advice, as_of)
    considered = tuple(
        add(record, credit, amount, credit["lasts"], as_of)
        for amount in asked
        for record in records
        for credit in mine
        if matches(record, credit)
    )
    held = row["status"] == "held"
    until = min((one["until"] for one in asked if one["until"]), default=None) if held else None
    return replace(
        plain,
        records=considered,
        adding=tuple(map(_adding, asked)),
        until=None if until and until.year == date.max.year else until,
    )


def _adding(amount: dict[str, Any]) -> str:
    """What it comes to on the as-of date, of what is asked, and by which statement."""
    if amount["once"]:
        return (
            f"{amount['had']} of the {amount['needed']} courses asked: {amount['said']} ({amount['because']})"
        )
    had, needed = hours(amount["had"]), hours(amount["needed"])
    shared = f", {hours(amount['had_together'])} of {hours(amount['together'])} together"
    share = shared if amount["together"] else ""
    return f"{had} of the {needed} hours asked{share}: {amount['said']} ({amount['because']})"


def _advised(one: dict[str, Any]) -> str:
    return f"{one['title']} [{one['course']}]: {one['because']}" if one["course"] else one["because"]


def _unused(
    connection: duckdb.DuckDBPyConnection, person: str, reasons: Sequence[Reason]
) -> tuple[Considered, ...]:
    """Records that no required competency looked at, with the reason."""
    seen = {one.written_at for reason in reasons for one in reason.records}
    found = []
    for record in _rows(
        connection, "select * from records where person_id = ? order by completed, file, row", person
    ):
        if written_at(record) not in seen:
            why = why_not(record) if record["counts"] == "no" else _why_unused(record["course"])
            found.append(
                Considered(
                    record["course"] or record["course_written"],
                    record["completed"],
                    written_at(record),
                    False,
                    why,
                )
            )
    return tuple(found)


def _why_unused(course: str) -> str:
    if SHARED in course:
        return (
            f"the title is shared by {' and '.join(course.split(SHARED))}, and not just one of them is open to this "
            "person: write the id that was meant"
        )
    return "gives nothing that is required here"
