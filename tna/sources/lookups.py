"""Thinks once about each distinct value of a column and lets the database put the answers beside the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna.duck import literal
from tna.sources.dates import CLOCK, Order, read_dates
from tna.sources.sql import tidy_sql

if TYPE_CHECKING:
    from datetime import date

    from tna.sources.intake import Intake, Table

Answers = Mapping[str, tuple[object, str]]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where the answers for one column are kept, and the SQL that fetches them."""

    table: Table
    column: str
    relation: str
    key: str
    wrong: bool

    @property
    def join(self) -> str:
        """Puts the answers beside the rows of the column's table."""
        return f" LEFT JOIN {self.relation} ON {self.relation}.text = {self.key}"

    @property
    def value(self) -> str:
        """The answer."""
        return f"{self.relation}.value"

    @property
    def why(self) -> str:
        """Why there is no answer; '' when there is."""
        return f"{self.relation}.why"


def learn(
    intake: Intake,
    table: Table,
    column: str,
    think: Callable[[str], tuple[object, str]],
    kind: str = "VARCHAR",
) -> Lookup:
    """Answers for a column: `think` gives a value of an SQL kind and why not for each distinct cell."""
    key = f"coalesce({table.sql(column)}, '')"
    answers = {text: think(text) for text in distinct(intake, table, column, key)}
    return remember(intake, table, column, key, answers, kind)


def learn_dates(intake: Intake, table: Table, column: str, as_of: date) -> tuple[Lookup, Order]:
    """Answers for a column of dates; a time of day is left out first."""
    cell = f"coalesce({table.sql(column)}, '')"
    bare = f"regexp_replace({tidy_sql(cell)}, {literal(CLOCK)}, '')"
    key = f"CASE WHEN contains({cell}, ':') THEN {bare} ELSE {cell} END"
    answers, order = read_dates(distinct(intake, table, column, key), as_of)
    return remember(intake, table, column, key, answers, "DATE"), order


def distinct(intake: Intake, table: Table, column: str, key: str) -> list[str]:
    """The distinct cells of a column, sorted so that every run thinks in the same order."""
    if not table.has(column):
        return [""]
    return sorted(str(text) for (text,) in intake.run(f"SELECT DISTINCT {key} FROM {table.relation}"))


def remember(intake: Intake, table: Table, column: str, key: str, answers: Answers, kind: str) -> Lookup:
    """Keep answers in the database."""
    relation = intake.fresh("answers")
    intake.run(f"CREATE TEMP TABLE {relation} (text VARCHAR, value {kind}, why VARCHAR)")
    values, whys = [value for value, _ in answers.values()], [why for _, why in answers.values()]
    intake.run(
        f"INSERT INTO {relation} SELECT unnest(?::VARCHAR[]), unnest(?::{kind}[]), unnest(?::VARCHAR[])",
        [list(answers), values, whys],
    )
    return Lookup(table, column, relation, key, any(whys))
