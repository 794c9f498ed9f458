"""A year's offer as boards print it: a row for each course, with objectives, target group, level and frequency."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from tna.exchange.native import Table, found, is_head, level_word, objectives
from tna.exchange.packs import objective_key
from tna.exchange.readings import Reading
from tna.exchange.statements import Item, Package, Relation
from tna.exchange.texts import as_cell
from tna.names import plain
from tna.printed import Named, above, frequency, levels, place
from tna.problems import Problems
from tna.sources import letters

HEADINGS = {
    "title": ("course title", "title", "course", "training", "course name", "event"),
    "description": ("course description objectives", "description", "objectives", "course description", "aims", "content", "learning outcomes"),
    "group": ("target group", "target audience", "audience", "who should attend", "for whom"),
    "level": ("level", "course level", "group", "levels", "tier"),
    "frequency": ("frequency", "how often", "dates", "availability"),
}  # fmt: skip
HEADS = ("Course Title", "Course Description/Objectives", "Target Group", "Level", "Frequency")
RANGES, OBJECTIVES = "level-ranges", "objectives-are-competencies"


def read(reading: Reading) -> Package:
    """The courses of every such table in a file, with the levels and objectives they name."""
    items: dict[str, Item] = {}
    ties: list[Relation] = []
    for table in found(reading, HEADINGS, ("title", "level")):
        known, word = _numbers(table, reading), table.word("level")
        for row in table.rows:
            told = f"row {row.number}"
            if is_head(row, table):
                reading.ledger.note(told, "changed", "the headings again; left out", sheet=row.sheet)
                continue
            title = " ".join(table.text(row, "title").split())
            where = reading.place(f"{letters(table.at['title'])}{row.number}", row.sheet)
            if not title:
                reading.problems.add("exchange.no-key", where, column="a course title")
                reading.ledger.note(told, "refused", "it is without a course title", sheet=row.sheet)
                continue
            course = Item(
                f"course:{plain(title)}", title, "course", more=_printed(table, row), row=told, where=where
            )
            if course.key in items:
                reading.refuse(course, "exchange.duplicate-id", f"its title is that of {items[course.key].row}", id=title, first=items[course.key].row)  # fmt: skip
                continue
            reading.told(course, "accepted")
            items[course.key] = course
            for item, tie in (*_levels(course, known, word, reading), *_objectives(course)):
                ties.append(tie)
                if item and (item.kind != "level" or item.key not in reading.known.ids):
                    items.setdefault(item.key, item)
    made = sorted((item for item in items.values() if item.kind == "level"), key=lambda one: place(one.code))
    others = (item for item in items.values() if item.kind != "level")
    words = [item.label.partition(" ")[0] for item in made]
    return Package(items=(*made, *others), relations=tuple(ties), more=level_word(words))


def _printed(table: Table, row: Any) -> dict[str, Any]:
    """The row as printed, and its frequency where that can be read."""
    cells = {name: table.text(row, name) for name in ("description", "group", "level", "frequency")}
    names = {"group": "target_group"}
    printed = {names.get(name, name): cell for name, cell in cells.items() if cell}
    found: dict[str, Any] = {"printed": printed} if printed else {}
    if cells["group"]:
        found["target_group"] = " ".join(cells["group"].split())
    return found | (
        {"frequency": {"printed": cells["frequency"], **frequency(cells["frequency"])}}
        if cells["frequency"]
        else {}
    )


def _numbers(table: Table, reading: Reading) -> list[str]:
    """The numbers of every level that a table or the pack names, for what is said of all those above one."""
    named = [number for row in table.rows for number in levels(table.text(row, "level")).numbers]
    known = (key.removeprefix("level:") for key, kind in reading.known.kinds.items() if kind == "level")
    return [*named, *(number for key in known for number in levels(key).numbers)]


def _levels(
    course: Item, known: Sequence[str], word: str, reading: Reading
) -> Iterator[tuple[Item | None, Relation]]:
    """The levels a course is open to; one that the pack has not is made, as the table names it."""
    printed = str(course.more.get("printed", {}).get("level", ""))
    named = levels(printed)
    if named.unread:
        reading.problems.add(
            "exchange.unread-level", course.where, found=" ".join(printed.split()), word=named.unread
        )
        reading.told(
            course, "changed", f"'{named.unread}' in its level is not read; kept as printed", printed
        )
    footing = {"basis": "interpreted", "policy": RANGES} if named.interpreted else {}
    for number in _with_above(named, known, course, reading):
        level = Item(
            f"level:{plain(number)}",
            f"{named.word or word} {number}",
            "level",
            code=number,
            row=course.row,
            where=course.where,
        )
        yield level, Relation("open-to", course.key, level.key, footing, row=course.row, where=course.where)


def _with_above(named: Named, known: Sequence[str], course: Item, reading: Reading) -> list[str]:
    """The levels that are named, and where those above the last are too, each that the table or the pack has."""
    if not named.upward:
        return [*named.numbers]
    last = named.numbers[-1]
    every = [*named.numbers, *above(last, known)]
    told = f"its level is read as {', '.join(every)}: each from {last} up that the table or the pack names"
    reading.told(course, "changed", told, str(course.more["printed"]["level"]))
    return every


def _objectives(course: Item) -> Iterator[tuple[Item, Relation]]:
    """The objectives of a description, each a competency that the course gives, in our reading."""
    listed, _ = objectives(str(course.more.get("printed", {}).get("description", "")))
    footing = {"basis": "interpreted", "policy": OBJECTIVES}
    for line in dict.fromkeys(listed):
        key = objective_key(course.label, line)
        found = Item(key, line, more=footing, row=course.row, where=course.where)
        yield found, Relation("gives", course.key, key, footing, row=course.row, where=course.where)


def write(package: Package, _: Problems) -> bytes:
    """The table as CSV, with the words that were printed where the pack has them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    by_id = package.by_id()
    for course in package.of("course"):
        printed = course.more.get("printed", {})
        given = [
            by_id[one.destination].label
            for one in package.from_(course.id, "gives")
            if one.destination in by_id
        ]
        open_to = [by_id[one.destination] for one in package.from_(course.id, "open-to")]
        group = printed.get("target_group") or course.more.get("target_group", "")
        often = printed.get("frequency") or course.more.get("frequency", {}).get("printed", "")
        cells = (course.label, _described(printed, given), group, _named(printed, open_to), often)
        writer.writerow([as_cell(str(cell)) for cell in cells])
    return out.getvalue().encode()


def _described(printed: Any, given: Sequence[str]) -> str:
    """The description as printed, when its objectives are what the course gives; else a line for each."""
    described = str(printed.get("description", ""))
    listed, plainly = objectives(described)
    if listed == list(given):
        return described
    return "\n".join([*filter(None, plainly), *(f"- {one}" for one in given)])


def _named(printed: Any, open_to: Sequence[Item]) -> str:
    """The level cell as printed, when it names the levels that the course is open to; else their numbers."""
    numbers = [one.code for one in open_to if one.kind == "level"]
    text = str(printed.get("level", ""))
    named = levels(text)
    if [*named.numbers] == numbers and not named.upward:
        return text
    return f"Level {'/'.join(numbers)}" if numbers else "NA"
