"""Explains one person's answer from the run's own database: why required, what counted, what did not, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna import duck
from tna.evidence import add_months
from tna.names import SHARED
from tna.problems import Place, nearest, refuse

if TYPE_CHECKING:
    import duckdb

WHY_NOT = {
    "booked": "booked, not attended",
    "cancelled": "cancelled",
    "did-not-attend": "did not attend",
    "future": "dated after the as-of date",
    "unknown-course": "names a course that the board's catalogue does not have",
    "unknown-person": "names a person who is in no people register",
}


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
class Considered:
    """A record that was looked at for a competency, where it stands, and what came of it."""

    course: str
    completed: date | None
    written_at: str
    counts: bool
    verdict: str
    until: date | None = None


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
        select distinct x.* from credits x join kind_classes k using (class) join job_reasons j using (kind)
        where j.person_id = ?""", person)  # fmt: skip
    advice = _rows(connection, """
        select plugin, position, coalesce(c.title, '') as title, course, closes, because from recommendations
        left join courses c using (course) where person_id = ? order by plugin, position""", person)  # fmt: skip
    return tuple(_reason(row, records, credits, advice, as_of) for row in rows)


def _reason(
    row: dict[str, Any],
    records: Sequence[dict[str, Any]],
    credits: Sequence[dict[str, Any]],
    advice: Sequence[dict[str, Any]],
    as_of: date,
) -> Reason:
    mine = [one for one in credits if one["class"] == row["class"] and one["competency"] == row["competency"]]
    pairs = [(record, credit) for record in records for credit in mine if _matches(record, credit)]
    given = any(_gave(record, credit) for record, credit in pairs)
    considered = tuple(_considered(record, credit, given, as_of) for record, credit in pairs)
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
        advice=()
        if held
        else tuple(_advised(one) for one in advice if row["competency"] in one["closes"].split("|")),
    )


def _matches(record: dict[str, Any], credit: dict[str, Any]) -> bool:
    return (
        record["course"] == credit["course"]
        and record["mode"] == credit["mode"]
        and all(credit[name] in (None, record[name]) for name in ("provider", "evidence"))
    )


def _gave(record: dict[str, Any], credit: dict[str, Any]) -> bool:
    """Whether a dated record gave the competency once, so that there is something to renew."""
    return record["counts"] == "dated" and bool(credit["counts"]) and not credit["renews"]


def _considered(record: dict[str, Any], credit: dict[str, Any], given: bool, as_of: date) -> Considered:
    dated = record["completed"] and credit["months"] is not None
    until = add_months(record["completed"], credit["months"]) if dated else None
    counts, verdict = _verdict(record, credit, until, given, as_of)
    return Considered(record["course"], record["completed"], _written_at(record), counts, verdict, until)


def _verdict(
    record: dict[str, Any], credit: dict[str, Any], until: date | None, given: bool, as_of: date
) -> tuple[bool, str]:
    if record["counts"] == "no":
        return False, f"not counted: {_why_not(record)}"
    if not credit["counts"]:
        return False, f"not counted: {credit['taken']} training is not accepted for this; {credit['because']}"
    if record["completed"] is None:
        return False, "not counted: it has no date"
    if credit["renews"] and not given:
        return False, "not counted: it renews, and there was nothing to renew"
    if until is None:
        return True, f"counts, no interval stated: {credit['because']}"
    if until < as_of:
        return False, f"lapsed: it held until {until.isoformat()} ({credit['months']} months)"
    word = "renews" if credit["renews"] else "counts"
    return True, f"{word} until {until.isoformat()} ({credit['months']} months): {credit['because']}"


def _why_not(record: dict[str, Any]) -> str:
    reason = str(record["reason"])
    return WHY_NOT.get(reason, reason.replace("-", " "))


def _written_at(record: dict[str, Any]) -> str:
    sheet = f", sheet {record['sheet']}" if record["sheet"] else ""
    return f"{record['file']}{sheet}, row {record['row']}"


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
        if _written_at(record) not in seen:
            why = _why_not(record) if record["counts"] == "no" else _why_unused(record["course"])
            found.append(
                Considered(
                    record["course"] or record["course_written"],
                    record["completed"],
                    _written_at(record),
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
