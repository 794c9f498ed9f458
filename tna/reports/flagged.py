"""What the board should look at, by how pressing it is; of many flags of one kind, the first few."""

from __future__ import annotations

from dataclasses import dataclass

from tna.model import Analysis

OF_A_KIND = 5
HEADINGS = {"act": "To act on", "check": "To check", "note": "To note"}


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flag as it is shown; `more` others of its kind are only in flags.csv."""

    plugin: str
    code: str
    subject: str
    message: str
    source: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of one severity, and how many there are in all."""

    severity: str
    heading: str
    count: int
    shown: tuple[Flagged, ...]


def flags(analysis: Analysis) -> tuple[Flags, ...]:
    """Flags by severity, in the order they were kept. One about a single person is counted, never quoted."""
    rows = analysis.connection.execute(
        """
        with told as (
            select plugin, code, severity, source, rowid as place,
                   if(one, 'One person', subject) as subject,
                   if(one, 'This is about a single person: see flags.csv.', message) as message
            from (select *, rowid, subject in (select person_id from people) as one from flags)
        ), ranked as (
            select *, count(*) over (partition by severity) as count,
                   count(*) over (partition by severity, plugin, code) as of_kind,
                   row_number() over (partition by severity, plugin, code order by place) as nth
            from told
        )
        select severity, count, plugin, code, subject, message, source, if(nth = $shown, of_kind - nth, 0) as more
        from ranked where nth <= $shown order by place
        """,
        {"shown": OF_A_KIND},
    ).fetchall()
    return tuple(
        Flags(severity, heading, found[0][1], tuple(Flagged(*row[2:]) for row in found))
        for severity, heading in HEADINGS.items()
        if (found := [row for row in rows if row[0] == severity])
    )
