"""Rows of a sheet that are no entries of its register, headings pasted again and totals; and agencies left to the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tna.duck import literal
from tna.sources.headers import wanted
from tna.sources.reports import CELLS, groups, report_group
from tna.sources.sql import tidy_sql
from tna.sources.texts import counted, shown
from tna.sources.words import vocabulary

if TYPE_CHECKING:
    from tna.sources.intake import Intake, Table

OF_PERSONS = ("people", "records")
NAMING = ("person_id", "agency", "role", "course")  # columns in one of which a line of totals says so
FEW = 50_000  # rows of a table that are looked through one by one
PLAINLY = ("total", "totals", "grand total", "overall total", "sub total", "subtotal", "cyfanswm")
ENDING = (
    r"^.+\W(sub ?|grand )?totals?\W*$"  # "Police Total", as spreadsheets write it when they add up groups
)
ANYWHERE = r"(^|\W)(sub)?totals?(\W|$)"  # no person's id holds the word


def set_apart(intake: Intake) -> None:
    """Move rows that are no entries into `verdicts`, and write the agency of a form where a cell leaves it blank."""
    for table in list(intake.tables):
        cells: dict[str, str] = {}
        for sign in (*repeated(table), *totals(table)):
            if sign.cell not in cells and table.rows > FEW:
                cells[sign.cell] = different(intake, table, sign.cell)
            move(intake, table.source, sign, cells.get(sign.cell, table.relation))
        for name in cells.values():
            intake.run(f"DROP TABLE {name}")
        fill_agency(intake, intake.tables[table.source])


@dataclass(frozen=True, slots=True)
class Sign:
    """SQL that tells rows that are no entries: what `cell` must hold, what else must; `says` is the column told of."""

    reason: str
    says: str
    cell: str
    holds: str
    which: str = "true"


def different(intake: Intake, table: Table, cell: str) -> str:
    """A table of the different cells of a column: millions of rows are judged by the few that are not alike."""
    name = intake.fresh("cells")
    intake.run(f"CREATE TEMP TABLE {name} AS SELECT DISTINCT {cell} FROM {table.relation}")
    return name


def move(intake: Intake, source: int, sign: Sign, cells: str) -> None:
    """Move the rows of a table that bear a sign into `verdicts`, with what they say in one column."""
    table = intake.tables[source]
    if not intake.number(f"SELECT count(*) FROM {cells} WHERE {sign.holds}"):
        return
    told, apart = intake.fresh("told"), intake.fresh("apart")
    intake.run(
        f"CREATE TEMP TABLE {told} AS SELECT DISTINCT {sign.cell} AS cell FROM {cells} WHERE {sign.holds}"
    )
    intake.run(
        f"CREATE TEMP TABLE {apart} AS SELECT row, {tidy_sql(table.sql(sign.says))} AS said FROM {table.relation}"
        f" SEMI JOIN {told} ON cell IS NOT DISTINCT FROM {sign.cell} WHERE {sign.which}"
    )
    intake.run(
        f"INSERT INTO verdicts SELECT {source}, row, {literal(sign.says)}, '{sign.reason}', said FROM {apart}"
    )
    if intake.number(f"SELECT count(*) FROM {apart}"):
        left = f"(SELECT * FROM {table.relation} ANTI JOIN {apart} USING (row))"
        intake.tables[source] = replace(table, relation=left)


def repeated(table: Table) -> Iterator[Sign]:
    """The sign of rows all of whose cells head their own columns, two at least; none where that cannot be told."""
    headings = table.headings
    known = {index: column for column, index in headings.meaning.items()}
    indices = sorted({*known, *headings.repeated})
    if len(indices) < 2:
        return
    alike, blank = [], []
    for index in indices:
        cell, want = f"lower({tidy_sql(f'c{index}')})", wanted(table.origin.kind).get(known.get(index, ""))
        names = ", ".join(map(literal, sorted(want.means | want.may_mean))) if want else "''"
        own = literal(headings.written[index].casefold())
        alike.append(f"({cell} = {own} OR regexp_replace({cell}, '[^a-z0-9]', '', 'g') IN ({names}))")
        blank.append(f"({cell} = '')")
    first = f"({alike[0]} OR {blank[0]})"
    every = " AND ".join(f"({one} OR {other})" for one, other in zip(alike, blank, strict=True))
    many = " + ".join(f"(NOT {none} AND {one})::INTEGER" for one, none in zip(alike, blank, strict=True))
    says = next(iter(headings.meaning), "")
    yield Sign("heading-row", says, f"c{indices[0]}", first, f"({every} AND {many} >= 2)")


def totals(table: Table) -> Iterator[Sign]:
    """The signs, in one column each, that a row is a total, not an entry.

    A headcount over all agencies is checked against its parts, and stays.
    """
    kind = table.origin.kind
    for column in NAMING:
        if column not in table.headings.meaning:
            continue
        cell = f"lower({tidy_sql(table.sql(column))})"
        key = f"trim(regexp_replace({cell}, '[^a-z0-9]+', ' ', 'g'))"
        plainly = f"{key} IN ({', '.join(map(literal, PLAINLY))})"
        holds = f"contains({cell}, 'total')"
        ending = f"regexp_matches({cell}, '{ENDING}')"
        if column == "person_id" and kind in OF_PERSONS:
            says = f"({holds} AND regexp_matches({cell}, '{ANYWHERE}')) OR {key} IN ({_known()})"
        elif column == "agency" and kind != "returns":
            says = f"{holds} AND ({plainly} OR {ending})"
        elif column == "agency":
            says = f"{holds} AND NOT {plainly} AND {key} NOT IN ({_known()}) AND {ending}"
        elif kind in OF_PERSONS:
            says = f"{holds} AND {plainly}"
        else:
            continue
        yield Sign("total-line", column, table.sql(column), says)


def _known() -> str:
    """The words for a total over all agencies, as SQL."""
    return ", ".join(map(literal, sorted(vocabulary("total"))))


def fill_agency(intake: Intake, table: Table) -> None:
    """Write the agency that stands above a table, or that its form is for, where a row leaves the cell blank."""
    stated = table.headings.above.agency
    if not stated or "agency" not in table.headings.meaning:
        return
    cell = table.sql("agency")
    blank = f"{tidy_sql(cell)} = ''"
    answer = intake.run(
        f"SELECT 'agency-of-form', min(row, {CELLS}), count(*), '' FROM {table.relation} WHERE {blank} HAVING count(*) > 0"
    )
    who = "the form" if table.headings.above.of_form else "a line above the headings"
    for group in groups(answer):
        report_group(
            intake, table, "agency", group, rows=counted(group.count, "row"), agency=shown(stated), who=who
        )
        intake.run(
            f"INSERT INTO changes SELECT {table.source}, row, 'agency', 'agency-of-form', '' FROM {table.relation} WHERE {blank}"
        )
        whole = f"(SELECT * REPLACE (CASE WHEN {blank} THEN {literal(stated)} ELSE {cell} END AS {cell}) FROM {table.relation})"
        intake.tables[table.source] = replace(table, relation=whole)
