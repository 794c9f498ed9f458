"""Who has not been trained within the time that a board gives people from their first day."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag
from tna_coverage.words import are, counted, have, labels, people, rows


def flags(analysis: Analysis) -> Iterator[Flag]:
    """People past a deadline, people whose deadline is to come, and jobs without a first day."""
    called = labels(analysis)
    for level, state, count, agencies, earliest, latest in rows(
        analysis,
        """select level, state, count(distinct person_id), count(distinct agency), min(deadline), max(deadline)
           from deadlines group by level, state order by level, state""",
    ):
        subject, where = called.get(level, level), counted(agencies, "agency", "agencies")
        if state == "overdue":
            was = "was" if count == 1 else "were"
            message = f"{people(count)} at {where} should have been trained by {latest} at the latest, the first by {earliest}, and {was} not."
            yield Flag("coverage.induction-overdue", "act", subject, message, "deadlines.csv")
        elif state == "due":
            message = (
                f"{people(count)} at {where} {are(count)} to be trained between {earliest} and {latest}."
            )
            yield Flag("coverage.induction-due", "check", subject, message, "deadlines.csv")
        else:
            message = f"{people(count)} at {where} {have(count)} a deadline from their first day, and no register says when that was: ask for start_date."
            yield Flag("coverage.induction-not-known", "check", subject, message, "deadlines.csv")
