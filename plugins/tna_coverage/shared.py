"""Staff numbers that stand at more than one agency, and decisions of the board that are not in force yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tna.model import Analysis, Flag
from tna_coverage.words import cut, have, listed, of, rows

AGENCIES = 3  # named in a message; the rest are counted
MANY = 0.2  # more of an agency's people than have a second job: its numbers are likely not its own
SHARED = """
    with jobs as (select distinct person_id, agency from people),
    shared as (from jobs semi join (select person_id from jobs group by person_id having count(*) > 1) using (person_id))
    select one.agency, (select count(*) from jobs where jobs.agency = one.agency), count(distinct one.person_id),
           list(distinct other.agency order by other.agency)
    from shared one join shared other on other.person_id = one.person_id and other.agency <> one.agency
    group by one.agency order by one.agency"""


def flags(analysis: Analysis) -> Iterator[Flag]:
    """For each agency the people whose numbers others send too; and each decision dated after the analysis.

    A second job elsewhere is nothing out of the ordinary; that many people have one is.
    """
    for agency, everybody, count, others in rows(analysis, SHARED):
        message = (
            f"{of(count, everybody, 'person', 'people')} here {have(count)} a staff number that {listed(others, AGENCIES)} "
            "sends too. Each is counted as one person with jobs at both. If they are different people, put something of "
            "the agency's own before its numbers, in people and in training alike."
        )
        severity: Literal["note", "check"] = "check" if count > MANY * everybody else "note"
        yield Flag("coverage.number-shared", severity, agency, message, "people")
    for one in sorted(analysis.board.decisions, key=lambda decision: (decision.on, decision.title)):
        if one.on > analysis.as_of:
            message = (
                f"The decision of {one.on.isoformat()} on the level of '{cut(one.title)}' is dated after this analysis, "
                f"{analysis.as_of.isoformat()}, and is not applied. Analyse as of a later day to use it."
            )
            yield Flag("coverage.decision-later", "note", cut(one.title), message, str(one.place))
