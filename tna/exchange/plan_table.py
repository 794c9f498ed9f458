"""A plan by workforce group, as boards print it: competencies expected, activities, who leads, and a dated update."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tna.exchange.cells import Row
from tna.exchange.native import BULLET, Table, dates, found, is_head, level_word, undated
from tna.exchange.readings import Reading
from tna.exchange.statements import Item, Package, Relation
from tna.exchange.texts import as_cell, shown
from tna.names import plain
from tna.printed import begun
from tna.problems import Place, Problems
from tna.sources import letters

HEADINGS = {
    "group": ("target groups", "target group", "group", "workforce group", "groups"),
    "competencies": ("expected core competencies", "core competencies", "competencies", "expected competencies"),
    "activity": ("learning and development activity planned", "learning and development activity", "activity", "activity planned", "training"),
    "lead": ("lead officer s", "lead officer", "lead officers", "lead", "leads"),
    "update": ("update", "progress", "status update"),
}  # fmt: skip
HEADS = (
    "Target groups",
    "Expected Core Competencies",
    "Learning and development activity planned",
    "Lead Officer(s)",
)
POST = re.compile(r"\b(officer|manager|lead|board|service|team|co-?ordinator|head|director|nurse|trainer|adviser|advisor|chair|police|council|trust|agency|sub-?group|partner\w*)\b", re.IGNORECASE)  # fmt: skip
REQUIRED, GIVEN = "row-is-required", "row-is-given"
CONTINUES = re.compile(r"(?!(?:[a-z]|[ivx]{1,4})[).-])[a-z]")


@dataclass(slots=True)
class _Group:
    """The group that rows are of, until another is named."""

    levels: list[Item] = field(default_factory=list)
    competencies: dict[str, Item] = field(default_factory=dict)
    courses: dict[str, Item] = field(default_factory=dict)
    lines: dict[str, Item] = field(default_factory=dict)


def read(reading: Reading) -> Package:
    """The groups, competencies, activities and lines of every such table in a file."""
    groups: list[_Group] = []
    leads: dict[str, int] = {}
    for table in found(reading, HEADINGS, ("group", "competencies", "activity")):
        now = _Group()
        _tell_undated(table, table.head, reading)
        for row in table.rows:
            if is_head(row, table):
                reading.ledger.note(
                    f"row {row.number}", "changed", "the headings again; left out", sheet=row.sheet
                )
                continue
            reading.ledger.note(f"row {row.number}", "accepted", sheet=row.sheet)
            now = _grouped(table, row, now, reading)
            if now.levels:
                groups += [] if now in groups else [now]
                _take(table, row, now, leads, reading)
    _told_once(groups, reading)
    kinds = ("competencies", "courses", "lines")
    items = {one.key: one for one in _by_number(groups)}
    items |= {item.key: item for kind in kinds for group in groups for item in _of(group, kind)}
    words = [level.label.partition(" ")[0] for group in groups for level in group.levels]
    return Package(
        items=tuple(items.values()),
        relations=tuple(tie for group in groups for tie in _ties(group)),
        more=level_word(words),
    )


def _told_once(groups: Iterable[_Group], reading: Reading) -> None:
    """Say of a competency in the words of another group's that the two are taken as one."""
    seen: dict[str, Item] = {}
    for group in groups:
        for key, item in group.competencies.items():
            first = seen.setdefault(key, item)
            if first is not item:
                reading.told(
                    item, "changed", f"'{item.label}' stands in {first.row} too; taken as one competency"
                )


def _by_number(groups: Sequence[_Group]) -> list[Item]:
    """The levels by their numbers, each as its own row has it; a row is shared for good only by levels in no other."""
    found: dict[str, Item] = {}
    rows: dict[str, set[str]] = {}
    for group in groups:
        for level in group.levels:
            rows.setdefault(level.key, set()).add(_codes(group.levels))
            if level.key not in found or "row" not in level.more or "row" in found[level.key].more:
                found[level.key] = level
    torn = {name for some in rows.values() if len(some) > 1 for name in some}
    for key, level in found.items():
        if rows[key] & torn:
            found[key] = replace(level, more={name: one for name, one in level.more.items() if name != "row"})
    levels = list(found.values())
    return (
        sorted(levels, key=lambda one: int(one.code))
        if all(one.code.isdecimal() for one in levels)
        else levels
    )


def _codes(levels: Iterable[Item]) -> str:
    return "-".join(level.code for level in levels)


def _of(group: _Group, kind: str) -> Iterable[Item]:
    every: dict[str, Item] = getattr(group, kind)
    return every.values()


def _grouped(table: Table, row: Row, now: _Group, reading: Reading) -> _Group:
    """The group a row is of: the one it names, else the one above; one without levels when it names none there is."""
    group, told = table.text(row, "group"), f"row {row.number}"
    where = reading.place(f"{letters(table.at['group'])}{row.number}", row.sheet)
    if group and not _is_more(group, now) and (named := _levels(group, told, where)):
        return _Group(list(named))
    if group[:1].islower() and now.levels:
        now.levels = [replace(one, text=f"{one.text}\n{group}".strip()) for one in now.levels]
        reading.ledger.note(told, "changed", "its group's words go on from the row above", group, row.sheet)
        return now
    if now.levels and not group:
        return now
    found_words = " ".join(group.split())[:60] or "nothing"
    reading.problems.add("exchange.no-level", where, found=found_words)
    reading.ledger.note(told, "refused", "it names no group", group, row.sheet)
    return _Group()


def _is_more(group: str, now: _Group) -> bool:
    """Whether a cell that begins with a group in small letters goes on in its sentence: "… staff at" / "level 3 who …"."""
    named = begun(group)
    inside = bool(re.match(r"[ \t]+\w", group[len(named.name) :]))
    return inside and group[0].islower() and any(one.more["printed"][0].isupper() for one in now.levels)


def _take(table: Table, row: Row, now: _Group, leads: dict[str, int], reading: Reading) -> None:
    """What a row adds to its group: competencies, an activity with its line, or more of the line above."""
    _gather(table, row, now, reading)
    _tell_undated(table, row, reading)
    if _goes_on(table, row, now, reading):
        return
    made = _line(table, row, now, leads, reading)
    if made and made[0].key in now.courses:
        first = now.courses[made[0].key]
        reading.refuse(made[0], "exchange.duplicate-id", f"its activity is that of {first.row}", id=made[0].label, first=first.row)  # fmt: skip
    elif made:
        now.courses[made[0].key], now.lines[made[1].key] = made


def _levels(group: str, told: str, where: Place) -> tuple[Item, ...]:
    """The levels of a group cell: "Groups 3 & 4" are two, which share the row's words."""
    named = begun(group)
    if not named.word:
        return ()
    shared = {"row": " & ".join(named.numbers)} if len(named.numbers) > 1 else {}
    return tuple(
        Item(f"level:{plain(number)}", f"{named.word} {number}", "level", text=named.rest, code=number, more={"printed": named.name, **shared}, row=told, where=where)
        for number in named.numbers
    )  # fmt: skip


def _goes_on(table: Table, row: Row, now: _Group, reading: Reading) -> bool:
    """Whether a row only goes on with the update of the activity above it, as where a page ends; it is then joined."""
    update = table.text(row, "update")
    if table.text(row, "activity") or not update or not now.lines:
        return False
    line = list(now.lines.values())[-1]
    text = f"{line.text}\n{update}".strip()
    days = [day.isoformat() for day in dates(text)]
    course = now.courses[str(line.said["course"])]
    dated, held = ({"kind": "dates", "dates": days}, {"sessions": days}) if days else ({}, {})
    now.lines[line.key] = replace(line, text=text, more={**line.more, **dated})
    now.courses[course.key] = replace(course, more={**course.more, **held})
    told = "its update goes on from the row above"
    reading.ledger.note(f"row {row.number}", "changed", told, update, row.sheet)
    return True


def _gather(table: Table, row: Row, now: _Group, reading: Reading) -> None:
    """Add each line of the cell as a competency, and to the one before it what goes on in small letters.

    A line that only leads over to others ("As above and:") is no competency, and is told of.
    """
    where = reading.place(f"{letters(table.at['competencies'])}{row.number}", row.sheet)
    told = f"row {row.number}"
    last = next(reversed(now.competencies.values()), None)
    for line in table.text(row, "competencies").split("\n"):
        text = BULLET.sub("", line)
        if text.endswith(":"):
            reading.problems.add("exchange.leads-over", where, found=text)
            reading.ledger.note(told, "changed", f"'{text}' is read as no competency", text, row.sheet)
            last = None
        elif last and text == line and _continues(last.label, text):
            reading.ledger.note(told, "changed", f"'{shown(text)}' goes on from the words before it", text, row.sheet)  # fmt: skip
            del now.competencies[last.key]
            whole = f"{last.label} {text}"
            last = replace(last, key=f"competency:{plain(whole)}", label=whole)
            now.competencies[last.key] = last
        elif text:
            last = Item(f"competency:{plain(text)}", text, row=told, where=where)
            now.competencies[last.key] = last


def _continues(before: str, text: str) -> bool:
    """Whether words go on from others, as where a page ends: in small letters, after an open sentence with a capital."""
    return bool(CONTINUES.match(text)) and not before[:1].islower() and before[-1:] not in ".;!?"


def _tell_undated(table: Table, row: Row, reading: Reading) -> None:
    """Say of what looks like a date in an update and is none that it is not among the dates."""
    for one in undated(table.text(row, "update")):
        where = reading.place(f"{letters(table.at['update'])}{row.number}", row.sheet)
        reading.problems.add("exchange.unread-date", where, found=one)
        reading.ledger.note(f"row {row.number}", "changed", f"'{one}' is read as no date", one, row.sheet)


def _line(
    table: Table, row: Row, now: _Group, leads: dict[str, int], reading: Reading
) -> tuple[Item, Item] | None:
    """The activity of a row as a course, and as a line of the plan with who leads and how it stands."""
    activity = " ".join(table.text(row, "activity").split())
    if not activity:
        return None
    told, place = f"row {row.number}", row.sheet
    where = reading.place(f"{letters(table.at['activity'])}{row.number}", place)
    group = _codes(now.levels)
    update = table.text(row, "update")
    days = [day.isoformat() for day in dates(update)]
    sessions = {"sessions": days} if days else {}
    course = Item(f"course:{group}:{plain(activity)}", activity, "course", more=sessions, row=told, where=where)  # fmt: skip
    said: dict[str, Any] = {"kind": "dates" if days else "activity", "printed": activity}
    said |= {"dates": days} if days else {}
    dated = dates(table.head.cell(table.at["update"])) if "update" in table.at else []
    said |= {"updated": dated[0].isoformat()} if dated and update else {}
    lead = _lead(table.text(row, "lead"), leads, row, table, reading)
    line = Item(f"line:{group}:{plain(activity)}", activity, "line", code=lead, text=update, more=said, row=told, where=where)  # fmt: skip
    return course, replace(line, said={"course": course.key})


def _lead(text: str, leads: dict[str, int], row: Row, table: Table, reading: Reading) -> str:
    """A post as printed; what may be a person's name is not copied, but numbered."""
    lead = " ".join(text.split())
    if not lead or POST.search(lead):
        return lead
    number = leads.setdefault(plain(lead), len(leads) + 1)
    where = reading.place(f"{letters(table.at['lead'])}{row.number}", row.sheet)
    reading.problems.add("exchange.name-not-copied", where, number=number)
    reading.ledger.note(f"row {row.number}", "changed", f"who leads may be a name; written as lead officer {number}", sheet=row.sheet)  # fmt: skip
    return f"lead officer {number} (named in the source)"


def _ties(group: _Group) -> Iterator[Relation]:
    """What the rows of a group tie: its competencies to its levels, its activities to both."""

    def tie(kind: str, one: Item, other: Item, policy: str, said: Item) -> Relation:
        return Relation(
            kind,
            one.key,
            other.key,
            {"basis": "interpreted", "policy": policy},
            row=said.row,
            where=said.where,
        )

    for level in group.levels:
        yield from (tie("requires", level, one, REQUIRED, one) for one in group.competencies.values())
    for course in group.courses.values():
        yield from (tie("open-to", course, level, GIVEN, course) for level in group.levels)
        yield from (tie("gives", course, one, GIVEN, course) for one in group.competencies.values())


def write(package: Package, _: Problems) -> bytes:
    """The table as CSV: groups that share a row stand together, each activity in a row with its lead and update."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    days = sorted(str(line.more["updated"]) for line in package.of("line") if "updated" in line.more)
    writer.writerow([*HEADS, f"Update - {days[-1]}" if days else "Update"])
    lines = {str(line.more.get("course", "")): line for line in reversed(package.of("line"))}
    by_id = package.by_id()
    rows = _rows(package)
    for row in rows:
        needed = [by_id[one].label for one in _needed(package, row, rows)]
        group = "\n".join(filter(None, (row.name, "" if row.extra else row.levels[0].text)))
        for number, course in enumerate(row.courses or [None]):
            line = lines.get(course.id) if course else None
            head = (group, "\n".join(needed)) if not number else ("", "")
            rest = (course.label if course else "", line.code if line else "", line.text if line else "")
            writer.writerow([as_cell(cell) for cell in (*head, *rest)])
    return out.getvalue().encode()


@dataclass(slots=True)
class _Row:
    """A row to be written; `extra`: its levels have rows of their own besides."""

    name: str
    levels: list[Item]
    extra: bool = False
    courses: list[Item] = field(default_factory=list)


def _rows(package: Package) -> list[_Row]:
    """The rows of the levels, such as "Group 1" or "Groups 3 & 4", and of those that only share activities."""
    found: dict[str, _Row] = {}
    for level in package.of("level"):
        shared = str(level.more.get("row", ""))
        name = _name(level, shared if "&" in shared else level.code)
        found.setdefault(name, _Row(name, [])).levels.append(level)
    own = list(found.values())
    for course in package.of("course"):
        ends = {one.destination for one in package.from_(course.id, "open-to")}
        levels = [level for level in package.of("level") if level.id in ends]
        within = [row for row in own if any(level in row.levels for level in levels)]
        if len(within) == 1:
            within[0].courses.append(course)
        elif within:
            name = _name(levels[0], " & ".join(level.code for level in levels))
            found.setdefault(name, _Row(name, levels, extra=True)).courses.append(course)
    return list(found.values())


def _name(level: Item, numbers: str) -> str:
    word = level.label.rpartition(" ")[0] or "Group"
    return f"{word}s {numbers}" if "&" in numbers else f"{word} {numbers}"


def _needed(package: Package, row: _Row, rows: Sequence[_Row]) -> list[str]:
    """What is required in a row: what its activities give, and in a level's own also what no shared row has."""
    required = [[one.destination for one in package.from_(level.id, "requires")] for level in row.levels]
    given = {one.destination for course in row.courses for one in package.from_(course.id, "gives")}
    every = [one for one in required[0] if all(one in some for some in required)]
    if row.extra:
        return [one for one in every if one in given]
    others = [one for one in rows if one.extra and row.levels[0] in one.levels]
    shared = {end for one in others for end in _needed(package, one, rows)}
    return [one for one in required[0] if one in given or one not in shared]
