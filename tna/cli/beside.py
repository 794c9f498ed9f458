"""Lays analyses of one workforce under several frameworks side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import duckdb

    from tna.beside import Analysed

FOLDER = click.Path(path_type=Path)


@click.command("beside")
@click.argument("folders", nargs=-1, required=True, metavar="DIR DIR...", type=FOLDER)
@click.option("--out", type=FOLDER, help="Write beside.csv and beside-agencies.csv into this folder.")
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
def command(folders: tuple[Path, ...], out: Path | None, overwrite: bool) -> None:
    """Lay analyses of the same people under several frameworks side by side, such as health's and the board's.

    Nothing is merged: one board's Level 3 is not another's. With small numbers: for the team only.

    \b
    Example:  tna beside tna-knowsley-2016-01-31 tna-health-2016-01-31
    """
    from tna.beside import lay

    connection, found = lay(folders)
    for line in lines(connection, found):
        click.echo(line)
    if out:
        _write(connection, found, out, overwrite)
    connection.close()


def lines(connection: duckdb.DuckDBPyConnection, found: tuple[Analysed, ...]) -> Iterator[str]:
    """Who has gaps under which framework, agency by agency."""
    yield f"Side by side, as of {found[0].as_of} (internal: small numbers shown)"
    for agency, people, *gaps, every, none in connection.execute("from beside_agencies").fetchall():
        under = ", ".join(f"{count:,} under {one.board}" for one, count in zip(found, gaps, strict=True))
        yield (
            f"  {'All agencies' if agency == '*' else agency}: of {people:,} with gaps {under}; "
            f"{every:,} under all, {none:,} under none"
        )


def _write(
    connection: duckdb.DuckDBPyConnection, found: tuple[Analysed, ...], out: Path, overwrite: bool
) -> None:
    from tna.beside import columns
    from tna.reports.as_csv import write_table
    from tna.reports.folders import replacing

    gaps = tuple(f"gaps_{one.name}" for one in found)
    with replacing(out, overwrite=overwrite) as aside:
        write_table(connection, "beside", columns(found), aside / "beside.csv")
        summed = ("agency", "people", *gaps, "in_all", "in_none")
        write_table(connection, "beside_agencies", summed, aside / "beside-agencies.csv")
    click.echo(f"  {out / 'beside.csv'}")
