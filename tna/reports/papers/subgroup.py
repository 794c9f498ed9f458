"""One page for the sub-group: on track, not on track, decisions wanted, questions to agencies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tna.reports.papers import people
from tna.reports.papers.looking import FLAGS
from tna.reports.papers.material import Material
from tna.reports.papers.planned import standing, told
from tna.reports.papers.telling import Teller
from tna.reports.sections import Cell, Section, table
from tna.suppression import EVERY
from tna.wording import PLAN_MARKS, counted, listed

MOST = 5
OFF = ("red", "at-risk", "amber")
ON = ("green", "not-due")


def finding(material: Material) -> str:
    """The finding about people, and the plan's standing where the year was reviewed."""
    counts = Counter(line["rating"] for line in material.plan.values())
    standings = [
        f"{counts[state]} {mark.word.lower()}"
        for state, mark in PLAN_MARKS.items()
        if counts[state] and state != "not-measured"
    ]
    plan = f" Of the plan: {listed(standings)}." if standings else ""
    return f"{people.finding(material)}{plan}"


def sections(material: Material) -> Iterator[Section]:
    """Four short lists, so that they fit on a page."""
    yield _lines(material, "not-on-track", "Not on track", OFF)
    yield _lines(material, "on-track", "On track", ON)
    yield _decisions(material)
    yield _questions(material)


def _lines(material: Material, name: str, title: str, states: Sequence[str]) -> Section:
    rows = sorted(
        (states.index(line["rating"]), place, line)
        for place, line in enumerate(material.plan.values())
        if line["rating"] in states
    )
    said = {one.id: one.says for one in material.analysis.board.pack.plan}
    shown = [
        (
            Cell(said.get(line["line"], "Coverage of what is required"), line["line"]),
            standing(material, line["line"]),
            told(material, line["line"]) if states is OFF else "",
        )
        for _, _, line in rows[:MOST]
    ]
    if not material.plan:
        return Section(name, title, ("Not known: the year has not been reviewed.",))
    more = (f"{counted(len(rows) - len(shown), 'more line')} in plan.csv.",) if len(rows) > len(shown) else ()
    headings = ("Line of the plan", "Standing", "Why") if states is OFF else ("Line of the plan", "Standing")
    made = (table(title, headings, [row[: len(headings)] for row in shown], sheet=title),) if shown else ()
    return Section(name, title, more or (() if made else ("Nothing.",)), made)


def _decisions(material: Material) -> Section:
    """Flags to act on, as decisions wanted; and room for what the planner adds."""
    teller = Teller(material)
    asked = dict.fromkeys(
        teller.tell(message) for severity, _, _, message, _ in material.rows(FLAGS) if severity == "act"
    )
    shown = [words for words in asked if words][:MOST]
    return Section(
        "decisions", "Decisions wanted", tuple(shown), fill_in=("[Decision: to be written by the planner]",)
    )


def _questions(material: Material) -> Section:
    return Section("questions", "Questions to agencies", tuple(_asked(material)) or ("None.",))


def _asked(material: Material) -> Iterator[str]:
    ratings: Mapping[tuple[str, str], str] = material.ratings
    silent = sorted(
        agency for (agency, level), rating in ratings.items() if level == EVERY and rating == "no-return"
    )
    if silent:
        yield f"Send a register: {listed(silent, 8)}."
    rows = material.rows(
        "select agency, count(distinct role) from placements where how = 'ask' group by agency order by 2 desc, 1"
    )
    if rows:
        named = [agency for agency, _ in rows]
        yield f"State the level of job titles that nothing places: {listed(named, 8)}."
    differing = [
        agency
        for (agency,) in material.rows(
            "select distinct agency from job_reasons where differs <> '' order by agency"
        )
    ]
    if differing:
        yield f"Confirm levels that differ from the framework's: {listed(differing, 8)}."
