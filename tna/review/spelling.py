"""Agencies of returns by the names that registers have for them, where they differ by case, blanks or signs only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from tna.duck import fill
from tna.names import plain
from tna.review.statements import EVERY, Statement

if TYPE_CHECKING:
    import duckdb

KNOWN = "select distinct agency from coverage where agency <> '*' union select distinct agency from agencies order by 1"


def alike(connection: duckdb.DuckDBPyConnection, said: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, each under the name a register has for its agency, else as it was first written.

    Makes the table `respelled` (written, agency) of those that were written otherwise.
    """
    named = {_key(agency): agency for (agency,) in connection.execute(KNOWN).fetchall()}
    every, found, other = tuple(said), [], set()
    for one in sorted(every, key=lambda one: (one.file, one.sheet, one.row)):
        named.setdefault(_key(one.agency), one.agency)
    for one in every:
        agency = named[_key(one.agency)]
        if agency != one.agency:
            other.add((one.agency, agency))
        found.append(replace(one, agency=agency))
    fill(connection, "respelled", ["written VARCHAR", "agency VARCHAR"], sorted(other))
    return tuple(found)


def _key(agency: str) -> str:
    letters = "".join(letter for letter in plain(agency.replace("&", " and ")) if letter.isalnum())
    return letters or agency or EVERY
