"""One agency's own paper: how its people stand, whom to train on what, and what it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tna.reports.papers import courses, people
from tna.reports.papers.material import Material
from tna.reports.sections import Cell, Section, Table, table
from tna.suppression import EVERY
from tna.wording import have, people_share, people_words

TITLES = """select role, any_value(because), list_sort(list(distinct suggestions)) from job_reasons
            where how = 'ask' and agency = $agency group by role having count(distinct person_id) >= $least order by role"""
DIFFERING = """select role, level, differs from job_reasons where differs <> '' and agency = $agency
               group by all having count(distinct person_id) >= $least order by role, level"""
RARE = """select count(*) from (select role from job_reasons where (how = 'ask' or differs <> '') and agency = $agency
          group by role, level, differs having count(distinct person_id) < $least)"""


def finding(material: Material) -> str:
    """How many of the agency's people are in date."""
    share = material.shares.get((material.agency, EVERY))
    if material.ratings.get((material.agency, EVERY)) == "no-return":
        return "No register came from this agency, so how its people stand is not known."
    if (material.agency, EVERY) not in material.shares:
        return "Nothing is known to be required of this agency's people yet."
    if share is None:
        return "The numbers are too small to be shown."
    held = f"{people_share(share.part, share.whole)} of whom training is required {have(share.part, share.whole)} all of it"
    return f"{held}, in date ({share.percent}); {people_words(share.rest)} still to train."


def sections(material: Material) -> Iterator[Section]:
    """Levels, courses and questions of one agency."""
    agency = material.agency
    at = [level for level in people.levels(material) if (agency, level) in material.ratings]
    rows = [(people.heading(material, level), people.cell(material, agency, level)) for level in at]
    headings = (material.level_word.capitalize(), "#In date, of people required")
    yield Section(
        "people",
        "Who is in date",
        (),
        (
            table(
                f"People in date, of people required, by {material.level_word}",
                headings,
                rows,
                sheet="In date",
            ),
        ),
    )
    yield Section("training", "Whom to train on what", (), (courses.by_course(material, agency),))
    yield Section("questions", "What the board asks of you", tuple(_asks(material)), tuple(_tables(material)))


def each(material: Material) -> Iterator[Section]:
    """Every agency on a page of its own, for the page on the screen: it can be printed and sent alone."""
    for name in people.agencies(material):
        own = replace(material, agency=name)
        parts = tuple(sections(own))
        says = (finding(own), *(line for part in parts for line in part.says))
        tables = tuple(made for part in parts for made in part.tables if made.rows)
        yield Section(people.anchor(name), name, says, tables, only=("html",), apart=True)


def _asks(material: Material) -> Iterator[str]:
    if material.ratings.get((material.agency, EVERY)) == "no-return":
        yield "Please send the register of your people and of their training."
    ((rare,),) = material.rows(RARE, agency=material.agency, least=least(material))
    if rare:
        yield "Titles of so few people that they could point to one are not listed here; the list that comes back with your return has them."


def least(material: Material) -> int:
    """How many people a title must have to be named: one could be that of one person."""
    return 1 if material.internal else material.threshold


def _tables(material: Material) -> Iterator[Table]:
    titles = material.rows(TITLES, agency=material.agency, least=least(material))
    if titles:
        yield table("Job titles whose level you are asked to state", ("Title", "Why it is asked", "Perhaps"), [
            (role, why, "; ".join(one.replace("|", "; ") for one in perhaps if one) or "no suggestion") for role, why, perhaps in titles], sheet="Titles to place")  # fmt: skip
    differing = material.rows(DIFFERING, agency=material.agency, least=least(material))
    if differing:
        named = material.named.levels
        yield table("Levels you state that differ from the framework's", ("Title", "You state", "The framework would say"), [
            (Cell(role), named.get(level, level), named.get(other, other)) for role, level, other in differing], sheet="Levels to confirm")  # fmt: skip
