"""Reads Parquet files through the database; whole numbers and dates become the text a spreadsheet would show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna.duck import literal, quoted
from tna.sources.headers import read_headings
from tna.sources.rows import fits, take_lines

if TYPE_CHECKING:
    from pathlib import Path

    from tna.sources.intake import Intake, Origin
    from tna.sources.looks import Look

WHOLE = 10**15  # numbers with a fraction are exact as whole numbers up to here


def read_parquet(intake: Intake, file: Origin, path: Path, _: Look) -> None:
    """Take a Parquet file into the database; its first row counts as row 2, as if headings stood above it."""
    from duckdb import Error

    source = f"read_parquet({literal(intake.plain(path))}, hive_partitioning = false)"
    lines = intake.fresh("lines")
    try:
        columns = [(str(row[0]), str(row[1])) for row in intake.run(f"DESCRIBE SELECT * FROM {source}")]
        headings = read_headings(file.kind, 1, [name for name, _ in columns])
        if fits(intake, file, headings):
            texts = ", ".join(f"{as_text(*column)} AS c{index}" for index, column in enumerate(columns))
            intake.run(f"CREATE TEMP TABLE {lines} AS SELECT {texts} FROM {source}")
            take_lines(intake, file, headings, lines)
    except Error:
        intake.problems.add("tables.not-parquet", file.place)


def as_text(name: str, kind: str) -> str:
    """SQL for a column of some type as text."""
    column = quoted(name)
    if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        whole = f"{column} = trunc({column}) AND abs({column}) < {WHOLE}"
        return f"CASE WHEN {whole} THEN {column}::BIGINT::VARCHAR ELSE {column}::VARCHAR END"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('UTC', {column})::VARCHAR"
    if kind.endswith("[]"):
        return f"array_to_string({column}, '|')"
    return f"{column}::VARCHAR"
