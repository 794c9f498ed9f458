"""Who sent a register and who did not: silence is not known, and never counted as nought."""

from __future__ import annotations

from collections.abc import Iterator

from tna.model import Analysis, Flag
from tna.names import agency_key
from tna_coverage import unstated
from tna_coverage.words import are, counted, listed, people, rows


def flags(analysis: Analysis) -> Iterator[Flag]:
    """Agencies that sent nothing, that nobody expected, or in whose registers nobody could be placed."""
    [(expected, file)] = rows(
        analysis, "select count(distinct agency), coalesce(min(file), '') from agencies"
    )
    yield from _not_placed(analysis)
    if not expected:
        yield _not_stated(analysis)
        return
    sent = {
        agency_key(name): name for (name,) in rows(analysis, "select distinct agency from people order by 1")
    }
    for (agency,) in rows(
        analysis, "select agency from coverage where rating = 'no-return' and level = '*' order by agency"
    ):
        message = (
            f"{agency} is one of {counted(expected, 'agency', 'agencies')} expected and sent no register of people. "
            "Its workforce is not known and is counted nowhere, not as nought: ask for the register."
        )
        if other := sent.get(agency_key(agency)):
            message = (
                f"{agency} is expected, and the registers of people call it {other}, if that is the same: spell it alike "
                "in the list and in the registers, so that it is counted as one and its type is known."
            )
        yield Flag("coverage.no-return", "act", agency, message, file)
    yield from _not_expected(analysis, file)


def _not_stated(analysis: Analysis) -> Flag:
    [(sent,)] = rows(analysis, "select count(distinct agency) from people")
    message = (
        f"No list of expected agencies was given, so nobody can say which registers are missing: the figures are of the "
        f"{counted(sent, 'agency', 'agencies')} that sent one. Give the list as --agencies."
    )
    return Flag("coverage.agencies-not-stated", "note", "Agencies expected", message)


def _not_expected(analysis: Analysis, file: str) -> Iterator[Flag]:
    """Agencies with people that the list lacks."""
    for agency, sent in rows(
        analysis,
        """select agency, count(distinct person_id) from people
           where agency not in (select agency from agencies) group by agency order by agency""",
    ):
        message = (
            f"{agency} is not on the list of expected agencies; the registers have {people(sent)} there, who {are(sent)} "
            "counted. Add it to the list, or put its name right if it is another's spelt differently."
        )
        yield Flag("coverage.not-expected", "check", agency, message, file)


def _not_placed(analysis: Analysis) -> Iterator[Flag]:
    """Agencies that sent people of whom none has a level or a cohort; a fact by which some may have one is asked for."""
    missing: dict[str, tuple[str, ...]] = {}
    for doubt in unstated.doubts(analysis):
        for (agency,) in rows(analysis, f"select distinct agency from ({doubt.jobs})", **doubt.values):
            missing[agency] = tuple(dict.fromkeys((*missing.get(agency, ()), *doubt.missing)))
    for agency, sent, file in rows(
        analysis,
        """select agency, count(distinct person_id), min(file) from people
           where agency in (select agency from coverage where rating = 'not-stated' and required = 0 and level = '*')
           group by agency order by agency""",
    ):
        ask = listed([f"'{fact}'" for fact in missing.get(agency, ())]) or "the level"
        message = (
            f"Of {people(sent)} whom {agency} sent, none has a level or belongs to a cohort, so it has no rate. "
            f"Ask it for {ask} of each job."
        )
        yield Flag("coverage.agency-not-placed", "check", agency, message, file)
