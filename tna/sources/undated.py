"""Looks for days of training under headings that say nothing of them, so that they are asked about and not lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tna.names import tidy
from tna.sources.dates import CLOCK, order, read_date
from tna.sources.headers import heading_key, personal
from tna.sources.sql import tidy_sql
from tna.sources.texts import counted, letters, listed, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tna.sources.intake import Intake, Table

SAMPLE = 200  # distinct cells looked at
MOST = 0.8  # of them are dates, in a column of dates
UNSURE = frozenset({"ambiguous-date", "short-year"})  # dates, though it is not known which


def ask_for_days(intake: Intake, table: Table, as_of: date) -> None:
    """Ask, of a table of training without dates where they belong, whether a column that holds dates is meant."""
    if not table.rows or is_filled(intake, table):
        return
    found = [index for index in table.headings.unused() if is_of_dates(intake, table, index, as_of)]
    if not found:
        return
    named = [
        f"'{shown(table.headings.written[index]) or 'no heading'}' ({letters(index)})" for index in found
    ]
    intake.problems.add(
        "registers.days-not-read", table.cell(found[0], table.headings.row),
        columns=listed(named), rows=counted(table.rows, "row"), which="it" if len(found) == 1 else "one of them",
    )  # fmt: skip


def is_filled(intake: Intake, table: Table) -> bool:
    """Whether anything stands under the date completed."""
    filled = f"SELECT count(*) FROM {table.relation} WHERE {tidy_sql(table.sql('completed'))} <> ''"
    return table.has("completed") and intake.number(filled) > 0


def is_of_dates(intake: Intake, table: Table, index: int, as_of: date) -> bool:
    """Whether nearly all cells of a column are dates; never one that says who somebody is."""
    if heading_key(table.headings.written[index]) in personal():
        return False
    cell = tidy_sql(f"c{index}")
    rows = intake.run(
        f"SELECT DISTINCT {cell} AS text FROM {table.relation} WHERE {cell} <> '' ORDER BY text LIMIT {SAMPLE}"
    )
    return are_dates([re.sub(CLOCK, "", tidy(str(text))) for (text,) in rows], as_of)


def are_dates(texts: Sequence[str], as_of: date) -> bool:
    """Whether nearly all texts are dates."""
    shape = order(texts)
    read = [read_date(text, shape, as_of) for text in texts]
    dates = sum(one.value is not None or one.why in UNSURE for one in read)
    return bool(texts) and dates >= MOST * len(texts)
