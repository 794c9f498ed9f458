"""Reads the registers agencies send into clean tables, and accounts for every row."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tna.sources.agencies import make_agencies, report_spellings
from tna.sources.intake import Intake
from tna.sources.ledger import close_ledger, open_ledger
from tna.sources.people import make_people
from tna.sources.records import make_records
from tna.sources.reports import report_rows
from tna.sources.tables import take_files
from tna.sources.title_lists import read_titles
from tna.sources.year import read_year
from tna.sources.year_registers import Names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from duckdb import DuckDBPyConnection

    from tna.model.registers import SourceFormat
    from tna.problems import Problems

__all__ = ["Names", "read_registers", "read_titles", "read_year"]


def read_registers(
    connection: DuckDBPyConnection,
    people: Sequence[Path],
    records: Sequence[Path],
    agencies: Sequence[Path],
    course_names: Mapping[str, str],
    as_of: date,
    problems: Problems,
    formats: Sequence[SourceFormat] = (),
) -> None:
    """Make the tables people, extra_columns, records, agencies, ledger and inputs in the database.

    `course_names` maps ids, titles and synonyms of courses to ids; `as_of` is the day after which nothing counts.
    What is wrong goes to `problems`: `tables.*` errors are files that could not be used, `registers.*` the rest.
    """
    with TemporaryDirectory(prefix="tna-") as scratch:
        intake = Intake(connection, Path(scratch), problems)
        given = {"people": people, "records": records, "agencies": agencies}
        files = {kind: [Path(path) for path in paths] for kind, paths in given.items()}
        take_files(intake, files, {one.suffix.lower(): one for one in formats})
        open_ledger(intake)
        make_agencies(intake)
        make_people(intake, as_of)
        make_records(intake, course_names, as_of)
        report_rows(intake)
        report_spellings(intake)
        close_ledger(intake)
        intake.clear()
