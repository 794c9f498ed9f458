"""Says what is wrong with many cells in a few sentences: where it begins, how often, what was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tna.duck import literal
from tna.names import tidy
from tna.sources.sql import fault_sql, tidy_sql
from tna.sources.texts import counted, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tna.sources.intake import Intake, Table
    from tna.sources.lookups import Lookup

CELLS = 5  # cells named in one problem
WORDS = 20  # distinct values reported one by one; the rest are counted together

# Rows reported by the verdict on them; other verdicts are reported where their cells are read, or only counted.
ROWS = (
    "broken-row",
    "unreadable-cell",
    "blank-person",
    "blank-agency",
    "blank-course",
    "unknown-person",
    "future",
    "blank-cell",
    "no-number",
    "blank-form",
    "total-row",
    "waiting",
    "percentage",
    "heading-row",
    "total-line",
)


@dataclass(frozen=True, slots=True)
class Group:
    """Cells of one column that share one thing wrong: the first rows, how many, the first value."""

    why: str
    rows: list[int]
    count: int
    value: str


def groups(answer: Sequence[Sequence[object]]) -> list[Group]:
    """Groups from (why, first rows, count, first value)."""
    return [
        Group(str(why), cast("list[int]", rows), int(str(count)), tidy(str(value)))
        for why, rows, count, value in answer
    ]


def report_group(intake: Intake, table: Table, column: str, group: Group, **facts: object) -> None:
    """Report one group: its first cell is the place, the sentence names a few more and counts the rest."""
    cells = [table.headings.cell(column, row) for row in group.rows]
    intake.problems.add(
        f"registers.{group.why}",
        table.at(column, group.rows[0]),
        heading=table.headings.title(column),
        value=shown(group.value),
        also=also(cells, group.count),
        **facts,
    )


def also(cells: Sequence[str], count: int) -> str:
    """The remark " (also D3, D4, 25 more cells)" on the cells after the first; "" when there is just one."""
    more = count - len(cells)
    rest = [*cells[1:], *([counted(more, "more cell")] if more else [])]
    return f" (also {', '.join(rest)})" if rest else ""


def report_groups(
    intake: Intake,
    table: Table,
    column: str,
    found: Sequence[Group],
    facts: Callable[[Group], Mapping[str, object]],
) -> None:
    """Report the largest groups one by one and count the others together."""
    for group in found[:WORDS]:
        report_group(intake, table, column, group, **facts(group))
    if left := found[WORDS:]:
        first = min(group.rows[0] for group in left)
        rest = Group("and-more", [first], sum(group.count for group in left), "")
        report_group(intake, table, column, rest, values=len(left), cells=counted(rest.count, "cell"))


def report_wrong(
    intake: Intake, found: Lookup, facts: Callable[[Group], Mapping[str, object]] = lambda _: {}
) -> None:
    """Report the cells of a column that no answer was found for: each unknown word, each other reason once."""
    if not found.wrong:
        return
    answers, table = found.relation, found.table
    if intake.marks:
        intake.run(
            f"INSERT INTO whys SELECT {table.source}, row, {literal(found.column)}, {found.why}"
            f" FROM {table.relation}{found.join} WHERE {found.why} <> '' AND coalesce(broken, '') = ''"
        )
    answer = intake.run(
        f"SELECT {found.why} AS why, min(row, {CELLS}) AS rows, count(*) AS cells, arg_min({answers}.text, row)"
        f" FROM {table.relation}{found.join} WHERE {found.why} <> '' AND coalesce(broken, '') = ''"
        f" GROUP BY why, CASE WHEN starts_with({found.why}, 'unknown-') THEN {answers}.text ELSE '' END"
        " ORDER BY cells DESC, rows"
    )
    report_groups(intake, table, found.column, groups(answer), facts)


def blank_faults(intake: Intake, table: Table, column: str) -> str:
    """The tidy SQL of a column of text, with spreadsheet errors reported, noted and taken as not stated."""
    cell = table.sql(column)
    wrong = f"FROM {table.relation} WHERE {fault_sql(cell)}"
    answer = intake.run(
        f"SELECT 'error-value', min(row, {CELLS}), count(*), arg_min({cell}, row) {wrong} HAVING count(*) > 0"
    )
    for group in groups(answer):
        report_group(intake, table, column, group)
        note = f"INSERT INTO changes SELECT {table.source}, row, ?, 'error-value', {tidy_sql(cell)} {wrong}"
        intake.run(note, [column])
        if intake.marks:
            why = f"INSERT INTO whys SELECT {table.source}, row, ?, 'error-value' {wrong}"
            intake.run(why, [column])
    return f"CASE WHEN {fault_sql(cell)} THEN '' ELSE {tidy_sql(cell)} END" if answer else tidy_sql(cell)


def report_rows(intake: Intake) -> None:
    """Report rows by the verdict on them, for every table read."""
    kinds = ", ".join(map(literal, ROWS))
    for table in intake.tables:
        answer = intake.run(
            f'SELECT "column", reason, min(row, {CELLS}), count(*) AS cells, arg_min(value, row) FROM verdicts'
            f' WHERE source = ? AND reason IN ({kinds}) GROUP BY "column", reason ORDER BY reason, "column"',
            [table.source],
        )
        for column, *group in answer:
            [found] = groups([group])
            report_group(intake, table, str(column), found, rows=counted(found.count, "row"))
