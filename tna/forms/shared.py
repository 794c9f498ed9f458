"""Staff numbers that two agencies send: whether they are one person is asked, and never decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tna.forms.questions import Question
from tna.forms.reading import Reading
from tna.wording import counted, listed

AGENCIES = 3  # named in a question
SHARED = """
    with jobs as (select distinct person_id, agency from people)
    select file, sheet, row, person_id, agency, (
        select list(agency order by agency) from jobs where jobs.person_id = people.person_id and jobs.agency <> people.agency)
    from people where person_id in (select person_id from jobs group by person_id having count(*) > 1)
    order by file, sheet, row"""
REMEDY = "Nothing, if they are one person. If not, put something of your own before your numbers, as in HS-1042, here and in training."


def questions(
    reading: Reading, columns: Mapping[tuple[str, str, str], tuple[str, str]]
) -> Iterator[Question]:
    """A question for each sheet and the agencies that send the same numbers, with every row.

    `columns` gives by file, sheet and what a column means its letters and heading.
    """
    if not reading.files.get("people"):
        return
    groups: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for file, sheet, row, person, agency, others in reading.rows(SHARED):
        key = (str(file), str(sheet), str(agency), *others)  # type: ignore[misc]
        groups.setdefault(key, []).append((int(str(row)), str(person)))
    for (file, sheet, _, *others), found in groups.items():
        letters, heading = columns.get((file, sheet, "person_id"), ("", ""))
        cells = {f"{letters}{row}": person for row, person in found} if letters else {}
        named = listed(others, AGENCIES)
        first = found[0][1]
        many = f" and {counted(len(found) - 1, 'other number')}" if len(found) > 1 else ""
        yield Question(
            file, sheet, tuple(cells), tuple(row for row, _ in found), heading, first if not many else "",
            f"'{first}'{many} at {named} too; read as one person with jobs at both.", REMEDY, must=False,
            own={cell: f"'{person}' is at {named} too; read as one person with jobs at both." for cell, person in cells.items()},
        )  # fmt: skip
