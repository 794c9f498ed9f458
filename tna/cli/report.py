"""Writes papers of a finished analysis: for the board, its sub-group, one agency or the team, in any format."""

from __future__ import annotations

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path)
FORMATS = ("html", "xlsx", "docx", "csv", "json")
AUDIENCES = ("board", "sub-group", "agency", "internal")


@click.command("report")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="html, xlsx, docx, csv or json, or one a plugin brings; may be repeated. All of tna's own when left out.",
)
@click.option(
    "--for",
    "audience",
    type=click.Choice(AUDIENCES),
    default="board",
    show_default=True,
    help="Who will read it; small numbers are hidden from all but the team (internal).",
)
@click.option(
    "--agency",
    "agencies",
    multiple=True,
    metavar="NAME",
    help="The agency the paper is about; may be repeated. Every agency when left out with --for agency.",
)
@click.option(
    "--review", type=FOLDER, metavar="DIR", help="The folder of the year's review, for how the plan stands."
)
@click.option(
    "--last", type=FOLDER, metavar="DIR", help="The folder of an earlier analysis, for what changed since."
)
@click.option("--template", type=FOLDER, metavar="FILE.docx", help="The board's own Word template.")
@click.option("--out", type=FOLDER, required=True, help="The folder to write to.")
@click.option("--overwrite", is_flag=True, help="Replace papers of the same name.")
def command(
    folder: Path,
    formats: tuple[str, ...],
    audience: str,
    agencies: tuple[str, ...],
    review: Path | None,
    last: Path | None,
    template: Path | None,
    out: Path,
    overwrite: bool,
) -> None:
    """Write papers from the analysis in DIR.

    \b
    Example:  tna report tna-knowsley-2016-01-31 --for board --format docx --review review --out papers
    """
    from tna.reports.writing import Wanted, write_papers

    wanted = Wanted(folder, formats or FORMATS, audience, agencies, review, template, last, overwrite)
    for path in write_papers(wanted, out):
        click.echo(str(path))
