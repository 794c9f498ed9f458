"""Makes the workbooks that agencies fill in and send back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tna.problems import Place, refuse

KINDS = ("people", "headcounts", "sessions", "framework")


@click.command("template")
@click.argument("board", required=False)
@click.option("--agency", help="The agency it is for.")
@click.option(
    "--agencies",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A list of agencies: one workbook for each.",
)
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="people",
    show_default=True,
    help="What is asked for; framework is for a board to write its own, and takes no BOARD.",
)
@click.option("--as-of", "as_of", metavar="DATE", help="The day it is made, YYYY-MM-DD; today when left out.")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write; the folder, with --agencies.",
)
@click.option("--overwrite", is_flag=True, help="Replace workbooks that are there.")
def command(
    board: str | None,
    agency: str | None,
    agencies: Path | None,
    kind: str,
    as_of: str | None,
    out: Path,
    overwrite: bool,
) -> None:
    """Make the workbook that an agency fills in, with the board's own levels and courses to choose from.

    What comes back is read as it is by analyse, review and 'returns check'. Exit code 0: written; 1: a row of
    the list of agencies was refused; 2: could not. A framework is read by new-board --from.

    \b
    Example:  tna template rotherham --agency "Hillside School" -o hillside-school.xlsx
              tna template --kind framework -o framework.xlsx
    """
    if kind == "framework":
        if board or agency or agencies or as_of:
            raise click.UsageError(
                "--kind framework needs -o FILE.xlsx, and neither BOARD nor agency nor day."
            )
        framework(out, overwrite)
        return
    if not board:
        raise click.UsageError("Missing argument 'BOARD'.")
    import tna
    from tna.cli.analyse import day_of
    from tna.forms import template
    from tna.problems import Problems
    from tna.sources import read_agencies

    if (agency is None) == (agencies is None) or (agency is not None and not agency.strip()):
        raise click.UsageError("Give either --agency NAME or --agencies FILE.")
    whole, day, problems = tna.load(board), day_of(as_of), Problems()
    if agencies:
        named = list(template.file_names(read_agencies(agencies, problems)))
        files = [(name, out / file) for name, file in named]
    else:
        files = [(str(agency).strip(), out)]
    for _, path in files:
        check(path, overwrite)
    for name, path in files:
        template.write(whole, name, kind, day, path)
        click.echo(f"{path}: {kind}, for {name}")
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(int(any(problem.severity != "note" for problem in problems)))


def framework(path: Path, overwrite: bool) -> None:
    """Write the workbook in which a board's framework can be written."""
    from tna.authoring import write_template

    check(path, overwrite)
    write_template(path)
    click.echo(f"{path}: a framework, to be read with tna new-board NAME --from {path}")


def check(path: Path, overwrite: bool) -> None:
    """Refuse a file that is there already, or that is not named as a workbook."""
    if path.suffix.lower() != ".xlsx":
        refuse("forms.not-xlsx", Place(str(path)))
    if path.exists() and not overwrite:
        refuse("forms.is-there", Place(str(path)))
