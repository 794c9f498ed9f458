"""How people stand to each course on offer: who needs what it gives, who has it, and whom to train on it."""

from __future__ import annotations

from collections.abc import Iterator

from tna.reports.papers.material import Material
from tna.reports.papers.standings import Standing
from tna.reports.sections import Cell, Section, Table, cells, columns, number, table
from tna.suppression import EVERY, Position

MEANS = (
    "Need: people of whom something that the course gives is required. They are those who have all of it in date, those to "
    "train on this course, and those to train another way: they lack some of it and are advised another course, or none is "
    "open to them."
)
TWICE = "Need, have and to train as by course; a person of two agencies counts in both, and once over all."
STANDS = ("#Need", "#Have", "#To train", "#To train another way")


def by_course(material: Material, agency: str) -> Table:
    """Courses by the people of an agency (`*` for all) who are advised them; to the team with who needs and has them."""
    found = [(course, people) for (name, course), people in material.courses.items() if name == agency]
    rows = [
        (
            _named(material, course),
            *_people(material, (agency, course), people),
            Cell(_when(material, course)),
        )
        for course, people in sorted(found, key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))
    ]
    headings = ("Course", *(STANDS if material.internal else ("#People to train",)), "When it runs")
    file = "recommendations.csv" if material.internal else ""
    return table("People to train, by course", headings, rows, file, sheet="By course")


def _named(material: Material, course: str) -> Cell:
    return Cell(material.named.courses.get(course, course), course)


def _people(material: Material, at: Position, people: int | None) -> tuple[Cell, ...]:
    """Those to train; to the team how all stand."""
    return _counts(material.standings[at]) if material.internal else cells(number(people, True))


def _counts(standing: Standing) -> tuple[Cell, ...]:
    counts = (standing.need, standing.have, standing.train, standing.otherwise)
    return cells(*(number(count) for count in counts))


def _when(material: Material, course: str) -> str:
    from tna.reports.training import when

    found = material.analysis.board.courses.get(course)
    return "; ".join(when(found, material.analysis.as_of)) if found else "not in the catalogue"


def by_agency(material: Material) -> Iterator[Section]:
    """Every agency's people to each course: to the team only."""
    rows = tuple(
        cells(agency, _named(material, course), *_counts(standing))
        for (agency, course), standing in material.standings.items()
        if agency != EVERY
    )
    made = Table("People to train by agency and course", columns("Agency", "Course", *STANDS), rows,
                 "recommendations.csv", "Agency and course")  # fmt: skip
    yield Section("by-agency", "People to train, by agency and course", (TWICE,), (made,))
