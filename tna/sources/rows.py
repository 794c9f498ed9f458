"""Puts streams of rows into the database as text, once their headings are understood."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from tna.duck import literal
from tna.names import tidy
from tna.problems import Unusable
from tna.sources import mapped
from tna.sources.headers import COLUMNS, HEAD_ROWS, Headings, check_headings, find_headings, looks_like
from tna.sources.intake import Half
from tna.sources.sql import tidy_sql
from tna.sources.stamps import REGISTERS, Stamp, agency_for, read_above
from tna.sources.texts import listed

if TYPE_CHECKING:
    from pathlib import Path

    from tna.sources.intake import Intake, Origin

Row = tuple[int, Sequence[str]]  # the number a spreadsheet shows, and one text per cell
NamedRows = tuple[str, Iterable[Row]]  # the name of a sheet, "" where files have none, and its rows
LINE_END = re.compile(r"\r\n|\r|\n")
TELL = 10_000  # rows between two words on how far reading is
LINE = 2 << 20  # bytes of a line that the database reads without being told


class Writer(Protocol):
    """What csv.writer makes."""

    def writerow(self, row: Iterable[object], /) -> object:
        """Write one row."""


def take_sheets(intake: Intake, file: Origin, sheets: Iterable[NamedRows], agency: str = "") -> None:
    """Take each sheet that heads a register of the file's kind; the others are noted as not read.

    Rows may leave out blank rows but not their numbers; `agency` is whose form it is, for sheets of
    it that lost the line that says so. Problems: no sheet has the headings, none has rows.
    """
    taken, best, forms = 0, None, []
    misfits: list[mapped.Misfit] = []
    for name, rows in sheets:
        origin, stream = replace(file, sheet=name), filled(rows)
        head, stop = peek(stream)
        if stamp := other_form(intake, origin, head):
            forms.append(stamp)
            continue
        headings = find_headings(file.kind, head, agency_for(name, agency))
        told = mapped.chosen(intake, origin, head, bool(headings and headings.whole))
        if told:
            headings = mapped.headings(told, head)
            misfits += [] if headings else [mapped.Misfit(told, origin.place, head)]
            intake.unread += [] if headings else [origin]
        if headings and headings.whole:
            if stop:
                raise stop
            best = (origin, headings)
            note_form(intake, file, headings)
            mapped.report(intake, told, headings, head, origin.place)
            below = mapped.beneath(headings.row, head, stream)
            below = mapped.rows(told, headings, below) if told else below
            taken += fits(intake, origin, headings) and take_body(intake, origin, headings, below)
        elif headings:
            intake.unread.append(origin)
            note_half(intake, origin, headings, chain(head, () if stop else stream))
            best = fitter(best, (origin, headings))
    if misfits and not best:
        mapped.report_misfit(intake, misfits[0])
    elif not taken:
        report_none(intake, file, best, forms)


def other_form(intake: Intake, origin: Origin, head: Sequence[Row]) -> Stamp | None:
    """The stamp of a form's sheet that is not of the file's kind; remembered when somebody filled it in."""
    stamp = read_above(head).stamp
    if not stamp or stamp.sheet == origin.kind or (origin.kind not in REGISTERS and stamp.sheet in REGISTERS):
        return None
    headings = find_headings(stamp.sheet, head) if stamp.sheet in REGISTERS else None
    if headings and headings.whole and head[-1][0] > headings.row:
        intake.others.append(replace(origin, kind=stamp.sheet))
    return stamp


def note_half(intake: Intake, origin: Origin, headings: Headings, rows: Iterable[Row]) -> None:
    """Remember a sheet that lacks one column of the register it looks like, with how many rows it has."""
    if looks_like(origin.kind, headings) or stamped(origin, headings):
        count = 0
        with suppress(
            Unusable
        ):  # what stops reading further down cannot be put right before the headings are
            for row, _ in rows:
                count += row > headings.row
        if count:
            intake.halves.append(Half(origin, headings, count))


def note_form(intake: Intake, file: Origin, headings: Headings) -> None:
    """Remember which edition of a pack a file's form was made from."""
    if stamp := headings.above.stamp:
        intake.stamps.setdefault(file.file, {})[stamp.edition] = None


def peek(rows: Iterator[Row]) -> tuple[list[Row], Unusable | None]:
    """The first rows of a sheet, and what made reading stop there: it matters only if the sheet is a register."""
    head: list[Row] = []
    try:
        head.extend(islice(rows, HEAD_ROWS))
    except Unusable as stop:
        return head, stop
    return head, None


def fitter(one: tuple[Origin, Headings] | None, other: tuple[Origin, Headings]) -> tuple[Origin, Headings]:
    """Of two sheets the one whose headings are more like those wanted."""
    return one if one and (one[1].whole or len(one[1].meaning) >= len(other[1].meaning)) else other


def fits(intake: Intake, origin: Origin, headings: Headings) -> bool:
    """Whether a table with all its headings can be used; says why not."""
    if headings.whole and len(headings.written) > COLUMNS:
        count = len(headings.written)
        intake.problems.add("tables.too-many-columns", origin.place, columns=count, limit=COLUMNS)
        return False
    return check_headings(origin.kind, headings, origin.place, intake.problems)


def report_none(
    intake: Intake, file: Origin, best: tuple[Origin, Headings] | None, forms: Sequence[Stamp] = ()
) -> None:
    """Say why nothing was read from a file, unless that was said already; `forms` are its sheets for other registers."""
    intake.unread[:] = [origin for origin in intake.unread if origin.file != file.file]
    intake.others[:] = [origin for origin in intake.others if origin.file != file.file]
    others = sorted({one.sheet for one in forms} & REGISTERS)
    if others and not (best and (best[1].whole or stamped(*best))):
        intake.problems.add(
            "tables.other-form",
            file.place,
            kind=file.kind,
            others=listed(others),
            flags=listed((f"--{one}" for one in others), "or"),
        )
    elif best is None:
        intake.problems.add("tables.empty", file.place)
    elif not best[1].whole:
        fits(intake, *best)
    elif not any(problem.place.file == file.file for problem in intake.problems.errors):
        blank = "tables.blank-form" if best[1].above.stamp else "tables.no-rows"
        intake.problems.add(blank, best[0].place if best[1].above.stamp else file.place)


def stamped(origin: Origin, headings: Headings) -> bool:
    """Whether a sheet is that of a form for its kind of register, whatever became of its headings."""
    stamp = headings.above.stamp
    return bool(stamp and stamp.sheet == origin.kind)


def take_body(intake: Intake, origin: Origin, headings: Headings, rows: Iterable[Row]) -> bool:
    """Put the rows under understood headings into the database; whether there were any."""
    width = len(headings.written)
    lines = intake.fresh("lines")
    path = intake.scratch / f"{lines}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        rows = watched(intake, origin, rows)
        count, longest = write_rows(csv.writer(handle, lineterminator="\n"), width, rows)
    if count:
        load_rows(intake, path, lines, width, longest)
        intake.accept(origin, headings, lines, lines, count)
    path.unlink()
    return count > 0


def watched(intake: Intake, origin: Origin, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, telling now and then how many went by."""
    for count, row in enumerate(rows, 1):
        if not count % TELL:
            intake.told(f"reading {origin.place}: {count:,} rows")
        yield row


def take_lines(intake: Intake, origin: Origin, headings: Headings, lines: str) -> None:
    """Take a table that the database read itself, its first row being row 2 of a spreadsheet."""
    blank = blank_sql(len(headings.written))
    count, blanks = (
        intake.number(f"SELECT count(*) FROM {lines} WHERE {which}") for which in ("true", blank)
    )
    if count == blanks:
        intake.problems.add("tables.no-rows", origin.place)
        return
    filled = f" WHERE NOT ({blank})" if blanks else ""
    relation = f"(SELECT rowid + 2 AS row, '' AS broken, * FROM {lines}{filled})"
    intake.accept(origin, headings, lines, relation, count - blanks)


def filled(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that are not blank, without blank cells at their end."""
    for number, cells in rows:
        width = len(cells)
        while width and not tidy(cells[width - 1]):
            width -= 1
        if width:
            yield number, cells[:width]


def write_rows(writer: Writer, width: int, rows: Iterable[Row]) -> tuple[int, int]:
    """Write rows of one width, each on one line, marking those with more cells than headings.

    Gives the number of rows and the most characters in one.
    """
    count = longest = 0
    padding = [""] * width
    for number, cells in rows:
        broken = "yes" if len(cells) > width else ""
        one_line = [cell if cell.isprintable() else LINE_END.sub(" ", cell) for cell in cells[:width]]
        writer.writerow([number, broken, *one_line, *padding[len(cells) :]])
        count += 1
        longest = max(longest, sum(map(len, one_line)))
    return count, longest


def load_rows(intake: Intake, path: Path, lines: str, width: int, longest: int) -> None:
    """Load a file that `write_rows` wrote; a character takes up to four bytes, a cell three for its quotes."""
    columns = "{'row': 'BIGINT', 'broken': 'VARCHAR', " + text_columns(width) + "}"
    limit = max(LINE, 4 * longest + 3 * width + 64)
    intake.run(
        f"CREATE TEMP TABLE {lines} AS SELECT * FROM read_csv({literal(str(path))}, columns = {columns},"
        " header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', null_padding = false,"
        f" max_line_size = {limit}, hive_partitioning = false)"
    )


def text_columns(width: int) -> str:
    """The text columns of a table, as read_csv wants them declared."""
    return ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))


def blank_sql(width: int) -> str:
    """Whether a row of the database has nothing in any cell; most are known to have by their first letter."""
    return " AND ".join(
        f"CASE WHEN c{index} >= '!' AND c{index} < '~' THEN false ELSE ({tidy_sql(f'c{index}')}) = '' END"
        for index in range(width)
    )
