"""Reads small registers of a year for the tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from tests.hostile import Read, written
from tna.problems import Problems
from tna.sources import Names, read_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AS_OF = date(2016, 3, 31)
NAMES = Names(
    courses={"c1": "c1", "basic awareness": "c1", "c2": "c2", "one day course": "c2", "cse": "c1|c2"},
    levels={"level-1": "level-1", "level 1": "level-1", "1": "level-1", "level-2": "level-2", "level 2": "level-2",
            "2": "level-2", "taxi drivers": "cohort:taxi-drivers"},
    lines={"k1": "k1", "referrals made": "k1", "k2": "k2", "four sessions a year": "k2"},
    items={"o1": "o1", "the aims are clear": "o1", "o2": "o2", "children are heard": "o2"},
)  # fmt: skip
TABLES = (
    "returns", "sessions", "bookings", "evaluations", "followups", "observations", "outcomes", "updates",
)  # fmt: skip


def read(files: Mapping[str, Sequence[Path]], as_of: date = AS_OF) -> Read:
    """Read registers of a year into a fresh database."""
    settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    found = Read(duckdb.connect(config=settings), Problems(), "year_")
    read_year(found.connection, files, NAMES, as_of, found.problems)
    return found


def one(folder: Path, kind: str, text: str, as_of: date = AS_OF) -> Read:
    """Read one register."""
    return read({kind: [written(folder, f"{kind}.csv", text)]}, as_of)
