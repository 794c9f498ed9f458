"""Training that should add up to hours, and of which nobody says how long it lasted."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag
from tna_coverage.words import counted, named, people, rows


def flags(analysis: Analysis) -> Iterator[Flag]:
    """Attendances that add nothing to the hours asked because neither a register nor the catalogue has their length."""
    found = rows(
        analysis,
        """select r.course, count(distinct (r.person_id, r.file, r.sheet, r.row)), count(distinct r.person_id)
           from amounts_asked a join credits c using (class, competency) join kind_classes k using (class)
           join job_reasons j using (kind) join records r on r.person_id = j.person_id and r.course = c.course
                and r.counts <> 'no'
           left join courses t on t.course = r.course
           where not a.once and c.counts and r.minutes is null and t.minutes is null
           group by r.course order by r.course""",
    )
    for course, records, count in found:
        message = (
            f"{counted(records, 'attendance')} of {people(count)} would count towards hours, and neither a register nor "
            "the catalogue says how long they lasted: add a column 'hours' to the records, or the course's minutes."
        )
        yield Flag("coverage.hours-not-stated", "check", named(analysis, (course,)), message, "records")
