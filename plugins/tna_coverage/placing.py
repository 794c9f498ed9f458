"""Whose level must be asked, and where an agency's word and the board's own document disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from tna.model import Analysis, Board, Flag
from tna_coverage import unstated
from tna_coverage.words import counted, cut, labels, listed, of, people, rows

AGENCIES = 3  # named in a message; the rest are counted
TITLES = 5
READ_AS = "read as "  # how placing begins where a title is understood and the board names it at no level
Understood = tuple[
    str, int, int, Sequence[str]
]  # a title, its jobs, how many are in a cohort, and the agencies


def flags(analysis: Analysis) -> Iterator[Flag]:
    """People unplaced, titles asked, rows that disagree, levels that differ, and words the framework lacks."""
    yield from _unplaced(analysis)
    yield from _titles(analysis)
    yield from _conflicts(analysis)
    yield from _differing(analysis)
    yield from _unknown_levels(analysis)
    yield from _unknown_cohorts(analysis)


def _unplaced(analysis: Analysis) -> Iterator[Flag]:
    [(everybody, asked, jobs, jobs_asked, titles)] = rows(
        analysis,
        """select count(distinct person_id), count(distinct person_id) filter (how = 'ask'), count(*),
                  count(*) filter (how = 'ask'), count(distinct role) filter (how = 'ask') from job_reasons""",
    )
    [(uncounted,)] = rows(
        analysis,
        """select count(*) from (select person_id from job_reasons join kind_classes using (kind)
           group by person_id having bool_and(scopes = ''))""",
    )
    if asked:
        message = (
            f"A level must be asked for {of(asked, everybody, 'person', 'people')} ({of(jobs_asked, jobs, 'job')}, "
            f"{counted(titles, 'title')}). {_uncounted(uncounted)} The flags on titles, levels and facts not stated say what to ask."
        )
        yield Flag("coverage.unplaced", "check", "People without a level", message, "placements.csv")


def _uncounted(count: int) -> str:
    if not count:
        return "All of them are counted under a cohort or another job."
    return f"In no rate, as they have no other job and no cohort: {people(count)}."


ASKED = """(select j.*, p.level as stated, p.conflict from job_reasons j join people p using (person_id, agency, role)
            where how = 'ask')"""


def _titles(analysis: Analysis) -> Iterator[Flag]:
    """One flag for the titles read as the same job for one reason, called by the commonest of them.

    Where nothing in a pack places people, one for all titles that are understood. Rows that disagree, unknown words
    and facts not stated have flags of their own.
    """
    understood: list[Understood] = []
    doubts = () if _places(analysis.board) else unstated.doubts(analysis)
    doubtful = "".join(f" anti join ({one.jobs}) using (person_id, agency, role)" for one in doubts)
    for role, others, because, suggestions, jobs, in_cohort, count, agencies in rows(
        analysis,
        f"""select arg_max(role, (written, role)) as title, count(distinct role) - 1, because, suggestions, count(*) as jobs,
                   count(*) filter (kind in (select kind from kind_classes where scopes <> '')),
                   count(distinct person_id), list(distinct agency order by agency)
            from (select *, count(*) over (partition by role, because, suggestions) as written
                  from {ASKED} asked{doubtful} where conflict = '' and stated = '')
            group by read_as, because, suggestions order by jobs desc, title, because, suggestions""",
        **{name: values for one in doubts for name, values in one.values.items()},
    ):
        title = cut(role) or "(no title)"
        if because.startswith(READ_AS) and not _places(analysis.board):
            understood.append((title, jobs, in_cohort, agencies))
            continue
        message = (
            f"The level of '{title}'{_alike(others)} must be asked, for {counted(jobs, 'job')} of {people(count)} at "
            f"{listed(agencies, AGENCIES)}: {because}. {_perhaps(suggestions)}{_meanwhile(in_cohort, jobs)}"
            "Ask for the level, or add it to the board's examples."
        )
        severity: Literal["note", "check"] = "check" if in_cohort < jobs else "note"
        yield Flag("coverage.title-asked", severity, title, message, "placements.csv")
    if understood:
        yield _placed_nowhere(analysis.board, understood)


def _placed_nowhere(board: Board, understood: Sequence[Understood]) -> Flag:
    """What there is to ask where a document names no jobs at any level."""
    word = board.pack.framework.level_word
    jobs = sum(count for _, count, _, _ in understood)
    in_cohort = sum(counted_in for _, _, counted_in, _ in understood)
    agencies = {agency for *_, named in understood for agency in named}
    titles = listed([f"'{title}' ({count:,})" for title, count, *_ in understood], TITLES)
    message = (
        f"The document names no jobs at any {word}, so a {word} is only what agencies state. It must be asked for "
        f"{counted(jobs, 'job')} at {counted(len(agencies), 'agency', 'agencies')}: {titles}. "
        f"{_meanwhile(in_cohort, jobs)}Ask the agencies, or give the {word}s that the board decides (decisions.yaml)."
    )
    severity: Literal["note", "check"] = "check" if in_cohort < jobs else "note"
    return Flag(
        "coverage.title-asked", severity, "Titles the document places nowhere", message, "placements.csv"
    )


def _alike(others: int) -> str:
    return f" (and of {counted(others, 'title')} read as the same job)" if others else ""


def _places(board: Board) -> bool:
    """Whether anything in a pack places people; where nothing does, a level is only what agencies state."""
    ruled = any(rule.then.stratum == "place" for rule in board.pack.rules)
    return ruled or any(level.examples for level in board.pack.framework.levels)


def _meanwhile(in_cohort: int, jobs: int) -> str:
    return f"Counted under a cohort meanwhile: {of(in_cohort, jobs, 'job')}. " if in_cohort else ""


def _perhaps(suggestions: str) -> str:
    found = [part for part in suggestions.split("|") if part]
    return f"Perhaps {listed(found, joined='or')}. " if found else ""


def _conflicts(analysis: Analysis) -> Iterator[Flag]:
    for agency, jobs, count, file in rows(
        analysis,
        """select agency, count(*), count(distinct person_id), min(file) from people
           where conflict <> '' group by agency order by agency""",
    ):
        message = (
            f"{agency} states different facts in different rows about the same job, for {counted(jobs, 'job')} of "
            f"{people(count)}. Where they disagree nothing is concluded; ledger.csv names the rows."
        )
        yield Flag("coverage.rows-disagree", "check", agency, message, file)


def _differing(analysis: Analysis) -> Iterator[Flag]:
    """By titles read as the same job, stated level and the pack's level; what the agency states is used."""
    known = labels(analysis)
    for role, others, level, differs, jobs, count, agencies, because in rows(
        analysis,
        """select arg_max(role, (written, role)) as title, count(distinct role) - 1, level, differs, count(*) as jobs,
                  count(distinct person_id), list(distinct agency order by agency), min(because)
           from (select *, count(*) over (partition by role, level, differs) as written
                 from job_reasons where differs <> '')
           group by read_as, level, differs order by jobs desc, title, level, differs""",
    ):
        title = cut(role) or "(no title)"
        why = because.partition(" would have said ")[2].partition(": ")[2]
        message = (
            f"Stated as {known[level]} by {listed(agencies, AGENCIES)}: {counted(jobs, 'job')} called '{title}'{_alike(others)}, of "
            f"{people(count)}. The board's document would have said {known[differs]}: {why}. "
            "The stated level is used: confirm it, or put it right."
        )
        yield Flag("coverage.level-differs", "check", title, message, "placements.csv")


def _unknown_levels(analysis: Analysis) -> Iterator[Flag]:
    framework = analysis.board.pack.framework
    has = listed([level.label for level in framework.levels])
    for stated, jobs, count, agencies in rows(
        analysis,
        f"""select stated, count(*) as jobs, count(distinct person_id), list(distinct agency order by agency)
            from {ASKED} where conflict = '' and stated <> '' group by stated order by jobs desc, stated""",
    ):
        message = (
            f"Stated as '{cut(stated)}', a {framework.level_word} this framework does not have: {counted(jobs, 'job')} of "
            f"{people(count)} at {listed(agencies, AGENCIES)}. It has {has}. "
            "No other framework's level is taken for one of these by guess: ask which is meant."
        )
        yield Flag("coverage.unknown-level", "check", cut(stated), message, "placements.csv")


def _unknown_cohorts(analysis: Analysis) -> Iterator[Flag]:
    cohorts = analysis.board.pack.framework.cohorts
    known = {" ".join(name.casefold().split()) for one in cohorts for name in (one.id, one.label, *one.also)}
    has = f"it has {listed([one.label for one in cohorts])}" if cohorts else "it has none"
    for word, count, agencies in rows(
        analysis,
        """select word, count(distinct person_id), list(distinct agency order by agency)
           from (select person_id, agency, unnest(string_split(cohort, '|')) as word from people where cohort <> '')
           group by word order by word""",
    ):
        if " ".join(word.casefold().split()) not in known:
            message = (
                f"Stated as of the cohort '{cut(word)}', which this framework does not have: {people(count)} at "
                f"{listed(agencies, AGENCIES)}; {has}. Nothing is required of them for it: ask what is meant."
            )
            yield Flag("coverage.unknown-cohort", "check", cut(word), message)
