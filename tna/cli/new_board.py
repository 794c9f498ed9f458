"""Starts a board: a pack to fill in, one made of a workbook, or a whole distribution."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new-board")
@click.argument("name")
@click.option("--levels", type=click.IntRange(1, 12), help="How many levels it has; 3 when left out.")
@click.option("--plugin", is_flag=True, help="Make a distribution: with an entry point, tests and CI.")
@click.option("--board", "title", metavar="TITLE", help="The board's full name; NAME in words when left out.")
@click.option(
    "--from",
    "workbook",
    type=click.Path(path_type=Path),
    metavar="FILE.xlsx",
    help="Make it of a workbook that 'tna template --kind framework' wrote.",
)
def command(name: str, levels: int | None, plugin: bool, title: str | None, workbook: Path | None) -> None:
    """Start a board: NAME is the folder to make, and the board's id.

    \b
    Example:  tna new-board made-up-county --levels 4
              tna new-board made-up-county --from framework.xlsx
    """
    from tna.starting import new_board

    folder = Path(name)
    if workbook:
        if levels or title:
            raise click.UsageError("--from takes levels and names from the workbook; leave the others out.")
        written = _from_workbook(workbook, folder, plugin)
    else:
        words = title or f"{folder.name.replace('-', ' ').title()} Safeguarding Partnership"
        written = new_board(words, folder, levels or 3, plugin=plugin)
        click.echo(f"{len(written)} files in {folder}. What stands in [brackets] is to be filled in.")
    shelf = next(path.parent for path in written if path.name == "framework.yaml")
    click.echo(f"Next:  tna check {shelf}")


def _from_workbook(workbook: Path, folder: Path, plugin: bool) -> tuple[Path, ...]:
    """Make the pack, and say what became of every row."""
    from tna.authoring import new_board_from
    from tna.problems import Problems
    from tna.wording import counted

    problems = Problems()
    written, account = new_board_from(workbook, folder, problems, plugin=plugin)
    for problem in problems:
        click.echo(str(problem), err=True)
    for one in account:
        left = f", {counted(one.examples, 'example')} left out" if one.examples else ""
        click.echo(f"{one.sheet}: {counted(one.taken, 'row')} taken{left}")
    click.echo(f"{len(written)} files in {folder}.")
    return written
