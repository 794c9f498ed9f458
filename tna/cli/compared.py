"""Writes the tables of a comparison or a forecast into a folder, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Tables = Mapping[str, tuple[str, Sequence[str]]]  # by file: the table and its columns


@contextmanager
def writing(out: Path | None, read: Sequence[Path], *, overwrite: bool) -> Iterator[Path | None]:
    """A folder to write to that becomes `out` when all went well; None when nothing is to be written.

    Raises `Unusable` when `out` may not be written, or is one of the folders that are `read`.
    """
    from tna.problems import Place, refuse
    from tna.reports.folders import replacing

    if out is None:
        yield None
        return
    if out.resolve() in [folder.resolve() for folder in read]:
        refuse("compare.onto-itself", Place(str(out)))
    with replacing(out, overwrite=overwrite) as aside:
        yield aside


def write(
    connection: duckdb.DuckDBPyConnection, tables: Tables, name: str, about: Mapping[str, Any], folder: Path
) -> None:
    """Each table as a CSV file, and all that is said as `NAME.json`."""
    from tna.reports import as_csv

    for file, (table, columns) in tables.items():
        as_csv.write_table(connection, table, columns, folder / f"{file}.csv")
    said = json.dumps(about, ensure_ascii=False, indent=2, default=str)
    (folder / f"{name}.json").write_text(f"{said}\n", "utf-8")
