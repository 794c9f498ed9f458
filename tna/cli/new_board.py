"""Starts a board: a pack to fill in, or a whole distribution."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("new-board")
@click.argument("name")
@click.option(
    "--levels", type=click.IntRange(1, 12), default=3, show_default=True, help="How many levels it has."
)
@click.option("--plugin", is_flag=True, help="Make a distribution: with an entry point, tests and CI.")
@click.option("--board", "title", metavar="TITLE", help="The board's full name; NAME in words when left out.")
def command(name: str, levels: int, plugin: bool, title: str | None) -> None:
    """Start a board: NAME is the folder to make, and the board's id.

    \b
    Example:  tna new-board made-up-county --levels 4
    """
    from tna.starting import new_board

    folder = Path(name)
    words = title or f"{folder.name.replace('-', ' ').title()} Safeguarding Partnership"
    written = new_board(words, folder, levels, plugin=plugin)
    click.echo(f"{len(written)} files in {folder}. What stands in [brackets] is to be filled in.")
    shelf = next(path.parent for path in written if path.name == "framework.yaml")
    click.echo(f"Next:  tna check {shelf}")
