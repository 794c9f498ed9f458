"""Rows that are not evidence and why: undated, in the future, of a course or a person nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tna.model import Analysis, Flag
from tna_coverage.words import counted, cut, listed, named, of, people, rows

TITLES = 10  # of unknown courses named in a message
SAYS: dict[str, tuple[Literal["note", "check"], str, str]] = {
    "future": ("check", "Records dated after the analysis", "dated after the day of the analysis. Correct the dates, or "
               "send them again once the day has come."),
    "unknown-person": ("check", "Records of unknown people", "about people whom no register of people has. Send the "
                       "registers of those who trained them, or put the ids right."),
    "booked": ("note", "Bookings", "only booked. Send them again as attended once the people have come."),
    "cancelled": ("note", "Cancellations", "cancelled."),
    "did-not-attend": ("note", "Non-attendance", "of people who did not attend or did not complete."),
}  # fmt: skip


def flags(analysis: Analysis) -> Iterator[Flag]:
    """Undated records by agency; other records that are not evidence by reason; rows refused by reason."""
    yield from _undated(analysis)
    yield from _not_evidence(analysis)
    yield from _refused(analysis)


def _undated(analysis: Analysis) -> Iterator[Flag]:
    """By agency, with its courses; somebody with jobs at two agencies is counted at each."""
    found = rows(
        analysis,
        """with undated as (
               select agency, course, count(*) as records from records
               join (select distinct person_id, agency from people) using (person_id)
               where counts = 'undated' group by agency, course
           ), concerned as (
               select agency, count(distinct person_id) as people from people
               where person_id in (select person_id from records where counts = 'undated') group by agency
           )
           select agency, any_value(people), sum(records)::BIGINT,
                  list({'course': course, 'records': records} order by records desc, course)
           from undated join concerned using (agency) group by agency order by agency""",
    )
    for agency, count, records, courses in found:
        by_course = listed(
            [f"{named(analysis, one['course'].split('|'), 'or')} ({one['records']:,})" for one in courses],
            TITLES,
        )
        message = (
            f"No date is stated for {counted(records, 'attendance')} of {people(count)} at {agency}: {by_course}. "
            "Without a date they are not evidence: ask the agency when the training was."
        )
        yield Flag("coverage.undated", "check", agency, message, "records, status undated")


def _not_evidence(analysis: Analysis) -> Iterator[Flag]:
    [(every,)] = rows(analysis, "select count(*) from records")
    for reason, records, files in rows(
        analysis,
        """select reason, count(*), list(distinct file order by file) from records
           where counts = 'no' group by reason order by reason""",
    ):
        if reason == "unknown-course":
            yield _unknown_courses(analysis, records, every, files)
        elif reason in SAYS:
            severity, subject, says = SAYS[reason]
            message = f"Not evidence: {of(records, every, 'record')}, {says} ledger.csv names the rows."
            yield Flag(f"coverage.{reason}", severity, subject, message, listed(files, 3))


def _unknown_courses(analysis: Analysis, records: int, every: int, files: list[str]) -> Flag:
    titles = rows(
        analysis,
        """select course_written, count(*) as records from records where reason = 'unknown-course'
           group by course_written order by records desc, course_written""",
    )
    named_so = listed([f"'{cut(title)}' ({count:,})" for title, count in titles], TITLES)
    message = (
        f"Not evidence: {of(records, every, 'record')}, naming {counted(len(titles), 'course')} that the catalogue does "
        f"not have: {named_so}. Put the title right, or add it to the catalogue as a course or as another name of one."
    )
    return Flag("coverage.unknown-course", "check", "Courses the catalogue lacks", message, listed(files, 3))


def _refused(analysis: Analysis) -> Iterator[Flag]:
    """Rows that were left out altogether, people's and records' alike, by reason."""
    for reason, refused, files in rows(
        analysis,
        """select reason, count(*) as refused, list(distinct file order by file) from ledger where outcome = 'refused'
           and not starts_with(reason, 'conflict:') group by reason order by reason""",
    ):
        code, _, words = reason.partition(": ")
        message = (
            f"{counted(refused, 'row')} in {listed(files, 3)} could not be used: {words}. "
            "ledger.csv names the cells; nothing is concluded from these rows."
        )
        yield Flag(f"coverage.{code}", "check", f"Rows refused: {code}", message, listed(files, 3))
