"""The main gaps and what closes them; and for the team itself, the gaps of each person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tna.reports.papers import courses
from tna.reports.papers.material import Material
from tna.reports.sections import Cell, Section, Table, cells, columns, number, share, table
from tna.shown import pairs
from tna.suppression import EVERY

MOST = 6  # gaps and courses in a paper
GAPS = """select level, competency, held, required from coverage where agency = '*' and level <> '*' and competency <> '*'
          and required > held order by required - held desc, level, competency"""
PERSONS = """select g.person_id, g.agency, g.role, g.level, g.competency, g.status, g.since, coalesce(r.course, ''), g.because
             from gaps g left join (select person_id, competency, min(course) as course from (
                 select person_id, course, unnest(string_split(closes, '|')) as competency from recommendations where course <> '')
                 group by all) r using (person_id, competency)
             order by g.person_id, g.agency, g.level, g.competency"""


def sections(material: Material) -> Iterator[Section]:
    """Top gaps by level and competency, and what closes them: courses by people to train."""
    says = (
        "The competencies that most people still need, and the courses that close them. A person who needs two courses is "
        "counted under both.",
        *((courses.MEANS,) if material.internal else ()),
    )
    yield Section(
        "gaps",
        "The main gaps, and what closes them",
        says,
        (_competencies(material), courses.by_course(material, EVERY)),
    )


def _competencies(material: Material) -> Table:
    """Those most needed first; a hidden one stands after those shown, so that its place tells nothing."""
    found = material.rows(GAPS)[: None if material.internal else MOST]
    shown = _shown(material, found)
    rows = []
    for level, competency, held, required in found:
        hidden = (level, competency) not in shown
        label = material.named.competencies.get(competency, competency)
        rows.append((
            Cell(label, competency), material.named.levels[level], share(held, required) if not hidden else Cell("hidden"),
            number(None if hidden else required - held, hidden),
        ))  # fmt: skip
    rows.sort(
        key=lambda row: (
            row[2].text == "hidden",
            (row[1], row[0].text) if row[2].text == "hidden" else ("", ""),
        )
    )
    headings = (
        "Competency",
        material.level_word.capitalize(),
        "#Have it, of people required",
        "#Still need it",
    )
    return table(
        "Competencies that most people still need",
        headings,
        rows,
        "gaps.csv" if material.internal else "",
        sheet="By competency",
    )


def _shown(material: Material, found: Sequence[tuple[str, str, int, int]]) -> frozenset[pairs.Gap]:
    """The gaps that may be shown: none is small, nor leaves a small group beside its level, a course or another gap."""
    if material.internal:
        return frozenset((level, competency) for level, competency, _, _ in found)
    single = [one[:2] for one in found if not _hidden(material, one[0], *one[2:])]
    shown = sorted(course for (name, course), people in material.courses.items() if name == EVERY and people)
    sides = pairs.sides(material.analysis.connection, single, shown)
    if len(single) + len(shown) > pairs.MOST_BITS:
        return frozenset()
    return pairs.beside(sides, single, shown, material.small)


def _hidden(material: Material, level: str, held: int, required: int) -> bool:
    """Whether a count of a competency is small, or what is left of its level's: who needs it is among who needs any."""
    whole = material.shares.get((EVERY, level))
    if material.internal or whole is None:
        return not material.internal
    still = required - held
    return any(
        material.small(count) for count in (held, still, required, whole.rest - still, whole.whole - required)
    )


def by_person(material: Material) -> Iterator[Section]:
    """Every gap of every person: to the team only."""
    rows = tuple(
        cells(person, agency, role, material.named.levels.get(level, level), material.named.competencies.get(competency, competency),
              status, since.isoformat() if since else "", material.named.courses.get(course, course), because)
        for person, agency, role, level, competency, status, since, course, because in material.rows(PERSONS)
    )  # fmt: skip
    headings = columns(
        "Person",
        "Agency",
        "Role",
        material.level_word.capitalize(),
        "Competency",
        "Status",
        "Since",
        "Course that closes it",
        "Why it is required",
    )
    yield Section(
        "by-person", "Gaps by person", (), (Table("Gaps by person", headings, rows, "gaps.csv", "By person"),)
    )
