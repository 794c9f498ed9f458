"""Reads the registers agencies send into clean tables, and accounts for every row."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tna.sources.agencies import make_agencies, report_spellings
from tna.sources.archives import open_safely
from tna.sources.books import sheet_rows
from tna.sources.dates import CLOCK, order, read_date
from tna.sources.furniture import set_apart
from tna.sources.headers import heading_key, heads
from tna.sources.holds import Holds, holds, text_rows
from tna.sources.intake import Intake, silent
from tna.sources.ledger import close_ledger, open_ledger, reasons
from tna.sources.marks import make_marks
from tna.sources.people import make_people
from tna.sources.records import make_records
from tna.sources.reports import report_rows
from tna.sources.stamps import AGENCY, FORM, HIDDEN, Edition, Stamp, edition_of
from tna.sources.tables import printed, report_forms, take_files
from tna.sources.texts import is_fault, letters
from tna.sources.title_lists import read_agencies, read_titles
from tna.sources.workbooks import read_sheets
from tna.sources.year import read_year
from tna.sources.year_registers import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from duckdb import DuckDBPyConnection

    from tna.model.registers import SourceFormat
    from tna.problems import Problems

__all__ = [
    "AGENCY",
    "CLOCK",
    "FORM",
    "HIDDEN",
    "Edition",
    "Holds",
    "Names",
    "Stamp",
    "edition_of",
    "heading_key",
    "heads",
    "holds",
    "is_fault",
    "letters",
    "open_safely",
    "order",
    "printed",
    "read_agencies",
    "read_date",
    "read_registers",
    "read_sheets",
    "read_titles",
    "read_year",
    "reasons",
    "sheet_rows",
    "text_rows",
]


def read_registers(
    connection: DuckDBPyConnection,
    people: Sequence[Path],
    records: Sequence[Path],
    agencies: Sequence[Path],
    course_names: Mapping[str, str],
    as_of: date,
    problems: Problems,
    formats: Sequence[SourceFormat] = (),
    edition: Edition | None = None,
    marks: bool = False,
    told: Callable[[str], None] = silent,
    mapping: Path | None = None,
    levels: Mapping[str, str] | None = None,
) -> None:
    """Make the tables people, extra_columns, records, agencies, ledger and inputs in the database.

    `course_names` maps ids, titles and synonyms of courses to ids; `as_of` is the day after which nothing counts.
    What is wrong goes to `problems`: `tables.*` errors are files that could not be used, `registers.*` the rest.
    `edition` is the pack in force, to tell forms made from another; with `marks`, the table marks has every cell
    that something is said of, and training alone is not said to be of people who are unknown. `told` hears how far reading is;
    `mapping` says how exports of another system are read; `levels` maps names of levels to ids, as `course_names` does.
    """
    with TemporaryDirectory(prefix="tna-") as scratch:
        intake = Intake(connection, Path(scratch), problems, marks=marks, told=told)
        given = {"people": people, "records": records, "agencies": agencies}
        files = {kind: [Path(path) for path in paths] for kind, paths in given.items()}
        take_files(intake, files, {one.suffix.lower(): one for one in formats}, mapping)
        report_forms(intake, edition)
        open_ledger(intake)
        set_apart(intake)
        make_agencies(intake)
        make_people(intake, as_of, levels or {})
        unknown = marks and not intake.of("people") and (not people or bool(problems.errors))
        make_records(intake, course_names, as_of, anybody=unknown)
        report_rows(intake)
        report_spellings(intake)
        close_ledger(intake)
        if marks:
            make_marks(intake)
        intake.clear()
